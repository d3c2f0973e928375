import type { OutputOf } from '../../api/types.ts'

/** An enrolled workstation as the list shows it. */
export type Device = OutputOf<'hub.devices'>[number] & { readonly id: string }
