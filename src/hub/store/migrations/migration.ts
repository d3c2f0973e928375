/** One step of the hub's own tables. Steps are only ever added; what is here has run somewhere and is never changed. */
export interface HubMigration {
  /** 1, 2, 3 and so on, without holes. */
  readonly version: number
  readonly name: string
  readonly sql: string
}
