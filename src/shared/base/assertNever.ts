/**
 * Closes a `switch` over a discriminated union: a member that is not handled fails to compile,
 * and one that arrives at run time anyway (a newer workstation's data) fails loudly.
 */
export function assertNever(value: never, what: string): never {
  throw new Error(`Unhandled ${what}: ${JSON.stringify(value)}`)
}
