/** Map pictures by address, as most map servers hand them out: `https://tiles.example.com/{z}/{x}/{y}.png`. */

const PLACES = ['{z}', '{x}', '{y}'] as const

/** URLs allow `;` and `'` in a server's name, where the page's policy, which is made of it, would take them for its own. */
const PLAIN_HOST = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])$/

/** Only this machine may be asked without a secured line. */
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** Why this is no address that pictures can be fetched from, as a sentence; null where it is one. */
export function tileAddressProblem(address: string): string | null {
  if (!PLACES.every((part) => address.split(part).length === 2)) return 'The address needs {z}, {x} and {y} once each, such as https://tiles.example.com/{z}/{x}/{y}.png.'
  let url: URL
  try {
    url = new URL(PLACES.reduce((filled, part) => filled.replace(part, '0'), address))
  } catch {
    return 'This is not a web address.'
  }
  if (!PLAIN_HOST.test(url.hostname)) return 'The server\u2019s name may have letters, digits, dots and hyphens only.'
  if (url.username !== '' || url.password !== '') return 'A name or password in the address would be seen by everybody; use one without.'
  if (PLACES.some((part) => address.slice(0, address.indexOf('/', 8)).includes(part))) return 'Only what comes after the server\u2019s name may change with the place.'
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname)) ? null : 'The address has to begin with https://, so that nobody on the way sees where your customers are.'
}

/** The one server that the pictures come from: `https://tiles.example.com`; null for an address of none. */
export function tileOrigin(address: string): string | null {
  return tileAddressProblem(address) === null ? new URL(address).origin : null
}

/** The address of one picture. @param column counted round the world: west of 0 begins again in the east */
export function tileUrl(address: string, zoom: number, column: number, row: number): string {
  const across = 2 ** zoom
  return address.replace('{z}', String(zoom)).replace('{x}', String(((column % across) + across) % across)).replace('{y}', String(row))
}
