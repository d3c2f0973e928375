import { MEDIA_PAGE_PATH } from '../../shared/contract/mediaPaths.ts'
import { inRoom } from '../api/room.ts'

/**
 * In a browser the telephone's sound is in a hidden frame of this page; in Electron it has a window of its own. The
 * frame is asked for before anything else, so that a page loaded anew in mid-call has the caller back at once: this
 * browser remembers that it had one.
 */
const REMEMBERED = 'baton-telephone'

let frame: HTMLIFrameElement | null = null

const hasPlace = (): boolean => window.baton === undefined && !inRoom()

function mount(): void {
  if (frame) return
  frame = document.createElement('iframe')
  frame.src = MEDIA_PAGE_PATH
  frame.title = 'Sound of the telephone'
  frame.hidden = true
  frame.tabIndex = -1
  frame.setAttribute('aria-hidden', 'true')
  frame.allow = 'microphone; speaker-selection; autoplay'
  document.body.append(frame)
}

/** Keeps the frame while there is a telephone with sound in this browser, and takes it away otherwise. */
export function keepSound(wanted: boolean): void {
  if (!hasPlace()) return
  if (wanted) {
    localStorage.setItem(REMEMBERED, 'yes')
    return mount()
  }
  localStorage.removeItem(REMEMBERED)
  frame?.remove()
  frame = null
}

/** At the start of the page, before it has asked whether there is a telephone. */
export function mountRememberedSound(): void {
  if (hasPlace() && localStorage.getItem(REMEMBERED) !== null) mount()
}
