import type { BoardDay } from '../../src/shared/contract/methods/dispatch.ts'
import type { Attention, HubState } from '../../src/shared/contract/methods/hub.ts'
import type { SuspenseMoney } from '../../src/shared/contract/methods/payments.ts'
import { HOUR, MINUTE } from '../../src/shared/base/time.ts'
import type { PretendedAnswers } from './pretendedHub.ts'

/** The morning of the sample office\u2019s clock. */
const NOW = Date.UTC(2026, 6, 14, 15, 20)

function hubState(more: Partial<HubState>): HubState {
  return { link: 'online', since: NOW - HOUR, address: 'office-server:7410', deviceName: 'Front desk 1', waiting: 0, problem: null, progress: null, ...more }
}

function device(name: string, more: object = {}) {
  return { deviceId: `device ${name}`, name, enrolledAt: NOW - 700 * HOUR, lastSeenAt: NOW - MINUTE, revokedAt: null, connected: true, self: false, clearances: [], version: '0.1.0', ...more }
}

const DEVICES = [
  device('Front desk 1', { self: true }),
  device('Front desk 2', { connected: false, lastSeenAt: NOW - 50 * HOUR }),
  device('Dispatch'),
  device('Accounting', { clearances: ['pay', 'confidential'] }),
  device('Old laptop', { connected: false, lastSeenAt: NOW - 101 * HOUR, revokedAt: NOW - 100 * HOUR }),
]

const WAITING = (
  [
    ['Booked Service, no cooling for Naomi Fox', 'Rosa Quill', true],
    ['Gave Naomi Fox\u2019s visit to Hank Ulrich', 'Dana Wray', true],
    ['Took $250.00 from Wanda Vance', 'Rosa Quill', true],
    ['Set Marta Prescott\u2019s visit to Dispatched', 'Dana Wray', false],
  ] as const
).map(([summary, by, applied], index) => ({ commandId: `waiting ${index}`, summary, by, applied, at: NOW - (40 - index * 8) * MINUTE }))

function answers(state: HubState): PretendedAnswers {
  return { 'hub.state': state, 'hub.devices': DEVICES, 'hub.waiting': state.waiting > 0 ? WAITING : [], 'hub.present': [], 'hub.syncNow': state, 'hub.viewing': {}, 'hub.invite': { code: `baton1.${'eyJhIjoiaHR0cHM6Ly9vZmZpY2Uta'.repeat(8)}`, expiresAt: NOW + HOUR } }
}

export const ENROLLED = answers(hubState({}))
export const OFFLINE: PretendedAnswers = {
  ...answers(hubState({ link: 'offline', waiting: WAITING.length })),
  'board.day': (real: BoardDay) => ({ ...real, planned: real.planned.map((visit, index) => ({ ...visit, tentative: index % 3 === 0 })), unassigned: real.unassigned.map((visit) => ({ ...visit, tentative: true })) }),
}
export const STOPPED = answers(hubState({ link: 'stopped', waiting: WAITING.length, problem: 'An owner has taken this workstation\u2019s access away. Everything is kept here; a new code brings it back.' }))
export const JOINING = answers(hubState({ link: 'joining', progress: { rows: 137_204, of: 512_330, usable: false, stalled: false } }))
export const JOINING_STALLED = answers(hubState({ link: 'joining', progress: { rows: 137_204, of: 512_330, usable: false, stalled: true } }))

const REFUSED: Attention = {
  id: 'refused',
  promiseId: 'promise',
  state: 'open',
  kind: 'refused',
  ours: {
    title: 'Gave Naomi Fox\u2019s visit to Hank Ulrich',
    lines: ['Rosa Quill, Today, 9:41 AM', 'Today, 1\u20132:30 PM', 'Promised: Today, 1\u20133 PM', 'Service, no cooling, job 48113'],
    opens: { kind: 'appointment', id: 'ours', day: '2026-07-14' },
  },
  theirs: {
    title: 'Hank Ulrich is with Wanda Vance, job 48109 at that time. Choose another time or technician, or overbook.',
    lines: ['Hank Ulrich is with Wanda Vance, job 48109: Today, 1\u20133 PM, given by Dana Wray', 'Naomi Fox\u2019s visit is scheduled', 'No technician has it', 'Promised: Today, 1\u20133 PM', 'Last changed by Rosa Quill, Today, 9:40 AM', '$89.00 was taken and is kept here until this is settled'],
    opens: { kind: 'appointment', id: 'theirs', day: '2026-07-14' },
  },
  fallen: ['Set Naomi Fox\u2019s visit to Dispatched'],
  amountCents: 8900,
  phone: '+15550146638',
  choices: [
    { key: 'O', label: 'Overbook anyway', action: 'redo', changes: { overbookAccepted: true }, withFallen: true, outcomeKey: 'redone' },
    { key: 'Enter', label: 'Open the board at that time', action: 'open', changes: null, withFallen: false, outcomeKey: null },
    { key: 'W', label: 'Waiting for an answer', action: 'wait', changes: null, withFallen: false, outcomeKey: 'waiting' },
    { key: 'X', label: 'Let it go', action: 'drop', changes: null, withFallen: false, outcomeKey: 'dropped' },
  ],
}

export const REFUSED_CHANGE: PretendedAnswers = { ...ENROLLED, 'attention.get': REFUSED }

const IN_SUSPENSE: SuspenseMoney = {
  id: 'suspense',
  state: 'open',
  form: 'check',
  amountCents: 12_500,
  checkNumber: '5521',
  memo: 'Deposit for the water heater',
  day: '2026-07-14',
  receivedAt: NOW - 40 * MINUTE,
  receivedBy: 'Rosa Quill',
  workstation: 'Front desk 2',
  why: 'The customer could not be recorded: Rosa Quill has left the company.',
  wanted: {
    name: 'Nora Vance',
    customerId: null,
    invoiceId: null,
    phone: '+15550146638',
    lines: ['(555) 014-6638, mobile', '27 Larkspur Court, Fairhollow', 'Booked Water heater replacement for Nora Vance'],
    refusedChangeId: 'refused',
  },
  likely: [{ customerId: 'wanda', name: 'Wanda Vance', place: '27 Larkspur Court, Fairhollow', why: 'same phone (555) 014-6638, same address' }],
  placed: null,
  refundReason: null,
}

export const MONEY_IN_SUSPENSE: PretendedAnswers = { ...ENROLLED, 'suspense.get': IN_SUSPENSE }
export const MONEY_PLACED: PretendedAnswers = { ...ENROLLED, 'suspense.get': { ...IN_SUSPENSE, state: 'placed', placed: { customerId: 'wanda', customerName: 'Wanda Vance', invoiceNumber: '20437' } } }

/** Two others on whichever record is opened. */
export const OTHERS_HERE = (record: { readonly kind: string; readonly id: string }): PretendedAnswers => ({
  ...ENROLLED,
  'hub.present': [
    { userId: 'rosa', name: 'Rosa Quill', deviceName: 'Front desk 2', state: 'onCall', record, call: null },
    { userId: 'dana', name: 'Dana Wray', deviceName: 'Dispatch', state: 'here', record },
  ],
})
