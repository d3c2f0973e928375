import { assertNever } from '../../../shared/base/assertNever.ts'
import type { Instant } from '../../../shared/base/time.ts'
import { formatDay, formatTime, wallTimeOf } from '../../../shared/base/zone.ts'
import type { HubState } from '../../../shared/contract/methods/hub.ts'
import type { Clearance } from '../../../shared/domain/kernel/table.ts'
import type { Connection } from '../../api/client.ts'

/** What the status bar says, and how loudly. */
export interface LinkWords {
  /** `calm`: all is well or nothing is to be done. `warning`: work goes on and waits. `alarm`: somebody has to do something. */
  readonly tone: 'calm' | 'working' | 'warning' | 'alarm'
  readonly link: string
  readonly waiting: string
}

/** `2:14 PM` today, `Jul 13` before. */
export function sinceWords(since: Instant, now: Instant, zone: string): string {
  const { day } = wallTimeOf(since, zone)
  return day === wallTimeOf(now, zone).day ? formatTime(since, zone) : formatDay(day)
}

export const waitingWords = (count: number): string => `${count} ${count === 1 ? 'change' : 'changes'} waiting`

/** Whole percent of the rows that are here; 100 only when all are. */
export function joinedPercent(progress: HubState['progress']): number {
  return progress === null || progress.of === 0 ? 0 : Math.min(100, Math.floor((progress.rows / progress.of) * 100))
}

/**
 * The one line at the bottom. A page that does not reach its own backend can save nothing, which is worse than a hub
 * that is away: it is said first.
 */
export function linkWords(connection: Connection, unanswered: number, hub: HubState | undefined, now: Instant, zone: string): LinkWords {
  if (connection.kind === 'offline') return { tone: 'alarm', link: `Offline since ${sinceWords(connection.since, now, zone)}`, waiting: waitingWords(unanswered) }
  if (!hub) return { tone: 'calm', link: 'Online', waiting: '' }
  const waiting = waitingWords(hub.waiting)
  switch (hub.link) {
    case 'none':
      return { tone: 'calm', link: 'Online', waiting: 'this workstation alone' }
    case 'online':
      return { tone: 'calm', link: 'Online', waiting }
    case 'offline':
      return { tone: 'warning', link: `Offline since ${sinceWords(hub.since, now, zone)}`, waiting }
    case 'joining':
      return hub.progress?.stalled === true
        ? { tone: 'warning', link: `Offline at ${joinedPercent(hub.progress)} %`, waiting }
        : { tone: 'working', link: `Joining ${joinedPercent(hub.progress)} %`, waiting }
    case 'stopped':
      return { tone: 'alarm', link: `Stopped since ${sinceWords(hub.since, now, zone)}`, waiting }
    default:
      return assertNever(hub.link, 'link')
  }
}

/** The same in a sentence or two, where there is room for it. */
export function linkSentence(hub: HubState, now: Instant, zone: string): string {
  switch (hub.link) {
    case 'none':
      return 'This workstation works by itself. Everything is saved here, and no other workstation sees it.'
    case 'online':
      return 'What is done here is on the other workstations in a blink, and theirs is here.'
    case 'offline':
      return `The hub has not answered since ${sinceWords(hub.since, now, zone)}. Everything goes on: what you do is saved here and goes up by itself when the hub is back.`
    case 'joining':
      if (hub.progress?.stalled === true && hub.progress.usable) return 'The hub does not answer just now. What you do is saved here; the rest goes on where it stopped when the hub is back.'
      return hub.progress?.usable ? 'Today and every customer are here, and you can work meanwhile. The rest is on its way between here and the hub.' : 'The company is coming from the hub. Today and the customers come first.'
    case 'stopped':
      return `Nothing has gone to the hub since ${sinceWords(hub.since, now, zone)}, and it does not go on by itself. Everything is saved here.`
    default:
      return assertNever(hub.link, 'link')
  }
}

export const CLEARANCE_NAMES: Readonly<Record<Clearance, string>> = { pay: 'Pay', confidential: 'Confidential' }

export function clearanceWords(clearances: readonly Clearance[]): string {
  return clearances.length === 0 ? 'Daily work' : `Daily work, ${clearances.map((clearance) => CLEARANCE_NAMES[clearance].toLowerCase()).join(', ')}`
}

/** `Dana · Front desk 2`, `Dana · Front desk 2, on a call`; a workstation whose name was not heard here yet is left out. */
export function presentWords(person: { readonly name: string; readonly deviceName: string; readonly state: 'here' | 'onCall' | 'locked' }): string {
  const doing = person.state === 'onCall' ? 'on a call' : person.state === 'locked' ? 'locked' : ''
  const more = [person.deviceName, doing].filter(Boolean).join(', ')
  return more === '' ? person.name : `${person.name} \u00B7 ${more}`
}
