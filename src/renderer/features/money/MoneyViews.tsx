import { SegmentedControl } from '../../components/SegmentedControl.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { navigate } from '../../stores/route.ts'

const VIEWS = [
  { value: 'review', label: 'Review', path: [] },
  { value: 'batches', label: 'Batches', path: ['batches'] },
  { value: 'receivables', label: 'Receivables', path: ['receivables'] },
] as const

export type MoneyView = (typeof VIEWS)[number]['value']

/** The three sides of money, one key each. */
export function MoneyViews({ view }: { readonly view: MoneyView }) {
  const go = (value: MoneyView): void => navigate({ area: 'money', path: VIEWS.find((each) => each.value === value)?.path ?? [] })
  useHotkeys('Money', [
    { keys: 'Alt+1', label: 'Review', run: () => go('review') },
    { keys: 'Alt+2', label: 'Batches', run: () => go('batches') },
    { keys: 'Alt+3', label: 'Receivables', run: () => go('receivables') },
  ])
  return <SegmentedControl label="Money" value={view} segments={VIEWS} onChange={go} />
}
