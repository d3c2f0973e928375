import { afterEach, describe, expect, it } from 'vitest'
import { newId } from '../../../shared/base/id.ts'
import { CONSENTS, RECORD_MODES } from '../../../shared/domain/recordings/tables.ts'
import { startBackend, type TestBackend } from '../../../../tests/support/backend.ts'
import type { CallIdentity } from '../port.ts'
import { recordingRule } from './recordingRule.ts'
import type { RecordingRule } from './recordingDesk.ts'

const LINE = { businessUnitId: null, purpose: 'service', skills: [], roles: [], firstSeconds: null, backupNumber: '', ringLimitSeconds: null, hours: [], consentText: '', recordingDays: null, position: 0, active: true } as const
const [HEATING, POOLS] = ['+15550142000', '+15550142001']
const CALL = { externalId: 'sip:1', direction: 'in', lineName: '', lineNumber: '', fromNumber: '+15550142210', offeredAt: 0, practice: false } as const

let test: TestBackend

afterEach(() => test.close())

async function rules(lines: readonly { readonly number: string; readonly recordMode: (typeof RECORD_MODES)[number]; readonly consentBy: (typeof CONSENTS)[number] }[]): Promise<(call: Partial<CallIdentity>) => RecordingRule> {
  test = startBackend({ quiet: true })
  const page = test.page()
  await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Rosa Quill', pin: '2468' })
  for (const line of lines) await page.ask('phoneLine.save', { ...LINE, id: newId(), name: `Line ${line.number}`, ...line })
  const { services } = test.backend
  if (!services) throw new Error('The backend did not start')
  return (call) => recordingRule(services, { ...CALL, ...call })
}

describe('the rule of a recording', () => {
  it('is the line’s that was dialled, and none by itself where the line is not known', async () => {
    const ruleOf = await rules([{ number: HEATING, recordMode: 'always', consentBy: 'none' }, { number: POOLS, recordMode: 'never', consentBy: 'read' }])
    expect(ruleOf({ lineNumber: HEATING })).toMatchObject({ mode: 'always', consent: 'none' })
    expect(ruleOf({ lineNumber: POOLS })).toMatchObject({ mode: 'never' })
    expect(ruleOf({})).toMatchObject({ mode: 'onRequest', consent: 'read' })
  })

  it('never lets colleagues or the voicemail box be recorded', async () => {
    const ruleOf = await rules([{ number: HEATING, recordMode: 'always', consentBy: 'none' }])
    for (const direction of ['in', 'out'] as const) expect(ruleOf({ direction, fromNumber: null, fromExtension: '102' })).toMatchObject({ mode: 'never' })
  })

  it('tells whoever is called, and begins by itself only where every line does', async () => {
    const ruleOf = await rules([{ number: HEATING, recordMode: 'always', consentBy: 'none' }, { number: POOLS, recordMode: 'always', consentBy: 'system' }])
    expect(ruleOf({ direction: 'out' })).toMatchObject({ mode: 'always', consent: 'read' })
    await test.close()
    const mixed = await rules([{ number: HEATING, recordMode: 'always', consentBy: 'none' }, { number: POOLS, recordMode: 'never', consentBy: 'read' }])
    expect(mixed({ direction: 'out' })).toMatchObject({ mode: 'onRequest', consent: 'read' })
  })
})
