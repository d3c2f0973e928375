import { formatDay, formatTime, wallTimeOf } from '../../../shared/base/zone.ts'
import type { PlayableVoicemail } from '../../../shared/contract/methods/voicemails.ts'
import { useQuery } from '../../api/api.ts'
import type { OutputOf } from '../../api/types.ts'
import { PanelSection } from '../../components/DetailPanel.tsx'
import { ErrorNotice } from '../../components/ErrorNotice.tsx'
import { useCompany } from '../../stores/session.ts'
import { fetchVoicemail } from './fetchRecording.ts'
import { keptWords } from './recordingFacts.ts'
import classes from './recordings.module.css'
import { SoundPlayer } from './SoundPlayer.tsx'
import { usePlayer } from './usePlayer.ts'

type Heard = OutputOf<'voicemail.ofCall'>['heard']

/** Who has heard it last; empty where nobody has. */
function heardWords([last]: Heard, count: number, zone: string): string {
  if (!last) return 'Nobody has heard it yet.'
  return `Heard ${count === 1 ? 'once' : `${count} times`}, last by ${last.name}, ${formatDay(wallTimeOf(last.at, zone).day)} ${formatTime(last.at, zone)}.`
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
      <p className="t2">{said}</p>
    </SoundPlayer>
  )
}

/** In the call log: what the caller said to the machine, for whoever may call them back. */
export function VoicemailSection({ callId, keys }: { readonly callId: string; readonly keys: string | null }) {
  const { zone } = useCompany()
  const { data, error } = useQuery('voicemail.ofCall', { callId })
  if (error) return <ErrorNotice error={error} />
  if (!data?.voicemail) return null
  const { voicemail, heard } = data
  const kept = voicemail.keptUntil === null && voicemail.goneAt === null ? 'Kept until the call is returned, and while a complaint runs.' : keptWords(voicemail, zone)
  return (
    <PanelSection title="Voicemail">
      {voicemail.goneAt === null ? <Player key={callId} callId={callId} voicemail={voicemail} keys={keys} said={`${heardWords(heard, heard.length, zone)} ${kept}`} /> : <p className="t2">{kept}</p>}
    </PanelSection>
  )
}

/** With a promise in hand: it is heard there, and hearing it returns no call. Its place is as high whatever is known. */
export function VoicemailInHand({ callId }: { readonly callId: string }) {
  const { zone } = useCompany()
  const { data, error } = useQuery('voicemail.ofCall', { callId })
  const voicemail = data?.voicemail
  return (
    <div className={classes['inHand']}>
      {error ? <ErrorNotice error={error} /> : null}
      {voicemail && voicemail.goneAt === null ? (
        <Player key={callId} callId={callId} voicemail={voicemail} keys=" " narrow said={heardWords(data.heard, data.heard.length, zone)} />
      ) : data ? (
        <p className="t2">{voicemail ? keptWords(voicemail, zone) : 'The telephone system keeps the message: in the call log, V calls its box.'}</p>
      ) : null}
    </div>
  )
}
