import { expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import { Office } from './office.ts'
import { userTable } from '../../src/shared/domain/people/tables.ts'

it('starts a company', () => {
  const office = new Office()
  const ownerId = newId()
  office.must('company.create', { name: 'Copper Ridge', zone: 'America/Chicago', phase: 'rehearsal', ownerId, ownerName: 'Rosa Quill' })
  expect(office.engine.rows(userTable)).toHaveLength(1)
  expect(office.run('user.change', { userId: ownerId, set: { presence: 'left' } }, ownerId)).toMatchObject({ kind: 'refused', refusal: { code: 'people.lastOwner' } })
})
