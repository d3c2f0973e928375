import type { TechnicianDay, TechnicianVisit } from '../shared/field/wire.ts'
import { element } from './element.ts'
import type { LineState } from './line.ts'
import { type Action, actionsFor, type Said, type SaidTap } from './said.ts'
import { dayWords, mapLink, notHandedOver, quantityWords, saidWords, standing, STATES, tappedTime, windowOf } from './words.ts'

/** How the page looks; what a tap does is said by whoever draws it. */

export interface Doing {
  readonly act: (visit: TechnicianVisit, action: Action) => void
  readonly undo: (said: Said) => void
  readonly dismiss: (said: Said) => void
  /** Cards that the technician opened or closed by hand. */
  readonly folded: Map<string, boolean>
}

const ENDED: ReadonlySet<string> = new Set(['done', 'canceled'])

const phoneHref = (number: string): string => `tel:${number.replace(/[^+\d]/g, '')}`

function lines(title: string, texts: readonly string[]): HTMLElement | null {
  return texts.length === 0 ? null : element('section', {}, element('h3', {}, title), ...texts.map((text) => element('p', { class: 'text' }, text)))
}

function details(visit: TechnicianVisit): HTMLElement {
  const { address, access, phones, summary, promised, notes, lines: work, jobNumber, jobType } = visit
  return element(
    'div',
    { class: 'details' },
    element('div', { class: 'ways' }, element('a', { class: 'way', href: mapLink(visit, navigator.userAgent), 'data-key': `map/${visit.id}` }, element('span', { class: 'cap' }, 'Map'), address), ...phones.map(({ value, shown, label }) => element('a', { class: 'way', href: phoneHref(value), 'data-key': `call/${visit.id}/${value}` }, element('span', { class: 'cap' }, `Call${label === '' ? '' : ` (${label})`}`), shown))),
    access.length === 0 ? null : element('dl', { class: 'access' }, ...access.flatMap(({ label, text }) => [element('dt', {}, label), element('dd', {}, text)])),
    lines('What is wrong', [summary]),
    lines('Promised', promised),
    lines('Notes', notes),
    lines('Work', work.map(({ description, quantity }) => (quantity === 1000 ? description : `${quantityWords(quantity)} \u00D7 ${description}`))),
    element('p', { class: 'quiet' }, `Job ${jobNumber}${jobType === '' ? '' : `, ${jobType}`}`),
  )
}

function actions(visit: TechnicianVisit, doing: Doing): HTMLElement {
  return element(
    'div',
    { class: 'actions' },
    ...actionsFor(visit).map((action) => element('button', { type: 'button', class: action.main ? 'main' : '', 'data-key': `${action.kind}/${visit.id}`, onclick: () => doing.act(visit, action) }, action.label)),
  )
}

const isOpen = ({ state }: Said): boolean => state === 'waiting' || state === 'refused'

/** What was said and is not settled: kept here, or refused. */
function pending(one: Said, doing: Doing, about = ''): HTMLElement {
  const what = `${about}${one.what === 'photo' ? 'Photo' : saidWords(one)}, ${tappedTime(one)}`
  if (one.state === 'waiting') return element('p', { class: 'waiting' }, element('span', { 'aria-hidden': 'true' }, '\u2191 '), `${what}: waiting to send${one.message === undefined ? '' : `. ${one.message}`}`)
  return element('div', { class: 'refused', role: 'alert' }, element('p', {}, element('strong', {}, `Not taken: ${what}. `), one.message ?? ''), element('button', { type: 'button', 'data-key': `dismiss/${one.seq}`, onclick: () => doing.dismiss(one) }, 'I have read this'))
}

/** What was said of visits that are not on the page any more. */
export function aboutOthers(visits: readonly TechnicianVisit[], said: readonly Said[], doing: Doing): HTMLElement | null {
  const others = said.filter((one) => isOpen(one) && !visits.some(({ id }) => id === one.visitId))
  return others.length === 0 ? null : element('div', { class: 'others' }, ...others.map((one) => pending(one, doing, `${one.about}, `)))
}

function notice(visit: TechnicianVisit): HTMLElement | null {
  const words = notHandedOver(visit)
  return words === null ? null : element('p', { class: 'waiting' }, element('span', { 'aria-hidden': 'true' }, '! '), words)
}

function card(visit: TechnicianVisit, isNext: boolean, said: readonly Said[], zone: string, doing: Doing): HTMLElement {
  const [, sign] = STATES[visit.state] ?? ['', '?']
  const heading = element(
    'summary',
    { 'data-key': `visit/${visit.id}` },
    element('span', { class: 'window' }, windowOf(visit, zone)),
    element('h2', { class: 'who' }, visit.customer),
    element('span', { class: 'where' }, visit.address),
    element('span', { class: `state ${visit.state}` }, element('span', { 'aria-hidden': 'true' }, `${sign} `), standing(visit)),
  )
  const open = doing.folded.get(visit.id) ?? isNext
  const folding = element('details', { class: ENDED.has(visit.state) ? 'visit ended' : 'visit' }, heading, ...said.filter((one) => one.visitId === visit.id && isOpen(one)).map((one) => pending(one, doing)), notice(visit), actions(visit, doing), details(visit))
  folding.open = open
  // By hand only: what is next may be another once this one is done.
  heading.addEventListener('click', () => doing.folded.set(visit.id, !folding.open))
  return element('li', {}, folding)
}

/** @param zone the page’s own, in which its day begins */
export function visitList(visits: readonly TechnicianVisit[], said: readonly Said[], zone: string, doing: Doing): HTMLElement {
  if (visits.length === 0) return element('p', { class: 'plain' }, 'There are no visits for you. When the office gives you one, it comes up here.')
  const next = visits.find(({ state }) => state === 'working') ?? visits.find(({ state }) => state === 'dispatched') ?? visits.find(({ state }) => !ENDED.has(state))
  return element('ol', { class: 'visits' }, ...visits.map((visit) => card(visit, visit === next, said, zone, doing)))
}

function lineWords({ line, message }: LineState, waiting: number): string {
  const count = waiting === 0 ? '' : `${waiting} waiting to send`
  switch (line) {
    case 'ended':
      return message ?? 'This link has ended.'
    case 'lost':
      return [message ?? 'No line', count === '' ? '' : `${count}; it is kept here`].filter(Boolean).join(' \u00B7 ')
    case 'sending':
      return 'Sending\u2026'
    case 'quiet':
      return count === '' ? 'All sent' : count
  }
}

const signOf = ({ line }: LineState, waiting: number): string => (line === 'lost' ? '\u2016 ' : line === 'ended' ? '\u2715 ' : waiting > 0 ? '\u2191 ' : '\u2713 ')

export function head(day: TechnicianDay | undefined, state: LineState, said: readonly Said[], lasts: boolean): readonly HTMLElement[] {
  const waiting = said.filter((one) => one.state === 'waiting').length
  return [
    element('div', { class: 'title' }, element('h1', {}, day ? day.technician : 'Visits'), element('p', {}, day ? `${dayWords(day.day)} \u00B7 ${day.company.name}` : '')),
    element('p', { class: `line ${state.line === 'quiet' && waiting > 0 ? 'sending' : state.line}`, role: 'status' }, element('span', { 'aria-hidden': 'true' }, signOf(state, waiting)), lineWords(state, waiting)),
    ...(lasts ? [] : [element('p', { class: 'line lost', role: 'alert' }, 'This browser keeps nothing: leave the page open until all is sent. Outside private mode it would.')]),
  ]
}

/** The bar at the bottom: what was tapped just now can be taken back, and the office is a tap away. */
export function foot(day: TechnicianDay | undefined, undoable: SaidTap | undefined, doing: Doing): readonly HTMLElement[] {
  const { phone = '', phoneShown = '' } = day?.company ?? {}
  return [
    ...(undoable ? [element('p', { class: 'undo' }, element('span', { role: 'status' }, `${saidWords(undoable)}, ${tappedTime(undoable)}`), element('button', { type: 'button', 'data-key': 'undo', onclick: () => doing.undo(undoable) }, 'Undo'))] : []),
    ...(phone === '' ? [] : [element('a', { class: 'office', href: phoneHref(phone), 'data-key': 'office' }, `Call the office: ${phoneShown}`)]),
  ]
}
