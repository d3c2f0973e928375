/** Where the supervisor says what it does: the hub's own log fits. Details hold ids, codes and paths only. */
export interface PostgresLog {
  info(event: string, details?: Readonly<Record<string, string | number | boolean | null>>): void
  warn(event: string, details?: Readonly<Record<string, string | number | boolean | null>>): void
  error(event: string, details?: Readonly<Record<string, string | number | boolean | null>>): void
}
