import { createHash } from 'node:crypto'
import { derivedId } from '../../../shared/base/id.ts'
import { attachmentTable } from '../../../shared/domain/attachments/tables.ts'
import { get } from '../../../shared/domain/kernel/load.ts'
import { SYSTEM_ACTOR } from '../../../shared/domain/people/permissions.ts'
import type { Tap, Word } from '../../../shared/field/wire.ts'
import { PIECE_BYTES } from '../../core/hubBlobs.ts'
import type { Reported } from '../../core/ownCommand.ts'
import type { ServerParts } from '../parts.ts'
import { HttpProblem } from '../problem.ts'
import type { FieldHolder } from './linkGate.ts'
import { PHOTO_ENDING, type PhotoType } from './photoType.ts'

/** What a technician says becomes the hub’s own commands, in the technician’s name. */

const restoring = (): HttpProblem => new HttpProblem(503, 'hub.recovering', 'The office\u2019s hub was restored and is not ready. The page says it again by itself.', 60)

function wordOf(reported: Reported): Word {
  // A parked fact was recorded for a person: to the technician it is said.
  return reported.outcome === 'refused' ? { outcome: 'refused', message: reported.refusal?.message ?? 'The office could not take this. Call the office.' } : { outcome: 'taken' }
}

async function enter({ hub, now }: ServerParts, { companyId, link, technician }: FieldHolder, name: string, id: string, input: Readonly<Record<string, unknown>>): Promise<Word> {
  // The telephone chose the id; as a command’s it is only ever this link’s.
  const reported = await hub.report(companyId, { commandId: derivedId('field', link.id, name, id), name, at: now(), input, actorId: technician.id })
  if (reported === 'recovering') throw restoring()
  return wordOf(reported)
}

/** Enters one tap; the same one again is answered as the first time. */
export async function enterTap(tap: Tap, holder: FieldHolder, parts: ServerParts): Promise<Word> {
  const { id: reportId, visitId: appointmentId, kind, agoMs, text, ...more } = tap
  const at = parts.now() - agoMs
  // Tapped when the link had ended: it stays on the page, and the office is called.
  if (at > holder.link.expiresAt) return { outcome: 'refused', message: 'This link had ended by then. Call the office.' }
  const said = { reportId, linkId: holder.link.id, appointmentId, tappedAt: at }
  const word = kind === 'issue' ? await enter(parts, holder, 'field.issue', reportId, { ...said, text }) : await enter(parts, holder, 'field.report', reportId, { ...said, kind, ...more })
  parts.log.info('technician.tap', { company: holder.companyId, link: holder.link.id, visit: appointmentId, kind, outcome: word.outcome })
  return word
}

export interface SentPhoto {
  readonly photoId: string
  readonly reportId: string
  readonly bytes: Buffer
  readonly mediaType: PhotoType
}

/** In pieces, as workstations send files; one that is here already stays. */
async function keepFile({ admin }: ServerParts, companyId: string, sha256: string, bytes: Buffer, room: number): Promise<void> {
  for (let from = 0; from < bytes.length; ) {
    const taken = await admin.blobs.take(companyId, { sha256, from, bytes: bytes.subarray(from, from + PIECE_BYTES) }, room)
    if (taken.kind === 'full') throw new HttpProblem(507, 'attachment.full', 'The office has no room for photos. The page keeps it and tries again; call the office.', 600)
    if (taken.kind !== 'taken') throw new HttpProblem(503, 'photo.again', 'The photo did not come through whole. The page sends it again.', 5)
    if (taken.whole) return
    from = taken.have
  }
}

/** The photo of an issue: its row, then its file, then that the file is here. Each step again changes nothing. */
export async function enterPhoto({ photoId, reportId, bytes, mediaType }: SentPhoto, holder: FieldHolder, room: number, parts: ServerParts): Promise<Word> {
  const { companyId, link, technician } = holder
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const name = `${technician.name} from the field.${PHOTO_ENDING[mediaType]}`
  const word = await enter(parts, holder, 'field.photo', photoId, { photoId, reportId, name, mediaType, bytes: bytes.length, sha256 })
  if (word.outcome === 'refused') return word
  // The first photo under this id is the one: another one under it was answered with the first one’s word.
  const stands = await parts.admin.read(companyId, get(attachmentTable, photoId))
  if (stands?.sha256 !== sha256) return { outcome: 'refused', message: 'Another photo was sent under this name. Take it again.' }
  await keepFile(parts, companyId, sha256, bytes, room)
  const stored = await parts.hub.report(companyId, { commandId: derivedId('field', link.id, 'attachment.stored', photoId), name: 'attachment.stored', at: parts.now(), input: { sha256, attachmentIds: [photoId] }, actorId: SYSTEM_ACTOR })
  if (stored === 'recovering') throw restoring()
  parts.log.info('technician.photo', { company: companyId, link: link.id, bytes: bytes.length })
  return word
}

/** The office sees that the link has come to its technician. */
export async function noteOpened(holder: FieldHolder, parts: ServerParts): Promise<void> {
  if (holder.link.openedAt === null) await enter(parts, holder, 'technicianLink.opened', holder.link.id, { linkId: holder.link.id })
}
