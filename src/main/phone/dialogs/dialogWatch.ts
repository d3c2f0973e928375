import { normalizePhone } from '../../../shared/base/phone.ts'
import type { CallBook } from '../observed/callBook.ts'
import type { EndCause, ExtensionState } from '../port.ts'
import type { Dialog, DialogInfo } from './dialogInfo.ts'

interface Telephone {
  version: number
  readonly dialogs: Map<string, Dialog>
}

interface WatchParts {
  /** The telephone on this desk. */
  readonly extension: string
  readonly book: CallBook
  readonly onExtension: (extension: string, state: ExtensionState['state']) => void
}

const EXTENSION = /^[0-9*#]{2,6}$/
const BUSY = new Set([486, 600])

const rings = ({ state, direction }: Dialog): boolean => direction !== 'initiator' && state !== 'confirmed' && state !== 'terminated'

/** Turns what the PBX says of the telephones (RFC 4235) into the calls of the one on this desk. */
export class DialogWatch {
  readonly #own: string
  readonly #book: CallBook
  readonly #onExtension: WatchParts['onExtension']
  readonly #telephones = new Map<string, Telephone>()
  /** This desk’s dialogs that are calls, by dialog id. */
  readonly #calls = new Map<string, string>()
  /** Rings that ended here while a colleague’s telephone still rings for the same caller: their answer decides. */
  readonly #undecided = new Map<string, Dialog>()

  constructor({ extension, book, onExtension }: WatchParts) {
    this.#own = extension
    this.#book = book
    this.#onExtension = onExtension
  }

  /** Subscribed anew: versions begin again, and the first notice says everything. */
  askedAnew(extension: string): void {
    const telephone = this.#telephones.get(extension)
    if (telephone) telephone.version = -1
  }

  /** @returns false where a notice before this one is missing, and everything should be asked again */
  take(extension: string, info: DialogInfo): boolean {
    const telephone = this.#telephone(extension)
    if (info.version <= telephone.version) return true
    const missing = !info.full && info.version > telephone.version + 1
    telephone.version = info.version
    const gone = info.full ? [...telephone.dialogs.values()].filter(({ id }) => !info.dialogs.some((dialog) => dialog.id === id)) : []
    for (const dialog of [...gone.map((one) => ({ ...one, state: 'terminated' as const, event: '' })), ...info.dialogs]) this.#changed(extension, telephone, dialog)
    this.#onExtension(extension, this.#stateOf(telephone))
    this.#decide()
    return !missing
  }

  #changed(extension: string, telephone: Telephone, dialog: Dialog): void {
    // Of one that is over nothing more is kept; said again, it is not known and nothing comes of it.
    if (dialog.state === 'terminated') telephone.dialogs.delete(dialog.id)
    else telephone.dialogs.set(dialog.id, dialog)
    if (extension === this.#own) this.#ownChanged(dialog)
  }

  #ownChanged(dialog: Dialog): void {
    const key = this.#calls.get(dialog.id) ?? (dialog.state === 'terminated' ? null : this.#begun(dialog))
    if (key === null) return
    if (dialog.state === 'terminated') return this.#over(key, dialog)
    if (dialog.state === 'confirmed') return dialog.local.rendering === false ? this.#book.held(key) : this.#book.talking(key)
    if (dialog.state === 'early' && dialog.direction === 'initiator') this.#book.early(key)
  }

  /** @returns null where it is none of a customer’s: between colleagues, or over long ago */
  #begun(dialog: Dialog): string | null {
    const { user } = dialog.remote
    if (EXTENSION.test(user)) return null
    const name = dialog.callId || `${this.#own}-${dialog.id}`
    // The same caller once more, put through to this desk after it had to do with them.
    const key = this.#book.isOver(name) ? `${name}.${dialog.id}` : name
    const fromNumber = normalizePhone(user) ?? null
    const line = normalizePhone(dialog.local.user) ?? (dialog.local.user || this.#own)
    const parties = { lineName: dialog.local.display || line, lineNumber: line, fromNumber }
    const begun = dialog.direction === 'initiator' ? this.#book.dialing(key, parties, null) : this.#book.offered(key, parties)
    if (!begun) return null
    this.#calls.set(dialog.id, key)
    return key
  }

  #over(key: string, dialog: Dialog): void {
    this.#calls.delete(dialog.id)
    const state = this.#book.state(key)
    if (state === 'offered') return this.#ringOver(key, dialog)
    if (state === 'dialing' || state === 'early') return this.#book.ended(key, dialingCause(dialog))
    if (dialog.event === 'replaced') return this.#book.putThrough(key, null)
    this.#book.ended(key, talkCause(dialog))
  }

  #ringOver(key: string, dialog: Dialog): void {
    if (dialog.event === 'rejected' || BUSY.has(dialog.code ?? 0) || dialog.code === 603) return this.#book.ended(key, 'rejected')
    // Somebody picked the ring up with Replaces.
    if (dialog.event === 'replaced') return this.#book.ended(key, 'answeredElsewhere')
    this.#undecided.set(key, dialog)
  }

  #decide(): void {
    for (const [key, dialog] of this.#undecided) {
      const others = this.#others(dialog)
      const answered = others.some(({ state }) => state === 'confirmed')
      if (!answered && others.some(rings)) continue
      this.#undecided.delete(key)
      this.#book.ended(key, answered ? 'answeredElsewhere' : 'callerHungUp')
    }
  }

  /** The same caller’s dialogs at colleagues’ telephones. */
  #others({ callId, remote }: Dialog): readonly Dialog[] {
    const same = (other: Dialog): boolean => (callId !== '' && other.callId === callId) || (remote.user !== '' && other.remote.user === remote.user)
    return [...this.#telephones].filter(([extension]) => extension !== this.#own).flatMap(([, { dialogs }]) => [...dialogs.values()].filter((other) => other.direction !== 'initiator' && same(other)))
  }

  #stateOf({ dialogs }: Telephone): ExtensionState['state'] {
    if (dialogs.size === 0) return 'idle'
    return [...dialogs.values()].every(rings) ? 'ringing' : 'busy'
  }

  #telephone(extension: string): Telephone {
    const known = this.#telephones.get(extension) ?? { version: -1, dialogs: new Map<string, Dialog>() }
    this.#telephones.set(extension, known)
    return known
  }
}

function dialingCause({ event, code }: Dialog): EndCause {
  if (BUSY.has(code ?? 0)) return 'busy'
  if (event === 'rejected') return 'rejected'
  return event === 'error' || event === 'timeout' ? 'failed' : 'hungUp'
}

function talkCause({ event }: Dialog): EndCause {
  if (event === 'remote-bye') return 'callerHungUp'
  return event === 'error' || event === 'timeout' ? 'lost' : 'hungUp'
}
