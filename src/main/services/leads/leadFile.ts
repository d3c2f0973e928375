import { createHash } from 'node:crypto'
import { foldText } from '../../../shared/base/text.ts'
import type { LeadColumn, LeadFilePreview } from '../../../shared/contract/methods/leadSettings.ts'
import { jobTypeTable } from '../../../shared/domain/jobs/tables.ts'
import { all, get } from '../../../shared/domain/kernel/load.ts'
import { leadSourceId } from '../../../shared/domain/leads/ids.ts'
import { CHANNEL_DEFAULTS, type LeadSource, leadQuestionTable, leadSourceTable, leadTable } from '../../../shared/domain/leads/tables.ts'
import { type LeadOffice, leadFromSent } from '../../../shared/intake/fromSent.ts'
import { type SentLead, sentLead } from '../../../shared/intake/sent.ts'
import type { Asked } from '../../core/service.ts'
import { companyOf } from '../company.ts'
import { detectEncoding, isBreak, readCsv } from '../intake/csvFile.ts'
import { guessColumns, unusable } from './leadColumns.ts'

const MOST_FINDINGS = 100
const SAMPLE = 12

type Asking = Pick<Asked, 'store'>

/** What of the company leads are read against, here at the workstation. */
export function leadOffice({ store }: Asking): LeadOffice {
  const { engine } = store
  return {
    hours: companyOf({ store }),
    jobTypes: engine.run(all(jobTypeTable)).filter(({ active }) => active),
    questions: engine.run(all(leadQuestionTable)).filter(({ active }) => active),
  }
}

/** `Angi, spring` is the key `angi-spring`. */
function keyOf(name: string): string {
  const key = foldText(name).replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^[^a-z]+|-+$/g, '').slice(0, 40)
  return key.length < 2 ? `list-${key}` : key
}

/** The source that a file is from: one of that name, or a new one for lists. */
export function sourceNamed(name: string, { store }: Asking): Pick<LeadSource, 'id' | 'key' | 'name' | 'channel' | 'role' | 'contactMinutes'> {
  const known = store.engine.run(all(leadSourceTable)).find((source) => foldText(source.name) === foldText(name))
  if (known) return known
  const key = keyOf(name)
  return store.engine.run(get(leadSourceTable, leadSourceId(key))) ?? { id: leadSourceId(key), key, name: name.trim(), channel: 'list', ...CHANNEL_DEFAULTS.list }
}

const of = (columns: readonly LeadColumn[], record: readonly string[], wanted: LeadColumn): readonly string[] =>
  columns.flatMap((column, index) => {
    const cell = (record[index] ?? '').trim()
    return column === wanted && cell !== '' ? [cell] : []
  })

/** A row as a source would have sent it, or why it can’t be a lead. */
function readLeadRow(record: readonly string[], headings: readonly string[], columns: readonly LeadColumn[]): SentLead | string {
  const cells = (wanted: LeadColumn): readonly string[] => of(columns, record, wanted)
  const one = (wanted: LeadColumn, most: number): string => cells(wanted).join(', ').slice(0, most)
  const [phones, email] = [cells('phone'), one('email', 254)]
  if (phones.length === 0 && email === '') return 'Has neither a telephone number nor an email address.'
  const details = columns.flatMap((column, index) => {
    const value = (record[index] ?? '').trim()
    return column === 'detail' && value !== '' ? [{ label: (headings[index] ?? '').trim().slice(0, 200) || `Column ${index + 1}`, value: value.slice(0, 1000) }] : []
  })
  const read = sentLead.safeParse({
    // The same row is the same lead: a file that is brought in twice brings nobody twice.
    id: one('id', 200) || createHash('sha256').update(JSON.stringify(record.map((cell) => cell.trim()))).digest('hex'),
    name: one('name', 200) || [one('firstName', 99), one('lastName', 99)].filter(Boolean).join(' '),
    phones: phones.slice(0, 6).map((phone) => phone.slice(0, 60)),
    email,
    address: { line1: one('line1', 200), line2: one('line2', 200), city: one('city', 200), state: one('state', 200), postalCode: one('postalCode', 20) },
    jobType: one('jobType', 200),
    message: cells('message').join('\n').slice(0, 8000),
    campaign: one('campaign', 200),
    details: details.slice(0, 40),
  })
  return read.success ? read.data : (read.error.issues[0]?.message ?? 'Can\u2019t be read.')
}

export interface FileRow {
  readonly rowNumber: number
  readonly read: SentLead | string
}

/** The rows of a file behind its heading. @param wanted what the columns are; null: guessed */
export async function* leadRows(path: string, wanted: readonly LeadColumn[] | null): AsyncGenerator<FileRow & { readonly headings: readonly string[]; readonly columns: readonly LeadColumn[]; readonly record: readonly string[] }> {
  let headings: readonly string[] | null = null
  let columns: readonly LeadColumn[] = []
  for await (const row of readCsv(path, await detectEncoding(path))) {
    if (isBreak(row)) {
      yield { rowNumber: row.rowNumber, read: row.reason, headings: headings ?? [], columns, record: [] }
    } else if (headings === null) {
      headings = row.record
      columns = wanted ?? guessColumns(headings)
      yield { rowNumber: row.rowNumber, read: '', headings, columns, record: [] }
    } else yield { rowNumber: row.rowNumber, read: readLeadRow(row.record, headings, columns), headings, columns, record: row.record }
  }
}

export async function previewLeads(file: { readonly path: string; readonly fileName: string }, sourceName: string, wanted: readonly LeadColumn[] | null, asked: Asking): Promise<LeadFilePreview> {
  const source = sourceNamed(sourceName === '' ? 'List' : sourceName, asked)
  const office = leadOffice(asked)
  const preview = { fileName: file.fileName, unusable: null as string | null, columns: [] as LeadFilePreview['columns'], rows: 0, leads: 0, known: 0, bad: 0, findings: [] as LeadFilePreview['findings'], sample: [] as LeadFilePreview['sample'] }
  for await (const { rowNumber, read, headings, columns, record } of leadRows(file.path, wanted)) {
    if (record.length === 0 && read === '') {
      preview.columns = headings.map((heading, index) => ({ heading, becomes: columns[index] ?? 'none', example: '' }))
      preview.unusable = unusable(columns)
      continue
    }
    preview.rows += 1
    preview.columns = preview.columns.map((column, index) => (column.example === '' ? { ...column, example: (record[index] ?? '').trim().slice(0, 80) } : column))
    if (typeof read === 'string') {
      preview.bad += 1
      if (preview.findings.length < MOST_FINDINGS) preview.findings.push({ rowNumber, text: read })
      continue
    }
    const lead = leadFromSent(read, { source, externalId: read.id ?? '', receivedAt: 0 }, office)
    if (asked.store.engine.run(get(leadTable, lead.leadId))) preview.known += 1
    else preview.leads += 1
    if (preview.sample.length < SAMPLE) preview.sample.push({ rowNumber, name: lead.name, phone: lead.phones[0]?.said ?? '', email: lead.email, place: [lead.line1, lead.city].filter(Boolean).join(', '), wants: lead.wish || lead.words.slice(0, 80) })
  }
  if (preview.columns.length === 0) preview.unusable = 'This file is empty.'
  return preview.unusable === null ? preview : { ...preview, leads: 0, known: 0 }
}
