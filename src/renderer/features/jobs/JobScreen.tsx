import { useState } from 'react'
import { formatMoney } from '../../../shared/base/money.ts'
import { formatDay, formatTime, formatWeekday, formatWindow, wallTimeOf } from '../../../shared/base/zone.ts'
import type { JobPage } from '../../../shared/contract/methods/jobs.ts'
import { PAYMENT_FORM_NAMES } from '../../../shared/domain/jobs/words.ts'
import { api, useQuery } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Facts } from '../../components/DetailPanel.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { PlainChip, StateChip, TentativeChip } from '../../components/StateGlyph.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { useRefetchByLink } from '../../stores/hub.ts'
import { navigate, routeHref } from '../../stores/route.ts'
import { useMay, useZone } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import type { ScreenProps } from '../screenProps.ts'
import { AttachmentSection } from '../attachments/AttachmentSection.tsx'
import { AlsoHere } from '../workstations/AlsoHere.tsx'
import { JobLines } from './JobLines.tsx'
import classes from './jobs.module.css'

/** A job is open, done or canceled; the finer states are its visits'. */
function JobState({ state }: Pick<JobPage, 'state'>) {
  return state === 'open' ? <PlainChip>Open</PlainChip> : <StateChip state={state} />
}

function Visits({ job }: { readonly job: JobPage }) {
  return (
    <section className={classes['section']} aria-label="Visits">
      <div className={classes['sectionHead']}>
        <h2 className="h2">Visits</h2>
      </div>
      <ul>
        {job.visits.map((visit) => (
          <li key={visit.id} className={classes['visit']}>
            <span>
              <StateChip state={visit.state} />
            </span>
            <a href={routeHref({ area: 'board', query: { visit: visit.id } })}>
              {formatWeekday(visit.windowDay)}, {formatWindow(visit.windowStart, visit.windowEnd)}
            </a>
            <span className="row t2">
              {visit.tentative ? <TentativeChip /> : null}
              <span className="el">
                {[
                visit.technicianName ?? 'Not assigned yet',
                ...(visit.startsAt !== null && visit.endsAt !== null ? [`${formatTime(visit.startsAt, visit.zone)} to ${formatTime(visit.endsAt, visit.zone)}`] : []),
                ...(visit.reason === null ? [] : [visit.reason]),
                ...(visit.state === 'done' ? [visit.closedOutAt === null ? 'not closed out' : 'closed out'] : []),
                ].join(' \u00b7 ')}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Invoice({ job }: { readonly job: JobPage }) {
  const { invoice } = job
  return (
    <section className={classes['section']} aria-label="Invoice">
      <div className={classes['sectionHead']}>
        <h2 className="h2">Invoice</h2>
      </div>
      {invoice ? (
        <Facts
          end
          items={[
            { name: 'Number', value: <a href={routeHref({ area: 'money', path: ['invoices', invoice.id] })}>{invoice.number ?? 'Draft'}</a> },
            ...(invoice.totalCents === null ? [] : [{ name: 'Total', value: formatMoney(invoice.totalCents) }]),
            ...(invoice.balanceCents === null ? [] : [{ name: 'Balance', value: formatMoney(invoice.balanceCents) }]),
          ]}
        />
      ) : (
        <p className="t2">{job.state === 'canceled' ? 'None: the job is canceled.' : 'None yet. It follows when the visit is closed out.'}</p>
      )}
    </section>
  )
}

function CancelForm({ job, onClose }: { readonly job: JobPage; readonly onClose: () => void }) {
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string | null>(null)
  const cancel = (): void => {
    api
      .command('job.cancel', { jobId: job.id, reason })
      .then(() => {
        toast(`Job ${job.number} canceled.`)
        onClose()
      })
      .catch((thrown: unknown) => setError(asContractError(thrown).message))
  }
  useHotkeys('Cancel the job', [
    { keys: 'Ctrl+Enter', label: 'Cancel the job', run: cancel },
    { keys: 'Escape', label: 'Keep the job', run: onClose },
  ])
  return (
    <section className={`${classes['section']} ${classes['cancel']}`} aria-label="Cancel the job">
      <TextInput label="Why is it canceled?" value={reason} onChange={setReason} error={error} autoFocus />
      <div className={classes['flow']}>
        <ActionButton kind="primary" label={`Cancel job ${job.number}`} keys="Ctrl+Enter" onClick={cancel} />
        <ActionButton label="Keep it" keys="Escape" onClick={onClose} />
      </div>
    </section>
  )
}

/** One job: what it is for, its lines, visits, notes and invoice. */
export function JobScreen({ route }: ScreenProps) {
  const jobId = route.path[0] ?? ''
  const { data: job, error, refetch } = useQuery('jobs.get', jobId === '' ? null : { jobId })
  useRefetchByLink(refetch)
  const [canceling, setCanceling] = useState(false)
  const may = useMay()
  const zone = useZone()
  const cancelable = job?.state === 'open' && job.invoice === null && may('job.cancel')
  const openCustomer = (): void => {
    if (job) navigate({ area: 'customers', path: [job.customerId] })
  }
  useHotkeys(
    'Job',
    [
      { keys: 'U', label: 'Open the customer', run: openCustomer },
      ...(cancelable ? [{ keys: 'X', label: 'Cancel the job', run: () => setCanceling(true) }] : []),
      ...(job?.invoice ? [{ keys: 'I', label: 'Open the invoice', run: () => job.invoice && navigate({ area: 'money', path: ['invoices', job.invoice.id] }) }] : []),
    ].map(({ run, ...hotkey }) => ({ ...hotkey, run: () => void run() })),
    { enabled: job !== undefined },
  )
  if (!job) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <LoadingLines />
  const editable = job.state !== 'canceled' && job.invoice === null && may('job.edit')
  return (
    <div className={classes['screen']}>
      <div className={classes['main']}>
        <header className={classes['head']}>
          <h1 className="h1">Job {job.number}</h1>
          <JobState state={job.state} />
          {job.practice ? <PlainChip gold>Practice</PlainChip> : null}
          <span className="t2 el">
            {job.jobTypeName}, {job.businessUnitName}
          </span>
          <span className="sp" />
          <AlsoHere kind="job" id={job.id} />
          {cancelable ? <ActionButton small label="Cancel job" keys="X" onClick={() => setCanceling(true)} /> : null}
          <ActionButton small label="Customer" keys="U" onClick={openCustomer} />
        </header>
        {canceling ? <CancelForm job={job} onClose={() => setCanceling(false)} /> : null}
        {job.cancelReason === null ? null : <p className={`${classes['section']} hold-t m`}>Canceled: {job.cancelReason}</p>}
        <section className={classes['section']} aria-label="Problem">
          <div className={classes['sectionHead']}>
            <h2 className="h2">Problem</h2>
          </div>
          <p className={classes['summary']}>{job.summary}</p>
          {job.answers.map(({ question, answer }) => (
            <p key={question} className={`${classes['summary']} t2`}>
              {question} {answer}
            </p>
          ))}
          {job.notes === '' ? null : <p className={`${classes['summary']} t2`}>For dispatch: {job.notes}</p>}
        </section>
        <JobLines job={job} editable={editable} />
        <Visits job={job} />
        <AttachmentSection
          subject={{ subjectKind: 'job', subjectId: job.id }}
          mayEdit={may('customer.edit')}
          title={<h2 className="h2">Attachments</h2>}
          className={classes['section']}
          headClassName={classes['sectionHead']}
          addKey="+"
        />
        {job.jobNotes.length === 0 ? null : (
          <section className={classes['section']} aria-label="Notes">
            <div className={classes['sectionHead']}>
              <h2 className="h2">Notes</h2>
            </div>
            {job.jobNotes.map((note) => (
              <article key={note.id} className={classes['note']}>
                <p>{note.body}</p>
                <footer className="dense t3">
                  {note.author}, {formatDay(wallTimeOf(note.at, zone).day)}
                </footer>
              </article>
            ))}
          </section>
        )}
      </div>
      <aside className={classes['side']} aria-label="Job facts">
        <section className={classes['section']} aria-label="Facts">
          <Facts
            items={[
              { name: 'Customer', value: <a href={routeHref({ area: 'customers', path: [job.customerId] })}>{job.customerName}</a> },
              { name: 'Location', value: job.place },
              { name: 'Priority', value: job.priorityName },
              { name: 'Pays by', value: PAYMENT_FORM_NAMES[job.plannedPayment] },
              { name: 'Booked', value: `${formatDay(wallTimeOf(job.bookedAt, zone).day)}, ${formatTime(job.bookedAt, zone)}${job.bookedBy === '' ? '' : ` by ${job.bookedBy}`}` },
              ...(job.callId === null ? [] : [{ name: 'Call', value: <a href={routeHref({ area: 'calls', path: [job.callId] })}>Open the call</a> }]),
            ]}
          />
        </section>
        <Invoice job={job} />
      </aside>
    </div>
  )
}
