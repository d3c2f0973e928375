import { Choice } from '../../components/Choice.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { heldBackNow } from '../alerts/heldBackNow.ts'
import classes from './booking.module.css'
import { ReadOnly } from './ReadOnly.tsx'
import { SentenceInput } from './SentenceInput.tsx'
import { type Booking, withJobType } from './useBooking.ts'
import { lengthLabel } from './words.ts'

/**
 * The job type, which brings its business unit: the walk goes straight to it. Shift+Tab or a click reaches the unit, which
 * narrows the types to its own.
 */
export function JobTypeStep({ booking }: { readonly booking: Booking }) {
  const { draft, form, jobType, change, errors } = booking
  const types = form.jobTypes.filter(({ businessUnitId }) => draft.businessUnitId === null || businessUnitId === draft.businessUnitId)
  const unitName = (id: string): string => form.businessUnits.find((unit) => unit.id === id)?.name ?? ''
  return (
    <>
      <div data-field="businessUnit" data-follows className={classes['grow']}>
        <Choice
          tight
          label="Business unit"
          options={form.businessUnits.map(({ id, name }) => ({ value: id, label: name }))}
          value={draft.businessUnitId}
          onChange={(businessUnitId) => change((current) => ({ businessUnitId, ...(jobType && jobType.businessUnitId !== businessUnitId ? { jobTypeId: null, window: null, lines: current.lines.filter(({ fromJobType }) => !fromJobType) } : {}) }))}
          error={errors.businessUnit}
        />
      </div>
      <div data-field="jobType" className={classes['wide']}>
        <Choice
          tight
          label="Job type"
          options={types.map(({ id, name, businessUnitId, durationMinutes }) => {
            const held = heldBackNow(booking, id)
            return { value: id, label: name, detail: held ?? (draft.businessUnitId === null ? unitName(businessUnitId) : lengthLabel(durationMinutes)), muted: held !== null }
          })}
          value={draft.jobTypeId}
          onChange={(id) => {
            const next = form.jobTypes.find((candidate) => candidate.id === id)
            if (next) change((current) => withJobType(current, next, jobType))
          }}
          error={errors.jobType}
          hint={<span className={`hold-t ${classes['hintLine']}`} title={heldBackNow(booking, draft.jobTypeId) ?? ''}>{heldBackNow(booking, draft.jobTypeId) ?? ''}</span>}
        />
      </div>
      <ReadOnly label="Needs" value={jobType ? [...jobType.skills, lengthLabel(jobType.durationMinutes)].join(', ') : '\u2013'} />
    </>
  )
}

export function ProblemStep({ booking }: { readonly booking: Booking }) {
  const { draft, form, customer, change, errors } = booking
  const priority = form.priorities.find(({ id }) => id === draft.priorityId)
  return (
    <>
      <div data-field="summary" className={classes['widest']}>
        <SentenceInput booking={booking} name="summary" tight rows={2} lang={customer?.language ?? undefined} label="Summary, in the customer’s words" error={errors.summary} />
      </div>
      <div data-field="priority" className={classes['wide']}>
        <Choice
          tight
          label="Priority, from the table"
          options={form.priorities.map(({ id, name, rule }) => ({ value: id, label: name, detail: rule }))}
          value={draft.priorityId}
          onChange={(priorityId) => change({ priorityId })}
          error={errors.priority}
          hint={<span className={classes['rule']} title={priority?.rule}>{priority?.rule ?? ''}</span>}
        />
      </div>
    </>
  )
}

export function PaymentStep({ booking }: { readonly booking: Booking }) {
  const { draft, form, change, errors } = booking
  return (
    <>
      <div data-field="payment" className={classes['grow']}>
        <Choice
          tight
          label="Planned payment"
          options={form.paymentForms.map(({ form: value, name }) => ({ value, label: name }))}
          value={draft.plannedPayment}
          onChange={(plannedPayment) => change({ plannedPayment })}
          error={errors.payment}
        />
      </div>
      <div data-field="home" data-follows className={classes['grow']}>
        <TextInput tight label="Who will be home" value={draft.home ?? ''} maxLength={200} onChange={(home) => change({ home })} error={errors.home} />
      </div>
      <div data-field="notes" className={classes['widest']}>
        <SentenceInput booking={booking} name="notes" tight label="Note for dispatch" placeholder="What the technician must know, whom they would like to come" error={errors.notes} />
      </div>
    </>
  )
}
