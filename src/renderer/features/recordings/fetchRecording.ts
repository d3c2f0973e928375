import { newId } from '../../../shared/base/id.ts'
import { api } from '../../api/api.ts'
import { decodedSound, type Sound, soundOf } from './sound.ts'

/** How many bars are drawn. */
export const BARS = 160

function bytesOf(base64: string): Uint8Array {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}

/** Puts a file together from its parts. */
async function whole(bytes: number, part: (from: number) => Promise<{ readonly base64: string }>): Promise<Uint8Array<ArrayBuffer>> {
  const file = new Uint8Array(bytes)
  for (let from = 0; from < bytes; ) {
    const piece = bytesOf((await part(from)).base64)
    if (piece.length === 0) break
    file.set(piece, from)
    from += piece.length
  }
  return file
}

/** Brings a recording to this page, which is written down. @throws with the sentence why it can’t be heard */
export async function fetchRecording(recordingId: string): Promise<Sound> {
  const { bytes } = await api.action('recording.open', { recordingId, operationId: newId() })
  return soundOf(await whole(bytes, (from) => api.action('recording.part', { recordingId, from })), BARS)
}

/** Brings a voicemail to this page, which is written down. @throws with the sentence why it can’t be heard */
export async function fetchVoicemail(callId: string): Promise<Sound> {
  const { bytes, mediaType } = await api.action('voicemail.open', { callId, operationId: newId() })
  const file = await whole(bytes, (from) => api.action('voicemail.part', { callId, from }))
  return mediaType === 'audio/mpeg' ? decodedSound(file, BARS) : soundOf(file, BARS)
}
