import { z } from 'zod'
import { WINDOW_KINDS } from '../windows.ts'
import { defineAction } from '../method.ts'

/** Windows are opened by Electron's main process; in a browser the page opens its own. */
export const windowMethods = [
  defineAction({
    name: 'window.show',
    summary: 'Open one of the windows where it stood last, or bring it to the front; in Electron only.',
    permission: 'office.view',
    input: z.strictObject({ kind: z.enum(WINDOW_KINDS) }),
    output: z.object({}),
  }),
  defineAction({
    name: 'window.reopen',
    summary: 'Open the windows that this person had open when Baton was left; in Electron only.',
    permission: 'office.view',
    input: z.strictObject({}),
    output: z.object({}),
  }),
] as const
