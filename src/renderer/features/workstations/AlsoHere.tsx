import { useEffect } from 'react'
import { api, useEvent, useQuery } from '../../api/api.ts'
import { Icon } from '../../components/icons.tsx'
import { useHub } from '../../stores/hub.ts'
import { presentWords } from './hubWords.ts'
import classes from './workstations.module.css'

const NO_INPUT = {} as const

interface Viewed {
  readonly kind: 'customer' | 'job'
  readonly id: string
}

// Nobody waits for it: where the backend can't be told, it is told of the next record.
const tell = (record: Viewed | null): void => void api.action('hub.viewing', { record }).catch(() => undefined)

/** Who else has this record before them, at which workstation; and says that this page shows it. Nothing without a hub. */
export function AlsoHere({ kind, id }: Viewed) {
  const link = useHub()?.link
  const linked = link !== undefined && link !== 'none'
  const { data, refetch } = useQuery('hub.present', linked ? NO_INPUT : null)
  useEvent('presence', refetch)
  useEffect(() => {
    if (!linked) return undefined
    tell({ kind, id })
    return () => tell(null)
  }, [linked, kind, id])
  const others = (data ?? []).filter(({ record }) => record?.kind === kind && record.id === id)
  if (others.length === 0) return null
  const words = `Also here: ${others.map(presentWords).join(', ')}`
  return (
    <span className={classes['also']} title={words} role="status">
      <Icon name="customers" size={12} />
      <span className="el">{words}</span>
    </span>
  )
}
