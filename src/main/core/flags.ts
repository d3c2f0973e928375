import { isAbsolute, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

/** How a host was asked to start. */
export interface Flags {
  /** Null: any free port. */
  readonly port: number | null
  readonly dataDir: string
  readonly sample: boolean
}

interface Machine {
  readonly platform: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly home: string
  readonly cwd: string
}

/**
 * Where a person's Baton data lives unless --data says otherwise: the per-user application data folder of the system.
 * The sample company has a folder of its own, so that it never stands where a real company should.
 */
export function defaultDataDir(sample: boolean, { platform, env, home }: Machine): string {
  const name = (base: string): string => (sample ? `${base}-sample` : base)
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), name('Baton'))
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', name('Baton'))
  const dataHome = env['XDG_DATA_HOME']
  return join(dataHome && isAbsolute(dataHome) ? dataHome : join(home, '.local', 'share'), name('baton'))
}

export type ParsedFlags = { readonly ok: true; readonly flags: Flags } | { readonly ok: false; readonly problem: string }

/** Reads `--port N --data DIR --sample`; `problem` is a sentence for the person who typed them. */
export function parseFlags(argv: readonly string[], machine: Machine): ParsedFlags {
  const problem = (text: string): ParsedFlags => ({ ok: false, problem: `${text} See npm start -- --help.` })
  let values: { port?: string | undefined; data?: string | undefined; sample?: boolean | undefined }
  try {
    ;({ values } = parseArgs({
      args: [...argv],
      options: { port: { type: 'string' }, data: { type: 'string' }, sample: { type: 'boolean' }, web: { type: 'boolean' } },
      allowPositionals: false,
    }))
  } catch (error) {
    return problem(`${error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error)}.`)
  }
  let port: number | null = null
  if (values.port !== undefined) {
    port = /^\d{1,5}$/.test(values.port) ? Number(values.port) : -1
    if (port < 1 || port > 65535) return problem(`--port takes a number from 1 to 65535, not \u201c${values.port}\u201d.`)
  }
  if (values.data === '') return problem('--data takes a folder.')
  const sample = values.sample === true
  const dataDir = values.data === undefined ? defaultDataDir(sample, machine) : resolve(machine.cwd, values.data)
  return { ok: true, flags: { port, dataDir, sample } }
}
