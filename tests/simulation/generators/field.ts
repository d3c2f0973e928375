import { DAY, MINUTE } from '../../../src/shared/base/time.ts'
import { wallTimeOf } from '../../../src/shared/base/zone.ts'
import { OPEN_STATES } from '../../../src/shared/domain/dispatch/states.ts'
import { type Appointment, appointmentTable } from '../../../src/shared/domain/dispatch/tables.ts'
import { stepsTo } from '../../../src/shared/domain/field/steps.ts'
import { fieldReportTable, REPORT_KINDS, type TechnicianLink, technicianLinkTable } from '../../../src/shared/domain/field/tables.ts'
import { technicianTable } from '../../../src/shared/domain/people/tables.ts'
import type { Generator, Proposal, World } from '../world.ts'

/** One in seven proposals must be refused. */
const WRONG = 0.15

const REASONS = ['Waiting for parts', 'Nobody home', 'Not safe to work'] as const

/** A link that still opens, of a technician who works here; mostly of one of those. @param busy technicians who have something to say */
function openLink({ random, rows, at }: World, busy?: ReadonlySet<string | null>): TechnicianLink | undefined {
  const here = new Set(rows(technicianTable).filter(({ active }) => active).map(({ id }) => id))
  const open = rows(technicianLinkTable).filter(({ revokedAt, expiresAt, technicianId }) => revokedAt === null && expiresAt > at && here.has(technicianId))
  return (busy && !random.chance(WRONG) ? random.pick(open.filter(({ technicianId }) => busy.has(technicianId))) : undefined) ?? random.pick(open)
}

const issueLink: Generator = {
  command: 'technicianLink.issue',
  propose: ({ random, rows, at, zone }) => {
    // Mostly one for whom there is something to see.
    const busy = rows(technicianTable).filter(({ id, active }) => active && rows(appointmentTable).some(({ technicianId }) => technicianId === id))
    const technician = random.pick(busy) ?? random.pick(rows(technicianTable))
    if (!technician) return undefined
    const input = { linkId: random.id(), technicianId: technician.id, day: random.chance(0.5) ? wallTimeOf(at, zone).day : null, expiresAt: at + (1 + random.below(20)) * DAY }
    if (!random.chance(WRONG)) return { input }
    return { input: random.pick([{ ...input, expiresAt: at - MINUTE }, { ...input, expiresAt: at + 40 * DAY }, { ...input, technicianId: random.id() }, { ...input, day: '1800-01-01' }]) }
  },
}

const revokeLink: Generator = {
  command: 'technicianLink.revoke',
  propose: ({ random, rows }) => {
    // Few, so that most go on being used.
    const links = rows(technicianLinkTable)
    if (links.length === 0) return undefined
    if (random.chance(WRONG)) return { input: { linkId: random.id() } }
    const link = links.length > 2 || random.chance(0.2) ? random.pick(links) : undefined
    return link && { input: { linkId: link.id } }
  },
}

const openedLink: Generator = {
  command: 'technicianLink.opened',
  propose: (world) => {
    const link = openLink(world)
    return link && { actorId: link.technicianId, input: { linkId: link.id } }
  },
}

/** Said by the hub in the technician’s name; what the telephone says of the time is bounded there. */
const said = (link: TechnicianLink, input: Readonly<Record<string, unknown>>): Proposal => ({ place: 'hub', actorId: link.technicianId, input: { linkId: link.id, ...input } })

/** What the page showed of the visit; an older page says nothing of it. The simulator’s bookings lie ahead: without their plan most would be another day’s. */
function seenOf({ state, startsAt, holdReason }: Appointment, random: World['random']): Readonly<Record<string, unknown>> {
  const plan = startsAt === null || random.chance(0.05) ? {} : { sawStartsAt: random.chance(0.05) ? startsAt - DAY : startsAt }
  return random.chance(0.2) ? plan : { ...plan, saw: state, ...(state === 'hold' && holdReason !== null ? { sawHold: random.chance(0.1) ? 'Another reason' : holdReason } : {}) }
}

const report: Generator = {
  command: 'field.report',
  propose: (world) => {
    const { random, rows, at } = world
    const open = rows(appointmentTable).filter(({ state, invoiced, practice }) => OPEN_STATES.includes(state) && !invoiced && !practice)
    const link = openLink(world, new Set(open.map(({ technicianId }) => technicianId)))
    if (!link) return undefined
    const visit = random.pick(open.filter(({ technicianId }) => technicianId === link.technicianId)) ?? random.pick(open)
    if (!visit) return undefined
    const base = { reportId: random.id(), appointmentId: visit.id, tappedAt: at - random.below(90) * MINUTE, reason: random.pick(REASONS) ?? '', minutes: 5 + random.below(60), ...seenOf(visit, random) }
    if (random.chance(WRONG)) {
      const again = random.pick(rows(fieldReportTable))
      const anybody = random.pick(rows(appointmentTable))
      return said(link, random.pick([{ ...base, kind: 'arrived', appointmentId: random.id() }, { ...base, kind: 'hold', reason: '' }, { ...base, kind: 'late', minutes: null }, { ...base, kind: 'done', appointmentId: anybody?.id ?? visit.id }, { ...base, kind: 'onMyWay', reportId: again?.id ?? random.id() }]) as Readonly<Record<string, unknown>>)
    }
    const possible = REPORT_KINDS.filter((kind) => kind === 'late' || stepsTo(kind, visit) !== undefined)
    return said(link, { ...base, kind: random.pick(possible) ?? 'arrived' })
  },
}

const issue: Generator = {
  command: 'field.issue',
  propose: (world) => {
    const { random, rows, at } = world
    const link = openLink(world)
    if (!link) return undefined
    const visit = random.pick(rows(appointmentTable))
    // Of a visit that is gone, or of none that the hub knows.
    return said(link, { reportId: random.id(), appointmentId: random.chance(0.1) ? random.id() : (visit?.id ?? random.id()), tappedAt: at - random.below(60) * MINUTE, text: random.pick(['Flue is cracked.\nNot safe to light.', 'Panel is older than the book says.', 'Kunde: „Morgen \u{1F9CA}“']) })
  },
}

const photo: Generator = {
  command: 'field.photo',
  propose: (world) => {
    const { random, rows } = world
    const issues = rows(fieldReportTable).filter(({ kind, jobId }) => kind === 'issue' && jobId !== null)
    const link = openLink(world, new Set(issues.map(({ technicianId }) => technicianId)))
    const own = link && random.pick(issues.filter(({ technicianId }) => technicianId === link.technicianId))
    if (!own) return undefined
    const sha256 = Array.from({ length: 64 }, () => random.below(16).toString(16)).join('')
    const input = { photoId: random.id(), reportId: random.chance(WRONG) ? random.id() : own.id, name: 'From the field.jpg', mediaType: 'image/jpeg', bytes: 1 + random.below(900_000), sha256 }
    return { place: 'hub', actorId: link.technicianId, input }
  },
}

export const fieldGenerators: readonly Generator[] = [issueLink, revokeLink, openedLink, report, issue, photo]
