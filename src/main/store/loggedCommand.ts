import type { CommandEnvelope } from '../../shared/domain/kernel/command.ts'

/** An accepted command as it was logged. */
export interface LoggedCommand extends Omit<CommandEnvelope, 'companyId' | 'deviceId'> {
  /** Its place in this journal. */
  readonly seq: number
  /** It waits for the hub's word and has no effect before. */
  readonly awaited: boolean
  /** Its place in the hub's feed; null until the hub has it. */
  readonly hubSeq: number | null
}

/** As the table `command_log`, named `l`, is read for it. */
export const LOGGED_COLUMNS = 'l.seq, l.id, l.name, l.version, l.at, l.actor_id AS actorId, l.operation_id AS operationId, l.numbers, l.input, l.awaited, l.hub_seq AS hubSeq'

type Stored = Omit<LoggedCommand, 'numbers' | 'input' | 'awaited'> & { readonly numbers: string; readonly input: string; readonly awaited: number }

/** @param row of a statement that selects `LOGGED_COLUMNS` */
export function readLogged(row: unknown): LoggedCommand {
  const stored = row as Stored
  return { ...stored, numbers: JSON.parse(stored.numbers) as LoggedCommand['numbers'], input: JSON.parse(stored.input) as unknown, awaited: stored.awaited === 1 }
}
