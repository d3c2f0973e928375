import type { technicianLinksMethods } from '../../../shared/contract/methods/technicianLinks.ts'
import { compareText } from '../../../shared/base/text.ts'
import { fieldReportTable, technicianLinkTable } from '../../../shared/domain/field/tables.ts'
import { get, range } from '../../../shared/domain/kernel/load.ts'
import { technicianTable } from '../../../shared/domain/people/tables.ts'
import type { Asked, Implementation } from '../../core/service.ts'
import { namesIn } from '../customers/names.ts'

const NO_HUB = 'A technician\u2019s link is a page that the hub serves, and this workstation has none. Settings, Hub says how to come by one.'

function list(technicianId: string, { store, hub, now }: Asked) {
  const { engine } = store
  const { person, zone } = namesIn(store)
  const links = engine.run(range(technicianLinkTable, 'byTechnician', [technicianId], { from: now() + 1 })).filter(({ revokedAt }) => revokedAt === null)
  const said = engine.run(range(fieldReportTable, 'byTechnician', [technicianId])).toSorted((left, right) => right.tappedAt - left.tappedAt)[0]
  return {
    hindrance: hub.state().link === 'none' ? NO_HUB : null,
    zone: engine.run(get(technicianTable, technicianId))?.zone ?? zone,
    links: links
      .toSorted((left, right) => right.issuedAt - left.issuedAt || compareText(left.id, right.id))
      .map(({ id, day, issuedAt, issuedBy, expiresAt, openedAt }) => ({ id, day, issuedAt, issuedBy: person(issuedBy), expiresAt, openedAt })),
    lastSaid: said ? { kind: said.kind, at: said.countedAt } : null,
  }
}

export const technicianLinksService: Implementation<typeof technicianLinksMethods> = {
  'technicianLinks.list': ({ technicianId }, asked) => list(technicianId, asked),
  'technicianLink.address': async ({ linkId }, { hub, actorId }) => ({ address: await hub.technicianAddress(actorId, linkId) }),
}
