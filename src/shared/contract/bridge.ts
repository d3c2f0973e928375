import { z } from 'zod'

/** Where the web host takes WebSocket connections; the token cookie travels with the upgrade. */
export const SOCKET_PATH = '/ws'

/** In the page's address where the host was started with --sample: go straight into the sample company. */
export const SAMPLE_PARAMETER = 'sample'

/** Everybody of the sample company signs in with it; the sign-in screen says so. */
export const SAMPLE_PIN = '1234'

/**
 * What Electron's preload hands to the page as `window.baton`, and all it hands over: frames as JSON text on one
 * channel. In a browser it is absent and the page opens a WebSocket at SOCKET_PATH instead, with one frame a message.
 */
export interface Bridge {
  send(frame: string): void
  onFrame(handler: (frame: string) => void): void
  /** Called when the backend hung up; the page may be reloaded to connect again. */
  onClose(handler: () => void): void
}

/** How a file that the backend made reached the person: the answer of every method that makes one. */
export const delivery = z.discriminatedUnion('kind', [
  /** A browser fetches it from `url`, once and within a few minutes (`link.href = url; link.download = name`). */
  z.object({ kind: z.literal('link'), url: z.string(), name: z.string() }),
  /** The person chose a place in the save dialog. */
  z.object({ kind: z.literal('saved'), path: z.string() }),
  z.object({ kind: z.literal('canceled') }),
])

export type Delivery = z.output<typeof delivery>
