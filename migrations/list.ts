import type { Migration } from '../src/main/store/migration.ts'
import { firstStore } from './0001_first_store.ts'
import { effects } from './0002_effects.ts'
import { attachments } from './0003_attachments.ts'
import { callDesk } from './0004_call_desk.ts'
import { scripts } from './0005_scripts.ts'
import { alerts } from './0006_alerts.ts'
import { customers } from './0007_customers.ts'
import { drafts } from './0008_drafts.ts'
import { practice } from './0009_practice.ts'
import { phone } from './0010_phone.ts'
import { leads } from './0011_leads.ts'
import { callsPassedOn } from './0012_calls_passed_on.ts'
import { recordings } from './0013_recordings.ts'
import { callLegs } from './0014_call_legs.ts'
import { voicemails } from './0015_voicemails.ts'

/** Every step in order. A new one is added at the end; what is here is never changed, because it has run somewhere. */
export const MIGRATIONS: readonly Migration[] = [firstStore, effects, attachments, callDesk, scripts, alerts, customers, drafts, practice, phone, leads, callsPassedOn, recordings, callLegs, voicemails]
