import { refusedChangeId } from '../../../src/shared/domain/attention/commands.ts'
import { refusedChangeTable } from '../../../src/shared/domain/attention/tables.ts'
import { COMMANDS } from '../../../src/shared/domain/commands.ts'
import { customerTable } from '../../../src/shared/domain/customers/tables.ts'
import type { AnyRow } from '../../../src/shared/domain/kernel/table.ts'
import type { DecidedCommand } from '../../../src/hub/core/hubStore.ts'
import { HUB_DEVICE } from '../../../src/hub/core/ownCommand.ts'
import { foldText } from '../../../src/shared/base/text.ts'
import { sameRow } from '../../../src/main/sync/sameRow.ts'
import { dispatchProblems } from '../properties/dispatch.ts'
import { effectProblems } from '../properties/effects.ts'
import { moneyProblems } from '../properties/money.ts'
import { brokenJobNumbers } from '../properties/numbers.ts'
import { immutableProblems, type Snapshot } from '../properties/posted.ts'
import { ledgerProblems } from '../properties/promises.ts'
import { sentNumberProblems } from './numbers.ts'
import type { SyncOffice } from './office.ts'
import type { RowsAt } from './simulatedHub.ts'
import type { Workstation } from './workstation.ts'

/** The hub once nothing moves any more. */
interface HubAtRest {
  readonly rows: RowsAt
  readonly epoch: string
}

/** How two lists of rows, each by id, differ; empty where they don't. */
function differing(table: Parameters<RowsAt>[0], expected: readonly AnyRow[], found: readonly AnyRow[]): readonly string[] {
  const byId = new Map(found.map((row) => [row.id, row]))
  const problems = expected.flatMap((row) => {
    const other = byId.get(row.id)
    byId.delete(row.id)
    if (!other) return [`${table.name} ${row.id} is missing`]
    return sameRow(table, row, other) ? [] : [`${table.name} ${row.id} differs`]
  })
  return [...problems, ...[...byId.keys()].map((id) => `${table.name} ${id} is too many`)]
}

/** Every replica holds the hub's rows, and its screens show them. */
function replicaProblems(workstation: Workstation, hub: RowsAt): readonly string[] {
  return workstation.tables.flatMap((table) => {
    const stored = workstation.rows(table)
    return [
      ...differing(table, hub(table) as unknown as readonly AnyRow[], stored).map((difference) => `${workstation.device.name} is not as the hub: ${difference}`),
      ...differing(table, stored, workstation.shown.rows(table) as unknown as readonly AnyRow[]).map((difference) => `${workstation.device.name} shows something else than it holds: ${difference}`),
    ]
  })
}

/** What was done here is at the hub, nothing lies on top of it any more, and no row refers to one that is not there. */
function storeProblems({ device, store, replica, tables }: Workstation): readonly string[] {
  const left = store.sync.pending(replica.cursor)
  return [
    ...(left.length === 0 ? [] : [`${left.length} commands still lie on top at ${device.name}, which is at rest`]),
    ...tables.flatMap(({ name }) => (store.brokenReferences(name) === 0 ? [] : [`${device.name}: ${name} refers to what is not there`])),
  ]
}

/** Customers are found by their name on every replica, and nothing is found that is not there. */
function searchProblems(office: SyncOffice, hub: RowsAt): readonly string[] {
  const customers = hub(customerTable)
  const sought = Array.from({ length: Math.min(4, customers.length) }, () => office.random.pick(customers)).filter((customer) => customer !== undefined && foldText(customer.name).trim() !== '')
  const known = new Set(customers.map(({ id }) => id))
  return office.workstations.flatMap(({ device, store }) =>
    sought.flatMap((customer) => {
      if (!customer) return []
      const found = store.search.byWords(customer.name, 10_000).filter(({ kind }) => kind === 'customer')
      return [
        ...(found.some(({ id }) => id === customer.id) ? [] : [`${device.name} does not find the customer ${customer.name} ${customer.id}`]),
        ...found.filter(({ id }) => !known.has(id)).map(({ id }) => `${device.name} finds a customer ${id} who is not there`),
      ]
    }),
  )
}

/** Every command is known once, in its workstation's order, and none that was acknowledged is lost. */
function logProblems(office: SyncOffice, epoch: string): readonly string[] {
  const problems: string[] = []
  const outcomes = new Map<string, string>()
  const places = new Map<string, number>()
  let seq = 0
  for (const { entry } of office.hub.written) {
    const { commandId, deviceId, wsSeq, name, outcome } = entry
    if (outcomes.has(commandId)) problems.push(`the hub did ${name} ${commandId} twice`)
    outcomes.set(commandId, outcome)
    if (entry.seq !== seq + 1) problems.push(`the feed goes from ${seq} to ${entry.seq}`)
    seq = entry.seq
    // The hub has no order of its own beside the feed's.
    const before = deviceId === HUB_DEVICE ? seq - 1 : (places.get(deviceId) ?? 0)
    if (wsSeq !== before + 1) problems.push(`the hub took place ${wsSeq} of a workstation after ${before}`)
    places.set(deviceId, wsSeq)
    if (seq > (office.revoked.get(deviceId) ?? Number.POSITIVE_INFINITY)) problems.push(`the hub took ${name} from a workstation which is revoked`)
    if (outcome === 'refused' && COMMANDS.get(name)?.kind === 'fact') problems.push(`the hub refused a fact: ${name} ${commandId}`)
  }
  for (const [id, { name, workstation, outcome, decidedAnew }] of office.fates) {
    const kept = outcomes.get(id)
    if (outcome !== null && (decidedAnew ? kept === undefined : kept !== outcome)) problems.push(`${name} ${id} was acknowledged as ${outcome} and is ${kept ?? 'lost'}`)
    if (kept === undefined && workstation.status === 'working') problems.push(`${name} ${id} never came to the hub`)
  }
  return [...problems, ...office.outside.problems(outcomes, epoch)]
}

/** Of two copies of one data folder that both were worked on, only one goes on. */
function copyProblems({ workstations }: SyncOffice): readonly string[] {
  return workstations.flatMap((one, index) =>
    workstations.slice(index + 1).flatMap((other) => {
      if (one.device.id !== other.device.id) return []
      const [ids, others] = [one, other].map(({ store }) => store.journal.after(0, 1_000_000).map(({ id }) => id))
      return ids?.every((id, place) => others?.[place] === undefined || others[place] === id) === true ? [] : [`two copies of ${one.device.name} are at work`]
    }),
  )
}

/** What could not stand is kept for a person, whole, unless somebody was waiting for the answer. */
function keptProblems(written: readonly DecidedCommand[], hub: RowsAt): readonly string[] {
  const kept = new Map(hub(refusedChangeTable).map((row) => [row.id, row]))
  return written.flatMap(({ command, refusal, entry }) => {
    const expected = entry.outcome === 'accepted' ? (refusal ? 'flagged' : null) : entry.outcome
    if (expected === null || (expected === 'refused' && command.awaited)) return []
    const row = kept.get(refusedChangeId(command.id))
    return row?.kind === expected ? [] : [`${command.name} ${command.id} is ${expected}, and nobody is told (${row?.kind ?? 'no refused change'})`]
  })
}

/** Everything that must be true once the office has come to rest; empty when all of it is so. */
export function officeProblems(office: SyncOffice, { rows: hub, epoch }: HubAtRest, posted: Snapshot): readonly string[] {
  return [
    ...office.workstations.flatMap((workstation) => [...replicaProblems(workstation, hub), ...storeProblems(workstation)]),
    ...logProblems(office, epoch),
    ...copyProblems(office),
    ...office.restores.problems(office.hub.written),
    ...keptProblems(office.hub.written, hub),
    ...sentNumberProblems(office.hub.written),
    ...searchProblems(office, hub),
    ...ledgerProblems(hub),
    ...moneyProblems(hub),
    ...brokenJobNumbers(hub),
    ...dispatchProblems(hub),
    ...effectProblems(office.hub.written.map(({ entry }) => entry)),
    ...immutableProblems(posted, hub),
  ]
}
