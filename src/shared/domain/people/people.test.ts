import { expect, it } from 'vitest'
import { FrontDesk } from '../../../../tests/support/frontDesk.ts'
import { newId } from '../../base/id.ts'

it('lets only an owner make, change or unlock an owner', () => {
  const desk = new FrontDesk()
  const { office, ownerId, csrId } = desk
  const managerId = newId()
  office.must('user.add', { id: managerId, name: 'Ray Dunmore', roles: ['serviceManager'] }, ownerId)
  const pin = { salt: 'a'.repeat(32), hash: 'b'.repeat(64) }
  const refused = { kind: 'refused', refusal: { code: 'people.ownerOnly' } }
  expect(office.run('user.setPin', { userId: ownerId, ...pin }, managerId)).toMatchObject(refused)
  expect(office.run('user.change', { userId: ownerId, set: { presence: 'away' } }, managerId)).toMatchObject(refused)
  expect(office.run('user.change', { userId: managerId, set: { roles: ['owner'] } }, managerId)).toMatchObject(refused)
  expect(office.run('user.add', { id: newId(), name: 'A second self', roles: ['owner'] }, managerId)).toMatchObject(refused)
  office.must('user.setPin', { userId: csrId, ...pin }, managerId)
  office.must('user.setPin', { userId: ownerId, ...pin }, ownerId)
  office.must('user.change', { userId: managerId, set: { roles: ['owner', 'serviceManager'] } }, ownerId)
})
