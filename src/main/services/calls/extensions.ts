import { get } from '../../../shared/domain/kernel/load.ts'
import { phoneExtensionTable } from '../../../shared/domain/phone/tables.ts'
import type { Services } from '../../core/service.ts'
import type { Target } from '../../phone/port.ts'

/** How a colleague’s telephone is dialled; null where the office has not said it. */
export function extensionOf({ store }: Services, userId: string): string | null {
  return store.engine.run(get(phoneExtensionTable, userId))?.extension ?? null
}

/** Where a caller goes, as the telephone needs it said. */
export function targetOf(services: Services, to: { readonly toUserId: string | null; readonly toNumber: string | null }): Target {
  return to.toUserId === null ? { kind: 'number', number: to.toNumber ?? '' } : { kind: 'colleague', agentId: to.toUserId, extension: extensionOf(services, to.toUserId) }
}
