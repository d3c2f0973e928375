import type { ScreenProps } from '../screenProps.ts'
import { CustomerList } from './CustomerList.tsx'
import { CustomerView } from './CustomerView.tsx'
import { NewCustomer } from './NewCustomer.tsx'

/** `#/customers`, `#/customers/new` and `#/customers/ID`. */
export function CustomersScreen({ route }: ScreenProps) {
  const [which] = route.path
  if (which === undefined) return <CustomerList query={route.query} />
  if (which === 'new') return <NewCustomer />
  return <CustomerView key={which} customerId={which} query={route.query} />
}
