import type { ReactNode } from 'react'
import type { ContractError } from '../../../shared/contract/frames.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Mark } from '../../components/icons.tsx'
import classes from './StartPages.module.css'

/** A whole page with one message in the middle of the upper half. */
export function WholePage({ label, children, wide }: { readonly label: string; readonly children: ReactNode; readonly wide?: boolean }) {
  return (
    <main className={classes['page']} aria-label={label}>
      <div className={[classes['sheet'], wide ? classes['wide'] : ''].join(' ')}>
        <div className={classes['mark']}>
          <Mark />
          <span className="h2">Baton</span>
        </div>
        {children}
      </div>
    </main>
  )
}

/** Nothing for 200 ms; a page that opens quickly shows no words in between. */
export function Waiting() {
  return (
    <main className={classes['page']} aria-label="Baton is starting">
      <p className={classes['late']}>Baton is starting.</p>
    </main>
  )
}

const reload = (): void => location.reload()

/** The backend runs but has no store: a newer database, a folder that can't be written. */
export function StartFailure({ error }: { readonly error: ContractError }) {
  return (
    <WholePage label="Baton could not start">
      <h1 className="h1">Baton could not open its data</h1>
      <p>{error.message}</p>
      <p className="t2">Nothing was changed. When the cause is gone, start again.</p>
      <div className="row">
        <ActionButton kind="primary" label="Try again" onClick={reload} />
      </div>
    </WholePage>
  )
}

export function Outdated() {
  return (
    <WholePage label="Baton was updated">
      <h1 className="h1">Baton was updated</h1>
      <p>This page is older than the Baton that now runs on this computer. Everything saved is safe. Reload the page to go on.</p>
      <div className="row">
        <ActionButton kind="primary" label="Reload" onClick={reload} autoFocus />
      </div>
    </WholePage>
  )
}

/** A fault outside every screen, such as a part of the page that could not be loaded. */
export function PageFault() {
  return (
    <WholePage label="Baton met a fault">
      <h1 className="h1">Baton met a fault and stopped</h1>
      <p>Everything saved is safe. What was typed and not saved is lost.</p>
      <p className="t2">Reload the page to go on. If it happens again, tell whoever looks after Baton what you did last.</p>
      <div className="row">
        <ActionButton kind="primary" label="Reload" onClick={reload} autoFocus />
      </div>
    </WholePage>
  )
}

export function NoAnswer({ since }: { readonly since: number }) {
  const clock = new Date(since).toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit' })
  return (
    <WholePage label="Baton does not answer">
      <h1 className="h1">Baton’s own service does not answer</h1>
      <p>This page has been trying since {clock} and keeps trying. Everything saved is safe on this computer. If the service was stopped, start Baton again.</p>
    </WholePage>
  )
}
