import type { ReactNode } from 'react'
import classes from './states.module.css'

/** One sentence and the next step: "No missed calls. Next: 3 voicemails." */
export function EmptyState({ children, action }: { readonly children: ReactNode; readonly action?: ReactNode }) {
  return (
    <div className={classes['empty']}>
      <p>{children}</p>
      {action}
    </div>
  )
}
