/**
 * What the page may load and do, the same in both hosts. Everything comes from the application itself: no remote
 * script, font or image, so that the office works without the internet and nothing can be smuggled in. The one exception are map
 * pictures, of the one server that somebody has set.
 * @param nonce for the style elements that the component library makes at run time; scripts never need one
 * @param connect where frames may go: the socket's address, or nothing in Electron
 * @param pictures the one server that this workstation fetches map pictures from (`https://host`); null for none, as it is at first
 */
export function contentSecurityPolicy(nonce: string, connect: string, pictures: string | null = null): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    `img-src 'self' data: blob:${pictures === null ? '' : ` ${pictures}`}`,
    // A recording is made into a file by the page itself.
    "media-src blob:",
    `connect-src 'self'${connect === '' ? '' : ` ${connect}`}`,
    "worker-src 'self'",
    // A browser keeps the telephone's sound in a page of its own; Electron has a window for it.
    ...(connect === '' ? [] : ["frame-src 'self'"]),
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/**
 * What the media page may: its own script and its own line, and nothing else. Only a page of Baton may hold it.
 * @param connect where its line may go: the socket's address, or nothing in Electron
 */
export function mediaPagePolicy(connect: string): string {
  return ["default-src 'none'", "script-src 'self'", ...(connect === '' ? [] : [`connect-src 'self' ${connect}`]), "base-uri 'none'", "form-action 'none'", connect === '' ? "frame-ancestors 'none'" : "frame-ancestors 'self'"].join('; ')
}

/** The build writes this into the page where the nonce of each answer goes. */
export const NONCE_PLACEHOLDER = '__BATON_NONCE__'

export function withNonce(html: string, nonce: string): string {
  return html.replaceAll(NONCE_PLACEHOLDER, nonce)
}
