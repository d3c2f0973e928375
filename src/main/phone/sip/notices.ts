import type { ExtensionState, LineState } from '../port.ts'

/** The dialogues a telephone is in, as its system tells it (RFC 4235): enough to show it and to pick its ring up. */
export interface Dialogue {
  readonly state: 'ringing' | 'busy' | 'over'
  /** The Call-ID that the other telephones of the same ring have too; null where the system keeps it to itself. */
  readonly callId: string | null
  /** Who is at the other end, as an address; null where it is not said. */
  readonly remote: string | null
}

const LONGEST_BODY = 64 * 1024

const attribute = (tag: string, name: string): string | null => new RegExp(`\\s${name}\\s*=\\s*"([^"]*)"`).exec(tag)?.[1] ?? null

function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&apos;', '\u0027').replaceAll('&amp;', '&')
}

const TOKEN = /^[\x21-\x7e]{1,190}$/
const REMOTE = /<remote[\s>][\s\S]*?<identity[^>]*>([^<]{1,300})<\/identity>/

function callIdOf(tag: string): string | null {
  const callId = unescaped(attribute(tag, 'call-id') ?? '')
  return TOKEN.test(callId) ? callId : null
}

function stateOf(state: string): Dialogue['state'] {
  switch (state) {
    case 'trying':
    case 'proceeding':
    case 'early':
      return 'ringing'
    case 'confirmed':
      return 'busy'
    default:
      return 'over'
  }
}

/** Reads `application/dialog-info+xml`. What can't be read is no dialogue; nothing a server sends makes it throw. */
export function dialoguesIn(body: string): readonly Dialogue[] {
  const found: Dialogue[] = []
  for (const [, tag, content] of body.slice(0, LONGEST_BODY).matchAll(/<dialog(\s[^>]*)>([\s\S]*?)<\/dialog>/g)) {
    const state = /<state[^>]*>\s*([a-z]+)\s*<\/state>/.exec(content ?? '')?.[1] ?? ''
    // The one who calls is busy from the first ring; only the one who is called rings.
    const ringing = stateOf(state) === 'ringing' && attribute(tag ?? '', 'direction') === 'initiator' ? 'busy' : stateOf(state)
    const remote = REMOTE.exec(content ?? '')?.[1]
    found.push({ state: ringing, callId: callIdOf(tag ?? ''), remote: remote === undefined ? null : `<${unescaped(remote).trim()}>` })
  }
  return found
}

/** What a telephone is doing, all its dialogues together. */
export function extensionStateOf(dialogues: readonly Dialogue[]): ExtensionState['state'] {
  if (dialogues.some(({ state }) => state === 'busy')) return 'busy'
  return dialogues.some(({ state }) => state === 'ringing') ? 'ringing' : 'idle'
}

/** Reads `application/simple-message-summary` (RFC 3842); null where it does not count. */
export function messagesIn(body: string): LineState['messages'] {
  const text = body.slice(0, LONGEST_BODY)
  const counted = /^voice-message:\s*(\d{1,6})\s*\/\s*(\d{1,6})/im.exec(text)
  if (counted) return { fresh: Number(counted[1]), old: Number(counted[2]) }
  const waiting = /^messages-waiting:\s*(yes|no)/im.exec(text)?.[1]?.toLowerCase()
  if (waiting === undefined) return null
  return { fresh: waiting === 'yes' ? 1 : 0, old: 0 }
}
