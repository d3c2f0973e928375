import type { Migration } from '../src/main/store/migration.ts'
import { firstStore } from './0001_first_store.ts'
import { effects } from './0002_effects.ts'
import { attachments } from './0003_attachments.ts'
import { callDesk } from './0004_call_desk.ts'
import { scripts } from './0005_scripts.ts'
import { practice } from './0009_practice.ts'

const held = (version: number): Migration => ({ version, name: `held-${version}`, sql: 'SELECT 1;' })

/** Every step in order. A new one is added at the end; what is here is never changed, because it has run somewhere. */
export const MIGRATIONS: readonly Migration[] = [firstStore, effects, attachments, callDesk, scripts, held(6), held(7), held(8), practice]
