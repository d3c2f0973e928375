import { useState } from 'react'
import type { HubState } from '../../../shared/contract/methods/hub.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { WholePage } from '../shell/StartPages.tsx'
import { JoinBar } from './JoinBar.tsx'
import { JoinForm } from './JoinForm.tsx'
import classes from './workstations.module.css'

const ANOTHER = 'Use another code'

/** From the welcome page: an empty workstation joins an office. */
export function JoinPage({ onEnrolled, onBack }: { readonly onEnrolled: () => void; readonly onBack: () => void }) {
  return (
    <WholePage label="Join an office">
      <h1 className="h1">Join an office</h1>
      <p className="t2">A hub keeps the workstations of an office in step. This one takes the company from it, and works on by itself whenever the line is down.</p>
      <JoinForm onEnrolled={onEnrolled} onBack={onBack} />
    </WholePage>
  )
}

/**
 * Until today and every customer are here, there is nobody to sign in as. Where the hub is gone for good, or has taken
 * this workstation's access away, another code is the only way on.
 */
export function JoiningPage({ hub }: { readonly hub: HubState }) {
  const [again, setAgain] = useState(false)
  const stopped = hub.link === 'stopped'
  useHotkeys('Joining', [{ keys: 'N', label: ANOTHER, run: () => setAgain(true) }], { enabled: !again })
  useHotkeys('Joining', [{ keys: 'Escape', label: 'Back', run: () => setAgain(false) }], { enabled: again })
  if (again) return <JoinPage onEnrolled={() => setAgain(false)} onBack={() => setAgain(false)} />
  return (
    <WholePage label="Joining">
      <h1 className="h1">{stopped ? 'The company does not come any more' : 'The company is on its way'}</h1>
      <p className="t2">Today and the customers come first; then you sign in and work while the older history follows. If the line breaks, it goes on where it stopped.</p>
      {hub.problem === null ? null : <ErrorNotice error={{ message: hub.problem }} />}
      <JoinBar hub={hub} />
      <p className={classes['stalled']}>
        {hub.progress?.stalled === true ? (
          <span className={classes['late']}>
            The hub at {hub.address} does not answer just now. It is asked again by itself. If it is gone or has moved, take another code from it.
          </span>
        ) : null}
      </p>
      <div className="row">
        <ActionButton kind={stopped ? 'primary' : 'plain'} label={ANOTHER} keys="N" onClick={() => setAgain(true)} />
      </div>
    </WholePage>
  )
}
