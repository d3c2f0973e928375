import { api } from '../../api/api.ts'

/** A record that this page shows, as the others hear of it. */
export interface ShownRecord {
  readonly kind: 'customer' | 'job' | 'visit' | 'invoice'
  readonly id: string
}

/** Whoever leafs through records is on the one where they stop; milliseconds. */
const REST_MS = 250

/** Keeps which records are on the page, the newest last, and tells of that one once it has rested. */
export function createShownRecords(tell: (record: ShownRecord | null) => void): (record: ShownRecord) => () => void {
  const shown = new Set<ShownRecord>()
  let told: ShownRecord | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const tellSoon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      const record = [...shown].at(-1) ?? null
      if (record === told || (record?.kind === told?.kind && record?.id === told?.id)) return
      told = record
      tell(record)
    }, REST_MS)
  }
  return (record) => {
    shown.add(record)
    tellSoon()
    return () => {
      shown.delete(record)
      tellSoon()
    }
  }
}

/** Says that this page shows a record, until the returned function is called. Nobody waits for it: where the backend can't be told, it is told of the next one. */
export const showRecord = createShownRecords((record) => void api.action('hub.viewing', { record }).catch(() => undefined))
