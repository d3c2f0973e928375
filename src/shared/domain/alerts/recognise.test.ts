import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EMERGENCY_KINDS, EMERGENCY_RULES, type EmergencyKind, gravity, WEATHERS } from './kinds.ts'
import { recogniseEmergency, wholeWords } from './recognise.ts'

const SAID: readonly (readonly [string, EmergencyKind])[] = [
  ['Smells gas in the basement', 'gas'],
  ['There is a strong smell of natural gas', 'gas'],
  ['Gas leak at the stove', 'gas'],
  ['gas line leaking', 'gas'],
  ['rotten eggs smell in kitchen', 'gas'],
  ['No heat and gas smell', 'gas'],
  ['No heat gas smell upstairs', 'gas'],
  ['furnace not working smells like gas', 'gas'],
  ['No hot water, I smell gas', 'gas'],
  ['I don\u2019t know what it is but I smell gas', 'gas'],
  ['CO alarm going off', 'carbonMonoxide'],
  ['The carbon monoxide detector is beeping', 'carbonMonoxide'],
  ['carbon monoxide in the house', 'carbonMonoxide'],
  ['the CO is going off', 'carbonMonoxide'],
  ['the other CO is beeping too', 'carbonMonoxide'],
  ['CO is high near the gas furnace', 'carbonMonoxide'],
  ['gas CO detector went off', 'carbonMonoxide'],
  ['HVAC tech said co level is high', 'carbonMonoxide'],
  ['Smoke coming from the furnace', 'smoke'],
  ['The panel is on fire', 'smoke'],
  ['burning smell from vents', 'smoke'],
  ['no fire but lots of smoke', 'smoke'],
  ['Sparks from the outlet', 'electrical'],
  ['outlet is sparking', 'electrical'],
  ['got shocked by the switch', 'electrical'],
  ['A wire is down in the yard', 'electrical'],
  ['Pipe burst, water everywhere', 'flood'],
  ['basement is flooding', 'flood'],
  ['sewage coming up the drain', 'flood'],
  ['Basement flooding, water is near the panel', 'floodElectric'],
  ['burst pipe above the breakers', 'floodElectric'],
  ['complete system failure', 'failure'],
  ['It is an emergency', 'other'],
]

const NOT_SAID: readonly string[] = [
  '',
  'AC not cooling',
  'No emergency',
  'not an emergency, drip under the sink',
  'Non-emergency: tune-up',
  'isn\u2019t an emergency',
  'No smell of gas',
  'no gas smell',
  'There is no smoke or gas smell',
  'doesn\u2019t smell any gas',
  'no sparks, outlet is dead',
  'no flooding, slow drip',
  'not on fire',
  'no longer smells gas',
  'gas furnace tune-up',
  'gas water heater leaking a bit',
  'quote for a gas line',
  'install a carbon monoxide alarm',
  'smoke detector chirping',
  'Replace CO detector battery',
  'The gas co shut it off',
  'HVAC co went out of business',
  'our last co went bankrupt',
  'electric co is high',
  'a co-worker went home',
  'my co-pay is high',
  'sparkling water system quote',
  'spark plug of the generator',
  'flood light is out',
  'emergency light in the hall, replace bulb',
  'faucet drips',
]

describe('the words of a summary', () => {
  it.each(SAID)('\u201c%s\u201d is %s', (text, kind) => {
    expect(recogniseEmergency(text, 'mild')).toBe(kind)
    expect(recogniseEmergency(text.toUpperCase(), 'mild')).toBe(kind)
  })

  it.each(NOT_SAID)('\u201c%s\u201d raises no alarm', (text) => {
    expect(recogniseEmergency(text, 'mild')).toBeNull()
  })

  it('make a cold house an emergency in the cold, and a hot one in the heat', () => {
    expect(WEATHERS.map((weather) => recogniseEmergency('No heat since last night', weather))).toEqual([null, 'noHeat', null])
    expect(WEATHERS.map((weather) => recogniseEmergency('furnace won\u2019t start', weather))).toEqual([null, 'noHeat', null])
    expect(WEATHERS.map((weather) => recogniseEmergency('A/C not working', weather))).toEqual([null, null, 'noCooling'])
    expect(WEATHERS.map((weather) => recogniseEmergency('AC blowing warm air', weather))).toEqual([null, null, 'noCooling'])
  })

  it('let the caller say that it can wait, but not where life is in danger', () => {
    expect(recogniseEmergency('No heat, no emergency', 'cold')).toBeNull()
    expect(recogniseEmergency('not an emergency but I smell gas', 'cold')).toBe('gas')
  })

  it('are looked at as whole words while they are typed', () => {
    expect([wholeWords('there is a spark'), wholeWords('gas leak '), wholeWords('gas leak.'), wholeWords('isn\u2019t')]).toEqual(['there is a ', 'gas leak ', 'gas leak.', ''])
  })
})

/** Each with no negator of its own, so that one before it denies it. */
const plain = fc.constantFrom('gas leak', 'smell of gas', 'sparks', 'smoke', 'flooding', 'burst pipe', 'flames', 'carbon monoxide', 'emergency')
const dangerous = fc.constantFrom('gas leak', 'smell gas', 'sparks', 'smoke coming', 'flames', 'carbon monoxide', 'burning smell')
const filler = fc.array(fc.constantFrom('kitchen', 'upstairs', 'furnace', 'please', 'tomorrow', 'Martin', 'upset', 'working', 'heat', '2'), { maxLength: 8 }).map((words) => words.join(' '))
const weather = fc.constantFrom(...WEATHERS)

describe('for any words', () => {
  it('what is denied raises no alarm', () => {
    fc.assert(fc.property(fc.constantFrom('no', 'not', 'never any', 'there is no', 'we don\u2019t have a', 'no sign of', 'isn\u2019t any'), plain, weather, (denial, phrase, kind) => recogniseEmergency(`${denial} ${phrase}`, kind) === null))
  })

  it('danger is heard wherever it stands among other words, whatever was denied before them', () => {
    fc.assert(
      fc.property(fc.constantFrom('', 'no heat', 'not working', 'no emergency,', 'doesn\u2019t start'), filler, dangerous, filler, weather, (denied, before, phrase, after, kind) => {
        const found = recogniseEmergency(`${denied} ${before} kitchen ${phrase}. ${after}`, kind)
        return found !== null && EMERGENCY_RULES[found].danger
      }),
    )
  })

  it('a sentence more never makes an emergency less grave', () => {
    fc.assert(
      fc.property(plain, fc.string({ maxLength: 60 }), weather, (phrase, more, kind) => {
        const before = recogniseEmergency(phrase, kind)
        const after = recogniseEmergency(`${phrase}. ${more}`, kind)
        // “No emergency” said afterwards takes back what is no danger.
        return before !== null && (EMERGENCY_RULES[before].danger ? after !== null && gravity(after) <= gravity(before) : true)
      }),
    )
  })

  it('mild weather makes neither heat nor air conditioning an emergency, and no text breaks it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), filler), (text) => {
        const found = recogniseEmergency(text, 'mild')
        return found === null || (EMERGENCY_KINDS.includes(found) && found !== 'noHeat' && found !== 'noCooling')
      }),
    )
  })
})

describe('every emergency', () => {
  it('has a key and words of its own, and says 911 where life is in danger', () => {
    const rules = Object.values(EMERGENCY_RULES)
    expect(new Set(rules.map(({ shortcut }) => shortcut)).size).toBe(rules.length)
    expect(new Set(rules.map(({ say }) => say)).size).toBe(rules.length)
    expect(rules.map(({ shortcut }) => shortcut)).not.toContain('X')
    for (const { danger, say } of rules) if (danger) expect(say).toMatch(/911/)
  })
})
