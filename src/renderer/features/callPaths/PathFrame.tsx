import { type ReactNode, useCallback, useEffect, useLayoutEffect, useState } from 'react'
import { CALL_KIND_RULES } from '../../../shared/domain/calls/kinds.ts'
import { asContractError } from '../../api/errors.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Keycap } from '../../components/Keycap.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { usePerson } from '../../stores/session.ts'
import { toast } from '../../stores/toast.ts'
import { BookingSide } from '../booking/BookingSide.tsx'
import type { Booking } from '../booking/useBooking.ts'
import { draftWho } from '../drafts/draftList.ts'
import { DraftStrip } from '../drafts/DraftStrip.tsx'
import { finishPath, type PathEnd } from './finish.ts'
import { KindMenu } from './KindMenu.tsx'
import classes from './PathFrame.module.css'
import type { PathKind } from './paths.ts'

/** One row of a path: what is said at the left, what is chosen or typed at the right. */
export interface PathStep {
  readonly key: string
  readonly name: string
  readonly words: ReactNode
  readonly fields: ReactNode
}

export interface PathProps {
  readonly booking: Booking
}

/** What is missing: the sentence, and the field that takes the cursor. */
export interface PathGap {
  readonly field: string
  readonly message: string
}

/** The frame that every call without a booking shares: steps, one button that says its result, the customer at the side. */
export function PathFrame(props: {
  readonly booking: Booking
  readonly kind: PathKind
  readonly steps: readonly PathStep[]
  /** What the button does, as its label. */
  readonly label: string
  readonly gap: PathGap | null
  /** Does it; what it answers is written into the log. A refusal is thrown. */
  readonly act: () => Promise<PathEnd>
}) {
  const { booking, kind, steps, label, gap, act } = props
  const { draft, pop, flow } = booking
  const { userId } = usePerson()
  const [problem, setProblem] = useState<{ readonly message: string; readonly isGap: boolean } | null>(null)
  const [busy, setBusy] = useState(false)

  const go = async (): Promise<void> => {
    if (busy) return
    setProblem(gap ? { message: gap.message, isGap: true } : null)
    if (gap) {
      flow.ref.current?.querySelector<HTMLElement>(`[data-field="${gap.field}"] :is(input, textarea, button)`)?.focus()
      return
    }
    setBusy(true)
    try {
      await finishPath(draft.key, kind, await act(), userId)
    } catch (thrown) {
      const { message } = asContractError(thrown)
      setProblem({ message, isGap: false })
      // Whoever has gone to another caller meanwhile sees no form that could say it.
      if (flow.ref.current === null) toast(`The call of ${draftWho(draft, null)} is not finished: ${message} Shift+F7 goes back to it.`)
    } finally {
      setBusy(false)
    }
  }
  // What was missing is not said any longer once it is there.
  const told = problem === null || (problem.isGap && gap?.message !== problem.message) ? '' : problem.message
  useHotkeys(CALL_KIND_RULES[kind].name, [
    { keys: 'Ctrl+Enter', label, run: () => void go() },
    { keys: 'Alt+ArrowDown', label: 'Next step', run: () => flow.goStep(1) },
    { keys: 'Alt+ArrowUp', label: 'Previous step', run: () => flow.goStep(-1) },
    { keys: 'Alt+M', label: 'Call notes', run: () => document.querySelector<HTMLTextAreaElement>('[data-call-notes] textarea')?.focus() },
  ])

  // Whoever is known already is not asked for: the cursor begins at the first thing to say. It is there before the paint,
  // because whoever chose the path by its letter types on without looking.
  const known = draft.customerId !== null || steps[0]?.key !== 'caller'
  const { ref } = flow
  const begin = useCallback((): void => {
    const places = [...(ref.current?.querySelectorAll<HTMLElement>('[data-step]') ?? [])]
    const fields = places.slice(known && places[0]?.dataset['step'] === 'caller' ? 1 : 0).flatMap((place) => [...place.querySelectorAll<HTMLElement>('input, textarea, button')])
    const first = fields[0] ?? ref.current?.querySelector<HTMLElement>('[data-field=act] button')
    first?.focus({ preventScroll: true })
    // What was typed before another kind was chosen is gone on with, not written in front of.
    if (first instanceof HTMLTextAreaElement) first.setSelectionRange(first.value.length, first.value.length)
  }, [known, ref])
  useLayoutEffect(begin, [begin, kind])
  // The menu of kinds keeps the cursor to itself until it is gone.
  useEffect(() => {
    if (ref.current?.contains(document.activeElement) !== true || document.activeElement?.closest('[role=menu]')) begin()
  }, [begin, ref])

  return (
    <div ref={flow.ref} className={classes['screen']} onKeyDownCapture={flow.onKeyDownCapture}>
      <div className={classes['bar']}>
        <ScreenBar title={CALL_KIND_RULES[kind].name} detail={pop ? `${pop.lineName}${pop.practice ? ', practice call' : ''}` : 'Without a call'} actions={<KindMenu booking={booking} />} />
      </div>
      <DraftStrip currentKey={draft.key} />
      <form className={classes['steps']} aria-label={CALL_KIND_RULES[kind].name} noValidate onSubmit={(event) => event.preventDefault()}>
        {steps.map(({ key, name, words, fields }, index) => (
          <section key={key} className={classes['step']} data-step={key} aria-label={name}>
            <span className={classes['number']}>{index + 1}</span>
            <div className={classes['say']}>
              <h2 className={classes['name']}>{name}</h2>
              <p className={classes['words']}>{words}</p>
            </div>
            <div className={classes['enter']}>{fields}</div>
          </section>
        ))}
      </form>
      <footer className={classes['foot']} data-pinned-foot>
        <span data-field="act">
          <ActionButton kind="primary" label={label} keys="Ctrl+Enter" busy={busy} onClick={() => void go()} />
        </span>
        <span className={classes['problem']} role="status">
          {told}
        </span>
        <span className="t3 dense nw">
          Saved here as you type · step <Keycap keys="Alt+ArrowDown" />
        </span>
      </footer>
      <BookingSide booking={booking} windows={false} asksWho={steps[0]?.key === 'caller'} />
    </div>
  )
}
