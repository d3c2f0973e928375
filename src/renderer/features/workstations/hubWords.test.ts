import { describe, expect, it } from 'vitest'
import type { HubState } from '../../../shared/contract/methods/hub.ts'
import { joinedPercent, linkSentence, linkWords, presentWords } from './hubWords.ts'

const ZONE = 'America/Chicago'
const SINCE = Date.UTC(2026, 6, 14, 19, 14)
const NOW = SINCE + 600_000
const ONLINE = { kind: 'online', since: 0, version: '1' } as const
const state = (more: Partial<HubState>): HubState => ({ link: 'online', since: SINCE, address: 'hub', deviceName: 'Front desk', waiting: 0, problem: null, progress: null, ...more })

describe('the line at the bottom', () => {
  it.each([
    ['a workstation of its own', state({ link: 'none' }), { tone: 'calm', link: 'Online', waiting: 'this workstation alone' }],
    ['in step', state({ waiting: 1 }), { tone: 'calm', link: 'Online', waiting: '1 change waiting' }],
    ['a hub that is away', state({ link: 'offline', waiting: 12 }), { tone: 'warning', link: 'Offline since 2:14 PM', waiting: '12 changes waiting' }],
    ['a snapshot on its way whose hub is gone', state({ link: 'joining', progress: { rows: 437, of: 1000, usable: true, stalled: true } }), { tone: 'warning', link: 'Offline at 43 %', waiting: '0 changes waiting' }],
    ['a snapshot on its way', state({ link: 'joining', progress: { rows: 437, of: 1000, usable: false, stalled: false } }), { tone: 'working', link: 'Joining 43 %', waiting: '0 changes waiting' }],
    ['a workstation whose access was taken away', state({ link: 'stopped', waiting: 3, problem: 'Revoked.' }), { tone: 'alarm', link: 'Stopped since 2:14 PM', waiting: '3 changes waiting' }],
  ])('speaks of %s', (_what, hub, words) => {
    expect(linkWords(ONLINE, 0, hub, NOW, ZONE)).toEqual(words)
  })

  it('says first that the page reaches nothing at all, and from another day with the day', () => {
    const gone = { kind: 'offline', since: SINCE - 86_400_000, retryAt: 0 } as const
    expect(linkWords(gone, 2, state({ waiting: 9 }), NOW, ZONE)).toEqual({ tone: 'alarm', link: 'Offline since Jul 13', waiting: '2 changes waiting' })
  })
})

it('never says that all is here before it is', () => {
  expect(joinedPercent({ rows: 999_999, of: 1_000_000, usable: true, stalled: false })).toBe(99)
  expect(joinedPercent({ rows: 0, of: 0, usable: false, stalled: false })).toBe(0)
  expect(joinedPercent({ rows: 5, of: 5, usable: true, stalled: false })).toBe(100)
})

it('tells whoever waits for a snapshot when they can begin', () => {
  expect(linkSentence(state({ link: 'joining', progress: { rows: 1, of: 2, usable: false, stalled: false } }), NOW, ZONE)).toContain('come first')
  expect(linkSentence(state({ link: 'joining', progress: { rows: 1, of: 2, usable: true, stalled: false } }), NOW, ZONE)).toContain('you can work')
})

it('names who is on the same record, where, and whether they are on the line', () => {
  expect(presentWords({ name: 'Dana', deviceName: 'Front desk 2', state: 'here' })).toBe('Dana \u00B7 Front desk 2')
  expect(presentWords({ name: 'Dana', deviceName: 'Front desk 2', state: 'onCall' })).toBe('Dana \u00B7 Front desk 2, on a call')
  expect(presentWords({ name: 'Dana', deviceName: '', state: 'here' })).toBe('Dana')
  expect(presentWords({ name: 'Dana', deviceName: '', state: 'locked' })).toBe('Dana \u00B7 locked')
})
