import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { callerOf, correlationIn, dialledLineOf, externalIdOf, type SipHeaders } from './identity.ts'

const headers = (fields: Readonly<Record<string, string | readonly string[]>>): SipHeaders => ({
  all: (name) => Object.entries(fields).flatMap(([key, value]) => (key.toLowerCase() === name.toLowerCase() ? value : [])),
})

describe('callerOf', () => {
  it.each([
    ['an asserted identity over an anonymous From', { 'P-Asserted-Identity': '"JANE" <sip:+15125550142@carrier.example>', From: '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1' }, '+15125550142'],
    ['the telephone number of two asserted identities', { 'P-Asserted-Identity': '<sip:jane@carrier.example>, <tel:+1-512-555-0142>' }, '+15125550142'],
    ['two fields of it', { 'P-Asserted-Identity': ['<sip:jane@carrier.example>', '<tel:+15125550142>'] }, '+15125550142'],
    ['a comma in a name', { 'P-Asserted-Identity': '"Homeowner, Jane" <sip:5125550142@carrier.example;user=phone>' }, '+15125550142'],
    ['an older system\u2019s field', { 'Remote-Party-ID': '<sip:15125550142@pbx>;party=calling', From: '<sip:trunk@pbx>' }, '+15125550142'],
    ['From alone, however it is written', { From: 'Jane <sip:(512)%20555-0142@pbx>;tag=9' }, '+15125550142'],
    ['an address without brackets', { From: 'sip:5125550142@pbx;tag=9' }, '+15125550142'],
    ['a foreign number', { From: '<sip:011442079460958@pbx>' }, '+442079460958'],
  ])('takes %s', (_what, fields, number) => {
    expect(callerOf(headers(fields))).toEqual({ number, extension: null })
  })

  it.each(['<sip:anonymous@anonymous.invalid>', '"Restricted" <sip:Restricted@pbx>', '<sip:@pbx>', '', '<sip:jane@pbx>', 'garbage <<<'])('knows nobody in %j', (from) => {
    expect(callerOf(headers({ From: from }))).toEqual({ number: null, extension: null })
  })

  it('is not kept busy by a field that a stranger made for that', () => {
    const blanks = ' '.repeat(995)
    for (const field of [`x,${blanks}y`, `"${blanks}`, `${blanks}<${blanks}`, '<'.repeat(1000), `"\\`.repeat(400)]) {
      expect(callerOf(headers({ 'P-Asserted-Identity': Array.from({ length: 500 }, () => field) }))).toEqual({ number: null, extension: null })
    }
  })

  it('knows a colleague by their extension', () => {
    expect(callerOf(headers({ 'P-Asserted-Identity': '<sip:102@sip.local>' }))).toEqual({ number: null, extension: '102' })
  })

  it('never throws and never takes long, whatever is sent', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 4_000 }), fc.string({ unit: fc.constantFrom('"', '<', '>', ',', '\\', ' ', 'sip:', ';', '@', '+1', '%') , maxLength: 400 }), (any, nasty) => {
        const fields = headers({ 'P-Asserted-Identity': nasty, From: any, Diversion: nasty, 'History-Info': any, To: nasty, 'X-Dialed-Number': any })
        const { number } = callerOf(fields)
        expect(number === null || /^\+\d{6,15}$/.test(number)).toBe(true)
        expect(dialledLineOf(fields).number.length).toBeLessThanOrEqual(40)
        expect(externalIdOf(nasty, () => false)).toMatch(/^sip:/)
        expect(correlationIn(any) ?? 'sip:').toMatch(/^sip:/)
      }),
    )
  })
})

describe('dialledLineOf', () => {
  it('takes what the system says outright', () => {
    expect(dialledLineOf(headers({ 'X-Dialed-Number': '+13125550150', To: '<sip:101@pbx>' }))).toEqual({ name: '', number: '+13125550150' })
  })

  it('takes where the call began before it was diverted', () => {
    expect(dialledLineOf(headers({ Diversion: ['<sip:102@pbx>;reason=no-answer', '"Second Brand" <sip:3125550150@pbx>;reason=unconditional'], To: '<sip:101@pbx>' }))).toEqual({ name: 'Second Brand', number: '+13125550150' })
    expect(dialledLineOf(headers({ 'History-Info': '<sip:+13125550100@pbx>;index=1, <sip:101@pbx>;index=1.1' }))).toEqual({ name: '', number: '+13125550100' })
  })

  it('takes the To of a plain call, as it was dialled', () => {
    expect(dialledLineOf(headers({ To: '"Main" <sip:5550100@pbx>' }))).toEqual({ name: 'Main', number: '5550100' })
  })
})

describe('externalIdOf', () => {
  it('is one for all branches of a ring', () => {
    expect(externalIdOf('a84b4c76@pbx', () => false)).toBe('sip:a84b4c76@pbx')
  })

  it('is another one where a call that is up has it', () => {
    const taken = new Set(['sip:a@pbx', 'sip:a@pbx;2'])
    expect(externalIdOf('a@pbx', (id) => taken.has(id))).toBe('sip:a@pbx;3')
  })
})

describe('correlationIn', () => {
  it('takes the id of a call at a telephone system, and no other adapter\u2019s', () => {
    expect(correlationIn(' sip:first@pbx ')).toBe('sip:first@pbx')
    expect(correlationIn('practice:1')).toBeUndefined()
    expect(correlationIn(`sip:${'x'.repeat(300)}`)).toBeUndefined()
    expect(correlationIn(undefined)).toBeUndefined()
  })
})
