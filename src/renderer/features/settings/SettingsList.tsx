import { type ReactNode, useState } from 'react'
import { newId } from '../../../shared/base/id.ts'
import { ActionButton } from '../../components/ActionButton.tsx'
import { type Column, DataTable } from '../../components/DataTable.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { ScreenBar } from '../../components/ScreenBar.tsx'
import { useHotkeys } from '../../components/useHotkeys.ts'
import { navigate } from '../../stores/route.ts'
import { useHasDraft } from './drafts.ts'
import classes from './settings.module.css'

const NEW = 'new'

/** Switched off, a record stays in what was made with it and is offered no longer. */
export const inUse = <Row extends { readonly active: boolean }>(): Column<Row> => ({ key: 'active', header: 'In use', width: '64px', cell: ({ active }) => (active ? 'Yes' : <span className="t3">No</span>) })

export interface SettingsListProps<Row extends { readonly id: string }> {
  readonly section: string
  readonly title: string
  /** What the section is for, in a few words. */
  readonly detail: string
  readonly rows: readonly Row[]
  readonly columns: readonly Column<NoInfer<Row>>[]
  /** The second part of the address: a record's id, `new`, or nothing. */
  readonly selected: string | undefined
  /** "Add a job type". */
  readonly add: string
  /** What it means that there is none. */
  readonly empty?: string
  /** The form for a record, or for a new one with a fresh id. */
  readonly form: (row: NoInfer<Row> | undefined, newId: string, done: (id: string) => void) => ReactNode
}

/** The one pattern of settings: the list at the left, the record's form at the right. */
export function SettingsList<Row extends { readonly id: string }>({ section, title, detail, rows, columns, selected, add, empty = 'Nothing here yet.', form }: SettingsListProps<Row>) {
  const hasDraft = useHasDraft()
  const [freshId, setFreshId] = useState(() => newId())
  const go = (id: string): void => navigate({ area: 'settings', path: [section, id] }, { replace: true })
  useHotkeys(title, [{ keys: 'N', label: add, run: () => go(NEW) }])
  const row = rows.find((candidate) => candidate.id === selected) ?? (selected === NEW ? undefined : rows[0])
  const done = (id: string): void => {
    if (id === freshId) setFreshId(newId())
    go(id)
  }
  const unsaved = rows.some(({ id }) => hasDraft(`${section}/${id}`))
  const draftColumn: readonly Column<Row>[] = [
    { key: 'draft', header: 'Draft', width: '76px', align: 'right', cell: ({ id }) => (hasDraft(`${section}/${id}`) ? <span className={classes['unsaved']}>not saved</span> : null) },
  ]
  const shown = unsaved ? [...columns, ...draftColumn] : columns
  return (
    <div className={classes['list']}>
      <div className={classes['listSide']}>
        <ScreenBar title={title} detail={detail} actions={<ActionButton small label={add} keys="N" icon="plus" onClick={() => go(NEW)} />} />
        <DataTable
          label={title}
          main
          dense
          columns={shown}
          rows={rows}
          rowId={({ id }) => id}
          selectedId={row?.id ?? null}
          onSelect={go}
          empty={<EmptyState action={<ActionButton label={add} onClick={() => go(NEW)} />}>{empty}</EmptyState>}
        />
      </div>
      {row || selected === NEW || rows.length === 0 ? form(row, freshId, done) : null}
    </div>
  )
}
