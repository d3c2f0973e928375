import type { LiveCall } from '../../../shared/contract/methods/calls.ts'
import { Icon } from '../../components/icons.tsx'
import { Keycap } from '../../components/Keycap.tsx'
import { askConclusion, grown, type HeardCall, isMine, nextToAnswer, ringsFor, rung, useCallsStore } from '../../stores/calls.ts'
import { usePerson } from '../../stores/session.ts'
import classes from './CallCell.module.css'
import { callerWords, formatDuration } from './callWords.ts'
import { heldFirst, ringingWords } from './transferWords.ts'
import { answerCall, endCall, resumeCall } from './callActions.ts'
import { useTick } from './useTick.ts'

function Who({ call }: { readonly call: LiveCall }) {
  return (
    <span className={`el ${classes['who']}`}>
      {callerWords(call)} · {call.lineName}
      {call.practice ? ' · practice' : ''}
    </span>
  )
}

function RingingCell({ heard, holding }: { readonly heard: HeardCall; readonly holding: string | null }) {
  const at = useTick()
  return (
    <button type="button" className={`${classes['cell']} ${classes['ringing']}`} onClick={() => void answerCall(heard.call.callId, holding)}>
      <Icon name="phone" />
      <b className="b">
        {ringingWords(heard.call)} {formatDuration(rung(heard, at))}
      </b>
      <Who call={heard.call} />
      <Keycap keys="F8" onInk />
    </button>
  )
}

function LiveCell({ heard }: { readonly heard: HeardCall }) {
  const at = useTick()
  return (
    <div className={`${classes['cell']} ${classes['live']}`}>
      <span className={classes['level']} aria-hidden="true">
        <i />
        <i />
        <i />
        <i />
      </span>
      <b className={`b ${classes['time']}`}>{formatDuration(grown(heard, 'talkMs', at))}</b>
      <Who call={heard.call} />
      <button type="button" onClick={() => void endCall(heard.call.callId)}>
        End <Keycap keys="Shift+F8" onInk />
      </button>
    </div>
  )
}

function HeldCell({ heard }: { readonly heard: HeardCall }) {
  const at = useTick()
  return (
    <button type="button" className={`${classes['cell']} ${classes['held']}`} onClick={() => void resumeCall(heard.call.callId)}>
      <Icon name="pause" />
      <span className={classes['heldTime']}>
        {heard.call.transfer ? `Rings ${heard.call.transfer.to}` : 'Held'} {formatDuration(grown(heard, 'heldMs', at))}
      </span>
      <b className={`b el ${classes['who']}`}>{callerWords(heard.call)}</b>
      <Keycap keys="F7" />
    </button>
  )
}

/** The call is over and nobody has said how it ended. It waits here, not in the way. */
function EndedCell({ call }: { readonly call: LiveCall }) {
  return (
    <button type="button" className={`${classes['cell']} ${classes['held']}`} onClick={() => askConclusion(call.callId)}>
      <Icon name="phone" />
      <span>Ended {formatDuration(call.talkMs)}</span>
      <b className="b el">{callerWords(call)}</b>
      <span className="t2">Say how</span>
      <Keycap keys="Shift+F8" />
    </button>
  )
}

/** The telephone in the top bar; it never moves. Ready (outline), Ringing (marigold), Live (ink), Held (outline, pause). */
export function CallCell() {
  const store = useCallsStore()
  const { calls, unsaid } = store
  const { userId } = usePerson()
  const ringing = calls.filter(({ call }) => ringsFor(call, userId)).length
  const mine = calls.filter(({ call }) => isMine(call, userId))
  const waiting = nextToAnswer(store, userId)
  const live = mine.find(({ call }) => call.state === 'live')
  const held = heldFirst(mine)
  const [ended] = unsaid
  const nothing = !waiting && !live && !held && !ended
  return (
    <div className={classes['cells']} role="group" aria-label="Telephone">
      {ringing > 1 ? <span className="t2 nw">{ringing - 1} more ringing</span> : null}
      {ended && !live ? <EndedCell call={ended} /> : null}
      {held ? <HeldCell heard={held} /> : null}
      {waiting ? <RingingCell heard={waiting} holding={live?.call.callId ?? null} /> : null}
      {live ? <LiveCell heard={live} /> : null}
      {nothing ? (
        <div className={classes['cell']}>
          <Icon name="headset" />
          <span className="m">Ready</span>
          <span className={`t3 ${classes['aside']}`}>nobody waiting</span>
        </div>
      ) : null}
    </div>
  )
}
