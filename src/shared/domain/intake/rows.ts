import { z } from 'zod'
import { billingAddress, customerNames, importedLocation } from '../customers/fields.ts'
import { customerName } from '../customers/naming.ts'
import { emailInput, idInput, lineInput, optionalLine, phoneInput, textInput } from '../kernel/inputs.ts'

/** At most this many customers travel in one command, so that a live call never waits for an import (design section 1). */
export const CHUNK_ROWS = 500

/** And at most this many characters of JSON. */
export const CHUNK_BYTES = 256 * 1024

const label = optionalLine('The label', 30)

/** One customer as a file or the sample company brings them, with everything that belongs to them. */
export const importedCustomer = z
  .strictObject({
    customerId: idInput,
    /** The number the customer had where they come from; new customers are numbered above these. */
    number: lineInput('The customer number', 20),
    ...customerNames,
    billing: billingAddress,
    leadSource: optionalLine('The lead source', 60),
    taxExempt: z.boolean(),
    doNotService: z.boolean(),
    creditHold: z.boolean(),
    archived: z.boolean(),
    phones: z.array(z.strictObject({ value: phoneInput, label })).max(12, 'There are more than 12 telephone numbers.'),
    emails: z.array(z.strictObject({ value: emailInput, label })).max(12, 'There are more than 12 email addresses.'),
    locations: z.array(importedLocation).min(1, 'There is no address.').max(300, 'There are more than 300 addresses.'),
    /** What had no field of its own: tags, numbers that could not be read. Empty for none. */
    note: textInput('The note'),
  })
  .refine((row) => customerName(row) !== '', { error: 'There is no name.', path: ['lastName'] })

export type ImportedCustomer = z.output<typeof importedCustomer>

/** A further place of a customer who is here already, as a mended row brings it. */
export const furtherLocation = z.strictObject({ customerId: idInput, location: importedLocation })

export type FurtherLocation = z.output<typeof furtherLocation>

/** A row that stays out, as it stood in the file. */
export const keptAside = z.strictObject({
  rowNumber: z.int().min(1).max(10_000_000),
  reason: lineInput('The reason', 500),
  raw: z.array(z.tuple([optionalLine('The heading', 200), textInput('The cell', 10_000)])).max(500),
})

export type KeptAside = z.output<typeof keptAside>
