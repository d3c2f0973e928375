import type { PhoneLine, PhoneSetting } from './tables.ts'

export type PhoneRules = Pick<PhoneSetting, 'wrapUpSeconds' | 'firstSeconds' | 'recordingDays' | 'backupNumber' | 'paymentPage' | 'voicemailNumber' | 'voicemailSenders'>

const DEFAULT_RULES: PhoneRules = { wrapUpSeconds: 90, firstSeconds: 10, recordingDays: 90, backupNumber: '', paymentPage: null, voicemailNumber: null, voicemailSenders: null }

/** How the telephone is run in this company. */
export function phoneRules(rows: readonly PhoneSetting[]): PhoneRules {
  const [row] = rows
  return row ? { wrapUpSeconds: row.wrapUpSeconds, firstSeconds: row.firstSeconds, recordingDays: row.recordingDays, backupNumber: row.backupNumber, paymentPage: row.paymentPage, voicemailNumber: row.voicemailNumber, voicemailSenders: row.voicemailSenders } : DEFAULT_RULES
}

/** What is dialled to hear the voicemails. */
export const voicemailNumber = ({ voicemailNumber: own }: Pick<PhoneRules, 'voicemailNumber'>): string => own ?? '*97'

/** True of an email from where the telephone system mails voicemails: anybody else who says they do makes up calls. */
export function mailsVoicemails({ voicemailSenders }: Pick<PhoneRules, 'voicemailSenders'>, address: string): boolean {
  const from = address.toLowerCase()
  return from !== '' && (voicemailSenders ?? '').split(/[\s,;]+/).some((sender) => sender !== '' && (sender.includes('@') && !sender.startsWith('@') ? from === sender.toLowerCase() : from.endsWith(`@${sender.replace(/^@/, '').toLowerCase()}`)))
}

/** The line that was dialled, where the company has it in use. */
export function lineDialled(lines: readonly PhoneLine[], number: string): PhoneLine | undefined {
  return number === '' ? undefined : lines.find((line) => line.active && line.number === number)
}

/** What three rings take on a line, in seconds. */
export function ringLimitOf(line: Pick<PhoneLine, 'ringLimitSeconds'> | undefined, company: { readonly ringLimitSeconds: number }): number {
  return line?.ringLimitSeconds ?? company.ringLimitSeconds
}
