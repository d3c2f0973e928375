import type { leadSettingsMethods } from '../../../shared/contract/methods/leadSettings.ts'
import { all, get } from '../../../shared/domain/kernel/load.ts'
import { leadMailboxTable, leadQuestionTable, leadSourceTable, leadTable } from '../../../shared/domain/leads/tables.ts'
import { leadFromSent } from '../../../shared/intake/fromSent.ts'
import { type Asked, type Implementation, mustRun, ServiceError } from '../../core/service.ts'
import { discardUpload, uploadedFile } from '../intake/intake.ts'
import { leadOffice, leadRows, previewLeads, sourceNamed } from './leadFile.ts'

/** How many leads are recorded before a ring gets its turn. */
const LEADS_AT_ONCE = 20

async function readSettings({ store, leadMailbox }: Asked) {
  const { engine } = store
  const counts = store.prepare('SELECT source_id AS id, count(*) AS leads, max(received_at) AS last FROM lead WHERE source_id IS NOT NULL GROUP BY source_id').all() as { id: string; leads: number; last: number }[]
  const counted = new Map(counts.map(({ id, leads, last }) => [id, { leads, lastAt: last }]))
  const [mailbox] = engine.run(all(leadMailboxTable))
  return {
    sources: engine
      .run(all(leadSourceTable))
      .toSorted((left, right) => (left.name < right.name ? -1 : 1))
      .map(({ id, key, name, channel, role, contactMinutes, active }) => ({ id, key, name, channel, role, contactMinutes, active, leads: counted.get(id)?.leads ?? 0, lastAt: counted.get(id)?.lastAt ?? null })),
    mailbox: mailbox ? { host: mailbox.host, port: mailbox.port, security: mailbox.security, userName: mailbox.userName, folder: mailbox.folder, since: mailbox.since, active: mailbox.active } : null,
    hasPassword: await leadMailbox.hasPassword(),
    watching: await leadMailbox.standing(),
    questions: engine
      .run(all(leadQuestionTable))
      .toSorted((left, right) => left.position - right.position || (left.id < right.id ? -1 : 1))
      .map(({ id, jobTypeId, position, label, kind, options, active }) => ({ id, jobTypeId, position, label, kind, options: [...options], active })),
  }
}

/** Refused by the hub, or out of its reach: a sentence for the page instead of an error. */
async function readSecrets({ hub, actorId }: Asked) {
  if (hub.state().link === 'none') return { hindrance: 'The signed HTTP intake is at the hub, and this workstation has none. Files and the mailbox need no hub.', address: '', secrets: [] }
  try {
    const { address, secrets } = await hub.intakeSecrets(actorId)
    return { hindrance: null, address, secrets: secrets.map((secret) => ({ ...secret })) }
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error
    return { hindrance: error.message, address: '', secrets: [] }
  }
}

async function bringIn({ uploadId, operationId, sourceName, columns }: { readonly uploadId: string; readonly operationId: string; readonly sourceName: string; readonly columns: Parameters<typeof leadRows>[1] }, asked: Asked) {
  const file = uploadedFile(uploadId, asked.actorId)
  const { rows, unusable } = await previewLeads(file, sourceName, columns, asked)
  if (unusable !== null) throw new ServiceError('leadFile.unusable', unusable)
  const source = sourceNamed(sourceName, asked)
  const { id, key, name, channel, role, contactMinutes } = source
  if (!asked.store.engine.run(get(leadSourceTable, id))) mustRun(asked, { name: 'leadSource.save', input: { id, key, name, channel, role, contactMinutes, active: true }, actorId: asked.actorId, operationId })
  const office = leadOffice(asked)
  const came = { received: 0, known: 0, bad: 0 }
  let waiting: ReturnType<typeof leadFromSent>[] = []
  let done = 0
  const record = (): Promise<void> =>
    asked.background.run(() => {
      for (const input of waiting) mustRun(asked, { name: 'lead.receive', input, actorId: asked.actorId, operationId })
      waiting = []
      asked.emit('progress', { operationId, label: `Bringing in ${file.fileName}`, done, total: rows })
    })
  for await (const { read, record: cells } of leadRows(file.path, columns)) {
    if (cells.length === 0 && read === '') continue
    done += 1
    if (typeof read === 'string') {
      came.bad += 1
      continue
    }
    const lead = leadFromSent(read, { source, externalId: read.id ?? '', receivedAt: asked.now() }, office)
    if (asked.store.engine.run(get(leadTable, lead.leadId)) || waiting.some(({ leadId }) => leadId === lead.leadId)) came.known += 1
    else {
      came.received += 1
      waiting.push(lead)
    }
    if (waiting.length >= LEADS_AT_ONCE) await record()
  }
  await record()
  discardUpload(uploadId, asked.actorId)
  return came
}

export const leadSettingsService: Implementation<typeof leadSettingsMethods> = {
  'leads.settings': (_input, asked) => readSettings(asked),
  'leads.secrets': (_input, asked) => readSecrets(asked),
  'leadSource.newSecret': ({ sourceId, endOthersNow }, { hub, actorId }) => hub.makeIntakeSecret(actorId, sourceId, endOthersNow),
  'leadMailbox.savePassword': async ({ password }, { leadMailbox, emit, actorId }) => {
    await leadMailbox.savePassword(password)
    emit('changed', { tables: [leadMailboxTable.name], by: actorId })
    return {}
  },
  'leadMailbox.forgetPassword': (_input, { leadMailbox, emit, actorId }) => {
    leadMailbox.forgetPassword()
    emit('changed', { tables: [leadMailboxTable.name], by: actorId })
    return {}
  },
  'leadFile.preview': ({ uploadId, sourceName, columns }, asked) => previewLeads(uploadedFile(uploadId, asked.actorId), sourceName, columns, asked),
  'leadFile.bringIn': (input, asked) => bringIn(input, asked),
}
