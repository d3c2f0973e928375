import { z } from 'zod'
import { DAY } from '../../base/time.ts'
import { insert, update } from '../kernel/changes.ts'
import { accept, defineIntention } from '../kernel/command.ts'
import { dayInput, idInput, instantInput } from '../kernel/inputs.ts'
import { get } from '../kernel/load.ts'
import { refuse } from '../kernel/refusal.ts'
import { technicianTable } from '../people/tables.ts'
import { technicianLinkTable } from './tables.ts'

/** A link that lies about for longer than this is nobody’s any more. */
const LONGEST_LINK = 31 * DAY

/** With the hub’s word, because only the hub can sign it: a link that the hub has not heard of opens nothing. */
export const issueLink = defineIntention({
  name: 'technicianLink.issue',
  version: 1,
  summary: 'Make a link with which a technician sees their visits on a telephone and says how far they are.',
  permission: 'visit.assign',
  online: true,
  input: z.strictObject({ linkId: idInput, technicianId: idInput, day: dayInput.nullable(), expiresAt: instantInput }),
  *load(input) {
    return { existing: yield* get(technicianLinkTable, input.linkId), technician: yield* get(technicianTable, input.technicianId) }
  },
  decide({ linkId, technicianId, day, expiresAt }, { existing, technician }, context) {
    if (existing) return existing.technicianId === technicianId ? accept() : refuse('technicianLink.taken', 'This id belongs to another link. Try again.')
    if (!technician?.active) return refuse('dispatch.unknownTechnician', 'Choose a technician who works here.', { field: 'technicianId' })
    if (expiresAt <= context.at) return refuse('technicianLink.past', 'The link would have ended already. Choose a later time.', { field: 'expiresAt' })
    if (expiresAt > context.at + LONGEST_LINK) return refuse('technicianLink.tooLong', 'A link is good for 31 days at most. Choose an earlier time.', { field: 'expiresAt' })
    return accept(insert(technicianLinkTable, { id: linkId, technicianId, day, issuedAt: context.at, issuedBy: context.actorId, expiresAt, revokedAt: null, revokedBy: null, openedAt: null }))
  },
})

export const revokeLink = defineIntention({
  name: 'technicianLink.revoke',
  version: 1,
  summary: 'Take a technician\u2019s link back: from then on it opens nothing.',
  permission: 'visit.assign',
  input: z.strictObject({ linkId: idInput }),
  *load(input) {
    return yield* get(technicianLinkTable, input.linkId)
  },
  decide(_input, link, context) {
    if (!link) return refuse('technicianLink.unknown', 'This link is not there, or not any more.')
    if (link.revokedAt !== null) return accept()
    return accept(update(technicianLinkTable, link, { revokedAt: context.at, revokedBy: context.actorId }))
  },
})

/** Said by the hub: the office sees that the link came to its technician. */
export const openedLink = defineIntention({
  name: 'technicianLink.opened',
  version: 1,
  summary: 'Record that a technician\u2019s link was opened for the first time.',
  permission: 'field.report',
  input: z.strictObject({ linkId: idInput }),
  *load(input) {
    return yield* get(technicianLinkTable, input.linkId)
  },
  decide(_input, link, context) {
    return accept(link?.openedAt === null ? update(technicianLinkTable, link, { openedAt: context.at }) : [])
  },
})
