import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Page, startBackend, type TestBackend } from '../../../../tests/support/backend.ts'
import { newId } from '../../../shared/base/id.ts'
import { MINUTE } from '../../../shared/base/time.ts'
import type { SearchHit } from '../../../shared/contract/methods/search.ts'
import { type AnyRow, columnsOf } from '../../../shared/domain/kernel/table.ts'
import { leadId, leadSourceId } from '../../../shared/domain/leads/ids.ts'
import { leadTable } from '../../../shared/domain/leads/tables.ts'
import type { Services } from '../../core/service.ts'
import { openStore } from '../../store/store.ts'
import { bringLeads } from './bringLeads.ts'

const COMPANY = '01900000-0000-7000-8000-000000000000'

let backend: TestBackend
let page: Page

beforeEach(async () => {
  backend = startBackend()
  page = backend.page()
  await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Ivo Marsh', pin: '2468' })
})

afterEach(() => backend.close())

async function comesIn(changed: Readonly<Record<string, unknown>> = {}): Promise<string> {
  const [sourceId, externalId, at] = [leadSourceId('website'), newId(), Date.now()]
  const id = leadId(sourceId, externalId)
  const lead = { leadId: id, sourceId, sourceName: 'Our website', channel: 'web', role: 'inboundCsr', externalId, receivedAt: at, contactBy: at + 5 * MINUTE, name: 'J\u00fcne Halloran', phones: [{ said: '(555) 017-0184', number: '+15550170184' }], email: 'june@halloran.example', line1: '', line2: '', city: '', region: '', postalCode: '', wish: 'Water heater', jobTypeId: null, subject: '', words: 'The boiler gurgles.', windows: [], answers: [], details: [], files: [], campaign: '', messages: [], chatOver: false }
  await page.ask('lead.receive', { ...lead, ...changed })
  return id
}

const find = async (text: string, more: object = {}): Promise<readonly SearchHit[]> => (await page.ask<{ hits: SearchHit[] }>('search.query', { text, ...more })).hits.filter(({ kind }) => kind === 'lead')

it('finds a lead by name, any part of a number, email and words, and says what has become of it', async () => {
  const id = await comesIn()
  for (const text of ['june', 'hallo jun', '017-0184', '5550170184', 'halloran.example', 'gurgles', 'water hea', 'halloran 0184']) expect([text, (await find(text)).map((hit) => hit.id)]).toEqual([text, [id]])
  expect((await find('gurgles'))[0]).toMatchObject({ title: 'J\u00fcne Halloran', detail: '(555) 017-0184 \u00B7 Web form of Our website \u00B7 Water heater', flag: '' })
  await page.ask('lead.dismiss', { leadId: id, reason: 'price', note: '' })
  expect((await find('gurgles'))[0]).toMatchObject({ flag: 'Dismissed' })
  expect(await find('june', { kinds: ['customer'] })).toEqual([])
})

it('finds a chat by what was said in it since', async () => {
  const said = (id: string, text: string) => ({ id, at: Date.now(), by: 'June', visitor: true, text })
  const id = await comesIn({ channel: 'chat', words: '', messages: [said('1', 'Hello')] })
  expect(await find('thermostat')).toEqual([])
  await comesIn({ leadId: id, channel: 'chat', words: '', messages: [said('2', 'My thermostat is blank')] })
  expect((await find('thermostat')).map((hit) => hit.id)).toEqual([id])
})

it('finds those that came under a Baton that did not look for them', () => {
  const store = openStore(':memory:', { companyId: COMPANY })
  store.checkReferences(false)
  const plain = columnsOf(leadTable).map(([property, { kind, nullable }]) => [property, nullable ? null : kind === 'json' ? [] : ['integer', 'instant'].includes(kind) ? 0 : ''])
  const lead = (id: string, words: string) => ({ table: leadTable, row: { ...Object.fromEntries(plain), id, companyId: COMPANY, words } as AnyRow })
  store.transaction(() => store.engine.fill([lead('l1', 'The boiler gurgles.'), lead('l2', 'It drips.')]))
  const logged: string[] = []
  const log = { info: (event: string) => logged.push(event) } as unknown as Services['log']
  for (let start = 0; start < 2; start++) bringLeads({ store, log })
  expect(store.search.byWords('gurgl', 5).map(({ kind, id }) => [kind, id])).toEqual([['lead', 'l1']])
  expect(logged).toEqual(['search.leadsEntered'])
  store.close()
})
