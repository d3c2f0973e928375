import type { ContractError } from '../../shared/contract/frames.ts'

/** Why a request was not done, as it crossed the transport; `message` is a sentence for the person. */
export class RequestError extends Error implements ContractError {
  override readonly name = 'RequestError'
  readonly code: string
  readonly field?: string
  readonly subject?: { readonly kind: string; readonly id: string }

  constructor(error: ContractError) {
    super(error.message)
    this.code = error.code
    if (error.field !== undefined) this.field = error.field
    if (error.subject !== undefined) this.subject = error.subject
  }
}

/** Whatever was thrown, as something that can be shown in place. */
export function asContractError(thrown: unknown): ContractError {
  if (thrown instanceof RequestError) return thrown
  return { code: 'page.failed', message: 'This page met a fault of its own. What you typed is still here; reload the page if it happens again.' }
}

export const CONNECTION_LOST: ContractError = {
  code: 'connection.lost',
  message: 'The connection broke before the answer came. What you typed is still here. Look whether it was saved, then try again.',
}

export const NOT_CONNECTED: ContractError = {
  code: 'connection.none',
  message: 'Baton\u2019s own service does not answer. Nothing was saved, and what you typed is still here. Try again when the status bar says Online.',
}
