import { join } from 'node:path'
import { normalizePhone } from '../../../../shared/base/phone.ts'
import { MINUTE } from '../../../../shared/base/time.ts'
import { all, get } from '../../../../shared/domain/kernel/load.ts'
import { leadSourceId, MAILBOX_SOURCE_KEY } from '../../../../shared/domain/leads/ids.ts'
import { leadMailboxTable, type LeadSource, leadSourceTable } from '../../../../shared/domain/leads/tables.ts'
import { mailSettingsTable } from '../../../../shared/domain/mail/tables.ts'
import { SYSTEM_ACTOR } from '../../../../shared/domain/people/permissions.ts'
import { mailsVoicemails, phoneRules } from '../../../../shared/domain/phone/settings.ts'
import { phoneSettingTable } from '../../../../shared/domain/phone/tables.ts'
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
import { MAIL_BYTES, type Ours, readMail, senderOf } from './readMail.ts'
import { readVoicemail, VOICEMAIL_MAIL_BYTES } from './readVoicemail.ts'
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

/** The server's words, without what it was told. */
function inWords(error: unknown): string {
  const { message = '', responseText, authenticationFailed } = error as { readonly message?: string; readonly responseText?: string; readonly authenticationFailed?: boolean }
  const words = (responseText ?? message).replaceAll(/\s+/g, ' ').trim().slice(0, 200)
  return authenticationFailed === true ? `The mail server did not accept the user name and password${words === '' ? '.' : `: ${words}`}` : `The mail server can\u2019t be read: ${words}`
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
      take: async ({ uid, uidValidity, source }) => {
        if (source.length > 0) await this.#receive(source, `${mailbox} ${uidValidity} ${uid}`, signal)
        if (!signal.aborted) this.#place.note({ mailbox, uidValidity, uid })
      },
      readsOf: (from) => (this.#isTelephones(from) ? VOICEMAIL_MAIL_BYTES : MAIL_BYTES),
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
    const number = normalizePhone(company.phone)
    return { addresses: [mail?.fromAddress, company.email].flatMap((address) => (address ? [address.toLowerCase()] : [])), numbers: number === undefined ? [] : [number] }
  }

  /** Whether the telephone system writes from there, as the office has said. */
  #isTelephones(address: string): boolean {
    return mailsVoicemails(phoneRules(this.#parts.services.store.engine.run(all(phoneSettingTable))), address)
  }

  /** @returns true where it was a voicemail, and no lead */
  async #receiveVoicemail(source: Uint8Array, place: string): Promise<boolean> {
    const { services, timers } = this.#parts
    if (!this.#isTelephones(await senderOf(source))) return false
    const mailed = await readVoicemail(source, place)
    if (!mailed) return false
    if (!mailed.sound) services.log.warn('leadMailbox.voicemailNotPlayable', { id: mailed.id })
    takeVoicemail(services, mailed, Math.round(timers.now()))
    return true
  }

  async #receive(source: Uint8Array, place: string, signal: AbortSignal): Promise<void> {
    const { store, run, log } = this.#parts.services
    const { engine } = store
    const isVoicemail = await this.#receiveVoicemail(source, place).catch((error: unknown) => {
      log.warn('leadMailbox.unreadable', errorDetails(error))
      return false
    })
    if (isVoicemail) return
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
