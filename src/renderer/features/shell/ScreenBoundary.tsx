import { Component, type ReactNode } from 'react'
import { ActionButton } from '../../components/ActionButton.tsx'
import classes from './Shell.module.css'

interface Props {
  /** The screen's name as people know it. */
  readonly name: string
  readonly children: ReactNode
}

interface State {
  readonly failed: boolean
}

/** Keeps a fault in one screen from taking the others with it. A class, because React offers no other way. */
export class ScreenBoundary extends Component<Props, State> {
  override readonly state: State = { failed: false }

  static getDerivedStateFromError(): State {
    return { failed: true }
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return (
      <div className={classes['failed']} role="alert">
        <h1 className="h1">{this.props.name} met a fault and stopped</h1>
        <p>Everything saved is safe, and the other screens work. What was typed here and not saved is lost.</p>
        <p className="t2">Open the screen again. If it stops again, reload the page and tell whoever looks after Baton what you did last.</p>
        <div className="row">
          <ActionButton kind="primary" label="Open it again" onClick={() => this.setState({ failed: false })} />
          <ActionButton label="Reload the page" onClick={() => location.reload()} />
        </div>
      </div>
    )
  }
}
