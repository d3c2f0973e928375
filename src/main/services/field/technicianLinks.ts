import type { technicianLinksMethods } from '../../../shared/contract/methods/technicianLinks.ts'
import { newId } from '../../../shared/base/id.ts'
import { compareText } from '../../../shared/base/text.ts'
import { fieldReportTable, technicianLinkTable } from '../../../shared/domain/field/tables.ts'
import { get, range } from '../../../shared/domain/kernel/load.ts'
import { technicianTable } from '../../../shared/domain/people/tables.ts'
import { type Asked, type Implementation, ServiceError } from '../../core/service.ts'
import { companyOf } from '../company.ts'
import { namesIn } from '../customers/names.ts'

const NO_HUB = 'A technician\u2019s link is a page that the hub serves, and this workstation has none. Settings, Hub says how to come by one.'

function list(technicianId: string, { store, hub, now }: Asked) {
  const { engine } = store
  const { person, zone } = namesIn(store)
  const unheard = store.sync.pendingRows(technicianLinkTable.name)
  const links = engine.run(range(technicianLinkTable, 'byTechnician', [technicianId], { from: now() + 1 })).filter(({ id, revokedAt }) => revokedAt === null || unheard.has(id))
  const said = engine.run(range(fieldReportTable, 'byTechnician', [technicianId])).toSorted((left, right) => right.tappedAt - left.tappedAt)[0]
  return {
    hindrance: hub.state().link === 'none' ? NO_HUB : null,
    zone: engine.run(get(technicianTable, technicianId))?.zone ?? zone,
    links: links
      .toSorted((left, right) => right.issuedAt - left.issuedAt || compareText(left.id, right.id))
      .map(({ id, day, issuedAt, issuedBy, expiresAt, openedAt, revokedAt }) => ({ id, day, issuedAt, issuedBy: person(issuedBy), expiresAt, openedAt, takingBack: revokedAt !== null })),
    lastSaid: said ? { kind: said.kind, at: said.countedAt } : null,
  }
}

/**
 * A person waits for it, nobody else sends it, and a second copy does no harm, so it leaves no row: the address would lie in
 * every workstation's store.
 */
async function email({ linkId, to }: { readonly linkId: string; readonly to: string }, asked: Asked): Promise<{ readonly sent: boolean; readonly sentence: string }> {
  const { hub, mailbox, store, actorId } = asked
  const company = companyOf(asked)
  if (company.phase === 'sample') throw new ServiceError('effect.sample', 'This is the sample company: nothing leaves it.')
  const hindrance = await mailbox.hindrance()
  if (hindrance !== null) throw new ServiceError('mail.hindered', hindrance)
  const link = store.engine.run(get(technicianLinkTable, linkId))
  if (!link) throw new ServiceError('technicianLink.unknown', 'This link is not there, or not any more.')
  const address = await hub.technicianAddress(actorId, linkId)
  const { name = '' } = store.engine.run(get(technicianTable, link.technicianId)) ?? {}
  const text = [`Hello ${name},`, 'here are your visits. Open this on your telephone, and give it to nobody else:', address, [company.name, company.phone].filter(Boolean).join('\n')].join('\n\n')
  const sent = await mailbox.send({ to, subject: `Your visits, ${company.name}`, text, key: newId(), attachments: [] })
  switch (sent.kind) {
    case 'sent':
      return { sent: true, sentence: `Sent to ${to}.` }
    case 'notSent':
      return { sent: false, sentence: sent.failure.reason }
    case 'unknown':
      return { sent: false, sentence: `It went, but no answer came. Send it again, or ask ${name} whether it is there. ${sent.failure.reason}` }
  }
}

export const technicianLinksService: Implementation<typeof technicianLinksMethods> = {
  'technicianLinks.list': ({ technicianId }, asked) => list(technicianId, asked),
  'technicianLink.address': async ({ linkId }, { hub, actorId }) => ({ address: await hub.technicianAddress(actorId, linkId) }),
  'technicianLink.email': (input, asked) => email(input, asked),
}
