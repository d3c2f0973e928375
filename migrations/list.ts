import type { Migration } from '../src/main/store/migration.ts'
import { firstStore } from './0001_first_store.ts'
import { effects } from './0002_effects.ts'
import { attachments } from './0003_attachments.ts'
import { callDesk } from './0004_call_desk.ts'
import { drafts } from './0008_drafts.ts'

/** Numbers that others of this release take; replaced by theirs when the branches are brought together. */
const kept = (version: number): Migration => ({ version, name: 'kept', sql: '' })

/** Every step in order. A new one is added at the end; what is here is never changed, because it has run somewhere. */
export const MIGRATIONS: readonly Migration[] = [firstStore, effects, attachments, callDesk, kept(5), kept(6), kept(7), drafts]
