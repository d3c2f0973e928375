import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { ImapFlow } from 'imapflow'

/** A Dovecot of the tests' own: real IMAP with IDLE, on this machine only, gone with its folder. */

const DOVECOT = ['/usr/sbin/dovecot', '/usr/local/sbin/dovecot', '/opt/homebrew/sbin/dovecot'].find((path) => existsSync(path))

/** Why no IMAP server can be had on this machine; undefined where one can. */
export function dovecotMissing(): string | undefined {
  if (DOVECOT === undefined) return 'There is no Dovecot on this machine (Debian: apt-get install dovecot-imapd), so no mailbox can be watched here.'
  if (userInfo().uid !== 0) return 'Dovecot 2.3 is started as root here, and this account is not.'
  const { stdout } = spawnSync(DOVECOT, ['--version'], { encoding: 'utf8' })
  return stdout.startsWith('2.3') ? undefined : `The tests know how Dovecot 2.3 is set up, and this is ${stdout.trim()}.`
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

export const MAILBOX_PASSWORD = 'bright-copper-kettles'

const config = (folder: string, port: number, user: string): string => `
base_dir = ${folder}/run
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_failure_delay = 0
default_internal_user = ${user}
default_internal_group = root
default_login_user = nobody
first_valid_uid = 1
mail_location = maildir:${folder}/mail
passdb {
  driver = static
  args = password=${MAILBOX_PASSWORD}
}
userdb {
  driver = static
  args = uid=nobody gid=nogroup home=${folder}/home
}
service imap-login {
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
`

export class MailboxServer {
  readonly port: number
  readonly #folder: string
  #process: ChildProcess | undefined

  private constructor(folder: string, port: number) {
    this.#folder = folder
    this.port = port
  }

  static async start(): Promise<MailboxServer> {
    const folder = mkdtempSync(join(tmpdir(), 'baton-imap-'))
    chmodSync(folder, 0o755)
    for (const part of ['run', 'mail', 'home']) mkdirSync(join(folder, part), { mode: 0o755 })
    const id = (flag: string, name: string): number => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout)
    for (const part of ['mail', 'home']) chownSync(join(folder, part), id('-u', 'nobody'), id('-g', 'nobody'))
    const server = new MailboxServer(folder, await freePort())
    await server.up()
    return server
  }

  /** Starts it, or starts it again on the same mail. */
  async up(): Promise<void> {
    const file = join(this.#folder, 'dovecot.conf')
    writeFileSync(file, config(this.#folder, this.port, existsSync('/etc/passwd') && readFileSync('/etc/passwd', 'utf8').includes('\ndovecot:') ? 'dovecot' : 'root'))
    this.#process = spawn(DOVECOT ?? '', ['-F', '-c', file], { stdio: 'ignore' })
    for (;;) {
      try {
        await this.#with(() => Promise.resolve())
        return
      } catch (error) {
        if (this.#process.exitCode !== null) throw new Error(`Dovecot ended: ${readFileSync(join(this.#folder, 'log'), 'utf8')}`, { cause: error })
      }
    }
  }

  async down(): Promise<void> {
    const running = this.#process
    if (!running) return
    await new Promise<void>((resolve) => {
      running.once('exit', () => resolve())
      running.kill('SIGTERM')
    })
    this.#process = undefined
  }

  async #with<T>(work: (client: ImapFlow) => Promise<T>): Promise<T> {
    const client = new ImapFlow({ host: '127.0.0.1', port: this.port, secure: false, auth: { user: 'office', pass: MAILBOX_PASSWORD }, logger: false })
    client.on('error', () => undefined)
    await client.connect()
    try {
      return await work(client)
    } finally {
      await client.logout().catch(() => undefined)
    }
  }

  /** A message arrives. */
  async deliver(message: string | Uint8Array, at: Date = new Date(), folder = 'INBOX'): Promise<void> {
    await this.#with(async (client) => {
      if (folder !== 'INBOX') await client.mailboxCreate(folder)
      await client.append(folder, Buffer.from(message), [], at)
    })
  }

  /** Its messages with their flags, as somebody else sees them. */
  async messages(): Promise<readonly { readonly uid: number; readonly flags: readonly string[] }[]> {
    return this.#with(async (client) => {
      await client.mailboxOpen('INBOX', { readOnly: true })
      const found = []
      for await (const { uid, flags } of client.fetch('1:*', { uid: true, flags: true })) found.push({ uid, flags: [...(flags ?? [])] })
      return found
    })
  }

  /** The server numbers the mailbox anew, as one that was restored does. */
  async renumber(): Promise<void> {
    await this.down()
    for (const file of readdirSync(join(this.#folder, 'mail'))) if (file.startsWith('dovecot')) rmSync(join(this.#folder, 'mail', file), { recursive: true, force: true })
    await this.up()
  }

  async close(): Promise<void> {
    await this.down()
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 })
  }
}
