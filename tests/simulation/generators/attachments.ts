import { type Attachment, attachmentTable } from '../../../src/shared/domain/attachments/tables.ts'
import { customerTable, locationTable } from '../../../src/shared/domain/customers/tables.ts'
import { jobTable } from '../../../src/shared/domain/jobs/tables.ts'
import type { Generator, World } from '../world.ts'

/** One in seven proposals must be refused. */
const WRONG = 0.15

const NAMES = ['furnace.jpg', 'Permit 4471.pdf', 'na\u00EFve plan \u{1F9CA}.png', '\u05EA\u05DE\u05D5\u05E0\u05D4.jpg', 'C:\\Users\\Dana\\check.tif'] as const

const sha256 = ({ random }: World): string => Array.from({ length: 64 }, () => random.below(16).toString(16)).join('')

function subject({ random, rows }: World): { readonly subjectKind: string; readonly subjectId: string } | undefined {
  const records = [
    { subjectKind: 'customer', row: random.pick(rows(customerTable)) },
    { subjectKind: 'location', row: random.pick(rows(locationTable)) },
    { subjectKind: 'job', row: random.pick(rows(jobTable)) },
  ]
  return random.pick(records.flatMap(({ subjectKind, row }) => (row ? [{ subjectKind, subjectId: row.id }] : [])))
}

const addAttachment: Generator = {
  command: 'attachment.add',
  propose: (world) => {
    const { random, rows } = world
    const about = subject(world)
    if (!about) return undefined
    // The same photo put on two records is one file.
    const same = random.chance(0.2) ? random.pick(rows(attachmentTable)) : undefined
    const input = {
      attachmentId: random.id(),
      ...about,
      name: random.pick(NAMES),
      mediaType: 'image/jpeg',
      bytes: same?.bytes ?? random.below(4_000_000) + 1,
      sha256: same?.sha256 ?? sha256(world),
      note: random.pick(['', 'Left of the meter.']),
      deviceName: 'Front desk 2',
    }
    // Attached elsewhere to a record that is gone, by somebody the hub does not know.
    if (random.chance(0.1)) return { place: 'hub', actorId: random.id(), input: { ...input, subjectKind: random.pick(['job', 'call', 'invoice', 'customer']), subjectId: random.id() } }
    return { input }
  },
}

const storedAttachment: Generator = {
  command: 'attachment.stored',
  propose: ({ random, rows }) => {
    const attachment = random.pick(rows(attachmentTable))
    return attachment && { input: { sha256: attachment.sha256, attachmentIds: [attachment.id, random.id()] } }
  },
}

/** Recordings are renamed and removed by nobody; few try. */
const byHand = (attachments: readonly Attachment[]): readonly Attachment[] => attachments.filter(({ subjectKind, bytes }) => subjectKind !== 'recording' || bytes % 7 === 0)

const describeAttachment: Generator = {
  command: 'attachment.describe',
  propose: ({ random, rows }) => {
    const attachment = random.pick(byHand(rows(attachmentTable)))
    return attachment && { input: { attachmentId: random.chance(WRONG) ? random.id() : attachment.id, set: random.pick([{ name: 'Before.jpg' }, { note: 'After the repair.' }, { name: 'Permit.pdf', note: '' }]) } }
  },
}

const removeAttachment: Generator = {
  command: 'attachment.remove',
  propose: ({ random, rows }) => {
    const attachment = random.pick(byHand(rows(attachmentTable)))
    return attachment && { input: { attachmentId: random.chance(WRONG) ? random.id() : attachment.id, removed: attachment.removedAt === null } }
  },
}

export const attachmentsGenerators: readonly Generator[] = [addAttachment, storedAttachment, describeAttachment, removeAttachment]
