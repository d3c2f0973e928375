import { RESTING_LAYER, SCREEN_LAYER } from '../../components/hotkeyRegistry.ts'
import { HotkeyLayerContext } from '../../components/useHotkeys.ts'
import { useBeside } from '../../stores/beside.ts'
import type { ScreenProps } from '../screenProps.ts'
import { CustomerList } from './CustomerList.tsx'
import classes from './customers.module.css'
import { CustomerView } from './CustomerView.tsx'
import { NewCustomer } from './NewCustomer.tsx'

/** One customer, or two side by side: the one in the address is worked on, the other stays readable. */
function Customers({ customerId, query }: { readonly customerId: string; readonly query: Readonly<Record<string, string>> }) {
  const beside = useBeside()
  if (!beside || beside.customerId === customerId) return <CustomerView key={customerId} customerId={customerId} query={query} />
  const shown = [customerId, beside.customerId]
  if (beside.side === 'left') shown.reverse()
  return (
    <div className={classes['pair']}>
      {shown.map((id) => (
        // Both have lists with the same keys; only those of the one that is worked on may listen.
        <HotkeyLayerContext key={id} value={id === customerId ? SCREEN_LAYER : RESTING_LAYER}>
          <CustomerView customerId={id} query={id === customerId ? query : {}} paired={id === customerId ? 'active' : 'beside'} />
        </HotkeyLayerContext>
      ))}
    </div>
  )
}

/** `#/customers`, `#/customers/new` and `#/customers/ID`. */
export function CustomersScreen({ route }: ScreenProps) {
  const [which] = route.path
  if (which === undefined) return <CustomerList query={route.query} />
  if (which === 'new') return <NewCustomer />
  return <Customers customerId={which} query={route.query} />
}
