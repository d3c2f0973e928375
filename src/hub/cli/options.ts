import { isAbsolute, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { CLEARANCES, type Clearance } from '../../shared/domain/kernel/table.ts'
import { Sentence } from './sentence.ts'

export const HELP = `npm run hub -- [verb] [flags]

Starts the hub, which keeps a company's workstations in step. Installs and builds what is missing, starts a PostgreSQL
of its own (or uses the one at DATABASE_URL), and prints its address and, for the first workstation, an enrolment code.

  serve                run the hub (what happens without a verb)
  invite               make an enrolment code for another workstation
  devices              list the workstations; --revoke ID takes one\u2019s access away
  verify               check the feed, the ledger, the promises; print each table\u2019s checksum
  backup FILE          copy everything into one file and check the copy; into a folder: under a name with the date
  restore FILE         put a backup in place of what is there; the hub must be stopped

  --data DIR           the hub\u2019s folder. Default: ~/.local/share/baton-hub (Linux; root: /var/lib/baton-hub),
                       ~/Library/Application Support/Baton Hub (macOS), %APPDATA%\\Baton Hub (Windows)

serve
  --host ADDRESS       listen on this address only (default: all)
  --port N             listen on this port (default: 7411)
  --address URL        where workstations reach the hub, where that is not this machine\u2019s own address
  --technician-address URL
                       where technicians\u2019 telephones reach the hub, where that is another address (a proxy)
  --cert F --key F     a certificate of your own (PEM); SIGHUP reads it anew. Without: one is made and pinned
  --pin                have workstations insist on your own certificate instead of asking their authorities
  --http               without TLS, for this machine only (a proxy in front, a test)
  --insecure-http      without TLS for everybody: whoever is in the network can read along
  --attachments-gb N   how much each company may keep in attached files (default: 100)
  --trust-proxy        believe a proxy\u2019s X-Forwarded-For
  --log stdout         the log goes to standard output instead of DIR/logs/hub.log

invite
  --company NAME       where the hub has several: its name or id;  --new  for a company that is not here yet
  --clearance NAME     what the workstation may keep beside the ordinary: ${CLEARANCES.join(', ')}; more than once
  --hours N            how long the code is good for (default: 24)

backup   --keep N      into a folder: keep the newest N only
restore  --force       although there is data: it is backed up beside first

DATABASE_URL           a PostgreSQL 15 or newer instead of the hub\u2019s own
BATON_METRICS_TOKEN    whoever has it may read /metrics from another machine`

export const VERBS = ['serve', 'invite', 'devices', 'verify', 'backup', 'restore'] as const

export type Verb = (typeof VERBS)[number]

export interface HubOptions {
  readonly verb: Verb
  readonly file: string | null
  /** The backup is for a folder, which must be there: a disk that is not mounted has none. */
  readonly intoFolder: boolean
  readonly data: string
  readonly databaseUrl: string | null
  readonly host: string | null
  readonly port: number
  readonly address: string | null
  readonly technicianAddress: string | null
  readonly cert: string | null
  readonly key: string | null
  readonly pin: boolean
  readonly http: 'no' | 'here' | 'everywhere'
  readonly trustProxy: boolean
  /** How much each company may keep in attached files; null: the usual. */
  readonly attachmentsGb: number | null
  readonly log: 'file' | 'stdout'
  readonly company: string | null
  readonly isNew: boolean
  readonly clearances: readonly Clearance[]
  readonly hours: number
  readonly revoke: string | null
  readonly keep: number | null
  readonly force: boolean
  readonly metricsToken: string | null
}

export interface Machine {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
  readonly cwd: string
  readonly isRoot: boolean
}

export const DEFAULT_PORT = 7411

/** Root's home is closed to the user that PostgreSQL runs as then; a service's data is expected in /var/lib anyway. */
function defaultData({ platform, env, home, isRoot }: Machine): string {
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Baton Hub')
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Baton Hub')
  if (isRoot) return '/var/lib/baton-hub'
  const dataHome = env['XDG_DATA_HOME']
  return join(dataHome && isAbsolute(dataHome) ? dataHome : join(home, '.local', 'share'), 'baton-hub')
}

const usage = (message: string): Sentence => new Sentence(`${message} See npm run hub -- --help.`)

function wholeNumber(flag: string, text: string | undefined, from: number, to: number): number | null {
  if (text === undefined) return null
  const value = /^\d{1,6}$/.test(text) ? Number(text) : -1
  if (value < from || value > to) throw usage(`${flag} takes a number from ${from} to ${to}, not \u201c${text}\u201d.`)
  return value
}

function isClearance(name: string): name is Clearance {
  return (CLEARANCES as readonly string[]).includes(name)
}

function isVerb(name: string): name is Verb {
  return (VERBS as readonly string[]).includes(name)
}

function words(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        data: { type: 'string' }, host: { type: 'string' }, port: { type: 'string' }, address: { type: 'string' }, 'technician-address': { type: 'string' }, cert: { type: 'string' }, key: { type: 'string' },
        pin: { type: 'boolean' }, http: { type: 'boolean' }, 'insecure-http': { type: 'boolean' }, 'trust-proxy': { type: 'boolean' }, 'attachments-gb': { type: 'string' }, log: { type: 'string' },
        company: { type: 'string' }, new: { type: 'boolean' }, clearance: { type: 'string', multiple: true }, hours: { type: 'string' }, revoke: { type: 'string' },
        keep: { type: 'string' }, force: { type: 'boolean' }, help: { type: 'boolean', short: 'h' },
      },
      allowPositionals: true,
    })
  } catch (error) {
    throw usage(`${error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error)}.`)
  }
}

function readAddress(text: string | undefined, flag = '--address'): string | null {
  if (text === undefined) return null
  const url = URL.parse(text)
  if (!url || !['https:', 'http:'].includes(url.protocol)) throw usage(`${flag} takes an address like https://hub.example.com:7411, not \u201c${text}\u201d.`)
  return url.origin
}

/** What was asked for; null for help. @throws Sentence */
export function readOptions(argv: readonly string[], machine: Machine): HubOptions | null {
  const { values, positionals } = words(argv)
  if (values.help === true) return null
  const [verb = 'serve', file, ...more] = positionals
  if (!isVerb(verb)) throw usage(`The hub does not know the verb \u201c${verb}\u201d.`)
  const takesFile = verb === 'backup' || verb === 'restore'
  if (takesFile !== (file !== undefined) || more.length > 0) throw usage(takesFile ? `${verb} takes one file.` : `${verb} takes no file.`)
  const clearances = (values.clearance ?? []).map((name) => {
    if (!isClearance(name)) throw usage(`There is no clearance \u201c${name}\u201d; there are ${CLEARANCES.join(' and ')}.`)
    return name
  })
  if ((values.cert === undefined) !== (values.key === undefined)) throw usage('--cert and --key go together.')
  if (values.log !== undefined && values.log !== 'stdout' && values.log !== 'file') throw usage('--log takes stdout or file.')
  const path = (text: string | undefined): string | null => (text === undefined ? null : resolve(machine.cwd, text))
  return {
    verb,
    file: path(file),
    intoFolder: verb === 'backup' && (/[\\/]$/.test(file ?? '') || values.keep !== undefined),
    data: path(values.data) ?? defaultData(machine),
    databaseUrl: machine.env['DATABASE_URL'] || null,
    host: values.host ?? null,
    port: wholeNumber('--port', values.port, 1, 65_535) ?? DEFAULT_PORT,
    address: readAddress(values.address),
    technicianAddress: readAddress(values['technician-address'], '--technician-address'),
    cert: path(values.cert),
    key: path(values.key),
    pin: values.pin === true,
    http: values['insecure-http'] === true ? 'everywhere' : values.http === true ? 'here' : 'no',
    trustProxy: values['trust-proxy'] === true,
    attachmentsGb: wholeNumber('--attachments-gb', values['attachments-gb'], 1, 100_000),
    log: values.log ?? 'file',
    company: values.company ?? null,
    isNew: values.new === true,
    clearances,
    hours: wholeNumber('--hours', values.hours, 1, 24 * 30) ?? 24,
    revoke: values.revoke ?? null,
    keep: wholeNumber('--keep', values.keep, 1, 10_000),
    force: values.force === true,
    metricsToken: machine.env['BATON_METRICS_TOKEN'] || null,
  }
}
