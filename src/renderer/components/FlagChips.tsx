import { CUSTOMER_FLAGS, type CustomerFlag } from '../../shared/domain/customers/tables.ts'
import { FLAG_RULES } from '../../shared/domain/customers/flags.ts'
import { StateChip } from './StateGlyph.tsx'

export type FlagsShown = Readonly<Record<CustomerFlag, boolean>>

/** The flags that hold, the gravest first. */
export function shownFlags(customer: FlagsShown): readonly CustomerFlag[] {
  return CUSTOMER_FLAGS.filter((flag) => customer[flag])
}

/** What stops or warns whoever is about to promise something, in the same words wherever the customer shows. */
export function FlagChips({ customer, solid = false }: { readonly customer: FlagsShown; readonly solid?: boolean }) {
  return shownFlags(customer).map((flag) => {
    const { name, weight, advice } = FLAG_RULES[flag]
    return (
      <span key={flag} title={advice}>
        <StateChip state={weight === 'stop' ? 'alert' : 'hold'} solid={solid && weight === 'stop'}>
          {name}
        </StateChip>
      </span>
    )
  })
}
