import { z } from 'zod'

/** The windows that a person may have beside the main one, each on a monitor of its own. */
export const SIDE_WINDOWS = ['board', 'map', 'trays', 'alerts', 'wall'] as const

export type SideWindow = (typeof SIDE_WINDOWS)[number]

export const WINDOW_KINDS = ['main', ...SIDE_WINDOWS] as const

export type WindowKind = (typeof WINDOW_KINDS)[number]

/** In the page's address: which of the windows it is; absent in the main one. */
export const WINDOW_PARAMETER = 'window'

/** In the hash of a window that Electron opens: the page's id of the one it belongs to. A browser hands that over itself. */
export const BELONGS_TO = 'belongs-to='

const id = z.string().max(64)

/**
 * What the windows of one person say to each other, beside the backend: where somebody looks is nobody's fact. A window of another
 * build may speak too, so it is read as carefully as a frame.
 */
export const windowMessage = z.discriminatedUnion('t', [
  /** Said by each window at its beginning, and to whoever `asks`. */
  z.object({ t: z.literal('here'), id, kind: z.enum(WINDOW_KINDS), asks: z.boolean() }),
  z.object({ t: z.literal('gone'), id, kind: z.enum(WINDOW_KINDS) }),
  z.object({ t: z.literal('select'), visitId: id.nullable() }),
  /** The day shown; null is today. */
  z.object({ t: z.literal('day'), day: z.string().max(10).nullable() }),
  /** Opens a visit on the board, wherever that is. */
  z.object({ t: z.literal('open'), visitId: id, day: z.string().max(10).nullable() }),
  /** Goes to a place in the main window. */
  z.object({ t: z.literal('go'), hash: z.string().max(2000).startsWith('#/') }),
  /** A key of the telephone, pressed in a window that answers no calls. */
  z.object({ t: z.literal('phoneKey'), key: z.enum(['answer', 'hangUp', 'hold', 'mute']) }),
  /** Somebody is here: no window locks as idle. */
  z.object({ t: z.literal('alive') }),
])

export type WindowMessage = z.output<typeof windowMessage>
