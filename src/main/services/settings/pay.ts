import type { PaidTechnician } from '../../../shared/contract/methods/settings.ts'
import { compareText } from '../../../shared/base/text.ts'
import { wallTimeOf } from '../../../shared/base/zone.ts'
import { all, range } from '../../../shared/domain/kernel/load.ts'
import { rateOn } from '../../../shared/domain/people/pay.ts'
import { payRateTable } from '../../../shared/domain/people/payRate.ts'
import { technicianTable } from '../../../shared/domain/people/tables.ts'
import type { Asked } from '../../core/service.ts'
import { companyOf } from '../company.ts'

/** Answers `people.pay`: every technician in the order of the board, with the rates newest first. */
export function payOf(asked: Asked): PaidTechnician[] {
  const { engine } = asked.store
  const today = wallTimeOf(asked.now(), companyOf(asked).zone).day
  return engine
    .run(all(technicianTable))
    .toSorted((left, right) => left.position - right.position || compareText(left.name, right.name))
    .map(({ id, name, active }) => {
      const rates = engine.run(range(payRateTable, 'byTechnician', [id])).toSorted((left, right) => compareText(right.fromDay, left.fromDay))
      return { technicianId: id, name, active, hourlyCents: rateOn(rates, today), rates: rates.map(({ hourlyCents, fromDay }) => ({ hourlyCents, fromDay })) }
    })
}
