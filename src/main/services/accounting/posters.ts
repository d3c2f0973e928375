import { all } from '../../../shared/domain/kernel/load.ts'
import { rolesMay } from '../../../shared/domain/people/permissions.ts'
import { userTable } from '../../../shared/domain/people/tables.ts'
import type { Services } from '../../core/service.ts'
import { eq, schema } from '../../store/schema.ts'

/** Who may post what this person prepared: everybody here with the right and a PIN, but them. */
export function postersFor({ store }: Services, preparedBy: string): { userId: string; name: string }[] {
  const { credential } = schema
  const withPin = new Set(store.db.select({ id: credential.id }).from(credential).where(eq(credential.companyId, store.companyId)).all().map((row) => row.id))
  return store.engine
    .run(all(userTable))
    .filter((user) => user.id !== preparedBy && user.presence !== 'left' && withPin.has(user.id) && rolesMay(user.roles, 'batch.post'))
    .map((user) => ({ userId: user.id, name: user.name }))
    .sort((left, right) => left.name.localeCompare(right.name, 'en'))
}
