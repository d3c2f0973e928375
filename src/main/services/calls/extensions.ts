import { all, get, getIf } from '../../../shared/domain/kernel/load.ts'
import { userTable } from '../../../shared/domain/people/tables.ts'
import { phoneExtensionTable } from '../../../shared/domain/phone/tables.ts'
import type { Services } from '../../core/service.ts'
import type { Target } from '../../phone/port.ts'

/** How a colleague’s telephone is dialled; null where the office has not said it. */
export function extensionOf({ store }: Services, userId: string): string | null {
  return store.engine.run(get(phoneExtensionTable, userId))?.extension ?? null
}

/** Whoever is at one of our own telephones, in words: `Kim Ode`, or `Extension 111` where the office has not said whose it is. */
export function whoIsAt({ store: { engine } }: Pick<Services, 'store'>, extension: string): string {
  const whose = engine.run(all(phoneExtensionTable)).find((row) => row.extension === extension)
  return engine.run(getIf(userTable, whose?.userId))?.name ?? `Extension ${extension}`
}

/** Where a caller goes, as the telephone needs it said. */
export function targetOf(services: Services, to: { readonly toUserId: string | null; readonly toNumber: string | null }): Target {
  return to.toUserId === null ? { kind: 'number', number: to.toNumber ?? '' } : { kind: 'colleague', agentId: to.toUserId, extension: extensionOf(services, to.toUserId) }
}
