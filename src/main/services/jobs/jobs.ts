import type { BookingForm, ItemChoice, jobsMethods } from '../../../shared/contract/methods/jobs.ts'
import { foldText } from '../../../shared/base/text.ts'
import { jobTypeTable, PAYMENT_FORMS, type PriceItem, priceItemTable, priorityTable } from '../../../shared/domain/jobs/tables.ts'
import { PAYMENT_FORM_NAMES } from '../../../shared/domain/jobs/words.ts'
import { all, getIf } from '../../../shared/domain/kernel/load.ts'
import { businessUnitTable, technicianTable } from '../../../shared/domain/people/tables.ts'
import type { Asked, Implementation } from '../../core/service.ts'
import { and, asc, eq, schema, sql } from '../../store/schema.ts'
import { companyOf } from '../company.ts'
import { jobPage, jobsOfCustomer } from './page.ts'
import { promisesOf } from './promises.ts'

/** What the office is told when it asks how a customer heard of it; anything else may be typed. */
const LEAD_SOURCES: readonly string[] = ['Returning customer', 'Referral', 'Search', 'Mailer', 'Local services ad', 'Truck', 'Website', 'Other']

function choice(item: PriceItem, pricesShown: boolean): ItemChoice {
  const { id, code, name, description, kind, businessUnitId, priceCents } = item
  return { id, code, name, description, kind, businessUnitId, priceCents: pricesShown ? priceCents : null }
}

function bookingForm(asked: Asked): BookingForm {
  const { engine } = asked.store
  const pricesShown = asked.session.may('price.see')
  const { name: companyName, zone, opensAt, closesAt } = companyOf(asked)
  return {
    companyName,
    zone,
    opensAt,
    closesAt,
    businessUnits: engine
      .run(all(businessUnitTable))
      .filter(({ active }) => active)
      .toSorted((left, right) => left.position - right.position)
      .map(({ id, name }) => ({ id, name })),
    jobTypes: engine
      .run(all(jobTypeTable))
      .filter(({ active }) => active)
      .toSorted((left, right) => left.name.localeCompare(right.name))
      .map(({ id, name, businessUnitId, durationMinutes, skills, defaultPriorityId, defaultItemId }) => {
        const item = engine.run(getIf(priceItemTable, defaultItemId))
        return { id, name, businessUnitId, durationMinutes, skills: [...skills], defaultPriorityId, defaultItem: item?.active ? choice(item, pricesShown) : null }
      }),
    priorities: engine
      .run(all(priorityTable))
      .filter(({ active }) => active)
      .toSorted((left, right) => left.rank - right.rank)
      .map(({ id, name, rank, rule, respondWithinMinutes }) => ({ id, name, rank, rule, respondWithinMinutes })),
    paymentForms: PAYMENT_FORMS.map((form) => ({ form, name: PAYMENT_FORM_NAMES[form] })),
    leadSources: [...LEAD_SOURCES],
    technicians: engine
      .run(all(technicianTable))
      .filter(({ active }) => active)
      .toSorted((left, right) => left.name.localeCompare(right.name))
      .map(({ id, name }) => ({ id, name })),
    pricesHidden: !pricesShown,
  }
}

/** Best first: a code that begins so, then the unit's own, then by name. */
function byFit(typed: string, businessUnitId: string | null): (left: PriceItem, right: PriceItem) => number {
  const rank = (item: PriceItem): number =>
    (foldText(item.code).startsWith(typed) ? 0 : 4) + (item.businessUnitId === businessUnitId ? 0 : 2) + (foldText(item.name).startsWith(typed) ? 0 : 1)
  return (left, right) => rank(left) - rank(right)
}

function itemsLike(text: string, businessUnitId: string | null, limit: number, { store, session }: Asked): ItemChoice[] {
  const { priceItem } = schema
  const words = foldText(text).split(' ').filter(Boolean)
  const holds = words.map((word) => sql`instr(lower(${priceItem.code} || ' ' || ${priceItem.name}), ${word}) > 0`)
  const found = store.db
    .select()
    .from(priceItem)
    .where(and(eq(priceItem.companyId, store.companyId), eq(priceItem.active, true), ...holds))
    .orderBy(asc(priceItem.name))
    .limit(400)
    .all()
  const begins = (item: PriceItem): boolean => {
    const have = foldText(`${item.code} ${item.name}`).split(' ')
    return words.every((word) => have.some((candidate) => candidate.startsWith(word)))
  }
  return found
    .filter(begins)
    .toSorted(byFit(foldText(text), businessUnitId))
    .slice(0, limit)
    .map((item) => choice(item, session.may('price.see')))
}

export const jobsService: Implementation<typeof jobsMethods> = {
  'booking.form': (_input, asked) => bookingForm(asked),
  'booking.items': ({ text, businessUnitId, limit }, asked) => ({ items: itemsLike(text, businessUnitId, limit, asked) }),
  'booking.promises': (visit, asked) => ({ promises: promisesOf(visit, asked) }),
  'jobs.get': ({ jobId }, asked) => jobPage(jobId, asked),
  'jobs.ofCustomer': ({ customerId }, asked) => ({ rows: jobsOfCustomer(customerId, asked) }),
}
