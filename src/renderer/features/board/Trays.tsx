import { type KeyboardEvent, memo, type PointerEvent, type ReactNode, useRef, useState } from 'react'
import type { Instant, IsoDay } from '../../../shared/base/time.ts'
import type { BoardDay, BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import type { VisitAlert } from '../../../shared/domain/dispatch/lateness.ts'
import { Due } from '../../components/Due.tsx'
import { Keycap } from '../../components/Keycap.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { selectVisit, useBoardStore } from '../../stores/board.ts'
import classes from './board.module.css'
import { type SeenOnBoard, useSeenAlerts } from './seenOnBoard.ts'
import { ageWords, alertWords, windowWords } from './boardWords.ts'
import type { WallClock } from './timeline/axis.ts'
import { OtherTrays } from './OtherTrays.tsx'

export interface AlertItem {
  readonly visit: BoardVisit
  readonly alert: VisitAlert
  readonly technicianName: string
}

/** What waits for a technician, and what is on hold. */
export interface TrayVisits {
  readonly unassigned: readonly BoardVisit[]
  readonly hold: readonly BoardVisit[]
}

export interface TraysProps {
  readonly day: BoardDay
  readonly clock: WallClock
  readonly trays: TrayVisits
  readonly alerts: readonly AlertItem[]
  readonly today: IsoDay
  readonly now: Instant
  /** How they stand where they have a window of their own. */
  readonly sectionsClass?: string | undefined
  readonly onPress: (event: PointerEvent<HTMLElement>, visitId: string) => void
  readonly onOpen: (visitId: string) => void
}

/** More than a person could read at once is counted. */
const SHOWN_ALERTS = 100

type TrayKey = 'alerts' | 'unassigned' | 'hold' | 'closeOut'

const trayId = (key: TrayKey): string => `tray-section-${key}`

/** One visit in a tray: who and what, and on the second line what presses. */
function TrayItem({ visit, lead, first, second, selected, tabStop }: {
  readonly visit: BoardVisit
  readonly lead: ReactNode
  readonly first: ReactNode
  readonly second: ReactNode
  readonly selected: boolean
  readonly tabStop: boolean
}) {
  return (
    <li role="option" id={`tray-${visit.id}`} className={classes['item']} aria-selected={selected} tabIndex={tabStop ? 0 : -1} data-visit={visit.id}>
      <span className={classes['itemLine']}>
        {lead}
        <b className="b">{visit.shortName}</b>
        {first}
      </span>
      <span className={classes['itemMore']}>
        {visit.customerFlag === '' ? null : <b className="alert-t m">{visit.customerFlag}</b>}
        {visit.tentative ? <i className={classes['tentativeWord']}>tentative</i> : null}
        {second}
      </span>
    </li>
  )
}

/** An alert: what endangers the promise, and in the same line who is at it. */
function AlertEntry({ item, seen, words, selected, tabStop }: { readonly item: AlertItem; readonly seen: SeenOnBoard | null; readonly words: string; readonly selected: boolean; readonly tabStop: boolean }) {
  const { visit, technicianName } = item
  return (
    <li role="option" id={`alert-${visit.id}`} className={classes['item']} aria-selected={selected} tabIndex={tabStop ? 0 : -1} data-visit={visit.id}>
      <span className={classes['itemLine']}>
        {seen ? <StateGlyph state="confirmed" label="Seen" /> : <span className={classes['late']}><StateGlyph state="alert" label="Alert" /></span>}
        <b className="b">{visit.shortName}</b>
        <span className="el t2">{visit.jobTypeName}</span>
        <span className="sp" />
        <span className="t3 dense nw">{technicianName}</span>
      </span>
      <span className={classes['itemMore']}>
        <span className="el" title={words}>{words}</span>
        {seen ? (
          <>
            <span className="sp" />
            <span className="nw t3" title={seen.words}>
              {`Seen by ${seen.by}`}
            </span>
          </>
        ) : null}
      </span>
    </li>
  )
}

function Tray({ id, title, detail, keys, empty, visitIds, unlisted = 0, children }: {
  readonly id: TrayKey
  readonly title: string
  readonly detail: ReactNode
  readonly keys?: string
  readonly empty: string
  readonly visitIds: readonly string[]
  /** How many more there are than are listed. */
  readonly unlisted?: number
  readonly children: ReactNode
}) {
  const list = useRef<HTMLUListElement>(null)
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (step === 0 || event.altKey || event.ctrlKey || event.metaKey) return
    const items = [...(list.current?.querySelectorAll<HTMLElement>('[role=option]') ?? [])]
    const index = items.findIndex((item) => item === document.activeElement)
    items[Math.min(items.length - 1, Math.max(0, index + step))]?.focus()
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <section id={trayId(id)} aria-label={title}>
      <div className={classes['sectionHead']}>
        <b className="b">{title}</b>
        <span className="t3">{detail}</span>
        <span className="sp" />
        {keys ? <Keycap keys={keys} /> : null}
      </div>
      {visitIds.length === 0 ? (
        <p className={classes['none']}>{empty}</p>
      ) : (
        <ul ref={list} role="listbox" aria-label={title} onKeyDown={onKeyDown}>
          {children}
        </ul>
      )}
      {unlisted > 0 ? <p className={classes['none']}>And {unlisted} more: they come as these are dealt with.</p> : null}
    </section>
  )
}

/** The trays beside the board, one under the other, with a bar that jumps to each. */
export const Trays = memo(function Trays({ day, clock, trays, alerts, today, now, sectionsClass, onPress, onOpen }: TraysProps) {
  const selectedId = useBoardStore((store) => store.selectedId)
  const seenOf = useSeenAlerts()
  const [jumped, setJumped] = useState<TrayKey>('alerts')
  const { unassigned, hold } = trays
  const { toCloseOut, unlisted } = day
  const oldest = unassigned.reduce((earliest, visit) => Math.min(earliest, visit.bookedAt), now)
  const oldestDone = toCloseOut.reduce((earliest, visit) => Math.min(earliest, visit.doneAt ?? now), now)

  const jump = (key: TrayKey): void => {
    setJumped(key)
    const section = document.getElementById(trayId(key))
    section?.scrollIntoView({ block: 'start' })
    section?.querySelector<HTMLElement>('[role=option]')?.focus()
  }
  const visitAt = (target: EventTarget): string | null => (target instanceof Element ? (target.closest<HTMLElement>('[data-visit]')?.dataset['visit'] ?? null) : null)
  const within = (visits: readonly BoardVisit[], visit: BoardVisit, index: number): boolean =>
    visits.some(({ id }) => id === selectedId) ? visit.id === selectedId : index === 0
  const jumps: readonly (readonly [TrayKey, string, number])[] = [
    ['alerts', 'Alerts', alerts.length],
    ['unassigned', 'Unassigned', unassigned.length + unlisted.unassigned],
    ['hold', 'Hold', hold.length + unlisted.hold],
    ['closeOut', 'Close out', toCloseOut.length + unlisted.toCloseOut],
  ]

  return (
    <div className={classes['trays']} data-pane="trays">
      <div className={classes['jumps']} role="toolbar" aria-label="Trays">
        {jumps.map(([key, label, count]) => (
          <button key={key} type="button" aria-pressed={jumped === key} onClick={() => jump(key)}>
            {label} <b className="b">{count}</b>
          </button>
        ))}
      </div>
      <div
        className={sectionsClass ?? classes['sections']}
        onPointerDown={(event) => {
          const visitId = visitAt(event.target)
          if (visitId !== null && event.button === 0) onPress(event, visitId)
        }}
        onFocus={(event) => {
          const visitId = visitAt(event.target)
          if (visitId !== null) selectVisit(visitId, { key: visitId })
        }}
        onKeyDown={(event) => {
          const visitId = visitAt(event.target)
          if (visitId !== null && (event.key === 'Enter' || event.key === ' ')) {
            event.preventDefault()
            onOpen(visitId)
          }
        }}
      >
        <Tray id="alerts" title="Alerts" detail={alerts.length === 0 ? '' : String(alerts.length)} empty="Every visit is on its way to be kept." visitIds={alerts.map(({ visit }) => visit.id)}>
          {alerts.slice(0, SHOWN_ALERTS).map((item, index) => (
            <AlertEntry
              key={item.visit.id}
              item={item}
              seen={seenOf(item.visit.id, item.alert.kind)}
              words={alertWords(item.alert, clock, now)}
              selected={item.visit.id === selectedId}
              tabStop={alerts.some(({ visit }) => visit.id === selectedId) ? item.visit.id === selectedId : index === 0}
            />
          ))}
        </Tray>
        {alerts.length > SHOWN_ALERTS ? <p className={classes['none']}>And {alerts.length - SHOWN_ALERTS} more on the board.</p> : null}
        <Tray
          id="unassigned"
          title="Unassigned"
          detail={unassigned.length === 0 ? '' : `${unassigned.length + unlisted.unassigned} \u00B7 oldest ${ageWords(oldest, now)}`}
          keys="U"
          empty="Every visit has a technician."
          visitIds={unassigned.map(({ id }) => id)}
          unlisted={unlisted.unassigned}
        >
          {unassigned.map((visit, index) => (
            <TrayItem
              key={visit.id}
              visit={visit}
              selected={visit.id === selectedId}
              tabStop={within(unassigned, visit, index)}
              lead={visit.priorityRank <= 1 ? <span className={classes['late']}><StateGlyph state="alert" label={visit.priorityName} /></span> : <StateGlyph state={visit.state} />}
              first={
                <>
                  <span className="el t2">{visit.jobTypeName}</span>
                  <span className="sp" />
                  {visit.promise ? <span className={classes['tight']}><Due dueAt={visit.promise.dueAt} since={visit.promise.openedAt} /></span> : null}
                </>
              }
              second={
                <>
                  <span className={visit.priorityRank <= 1 ? classes['late'] : ''}>{visit.priorityName}</span>
                  <span className="sp" />
                  <span className={visit.windowEndsAt < now ? classes['late'] : ''}>{windowWords(visit, today)}</span>
                </>
              }
            />
          ))}
        </Tray>
        <Tray id="hold" title="Hold" detail={hold.length === 0 ? '' : String(hold.length + unlisted.hold)} empty="Nothing is on hold." visitIds={hold.map(({ id }) => id)} unlisted={unlisted.hold}>
          {hold.map((visit, index) => (
            <TrayItem
              key={visit.id}
              visit={visit}
              selected={visit.id === selectedId}
              tabStop={within(hold, visit, index)}
              lead={<span className={classes['soon']}><StateGlyph state="hold" label="Hold" /></span>}
              first={
                <>
                  <span className="el t2">{visit.jobTypeName}</span>
                  <span className="sp" />
                  {visit.promise ? <span className={classes['tight']}><Due dueAt={visit.promise.dueAt} since={visit.promise.openedAt} /></span> : null}
                </>
              }
              second={<span className="el">{visit.holdReason}</span>}
            />
          ))}
        </Tray>
        <Tray
          id="closeOut"
          title="To close out"
          detail={toCloseOut.length === 0 ? '' : `${toCloseOut.length + unlisted.toCloseOut} \u00B7 oldest ${ageWords(oldestDone, now)}`}
          empty="Every finished visit is closed out."
          visitIds={toCloseOut.map(({ id }) => id)}
          unlisted={unlisted.toCloseOut}
        >
          {toCloseOut.map((visit, index) => (
            <TrayItem
              key={visit.id}
              visit={visit}
              selected={visit.id === selectedId}
              tabStop={within(toCloseOut, visit, index)}
              lead={<StateGlyph state="done" label="Done" />}
              first={<span className="el t2">{visit.jobTypeName}</span>}
              second={
                <>
                  <span>Job {visit.jobNumber}</span>
                  <span className="sp" />
                  <span>{visit.doneAt === null ? '' : `done ${ageWords(visit.doneAt, now)} ago`}</span>
                </>
              }
            />
          ))}
        </Tray>
        <OtherTrays />
      </div>
    </div>
  )
})
