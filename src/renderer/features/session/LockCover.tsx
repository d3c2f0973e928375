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

/** Covers the screens without taking them down: whoever comes back finds every half-typed word. */
export function LockCover({ company, people, before }: LockCoverProps) {
  useHotkeyBarrier(LOCK_LAYER)
  return (
    <HotkeyLayerContext value={LOCK_LAYER}>
      <div className={classes['cover']}>
        <WholePage label="Locked">
          <h1 className="h1">{company.name} is locked</h1>
          <p className="t2">{before.name} was here. What was typed is kept underneath until {before.name} signs in again; for anyone else the screens start fresh.</p>
          <SignInForm people={people} suggested={before.userId} before={before.userId} action="Unlock" hint={pinHint(company)} />
        </WholePage>
      </div>
    </HotkeyLayerContext>
  )
}
