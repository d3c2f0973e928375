/** The thirteen roles of the office (requirements Q9), and the owner who set the company up. */
export const ROLES = [
  'owner',
  'serviceManager',
  'inboundCsr',
  'leadCoordinator',
  'customerRelations',
  'dispatcher',
  'dispatchCoordinator',
  'installationCoordinator',
  'permitCoordinator',
  'membershipCoordinator',
  'qualityAssurance',
  'insideSales',
  'jobCosting',
  'receivables',
] as const

export type Role = (typeof ROLES)[number]

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  owner: 'Owner',
  serviceManager: 'Service Manager',
  inboundCsr: 'Inbound CSR',
  leadCoordinator: 'Lead Coordinator',
  customerRelations: 'Customer Relations Liaison',
  dispatcher: 'Dispatcher',
  dispatchCoordinator: 'Dispatch Coordinator',
  installationCoordinator: 'Installation Coordinator',
  permitCoordinator: 'Permit Coordinator',
  membershipCoordinator: 'Membership Coordinator',
  qualityAssurance: 'Quality Assurance Liaison',
  insideSales: 'Inside Sales Coordinator',
  jobCosting: 'Job Costing Coordinator',
  receivables: 'Accounts Receivable Coordinator',
}

/** The role that promises pass to when nobody else can hold them; it always has someone. */
export const FALLBACK_ROLE: Role = 'owner'

export const PERMISSIONS = [
  'office.view',
  'phone.report',
  'call.handle',
  'customer.edit',
  'job.book',
  'job.edit',
  'job.cancel',
  'visit.assign',
  'visit.overbook',
  'visit.progress',
  'visit.closeOut',
  'technician.plan',
  'price.see',
  'invoice.edit',
  'invoice.finalize',
  'payment.take',
  'payment.void',
  'batch.prepare',
  'batch.post',
  'batch.export',
  'promise.work',
  'promise.reassign',
  'import.run',
  'settings.edit',
  'people.edit',
  'company.setUp',
  'hub.manage',
  'hub.report',
  'attachment.report',
  'effect.perform',
  'pay.see',
  'pay.edit',
  'alert.answer',
  'practice.do',
  'practice.report',
  'recording.listen',
  'lead.report',
  'dispatch.watch',
  'field.report',
] as const

export type Permission = (typeof PERMISSIONS)[number]

const everyone: readonly Permission[] = ['office.view', 'call.handle', 'customer.edit', 'promise.work', 'promise.reassign', 'practice.do']
const booking: readonly Permission[] = ['job.book', 'job.edit', 'job.cancel', 'lead.report']
const dispatching: readonly Permission[] = [...booking, 'visit.assign', 'visit.progress', 'visit.closeOut', 'technician.plan', 'price.see', 'dispatch.watch']
const billing: readonly Permission[] = ['price.see', 'job.edit', 'visit.closeOut', 'invoice.edit', 'invoice.finalize', 'payment.take']
const accounting: readonly Permission[] = [...billing, 'payment.void', 'batch.prepare', 'batch.post', 'batch.export']
const managing: readonly Permission[] = [...dispatching, ...accounting, 'visit.overbook', 'import.run', 'settings.edit', 'people.edit']

/** What each role may do. A CSR books but sees no prices: quoting paints the technician into a corner (001). */
export const ROLE_PERMISSIONS: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  owner: new Set([...everyone, ...managing, 'hub.manage', 'pay.see', 'pay.edit', 'alert.answer', 'recording.listen']),
  serviceManager: new Set([...everyone, ...managing, 'alert.answer', 'recording.listen']),
  inboundCsr: new Set([...everyone, ...booking, 'payment.take']),
  leadCoordinator: new Set([...everyone, ...booking]),
  customerRelations: new Set([...everyone, ...booking, 'visit.assign']),
  dispatcher: new Set([...everyone, ...dispatching, 'visit.overbook', 'alert.answer']),
  dispatchCoordinator: new Set([...everyone, ...dispatching, 'alert.answer']),
  installationCoordinator: new Set([...everyone, ...dispatching]),
  permitCoordinator: new Set([...everyone, 'job.edit']),
  membershipCoordinator: new Set([...everyone, ...booking, ...billing]),
  qualityAssurance: new Set([...everyone, ...booking, 'recording.listen']),
  insideSales: new Set([...everyone, ...booking, 'price.see']),
  jobCosting: new Set([...everyone, ...billing, 'pay.see']),
  receivables: new Set([...everyone, ...accounting]),
}

/** The actor of what the software reports by itself: a ring, an import's clock, what the hub could not accept. */
export const SYSTEM_ACTOR = '00000000-0000-7000-8000-000000000001'

export const SYSTEM_PERMISSIONS: ReadonlySet<Permission> = new Set(['phone.report', 'company.setUp', 'office.view', 'hub.report', 'attachment.report', 'effect.perform', 'practice.report', 'lead.report', 'dispatch.watch'])

/** What a technician may do who comes by their link and not as somebody of the office. */
export const TECHNICIAN_PERMISSIONS: ReadonlySet<Permission> = new Set(['field.report'])

export function rolesMay(roles: readonly Role[], permission: Permission): boolean {
  return roles.some((role) => ROLE_PERMISSIONS[role].has(permission))
}
