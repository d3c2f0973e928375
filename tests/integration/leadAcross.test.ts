import { afterEach, expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import { MINUTE } from '../../src/shared/base/time.ts'
import { leadId, leadSourceId } from '../../src/shared/domain/leads/ids.ts'
import type { LeadItem } from '../../src/shared/contract/methods/leads.ts'
import { LinkedOffice } from '../support/linkedOffice.ts'

let office: LinkedOffice

afterEach(() => office.close())

it('a lead that the hub took is at every workstation, with its promise, and is worked there like any other', async () => {
  office = new LinkedOffice()
  const [front, back] = [await office.founder(), await office.joiner()]
  const sourceId = leadSourceId('website')
  const id = leadId(sourceId, 'form-1')
  const at = Math.round(office.timers.now())
  const nothing = { email: '', line1: '', line2: '', city: '', region: '', postalCode: '', wish: '', subject: '', campaign: '', jobTypeId: null, phones: [], windows: [], answers: [], details: [], files: [], messages: [], chatOver: false }
  const input = { ...nothing, leadId: id, sourceId, sourceName: 'Our website', channel: 'web', role: 'inboundCsr', externalId: 'form-1', receivedAt: at, contactBy: at + 5 * MINUTE, name: 'June Halloran', words: 'Not cooling.' }
  const report = { commandId: newId(), name: 'lead.receive', at, input }
  expect(await office.hub.hub.report(front.services.store.companyId, report)).toMatchObject({ outcome: 'accepted', changed: true })
  // Work of the office around it: the one order of everything has no hole.
  await back.add('Okonjo')
  await office.settled(front, back)
  for (const desk of [front, back]) {
    const { leads } = await desk.page.ask<{ leads: readonly LeadItem[] }>('leads.list', { state: 'new' })
    expect(leads).toMatchObject([{ leadId: id, name: 'June Halloran', dueAt: at + 5 * MINUTE }])
  }
  await back.page.ask('lead.accept', { leadId: id })
  await office.settled(front, back)
  expect((await front.page.ask<{ leads: readonly LeadItem[] }>('leads.list', { state: 'accepted' })).leads).toMatchObject([{ leadId: id, holder: 'Sean Avery' }])
  expect(front.rows()).toEqual(back.rows())
})
