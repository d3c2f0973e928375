import { type KeyboardEvent, useLayoutEffect, useRef, useState } from 'react'
import type { ExerciseState } from '../../../shared/contract/methods/practice.ts'
import { practiceCaller } from '../../../shared/domain/practice/callers.ts'
import { PRACTICE_STEPS, type PracticeStep, STEP_RULES } from '../../../shared/domain/practice/steps.ts'
import { api, useQuery } from '../../api/api.ts'
import { leaveRoom } from '../../api/room.ts'
import { useAction } from '../../api/useAction.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { Keycap } from '../../components/Keycap.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import classes from './room.module.css'

const NO_INPUT = {} as const

function Turns({ turns, call }: Pick<ExerciseState, 'turns' | 'call'>) {
  const end = useRef<HTMLParagraphElement>(null)
  const count = turns.length
  useLayoutEffect(() => {
    end.current?.scrollIntoView({ block: 'end' })
  }, [count])
  return (
    <div className={classes['turns']} role="log" aria-label="The conversation" tabIndex={0}>
      {turns.map((turn, index) =>
        // Turns are only ever added at the end: their place is what they are.
        turn.by === 'caller' ? (
          <p key={index} className={classes['caller']}>
            “{turn.words}”
          </p>
        ) : (
          <p key={index} className={classes['mine']}>
            You, {STEP_RULES[turn.step].name.toLowerCase()}: {turn.words}
          </p>
        ),
      )}
      <p ref={end} className="t3 dense">
        {call === 'ringing' ? 'The telephone rings. F8 answers.' : call === 'ended' ? 'The call is over.' : ''}
      </p>
    </div>
  )
}

function StepChoice({ step, onChoose }: { readonly step: PracticeStep | null; readonly onChoose: (step: PracticeStep) => void }) {
  return (
    <fieldset className={classes['steps']}>
      <legend className="spoken">Step of the call</legend>
      {PRACTICE_STEPS.map((key, index) => (
        <label key={key} className={classes['step']}>
          <input type="radio" name="practice-step" value={key} checked={step === key} onChange={() => onChoose(key)} />
          <Keycap keys={String(index + 1)} />
          <span className="el">{STEP_RULES[key].name}</span>
        </label>
      ))}
    </fieldset>
  )
}

/**
 * What is said in an exercise, at the foot of every screen: the caller’s words at the left, one’s own at the right. The
 * screens above are the real ones. Nothing moves here by itself: the caller speaks when spoken to, or when asked to go on.
 */
export function ExerciseDock() {
  const { data, refetch } = useQuery('exercise.now', NO_INPUT)
  const action = useAction()
  const [step, setStep] = useState<PracticeStep | null>(null)
  const [words, setWords] = useState('')
  const [hint, setHint] = useState<string | null>(null)
  const [asked, setAsked] = useState<{ readonly about: 'finish' | 'leave'; readonly call: string } | null>(null)
  const field = useRef<HTMLInputElement>(null)
  const before = useRef<HTMLElement | null>(null)
  /** Whether anything was typed here since the last words were sent. */
  const typedOn = useRef(false)
  const exercise = data?.exercise ?? null
  const caller = practiceCaller(exercise?.callerKey ?? '')

  // The question whether somebody is sure holds for the call as it then stood.
  const call = exercise?.call ?? ''
  const sure = asked?.call === call ? asked.about : null

  const toField = (): void => {
    const focused = document.activeElement
    before.current = focused instanceof HTMLElement && focused !== field.current ? focused : before.current
    field.current?.focus()
  }
  const back = (): void => {
    const place = before.current
    before.current = null
    // What was open then may be gone by now: nothing has the focus, as on a screen that was just opened.
    if (place?.isConnected && place !== document.body) place.focus()
    else field.current?.blur()
  }
  const say = (): void => {
    if (action.busy) return
    if (step === null) return setHint('Choose the step first: type its number, then the words.')
    if (words.trim() === '') return setHint('Type what you say.')
    setHint(null)
    // The line is free at once: a quick typist's next words are words of their own.
    setWords('')
    setStep(null)
    typedOn.current = false
    void action.run(() => api.action('exercise.say', { step, words })).then((done) => {
      if (!done) {
        setWords((now) => (now === '' ? words : now))
        setStep((now) => now ?? step)
        return
      }
      refetch()
      // Whoever types on here, or has gone somewhere else meanwhile, stays there.
      if (document.activeElement === field.current && !typedOn.current) back()
    })
  }
  const goOn = (): void => void action.run(() => api.action('exercise.goOn', NO_INPUT)).then(refetch)
  const finish = (): void => {
    if (exercise?.call === 'ended' && !exercise.concluded && sure !== 'finish') return setAsked({ about: 'finish', call })
    void action.run(async () => {
      const { resultId } = await api.action('exercise.finish', NO_INPUT)
      await api.action('exercise.leave', NO_INPUT).catch(() => undefined)
      leaveRoom(`#/practice/${resultId}`)
    })
  }
  const leave = (): void => {
    if (sure !== 'leave') return setAsked({ about: 'leave', call })
    void api
      .action('exercise.leave', NO_INPUT)
      .catch(() => undefined)
      .then(() => leaveRoom('#/practice'))
  }

  useHotkeys('Exercise', [
    // Not over a dialog: it keeps the focus, and the words meant for the caller would be typed into it.
    { keys: 'Alt+S', label: 'Say something to the practice caller', run: toField },
    { keys: 'Alt+J', label: 'Let the practice caller go on', run: goOn, always: true },
    { keys: 'Alt+V', label: 'Finish the exercise and see the score', run: finish, always: true },
    { keys: 'Alt+Shift+P', label: 'Leave the exercise without a score', run: leave, always: true },
  ])

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') typedOn.current = true
    const chosen = words === '' ? PRACTICE_STEPS[Number(event.key) - 1] : undefined
    if (chosen && !event.altKey && !event.ctrlKey && !event.metaKey) {
      setStep(chosen)
      setHint(null)
    } else if (event.key === 'Enter') say()
    else if (event.key === 'Escape') back()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  const warning =
    sure === 'leave'
      ? 'Leave without a score? Alt+Shift+P again leaves.'
      : sure === 'finish'
        ? 'Nothing says yet how the call ended. Say how, or Alt+V again scores it as it is.'
        : (hint ?? '')
  return (
    <aside className={classes['dock']} aria-label="Exercise" data-pane="exercise">
      <div className={classes['talk']}>
        <div className={classes['head']}>
          <b className="b nw">{caller?.title ?? 'Exercise'}</b>
          <span className="t2 el dense">{caller?.exercises ?? ''}</span>
        </div>
        {exercise ? <Turns turns={exercise.turns} call={exercise.call} /> : <div className={classes['turns']} />}
      </div>
      <div className={classes['say']}>
        <StepChoice step={step} onChoose={setStep} />
        <div className={classes['line']}>
          <TextInput tight label="What you say" value={words} onChange={setWords} onKeyDown={onKeyDown} inputRef={field} maxLength={500} placeholder="Number of the step, then your words" />
          <ActionButton label="Say" keys="Enter" onClick={say} />
        </div>
        <div className={classes['foot']}>
          <ActionButton small label="To the words" keys="Alt+S" onClick={toField} />
          <ActionButton small label="Go on" keys="Alt+J" onClick={goOn} />
          <ActionButton small label="Score" keys="Alt+V" busy={action.busy} onClick={finish} />
          <ActionButton small kind="quiet" label="Leave" keys="Alt+Shift+P" onClick={leave} />
          <span className="hold-t dense el" role="status">
            {warning}
          </span>
          <ErrorNotice error={action.error} />
        </div>
      </div>
    </aside>
  )
}
