import type { ScreenProps } from '../screenProps.ts'
import { BatchListScreen } from './BatchListScreen.tsx'
import { BatchScreen } from './BatchScreen.tsx'
import { InvoiceScreen } from './InvoiceScreen.tsx'
import { ReceivablesScreen } from './ReceivablesScreen.tsx'
import { ReviewScreen } from './ReviewScreen.tsx'

/** Money: the review, one invoice, the batches, who owes what. */
export function MoneyScreen({ route }: ScreenProps) {
  const [view, id] = route.path
  switch (view) {
    case 'invoices':
      return id === undefined ? <ReviewScreen route={route} /> : <InvoiceScreen invoiceId={id} />
    case 'batches':
      return id === undefined ? <BatchListScreen /> : <BatchScreen batchId={id} />
    case 'receivables':
      return <ReceivablesScreen />
    default:
      return <ReviewScreen route={route} />
  }
}
