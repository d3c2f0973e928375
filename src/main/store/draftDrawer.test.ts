import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore, type Store } from './store.ts'

let store: Store

const draft = (revision: number, body: string, more: object = {}) => ({ key: 'call/a', userId: 'rosa', revision, savedAt: revision, body, ...more })

beforeEach(() => {
  store = openStore(':memory:')
})

afterEach(() => store.close())

describe('the drawer of drafts', () => {
  it('keeps the newest words of each draft, whatever comes late', () => {
    store.drafts.keep(draft(2, 'Nor'))
    store.drafts.keep(draft(1, 'No'))
    store.drafts.keep({ ...draft(1, 'Leak'), key: 'new' })
    expect(store.drafts.all().map(({ key, body }) => [key, body])).toEqual([['new', 'Leak'], ['call/a', 'Nor']])
  })

  it('says who typed last, lets go of what is dropped, and of what nobody came back to', () => {
    store.drafts.keep(draft(1, 'No'))
    store.drafts.keep(draft(2, 'Nor', { userId: 'dana' }))
    expect(store.drafts.all()).toMatchObject([{ userId: 'dana' }])
    store.drafts.sweep(2)
    expect(store.drafts.all()).toHaveLength(1)
    store.drafts.sweep(3)
    expect(store.drafts.all()).toEqual([])
    store.drafts.keep(draft(1, 'No'))
    store.drafts.drop('call/a')
    expect(store.drafts.all()).toEqual([])
  })

  it('keeps them apart from those of another company', () => {
    store.drafts.keep(draft(1, 'No'))
    store.become({ companyId: '0198c000-0000-7000-8000-000000000001' })
    expect(store.drafts.all()).toEqual([])
  })
})
