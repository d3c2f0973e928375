import type { EmergencyKind } from './kinds.ts'

/** The words an emergency is recognised by: some words in their order; `a|b` stands for either. */
export interface Phrase {
  readonly words: readonly string[]
  /** How many other words may stand between two of them. */
  readonly gap: number
  /** In a clause with one of these, the phrase means something else. */
  readonly unless: readonly string[]
  /** Right after one of these, its first word does. */
  readonly notAfter?: ReadonlySet<string>
  /** Right before one of these, its first word does. */
  readonly notBefore?: ReadonlySet<string>
}

const say = (text: string, unless: readonly string[] = []): Phrase => ({ words: text.split(' '), gap: 2, unless })

/** Word after word: with others between, they would be about something else ("gas water heater leaking"). */
const exactly = (text: string): Phrase => ({ words: text.split(' '), gap: 0, unless: [] })

/** Something is bought, fitted or looked after: the device is meant, not the danger it warns of. */
const SALE = ['install', 'installed', 'installing', 'installation', 'replace', 'replacing', 'replacement', 'quote', 'estimate', 'price', 'buy', 'purchase', 'battery', 'batteries', 'test', 'tested', 'inspection']

/** What only an alarm or a gas does. */
const SOUNDING = 'beeping|beeps|sounding|sounds|ringing|alarming|screaming|tripped|triggered|poisoning|poisoned'

/** What a company, a bill or a colleague does as well: “the gas co shut it off”. */
const GOING = 'going|goes|went|off|leak|leaking|high'

const DEVICE = 'alarm|alarms|detector|detectors|sensor|sensors|monitor|monitors|reading|readings|level|levels'

/** Before it they make “co” a company. */
const COMPANIES: ReadonlySet<string> = new Set(['gas', 'power', 'electric', 'electrical', 'water', 'utility', 'oil', 'propane', 'hvac', 'heating', 'cooling', 'air', 'plumbing', 'insurance', 'security', 'other', 'another', 'last', 'previous', 'old'])

/** After it they make “co” a part of another word. */
const CO_WORDS: ReadonlySet<string> = new Set(['worker', 'workers', 'owner', 'owners', 'op', 'ops', 'pay', 'signer', 'tenant', 'tenants'])

export const PHRASES: Readonly<Record<Exclude<EmergencyKind, 'floodElectric'>, readonly Phrase[]>> = {
  gas: [
    exactly('gas leak|leaks|leaking|leaked|escaping'),
    exactly('gas is leaking|escaping'),
    exactly('gas line|pipe|valve|meter|main leak|leaks|leaking'),
    exactly('leak|leaks|leaking gas'),
    say('gas smell|smells|odor|odour'),
    say('smell|smells|smelling|smelled|smelt|odor|odour|stinks|stench gas|propane'),
    say('rotten egg|eggs'),
    say('propane leak|leaking|smell|odor'),
  ],
  carbonMonoxide: [
    { ...say(`co|monoxide ${SOUNDING}`), notBefore: CO_WORDS },
    { ...say(`co|monoxide ${GOING}`), notAfter: COMPANIES, notBefore: CO_WORDS },
    say(`co ${DEVICE} ${GOING}`),
    say('carbon monoxide', SALE),
    say('co alarm', SALE),
    say('monoxide alarm', SALE),
  ],
  smoke: [
    say('smoke', [...SALE, 'detector', 'detectors', 'chirping']),
    say('smoke coming|everywhere|filling|pouring'),
    say('smoking'),
    say('flames|flame coming|shooting|out'),
    say('flames'),
    say('on|caught|catching fire', ['place', 'pit', 'alarm', 'sprinkler']),
    say('fire in|at', ['place', 'pit', 'fireplace', 'alarm', 'sprinkler']),
    say('burning|burnt|burned smell|odor'),
    say('smell|smells|smelling|something burning|burnt|burned|smoke'),
  ],
  electrical: [
    say('sparks|sparking|sparked|arcing'),
    say('spark', ['plug', 'plugs', 'igniter', 'ignitor']),
    say('electric|electrical shock|shocks|hazard'),
    say('got|getting|gets|was shocked|electrocuted'),
    say('shocked|shocking|shocks me|us|him|her|someone'),
    say('exposed|live|downed|hanging wire|wires|wiring', ['install', 'quote', 'estimate']),
    say('wire|wires|line is|are down'),
    say('outlet|outlets|panel|breaker|socket hot|melting|melted|buzzing', ['tub', 'install', 'quote', 'estimate']),
  ],
  flood: [
    say('flooding|flooded|floods', ['light', 'lights', 'lighting']),
    say('flood', ['light', 'lights', 'lighting', 'lamp', 'lamps', 'insurance', 'zone']),
    say('burst|busted|broken pipe|pipes|line|main|hose'),
    say('pipe|pipes|hose|heater|main burst|bursted|busted|exploded'),
    say('water everywhere|pouring|gushing|spraying|rushing|shooting'),
    say('major|big|huge|bad|massive|severe leak'),
    say('leaking everywhere|badly|heavily'),
    say('sewage|sewer backing|backed|coming|up|everywhere|overflowing'),
    say('ceiling collapsed|collapsing|caving|dripping|leaking'),
  ],
  noHeat: [
    say('no heat|heating'),
    say('without heat|heating'),
    say('heat|heater|heating|furnace|boiler|pump out|dead|died|quit|broke|broken|stopped'),
    say('heat|heater|heating|furnace|boiler|pump not|wont|isnt|doesnt|didnt|cant|stopped work|working|start|starting|come|coming|turn|turning|heating|running|run'),
    say('house|home is|its freezing'),
  ],
  noCooling: [
    say('no ac|air|cool|cooling|aircon'),
    say('without ac|air|cooling'),
    say('ac|air|conditioner|conditioning|cooling out|dead|died|quit|broke|broken|stopped'),
    say('ac|air|conditioner|conditioning|unit not|wont|isnt|doesnt|didnt|cant work|working|start|starting|come|coming|turn|turning|cool|cooling|running|run'),
    say('ac|air|conditioner|unit blowing|blows hot|warm'),
  ],
  failure: [
    say('total|complete system failure|breakdown'),
    say('complete|total failure|breakdown|outage'),
    say('whole|entire system|house out|dead|down|off|failed'),
    say('system completely|totally down|dead|out|failed'),
    say('nothing works|working'),
    say('no power', ['outlet', 'outlets', 'room', 'garage', 'thermostat', 'circuit', 'unit', 'one']),
    say('no water at all'),
  ],
  other: [say('emergency|emergencies', ['room', 'light', 'lights', 'lighting', 'generator', 'kit', 'contact']), say('emergent'), say('need|call 911'), say('someone|somebody is hurt|injured|trapped')],
}

/** Near these, water is a danger to life. */
export const ELECTRICS: ReadonlySet<string> = new Set(['outlet', 'outlets', 'socket', 'sockets', 'panel', 'breaker', 'breakers', 'electric', 'electrical', 'electrics', 'electricity', 'wire', 'wires', 'wiring', 'fusebox', 'fuse', 'appliances'])

/** Before a phrase they say that it is not so. */
export const NEGATORS: ReadonlySet<string> = new Set(['no', 'not', 'non', 'nonemergency', 'never', 'without', 'none', 'nor', 'neither', 'isnt', 'arent', 'aint', 'dont', 'doesnt', 'didnt', 'wasnt', 'werent', 'hasnt', 'havent', 'cant', 'cannot'])

/** What may stand between a negator and what it denies; after any other word something new is told. */
export const LIGHT_WORDS: ReadonlySet<string> = new Set(['a', 'an', 'any', 'the', 'is', 'are', 'was', 'it', 'its', 'this', 'there', 'that', 'of', 'i', 'we', 'you', 'he', 'she', 'they', 'see', 'seeing', 'saw', 'hear', 'feel', 'notice', 'smell', 'sign', 'signs', 'longer', 'more', 'really', 'actually', 'real', 'strong', 'yet', 'have', 'had', 'has', 'or', 'nor', 'kind', 'sort', 'been', 'being', 'be', 'think', 'say', 'says', 'do', 'does', 'exactly', 'even', 'at', 'all', 'got'])
