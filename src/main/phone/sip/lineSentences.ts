import type { LineFault } from './wsSocket.ts'

const LATER = 'Baton keeps trying.'

const CERTIFICATE_FAULTS: Readonly<Record<string, string>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'it vouches for itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'nobody this workstation trusts vouches for it',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'nobody this workstation trusts vouches for it',
  UNABLE_TO_GET_ISSUER_CERT: 'nobody this workstation trusts vouches for it',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'nobody this workstation trusts vouches for it',
  CERT_HAS_EXPIRED: 'it has expired',
  CERT_NOT_YET_VALID: 'it is not valid yet; is this machine\u2019s clock right?',
  ERR_TLS_CERT_ALTNAME_INVALID: 'it belongs to another address',
}

/** Why the server can't be reached, for people. */
export function faultSentence({ code, message }: LineFault): string {
  const certificate = CERTIFICATE_FAULTS[code]
  if (certificate !== undefined) return `The telephone server\u2019s certificate can\u2019t be trusted: ${certificate}. Ask whoever runs it, or enter its certificate under Settings, Phone.`
  switch (code) {
    case 'ECONNREFUSED':
      return `The telephone server does not answer at this address. ${LATER}`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `The telephone server\u2019s name can\u2019t be found. Is the address right, and is this machine online? ${LATER}`
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `The telephone server can\u2019t be reached from this network. ${LATER}`
    case 'ECONNRESET':
      return `The telephone server broke the line off. ${LATER}`
  }
  if (/Unexpected server response/.test(message)) return `The address answers, but not as a telephone server. Is the path right? ${LATER}`
  if (/PEM|certificate/i.test(message)) return 'The certificate entered under Settings, Phone can\u2019t be read. It begins with -----BEGIN CERTIFICATE-----.'
  return `The line to the telephone server is down. ${LATER}`
}

/** Why the server refuses the registration. */
export function registrationSentence(status: number | null): string {
  switch (status) {
    case null:
    case 408:
      return `The telephone server does not answer the registration. ${LATER}`
    case 401:
    case 403:
    case 407:
      return 'The telephone server refuses the user name or the password. Check them under Settings, Phone.'
    case 404:
      return 'The telephone server does not know this extension. Check it under Settings, Phone.'
    case 423:
      return 'The telephone server wants another time between registrations than Baton can keep. Tell whoever runs it.'
    case 503:
      return `The telephone server has too much to do. ${LATER}`
    default:
      return `The telephone server refuses the registration (${status}). ${LATER}`
  }
}

/** True where trying again soon would only lock the account. */
export const isSignInRefusal = (status: number | null): boolean => status === 401 || status === 403 || status === 407 || status === 404
