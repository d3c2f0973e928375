import { derivedId } from '../../src/shared/base/id.ts'
import { LEDGER_ACCOUNTS, STARTING_ACCOUNTS } from '../../src/shared/domain/accounting/accounts.ts'
import { STANDARD_CHECKLIST } from '../../src/shared/domain/handoff/checklist.ts'
import { ROLES, SYSTEM_ACTOR } from '../../src/shared/domain/people/permissions.ts'
import { DEFAULT_QUEUES } from '../../src/shared/domain/promises/defaultQueues.ts'
import { Simulator, ZONE } from './simulator.ts'

const id = (label: string): string => derivedId('opening-day', label)

/** Every morning starts alike: people in every role, two units, a price book, the queues Baton ships with. */
export function openOffice(simulator: Simulator): void {
  const ownerId = id('owner')
  const run = (name: string, input: unknown, actorId = ownerId): void => {
    simulator.run(name, input, actorId)
    const last = simulator.tried.at(-1)
    if (!last?.accepted) throw new Error(`The opening day\u2019s ${name} was refused: ${last?.code}`)
  }
  run('company.create', { name: 'Copper Ridge', zone: ZONE, phase: 'rehearsal', ownerId, ownerName: 'Sean Avery' }, SYSTEM_ACTOR)
  run('company.change', { set: { accounts: Object.fromEntries(LEDGER_ACCOUNTS.map((account) => [account, STARTING_ACCOUNTS[account]])) } })
  for (const role of ROLES) run('user.add', { id: id(`user-${role}`), name: `The ${role}`, roles: [role] })
  run('user.add', { id: id('second-books'), name: 'Tanya Reese', roles: ['receivables', 'serviceManager'] })
  run('taxZone.save', { id: id('tax'), name: 'Fairhollow', jurisdictions: [{ name: 'State', rate: 62_500 }, { name: 'Fairhollow', rate: 18_750 }], active: true })
  const units = ['HVAC', 'Plumbing'] as const
  units.forEach((name, position) => run('businessUnit.save', { id: id(name), name, position, accountClass: name, active: true }))
  run('priority.save', { id: id('normal'), name: 'Normal', rank: 3, rule: 'Everything else', respondWithinMinutes: 2880, active: true })
  const item = (code: string, kind: string, priceCents: number): void =>
    run('priceItem.save', { id: id(code), code, name: code, description: '', kind, businessUnitId: null, priceCents, costCents: 100, taxable: kind !== 'service', active: true })
  item('DIAG', 'service', 8900)
  item('CAP', 'material', 3850)
  item('FAN', 'equipment', 21_400)
  for (const name of units) {
    run('jobType.save', {
      id: id(`${name}-service`),
      name: `${name} service`,
      businessUnitId: id(name),
      durationMinutes: 90,
      skills: [],
      defaultPriorityId: id('normal'),
      defaultItemId: id('DIAG'),
      active: true,
      ...(name === 'Plumbing' ? { checklist: STANDARD_CHECKLIST } : {}),
    })
    for (const person of [1, 2]) {
      run('technician.save', {
        id: id(`${name}-tech-${person}`),
        name: `${name} technician ${person}`,
        businessUnitId: id(name),
        skills: [],
        shifts: [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, start: 420, end: 1140 })),
        homeArea: '',
        homeLatitude: null,
        homeLongitude: null,
        phone: null,
        position: person,
        active: true,
      })
    }
  }
  for (const queue of DEFAULT_QUEUES) run('queue.save', queue)
}
