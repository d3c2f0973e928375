/** A message as the other end reads it. */
export const wired = <T>(message: T): T => JSON.parse(JSON.stringify(message)) as T
