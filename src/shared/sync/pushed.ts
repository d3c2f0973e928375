import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { canonicalJson } from '../base/canonicalJson.ts'
import type { CommandEnvelope, NumberKind } from '../domain/kernel/command.ts'
import type { PushedCommand } from './protocol.ts'

/** What the hash covers: the command as it was run, not how it travels. */
type Hashed = Omit<PushedCommand, 'hash' | 'awaited' | 'formerSeq' | 'wsSeq'>

/** The hash of a command, which no resending and no renumbering changes. */
export function commandHash({ id, name, version, at, actorId, operationId, numbers, input }: Hashed): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson({ id, name, version, at, actorId, operationId, numbers, input }))))
}

/** The command as the hub runs it: on behalf of the device that sent it. */
export function envelopeOf(pushed: PushedCommand, by: { readonly companyId: string; readonly deviceId: string }): CommandEnvelope {
  const { id, name, version, at, actorId, operationId, input } = pushed
  return { id, name, version, at, actorId, operationId, input, numbers: pushed.numbers as Readonly<Partial<Record<NumberKind, string>>>, ...by }
}
