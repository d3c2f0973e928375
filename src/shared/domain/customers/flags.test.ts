import { describe, expect, it } from 'vitest'
import { FrontDesk } from '../../../../tests/support/frontDesk.ts'
import { newId } from '../../base/id.ts'
import { upcast } from '../../sync/upcast.ts'
import { COMMANDS } from '../commands.ts'
import { flagsOf, flagWord } from './flags.ts'
import { customerTable, flagChangeTable } from './tables.ts'

const refusedAs = (code: string, field?: string) => ({ kind: 'refused', refusal: { code, ...(field === undefined ? {} : { field }) } })

describe('customer.flag', () => {
  it('sets and lifts, and keeps who, when and why', () => {
    const { office, customerId, ownerId } = new FrontDesk()
    office.must('customer.flag', { customerId, flag: 'badDebt', raised: true, reason: 'Three checks came back.' }, ownerId)
    const setAt = office.now
    expect(office.engine.row(customerTable, customerId)).toMatchObject({ badDebtAt: setAt })
    office.must('customer.flag', { customerId, flag: 'badDebt', raised: false, reason: 'Paid in full.' }, ownerId)
    expect(office.engine.row(customerTable, customerId)).toMatchObject({ badDebtAt: null })
    expect(office.engine.rows(flagChangeTable).toSorted((left, right) => left.at - right.at)).toMatchObject([
      { customerId, flag: 'badDebt', raised: true, reason: 'Three checks came back.', byId: ownerId, at: setAt },
      { customerId, flag: 'badDebt', raised: false, reason: 'Paid in full.', byId: ownerId, at: office.now },
    ])
  })

  it.each(['doNotService', 'creditHold', 'badDebt'] as const)('leaves \u201c%s\u201d to those who may', (flag) => {
    const { office, customerId, csrId } = new FrontDesk()
    expect(office.run('customer.flag', { customerId, flag, raised: true, reason: 'Rude.' }, csrId)).toMatchObject(refusedAs('customer.managerOnly', 'flag'))
    expect(office.engine.rows(flagChangeTable)).toEqual([])
  })

  it('lets receivables mark bad debt, and nothing else', () => {
    const { office, customerId, ownerId } = new FrontDesk()
    const receivables = newId()
    office.must('user.add', { id: receivables, name: 'Lou Hart', roles: ['receivables'] }, ownerId)
    office.must('customer.flag', { customerId, flag: 'badDebt', raised: true, reason: 'Written off.' }, receivables)
    expect(office.run('customer.flag', { customerId, flag: 'doNotService', raised: true, reason: 'Owes.' }, receivables)).toMatchObject(refusedAs('customer.managerOnly'))
  })

  it('asks for a reason, and says what stands already', () => {
    const { office, customerId, ownerId } = new FrontDesk()
    expect(office.run('customer.flag', { customerId, flag: 'creditHold', raised: true, reason: ' ' }, ownerId)).toMatchObject(refusedAs('input.invalid', 'reason'))
    expect(office.run('customer.flag', { customerId, flag: 'creditHold', raised: false, reason: 'Paid.' }, ownerId)).toMatchObject({
      refusal: { code: 'customer.flagStands', message: 'Martin Okonjo is not marked \u201ccredit hold\u201d already.' },
    })
    expect(office.run('customer.flag', { customerId: newId(), flag: 'creditHold', raised: true, reason: 'Owes.' }, ownerId)).toMatchObject(refusedAs('customer.unknown'))
  })

  it('stops a booking where it must, and only warns where it may', () => {
    const desk = new FrontDesk()
    desk.office.must('customer.flag', { customerId: desk.customerId, flag: 'badDebt', raised: true, reason: 'Owes.' }, desk.ownerId)
    desk.office.must('job.book', desk.booking(), desk.csrId)
    desk.office.must('customer.flag', { customerId: desk.customerId, flag: 'doNotService', raised: true, reason: 'Threats.' }, desk.ownerId)
    expect(desk.office.run('job.book', desk.booking(), desk.csrId)).toMatchObject(refusedAs('job.doNotService'))
  })
})

it('writes down what an older Baton sets with customer.change, without a reason', () => {
  const { office, customerId, ownerId } = new FrontDesk()
  const command = COMMANDS.get('customer.change')
  const input = command && upcast(command, 1, { customerId, set: { doNotService: true, creditHold: false } })
  office.must('customer.change', input, ownerId)
  expect(office.engine.rows(flagChangeTable)).toMatchObject([{ flag: 'doNotService', raised: true, reason: '', byId: ownerId }])
})

it('names the gravest flag', () => {
  const none = { doNotService: false, creditHold: false, badDebtAt: null, archived: false }
  expect(flagWord(none)).toBe('')
  expect(flagWord({ ...none, archived: true })).toBe('Archived')
  expect(flagWord({ ...none, archived: true, creditHold: true, badDebtAt: 1 })).toBe('Bad debt')
  expect(flagsOf({ doNotService: true, creditHold: true, badDebtAt: 1 })).toEqual(['doNotService', 'badDebt', 'creditHold'])
})
