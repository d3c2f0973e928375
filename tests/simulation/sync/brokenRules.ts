import type { DecidedCommand, HubBatch, HubDevice, HubStore, HubTransaction, StagedCommand } from '../../../src/hub/core/hubStore.ts'
import { derivedId } from '../../../src/shared/base/id.ts'
import { refusedChangeTable } from '../../../src/shared/domain/attention/tables.ts'
import { ledgerEntryTable } from '../../../src/shared/domain/accounting/tables.ts'
import { effectTable } from '../../../src/shared/domain/effects/tables.ts'
import type { Store } from '../../../src/main/store/store.ts'
import { assignmentTable } from '../../../src/shared/domain/dispatch/tables.ts'
import type { NetChange } from '../../../src/shared/domain/kernel/changes.ts'
import type { LoadAnswer, LoadRequest } from '../../../src/shared/domain/kernel/load.ts'
import type { AnyRow, Table } from '../../../src/shared/domain/kernel/table.ts'
import { invoiceTable } from '../../../src/shared/domain/invoices/tables.ts'
import { paymentTable } from '../../../src/shared/domain/payments/tables.ts'
import { promiseTable } from '../../../src/shared/domain/promises/tables.ts'
import type { FeedRow, Page } from '../../../src/shared/sync/protocol.ts'
import type { BrokenRule } from './brokenRule.ts'
import { overriding } from './overriding.ts'

/** A hub store whose transactions are not what they should be. */
function withTransactions(change: (transaction: HubTransaction) => HubTransaction): (inner: HubStore) => HubStore {
  return (inner) => overriding(inner, { change: (companyId, body) => inner.change(companyId, (transaction) => body(change(transaction))) })
}

/** A hub store that writes something else than was decided, in the rows as in the feed. */
function writing(other: (changes: readonly NetChange[], invoices: LoadAnswer) => readonly NetChange[]): (inner: HubStore) => HubStore {
  const rowsOf = (changes: readonly NetChange[]): readonly FeedRow[] => changes.map(({ table, id, after }) => [table.name, id, after])
  return withTransactions((transaction) =>
    overriding(transaction, {
      commit: async (batch: HubBatch) => {
        const changes = other(batch.changes, await transaction.answer({ kind: 'all', table: invoiceTable }))
        const [gone, added] = [batch.changes.filter((change) => !changes.includes(change)), changes.filter((change) => !batch.changes.includes(change))]
        const isGone = ([table, id]: FeedRow): boolean => gone.some((change) => change.table.name === table && change.id === id)
        const last = batch.decided.at(-1)
        const decided = batch.decided.map((one): DecidedCommand => {
          const rows = one.entry.rows.filter((row) => !isGone(row))
          return { ...one, entry: { ...one.entry, rows: one === last ? [...rows, ...rowsOf(added)] : rows } }
        })
        return transaction.commit({ ...batch, decided, changes })
      },
    }),
  )
}

function without(fits: (change: NetChange) => boolean): (inner: HubStore) => HubStore {
  return writing((changes) => changes.filter((change) => !fits(change)))
}

function answering(other: (request: LoadRequest, answer: LoadAnswer) => LoadAnswer): (inner: HubStore) => HubStore {
  return withTransactions((transaction) => overriding(transaction, { answer: async (request) => other(request, await transaction.answer(request)) }))
}

/** Every so many times one is given something else. */
function everyNth<T>(nth: number, other: (value: T) => T): (value: T) => T {
  let count = 0
  return (value) => (++count % nth === 0 ? other(value) : value)
}

const isOpen = (row: AnyRow | null): boolean => row?.['state'] === 'open'

/** Takes a command that came before for a new one, and does it again. */
function forgetful(inner: HubStore): HubStore {
  return overriding(inner, {
    change: (companyId, body) =>
      inner.change(companyId, (transaction) =>
        body(overriding(transaction, {
          known: () => Promise.resolve(new Map()),
          // Where the order is not looked at either, nothing else keeps the second one out.
          device: async (id) => {
            const device = await transaction.device(id)
            return device && { ...device, lastWsSeq: Math.max(0, device.lastWsSeq - 1) }
          },
        })),
      ),
  })
}

/** The hub decides on rows as they were a while ago. */
function stale(inner: HubStore): HubStore {
  const remembered = new Map<string, LoadAnswer>()
  let reads = 0
  const key = ({ table, ...request }: LoadRequest): string => `${table.name} ${JSON.stringify(request)}`
  return answering((request, answer) => {
    if (++reads % 2_000 === 0) remembered.clear()
    const known = remembered.get(key(request))
    if (known) return known
    remembered.set(key(request), answer)
    return answer
  })(inner)
}

/** The same places, and in each the command of its opposite. */
function inPlaces(staged: readonly StagedCommand[]): readonly StagedCommand[] {
  const places = staged.map(({ command }) => command.formerSeq)
  return staged.toReversed().map((one, index) => ({ ...one, command: { ...one.command, formerSeq: places[index] ?? null } }))
}

const changeOf = (table: Table, row: AnyRow, id: string): NetChange => ({ table, id, before: null, after: { ...row, id } })

const dropsAnEntry = (page: Page): Page => ({ ...page, entries: page.entries.filter((entry) => entry.rows.length === 0 || entry.seq % 7 !== 0) })

/** A transaction that keeps what was written before the disk was gone. */
function keepingHalf<T extends Store['transaction']>(transaction: T): T {
  return ((body: () => unknown) => {
    let fallen: unknown = null
    const result = transaction(() => {
      try {
        return body()
      } catch (error) {
        if ((error as { code?: unknown }).code !== 'SQLITE_IOERR_WRITE') throw error
        fallen = error
        return undefined
      }
    })
    if (fallen !== null) throw fallen
    return result
  }) as T
}

/** Each invariant's rule, broken in turn. */
export const BROKEN_RULES: readonly BrokenRule[] = [
  { name: 'the hub does a command again that came twice', noticedAs: /twice|after \d+$|took place|never came|for a copy/, hub: forgetful },
  {
    name: 'the hub forgets how far a workstation has come',
    noticedAs: /gap|for a copy|come to rest/,
    hub: withTransactions((transaction) => overriding(transaction, { device: async (id) => { const device = await transaction.device(id); return device && { ...device, lastWsSeq: 0 } } })),
  },
  { name: 'the hub decides on rows as they were', noticedAs: /overlap|differ|promise|is off by|the ledger|says|number|changed while|not its/, hub: stale },
  {
    name: 'the hub does not look for overlaps',
    // Five workstations: somebody has to give the same technician the same time while another does.
    from: 71,
    every: 6,
    noticedAs: / overlap/,
    hub: answering((request, answer) => (request.table.name === assignmentTable.name && request.kind === 'range' && request.index !== 'byAppointment' ? [] : answer)),
  },
  {
    name: 'the hub gives the word to begin what has begun',
    noticedAs: /is begun twice|is performed twice/,
    hub: answering((request, answer) => (request.table.name === effectTable.name && request.kind === 'get' ? answer.map((row) => (row['state'] === 'running' ? { ...row, state: 'waiting', attempt: Number(row['attempt']) - 1 } : row)) : answer)),
  },
  { name: 'a page lacks a command', noticedAs: /is not as the hub|FOREIGN KEY/, page: dropsAnEntry },
  {
    name: 'the hub says it has a command and keeps nothing of it',
    noticedAs: /is lost|never came|gap|FOREIGN KEY/,
    hub: (inner) => {
      let commits = 0
      return withTransactions((transaction) => overriding(transaction, { commit: (batch) => (++commits % 6 === 0 ? Promise.resolve() : transaction.commit(batch)) }))(inner)
    },
  },
  {
    name: 'the hub says something else when it is asked again',
    noticedAs: /changed its word|was acknowledged as/,
    acknowledged: everyNth(9, (acknowledged) => acknowledged.map((word) => ({ ...word, outcome: word.outcome === 'accepted' ? ('refused' as const) : ('accepted' as const) }))),
  },
  {
    name: 'a replica forgets what was acknowledged and has not come back',
    noticedAs: /differs between|is not as the hub/,
    workstation: ({ sync }) => {
      const pending = sync.pending.bind(sync)
      sync.pending = (cursor) => pending(cursor).filter((command) => sync.find(command.id)?.hubSeq === null)
    },
  },
  {
    name: 'what is pending is taken back in the wrong order',
    noticedAs: /is not as the hub|differs between|FOREIGN KEY/,
    workstation: ({ sync }) => {
      const pending = sync.pending.bind(sync)
      sync.pending = (cursor) => pending(cursor).toReversed()
    },
  },
  {
    name: 'a command is not run again where it read what has changed',
    noticedAs: /differs between/,
    closely: true,
    effect: (effect) => ({ ...effect, reads: [] }),
  },
  {
    name: 'a fall in the middle of a page leaves half of it',
    noticedAs: /after a fall within a page|is not as the hub|shows something else/,
    workstation: (store) => {
      store.transaction = keepingHalf(store.transaction.bind(store))
      store.fetchedTransaction = keepingHalf(store.fetchedTransaction.bind(store))
    },
  },
  { name: 'screens do not hear of what came in', noticedAs: /shows something else/, untold: true },
  {
    name: 'what comes in is not entered for the search',
    noticedAs: /does not find|who is not there/,
    workstation: ({ search }) => {
      search.apply = () => undefined
    },
  },
  { name: 'a promise stays open that is kept', noticedAs: /should be closed/, hub: without(({ table, before, after }) => table.name === promiseTable.name && isOpen(before) && !isOpen(after)) },
  {
    name: 'a promise is with somebody else than its holder',
    noticedAs: /not with its holder/,
    hub: writing((changes) => changes.map((change) => (change.table.name === promiseTable.name && change.after && isOpen(change.after) ? { ...change, after: { ...change.after, holderUserId: null, holderRole: change.after['holderRole'] === 'owner' ? 'dispatcher' : 'owner' } } : change))),
  },
  {
    name: 'an entry of the ledger is written twice',
    noticedAs: /is off by|the ledger/,
    hub: writing((changes) => [...changes, ...changes.flatMap(({ table, id, after }) => (table.name === ledgerEntryTable.name && after ? [changeOf(table, after, derivedId('doubled', id))] : []))]),
  },
  {
    name: 'money that was taken is not written',
    noticedAs: /the ledger|the payments/,
    hub: without(({ table, before }) => table.name === paymentTable.name && before === null),
  },
  {
    name: 'a posted invoice is changed',
    from: 22,
    noticedAs: /changed while its batch is posted/,
    hub: (inner) => {
      let commits = 0
      return writing((changes, invoices) => {
        const posted = ++commits % 5 === 0 ? invoices.find((invoice) => invoice['posted'] === true && !changes.some(({ id }) => id === invoice.id)) : undefined
        return posted ? [...changes, { table: invoiceTable, id: posted.id, before: posted, after: { ...posted, day: '2026-01-02' } }] : changes
      })(inner)
    },
  },
  {
    name: 'a number is given twice',
    noticedAs: /number \d+ of the series .* follows \d+/,
    workstation: ({ journal }) => {
      const nextNumber = journal.nextNumber.bind(journal)
      const last = new Map<string, string>()
      let given = 0
      journal.nextNumber = (kind) => {
        const number = nextNumber(kind)
        const again = ++given % 9 === 0 ? (last.get(kind) ?? number) : number
        last.set(kind, again)
        return again
      }
    },
  },
  { name: 'a change that could not stand is kept for nobody', noticedAs: /and nobody is told/, hub: without(({ table }) => table.name === refusedChangeTable.name) },
  {
    name: 'a restored hub forgets some of what it is given back',
    from: 32,
    noticedAs: /the restored hub has/,
    hub: withTransactions((transaction) => overriding(transaction, { stage: (deviceId, commands) => transaction.stage(deviceId, commands.filter(({ wsSeq }) => wsSeq % 3 !== 0)) })),
  },
  {
    name: 'a restored hub does again in another order what it forgot',
    from: 39,
    noticedAs: /the restored hub has/,
    hub: withTransactions((transaction) => overriding(transaction, { staged: async (limit) => inPlaces(await transaction.staged(limit)) })),
  },
  {
    name: 'a workstation gives a restored hub nothing back',
    noticedAs: /the restored hub has|is lost|never came/,
    workstation: ({ sync }) => {
      sync.reopenAfter = () => undefined
    },
  },
  {
    name: 'what the hub does not have stays after a snapshot',
    noticedAs: /is too many/,
    workstation: ({ engine }) => {
      engine.page = () => []
    },
  },
  {
    name: 'a revoked workstation is heard',
    from: 14,
    noticedAs: /which is revoked/,
    hub: (inner) => {
      const heard = (device: HubDevice | undefined): HubDevice | undefined => device && { ...device, revokedAt: null }
      const hearing = withTransactions((transaction) => overriding(transaction, { device: async (id) => heard(await transaction.device(id)) }))(inner)
      return overriding(hearing, { device: async (companyId, id) => heard(await inner.device(companyId, id)) })
    },
  },
]
