import type { Migration } from '../src/main/store/migration.ts'

export const callDesk: Migration = {
  version: 4,
  name: 'call_desk',
  sql: '',
}
