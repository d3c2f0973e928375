import type { LikelyPayer, SuspenseMoney } from '../../../shared/contract/methods/payments.ts'
import type { RefusedChange } from '../../../shared/domain/attention/tables.ts'
import { customerName, placeName } from '../../../shared/domain/customers/naming.ts'
import { customerTable, locationTable } from '../../../shared/domain/customers/tables.ts'
import { invoiceTable } from '../../../shared/domain/invoices/tables.ts'
import { get, getIf, range } from '../../../shared/domain/kernel/load.ts'
import { type SuspensePayment, suspensePaymentTable } from '../../../shared/domain/payments/suspense.ts'
import { paymentTable } from '../../../shared/domain/payments/tables.ts'
import type { Asked } from '../../core/service.ts'
import { reachLines } from '../attention/customerDeeds.ts'
import { deedOf } from '../attention/describe.ts'
import { lookFor } from '../attention/look.ts'
import { refusedAbout, type WantedCustomer, wantedCustomer } from '../attention/wantedCustomer.ts'
import { duplicatesOf } from '../customers/duplicates.ts'
import { namesIn } from '../customers/names.ts'

/** The customer it was taken for, where they have been recorded since: no other is as likely. */
function recordedSince({ wantedCustomerId }: SuspensePayment, { store: { engine } }: Asked): readonly LikelyPayer[] {
  const customer = engine.run(get(customerTable, wantedCustomerId))
  if (!customer || customer.archived) return []
  const [location] = engine.run(range(locationTable, 'byCustomer', [customer.id]))
  return [{ customerId: customer.id, name: customer.name, place: location ? placeName(location) : '', why: 'it was taken for them' }]
}

/** Recorded customers whom the person may have meant, by telephone, email and address. */
function alike(wanted: WantedCustomer | undefined, { store }: Asked): readonly LikelyPayer[] {
  if (!wanted) return []
  const { firstName, lastName, companyName, phones, emails, location } = wanted
  const typed = { firstName, lastName, companyName, phones: phones.map(({ value }) => value), emails: emails.map(({ value }) => value), line1: location?.line1 ?? '', postalCode: location?.postalCode ?? '', except: null }
  return duplicatesOf(typed, store).map(({ customerId, name, place, why }) => ({ customerId, name, place, why: why.join(', ') }))
}

function whyHere(recorded: boolean, changes: readonly RefusedChange[]): string {
  if (recorded) return 'The customer was not there when the money came in, and is recorded now.'
  const [first] = changes
  return first ? `The customer could not be recorded: ${first.message}` : 'It was taken for a customer who is not recorded, and nothing here says who that was.'
}

function wherePut(money: SuspensePayment, { store: { engine } }: Asked): SuspenseMoney['placed'] {
  const payment = engine.run(getIf(paymentTable, money.paymentId))
  const customer = payment && engine.run(get(customerTable, payment.customerId))
  if (!payment || !customer) return null
  return { customerId: customer.id, customerName: customer.name, invoiceNumber: engine.run(getIf(invoiceTable, payment.invoiceId))?.number ?? null }
}

/** Answers `suspense.get`. */
export function readSuspense(id: string, asked: Asked): SuspenseMoney | null {
  const { store, hub } = asked
  const money = store.engine.run(get(suspensePaymentTable, id))
  if (!money) return null
  const look = lookFor(asked)
  const changes = refusedAbout(money.wantedCustomerId, store)
  const wanted = wantedCustomer(changes)
  const since = recordedSince(money, asked)
  // The customer never left the workstation where they were added, so the money was taken there, too.
  const deviceId = changes[0]?.deviceId
  const { form, amountCents, checkNumber, memo, day, receivedAt, receivedBy, state, refundReason, wantedInvoiceId } = money
  return {
    id,
    state,
    form,
    amountCents,
    checkNumber,
    memo,
    day,
    receivedAt,
    receivedBy: namesIn(store).person(receivedBy),
    workstation: deviceId === undefined ? null : (hub.nameOf(deviceId) ?? (deviceId === store.deviceId ? 'this workstation' : 'another workstation')),
    why: whyHere(since.length > 0, changes),
    wanted: {
      name: since[0]?.name ?? (wanted && customerName(wanted) !== '' ? customerName(wanted) : null),
      customerId: since[0]?.customerId ?? null,
      invoiceId: wantedInvoiceId,
      phone: wanted?.phones[0]?.value ?? null,
      lines: [...(wanted ? reachLines(wanted) : []), ...changes.filter(({ commandName }) => commandName !== 'customer.create').map((change) => deedOf(change, look).title)],
      refusedChangeId: changes[0]?.id ?? null,
    },
    likely: [...since, ...alike(wanted, asked).filter(({ customerId }) => customerId !== since[0]?.customerId)],
    placed: wherePut(money, asked),
    refundReason,
  }
}
