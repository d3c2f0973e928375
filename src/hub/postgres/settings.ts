/** Settings by PostgreSQL's own names. */
export type Settings = Readonly<Record<string, string>>

/** The socket's name has the port in it, even where nothing listens on a port. */
export const SOCKET_PORT = 5432

/**
 * What a new cluster starts with, for an office of up to some dozens of workstations on a machine that does other work
 * too. They are written into postgresql.conf, where a person may change them.
 */
export const OFFICE_SETTINGS: Settings = {
  listen_addresses: process.platform === 'win32' ? '127.0.0.1' : '',
  max_connections: '60',
  shared_buffers: '128MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  // An acknowledged command is on the disk.
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  // A standby can follow at any time.
  wal_level: 'replica',
  max_wal_senders: '4',
  wal_keep_size: '128MB',
  max_wal_size: '512MB',
  // The hub's statements are many and short.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_line_prefix: '%m [%p] ',
  log_checkpoints: 'off',
  // A log carries no customer data: neither the values in a message's detail nor the statement.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
}

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`

/** The settings as text for postgresql.conf. */
export function configurationText(settings: Settings): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} = ${quoted(value)}\n`)
    .join('')
}

/** The settings as words of a command line, which rank above postgresql.conf. */
export function commandLineWords(settings: Settings): readonly string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
}
