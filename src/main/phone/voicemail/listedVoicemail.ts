import { range } from '../../../shared/domain/kernel/load.ts'
import { callTable } from '../../../shared/domain/calls/tables.ts'
import type { Services } from '../../core/service.ts'
import type { CallIdentity, Voicemail } from '../port.ts'

/**
 * The call that a voicemail was told of. One from the telephone system's list may have been told before Baton last closed, with
 * the call that rang: then it is that call's, and nobody is owed two calls back for it.
 */
export function callOfListed({ store }: Pick<Services, 'store'>, call: CallIdentity, { listed, recording }: Voicemail): CallIdentity {
  if (!listed || recording === null || call.fromNumber === null) return call
  const told = store.engine.run(range(callTable, 'byNumber', [call.fromNumber])).find(({ direction, voicemailRecording }) => direction === 'in' && voicemailRecording === recording)
  if (!told) return call
  const { externalId, lineName, lineNumber, fromNumber, offeredAt, practice } = told
  return { externalId, direction: 'in', lineName, lineNumber, fromNumber, offeredAt, practice }
}
