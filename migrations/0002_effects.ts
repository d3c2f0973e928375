import type { Migration } from '../src/main/store/migration.ts'

export const effects: Migration = {
  version: 2,
  name: 'effects',
  sql: '',
}
