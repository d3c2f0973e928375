import type { Log } from '../core/log.ts'
import { isExternalAddress, isOurAddress } from './origin.ts'

/** The permissions the page may have, each with its reason; everything else is refused. */
const ALLOWED: ReadonlyMap<string, string> = new Map([
  ['clipboard-sanitized-write', 'Copying a number, an address or an invoice number.'],
  ['notifications', 'A ring while another application is in front.'],
])

function mayHave(permission: string, address: string): boolean {
  return ALLOWED.has(permission) && isOurAddress(address)
}

/** What the media page may have, and no other page: the microphone alone, and the outputs it plays at. */
const SOUND: ReadonlySet<string> = new Set(['media', 'speaker-selection'])

interface SoundDetails {
  readonly mediaTypes?: readonly string[]
  readonly mediaType?: string
}

const isSoundOnly = ({ mediaTypes, mediaType }: SoundDetails): boolean => (mediaTypes ?? []).every((type) => type === 'audio') && (mediaType === undefined || mediaType === 'audio' || mediaType === 'unknown')

function mayHear(permission: string, address: string, details: SoundDetails): boolean {
  return SOUND.has(permission) && isOurAddress(address) && isSoundOnly(details)
}

interface Preventable {
  preventDefault(): void
}

/** The parts of Electron's session and web contents that are guarded, so that a small fake can stand in for them. */
export interface GuardedSession {
  setPermissionRequestHandler(
    handler: (contents: unknown, permission: string, answer: (granted: boolean) => void, details: { readonly requestingUrl: string } & SoundDetails) => void,
  ): void
  setPermissionCheckHandler(handler: (contents: unknown, permission: string, requestingOrigin: string, details: SoundDetails) => boolean): void
  setDevicePermissionHandler(handler: () => boolean): void
}

export interface GuardedContents {
  on(event: 'will-navigate' | 'will-redirect' | 'will-frame-navigate', handler: (details: Preventable & { readonly url: string }) => void): unknown
  on(event: 'will-attach-webview', handler: (event: Preventable) => void): unknown
  setWindowOpenHandler(handler: (details: { readonly url: string }) => { action: 'deny' }): void
}

/** @param isMediaPage whether these web contents are the hidden window with the telephone's sound */
export function guardSession(session: GuardedSession, isMediaPage: (contents: unknown) => boolean = () => false): void {
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const { requestingUrl } = details
    answer(isMediaPage(contents) ? mayHear(permission, requestingUrl, details) : mayHave(permission, requestingUrl))
  })
  session.setPermissionCheckHandler((contents, permission, requestingOrigin, details) =>
    isMediaPage(contents) ? mayHear(permission, requestingOrigin, details) : mayHave(permission, requestingOrigin),
  )
  session.setDevicePermissionHandler(() => false)
}

/**
 * Keeps a page where it belongs: it can't leave the application, embed another page, or open a window. A link to the
 * outside opens in the person's browser, where it can't reach Baton.
 */
export function guardContents(contents: GuardedContents, ports: { readonly openExternal: (address: string) => Promise<void>; readonly log: Log }): void {
  const { openExternal, log } = ports
  const stay = (details: Preventable & { readonly url: string }): void => {
    if (isOurAddress(details.url)) return
    details.preventDefault()
    log.warn('electron.navigationRefused')
  }
  contents.on('will-navigate', stay)
  contents.on('will-redirect', stay)
  contents.on('will-frame-navigate', stay)
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    if (isExternalAddress(url)) openExternal(url).catch((error: unknown) => log.warn('electron.openExternal', { reason: String(error) }))
    else log.warn('electron.windowRefused')
    return { action: 'deny' }
  })
}
