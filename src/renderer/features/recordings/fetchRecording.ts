import { newId } from '../../../shared/base/id.ts'
import { api } from '../../api/api.ts'
import { type Sound, soundOf } from './sound.ts'

/** How many bars are drawn. */
export const BARS = 160

function bytesOf(base64: string): Uint8Array {
  const text = atob(base64)
  const bytes = new Uint8Array(text.length)
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at)
  return bytes
}

/** Brings a recording to this page, which is written down. @throws with the sentence why it can’t be heard */
export async function fetchRecording(recordingId: string): Promise<Sound> {
  const { bytes } = await api.action('recording.open', { recordingId, operationId: newId() })
  const file = new Uint8Array(bytes)
  for (let from = 0; from < bytes; ) {
    const piece = bytesOf((await api.action('recording.part', { recordingId, from })).base64)
    if (piece.length === 0) break
    file.set(piece, from)
    from += piece.length
  }
  return soundOf(file, BARS)
}
