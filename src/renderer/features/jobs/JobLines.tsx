import IconButton from '@mui/material/IconButton'
import { useState } from 'react'
import { newId } from '../../../shared/base/id.ts'
import { formatAmount, formatMoney, formatQuantity, parseQuantity } from '../../../shared/base/money.ts'
import type { ItemChoice, JobPage } from '../../../shared/contract/methods/jobs.ts'
import { api, useQuery } from '../../api/api.ts'
import { asContractError } from '../../api/errors.ts'
import { Icon } from '../../components/icons.tsx'
import { type Suggestion, TypeAhead } from '../../components/TypeAhead.tsx'
import { toast } from '../../stores/toast.ts'
import classes from './jobs.module.css'

type Line = JobPage['lines'][number]

interface Found extends Suggestion {
  readonly item: ItemChoice
}

function QuantityCell({ line, onError }: { readonly line: Line; readonly onError: (message: string | null) => void }) {
  const [typed, setTyped] = useState<string | null>(null)
  const save = (): void => {
    if (typed === null) return
    const quantity = parseQuantity(typed)
    if (quantity === undefined) return onError(`\u201c${typed}\u201d is not a quantity. Write a number like 1 or 2.5.`)
    api
      .command('job.changeLine', { lineId: line.id, set: { quantity } })
      .then(() => {
        onError(null)
        setTyped(null)
      })
      .catch((thrown: unknown) => onError(asContractError(thrown).message))
  }
  return (
    <input
      className={classes['quantity']}
      aria-label={`Quantity of ${line.description}`}
      inputMode="decimal"
      value={typed ?? formatQuantity(line.quantity)}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.ctrlKey) return
        event.preventDefault()
        save()
      }}
    />
  )
}

/** The job's lines with their total; they can be changed until there is an invoice. */
export function JobLines({ job, editable }: { readonly job: JobPage; readonly editable: boolean }) {
  const [typed, setTyped] = useState('')
  const [error, setError] = useState<string | null>(null)
  const searching = typed.trim() !== ''
  const { data, outdated, error: unasked } = useQuery('booking.items', editable && searching ? { text: typed, businessUnitId: job.businessUnitId, limit: 10 } : null, { keep: true })
  const found = data?.items ?? []
  const suggestions: readonly Found[] = searching
    ? found.map((item) => ({ key: item.id, label: item.name, detail: [item.code, ...(item.priceCents === null ? [] : [formatAmount(item.priceCents)])].join(' \u00b7 '), item }))
    : []
  const add = ({ item }: Found): void => {
    setTyped('')
    api
      .command('job.addLine', { jobId: job.id, line: { id: newId(), priceItemId: item.id, kind: item.kind, description: item.name, quantity: 1000 } })
      .then(() => setError(null))
      .catch((thrown: unknown) => setError(asContractError(thrown).message))
  }
  const remove = (line: Line): void => {
    api
      .command('job.removeLine', { lineId: line.id })
      .then(() => {
        setError(null)
        toast(`${line.description} removed.`)
      })
      .catch((thrown: unknown) => setError(asContractError(thrown).message))
  }
  const priced = job.totalCents !== null
  return (
    <section className={classes['section']} aria-label="Line items">
      <div className={classes['sectionHead']}>
        <h2 className="h2">Line items</h2>
      </div>
      <table className={classes['lines']}>
        <thead>
          <tr>
            <th scope="col">Item</th>
            <th scope="col" className={classes['right']}>
              Quantity
            </th>
            {priced ? (
              <>
                <th scope="col" className={classes['right']}>
                  Price
                </th>
                <th scope="col" className={classes['right']}>
                  Amount
                </th>
              </>
            ) : null}
            {editable ? (
              <th scope="col" className={classes['tools']}>
                <span className="spoken">Remove</span>
              </th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {job.lines.map((line) => (
            <tr key={line.id}>
              <td>{line.description}</td>
              <td className={classes['right']}>{editable ? <QuantityCell line={line} onError={setError} /> : formatQuantity(line.quantity)}</td>
              {priced ? (
                <>
                  <td className={classes['right']}>{line.unitPriceCents === null ? '' : formatAmount(line.unitPriceCents)}</td>
                  <td className={classes['right']}>{line.amountCents === null ? '' : formatAmount(line.amountCents)}</td>
                </>
              ) : null}
              {editable ? (
                <td className={classes['tools']}>
                  <IconButton size="small" aria-label={`Remove ${line.description}`} onClick={() => remove(line)}>
                    <Icon name="cross" size={12} />
                  </IconButton>
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
        {job.totalCents === null ? null : (
          <tfoot>
            <tr>
              <td colSpan={3}>Total before tax</td>
              <td className={classes['right']}>{formatMoney(job.totalCents)}</td>
            </tr>
          </tfoot>
        )}
      </table>
      {editable ? (
        <div className={classes['add']}>
          <TypeAhead label="Add from the price book" text={typed} onText={setTyped} suggestions={suggestions} pending={searching && !unasked && (outdated || !data)} onPick={add} placeholder="Name or code" none="Nothing in the price book matches." error={error} />
        </div>
      ) : null}
    </section>
  )
}
