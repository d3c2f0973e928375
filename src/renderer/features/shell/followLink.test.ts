import { expect, it } from 'vitest'
import { newId } from '../../../shared/base/id.ts'
import { stepOf } from './followLink.ts'

it('looks a telephone number up and calls nobody', () => {
  expect(stepOf({ kind: 'telephone', number: '+1-612-555-0142' })).toEqual({ kind: 'search', text: '+1-612-555-0142' })
})

it('opens each kind of record by its id', () => {
  const id = newId()
  expect((['customer', 'job', 'invoice', 'batch'] as const).map((record) => stepOf({ kind: 'record', record, id }))).toEqual([
    { kind: 'open', target: { area: 'customers', path: [id] } },
    { kind: 'open', target: { area: 'jobs', path: [id] } },
    { kind: 'open', target: { area: 'money', path: ['invoices', id] } },
    { kind: 'open', target: { area: 'money', path: ['batches', id] } },
  ])
})

it('looks up a document number as people say it, and shows the list of batches, which no search knows', () => {
  expect(stepOf({ kind: 'record', record: 'job', id: '48213' })).toEqual({ kind: 'search', text: '48213' })
  expect(stepOf({ kind: 'record', record: 'batch', id: '7' })).toEqual({ kind: 'open', target: { area: 'money', path: ['batches'] } })
})
