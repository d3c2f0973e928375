import { beforeEach, describe, expect, it } from 'vitest'
import { Office } from '../../../../tests/support/office.ts'
import { newId } from '../../base/id.ts'
import { MINUTE } from '../../base/time.ts'
import { phoneExtensionTable, phoneLineTable, phoneOutageTable, phoneSettingTable, statusChangeTable, workStatusTable } from './tables.ts'

let office: Office
let seanId: string
let kimId: string

beforeEach(() => {
  office = new Office()
  ;[seanId, kimId] = [newId(), newId()]
  office.must('company.create', { name: 'Copper Ridge', zone: 'America/Chicago', phase: 'rehearsal', ownerId: seanId, ownerName: 'Sean Avery' })
  office.must('user.add', { id: kimId, name: 'Kim Ode', roles: ['inboundCsr'] }, seanId)
})

const line = (more: Record<string, unknown> = {}) => ({
  id: newId(),
  number: '+15550142000',
  name: 'Copper Ridge HVAC',
  businessUnitId: null,
  purpose: 'general',
  skills: [],
  roles: [],
  firstSeconds: null,
  backupNumber: '',
  ringLimitSeconds: null,
  hours: [],
  consentText: '',
  recordingDays: null,
  position: 0,
  active: true,
  ...more,
})

describe('lines', () => {
  it('are kept once a number, and a line that is switched off gives its number free', () => {
    const first = line()
    office.must('phoneLine.save', first, seanId)
    expect(office.run('phoneLine.save', line({ name: 'Another' }), seanId)).toMatchObject({ refusal: { code: 'phoneLine.taken', field: 'number' } })
    office.must('phoneLine.save', { ...first, active: false }, seanId)
    office.must('phoneLine.save', line({ name: 'Another' }), seanId)
    expect(office.engine.rows(phoneLineTable).map(({ name, active }) => [name, active])).toEqual([['Copper Ridge HVAC', false], ['Another', true]])
  })

  it('send nobody to themselves, and open before they close', () => {
    expect(office.run('phoneLine.save', line({ backupNumber: '+15550142000' }), seanId)).toMatchObject({ refusal: { code: 'phoneLine.sameBackup' } })
    expect(office.run('phoneLine.save', line({ hours: [{ weekday: 1, opensAt: 600, closesAt: 600 }] }), seanId)).toMatchObject({ refusal: { code: 'input.invalid' } })
    expect(office.run('phoneLine.save', line({ businessUnitId: newId() }), seanId)).toMatchObject({ refusal: { code: 'phoneLine.unknownUnit' } })
    expect(office.run('phoneLine.save', line(), kimId)).toMatchObject({ refusal: { code: 'people.notAllowed' } })
  })
})

describe('extensions', () => {
  it('are one person\u2019s each', () => {
    office.must('phoneExtension.save', { userId: kimId, extension: '101', groups: ['Dispatch', 'Dispatch'], skills: ['Sales'] }, seanId)
    expect(office.engine.rows(phoneExtensionTable)).toMatchObject([{ id: kimId, extension: '101', groups: ['Dispatch'] }])
    expect(office.run('phoneExtension.save', { userId: seanId, extension: '101', groups: [], skills: [] }, seanId)).toMatchObject({ refusal: { code: 'phoneExtension.taken', message: 'Kim Ode has extension 101 already.' } })
    office.must('phoneExtension.save', { userId: kimId, extension: '', groups: [], skills: [] }, seanId)
    office.must('phoneExtension.save', { userId: seanId, extension: '101', groups: [], skills: [] }, seanId)
    expect(office.run('phoneExtension.save', { userId: newId(), extension: null, groups: [], skills: [] }, seanId)).toMatchObject({ refusal: { code: 'people.unknown' } })
  })

  it('follow rules that can be set one by one', () => {
    office.must('phoneRules.configure', { set: { wrapUpSeconds: 30 } }, seanId)
    office.must('phoneRules.configure', { set: { backupNumber: '+15550149000' } }, seanId)
    expect(office.engine.rows(phoneSettingTable)).toMatchObject([{ wrapUpSeconds: 30, firstSeconds: 10, recordingDays: 90, backupNumber: '+15550149000' }])
  })
})

describe('status', () => {
  const say = (status: string, more: Record<string, unknown> = {}, by: string = kimId) => office.run('status.enter', { userId: kimId, status, ...more }, by)

  it('is said by oneself or a manager, and every word of it is kept', () => {
    expect(say('lunch')).toMatchObject({ kind: 'accepted' })
    expect(say('available', {}, seanId)).toMatchObject({ kind: 'accepted' })
    const leeId = newId()
    office.must('user.add', { id: leeId, name: 'Lee Park', roles: ['inboundCsr'] }, seanId)
    expect(say('gone', {}, leeId)).toMatchObject({ refusal: { code: 'status.notYours' } })
    expect(say('wrapUp')).toMatchObject({ refusal: { code: 'status.wrapUpByCall' } })
    expect(office.engine.rows(workStatusTable)).toMatchObject([{ userId: kimId, status: 'available' }])
    expect(office.engine.rows(statusChangeTable).map(({ status }) => status).sort()).toEqual(['available', 'lunch'])
  })

  it('keeps what is heard late in its history, and changes nothing now', () => {
    say('meeting')
    // Given earlier, at a workstation that was offline.
    office.now -= 10 * MINUTE
    say('lunch')
    expect(office.engine.rows(workStatusTable)).toMatchObject([{ status: 'meeting' }])
    expect(office.engine.rows(statusChangeTable)).toHaveLength(2)
  })

  it('finds its place at the hub whatever has become of the person', () => {
    const userId = newId()
    expect(office.run('status.enter', { userId, status: 'lunch' }, kimId, 'hub')).toMatchObject({ kind: 'accepted' })
    expect(office.engine.row(workStatusTable, userId)).toMatchObject({ status: 'lunch' })
  })
})

describe('an outage', () => {
  it('begins once and ends once, whichever is heard of first', () => {
    const outage = { outageId: newId(), account: 'Extension 101 at phones.example.com', reason: 'The server does not answer.', downAt: office.now }
    office.must('phone.up', { ...outage, upAt: outage.downAt + MINUTE })
    office.must('phone.down', outage)
    office.must('phone.up', { ...outage, upAt: outage.downAt + 5 * MINUTE })
    expect(office.engine.rows(phoneOutageTable)).toMatchObject([{ deviceId: office.deviceId, downAt: outage.downAt, upAt: outage.downAt + MINUTE }])
  })
})
