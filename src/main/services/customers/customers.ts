import { compareText } from '../../../shared/base/text.ts'
import type { customersMethods } from '../../../shared/contract/methods/customers.ts'
import { areaOfZip, areaSaid } from '../../../shared/domain/customers/serviceArea.ts'
import { type Location, locationTable, serviceAreaTable } from '../../../shared/domain/customers/tables.ts'
import { invoiceTable } from '../../../shared/domain/invoices/tables.ts'
import { jobTable } from '../../../shared/domain/jobs/tables.ts'
import { all, get, range } from '../../../shared/domain/kernel/load.ts'
import type { Implementation } from '../../core/service.ts'
import { duplicatesOf } from './duplicates.ts'
import { customerList } from './list.ts'
import { namesIn } from './names.ts'
import { customerPage } from './page.ts'
import { shownMoney } from './shownMoney.ts'
import { timelineOf } from './timeline.ts'

/** The city that most of the locations name; a typing mistake in one of them does not spread. */
function mostCommon(locations: readonly Location[]): Location | undefined {
  const groups = Map.groupBy(locations, ({ city, state }) => `${city}/${state}`)
  return [...groups.values()].toSorted((left, right) => right.length - left.length)[0]?.[0]
}

export const customersService: Implementation<typeof customersMethods> = {
  'customers.get': ({ customerId }, asked) => customerPage(customerId, asked),

  'customers.timeline': ({ customerId, kind, limit }, asked) => {
    const entries = timelineOf(customerId, asked).filter((entry) => kind === null || entry.kind === kind)
    return { entries: entries.slice(0, limit), total: entries.length, zone: namesIn(asked.store).zone }
  },

  'customers.invoices': ({ customerId }, { store: { engine }, session }) => ({
    rows: engine
      .run(range(invoiceTable, 'byCustomer', [customerId]))
      .toSorted((left, right) => right.createdAt - left.createdAt)
      .map((invoice) => ({
        id: invoice.id,
        number: invoice.number,
        state: invoice.state,
        day: invoice.day,
        dueDay: invoice.dueDay,
        jobNumber: engine.run(get(jobTable, invoice.jobId))?.number ?? '',
        ...shownMoney(invoice, session.may('price.see')),
        practice: invoice.practice,
      })),
  }),

  'customers.list': (input, asked) => customerList(input, asked.store),

  'customers.duplicates': (typed, asked) => ({ matches: duplicatesOf(typed, asked.store) }),

  'customers.placeOfZip': ({ postalCode }, asked) => {
    const { engine } = asked.store
    const zip = postalCode.trim()
    const locations = engine.run(range(locationTable, 'byPostalCode', [zip]))
    const row = engine.run(areaOfZip(zip))
    const common = mostCommon(locations)
    const { zone } = namesIn(asked.store)
    const city = row?.city || common?.city || ''
    const state = row?.state || common?.state || ''
    return {
      place: city === '' && state === '' ? null : { city, state, zone: common?.zone ?? zone, taxZoneId: common?.taxZoneId ?? null, locations: locations.length },
      area: areaSaid(zip, row, locations.length),
      zone,
    }
  },

  'serviceArea.list': (_input, { store: { engine } }) => ({
    rows: engine
      .run(all(serviceAreaTable))
      .toSorted((left, right) => compareText(left.prefix, right.prefix))
      .map(({ prefix, city, state, inside, note }) => ({ prefix, city, state, inside, note })),
  }),
}
