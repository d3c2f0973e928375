import { all } from '../../shared/domain/kernel/load.ts'
import { phoneExtensionTable } from '../../shared/domain/phone/tables.ts'
import type { Services } from '../core/service.ts'

/** Tells the telephone whose telephones to look at: who is on the phone, and what rings there and could be picked up here. */
export function watchColleagues({ store, phone }: Pick<Services, 'store' | 'phone'>): void {
  const extensions = store.engine.run(all(phoneExtensionTable)).flatMap(({ extension }) => (extension === null ? [] : [extension]))
  phone.send({ kind: 'watch', extensions })
}
