/** One step of the store's shape. Steps are only ever added: an older workstation's file must still open. */
export interface Migration {
  /** 1, 2, 3 … without holes. */
  readonly version: number
  readonly name: string
  readonly sql: string
}
