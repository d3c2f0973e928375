import { useConnection, usePendingChanges } from '../../api/api.ts'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { useNow } from '../../stores/clock.ts'
import { showHubPanel, useHub } from '../../stores/hub.ts'
import { useCompany } from '../../stores/session.ts'
import type { LinkWords } from './hubWords.ts'
import { linkWords } from './hubWords.ts'
import classes from './workstations.module.css'

const GLYPHS = { calm: 'working', working: 'dispatched', warning: 'hold', alarm: 'alert' } as const satisfies Record<LinkWords['tone'], string>

/** Whether this workstation is in step, always in the same place and width: nothing beside it moves while somebody talks. */
export function HubCell() {
  const { zone } = useCompany()
  const { tone, link, waiting } = linkWords(useConnection(), usePendingChanges(), useHub(), useNow(), zone)
  return (
    <button type="button" className={[classes['cell'], classes[tone]].join(' ')} aria-haspopup="dialog" onClick={() => showHubPanel(true)}>
      <StateGlyph state={GLYPHS[tone]} {...(tone === 'calm' ? { className: 'good-t' } : {})} />
      {/* One text: what is said aloud is "Offline since 2:14 PM · 3 changes waiting", whole. */}
      <span role="status" className={classes['said']}>
        <span className={classes['link']}>{link}</span>
        <span className="spoken"> · </span>
        <span className={classes['waiting']}>{waiting}</span>
      </span>
    </button>
  )
}
