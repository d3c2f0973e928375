import { fileURLToPath } from 'node:url'
import type { CompanyRows } from './company.ts'
import type { HubUnderTest } from './hubUnderTest.ts'
import type { Pouch } from './pouch.ts'
import { type Child, startChild } from './processes/child.ts'

export const AREA = 'sync'
export const PEER = 'PouchDB'

/** What the scenes share: one hub with a company of 20,000 rows, and the peer where it is there. */
export interface Scene {
  readonly hub: HubUnderTest
  readonly company: CompanyRows
  readonly pouch: Pouch | null
  /** A folder that does not exist yet. */
  folder(name: string): string
}

export function startDesk(): Child {
  return startChild(fileURLToPath(new URL('processes/desk.ts', import.meta.url)))
}

export function startListeners(): Child {
  return startChild(fileURLToPath(new URL('processes/listeners.ts', import.meta.url)))
}

/** A workstation that has joined the company. */
export async function joinedDesk({ hub, company, folder }: Scene, name: string): Promise<{ readonly desk: Child; readonly joined: Joined }> {
  const desk = startDesk()
  await desk.ask('open', { directory: folder(name) })
  const joined = await desk.ask<Joined>('join', { code: await hub.code(company.companyId), name })
  return { desk, joined }
}

/** Milliseconds from the code to a usable day, and until everything is in and can be found. */
export interface Joined {
  readonly usable: number
  readonly all: number
  readonly rows: number
}

/** Commands that a desk gave: when it had committed each, and the rows that each changed. */
export type Done = readonly { readonly commandId: string; readonly at: number; readonly rows: readonly object[] }[]
