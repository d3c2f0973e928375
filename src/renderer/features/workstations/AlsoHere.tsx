import { useEffect } from 'react'
import { useEvent, useQuery } from '../../api/api.ts'
import { Icon } from '../../components/icons.tsx'
import { useHub } from '../../stores/hub.ts'
import { presentWords } from './hubWords.ts'
import { showRecord, type ShownRecord } from './shownRecords.ts'
import classes from './workstations.module.css'

const NO_INPUT = {} as const

/** Who else has this record before them, at which workstation; and says that this page shows it. Nothing without a hub. */
export function AlsoHere({ kind, id }: ShownRecord) {
  const link = useHub()?.link
  const linked = link !== undefined && link !== 'none'
  const { data, refetch } = useQuery('hub.present', linked ? NO_INPUT : null)
  useEvent('presence', refetch)
  useEffect(() => (linked ? showRecord({ kind, id }) : undefined), [linked, kind, id])
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
