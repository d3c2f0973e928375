import { ActionButton } from '../../components/ActionButton.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { showRefusal, useBoardStore } from '../../stores/board.ts'
import { AcceptanceForm } from './AcceptanceForm.tsx'
import classes from './board.module.css'

/** A refusal where it happened: who is in the way, and the way out for those who may take it. */
export function BoardNotice() {
  const refusal = useBoardStore((store) => store.refusal)
  if (!refusal) return null
  const { overbook } = refusal
  return (
    <div className={classes['notice']} role="alert" data-pinned-foot>
      <div className={classes['noticeBody']}>
        <StateGlyph state="alert" />
        <span className="sp">{refusal.message}</span>
        {overbook ? <ActionButton small label="Overbook anyway" keys="Alt+O" onClick={overbook} /> : null}
        <ActionButton small label="Leave it" keys="Escape" onClick={() => showRefusal(null)} />
      </div>
      {refusal.accept ? <AcceptanceForm accept={refusal.accept} /> : null}
    </div>
  )
}
