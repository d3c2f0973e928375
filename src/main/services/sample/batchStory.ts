import { derivedId } from '../../../shared/base/id.ts'
import { personId } from './staff.ts'
import type { Billing, Moment, Setting } from './visitStory.ts'
import { FIRST_DAY } from './visits.ts'

const PREPARED = 10 * 60
const REVIEWED = 10 * 60 + 25
const POSTED = 15 * 60

/**
 * Every morning the day before goes into a batch, and in the afternoon a second person posts it.
 * The last one that was prepared is still open.
 */
export function batchMoments({ seed, calendar }: Setting, billings: readonly Billing[]): readonly Moment[] {
  const prepared: { readonly day: number; readonly input: { readonly batchId: string; readonly invoiceIds: readonly string[]; readonly paymentIds: readonly string[] } }[] = []
  for (let day = FIRST_DAY; day <= 0 && calendar.at(day, PREPARED) <= calendar.now; day++) {
    const invoiceIds = billings.filter((billing) => billing.invoicedOn === day - 1).map((billing) => billing.invoiceId)
    const paymentIds = billings.flatMap((billing) => billing.payments.filter((payment) => payment.paidOn === day - 1)).map((payment) => payment.paymentId)
    if (invoiceIds.length + paymentIds.length === 0) continue
    prepared.push({ day, input: { batchId: derivedId('sample', String(seed), 'batch', String(day)), invoiceIds, paymentIds } })
  }
  return prepared.flatMap(({ day, input }, index): readonly Moment[] => {
    const { batchId } = input
    const days = { fromDay: calendar.day(day - 1), toDay: calendar.day(day - 1) }
    const open: readonly Moment[] = [
      { at: calendar.at(day, PREPARED), name: 'batch.prepare', actorId: personId(seed, 'tanya'), input: { ...input, ...days } },
      { at: calendar.at(day, REVIEWED), name: 'batch.review', actorId: personId(seed, 'tanya'), input: { batchId } },
    ]
    return index === prepared.length - 1 ? open : [...open, { at: calendar.at(day, POSTED), name: 'batch.post', actorId: personId(seed, 'sean'), input: { batchId } }]
  })
}
