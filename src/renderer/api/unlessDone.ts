import { RequestError } from './errors.ts'

/**
 * An answer may have been lost on the way: what is recorded already is what was wanted.
 * @param codes the refusals that say so
 * @throws every other refusal
 */
export async function unlessDone(codes: readonly string[], send: () => Promise<unknown>): Promise<void> {
  try {
    await send()
  } catch (thrown) {
    if (!(thrown instanceof RequestError) || !codes.includes(thrown.code)) throw thrown
  }
}
