import { LARGEST_VOICEMAIL } from '../../../shared/domain/recordings/voicemails.ts'
import type { PhoneWorld } from '../observed/world.ts'

/** What somebody said can’t be had there, and asking again does not help. */
export class NoSoundError extends Error {
  override readonly name = 'NoSoundError'
}

const LONGEST_REASON = 200

/** Systems say that somebody spoke before the file is ready: it is asked for again after so long, milliseconds. */
const AGAIN_AFTER = [3_000, 15_000, 60_000, 300_000]

/** Why it could not be had, for the log; an address may carry a token behind its question mark, which nobody is told. */
function whyOf(error: unknown): string {
  if (!(error instanceof Error)) return 'for no reason that was given'
  const cause = error.cause instanceof Error ? `: ${'code' in error.cause ? String(error.cause.code) : error.cause.message}` : ''
  return `${error.message}${cause}`.replaceAll(/\?\S*/g, '').slice(0, LONGEST_REASON)
}

/**
 * Asks for the sound of a voicemail until it is there, five times at most.
 * @param bring throws where it could not be had; NoSoundError where it never will
 * @param here is told of it once
 * @param failed is told once that nothing more is asked for, and why
 * @returns what calls it off: nothing is told after that
 */
export function bringSound(world: PhoneWorld, bring: () => Promise<Uint8Array>, here: (sound: Uint8Array) => void, failed: (why: string) => void): () => void {
  let calledOff = false
  let stop: () => void = () => undefined
  const attempt = async (tries: number): Promise<void> => {
    let sound: Uint8Array
    try {
      sound = await bring()
    } catch (error) {
      const after = AGAIN_AFTER[tries]
      if (calledOff) return
      if (error instanceof NoSoundError || after === undefined) return failed(whyOf(error))
      stop = world.after(after, () => void attempt(tries + 1))
      return
    }
    if (!calledOff) here(sound)
  }
  void attempt(0)
  return () => {
    calledOff = true
    stop()
  }
}

/**
 * The body of an answer, read only as far as a voicemail may be long.
 * @throws NoSoundError where it is longer
 */
export async function soundIn(response: Response): Promise<Uint8Array> {
  const pieces: Uint8Array[] = []
  let length = 0
  const body: AsyncIterable<Uint8Array> | null = response.body
  if (body) {
    for await (const piece of body) {
      length += piece.length
      // Leaving the loop ends the answer.
      if (length > LARGEST_VOICEMAIL) throw new NoSoundError('The file is too large')
      pieces.push(piece)
    }
  }
  return Buffer.concat(pieces)
}
