import { foldText } from '../../base/text.ts'

/** What streets are called at their end, and the short forms people write, as the Postal Service lists them (Publication 28). */
const STREET_WORDS: Readonly<Record<string, readonly string[]>> = {
  alley: ['aly'], avenue: ['ave', 'av', 'aven'], bend: ['bnd'], boulevard: ['blvd', 'boul'], circle: ['cir', 'circ'], court: ['ct', 'crt'], cove: ['cv'],
  crescent: ['cres'], crossing: ['xing', 'crossng'], drive: ['dr', 'drv'], estates: ['ests'], expressway: ['expy'], freeway: ['fwy'], glen: ['gln'],
  heights: ['hts'], highway: ['hwy'], hill: ['hl'], hollow: ['holw'], junction: ['jct'], lane: ['ln'], loop: [], manor: ['mnr'], meadows: ['mdws'],
  park: ['prk'], parkway: ['pkwy', 'pky', 'pkway'], pass: [], path: [], pike: [], place: ['pl'], plaza: ['plz'], point: ['pt'], ridge: ['rdg'],
  road: ['rd'], route: ['rte'], row: [], run: [], square: ['sq'], street: ['st', 'str'], terrace: ['ter', 'terr'], trace: ['trce'], trail: ['trl'],
  turnpike: ['tpke'], valley: ['vly'], view: ['vw'], village: ['vlg'], walk: [], way: ['wy'],
}

const DIRECTIONS: Readonly<Record<string, readonly string[]>> = {
  north: ['n'], south: ['s'], east: ['e'], west: ['w'], northeast: ['ne'], northwest: ['nw'], southeast: ['se'], southwest: ['sw'],
}

const UNITS: Readonly<Record<string, readonly string[]>> = {
  apartment: ['apt'], building: ['bldg'], floor: ['fl'], lot: [], room: ['rm'], space: ['spc'], suite: ['ste'], trailer: ['trlr'], unit: [],
}

function spellings(words: Readonly<Record<string, readonly string[]>>): readonly (readonly [string, string])[] {
  return Object.entries(words).flatMap(([word, short]) => [word, ...short].map((written) => [written, word] as const))
}

const WHOLE: ReadonlyMap<string, string> = new Map([...spellings(DIRECTIONS), ...spellings(STREET_WORDS), ...spellings(UNITS)])

/** The words that end a street's name: `Court`, `Ct`, `Blvd.`. */
export const STREET_ENDS: ReadonlySet<string> = new Set(spellings(STREET_WORDS).map(([written]) => written))

const SURE: ReadonlySet<string> = new Set(['alley', 'avenue', 'boulevard', 'circle', 'court', 'drive', 'expressway', 'freeway', 'highway', 'lane', 'loop', 'parkway', 'place', 'road', 'street', 'terrace', 'trail', 'turnpike', 'way'])

/** Those of them that begin no city's name; `Park Ridge` and `Valley View` are cities. */
export const SURE_STREET_ENDS: ReadonlySet<string> = new Set(spellings(STREET_WORDS).flatMap(([written, word]) => (SURE.has(word) ? [written] : [])))

/** `N`, `SW`: directions as they are written after a street, never the beginning of a city. */
export const SHORT_DIRECTIONS: ReadonlySet<string> = new Set(Object.values(DIRECTIONS).flat())

export const UNIT_WORDS: readonly string[] = spellings(UNITS).map(([written]) => written)

/** The words that are written alike in every spelling of a street: `27 larkspur` of `27 Larkspur Ct.`. */
export function streetWords(line1: string): readonly string[] {
  return foldText(line1)
    .split(' ')
    .filter((word) => word !== '' && !WHOLE.has(word))
}

/** The same for two spellings of one street: `27 Larkspur Ct.` and `27 larkspur court`, `9 N Main St` and `9 North Main Street`. */
export function streetKey(line1: string): string {
  return foldText(line1)
    .split(' ')
    .map((word) => WHOLE.get(word) ?? word)
    .join(' ')
}
