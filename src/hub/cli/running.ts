import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { Sentence } from './sentence.ts'

/**
 * What a hub leaves in its folder for the other verbs: where workstations reach it, and its database. It stays when the
 * hub ends, because a code can also be made while it does not run. For the hub's user only: the database's address holds
 * its password.
 */
const shape = z.object({ address: z.string(), fingerprint: z.string().nullable(), databaseUrl: z.string() })

export type LastHub = z.output<typeof shape>

const fileIn = (data: string): string => join(data, 'hub.json')

/** Makes the hub's folder for its user only; root's PostgreSQL runs as another user, who passes through it. @throws Sentence */
export function makeDataFolder(data: string): void {
  const mode = process.getuid?.() === 0 ? 0o711 : 0o700
  try {
    if (mkdirSync(data, { recursive: true, mode }) !== undefined) chmodSync(data, mode)
  } catch (error) {
    throw new Sentence(`The hub can\u2019t make its folder ${data} (${(error as NodeJS.ErrnoException).code}). It was not started. Choose another with --data, or ask for the right to write there.`)
  }
}

export function noteHub(data: string, hub: LastHub): void {
  const file = fileIn(data)
  writeFileSync(`${file}.new`, JSON.stringify(hub), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

export function readLastHub(data: string): LastHub | undefined {
  try {
    return shape.safeParse(JSON.parse(readFileSync(fileIn(data), 'utf8'))).data
  } catch {
    return undefined
  }
}
