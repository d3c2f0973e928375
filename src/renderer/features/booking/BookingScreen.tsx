import { type FormEvent, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { CALL_KINDS } from '../../../shared/domain/calls/kinds.ts'
import { placeName } from '../../../shared/domain/customers/naming.ts'
import { asContractError } from '../../api/errors.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Icon } from '../../components/icons.tsx'
import { Keycap } from '../../components/Keycap.tsx'
import { LoadingLines } from '../../components/LoadingLines.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { PlainChip, TentativeChip } from '../../components/StateGlyph.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { changeDraft, currentDraft, dropDraft } from '../../stores/booking.ts'
import { askConclusion } from '../../stores/calls.ts'
import { useHub, useTentative } from '../../stores/hub.ts'
import { afterCall } from '../../stores/roleMode.ts'
import { navigate } from '../../stores/route.ts'
import { usePerson } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import type { ScreenProps } from '../screenProps.ts'
import { EmergencyBand } from '../alerts/EmergencyBand.tsx'
import { EmergencyMenu } from '../alerts/EmergencyMenu.tsx'
import { heldBackNow } from '../alerts/heldBackNow.ts'
import { ScreeningChip } from '../alerts/ScreeningChip.tsx'
import { useEmergency } from '../alerts/useEmergency.ts'
import { isOnScreen, routeDraftKey } from '../drafts/draftKeys.ts'
import { draftWho } from '../drafts/draftList.ts'
import { DraftStrip } from '../drafts/DraftStrip.tsx'
import { pickUp } from '../drafts/handing.ts'
import { CallPath } from '../callPaths/CallPath.tsx'
import { KindMenu } from '../callPaths/KindMenu.tsx'
import { pathOf, sayKind } from '../callPaths/paths.ts'
import { answersFor } from '../scripts/answers.ts'
import { spokenPhone, useCallScript } from '../scripts/callScript.tsx'
import { Questions } from '../scripts/Questions.tsx'
import { useQualifying, withQualifying } from '../leads/qualifying.ts'
import { askWaitList } from '../waitlist/waitStore.ts'
import { WaitListDialog } from '../waitlist/WaitListDialog.tsx'
import classes from './booking.module.css'
import { BookingSide } from './BookingSide.tsx'
import { goneWords } from './claiming.ts'
import { CustomerStep } from './CustomerStep.tsx'
import { JobTypeStep, PaymentStep, ProblemStep } from './JobSteps.tsx'
import { LinesStep } from './LinesStep.tsx'
import { LocationStep } from './LocationStep.tsx'
import { ReadBackStep, type ReadBackItem } from './ReadBackStep.tsx'
import { leftInWords } from './offeredWindows.ts'
import { ScriptStep } from './ScriptStep.tsx'
import { type FieldName, fieldOfRefusal, gapsIn, gapSentence, STEPS, type StepKey, stepOf } from './steps.ts'
import { submitBooking } from './submit.ts'
import { type Booking, type BookingData, changeBooking, useBookingData } from './useBooking.ts'
import { useFieldFlow } from './useFieldFlow.ts'
import { WindowStep } from './WindowStep.tsx'
import { emergencyRoom, fullFor } from './wishedWindow.ts'
import { inSentence, windowLabel } from './words.ts'

function readBackItems(booking: Booking): readonly ReadBackItem[] {
  const { draft, location, today } = booking
  const place = location ?? draft.newPlace
  return [
    { name: 'Phone', value: spokenPhone(booking) || '\u2013' },
    { name: 'Address', value: place ? placeName(place) : '\u2013' },
    { name: 'Date and window', value: draft.window ? windowLabel(draft.window, today) : '\u2013' },
    { name: 'What happens next', value: draft.confirmation ? 'Confirmation, then a call when we set off' : 'A call when we set off' },
  ]
}

/** The same object where nothing was wrong: each letter says it. */
const noErrors = (errors: Booking['errors']): Booking['errors'] => (Object.keys(errors).length === 0 ? errors : {})

/** The main job: one call, booked by keyboard alone, words at the left and fields at the right. */
export function BookingScreen({ route }: ScreenProps) {
  const { userId } = usePerson()
  const callId = route.query['call'] ?? null
  const customerId = route.query['customer'] ?? null
  const key = routeDraftKey(route, userId)
  const data = useBookingData(key, callId, customerId)
  const { draft, form, words, desk } = data
  // Another screen's key said what the call is about; said once, so that it can be chosen otherwise here.
  const about = CALL_KINDS.find((kind) => kind === route.query['about'])
  const begun = draft !== undefined
  useEffect(() => {
    if (!about || !begun) return
    sayKind(key, callId, about)
    navigate({ area: 'booking', query: { ...(callId === null ? {} : { call: callId }), ...(customerId === null ? {} : { customer: customerId }) } }, { replace: true })
  }, [about, begun, key, callId, customerId])
  const handed = route.query['handed']
  useEffect(() => {
    if (handed !== undefined) void pickUp(handed)
  }, [handed])
  if (!draft || !form || !words || !desk || handed !== undefined) return <LoadingLines />
  const kind = pathOf(draft.kind)
  return kind === null ? <BookingForm key={key} data={{ ...data, draft, form, words, desk }} /> : <CallPath key={`${key}/${kind}`} kind={kind} data={{ ...data, draft, form, words, desk }} />
}

function BookingForm({ data }: { readonly data: BookingData & Pick<Booking, 'draft' | 'form' | 'words' | 'desk'> }) {
  const { draft, form, customer, jobType, pop, today, desk } = data
  const { key, callId } = draft
  const { userId } = usePerson()
  const flow = useFieldFlow()
  const [errors, setErrors] = useState<Readonly<Partial<Record<FieldName, string>>>>({})
  const [refusal, setRefusal] = useState<string | null>(null)
  const tentative = useTentative()
  const linked = (useHub()?.link ?? 'none') !== 'none'
  const [busy, setBusy] = useState(false)
  const change: Booking['change'] = useCallback(
    (next) => {
      setErrors(noErrors)
      setRefusal(null)
      changeBooking(key, next)
    },
    [key],
  )
  const booking: Booking = { ...data, change, errors, flow }
  const { script, words } = useCallScript(booking)
  const asked = withQualifying(script.content, useQualifying(draft.jobTypeId))
  const { questions } = asked
  const gaps = gapsIn(draft, asked)
  const [current, setCurrent] = useState<StepKey>(gaps[0]?.step ?? 'readBack')
  const emergency = useEmergency(booking, current)

  // The first gap takes the focus once it is known who is calling, and only while nobody has begun to type.
  const begun = useRef(false)
  const { focusField } = flow
  const waiting = data.filling || (callId !== null && !pop) || (draft.customerId !== null && !customer)
  const firstGap = gaps[0]?.field ?? 'book'
  useLayoutEffect(() => {
    if (waiting || begun.current) return
    begun.current = true
    focusField(firstGap)
  }, [waiting, firstGap, focusField])

  const showProblem = (field: FieldName, message: string): void => {
    setErrors({ [field]: message })
    setCurrent(stepOf(field, questions))
    flow.focusField(field)
  }

  /** Somebody else had the last place: says what is left, with the caller still on the line. */
  const sayTaken = async (what: string): Promise<void> => {
    const now = currentDraft(key)?.window
    if (now) changeDraft(key, { window: { ...now, full: fullFor(now, emergencyRoom(booking)), technicianName: null } })
    const left = leftInWords(await data.windowsNow(), today)
    if (flow.ref.current === null) return toast(`${draftWho(draft, null)}: ${what} ${left} Shift+F7 goes back to it.`)
    showProblem('window', 'Taken: choose another, or say why it is promised all the same.')
    setRefusal(`${what} ${left}`)
  }

  const book = async (): Promise<void> => {
    if (busy) return
    // What was typed a moment ago counts, also where the screen has not said so yet.
    const [gap] = gapsIn(currentDraft(key) ?? draft, script.content)
    if (gap) return showProblem(gap.field, gap.message)
    const held = heldBackNow(booking, draft.jobTypeId)
    if (held !== null) return showProblem('jobType', `${held} Promise a call back instead: F4, then F.`)
    emergency.look(true)
    emergency.tell()
    setBusy(true)
    setRefusal(null)
    try {
      const booked = await submitBooking(key, { durationMinutes: jobType?.durationMinutes ?? 60, begunAt: data.begunAt, scriptVersionId: script.versionId, answers: answersFor(asked, draft) }, { etaMinutes: desk.etaMinutes, callerName: customer?.name ?? null })
      const { window } = draft
      if (booked.kind === 'slotLost') return await sayTaken(`Job ${booked.jobNumber} is booked and kept, but its time was taken at another desk a moment before.`)
      // Whoever has answered another caller meanwhile stays with that caller.
      const here = isOnScreen(key, userId)
      dropDraft(key)
      toast(`Job ${booked.jobNumber} booked for ${customer?.name ?? ([draft.newPerson?.firstName, draft.newPerson?.lastName].filter(Boolean).join(' ') || 'the customer')}${window ? `, ${inSentence(windowLabel(window, today))}` : ''}.${tentative ? ' Tentative until the hub has it.' : ''}${booked.waitListSays === null ? '' : ` ${booked.waitListSays}`}`)
      if (here) navigate(afterCall({ area: 'customers', path: [booked.customerId] }, callId), { replace: true })
    } catch (thrown) {
      const { code, message, field } = asContractError(thrown)
      if (code === 'dispatch.windowFull' && flow.ref.current !== null) return await sayTaken(goneWords(currentDraft(key) ?? draft))
      // Nothing of this form is on the screen any more that could say it.
      if (flow.ref.current === null) {
        const now = currentDraft(key) ?? draft
        const said = code === 'dispatch.windowFull' ? goneWords(now) : message
        return toast(`${draftWho(draft, null)}${now.sent ? ':' : ' is not booked:'} ${said} Shift+F7 goes back to it.`)
      }
      const name = fieldOfRefusal(field)
      if (name) showProblem(name, message)
      setRefusal(message)
    } finally {
      setBusy(false)
    }
  }

  const waitList = (): void => {
    if (draft.customerId === null && !draft.newPerson) return showProblem('customer', 'Say first who it is for.')
    if (draft.jobTypeId === null) return showProblem('jobType', 'Say first what kind of job it is.')
    askWaitList(key)
  }
  const showAllWindows = (): void => {
    flow.focusField('window')
    flow.ref.current?.querySelector<HTMLInputElement>('[data-field=window] input')?.click()
  }
  const notABooking = (): void => (callId === null ? navigate({ area: 'calls' }) : askConclusion(callId))

  useHotkeys('Booking', [
    { keys: 'Ctrl+Enter', label: 'Book', run: () => void book() },
    { keys: 'Alt+ArrowDown', label: 'Next step', run: () => flow.goStep(1) },
    { keys: 'Alt+ArrowUp', label: 'Previous step', run: () => flow.goStep(-1) },
    { keys: 'Alt+L', label: 'Put the caller on the wait list', run: waitList },
    { keys: 'Alt+A', label: 'All windows', run: showAllWindows },
    { keys: 'Alt+M', label: 'Call notes', run: () => document.querySelector<HTMLTextAreaElement>('[data-call-notes] textarea')?.focus() },
    ...(callId === null ? [] : [{ keys: 'Alt+N', label: 'Not a booking', run: notABooking }]),
  ])

  const content: Readonly<Record<StepKey, React.ReactNode>> = {
    customer: <CustomerStep booking={booking} />,
    location: <LocationStep booking={booking} />,
    jobType: <JobTypeStep booking={booking} />,
    problem: <ProblemStep booking={booking} />,
    lines: <LinesStep booking={booking} />,
    window: <WindowStep booking={booking} />,
    payment: <PaymentStep booking={booking} />,
    readBack: <ReadBackStep booking={booking} items={readBackItems(booking)} />,
  }
  const label = draft.window ? `Book ${inSentence(windowLabel(draft.window, today))}` : 'Book the job'

  return (
    <div ref={flow.ref} className={classes['screen']} onKeyDownCapture={flow.onKeyDownCapture}>
      <div className={classes['bar']}>
        <ScreenBar
          title="Booking"
          detail={pop ? `${pop.lineName}${pop.practice ? ', practice call' : ''}` : 'Without a call'}
          actions={
            <>
              {form.pricesHidden ? (
                <PlainChip>
                  <Icon name="lock" size={12} />
                  No quoting, no diagnosing. Prices are hidden in calls.
                </PlainChip>
              ) : null}
              <KindMenu booking={booking} />
              <EmergencyMenu emergency={emergency} />
              {callId === null ? null : <ActionButton small label="Not a booking" keys="Alt+N" onClick={notABooking} />}
            </>
          }
        >
          <ScreeningChip desk={desk} />
        </ScreenBar>
      </div>
      <DraftStrip currentKey={key} />
      {draft.alert ? <EmergencyBand alertId={draft.alert.id} emergency={emergency} etaMinutes={desk.etaMinutes} /> : null}
      <form
        className={classes['steps']}
        aria-label="Booking"
        noValidate
        onFocus={(event) => {
          const step = (event.target as Element).closest<HTMLElement>('[data-step]')?.dataset['step']
          if (step) setCurrent(step as StepKey)
        }}
        onBlur={(event) => {
          if ((event.target as Element).closest('[data-field=summary]')) emergency.look(true)
        }}
        onSubmit={(event: FormEvent) => event.preventDefault()}
      >
        {STEPS.map(({ key: step }) => (
          <ScriptStep key={step} step={step} current={step === current} done={!gaps.some((gap) => gap.step === step)} words={words[step]}>
            {content[step]}
            <Questions step={step} questions={questions} booking={booking} />
          </ScriptStep>
        ))}
      </form>
      <footer className={classes['foot']} data-pinned-foot>
        <span data-field="book">
          <ActionButton kind="primary" label={label} keys="Ctrl+Enter" busy={busy} onClick={() => void book()} />
        </span>
        <span className={`${classes['gaps']} dense ${refusal ? classes['refused'] : 't2'}`} role="status" title={refusal ?? ''}>
          {refusal ?? gapSentence(gaps)}
        </span>
        {linked ? (
          <span className={tentative ? '' : classes['unsaid']}>
            <TentativeChip />
          </span>
        ) : null}
        <span className="t3 dense nw">
          Saved here as you type · field <Keycap keys="Enter" /> step <Keycap keys="Alt+ArrowDown" />
        </span>
      </footer>
      <BookingSide booking={booking} />
      <WaitListDialog draftKey={key} who={customer?.name ?? draftWho(draft, null)} hours={form} />
    </div>
  )
}
