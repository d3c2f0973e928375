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

interface Preventable {
  preventDefault(): void
}

/** The parts of Electron's session and web contents that are guarded, so that a small fake can stand in for them. */
export interface GuardedSession {
  setPermissionRequestHandler(
    handler: (contents: unknown, permission: string, answer: (granted: boolean) => void, details: { readonly requestingUrl: string }) => void,
  ): void
  setPermissionCheckHandler(handler: (contents: unknown, permission: string, requestingOrigin: string) => boolean): void
  setDevicePermissionHandler(handler: () => boolean): void
}

export interface GuardedContents {
  on(event: 'will-navigate' | 'will-redirect' | 'will-frame-navigate', handler: (details: Preventable & { readonly url: string }) => void): unknown
  on(event: 'will-attach-webview', handler: (event: Preventable) => void): unknown
  setWindowOpenHandler(handler: (details: { readonly url: string }) => { action: 'deny' }): void
}

export function guardSession(session: GuardedSession): void {
  session.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) => answer(mayHave(permission, requestingUrl)))
  session.setPermissionCheckHandler((_contents, permission, requestingOrigin) => mayHave(permission, requestingOrigin))
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
