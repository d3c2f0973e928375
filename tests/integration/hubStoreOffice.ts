import { derivedId, newId } from '../../src/shared/base/id.ts'
import { COMMANDS } from '../../src/shared/domain/commands.ts'
import type { CommandEnvelope } from '../../src/shared/domain/kernel/command.ts'
import { execute } from '../../src/shared/domain/kernel/execute.ts'
import type { MemoryEngine } from '../../src/shared/domain/kernel/memoryEngine.ts'
import { CLEARANCES } from '../../src/shared/domain/kernel/table.ts'
import { TABLES } from '../../src/shared/domain/tables.ts'
import type { FeedRow, PushedCommand } from '../../src/shared/sync/protocol.ts'
import { commandHash } from '../../src/shared/sync/pushed.ts'
import type { HubAdmin } from '../../src/hub/core/hubAdmin.ts'
import { type OpenHubStore, openHubStore } from '../../src/hub/store/openHubStore.ts'
import type { DatabaseTemplate, SharedPostgres } from '../support/postgres.ts'

/** The hub's tables, made once for all tests of a file. */
const EMPTY_HUB: DatabaseTemplate = {
  name: 'empty_hub',
  prepare: async (url) => (await openHubStore(url)).close(),
}

export interface TestHub extends OpenHubStore {
  readonly url: string
}

export async function openTestHub(postgres: SharedPostgres): Promise<TestHub> {
  const url = await postgres.database(EMPTY_HUB)
  return { url, ...(await openHubStore(url, { connections: 8 })) }
}

export function rowsIn(engine: MemoryEngine): readonly FeedRow[] {
  return TABLES.flatMap((table) => engine.rows(table).map((row): FeedRow => [table.name, row.id, row as never]))
}

const EVERY_CLEARANCE = [...CLEARANCES]

/** Founds a company as its first workstation does, and enrols others. */
export async function foundCompany(admin: HubAdmin, companyId: string, rows: readonly FeedRow[], deviceIds: readonly string[]): Promise<string> {
  const [founder = '', ...others] = deviceIds
  const device = { publicKey: 'key', version: 'test', companyId }
  const { secret } = await admin.makeCode({ companyId: null, clearances: EVERY_CLEARANCE, seconds: 600, createdBy: null })
  const enrolled = await admin.enrol({ ...device, secret, deviceId: founder, name: 'Front desk' })
  if (enrolled.kind !== 'enrolled') throw new Error(enrolled.kind)
  for (let at = 0; at < rows.length; at += 500) await admin.foundRows(companyId, at / 500, rows.slice(at, at + 500))
  const end = await admin.foundingDone(companyId, founder, { lastWsSeq: 0, rows: rows.length })
  if (end.kind !== 'done') throw new Error(JSON.stringify(end))
  for (const [index, deviceId] of others.entries()) {
    const code = await admin.makeCode({ companyId, clearances: EVERY_CLEARANCE, seconds: 600, createdBy: null })
    const joined = await admin.enrol({ ...device, secret: code.secret, deviceId, name: `Desk ${index + 2}` })
    if (joined.kind !== 'enrolled') throw new Error(joined.kind)
  }
  return enrolled.epoch
}

type Given = Pick<CommandEnvelope, 'name' | 'input' | 'actorId'> & Partial<CommandEnvelope>

/** One workstation's commands as they go up. */
export class TestDevice {
  readonly id: string
  #wsSeq = 0

  constructor(label: string, id = derivedId('test-device', label)) {
    this.id = id
  }

  /** The last command was not taken: its place is free again. */
  takeBack(): void {
    this.#wsSeq -= 1
  }

  pushed({ name, input, actorId, id = derivedId(this.id, String(this.#wsSeq + 1)), version = 1, at = Date.UTC(2026, 6, 14, 13), operationId = null, numbers = {} }: Given): PushedCommand {
    const body = { id, name, version, at, actorId, operationId, numbers: { ...numbers } as Record<string, string>, input: JSON.parse(JSON.stringify(input)) as unknown }
    this.#wsSeq += 1
    return { ...body, wsSeq: this.#wsSeq, hash: commandHash(body), awaited: false, formerSeq: null }
  }
}

/** Runs commands in memory as their origin did. @returns what became of the last one */
export function playedOffice(engine: MemoryEngine, given: readonly (Given & { readonly companyId: string })[]): { readonly kind: string } {
  let kind = 'accepted'
  for (const { name, input, actorId, companyId, ...more } of given) {
    const command = COMMANDS.get(name)
    if (!command) throw new Error(`No command is named ${name}`)
    const envelope: CommandEnvelope = { id: newId(), version: command.version, at: Date.UTC(2026, 6, 14, 13), deviceId: 'played', operationId: null, numbers: { customer: '1', job: '1' }, ...more, name, actorId, companyId, input: command.input.parse(input) }
    const execution = engine.run(execute(command, envelope, 'hub'))
    ;({ kind } = execution)
    if (execution.kind === 'accepted') engine.apply(execution.changes)
  }
  return { kind }
}
