import type { IsoDay } from '../../shared/base/time.ts'
import { wallTimeOf } from '../../shared/base/zone.ts'
import { all } from '../../shared/domain/kernel/load.ts'
import { type Company, companyTable } from '../../shared/domain/people/tables.ts'
import { ServiceError, type Services } from '../core/service.ts'

/**
 * The company this store is of. Whoever is signed in has one.
 * @throws ServiceError in a store that nobody has set up yet
 */
export function companyOf({ store }: Pick<Services, 'store'>): Company {
  const company = store.engine.run(all(companyTable))[0]
  if (!company) throw new ServiceError('company.missing', 'There is no company in this store yet.')
  return company
}

/** The calendar day at the company. */
export function todayOf(services: Pick<Services, 'store' | 'now'>): IsoDay {
  return wallTimeOf(services.now(), companyOf(services).zone).day
}
