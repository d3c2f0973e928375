/** A tone made of two, in the cadence of North America: so long on, so long off, in seconds. */
interface Cadence {
  readonly frequencies: readonly number[]
  readonly on: number
  readonly off: number
  readonly loudness: number
}

export const RING: Cadence = { frequencies: [440, 480], on: 2, off: 4, loudness: 0.22 }
/** What a caller hears while it rings elsewhere: the same, but softer. */
export const RINGBACK: Cadence = { frequencies: [440, 480], on: 2, off: 4, loudness: 0.06 }

const FADE = 0.02
/** Planned ahead so far, in seconds: longer than anybody lets it ring. */
const LONGEST = 240

/** Begins a tone at an output. @returns what stops it, at once. */
export function playTone({ frequencies, on, off, loudness }: Cadence, output: string): () => void {
  const context = new AudioContext(output === '' ? {} : ({ sinkId: output } as AudioContextOptions))
  const gain = context.createGain()
  gain.gain.value = 0
  for (let at = 0; at < LONGEST; at += on + off) {
    gain.gain.setValueAtTime(0, at)
    gain.gain.linearRampToValueAtTime(loudness, at + FADE)
    gain.gain.setValueAtTime(loudness, at + on)
    gain.gain.linearRampToValueAtTime(0, at + on + FADE)
  }
  gain.connect(context.destination)
  for (const frequency of frequencies) {
    const oscillator = new OscillatorNode(context, { frequency })
    oscillator.connect(gain)
    oscillator.start()
  }
  // A browser that wants a person to have touched the page first lets it sound once they have.
  void context.resume().catch(() => undefined)
  return () => void context.close().catch(() => undefined)
}
