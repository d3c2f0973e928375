import { newId } from '../shared/base/id.ts'
import type { Tap, TechnicianVisit } from '../shared/field/wire.ts'
import { element, replace } from './element.ts'
import { askIssue, askMinutes, askReason } from './forms.ts'
import { openKept } from './kept.ts'
import { Line } from './line.ts'
import { type Action, type Said, type SaidTap, sawOf, shownVisits, undoLeft } from './said.ts'
import { aboutOthers, type Doing, foot, head, visitList } from './view.ts'
import { saidWords, tappedTime } from './words.ts'

/** The technician’s page: opened by a signed link, without an account, on any telephone. */

const LOOK_EVERY_MS = 60_000

/** A second tap so soon was meant for the button that stood there before. */
const SETTLE_MS = 700

const part = (id: string): HTMLElement => document.getElementById(id) ?? document.body

/** Which link this is, as its own text says; whether it is good is the hub’s to say. */
function linkIdOf(token: string): string | undefined {
  try {
    const said = JSON.parse(atob((token.split('.')[0] ?? '').replaceAll('-', '+').replaceAll('_', '/'))) as { readonly l?: unknown }
    return typeof said.l === 'string' ? said.l : undefined
  } catch {
    return undefined
  }
}

async function begin(token: string, linkId: string): Promise<void> {
  const kept = await openKept()
  let settledAt = 0
  /** A tap that this telephone could not keep, in words: it goes nowhere by itself. */
  let lost: string | null = null

  const line = new Line({
    token,
    linkId,
    kept,
    ask: (path, init) => fetch(`/t/${path}`, init),
    now: () => Date.now(),
    later: (work, ms) => void setTimeout(work, ms),
    changed: () => draw(),
  })

  const say = (visit: TechnicianVisit, kind: Tap['kind'], more: Pick<Tap, 'reason' | 'minutes'> = {}): void => {
    settledAt = Date.now() + SETTLE_MS
    doing.folded.delete(visit.id)
    lost = null
    const notKept = (): void => {
      lost = `This telephone could not keep \u201c${saidWords({ tap: { id: '', kind, ...more } })}\u201d: it may be full. Make room and tap again, or call the office.`
      draw()
    }
    void line.say([{ what: 'tap', linkId, visitId: visit.id, about: visit.customer, zone: visit.zone, tappedAt: Date.now(), state: 'waiting', tap: { id: newId(), kind, ...sawOf(visit), ...more } }]).catch(notKept)
  }

  const act = (visit: TechnicianVisit, { kind }: Action): void => {
    switch (kind) {
      case 'hold':
        return askReason(visit, line.day?.holdReasons ?? [], (reason) => say(visit, 'hold', { reason }))
      case 'late':
        return askMinutes(visit, (minutes) => say(visit, 'late', { minutes }))
      case 'issue':
        return void askIssue(visit, kept, async (text, photos) => {
          const common = { linkId, visitId: visit.id, about: visit.customer, zone: visit.zone, tappedAt: Date.now(), state: 'waiting' } as const
          const reportId = newId()
          await line.say([{ ...common, what: 'tap', tap: { id: reportId, kind: 'issue', text } }, ...photos.map((photo) => ({ ...common, what: 'photo' as const, photoId: newId(), reportId, photo }))])
        })
      case 'onMyWay':
      case 'arrived':
      case 'resume':
      case 'done':
        return Date.now() < settledAt ? undefined : say(visit, kind)
    }
  }

  const drop = (said: Said): void => void line.drop(said.seq)
  const doing: Doing = { act, undo: drop, dismiss: drop, folded: new Map() }

  const undoable = (): SaidTap | undefined =>
    line.said.findLast((one): one is SaidTap => one.what === 'tap' && one.tap.kind !== 'issue' && one.state === 'waiting' && undoLeft(one, Date.now()) > 0)

  const draw = (): void => {
    const { day, said, state } = line
    replace(part('head'), ...head(day, state, said, kept.lasts), lost === null ? null : element('p', { class: 'line lost', role: 'alert' }, lost))
    replace(part('visits'), day && aboutOthers(day.visits, said, doing), day ? visitList(shownVisits(day, said), said, day.zone, doing) : state.line === 'ended' ? ended(said) : element('p', { class: 'plain' }, state.line === 'lost' ? 'Nothing is kept here yet. The visits come as soon as there is a line.' : 'Loading\u2026'))
    replace(part('foot'), ...foot(day, undoable(), doing))
  }

  /** What was never heard is said here to the end: it can be told by telephone. */
  const ended = (said: readonly Said[]): HTMLElement => {
    const left = said.filter(({ state }) => state === 'waiting' || state === 'refused')
    return element('div', { class: 'plain' }, element('p', {}, 'Ask the office for a new link.'), ...left.map((one) => element('p', { class: 'waiting' }, `Not sent: ${one.about}, ${one.what === 'photo' ? 'a photo' : saidWords(one)}, ${tappedTime(one)}`)))
  }

  draw()
  await line.begin()
  const wake = (): void => {
    if (document.visibilityState === 'visible') line.wake()
    draw()
  }
  addEventListener('online', wake)
  document.addEventListener('visibilitychange', wake)
  setInterval(wake, LOOK_EVERY_MS)
}

const token = location.hash.slice(1)
const linkId = linkIdOf(token)
// A page with another link behind the # is another page.
addEventListener('hashchange', () => location.reload())
if ('serviceWorker' in navigator) void navigator.serviceWorker.register('/t/worker.js', { scope: '/t/' }).catch(() => undefined)
if (linkId === undefined) {
  replace(part('head'), element('h1', {}, 'Visits'))
  replace(part('visits'), element('p', { class: 'plain', role: 'alert' }, 'Open the link that the office has sent you, whole. This address alone shows nothing.'))
} else void begin(token, linkId)
