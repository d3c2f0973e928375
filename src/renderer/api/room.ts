/**
 * Where this page is: in the office, or in a practice room. The ticket stays with the tab over a reload; going in or out
 * loads the page anew, so that nothing of one place is left in the memory of the other.
 */
const TICKET_KEY = 'baton-practice'

/** What is kept of a room in this browser, apart from the office’s. */
const ROOM_PREFIX = 'practice:'

/** Told once, after the way back. */
const BACK_KEY = 'baton-practice-over'

// Unit tests import stores without a browser.
const ticket = typeof sessionStorage === 'undefined' ? null : sessionStorage.getItem(TICKET_KEY)

/** The ticket for the hello; undefined in the office. */
export const roomTicket = (): string | undefined => ticket ?? undefined

export const inRoom = (): boolean => ticket !== null

/** The name under which something is kept in this browser: drafts of an exercise never meet those of the office. */
export const keptName = (name: string): string => (ticket === null ? name : ROOM_PREFIX + name)

/** Takes the page into the room of a ticket. */
export function enterRoom(entry: string): void {
  sessionStorage.setItem(TICKET_KEY, entry)
  location.hash = '#/desk'
  location.reload()
}

let leaving = false

/**
 * Takes the page back to the office, and forgets what was kept of the room.
 * @param hash where in the office
 * @param say why, where the person did not ask for it
 */
export function leaveRoom(hash: string, say?: string): void {
  if (leaving) return
  leaving = true
  sessionStorage.removeItem(TICKET_KEY)
  if (say !== undefined) sessionStorage.setItem(BACK_KEY, say)
  for (const name of Object.keys(localStorage)) if (name.startsWith(ROOM_PREFIX)) localStorage.removeItem(name)
  location.hash = hash
  location.reload()
}

/** Why the page came back by itself, once. */
export function whyBack(): string | null {
  const said = sessionStorage.getItem(BACK_KEY)
  sessionStorage.removeItem(BACK_KEY)
  return said
}
