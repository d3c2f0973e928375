/**
 * A workstation that has not been upgraded sends the older shape of a command. Each step brings one version's input to
 * the next; the hub applies them before it reads the input.
 */
export interface Upcaster {
  readonly command: string
  /** From this version to the next. */
  readonly from: number
  readonly lift: (input: unknown) => unknown
}

/** Every step ever needed. One is added whenever a command's `version` grows, and none is ever taken away. */
const UPCASTERS: readonly Upcaster[] = [
  // Version 2 says when the booking was begun, with which words, and what was answered; an older one says none of it.
  { command: 'job.book', from: 1, lift: (input) => input },
  // Version 2 may say how a customer wants to be reached and where to park; version 1 says neither, and needs no more.
  ...['customer.create', 'customer.change', 'location.add', 'location.change'].map((command) => ({ command, from: 1, lift: (input: unknown) => input })),
]

/**
 * The input in the version that this Baton knows.
 * @throws where a step is missing: a command's version grew without one, which a test notices first
 */
export function upcast(command: { readonly name: string; readonly version: number }, version: number, input: unknown, steps: readonly Upcaster[] = UPCASTERS): unknown {
  let lifted = input
  for (let at = version; at < command.version; at++) {
    const step = steps.find((candidate) => candidate.command === command.name && candidate.from === at)
    if (!step) throw new Error(`Nothing lifts ${command.name} from version ${at}`)
    lifted = step.lift(lifted)
  }
  return lifted
}
