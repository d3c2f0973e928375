import type { Migration } from '../src/main/store/migration.ts'

export const attachments: Migration = {
  version: 3,
  name: 'attachments',
  sql: '',
}
