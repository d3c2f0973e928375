import type { LiveCall } from '../../../shared/contract/methods/calls.ts'
import { useEvent, useQuery } from '../../api/api.ts'
import { Icon, type IconName } from '../../components/icons.tsx'
import { Keycap, keycapText } from '../../components/Keycap.tsx'
import { askConclusion, grown, type HeardCall, isDialling, isMine, nextToAnswer, ringsFor, rung, useCallsStore } from '../../stores/calls.ts'
import { useMay, usePerson } from '../../stores/session.ts'
import { openPanel } from '../../stores/telephone.ts'
import classes from './CallCell.module.css'
import { CallPanels } from './CallPanels.tsx'
import { callerWords, formatDuration, numberOrName } from './callWords.ts'
import { stepRecording } from './callRecording.ts'
import { isForgotten, nextRecordingStep, RECORDING_STEP_WORDS, recordingWords } from './recordingWords.ts'
import { heldFirst, ringingWords } from './transferWords.ts'
import { answerCall, completeTransfer, endCall, muteCall, resumeCall, talkAllThree } from './callActions.ts'
import { useTick } from './useTick.ts'

const EVERYTHING = {} as const

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

/** One thing to do to the call, with its key in the words a pointer or a screen reader finds. */
function Control({ icon, label, keys, on, run }: { readonly icon: IconName; readonly label: string; readonly keys: string; readonly on?: boolean; readonly run: () => void }) {
  return (
    <button type="button" className={classes['control']} aria-label={label} aria-keyshortcuts={keys} title={`${label} (${keycapText(keys)})`} {...(on === undefined ? {} : { 'aria-pressed': on })} onMouseDown={(event) => event.preventDefault()} onClick={run}>
      <Icon name={icon} />
    </button>
  )
}

/** The caller hears us, or does not; the bars stand for words, and still where there are none. */
function Voice({ call }: { readonly call: LiveCall }) {
  if (call.muted) return <Icon name="microphoneOff" />
  return (
    <span className={classes['level']} aria-hidden="true">
      <i />
      <i />
      <i />
      <i />
    </span>
  )
}

/** How the call stands beside its time, in a word: all three, recorded, nobody hears us. */
const standing = (call: LiveCall): string => [recordingWords(call), call.muted ? 'muted' : '', call.conference ? 'all three' : ''].filter(Boolean).join(', ')

/** The one key of recording as something to press, where this call can be recorded. */
function RecordControl({ call }: { readonly call: LiveCall }) {
  const step = nextRecordingStep(call)
  if (step === null) return null
  const label = call.recording === 'paused' ? 'Go on recording' : RECORDING_STEP_WORDS[step]
  return <Control icon={call.recording === 'on' ? 'pause' : 'record'} label={label} keys="Ctrl+F7" run={() => void stepRecording(call)} />
}

function LiveCell({ heard }: { readonly heard: HeardCall }) {
  const at = useTick()
  const { call } = heard
  const { callId, can, muted } = call
  const words = standing(call)
  return (
    <div className={`${classes['cell']} ${classes['live']}`}>
      <Voice call={call} />
      <b className={`b ${classes['time']}`}>{formatDuration(grown(heard, 'talkMs', at))}</b>
      {isForgotten(call, at - heard.heardAt) ? (
        <b role="alert" className={`b el ${classes['who']} ${classes['forgotten']}`}>
          Still paused: {keycapText('Ctrl+F7')} records
        </b>
      ) : (
        <span className={`el ${classes['who']}`}>
          {words === '' ? '' : `${words} · `}
          {callerWords(call)} · {call.lineName}
          {call.practice ? ' · practice' : ''}
        </span>
      )}
      <RecordControl call={call} />
      {can.includes('mute') ? <Control icon={muted ? 'microphoneOff' : 'microphone'} label="Mute" keys="F10" on={muted} run={() => void muteCall(callId, !muted)} /> : null}
      {can.includes('digits') ? <Control icon="keypad" label="Keypad" keys="Alt+D" run={() => openPanel({ kind: 'keypad', callId })} /> : null}
      {can.includes('transfer') || can.includes('transferToNumber') ? <Control icon="handOn" label="Put through" keys="F9" run={() => openPanel({ kind: 'through', callId })} /> : null}
      <button type="button" onClick={() => void endCall(callId)}>
        End <Keycap keys="Shift+F8" onInk />
      </button>
    </div>
  )
}

/** Somebody is asked first, while the caller waits. */
function AskingCell({ heard, consult }: { readonly heard: HeardCall; readonly consult: NonNullable<LiveCall['consult']> }) {
  const at = useTick()
  const { callId, can } = heard.call
  return (
    <div className={`${classes['cell']} ${classes['live']} ${classes['asking']}`}>
      <Icon name="pause" />
      <b className={`b ${classes['time']}`}>{formatDuration(grown(heard, 'heldMs', at))}</b>
      <span className={`el ${classes['who']}`}>
        {consult.state === 'ringing' ? `Rings ${numberOrName(consult.to)}` : `With ${numberOrName(consult.to)}`} · {callerWords(heard.call)} waits
      </span>
      {can.includes('conference') ? (
        <button type="button" onClick={() => void talkAllThree(callId)}>
          Three <Keycap keys="Alt+I" onInk />
        </button>
      ) : null}
      <button type="button" onClick={() => void completeTransfer(callId)}>
        Through <Keycap keys="F9" onInk />
      </button>
      <button type="button" onClick={() => void resumeCall(callId)}>
        Back <Keycap keys="F7" onInk />
      </button>
    </div>
  )
}

/** A call this person makes, until somebody answers. */
function DiallingCell({ heard }: { readonly heard: HeardCall }) {
  const at = useTick()
  return (
    <div className={`${classes['cell']} ${classes['live']}`}>
      <Icon name="phone" />
      <b className={`b ${classes['time']}`}>{formatDuration(grown(heard, 'ringMs', at))}</b>
      <span className={`el ${classes['who']}`}>
        Calling {callerWords(heard.call)}
        {heard.call.practice ? ' · practice' : ''}
      </span>
      <button type="button" onClick={() => void endCall(heard.call.callId)}>
        End <Keycap keys="Shift+F8" onInk />
      </button>
    </div>
  )
}

/** Nobody rings and nobody is talked with: whether anybody could ring at all. */
function QuietCell({ doNotDisturb }: { readonly doNotDisturb: boolean }) {
  return (
    <div className={classes['cell']}>
      <Icon name={doNotDisturb ? 'pause' : 'headset'} />
      <span className="m">{doNotDisturb ? 'Do not disturb' : 'Ready'}</span>
      <span className={`t3 ${classes['aside']}`}>{doNotDisturb ? 'no call rings here' : 'nobody waiting'}</span>
      {doNotDisturb ? <Keycap keys="Alt+Z" /> : null}
    </div>
  )
}

function HeldCell({ heard }: { readonly heard: HeardCall }) {
  const at = useTick()
  return (
    <button type="button" className={`${classes['cell']} ${classes['held']}`} onClick={() => void resumeCall(heard.call.callId)}>
      <Icon name="pause" />
      <span className={classes['heldTime']}>
        {heard.call.transfer ? `Rings ${numberOrName(heard.call.transfer.to)}` : 'Held'} {formatDuration(grown(heard, 'heldMs', at))}
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
  const may = useMay()
  const ringing = calls.filter(({ call }) => ringsFor(call, userId)).length
  const mine = calls.filter(({ call }) => isMine(call, userId))
  const waiting = nextToAnswer(store, userId)
  const live = mine.find(({ call }) => call.state === 'live')
  const held = heldFirst(mine)
  const [ended] = unsaid
  const dialling = calls.find(({ call }) => isDialling(call, userId))
  const desk = useQuery('phone.desk', may('call.handle') ? EVERYTHING : null)
  useEvent('phoneDesk', desk.refetch)
  const nothing = !waiting && !live && !held && !ended && !dialling
  return (
    <div className={classes['cells']} role="group" aria-label="Telephone">
      {ringing > 1 ? <span className="t2 nw">{ringing - 1} more ringing</span> : null}
      {ended && !live ? <EndedCell call={ended} /> : null}
      {held ? <HeldCell heard={held} /> : null}
      {waiting ? <RingingCell heard={waiting} holding={live?.call.callId ?? null} /> : null}
      {dialling ? <DiallingCell heard={dialling} /> : null}
      {live ? live.call.consult ? <AskingCell heard={live} consult={live.call.consult} /> : <LiveCell heard={live} /> : null}
      <CallPanels />
      {nothing ? <QuietCell doNotDisturb={desk.data?.doNotDisturb ?? false} /> : null}
    </div>
  )
}
