import { z } from 'zod'
import { REPORT_KINDS } from '../../domain/field/tables.ts'
import { emailInput, idInput } from '../../domain/kernel/inputs.ts'
import { defineAction, defineQuery } from '../method.ts'

export const technicianLinksMethods = [
  defineQuery({
    name: 'technicianLinks.list',
    summary: 'The links that a technician has now, who made them, whether they were opened, and what was last said by them.',
    permission: 'visit.assign',
    input: z.strictObject({ technicianId: idInput }),
    reads: ['technician_link', 'field_report', 'user', 'technician', 'company'],
    output: z.object({
      /** Why no link can be made at this workstation, as a sentence. */
      hindrance: z.string().nullable(),
      /** In which the technician's days begin and end. */
      zone: z.string(),
      /** The newest first; what has ended or was taken back is left out. `takingBack`: here it is, and the hub has not heard: until then it opens. */
      links: z.array(z.object({ id: z.string(), day: z.string().nullable(), issuedAt: z.int(), issuedBy: z.string(), expiresAt: z.int(), openedAt: z.int().nullable(), takingBack: z.boolean() })),
      lastSaid: z.object({ kind: z.enum([...REPORT_KINDS, 'issue']), at: z.int() }).nullable(),
    }),
  }),
  defineAction({
    name: 'technicianLink.address',
    summary: 'Have the hub sign the address of a technician\u2019s link. Whoever has it is taken for the technician.',
    permission: 'visit.assign',
    input: z.strictObject({ linkId: idInput }),
    output: z.object({ address: z.string() }),
  }),
  defineAction({
    name: 'technicianLink.email',
    summary: 'Email a technician\u2019s link at once, from this workstation; who asks is told what the mail server said.',
    permission: 'visit.assign',
    input: z.strictObject({ linkId: idInput, to: emailInput }),
    output: z.object({ sent: z.boolean(), sentence: z.string() }),
  }),
] as const
