import { refusedChangeId } from '../../../src/shared/domain/attention/commands.ts'
import { COMMANDS } from '../../../src/shared/domain/commands.ts'
import { verifyHub } from '../../../src/hub/verify/verify.ts'
import { runSql } from '../../support/postgres.ts'
import type { Desk } from './deskProcess.ts'
import type { FaultOffice } from './faultOffice.ts'

/** The rows of which each of these commands, and no other, adds exactly one. What is noted of a job is its history. */
const ADDS_A_ROW: Readonly<Record<string, string>> = { 'job.book': 'job', 'note.add': "note WHERE subject_kind = 'customer'", 'payment.record': 'payment' }

interface KnownCommand {
  readonly command_id: string
  readonly name: string
  readonly outcome: string
}

export interface Verdict {
  /** Sentences; empty where all is as it must be. */
  readonly problems: readonly string[]
  /** Commands that a person was told are saved. */
  readonly saved: number
  /** Of those, refused at the hub and kept for a person. */
  readonly refused: number
}

async function knownCommands(url: string): Promise<readonly KnownCommand[]> {
  return (await runSql(url, 'SELECT f.command_id, f.name, f.outcome FROM change_feed f UNION ALL SELECT c.command_id, NULL, c.outcome FROM hub_command c WHERE NOT EXISTS (SELECT 1 FROM change_feed f WHERE f.command_id = c.command_id)')) as unknown as readonly KnownCommand[]
}

/** Each command that somebody was told is saved is known to the hub once, done once, and kept for a person where it could not stand. */
async function lostOrDoubled(url: string, desks: readonly Desk[]): Promise<{ readonly problems: readonly string[]; readonly refused: number }> {
  const problems: string[] = []
  const known = await knownCommands(url)
  const outcomes = new Map(known.map(({ command_id: id, outcome }) => [id, outcome]))
  if (outcomes.size !== known.length) problems.push(`${known.length - outcomes.size} commands are in the feed twice`)
  const kept = new Set((await runSql(url, 'SELECT id FROM refused_change')).map(({ id }) => id))
  let refused = 0
  for (const [id, name] of desks.flatMap(({ saved }) => [...saved])) {
    const outcome = outcomes.get(id)
    if (outcome === undefined) problems.push(`${name} ${id} was saved and is lost`)
    if (outcome !== 'refused') continue
    refused += 1
    if (COMMANDS.get(name)?.kind === 'fact') problems.push(`${name} ${id} is a fact and was refused`)
    if (!kept.has(refusedChangeId(id))) problems.push(`${name} ${id} was refused and nobody is told`)
  }
  for (const [name, added] of Object.entries(ADDS_A_ROW)) {
    const accepted = known.filter((command) => command.name === name && command.outcome === 'accepted').length
    const rows = Number((await runSql(url, `SELECT count(*) FROM ${added}`))[0]?.['count'])
    if (rows !== accepted) problems.push(`${accepted} times ${name} made ${rows} rows`)
  }
  return { problems, refused }
}

/** Every replica is as the hub is, and has nothing left to say. */
async function unequal(url: string, desks: readonly Desk[]): Promise<readonly string[]> {
  const { companies } = await verifyHub(url)
  const [company] = companies
  if (!company || companies.length !== 1) return [`the hub has ${companies.length} companies`]
  const problems = company.problems.map((problem) => `the hub: ${problem}`)
  for (const [index, desk] of desks.entries()) {
    const report = await desk.ask('report', null)
    problems.push(...report.problems.map((problem) => `workstation ${index}: ${problem}`))
    if (report.unsent > 0 || report.pending > 0) problems.push(`workstation ${index} has ${report.unsent} unsent and ${report.pending} pending`)
    if (report.cursor !== company.seq || report.epoch !== company.epoch) problems.push(`workstation ${index} stands at ${report.cursor} of ${report.epoch}, the hub at ${company.seq} of ${company.epoch}`)
    for (const [table, sum] of Object.entries(company.checksums)) {
      const own = report.checksums[table]
      if (own?.rows !== sum.rows || own.sum !== sum.sum) problems.push(`workstation ${index}: ${table} differs from the hub\u2019s (${own?.rows} rows, ${sum.rows} there)`)
    }
  }
  return problems
}

/** What is wrong with an office that has settled. @param desks those that are in step; whoever was told something counts in any case */
export async function verdictOn(office: FaultOffice, desks: readonly Desk[] = office.desks): Promise<Verdict> {
  const url = office.hub.databaseUrl
  const { problems, refused } = await lostOrDoubled(url, office.desks)
  return { problems: [...problems, ...(await unequal(url, desks))], saved: office.desks.reduce((sum, { saved }) => sum + saved.size, 0), refused }
}
