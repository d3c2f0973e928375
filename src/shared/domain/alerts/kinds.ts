/** What an emergency is about (C12), the gravest first: where several are heard, the first of these counts. */
export const EMERGENCY_KINDS = ['gas', 'carbonMonoxide', 'smoke', 'electrical', 'floodElectric', 'flood', 'noHeat', 'noCooling', 'failure', 'other'] as const

export type EmergencyKind = (typeof EMERGENCY_KINDS)[number]

/** The weather that makes a cold or a hot house an emergency; somebody sets it in the morning. */
export const WEATHERS = ['mild', 'cold', 'heat'] as const

export type Weather = (typeof WEATHERS)[number]

export const WEATHER_NAMES: Readonly<Record<Weather, string>> = {
  mild: 'Mild: a house without heat or air conditioning can wait',
  cold: 'Extreme cold: no heat is an emergency',
  heat: 'Extreme heat: no air conditioning is an emergency',
}

export interface EmergencyRule {
  readonly name: string
  /** The key that chooses it in the list of emergencies. */
  readonly shortcut: string
  /** Life is in danger: the caller is told to leave and to call 911 before anything else is asked. */
  readonly danger: boolean
  /** What is said aloud, before anything else. */
  readonly say: string
  /** What is done besides, for the person on the telephone: not said aloud. */
  readonly advice: string
}

export const EMERGENCY_RULES: Readonly<Record<EmergencyKind, EmergencyRule>> = {
  gas: {
    name: 'Gas',
    shortcut: 'G',
    danger: true,
    say: 'Please leave the house now, with everybody in it, and leave the door open. Don\u2019t touch a switch, don\u2019t light anything, don\u2019t start a car. Call 911 from outside, then call me back.',
    advice: '911 and the gas utility come first. Nobody of ours goes in before the house is cleared.',
  },
  carbonMonoxide: {
    name: 'Carbon monoxide',
    shortcut: 'C',
    danger: true,
    say: 'Please get everybody and the pets out into the fresh air now. Does anyone have a headache, feel dizzy or sick? Call 911 from outside and say it is carbon monoxide. Don\u2019t go back in.',
    advice: '911 first, also where nobody feels ill. The heating stays off until a technician has looked at it.',
  },
  smoke: {
    name: 'Smoke or fire',
    shortcut: 'S',
    danger: true,
    say: 'Please leave the house now, close the doors behind you and call 911 from outside. Don\u2019t go back for anything.',
    advice: '911 first. We come once the fire department has let people in again.',
  },
  electrical: {
    name: 'Sparks, electrical hazard',
    shortcut: 'E',
    danger: true,
    say: 'Please step away from it and keep everybody away. If it is sparking or hot, leave the house and call 911 from outside. Switch the main breaker off only if you can reach it without going near.',
    advice: '911 where there are sparks, heat, smoke or a wire that is down. Nobody touches the outlet or the panel.',
  },
  floodElectric: {
    name: 'Water near electrics',
    shortcut: 'W',
    danger: true,
    say: 'Please don\u2019t step into the water, and don\u2019t touch a switch or the panel. Keep everybody out of that room. If water reaches an outlet or the panel, leave the house and call 911 from outside.',
    advice: '911 where water has reached outlets or the panel. The water is shut off only where the way to the valve is dry.',
  },
  flood: {
    name: 'Leak or flood',
    shortcut: 'F',
    danger: false,
    say: 'Please close the main water valve if you can get to it with dry feet. Keep away from outlets and anything electrical that is wet. If water comes near them, leave the room and tell me.',
    advice: 'Ask where the water runs to. Near an outlet or the panel it is \u201cwater near electrics\u201d.',
  },
  noHeat: {
    name: 'No heat in extreme cold',
    shortcut: 'H',
    danger: false,
    say: 'Is there a small child, somebody old or somebody ill with you? Please stay in one warm room, and don\u2019t heat with the oven or a grill. If anyone is in trouble, call 911.',
    advice: 'Say how old the people are in the summary. Oven and grill give off carbon monoxide.',
  },
  noCooling: {
    name: 'No cooling in extreme heat',
    shortcut: 'A',
    danger: false,
    say: 'Is there a small child, somebody old or somebody ill with you? Please drink water, stay in the coolest room or go somewhere cool. If anyone is dizzy or confused, call 911.',
    advice: 'Say how old the people are in the summary.',
  },
  failure: {
    name: 'Total failure',
    shortcut: 'T',
    danger: false,
    say: 'Is everybody safe where you are? Please switch it off and leave it off until our technician is with you.',
    advice: 'Ask what else stopped with it: one thing, or the whole house.',
  },
  other: {
    name: 'Other emergency',
    shortcut: 'O',
    danger: false,
    say: 'Is everybody safe where you are? If anyone is in danger, please leave the house now and call 911 from outside.',
    advice: 'Say what it is: Alt+E again, then a letter.',
  },
}

/** How grave: a smaller number comes first. */
export const gravity = (kind: EmergencyKind): number => EMERGENCY_KINDS.indexOf(kind)
