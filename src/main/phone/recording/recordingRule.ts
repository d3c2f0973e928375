import { all } from '../../../shared/domain/kernel/load.ts'
import { phoneLineTable } from '../../../shared/domain/phone/tables.ts'
import type { Services } from '../../core/service.ts'
import { lineOf } from '../officeLines.ts'
import type { PhoneCall } from '../port.ts'
import type { RecordingRule } from './recordingDesk.ts'

const USUAL_SENTENCE = 'This call is recorded. Is that all right with you?'

/** A call that goes out came over no line, and no telephone system has told them anything: it is read to them. */
export function recordingRule(services: Pick<Services, 'store'>, call: Pick<PhoneCall, 'direction' | 'lineNumber'>): RecordingRule {
  const lines = services.store.engine.run(all(phoneLineTable))
  const dialled = lineOf(services, call.lineNumber)
  const line = dialled ?? (call.direction === 'out' ? lines.find(({ active }) => active) : undefined)
  const consent = line?.consentBy ?? 'read'
  return {
    mode: line?.recordMode ?? 'onRequest',
    consent: consent === 'system' && call.direction === 'out' ? 'read' : consent,
    sentence: line && line.consentText !== '' ? line.consentText : USUAL_SENTENCE,
  }
}
