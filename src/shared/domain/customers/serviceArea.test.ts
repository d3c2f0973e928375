import { describe, expect, it } from 'vitest'
import { FrontDesk } from '../../../../tests/support/frontDesk.ts'
import { areaOfZip, areaSaid } from './serviceArea.ts'
import { serviceAreaTable } from './tables.ts'

const save = (prefixes: readonly string[], more: object = {}) => ({ prefixes, city: 'Fairhollow', state: 'IL', inside: true, note: '', ...more })

describe('the service area', () => {
  it('takes many ZIP codes at once, and has one row for each however often it is saved', () => {
    const { office, ownerId } = new FrontDesk()
    office.must('serviceArea.save', save(['60601', '60602', '60601']), ownerId)
    office.must('serviceArea.save', save(['60602'], { inside: false, note: 'Call Millport Heating.' }), ownerId)
    expect(office.engine.rows(serviceAreaTable).toSorted((left, right) => (left.prefix < right.prefix ? -1 : 1))).toMatchObject([
      { prefix: '60601', inside: true },
      { prefix: '60602', inside: false, note: 'Call Millport Heating.' },
    ])
  })

  it('lets the longest beginning decide, also for a ZIP code with its four digits', () => {
    const { office, ownerId } = new FrontDesk()
    office.must('serviceArea.save', save(['606'], { city: '', inside: true }), ownerId)
    office.must('serviceArea.save', save(['60699'], { inside: false }), ownerId)
    const prefixOf = (zip: string) => office.engine.run(areaOfZip(zip))?.prefix
    expect(['60699', '60699-1234', '60610', '606', '61001', '', 'abc'].map(prefixOf)).toEqual(['60699', '60699', '606', '606', undefined, undefined, undefined])
  })

  it.each([
    [['6060'], true],
    [['60'], false],
    [['606011'], false],
    [[], false],
    [['SW1A'], false],
  ])('accepts %j: %s', (prefixes, accepted) => {
    const { office, ownerId } = new FrontDesk()
    expect(office.run('serviceArea.save', save(prefixes), ownerId).kind).toBe(accepted ? 'accepted' : 'refused')
  })

  it('is changed by those who may change settings', () => {
    const { office, ownerId, csrId } = new FrontDesk()
    expect(office.run('serviceArea.save', save(['60601']), csrId)).toMatchObject({ refusal: { code: 'people.notAllowed' } })
    office.must('serviceArea.save', save(['60601']), ownerId)
    office.must('serviceArea.remove', { prefix: '60601' }, ownerId)
    expect(office.run('serviceArea.remove', { prefix: '60601' }, ownerId)).toMatchObject({ refusal: { code: 'serviceArea.unknown' } })
  })

  it('says it in a sentence', () => {
    const row = { inside: true, city: 'Fairhollow', state: 'IL', note: '' }
    expect(areaSaid('60601', row, 3)).toEqual({ standing: 'inside', sentence: '60601 (Fairhollow, IL) is inside the service area.' })
    expect(areaSaid('60699', { ...row, city: '', state: '', inside: false, note: 'Call Millport Heating.' }, 0)).toEqual({ standing: 'outside', sentence: '60699 is outside the service area. Call Millport Heating.' })
    expect(areaSaid('60650', undefined, 0).sentence).toBe('Nobody has said whether 60650 is in the service area. No customer of ours lives there yet.')
    expect(areaSaid('60650', undefined, 1).sentence).toBe('Nobody has said whether 60650 is in the service area. One location of ours is there.')
  })
})
