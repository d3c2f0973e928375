import { z } from 'zod'
import { insert, update } from '../kernel/changes.ts'
import { accept, defineFact } from '../kernel/command.ts'
import { idInput, instantInput, optionalLine } from '../kernel/inputs.ts'
import { get } from '../kernel/load.ts'
import { phoneOutageTable } from './tables.ts'

const outage = {
  outageId: idInput,
  account: optionalLine('The telephone', 200),
  reason: optionalLine('The reason', 500),
  downAt: instantInput,
}

// Both carry the whole outage, so that whichever arrives can open it.
const down = defineFact({
  name: 'phone.down',
  version: 1,
  summary: 'A workstation\u2019s telephone is gone.',
  permission: 'phone.report',
  input: z.strictObject(outage),
  *load({ outageId }) {
    return yield* get(phoneOutageTable, outageId)
  },
  decide({ outageId, ...said }, existing, { deviceId }) {
    return existing ? accept() : accept(insert(phoneOutageTable, { id: outageId, deviceId, ...said, upAt: null }))
  },
})

const up = defineFact({
  name: 'phone.up',
  version: 1,
  summary: 'A workstation\u2019s telephone is back.',
  permission: 'phone.report',
  input: z.strictObject({ ...outage, upAt: instantInput }),
  *load({ outageId }) {
    return yield* get(phoneOutageTable, outageId)
  },
  decide({ outageId, ...said }, existing, { deviceId }) {
    const upAt = Math.max(said.upAt, said.downAt)
    if (!existing) return accept(insert(phoneOutageTable, { id: outageId, deviceId, ...said, upAt }))
    return existing.upAt === null ? accept(update(phoneOutageTable, existing, { upAt })) : accept()
  },
})

export const outageCommands = [down, up] as const
