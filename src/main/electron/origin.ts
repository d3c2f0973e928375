/** The one origin of Baton's page in Electron. */
export const APP_SCHEME = 'app'
const APP_HOST = 'baton'
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`

/** True only for an address of the page itself; compared part by part, because a substring proves nothing. */
export function isOurAddress(address: string): boolean {
  try {
    const { protocol, host, username, password } = new URL(address)
    return protocol === `${APP_SCHEME}:` && host === APP_HOST && username === '' && password === ''
  } catch {
    return false
  }
}

/** What a link in the page may open outside Baton, in the person's own browser or mail program. */
export function isExternalAddress(address: string): boolean {
  try {
    const { protocol } = new URL(address)
    return protocol === 'https:' || protocol === 'mailto:'
  } catch {
    return false
  }
}
