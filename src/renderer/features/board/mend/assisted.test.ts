import { describe, expect, it } from 'vitest'
import type { SuggestedTechnician } from '../../../../shared/contract/methods/assistant.ts'
import { at, day, visit } from '../boardFixtures.ts'
import { boardRows, suggestTechnicians } from '../boardLayout.ts'
import { withAssistant } from './assisted.ts'

const found = (id: string, more: Partial<SuggestedTechnician> = {}): SuggestedTechnician => ({ id, name: id, fits: 'no', startsAt: null, endsAt: null, addedDriveMinutes: 0, leftMinutes: 0, why: [], whyNot: 'Off', ...more })

describe('suggestions with the assistant', () => {
  const waiting = visit('waiting', null, 10, 11)
  const own = suggestTechnicians(waiting, boardRows(day([]), at(7)), at(7))
  const ids = own.map(({ row }) => row.technician.id)

  it('stand in its order, with its times and reasons', () => {
    const last = ids.at(-1) ?? ''
    const assisted = withAssistant(waiting, own, [found(last, { fits: 'window', startsAt: at(10), endsAt: at(11), why: ['On the way'], whyNot: '' }), found(ids[0] ?? '')])
    expect(assisted[0]).toMatchObject({ row: { technician: { id: last } }, startsAt: at(10), trial: { startsAt: at(10) }, why: ['On the way'] })
    expect(assisted[1]).toMatchObject({ row: { technician: { id: ids[0] } }, whyNot: 'Off' })
  })

  it('are the board\u2019s own where it does not answer', () => {
    expect(withAssistant(waiting, own, []).map(({ row, whyNot }) => [row.technician.id, whyNot])).toEqual(ids.map((id) => [id, null]))
  })
})
