import { useEffect, useRef } from 'react'
import type { Instant } from '../../../shared/base/time.ts'
import { formatDay, formatWeekday, formatWindow, wallTimeOf, formatMinute } from '../../../shared/base/zone.ts'
import type { BoardDay, BoardVisit, VisitDetail } from '../../../shared/contract/methods/dispatch.ts'
import type { VisitAlert } from '../../../shared/domain/dispatch/lateness.ts'
import { useQuery } from '../../api/api.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Due } from '../../components/Due.tsx'
import { Keycap } from '../../components/Keycap.tsx'
import { StateChip, TentativeChip } from '../../components/StateGlyph.tsx'
import { type BoardPanel, closePanel, forgetTyped, noteTyped, useBoardStore } from '../../stores/board.ts'
import { AlsoHere } from '../workstations/AlsoHere.tsx'
import { useMay } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { AttachmentSection } from '../attachments/AttachmentSection.tsx'
import { AssignForm } from './AssignForm.tsx'
import classes from './board.module.css'
import type { ActingPerson } from './boardActions.ts'
import { alertWords, isUrgent } from './boardWords.ts'
import type { WallClock } from './timeline/axis.ts'
import { CloseOutForm } from './CloseOutForm.tsx'
import { CrewForm } from './CrewForm.tsx'
import { PromiseForm } from './PromiseForm.tsx'
import { SplitForm } from './SplitForm.tsx'
import { ReasonForm } from './ReasonForm.tsx'
import { actionsFor, mainAction, type VisitAction } from './visitActions.ts'
import { PhoneNumber } from '../calls/PhoneNumber.tsx'
import { BoardReschedule } from '../reschedules/BoardReschedule.tsx'
import { WaiverSection } from './WaiverSection.tsx'
import { HandoffForm } from '../handoff/HandoffForm.tsx'
import { HandoffList } from '../handoff/HandoffList.tsx'

const PAYMENT_WORDS: Readonly<Record<VisitDetail['plannedPayment'], string>> = {
  card: 'card on site',
  check: 'check',
  cash: 'cash',
  financing: 'financing',
  ach: 'bank transfer',
  onAccount: 'on account',
}

export interface VisitPanelProps {
  readonly visit: BoardVisit
  readonly panel: BoardPanel
  readonly day: BoardDay
  readonly clock: WallClock
  readonly technicianName: string | undefined
  /** Whose name that is, for who goes along and who was promised. */
  readonly nameOf: (technicianId: string) => string
  readonly alerts: readonly VisitAlert[]
  readonly now: Instant
  readonly person: ActingPerson
  readonly onAction: (action: VisitAction) => void
}

function PromiseSection({ visit, detail, day, clock, technicianName, nameOf }: { readonly detail: VisitDetail | undefined } & Pick<VisitPanelProps, 'visit' | 'day' | 'clock' | 'technicianName' | 'nameOf'>) {
  const { startsAt, endsAt } = visit
  const plan = startsAt === null || endsAt === null || technicianName === undefined ? null : { startsAt, endsAt }
  const oneDay = day.dayStarts.length === 1
  // Of several days, or of another one than is shown, the day is said.
  const on = plan === null || (oneDay && clock.day(plan.startsAt) === formatWeekday(day.day)) ? '' : `${clock.day(plan.startsAt)}, `
  return (
    <section>
      <p className="cap">Promise</p>
      <p className="m">
        Arrive {oneDay && visit.windowDay === day.day ? '' : `${formatDay(visit.windowDay)}, `}
        {formatWindow(visit.windowStart, visit.windowEnd)}
      </p>
      <p className="t2">{plan ? `${technicianName}, ${on}${clock.span(plan.startsAt, plan.endsAt)}` : 'No technician yet'}</p>
      {visit.crewIds.length === 0 ? null : <p className="t2">Goes along: {visit.crewIds.map((id) => nameOf(id)).join(', ')}</p>}
      {visit.locked ? <p className="m">{promisedExactly(visit, clock, nameOf)}</p> : null}
      {(detail?.promises ?? []).map((promise) => (
        <div key={promise.nextStep}>
          <p className="row">
            <Due dueAt={promise.dueAt} since={promise.openedAt} relative />
            <span className="t3">held by</span>
            <span className="m el">{promise.holder}</span>
          </p>
          <p className="t2">{promise.nextStep}</p>
        </div>
      ))}
    </section>
  )
}

/** `Promised: Wes Tran, at 2:15 PM`. */
function promisedExactly({ promisedTechnicianId, promisedAt }: BoardVisit, clock: WallClock, nameOf: (technicianId: string) => string): string {
  const parts = [...(promisedTechnicianId == null ? [] : [nameOf(promisedTechnicianId)]), ...(promisedAt == null ? [] : [`at ${clock.time(promisedAt)}`])]
  return `Promised: ${parts.join(', ')}`
}

function HandOff({ visit, detail }: { readonly visit: BoardVisit; readonly detail: VisitDetail | undefined }) {
  return (
    <section>
      <p className="cap">Hand-off</p>
      <HandoffList visit={visit} />
      {visit.summary ? <p>{visit.summary}</p> : null}
      {detail?.answers.map(({ question, answer }) => (
        <p key={question} className="t2">
          {question} {answer}
        </p>
      ))}
      {detail ? <p className="t2">Payment: {PAYMENT_WORDS[detail.plannedPayment]}</p> : null}
      {detail?.jobNotes ? <p className="t2">{detail.jobNotes}</p> : null}
    </section>
  )
}

function History({ detail, zone }: { readonly detail: VisitDetail | undefined; readonly zone: string }) {
  return (
    <section>
      <p className="cap">On this job</p>
      <ul className={classes['history']}>
        {(detail?.history ?? []).map(({ at, text }) => {
          const wall = wallTimeOf(at, zone)
          return (
            <li key={`${at} ${text}`}>
              <time dateTime={new Date(at).toISOString()}>
                {formatDay(wall.day)}, {formatMinute(wall.minute)}
              </time>
              <span>{text}</span>
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function PanelContent({ visit, panel, day, clock, technicianName, nameOf, alerts, now, person, onAction }: VisitPanelProps) {
  const may = useMay()
  const { data: detail } = useQuery('board.visit', { appointmentId: visit.id })
  switch (panel.kind) {
    case 'assign':
      return (
        <section>
          <AssignForm visit={visit} now={now} person={person} />
        </section>
      )
    case 'reason':
      return (
        <section>
          <ReasonForm key={`${visit.id} ${panel.to}`} visit={visit} to={panel.to} holdReasons={day.holdReasons} cancelReasons={day.cancelReasons} />
        </section>
      )
    case 'closeOut':
      return (
        <section>
          <CloseOutForm key={visit.id} visit={visit} detail={detail} />
        </section>
      )
    case 'handOff':
      return (
        <section>
          <HandoffForm key={visit.id} visit={visit} onClose={closePanel} />
        </section>
      )
    case 'crew':
      return (
        <section>
          <CrewForm key={visit.id} visit={visit} zone={day.zone} now={now} person={person} />
        </section>
      )
    case 'promise':
      return (
        <section>
          <PromiseForm key={visit.id} visit={visit} day={day} />
        </section>
      )
    case 'reschedule':
      return (
        <section>
          <BoardReschedule key={visit.id} visit={visit} detail={detail} />
        </section>
      )
    case 'split':
      return (
        <section>
          <SplitForm key={visit.id} visit={visit} />
        </section>
      )
    case 'detail': {
      const actions = actionsFor(visit)
      const main = mainAction(visit, actions)
      const reason = visit.state === 'hold' ? visit.holdReason : visit.state === 'canceled' ? visit.cancelReason : null
      return (
        <>
          <section>
            <p className="row">
              <StateChip state={visit.state} />
              {visit.tentative ? <TentativeChip /> : null}
              {visit.customerFlag === '' ? null : <StateChip state="alert">{visit.customerFlag}</StateChip>}
              {alerts.some(isUrgent) ? <StateChip state="alert">At risk</StateChip> : null}
              <span className="sp" />
              <span className="t2">{visit.priorityName}</span>
            </p>
            {reason ? <p className="t2">{reason}</p> : null}
          </section>
          <section>
            <div className={classes['actions']}>
              {actions.map((action) => (
                <ActionButton key={action.key} small label={action.label} keys={action.key} kind={action === main ? 'primary' : 'plain'} onClick={() => onAction(action)} />
              ))}
            </div>
          </section>
          <PromiseSection visit={visit} detail={detail} day={day} clock={clock} technicianName={technicianName} nameOf={nameOf} />
          <section>
            <p className="cap">Where</p>
            <p className="m">{detail?.address ?? '\u00A0'}</p>
            <p className="t2">
              {detail?.phone ? <PhoneNumber number={detail.phone} /> : null}
              {detail?.access.map((words) => ` \u00B7 ${words}`).join('')}
            </p>
          </section>
          {alerts.length > 0 ? (
            <section>
              <p className="cap">Why this is at risk</p>
              {alerts.map((alert) => (
                <p key={alert.kind}>{alertWords(alert, clock, now)}</p>
              ))}
            </section>
          ) : null}
          {detail?.waiver ? <WaiverSection jobId={detail.jobId} waiver={detail.waiver} mayEdit={may('job.edit')} /> : null}
          <HandOff visit={visit} detail={detail} />
          <AttachmentSection subject={{ subjectKind: 'job', subjectId: visit.jobId }} mayEdit={may('customer.edit')} title={<p className="cap">Attachments</p>} addKey="+" />
          <History detail={detail} zone={day.zone} />
        </>
      )
    }
  }
}

/** Whoever would leave what was typed into the form stands in it again, where they were, and is told why. */
function useWayBack(): (field: EventTarget) => void {
  const formRequest = useBoardStore((store) => store.formRequest)
  const answered = useRef(formRequest)
  const last = useRef<HTMLElement>(null)
  useEffect(() => {
    if (answered.current === formRequest) return
    answered.current = formRequest
    last.current?.focus()
    toast('A form is open, with what you typed. Send it, or press Escape first.')
  }, [formRequest])
  return (field) => {
    if (field instanceof HTMLElement) last.current = field
  }
}

/** The selected visit: how it stands, what can be done with it, and the forms that need more than a key. */
export function VisitPanel(props: VisitPanelProps) {
  const { visit } = props
  const noteFocus = useWayBack()
  useEffect(() => forgetTyped, [])
  return (
    <aside className={classes['panel']} aria-label={`${visit.customerName}, job ${visit.jobNumber}`}>
      <div className={classes['panelHead']}>
        <h2 className="el b">
          {visit.shortName} · {visit.jobTypeName}
        </h2>
        <span className="sp" />
        <AlsoHere kind="visit" id={visit.id} />
        <span className="t3 dense">Job {visit.jobNumber}</span>
        <button type="button" className={classes['close']} aria-label="Close the panel" onClick={closePanel}>
          <Keycap keys="Escape" />
        </button>
      </div>
      <div className={classes['panelBody']} onInput={noteTyped} onFocus={({ target }) => noteFocus(target)}>
        <PanelContent {...props} />
      </div>
    </aside>
  )
}
