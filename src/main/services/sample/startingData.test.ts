import { expect, it } from 'vitest'
import { Office } from '../../../../tests/support/office.ts'
import { newId } from '../../../shared/base/id.ts'
import { jobTypeTable, priceItemTable } from '../../../shared/domain/jobs/tables.ts'
import { queueTable } from '../../../shared/domain/promises/tables.ts'
import { PRICE_BOOK } from './priceBook.ts'
import { referenceIds, startingData } from './startingData.ts'

it('is accepted command by command in the order given', () => {
  const office = new Office()
  const ownerId = newId()
  office.must('company.create', { name: 'Copper Ridge', zone: 'America/Chicago', phase: 'rehearsal', ownerId, ownerName: 'Sean Avery' })
  const steps = startingData(referenceIds('test'), PRICE_BOOK, [{ key: 'local', name: 'Our area', jurisdictions: [{ name: 'State sales tax', rate: 0 }] }])
  for (const step of steps) office.must(step.name, step.input, ownerId)
  expect(office.engine.rows(priceItemTable)).toHaveLength(150)
  expect(office.engine.rows(jobTypeTable)).toHaveLength(35)
  expect(office.engine.rows(queueTable).length).toBeGreaterThanOrEqual(5)
  for (const type of office.engine.rows(jobTypeTable)) expect(office.engine.row(priceItemTable, type.defaultItemId ?? '')?.businessUnitId).toBe(type.businessUnitId)
})
