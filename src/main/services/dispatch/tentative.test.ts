import { afterEach, beforeEach, expect, it } from 'vitest'
import { newId } from '../../../shared/base/id.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import type { HubState } from '../../../shared/contract/methods/hub.ts'
import { startBackend, type TestBackend } from '../../../../tests/support/backend.ts'
import { bookingInput, openForBooking } from '../../../../tests/support/bookingOffice.ts'
import { tentativeVisits } from './tentative.ts'

let office: TestBackend

beforeEach(() => {
  office = startBackend()
})
afterEach(() => office.close())

const hub = (link: HubState['link']) => ({ state: (): HubState => ({ link, since: 0, address: null, deviceName: null, waiting: 1, problem: null, progress: null }) })

it('calls a visit tentative while the hub does not hear of it, and never otherwise', () => {
  const { services } = office.backend
  if (!services) throw new Error('The backend did not start')
  const at = openForBooking((name, input, actorId = SYSTEM_ACTOR) => services.run({ name, input, actorId }))
  const input = bookingInput(at, newId()) as unknown as { readonly appointment: { readonly id: string } }
  expect(services.run({ name: 'job.book', input, actorId: at.csrId }).kind).toBe('accepted')
  const { store } = services
  for (const link of ['offline', 'stopped'] as const) expect([...tentativeVisits({ store, hub: hub(link) })], link).toEqual([input.appointment.id])
  for (const link of ['none', 'online', 'joining'] as const) expect([...tentativeVisits({ store, hub: hub(link) })], link).toEqual([])
})
