import { beforeEach, describe, expect, it } from 'vitest'
import { DispatchDesk } from '../../../../tests/support/dispatchDesk.ts'
import { debriefHoles } from './closeOut.ts'
import { type Appointment, DEBRIEF_ITEMS } from './tables.ts'

let desk: DispatchDesk
let visit: Appointment

const close = (more: Readonly<Record<string, unknown>> = {}) => desk.run('appointment.closeOut', { appointmentId: visit.id, notes: 'New capacitor.', ...more })
const asks = (items: readonly string[]) => desk.must('dispatch.configure', { set: { debriefAsks: items } }, desk.ownerId)

beforeEach(() => {
  desk = new DispatchDesk()
  visit = desk.book()
  desk.assign(visit)
  for (const to of ['dispatched', 'working', 'done']) desk.must('appointment.changeState', { appointmentId: visit.id, to, reason: null })
})

describe('a debrief', () => {
  it('asks for what the office says, one after the other', () => {
    asks(['equipment', 'photos', 'nextStep'])
    expect(close()).toMatchObject({ kind: 'refused', refusal: { code: 'dispatch.debrief', field: 'without.equipment' } })
    expect(close({ equipment: 'Heat pump' })).toMatchObject({ kind: 'refused', refusal: { field: 'without.photos' } })
    expect(close({ equipment: 'Heat pump', without: { photos: 'Camera broke' } })).toMatchObject({ kind: 'refused', refusal: { field: 'without.nextStep' } })
    expect(close({ equipment: 'Heat pump', without: { photos: 'Camera broke' }, afterVisit: 'Nothing' })).toMatchObject({ kind: 'accepted' })
    expect(desk.visit(visit.id).closeOutNotes).toBe('New capacitor.\n\nEquipment: Heat pump\n\nNo photos: Camera broke')
  })

  it('counts a photo on the job, and asks for nothing that the office does not', () => {
    expect(debriefHoles(DEBRIEF_ITEMS, { equipment: '', afterVisit: null, photos: 1 }, {})).toEqual(['equipment', 'nextStep'])
    expect(close()).toMatchObject({ kind: 'accepted' })
  })
})
