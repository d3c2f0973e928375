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

/**
 * Takes everything else on the page, open dialogs too, out of reach of keyboard, pointer and screen reader; and what opens later: a
 * lock may come from another window while a dialog is on its way here.
 */
function useAlone(): RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const cover = ref.current
    const silenced = new Set<HTMLElement>()
    const silence = (): void => {
      for (const element of document.body.children) {
        if (!(element instanceof HTMLElement) || element === cover || element.inert) continue
        element.inert = true
        silenced.add(element)
      }
      // A dialog hides what stands beside it from screen readers.
      cover?.removeAttribute('aria-hidden')
      if (cover?.contains(document.activeElement)) return
      // An open dialog took the focus before it was out of reach: give it to the first field still empty.
      const fields = [...(cover?.querySelectorAll('input') ?? [])]
      fields.find((field) => field.value === '')?.focus()
    }
    silence()
    const observer = new MutationObserver(silence)
    observer.observe(document.body, { childList: true })
    if (cover) observer.observe(cover, { attributeFilter: ['aria-hidden'] })
    return () => {
      observer.disconnect()
      for (const element of silenced) element.inert = false
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
