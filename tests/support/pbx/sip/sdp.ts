/** Where one side of a call wants its sound, and in which direction it flows. */
export interface SoundPlace {
  readonly address: string
  readonly port: number
  readonly direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'
  /** Payload type of RFC 4733 digits; undefined where it has none. */
  readonly digits: number | undefined
}

const DIRECTIONS = ['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const

/** @throws where nothing is said about audio */
export function placeOf(sdp: string): SoundPlace {
  const address = /^c=IN IP4 (\S+)/m.exec(sdp)?.[1]
  const port = /^m=audio (\d+)/m.exec(sdp)?.[1]
  if (address === undefined || port === undefined) throw new Error('There is no audio in this description.')
  const digits = /^a=rtpmap:(\d+) telephone-event\/8000/m.exec(sdp)?.[1]
  return { address, port: Number(port), direction: DIRECTIONS.find((name) => new RegExp(`^a=${name}`, 'm').test(sdp)) ?? 'sendrecv', digits: digits === undefined ? undefined : Number(digits) }
}

/** Who holds sends, and so the other only receives (RFC 3264 6.1). */
const MIRRORED = { sendrecv: 'sendrecv', sendonly: 'recvonly', recvonly: 'sendonly', inactive: 'inactive' } as const

function described({ address, port, direction, digits }: SoundPlace): string {
  const digitLines = digits === undefined ? [] : [`a=rtpmap:${digits} telephone-event/8000`, `a=fmtp:${digits} 0-15`]
  return [
    'v=0',
    `o=- 1 1 IN IP4 ${address}`,
    's=-',
    `c=IN IP4 ${address}`,
    't=0 0',
    `m=audio ${port} RTP/AVP 0${digits === undefined ? '' : ` ${digits}`}`,
    'a=rtpmap:0 PCMU/8000',
    ...digitLines,
    `a=${direction}`,
    '',
  ].join('\r\n')
}

/** Offers PCMU both ways, without digits. */
export function offerOf(address: string, port: number): string {
  return described({ address, port, direction: 'sendrecv', digits: undefined })
}

/** Answers an offer: PCMU and its own digits, sound to a place. */
export function answerTo(offer: SoundPlace, { address, port }: { readonly address: string; readonly port: number }): string {
  return described({ address, port, direction: MIRRORED[offer.direction], digits: offer.digits })
}
