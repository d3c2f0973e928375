import { afterEach, beforeEach, expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import { DAY, HOUR } from '../../src/shared/base/time.ts'
import { queueId } from '../../src/shared/domain/promises/defaultQueues.ts'
import { promiseId } from '../../src/shared/domain/promises/engine.ts'
import { receiptId } from '../../src/shared/domain/scripts/reading.ts'
import { type Page, startBackend, type TestBackend } from '../support/backend.ts'

let office: TestBackend
let owner: Page

beforeEach(async () => {
  office = startBackend()
  owner = office.page()
  await owner.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Sean Avery', pin: '4821' })
})

afterEach(() => office.close())

it('a manual that is put off is due when its reader said, for the reader and for whoever looks after it', async () => {
  const [manualId, versionId, userId] = [newId(), newId(), newId()]
  await owner.ask('user.add', { id: userId, name: 'Pia Newman', roles: ['inboundCsr'] })
  const reader = office.page(newId(), userId)
  await owner.ask('manual.save', { manualId, name: 'CSR manual', body: 'Answer within three rings.', roles: ['inboundCsr'] })
  await owner.ask('manual.publish', { manualId, versionId, note: '', readByAt: Date.now() + HOUR })
  const dueAt = Date.now() + 2 * DAY
  await reader.ask('promise.recordOutcome', { promiseId: promiseId(queueId('manuals-to-read'), receiptId(versionId, userId)), outcomeKey: 'later', note: '', dueAt })
  expect(await reader.ask('manuals.list')).toMatchObject({ manuals: [{ manualId, mine: 'due', dueAt }] })
  expect(await owner.ask('manuals.readers', { manualId })).toMatchObject({ readers: [{ userId, state: 'due', dueAt }] })
})
