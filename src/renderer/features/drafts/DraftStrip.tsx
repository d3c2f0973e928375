import { formatTime } from '../../../shared/base/zone.ts'
import { useQuery } from '../../api/api.ts'
import { Icon } from '../../components/icons.tsx'
import { Keycap } from '../../components/Keycap.tsx'
import { type BookingDraft, useBookingStore } from '../../stores/booking.ts'
import { grown, type HeardCall, isMine, useCallsStore } from '../../stores/calls.ts'
import { navigate } from '../../stores/route.ts'
import { usePerson, useSession, useZone } from '../../stores/session.ts'
import { formatDuration } from '../calls/callWords.ts'
import { useTick } from '../calls/useTick.ts'
import { draftTarget, draftWho, listedDrafts } from './draftList.ts'
import classes from './drafts.module.css'

const NO_INPUT = {} as const

/** What of the list stands on the strip; the rest is counted, and Shift+F7 comes to it. */
const SHOWN = 4

/** How long the caller has been talked with or has waited; without a call, since when it is typed. */
function HowLong({ draft, heard }: { readonly draft: BookingDraft; readonly heard: HeardCall | undefined }) {
  const at = useTick()
  const zone = useZone()
  if (!heard) return <span className="t3 el">{draft.callId === null ? 'since' : 'call over, begun'} {formatTime(draft.begunAt, zone)}</span>
  if (heard.call.state === 'held') {
    return (
      <span className={`hold-t nw ${classes['time']}`}>
        <Icon name="pause" size={12} /> held {formatDuration(grown(heard, 'heldMs', at))}
      </span>
    )
  }
  return <span className={`nw m ${classes['time']}`}>{formatDuration(grown(heard, heard.call.state === 'ringing' ? 'ringMs' : 'talkMs', at))}</span>
}

/** Who typed last, where it was somebody else at this desk. */
function useOthersName(): (draft: BookingDraft) => string | null {
  const { people } = useSession()
  const { userId } = usePerson()
  return ({ ownerId }) => (ownerId === null || ownerId === userId ? null : (people.find((person) => person.userId === ownerId)?.name ?? null))
}

/**
 * Every draft of this desk in one line, each with who and how long; Shift+F7 goes round. The line is always there and its places
 * are of one size, so that a second call changes nothing about where anything stands.
 */
export function DraftStrip({ currentKey }: { readonly currentKey: string }) {
  const drafts = useBookingStore((store) => store.drafts)
  const calls = useCallsStore((store) => store.calls)
  const { userId } = usePerson()
  const othersName = useOthersName()
  const handed = useQuery('drafts.handed', NO_INPUT).data?.items ?? []
  const mine = calls.filter(({ call }) => isMine(call, userId))
  const listed = listedDrafts(drafts, currentKey, new Set(mine.map(({ call }) => call.callId)))
  const index = Math.max(0, listed.findIndex(({ key }) => key === currentKey))
  // The one on the screen is always among those shown.
  const first = Math.max(0, Math.min(index - SHOWN + 1, listed.length - SHOWN))
  const shown = listed.slice(first, first + SHOWN)
  const waiting = handed.filter((item) => item.mine)
  const given = handed.filter((item) => item.given)
  return (
    <nav className={classes['strip']} aria-label="Drafts">
      <ul className={classes['tabs']}>
        {shown.map((draft) => {
          const heard = calls.find(({ call }) => call.callId === draft.callId)
          const other = othersName(draft)
          return (
            <li key={draft.key}>
              <button type="button" tabIndex={-1} className={classes['tab']} aria-current={draft.key === currentKey ? 'page' : undefined} onClick={() => navigate(draftTarget(draft))}>
                <span className="el m">{draftWho(draft, heard?.call ?? null)}</span>
                {other ? <span className="t3 el">{other}</span> : null}
                <HowLong draft={draft} heard={heard} />
              </button>
            </li>
          )
        })}
      </ul>
      <span className={`${classes['hint']} t3 dense nw`}>
        <span className={classes['more']}>{listed.length > SHOWN ? `${listed.length - SHOWN} more \u00B7` : ''}</span> next <Keycap keys="Shift+F7" /> hand over <Keycap keys="Shift+F9" />
      </span>
      <span className={`${classes['handed']} dense nw el`} aria-live="polite">
        {waiting[0] ? (
          <>
            <b className="m el">{waiting.length > 1 ? `${waiting.length} handed to you` : `${waiting[0].who}, from ${waiting[0].from}`}</b> <Keycap keys="Alt+P" />
          </>
        ) : given[0] ? (
          <>
            <span className="t2 el">{given.length > 1 ? `${given.length} wait for others` : `${given[0].who} waits for ${given[0].to}`}</span> <Keycap keys="Alt+P" />
          </>
        ) : null}
      </span>
    </nav>
  )
}
