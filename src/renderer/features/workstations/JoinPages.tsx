import type { HubState } from '../../../shared/contract/methods/hub.ts'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { WholePage } from '../shell/StartPages.tsx'
import { JoinBar } from './JoinBar.tsx'
import { JoinForm } from './JoinForm.tsx'

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

/** Until today and every customer are here, there is nobody to sign in as. */
export function JoiningPage({ hub }: { readonly hub: HubState }) {
  return (
    <WholePage label="Joining">
      <h1 className="h1">The company is on its way</h1>
      <p className="t2">Today and the customers come first; then you sign in and work while the older history follows. If the line breaks, it goes on where it stopped.</p>
      {hub.problem === null ? null : <ErrorNotice error={{ message: hub.problem }} />}
      <JoinBar hub={hub} />
      {hub.link === 'offline' ? <p className="t2">The hub does not answer just now. It is asked again by itself.</p> : null}
    </WholePage>
  )
}
