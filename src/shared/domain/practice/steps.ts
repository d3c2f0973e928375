/**
 * The steps of a call in the order of the office guide (002): greet, listen, who and where to reach them, where, what is
 * wrong, what happens next, read back, close. Safety words come before everything but the greeting, where there is danger.
 */
export const PRACTICE_STEPS = ['greet', 'safety', 'listen', 'reach', 'place', 'problem', 'expect', 'readBack', 'close'] as const

export type PracticeStep = (typeof PRACTICE_STEPS)[number]

interface StepRule {
  readonly name: string
  /** What is said at this step, for whoever has left it out. */
  readonly better: string
}

export const STEP_RULES: Readonly<Record<PracticeStep, StepRule>> = {
  greet: { name: 'Greet', better: 'Thank you for calling, this is \u2026. How can I help you today?' },
  safety: { name: 'Safety', better: 'Please leave the home now, everybody with you, and call 911 from outside.' },
  listen: { name: 'Listen', better: 'I\u2019m sorry to hear that. Tell me what is happening.' },
  reach: { name: 'Name, number', better: 'May I have your name, and the best number to reach you at if we are cut off?' },
  place: { name: 'Address', better: 'What is the address where the work is? How do we get in?' },
  problem: { name: 'Problem', better: 'What is it doing, and when did it start?' },
  expect: { name: 'What\u2019s next', better: 'Here is what happens next: our technician looks at it and tells you the price before any work starts.' },
  readBack: { name: 'Read back', better: 'Let me read that back to you: your name, your number, the address, the day and the window.' },
  close: { name: 'Close', better: 'Is there anything else I can help you with today? Thank you for calling.' },
}
