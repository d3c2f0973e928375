import { all } from '../../../shared/domain/kernel/load.ts'
import { phoneLineTable } from '../../../shared/domain/phone/tables.ts'
import type { Services } from '../../core/service.ts'
import { ownEnd } from '../callReports.ts'
import { lineOf } from '../officeLines.ts'
import type { CallIdentity } from '../port.ts'
import type { RecordingRule } from './recordingDesk.ts'

const USUAL_SENTENCE = 'This call is recorded. Is that all right with you?'

/**
 * Whether a call is recorded, and how whoever is at the other end is told. Colleagues and the voicemail box are never recorded.
 * A call that goes out came over no line, and no telephone system has told them anything: it is read to them, and begins by
 * itself only where every line of the office does.
 */
export function recordingRule(services: Pick<Services, 'store'>, call: CallIdentity): RecordingRule {
  if (ownEnd(call) !== null) return { mode: 'never', consent: 'read', sentence: USUAL_SENTENCE }
  const dialled = lineOf(services, call.lineNumber)
  const usual = { mode: 'onRequest', consent: 'read', sentence: USUAL_SENTENCE } as const
  if (dialled) {
    const { recordMode, consentBy, consentText } = dialled
    const consent = consentBy === 'system' && call.direction === 'out' ? 'read' : consentBy
    return { mode: recordMode ?? usual.mode, consent: consent ?? usual.consent, sentence: consentText === '' ? usual.sentence : consentText }
  }
  if (call.direction === 'in') return usual
  const [first, ...others] = services.store.engine.run(all(phoneLineTable)).filter(({ active }) => active)
  if (!first) return usual
  const mode = others.every(({ recordMode }) => recordMode === first.recordMode) ? first.recordMode : null
  return { ...usual, mode: mode ?? usual.mode, sentence: first.consentText === '' ? usual.sentence : first.consentText }
}
