import { type RefObject, useLayoutEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import { LOCK_LAYER } from '../../components/hotkeyRegistry.ts'
import { HotkeyLayerContext, useHotkeyBarrier } from '../../components/useHotkeys.ts'
import type { OfficePerson, SessionCompany, SessionPerson } from '../../stores/session.ts'
import { WholePage } from '../shell/StartPages.tsx'
import classes from './session.module.css'
import { pinHint, SignInForm } from './SignInForm.tsx'

export interface LockCoverProps {
  readonly company: SessionCompany
  readonly people: readonly OfficePerson[]
  readonly before: SessionPerson
}

/** Takes everything else on the page, open dialogs too, out of reach of keyboard, pointer and screen reader. */
function useAlone(): RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const others = [...document.body.children].filter((element): element is HTMLElement => element instanceof HTMLElement && element !== ref.current && !element.inert)
    for (const element of others) element.inert = true
    // An open dialog took the focus back before it was out of reach: give it to the first field still empty.
    const fields = [...(ref.current?.querySelectorAll('input') ?? [])]
    fields.find((field) => field.value === '')?.focus()
    return () => {
      for (const element of others) element.inert = false
    }
  }, [])
  return ref
}

/**
 * Covers the screens without taking them down: whoever comes back finds every half-typed word.
 * It stands beside the page's root, because an open dialog hides the root from screen readers.
 */
export function LockCover({ company, people, before }: LockCoverProps) {
  const cover = useAlone()
  useHotkeyBarrier(LOCK_LAYER)
  return createPortal(
    <HotkeyLayerContext value={LOCK_LAYER}>
      <div ref={cover} className={classes['cover']}>
        <WholePage label="Locked">
          <h1 className="h1">{company.name} is locked</h1>
          <p className="t2">{before.name} was here. What was typed is kept underneath until {before.name} signs in again; for anyone else the screens start fresh.</p>
          <SignInForm people={people} suggested={before.userId} before={before.userId} action="Unlock" hint={pinHint(company)} />
        </WholePage>
      </div>
    </HotkeyLayerContext>,
    document.body,
  )
}
