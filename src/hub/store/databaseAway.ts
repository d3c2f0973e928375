import pg from 'pg'

/** PostgreSQL's classes and codes that say: not now. */
const REASONS: readonly (readonly [code: string, reason: string])[] = [
  ['57P01', 'it is being stopped'],
  ['57P02', 'it has just crashed and recovers'],
  ['57P03', 'it is starting or stopping'],
  ['53', 'it is out of connections, memory or disk'],
  ['55006', 'somebody else is working on it'],
  ['40', 'others were faster'],
  ['08', 'the connection to it broke'],
  ['ECONNREFUSED', 'nothing answers at its address'],
  ['ENOENT', 'nothing answers at its address'],
  ['ECONNRESET', 'the connection to it broke'],
  ['EPIPE', 'the connection to it broke'],
  ['ETIMEDOUT', 'it did not answer in time'],
  ['EHOSTUNREACH', 'its machine can\u2019t be reached'],
  ['ENETUNREACH', 'its machine can\u2019t be reached'],
  ['EAI_AGAIN', 'its machine\u2019s name can\u2019t be looked up'],
]

/** What pg says of a connection without a code. */
const MESSAGES: readonly (readonly [text: RegExp, reason: string])[] = [
  [/terminated unexpectedly|connection terminated|not queryable|connection error/i, 'the connection to it broke'],
  [/timeout/i, 'it did not answer in time'],
]

/**
 * Why the database can't be had at the moment, in words that name neither it nor its users; null where it answered, and
 * trying again would bring the same.
 */
export function databaseAway(error: unknown): string | null {
  if (!(error instanceof Error)) return null
  const { code, cause } = error as { readonly code?: unknown; readonly cause?: unknown }
  const known = typeof code === 'string' ? REASONS.find(([start]) => code.startsWith(start))?.[1] : undefined
  if (known !== undefined) return known
  if (error instanceof AggregateError) return error.errors.map(databaseAway).find((reason) => reason !== null) ?? null
  if (cause !== undefined) return databaseAway(cause)
  // The server's own words are about what it was asked.
  if (error instanceof pg.DatabaseError) return null
  return MESSAGES.find(([text]) => text.test(error.message))?.[1] ?? null
}
