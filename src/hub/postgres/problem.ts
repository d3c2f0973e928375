/** Something that a person has to put right before the hub's PostgreSQL can run. The message is a sentence for them. */
export class PostgresProblem extends Error {
  override readonly name = 'PostgresProblem'
}

const CAUSES: Readonly<Record<string, string>> = {
  EACCES: 'the hub\u2019s user may not use it',
  EPERM: 'the hub\u2019s user may not change it',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'something on the way to it isn\u2019t a folder',
}

/** The system's own refusals as a sentence about the folder; anything else is a fault of ours and stays what it is. */
export function explained(error: unknown, directory: string): unknown {
  const { code, path } = error as NodeJS.ErrnoException
  const cause = code === undefined ? undefined : CAUSES[code]
  if (error instanceof PostgresProblem || cause === undefined) return error
  return new PostgresProblem(`The hub can\u2019t use ${path ?? directory} for its PostgreSQL: ${cause}. The data in it is untouched. Put that right, or choose another data folder, and start the hub again.`)
}
