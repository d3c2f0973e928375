import { join } from 'node:path'
import { normalizePhone } from '../../../../shared/base/phone.ts'
import { MINUTE } from '../../../../shared/base/time.ts'
import { all, get } from '../../../../shared/domain/kernel/load.ts'
import { leadSourceId, MAILBOX_SOURCE_KEY } from '../../../../shared/domain/leads/ids.ts'
import { leadMailboxTable, type LeadSource, leadSourceTable } from '../../../../shared/domain/leads/tables.ts'
import { mailSettingsTable } from '../../../../shared/domain/mail/tables.ts'
import { SYSTEM_ACTOR } from '../../../../shared/domain/people/permissions.ts'
import { mailsVoicemails, phoneRules, type PhoneRules } from '../../../../shared/domain/phone/settings.ts'
import { phoneLineTable, phoneSettingTable } from '../../../../shared/domain/phone/tables.ts'
import { errorDetails } from '../../../core/log.ts'
import type { CommandRunner } from '../../../core/runner.ts'
import type { Services } from '../../../core/service.ts'
import { type Lease, OWN, takeLease } from '../../../effects/lease.ts'
import type { Timers } from '../../../sync/timers.ts'
import { companyOf } from '../../company.ts'
import { leadOffice } from '../leadFile.ts'
import { MailPlace } from './mailPlace.ts'
import { type MailReader, watchMailbox } from './mailWatch.ts'
import { leadFromMail } from './mailThread.ts'
import { isProvenSender } from './provenSender.ts'
import { MAIL_BYTES, type Ours, readMail, senderOf } from './readMail.ts'
import { type MailedVoicemail, readVoicemail, VOICEMAIL_MAIL_BYTES } from './readVoicemail.ts'
import { takeVoicemail } from './takeVoicemail.ts'

/** Where another workstation watches, or the line is down, it is looked again after so long. */
const AGAIN_MS = 30_000

/** A server that does not answer is tried from five seconds apart up to five minutes. */
const FIRST_RETRY_MS = 5_000
const LONGEST_RETRY_MS = 5 * MINUTE

/** One of the office watches, so that nothing is read by all of them. */
const LEASE = 'lead mailbox'

export interface WatchParts {
  readonly services: Pick<Services, 'store' | 'hub' | 'log' | 'leadMailbox' | 'directory' | 'run' | 'emit' | 'now' | 'voicemails'>
  readonly timers: Timers
}

/** What came could not be kept here now. It stays in the mailbox, and is read again. */
class NotKeptError extends Error {
  override readonly name = 'NotKeptError'
}

/** The server's words, without what it was told. */
function inWords(error: unknown): string {
  if (error instanceof NotKeptError) return error.message
  const { message = '', responseText, authenticationFailed } = error as { readonly message?: string; readonly responseText?: string; readonly authenticationFailed?: boolean }
  const words = (responseText ?? message).replaceAll(/\s+/g, ' ').trim().slice(0, 200)
  return authenticationFailed === true ? `The mail server did not accept the user name and password${words === '' ? '.' : `: ${words}`}` : `The mail server can\u2019t be read: ${words}`
}

/** An email as it came. */
interface Arrived {
  readonly source: Uint8Array
  /** Where it lies; no other has the same. */
  readonly place: string
  /** When the mail server got it, epoch milliseconds. */
  readonly arrivedAt: number
}

/** Watches the mailbox as long as this workstation may and can, and begins anew whenever the line broke. */
class LeadWatch {
  readonly #parts: WatchParts
  readonly #place: MailPlace
  #running: AbortController | null = null
  #failures = 0
  #closed = false
  #stopTimer: () => void = () => undefined

  constructor(parts: WatchParts) {
    this.#parts = parts
    const { directory } = parts.services
    this.#place = new MailPlace(directory === ':memory:' ? null : join(directory, 'imap.json'))
  }

  /** Settings, password or line are others: begin anew. */
  renew(): void {
    if (this.#closed) return
    this.#failures = 0
    if (this.#running) this.#running.abort()
    else this.#later(0)
  }

  /** Begins where nothing is under way. */
  kick(): void {
    if (!this.#running && !this.#closed) this.#later(0)
  }

  close(): void {
    this.#closed = true
    this.#stopTimer()
    this.#running?.abort()
  }

  #later(milliseconds: number): void {
    this.#stopTimer()
    if (!this.#closed) this.#stopTimer = this.#parts.timers.after(milliseconds, () => void this.#watch())
  }

  async #watch(): Promise<void> {
    if (this.#running || this.#closed) return
    const running = new AbortController()
    this.#running = running
    let next: number | null = null
    try {
      next = await this.#turn(running.signal)
    } catch (error) {
      next = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures)
      this.#failures += 1
      if (!running.signal.aborted) {
        this.#parts.services.log.warn('leadMailbox.failed', errorDetails(error))
        this.#say(false, `${inWords(error)} It is tried again by itself.`)
      }
    } finally {
      this.#running = null
      if (running.signal.aborted) next = 0
      if (next !== null) this.#later(next)
    }
  }

  #say(good: boolean, sentence: string): void {
    const { leadMailbox, emit } = this.#parts.services
    leadMailbox.say({ good, sentence })
    emit('changed', { tables: [leadMailboxTable.name], by: '' })
  }

  /** @returns after how long to look again; null where only a change matters */
  async #turn(signal: AbortSignal): Promise<number | null> {
    const { services } = this.#parts
    if (services.store.engine.run(all(leadMailboxTable)).length === 0 || (await services.leadMailbox.hindrance()) !== null) return null
    const lease = await this.#lease()
    if (!lease) {
      this.#say(true, 'Another workstation watches the mailbox, or the hub is out of reach.')
      return AGAIN_MS
    }
    try {
      const [settings, password] = [services.leadMailbox.settings(), await services.leadMailbox.password()]
      if (!settings || password === null) return null
      await watchMailbox({ settings, password }, this.#reader(lease, signal, `${settings.userName}@${settings.host}/${settings.folder} since ${settings.since}`), () => this.#parts.timers.now(), signal)
      return AGAIN_MS
    } finally {
      await lease.release()
    }
  }

  async #lease(): Promise<Lease | null> {
    const { hub } = this.#parts.services
    const { link, progress } = hub.state()
    if (link === 'none') return OWN
    if (link !== 'online' || progress !== null) return null
    return takeLease({ hub, timers: this.#parts.timers, elapsed: () => performance.now() }, LEASE)
  }

  #reader(lease: Lease, signal: AbortSignal, mailbox: string): MailReader {
    return {
      readUpTo: (uidValidity) => this.#place.of(mailbox, uidValidity),
      mayGoOn: () => !signal.aborted && !this.#closed && lease.alive(),
      take: async ({ uid, uidValidity, arrivedAt, source }) => {
        if (source.length > 0) await this.#receive({ source, arrivedAt, place: `${mailbox} ${uidValidity} ${uid}` }, signal)
        if (!signal.aborted) this.#place.note({ mailbox, uidValidity, uid })
      },
      readsOf: (from) => (mailsVoicemails(this.#phoneRules(), from) ? VOICEMAIL_MAIL_BYTES : MAIL_BYTES),
      unreadable: (uid, error) => this.#parts.services.log.warn('leadMailbox.notGiven', { uid, ...errorDetails(error) }),
      caughtUp: () => {
        this.#failures = 0
        this.#say(true, 'This workstation watches the mailbox; new emails become leads at once.')
      },
    }
  }

  #ours(): Ours {
    const { store } = this.#parts.services
    const [mail] = store.engine.run(all(mailSettingsTable))
    const company = companyOf({ store })
    const numbers = [company.phone, ...store.engine.run(all(phoneLineTable)).map(({ number }) => number)].flatMap((number) => normalizePhone(number) ?? [])
    return { addresses: [mail?.fromAddress, company.email].flatMap((address) => (address ? [address.toLowerCase()] : [])), numbers }
  }

  #phoneRules(): PhoneRules {
    return phoneRules(this.#parts.services.store.engine.run(all(phoneSettingTable)))
  }

  /** The voicemail in an email of the telephone system, as the office has said where that writes from; null where it is none. */
  async #voicemailIn({ source, place }: Arrived): Promise<MailedVoicemail | null> {
    const { log } = this.#parts.services
    const rules = this.#phoneRules()
    if (rules.voicemailSenders === null) return null
    const { address, results } = await senderOf(source)
    if (!mailsVoicemails(rules, address)) return null
    if (!isProvenSender(results, address)) {
      log.warn('leadMailbox.voicemailNotProven', { place, results })
      return null
    }
    const mailed = await readVoicemail(source, place, new Set(this.#ours().numbers))
    if (mailed && !mailed.sound) log.warn('leadMailbox.voicemailNotPlayable', { id: mailed.id, bytes: source.length, cutOff: source.length >= VOICEMAIL_MAIL_BYTES })
    return mailed
  }

  /** @returns true where it was a voicemail, and no lead. @throws NotKeptError */
  async #receiveVoicemail(arrived: Arrived, signal: AbortSignal): Promise<boolean> {
    const { services } = this.#parts
    const mailed = await this.#voicemailIn(arrived).catch((error: unknown) => {
      services.log.warn('leadMailbox.unreadable', errorDetails(error))
      return null
    })
    if (!mailed || signal.aborted) return false
    try {
      return await takeVoicemail(services, mailed, arrived.arrivedAt)
    } catch (cause) {
      const { message } = cause as { readonly message?: string }
      throw new NotKeptError(`A voicemail that was mailed can\u2019t be kept on this workstation (${(message ?? 'no reason was given').slice(0, 120)}). It stays in the mailbox.`, { cause })
    }
  }

  async #receive(arrived: Arrived, signal: AbortSignal): Promise<void> {
    const { store, run, log } = this.#parts.services
    const { engine } = store
    if (await this.#receiveVoicemail(arrived, signal)) return
    const { source, place } = arrived
    const read = await readMail(source, place, this.#ours()).catch((error: unknown) => {
      // What no program can read a person may: it stays in the mailbox, and the rest goes on.
      log.warn('leadMailbox.unreadable', errorDetails(error))
      return null
    })
    if (!read || signal.aborted) return
    const from: LeadSource | undefined = engine.run(get(leadSourceTable, leadSourceId(MAILBOX_SOURCE_KEY)))
    if (!from) return
    const input = engine.run(leadFromMail(read, { source: from, office: leadOffice({ store }), receivedAt: Math.round(this.#parts.timers.now()) }))
    if (!input) return
    const outcome = run({ name: 'lead.receive', input, actorId: SYSTEM_ACTOR })
    if (outcome.kind === 'refused') log.error('leadMailbox.refused', { code: outcome.refusal.code })
  }
}

/** Begins to watch the company’s mailbox. @returns what ends it, and what to call when the line to the hub changes */
export function watchLeads(parts: WatchParts, runner: CommandRunner): { close(): void; hubChanged(): void } {
  const watch = new LeadWatch(parts)
  parts.services.leadMailbox.onChange(() => watch.renew())
  runner.onCommit(({ changes }) => {
    if (changes.some(({ table }) => table.name === leadMailboxTable.name)) watch.renew()
  })
  // The hub says something with every command; only a line that came or went is worth another try.
  const line = (): string => {
    const { link, progress } = parts.services.hub.state()
    return `${link}/${progress === null}`
  }
  let seen = line()
  const hubChanged = (): void => {
    const now = line()
    if (now === seen) return
    seen = now
    watch.kick()
  }
  watch.kick()
  return { close: () => watch.close(), hubChanged }
}
