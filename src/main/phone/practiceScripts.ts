import type { CallerCard } from './port.ts'

/** Whose number the caller rings from; the backend finds such a customer in the store. */
export type CallerKind = 'known' | 'dueToday' | 'shared' | 'newCaller' | 'withheld'

export interface PracticeScript {
  readonly key: string
  readonly caller: CallerKind
  readonly lineName: string
  /** Milliseconds of ringing after which the caller hangs up unanswered; null waits. */
  readonly hangsUpAfterMs: number | null
  /** Speaks to the machine for so many seconds where nobody answered; absent, the caller says nothing to it. */
  readonly voicemailSeconds?: number
  readonly card: CallerCard
}

/**
 * The callers of the practice line. `{name}`, `{first}`, `{address}` and `{other}` become what the store
 * knows of the customer who was picked; a script without a customer uses none of them.
 */
export const PRACTICE_SCRIPTS: readonly PracticeScript[] = [
  {
    key: 'known',
    caller: 'known',
    lineName: 'HVAC line',
    hangsUpAfterMs: null,
    card: {
      title: '{name}, on file',
      goal: 'Book a service call for no cooling, this week.',
      lines: [
        'Hi, this is {first}. You have been here before.',
        'The house at {address} isn\u2019t cooling. It has blown warm air since last night.',
        'Any afternoon is good. I pay by card.',
        'Yes, that number is right. A text is fine.',
      ],
    },
  },
  {
    key: 'whereIsMyTechnician',
    caller: 'dueToday',
    lineName: 'HVAC line',
    hangsUpAfterMs: null,
    card: {
      title: '{name}, waiting for today\u2019s visit',
      goal: 'Find the visit in the pop and tell the window. Nothing to book.',
      lines: ['This is {first}. When is your technician coming?', 'I have to leave at three.', 'All right, thank you.'],
    },
  },
  {
    key: 'newCaller',
    caller: 'newCaller',
    lineName: 'Plumbing line',
    hangsUpAfterMs: null,
    card: {
      title: 'Dana Whitlock, a new caller',
      goal: 'Make the customer and the location, book a leak for today.',
      lines: [
        'Good afternoon, my name is Dana Whitlock. W-h-i-t-l-o-c-k.',
        'Water is dripping under my kitchen sink. I put a bucket there.',
        'I live at 27 Larkspur Court. There is a friendly dog.',
        'A neighbor gave me your number. Can somebody come today?',
        'I pay by check.',
      ],
    },
  },
  {
    key: 'shared',
    caller: 'shared',
    lineName: 'HVAC line',
    hangsUpAfterMs: null,
    card: {
      title: '{name}, sharing a number with {other}',
      goal: 'Ask who is calling, confirm the right one by key, then book a tune-up.',
      lines: ['Hello, I\u2019d like the spring tune-up, please.', 'No, this is {first}. {other} has the same number.', 'Mornings are better for us.'],
    },
  },
  {
    key: 'withheld',
    caller: 'withheld',
    lineName: 'Electrical line',
    hangsUpAfterMs: null,
    card: {
      title: 'A caller who withholds the number',
      goal: 'Get a name and a number to call back before anything else.',
      lines: [
        'Hello. What does it cost to hang a ceiling fan?',
        'My name is Luis Ferrara. I only want a rough price.',
        'You can reach me at 555 014 7788 after five. I\u2019ll think about it.',
      ],
    },
  },
  {
    key: 'wrongNumber',
    caller: 'newCaller',
    lineName: 'Drains line',
    hangsUpAfterMs: null,
    card: {
      title: 'A wrong number',
      goal: 'Be kind, end the call, and say that it was not a lead.',
      lines: ['Two large pepperoni, please.', 'Oh. This isn\u2019t Bruno\u2019s?', 'Sorry about that. Bye.'],
    },
  },
  {
    key: 'hangsUp',
    caller: 'known',
    lineName: 'HVAC line',
    hangsUpAfterMs: 14_000,
    card: {
      title: '{name}, who hangs up while it rings',
      goal: 'Too late? Then return the call: it is in the queue.',
      lines: ['(Rings twice and a half, then hangs up.)'],
    },
  },
  {
    key: 'voicemail',
    caller: 'known',
    lineName: 'HVAC line',
    hangsUpAfterMs: 4_000,
    voicemailSeconds: 38,
    card: {
      title: '{name}, who speaks to the machine',
      goal: 'Let it ring: a voicemail follows. Return it within the hour, from Calls to return.',
      lines: ['\u201CThis is {first}. The heat does not come on. Please call me back before noon.\u201D'],
    },
  },
]

/** How long a practice customer lets it ring before they pick up, milliseconds. */
export const PICKS_UP_AFTER_MS = 3_000

/** Who picks up where a practice call is returned. */
export const CALL_BACK_CARD: CallerCard = {
  title: '{name}, called back',
  goal: 'Say who you are and why you call. Book the visit, or say how the call ended.',
  lines: ['Hello? This is {first}.', 'Oh good, thank you for calling back. It does not cool any more.', 'Tomorrow morning would be fine. I pay by card.'],
}

/** Puts what the store knows of the caller into the card's words. */
export function fillCard(card: CallerCard, words: Readonly<Record<string, string>>): CallerCard {
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (whole, word: string) => words[word] ?? whole)
  return { title: fill(card.title), goal: fill(card.goal), lines: card.lines.map(fill) }
}
