import { AUDIO_CHANNEL } from '../../shared/contract/mediaPaths.ts'

/** One input or output as the person knows it. */
export interface AudioDevice {
  readonly id: string
  readonly kind: 'input' | 'output'
  readonly label: string
}

/** From the pages to the media page, which alone may open the microphone. */
export type CheckRequest =
  /** Say how loud the microphone is, several times a second, while this is said again every second or so. */
  | { readonly t: 'meter' }
  /** Record for three seconds, then play it in the headset. */
  | { readonly t: 'echo' }
  | { readonly t: 'ring' }
  | { readonly t: 'devices' }
  /** Whether what rings is for whoever sits at that page; null where nothing rings there. */
  | { readonly t: 'rings'; readonly page: string; readonly here: boolean | null }

export type CheckAnswer =
  /** Root mean square, 0 to 1. */
  | { readonly t: 'level'; readonly level: number }
  | { readonly t: 'echo'; readonly state: 'speak' | 'listen' | 'done' | 'failed' }
  | { readonly t: 'devices'; readonly devices: readonly AudioDevice[] }
  /** Another browser of this workstation has the sound since. */
  | { readonly t: 'displaced' }
  /** It rings: is it for whoever sits there? */
  | { readonly t: 'ringsThere' }

export const openAudioCheck = (): BroadcastChannel => new BroadcastChannel(AUDIO_CHANNEL)
