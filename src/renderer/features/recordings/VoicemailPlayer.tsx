import { formatDay, formatTime, wallTimeOf } from '../../../shared/base/zone.ts'
import { assertNever } from '../../../shared/base/assertNever.ts'
import type { PlayableVoicemail } from '../../../shared/contract/methods/voicemails.ts'
import { type QueryResult, useEvent, useQuery } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { PanelSection } from '../../components/DetailPanel.tsx'
import { usePhoneLine } from '../../stores/phoneLine.ts'
import { useCompany } from '../../stores/session.ts'
import { fetchVoicemail } from './fetchRecording.ts'
import { InPlace } from './InPlace.tsx'
import { keptWords } from './recordingFacts.ts'
import classes from './recordings.module.css'
import { SoundPlayer } from './SoundPlayer.tsx'
import { usePlayer } from './usePlayer.ts'

type OfCall = OutputOf<'voicemail.ofCall'>

/** Who has heard it last; empty where nobody has. */
function heardWords({ heard: [last], times }: OfCall, zone: string): string {
  if (!last) return 'Nobody has heard it yet.'
  return `Heard ${times === 1 ? 'once' : `${times} times`}, last by ${last.name}, ${formatDay(wallTimeOf(last.at, zone).day)} ${formatTime(last.at, zone)}.`
}

/** Where the message is while there is nothing to play. @param box whether the telephone can call the system’s box */
function elsewhereWords(onItsWay: OfCall['onItsWay'], box: boolean): string {
  const there = box ? ' In the call log, V calls its box.' : ''
  switch (onItsWay) {
    case 'fetching':
      return 'The message is being fetched from the telephone system.'
    case 'failed':
      return `The message could not be fetched; the telephone system keeps it.${there}`
    case null:
      return `The telephone system keeps the message.${there}`
    default:
      return assertNever(onItsWay, 'way of a voicemail')
  }
}

/** Asked anew as well when the telephone says how the fetching goes, which is in no table. */
function useVoicemail(callId: string): QueryResult<OfCall> & { readonly elsewhere: string } {
  const asked = useQuery('voicemail.ofCall', { callId })
  useEvent('phoneDesk', asked.refetch)
  const box = (usePhoneLine()?.messages ?? null) !== null
  return { ...asked, elsewhere: elsewhereWords(asked.data?.onItsWay ?? null, box) }
}

interface PlayerProps {
  readonly callId: string
  readonly voicemail: PlayableVoicemail
  readonly keys: string | null
  readonly narrow?: boolean
  readonly said: string
}

function Player({ callId, voicemail, keys, narrow = false, said }: PlayerProps) {
  const player = usePlayer(() => fetchVoicemail(callId))
  return (
    <SoundPlayer title="Voicemail" keys={keys} player={player} durationMs={voicemail.durationMs} oneSide narrow={narrow}>
      <p className="t2" title={narrow ? said : undefined}>
        {said}
      </p>
    </SoundPlayer>
  )
}

function untilWords(voicemail: PlayableVoicemail, zone: string): string {
  return voicemail.keptUntil === null && voicemail.goneAt === null ? 'Kept until the call is returned, and while a complaint runs.' : keptWords(voicemail, zone)
}

/** In the call log: what the caller said to the machine, for whoever may call them back. Its place is there before the sound is. */
export function VoicemailSection({ callId, keys }: { readonly callId: string; readonly keys: string | null }) {
  const { zone } = useCompany()
  const { data, error, elsewhere } = useVoicemail(callId)
  const voicemail = data?.voicemail
  return (
    <PanelSection title="Voicemail">
      <div className={classes['section']}>
        {error ? (
          <div className={classes['wave']}>
            <InPlace error={error} />
          </div>
        ) : voicemail && voicemail.goneAt === null ? (
          <Player key={callId} callId={callId} voicemail={voicemail} keys={keys} said={`${heardWords(data, zone)} ${untilWords(voicemail, zone)}`} />
        ) : data ? (
          <p className="t2">{voicemail ? untilWords(voicemail, zone) : elsewhere}</p>
        ) : null}
      </div>
    </PanelSection>
  )
}

/** With a promise in hand: it is heard there, and hearing it returns no call. Its place is as high whatever is known. */
export function VoicemailInHand({ callId }: { readonly callId: string }) {
  const { zone } = useCompany()
  const { data, error, elsewhere } = useVoicemail(callId)
  const voicemail = data?.voicemail
  return (
    <div className={classes['inHand']}>
      {error ? (
        <InPlace error={error} />
      ) : voicemail && voicemail.goneAt === null ? (
        <Player key={callId} callId={callId} voicemail={voicemail} keys=" " narrow said={heardWords(data, zone)} />
      ) : data ? (
        <p className="t2">{voicemail ? keptWords(voicemail, zone) : elsewhere}</p>
      ) : null}
    </div>
  )
}
