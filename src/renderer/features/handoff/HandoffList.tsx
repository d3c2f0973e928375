import { formatTime } from '../../../shared/base/zone.ts'
import type { BoardVisit } from '../../../shared/contract/methods/dispatch.ts'
import type { HandoffItem } from '../../../shared/contract/methods/handoff.ts'
import { useQuery } from '../../api/api.ts'
import { Icon } from '../../components/icons.tsx'
import { StateGlyph } from '../../components/StateGlyph.tsx'
import { useZone } from '../../stores/session.ts'
import classes from './handoff.module.css'

/** Who answers for an item, in words. */
function answerWords({ answeredBy, said, tickedBy, tickedAt }: HandoffItem, zone: string): string {
  if (answeredBy === null) return ''
  if (answeredBy === 'record') return 'on record'
  return [said, tickedAt === null ? tickedBy : `${tickedBy}, ${formatTime(tickedAt, zone)}`].filter(Boolean).join(' \u00B7 ')
}

/** One item as it stands: answered, and by whom, or a hole. */
export function HandoffLine({ item, zone }: { readonly item: HandoffItem; readonly zone: string }) {
  const hole = item.answeredBy === null
  return (
    <>
      {hole ? (
        <span className="alert-t">
          <StateGlyph state="alert" label="Open" />
        </span>
      ) : (
        <span className="good-t">
          <Icon name="tick" size={12} />
        </span>
      )}
      <span className={hole ? 'm' : ''}>{item.label}</span>
      <span className={`t3 dense el ${classes['answer']}`}>{answerWords(item, zone)}</span>
    </>
  )
}

/** The checklist to read: where it has holes, K leads to the form that fills them. */
export function HandoffList({ visit }: { readonly visit: Pick<BoardVisit, 'id'> }) {
  const zone = useZone()
  const { data } = useQuery('handoff.checklist', { appointmentId: visit.id })
  return (
    <ul className={classes['list']} aria-label="Hand-off checklist">
      {(data?.items ?? []).map((item) => (
        <li key={item.key}>
          <HandoffLine item={item} zone={zone} />
        </li>
      ))}
    </ul>
  )
}
