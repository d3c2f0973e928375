import { readXml, type XmlElement } from './smallXml.ts'

/** Where a dialog is (RFC 4235, 3.7.1). */
export type DialogState = 'trying' | 'proceeding' | 'early' | 'confirmed' | 'terminated'

export interface Party {
  /** The user part of a SIP or tel address; empty where there is none. */
  readonly user: string
  readonly display: string
  /** False where this side does not hear the other (`+sip.rendering`): on hold. Null where nothing is said of it. */
  readonly rendering: boolean | null
}

export interface Dialog {
  readonly id: string
  /** The Call-ID; empty where the system keeps it to itself. */
  readonly callId: string
  readonly direction: 'initiator' | 'recipient' | null
  readonly state: DialogState
  /** Why it ended: cancelled, rejected, replaced, local-bye, remote-bye, error, timeout; empty where nothing is said. */
  readonly event: string
  readonly code: number | null
  readonly local: Party
  readonly remote: Party
}

/** What one notice says of one telephone. */
export interface DialogInfo {
  readonly version: number
  /** Everything there is, or only what changed. */
  readonly full: boolean
  readonly dialogs: readonly Dialog[]
}

const STATES: readonly DialogState[] = ['trying', 'proceeding', 'early', 'confirmed', 'terminated']
const LONGEST_ID = 250
const NOBODY: Party = { user: '', display: '', rendering: null }

const child = (element: XmlElement | undefined, name: string): XmlElement | undefined => element?.children.find((one) => one.name === name)
const attribute = (element: XmlElement | undefined, name: string): string => element?.attributes.get(name) ?? ''

function userOf(address: string): string {
  const user = /^\s*(?:sips?|tel):([^@;?>\s]*)/i.exec(address)?.[1] ?? ''
  try {
    return decodeURIComponent(user)
  } catch {
    return user
  }
}

function partyOf(element: XmlElement | undefined): Party {
  if (!element) return NOBODY
  const identity = child(element, 'identity')
  const target = child(element, 'target')
  const rendering = target?.children.find((one) => one.name === 'param' && attribute(one, 'pname').toLowerCase() === '+sip.rendering')
  return {
    user: userOf(identity?.text ?? '') || userOf(attribute(target, 'uri')),
    display: attribute(identity, 'display'),
    rendering: rendering ? attribute(rendering, 'pval').toLowerCase() !== 'no' : null,
  }
}

function dialogOf(element: XmlElement): Dialog | null {
  const id = attribute(element, 'id')
  const stateElement = child(element, 'state')
  const state = STATES.find((one) => one === stateElement?.text)
  if (id === '' || id.length > LONGEST_ID || !state) return null
  const direction = attribute(element, 'direction')
  const code = Number(attribute(stateElement, 'code'))
  return {
    id,
    callId: attribute(element, 'call-id').slice(0, LONGEST_ID),
    direction: direction === 'initiator' || direction === 'recipient' ? direction : null,
    state,
    event: attribute(stateElement, 'event'),
    code: Number.isInteger(code) && code > 0 ? code : null,
    local: partyOf(child(element, 'local')),
    remote: partyOf(child(element, 'remote')),
  }
}

/** Reads `application/dialog-info+xml` (RFC 4235, 4). @returns null for everything else, whatever a server sends */
export function dialogInfoIn(body: string): DialogInfo | null {
  const root = readXml(body)
  const version = attribute(root ?? undefined, 'version')
  const state = attribute(root ?? undefined, 'state')
  if (root?.name !== 'dialog-info' || !/^\d{1,10}$/.test(version) || (state !== 'full' && state !== 'partial')) return null
  return { version: Number(version), full: state === 'full', dialogs: root.children.filter(({ name }) => name === 'dialog').flatMap((element) => dialogOf(element) ?? []) }
}
