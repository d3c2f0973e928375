import { afterEach, beforeEach, expect, it } from 'vitest'
import { newId } from '../../../shared/base/id.ts'
import { DAY } from '../../../shared/base/time.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import { userTable } from '../../../shared/domain/people/tables.ts'
import { startBackend, type TestBackend } from '../../../../tests/support/backend.ts'
import { openForBooking } from '../../../../tests/support/bookingOffice.ts'

let office: TestBackend

beforeEach(() => {
  office = startBackend()
})
afterEach(() => office.close())

it('says of a link that it is being taken back until the hub has heard, and leaves it out then', async () => {
  const { services } = office.backend
  if (!services) throw new Error('The backend did not start')
  const at = openForBooking((name, input, actorId = SYSTEM_ACTOR) => services.run({ name, input, actorId }))
  const { store } = services
  const owner = store.engine.answer({ kind: 'all', table: userTable }).find(({ roles }) => (roles as readonly string[]).includes('owner'))?.id ?? ''
  const technicianId = newId()
  services.run({ name: 'technician.save', input: { id: technicianId, name: 'Wes Tran', businessUnitId: at.unitId, skills: [], shifts: [], homeArea: '', homeLatitude: null, homeLongitude: null, phone: null, position: 0, active: true }, actorId: owner })
  const page = office.page(undefined, owner)
  const links = async (): Promise<readonly unknown[]> => (await page.ask<{ links: readonly unknown[] }>('technicianLinks.list', { technicianId })).links
  const [linkId, commandId] = [newId(), newId()]
  services.run({ name: 'technicianLink.issue', input: { linkId, technicianId, day: null, expiresAt: Date.now() + DAY }, actorId: owner })
  expect(await links()).toMatchObject([{ id: linkId, takingBack: false }])
  services.run({ name: 'technicianLink.revoke', input: { linkId }, actorId: owner, commandId })
  expect(await links()).toMatchObject([{ id: linkId, takingBack: true }])
  for (const { id } of store.journal.after(0, 1_000)) store.sync.acknowledge(id, 'accepted', 1)
  expect(await links()).toEqual([])
})
