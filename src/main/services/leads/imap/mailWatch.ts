import type { FetchMessageObject, ImapFlow } from 'imapflow'
import { DAY, MINUTE } from '../../../../shared/base/time.ts'
import type { LeadMailbox as Settings } from '../../../../shared/domain/leads/tables.ts'
import { MAIL_BYTES } from './readMail.ts'

/** Servers hang up on who idles for half an hour, and routers long before. */
const IDLE_MS = 4 * MINUTE
const SILENCE_MS = 6 * MINUTE
const ASK_EVERY_MS = MINUTE
const CONNECT_MS = 30_000

/** A mailbox that is watched for the first time, or numbered anew, is read back no further than this. */
const FURTHEST_BACK = 30 * DAY

/** Clocks of servers and workstations differ: what came so little before the moment is after it. */
const CLOCKS_APART = 5 * MINUTE

export interface WatchedMailbox {
  readonly settings: Settings
  readonly password: string
}

/** What the watch does with what it finds. */
export interface MailReader {
  /** The last message that was read of this mailbox. */
  readUpTo(uidValidity: string): number
  /** @returns false where it may not read on: the lease is lost, the program ends */
  mayGoOn(): boolean
  /**
   * @param message `arrivedAt`: when the server got it, epoch milliseconds
   * @throws where it can't be taken now: the watch ends, and it is read again
   */
  take(message: { readonly uid: number; readonly uidValidity: string; readonly arrivedAt: number; readonly source: Uint8Array }): Promise<void>
  /** How much of a message from this address is read, bytes. */
  readsOf(from: string): number
  /** The server could not give out a message; it is passed over. */
  unreadable(uid: number, error: unknown): void
  /** Everything there is has been read. */
  caughtUp(): void
}

/** Epoch milliseconds. */
type Now = () => number

async function connect({ settings, password }: WatchedMailbox): Promise<ImapFlow> {
  const { ImapFlow } = await import('imapflow')
  const client = new ImapFlow({
    host: settings.host,
    port: settings.port,
    secure: settings.security === 'tls',
    doSTARTTLS: settings.security === 'startTls',
    auth: { user: settings.userName, pass: password },
    logger: false,
    disableAutoIdle: true,
    maxIdleTime: IDLE_MS,
    socketTimeout: SILENCE_MS,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
  })
  // Said again by whatever is under way; an error that nobody hears would end the process.
  client.on('error', () => undefined)
  await client.connect()
  return client
}

/** What the server says by itself. What it said while something was read is not waited for once more. */
class News {
  readonly #client: ImapFlow
  #came = false
  #wake: () => void = () => undefined

  constructor(client: ImapFlow) {
    this.#client = client
    const tell = (): void => {
      this.#came = true
      this.#wake()
    }
    client.on('exists', tell)
    client.on('close', tell)
  }

  /** Until something came, or it is time to ask: for servers that can’t say, and so that the lease is looked at. */
  async wait(): Promise<void> {
    if (!this.#came) {
      let timer: NodeJS.Timeout | undefined
      // Any other command ends it.
      void this.#client.idle().catch(() => undefined)
      await new Promise<void>((resolve) => {
        this.#wake = resolve
        timer = setTimeout(resolve, ASK_EVERY_MS).unref()
      })
      clearTimeout(timer)
    }
    this.#came = false
  }
}

/** One message that the server has damaged must not keep the others from being read. */
async function fetched(client: ImapFlow, uid: number, reader: MailReader): Promise<FetchMessageObject | undefined> {
  try {
    const { size = 0, envelope } = (await client.fetchOne(String(uid), { uid: true, size: true, envelope: true }, { uid: true })) || {}
    const most = size <= MAIL_BYTES ? MAIL_BYTES : reader.readsOf((envelope?.from?.[0]?.address ?? '').toLowerCase())
    return (await client.fetchOne(String(uid), { uid: true, internalDate: true, source: { maxLength: most } }, { uid: true })) || undefined
  } catch (error) {
    if (!client.usable) throw error
    reader.unreadable(uid, error)
    return undefined
  }
}

/** Reads what is new, oldest first, without touching it: the mailbox is open for reading only, and nothing is fetched that marks a message as seen. */
async function readNew(client: ImapFlow, { settings }: WatchedMailbox, reader: MailReader, now: Now): Promise<boolean> {
  const { mailbox } = client
  if (mailbox === false) throw new Error('The folder is not open')
  const uidValidity = String(mailbox.uidValidity)
  const after = reader.readUpTo(uidValidity)
  // Servers compare days only, in zones of their own: a day more, and the exact time below.
  const since = new Date(Math.max(settings.since, now() - FURTHEST_BACK) - DAY)
  const found = await client.search(after > 0 ? { uid: `${after + 1}:*` } : { since }, { uid: true })
  const uids = (found || []).filter((uid) => uid > after).sort((left, right) => left - right)
  for (const uid of uids) {
    if (!reader.mayGoOn()) return false
    const message = await fetched(client, uid, reader)
    if (!message?.source) continue
    const arrivedAt = Math.round(message.internalDate === undefined ? now() : new Date(message.internalDate).getTime())
    await reader.take({ uid, uidValidity, arrivedAt, source: arrivedAt < settings.since - CLOCKS_APART ? new Uint8Array() : message.source })
  }
  return reader.mayGoOn()
}

/**
 * Watches a mailbox until the line breaks or the reader may not go on. It waits with IDLE: the server says when something came.
 * @param signal ends it
 * @throws whatever the server or the line says
 */
export async function watchMailbox(watched: WatchedMailbox, reader: MailReader, now: Now, signal: AbortSignal): Promise<void> {
  const client = await connect(watched)
  const end = (): void => client.close()
  signal.addEventListener('abort', end)
  try {
    const news = new News(client)
    await client.mailboxOpen(watched.settings.folder, { readOnly: true })
    while (!signal.aborted) {
      if (!(await readNew(client, watched, reader, now))) return
      reader.caughtUp()
      if (signal.aborted) return
      await news.wait()
      if (!client.usable) throw new Error('The mail server closed the line')
    }
  } finally {
    signal.removeEventListener('abort', end)
    await client.logout().catch(() => client.close())
  }
}

