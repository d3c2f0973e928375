import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldText } from '../../base/text.ts'
import { splitAddress } from './address.ts'
import { STATES } from './states.ts'

const fields = (line1: string, line2: string, city: string, state: string, postalCode: string) => ({ line1, line2, city, state, postalCode })

describe('splitAddress', () => {
  it.each([
    ['27 Larkspur Court, Fairhollow, IL 60601', fields('27 Larkspur Court', '', 'Fairhollow', 'IL', '60601')],
    ['9 Harbor Row, Unit 3, Millport, il 60601-1234', fields('9 Harbor Row', 'Unit 3', 'Millport', 'IL', '60601-1234')],
    ['27 Larkspur Court\nFairhollow, IL 60601, USA', fields('27 Larkspur Court', '', 'Fairhollow', 'IL', '60601')],
    ['27 Larkspur Court Fairhollow IL 60601', fields('27 Larkspur Court', '', 'Fairhollow', 'IL', '60601')],
    ['27 Larkspur Ct Apt 4B Fairhollow, Illinois 60601', fields('27 Larkspur Ct', 'Apt 4B', 'Fairhollow', 'IL', '60601')],
    ['12 Oak Street, Unit 3 Fairhollow IL 60601', fields('12 Oak Street', 'Unit 3', 'Fairhollow', 'IL', '60601')],
    ['PO Box 12, Millport, New York 10001', fields('PO Box 12', '', 'Millport', 'NY', '10001')],
    ['P.O. Box 12 Millport NY 10001', fields('P.O. Box 12', '', 'Millport', 'NY', '10001')],
    ['100 Park Ave S New York NY 10016', fields('100 Park Ave S', '', 'New York', 'NY', '10016')],
    ['100 Park Avenue South, New York, NY 10016', fields('100 Park Avenue South', '', 'New York', 'NY', '10016')],
    ['500 Main Street South Bend, IN 46601', fields('500 Main Street', '', 'South Bend', 'IN', '46601')],
    ['9 Main Street Park Ridge IL 60068', fields('9 Main Street', '', 'Park Ridge', 'IL', '60068')],
    ['1 Harbor Row Millport IL 60001', fields('1 Harbor Row', '', 'Millport', 'IL', '60001')],
    ['14 W Hill Valley Creek Road Millport IL 60001', fields('14 W Hill Valley Creek Road', '', 'Millport', 'IL', '60001')],
    ['123 1/2 W 4th St #5, Austin, TX, 78701', fields('123 1/2 W 4th St', '#5', 'Austin', 'TX', '78701')],
    ['12-34 Elm Rd., Queens, N.Y. 11375', fields('12-34 Elm Rd.', '', 'Queens', 'NY', '11375')],
    ['4 Washington Street, Washington, DC 20001', fields('4 Washington Street', '', 'Washington', 'DC', '20001')],
    ['1600 Pennsylvania Ave NW Washington DC 20500', fields('1600 Pennsylvania Ave NW', '', 'Washington', 'DC', '20500')],
    ['12 Kansas Ave, Kansas City, Kansas 66101', fields('12 Kansas Ave', '', 'Kansas City', 'KS', '66101')],
    ['5 Oak Ln, St. Louis, MO 63101', fields('5 Oak Ln', '', 'St. Louis', 'MO', '63101')],
    ['5 Oak Ln St. Louis MO 63101', fields('5 Oak Ln', '', 'St. Louis', 'MO', '63101')],
    ['77 Massachusetts Ave Cambridge MA 02139', fields('77 Massachusetts Ave', '', 'Cambridge', 'MA', '02139')],
    ['9 Court Street Millport IL 60001', fields('9 Court Street', '', 'Millport', 'IL', '60001')],
    ['1 Main St, Suite 200, Bldg 4, Fairhollow, IL 606011234', fields('1 Main St', 'Suite 200, Bldg 4', 'Fairhollow', 'IL', '60601-1234')],
    ['1 Infinite Loop, Cupertino, CA 95014, United States of America', fields('1 Infinite Loop', '', 'Cupertino', 'CA', '95014')],
    ['RR 2 Box 14, Millport, IL 60001', fields('RR 2 Box 14', '', 'Millport', 'IL', '60001')],
    ['12 Elm Street \u2022 Austin, Texas 78701', fields('12 Elm Street', '', 'Austin', 'TX', '78701')],
    ['Larkspur Court, Fairhollow, IL 60601', fields('Larkspur Court', '', 'Fairhollow', 'IL', '60601')],
    ['27 Larkspur Court, Fairhollow 60601', fields('27 Larkspur Court', '', 'Fairhollow', '', '60601')],
    ['27 Larkspur Court, Fairhollow, IL', fields('27 Larkspur Court', '', 'Fairhollow', 'IL', '')],
    ['27 Larkspur Court, Fairhollow, Illinois', fields('27 Larkspur Court', '', 'Fairhollow', 'IL', '')],
    ['27 Larkspur Court, IL 60601', fields('27 Larkspur Court', '', '', 'IL', '60601')],
  ])('splits %j', (pasted, address) => {
    expect(splitAddress(pasted)).toEqual({ address, rest: '' })
  })

  it.each(['27 Larkspur Court', 'Martin, call me back', '', '60601', 'Fairhollow IL 60601', 'I live in Fairhollow or so', 'call 60601', 'x'.repeat(10_000)])('leaves %j where it was pasted', (pasted) => {
    expect(splitAddress(pasted)).toBeUndefined()
  })

  it('keeps the name above and the number below', () => {
    const split = splitAddress('Martin Okonjo\n27 Larkspur Court\nUnit 3\nFairhollow, IL 60601\n(555) 014-2210')
    expect(split).toEqual({ address: fields('27 Larkspur Court', 'Unit 3', 'Fairhollow', 'IL', '60601'), rest: 'Martin Okonjo, (555) 014-2210' })
  })

  it('takes the city that the office has at that ZIP code, where no comma says it', () => {
    expect(splitAddress('500 Avenue B Bar Harbor ME 04609', ['Bar Harbor'])?.address).toEqual(fields('500 Avenue B', '', 'Bar Harbor', 'ME', '04609'))
  })
})

const pick = (...values: readonly string[]) => fc.constantFrom(...values)

const address = fc.record({
  number: fc.integer({ min: 1, max: 99_999 }).map(String),
  direction: pick('', 'N ', 'SW ', 'East '),
  name: pick('Larkspur', 'Juniper', 'Martin Luther King', 'Old Mill', '4th', 'Court'),
  end: pick('Street', 'St', 'Ave.', 'Court', 'Ln', 'Boulevard', 'Row', 'Pkwy'),
  unit: pick('', 'Apt 4B', 'Unit 3', '#12', 'Suite 200'),
  city: pick('Fairhollow', 'New York', 'St. Paul', 'South Bend', 'Park Ridge', 'Coeur d\u2019Alene', 'Ca\u00F1on City'),
  state: pick(...Object.entries(STATES).flat()),
  zip: fc.integer({ min: 501, max: 99_950 }).map((zip) => String(zip).padStart(5, '0')),
  above: pick('', 'Martin Okonjo', 'Attn: Ada Vance'),
  below: pick('', '(555) 014-2210'),
})

const wordsOf = (text: string): readonly string[] => foldText(text).split(' ').filter((word) => word !== '')

describe('whatever is pasted', () => {
  it('comes apart at commas and at line ends into the fields it was made of', () => {
    fc.assert(
      fc.property(address, pick(', ', '\n', ' ,  ', '\r\n'), (made, between) => {
        const line1 = `${made.number} ${made.direction}${made.name} ${made.end}`
        const pasted = [made.above, line1, made.unit, made.city, `${made.state} ${made.zip}`, made.below].filter((part) => part !== '').join(between)
        const state = made.state.length === 2 ? made.state : STATES[made.state]
        expect(splitAddress(pasted)).toEqual({ address: { line1, line2: made.unit, city: made.city, state, postalCode: made.zip }, rest: [made.above, made.below].filter(Boolean).join(', ') })
      }),
    )
  })

  it('loses no word, however it is written', () => {
    const piece = fc.oneof(address.map((made) => `${made.number} ${made.name} ${made.end} ${made.unit} ${made.city} ${made.state} ${made.zip}`), pick('27', 'Larkspur', 'Court', ',', 'IL', 'Illinois', '60601', 'Unit', '3', '#', 'Fairhollow', 'PO Box 9', 'St.', '\n', 'in', 'or', '-', 'N'), fc.string({ maxLength: 8 }))
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(' ')), (pasted) => {
        const split = splitAddress(pasted)
        if (!split) return
        const { address: found, rest } = split
        const kept = wordsOf([found.line1, found.line2, found.city, found.state, found.postalCode, rest].join(' '))
        const long = Object.entries(STATES).find(([, code]) => code === found.state)?.[0] ?? ''
        const left = [...kept, ...wordsOf(long), 'us', 'usa', 'u', 's', 'a', 'united', 'states', 'of', 'america']
        // A ZIP code of nine digits gets its hyphen, a dotted state loses its dots: compared without what lies between.
        const lost = wordsOf(pasted).filter((word) => !left.includes(word) && !left.join('').includes(word))
        expect(lost).toEqual([])
      }),
    )
  })

  it('is the same address when its fields are pasted again', () => {
    fc.assert(
      fc.property(address, (made) => {
        const first = splitAddress(`${made.number} ${made.name} ${made.end}, ${made.unit}, ${made.city}, ${made.state} ${made.zip}`)?.address
        const again = first && splitAddress([first.line1, first.line2, first.city, `${first.state} ${first.postalCode}`].join(', '))
        expect(again).toEqual({ address: first, rest: '' })
      }),
    )
  })
})
