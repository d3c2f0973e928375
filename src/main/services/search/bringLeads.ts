import type { Services } from '../../core/service.ts'

const AT_ONCE = 200

/** Lets leads be found that came under a Baton that did not look for them. Where all of them can be, it costs two counts. */
export function bringLeads({ store, log }: Pick<Services, 'store' | 'log'>): void {
  const { leads } = store.prepare('SELECT count(*) AS leads FROM lead WHERE company_id = ?').get(store.companyId) as { readonly leads: number }
  if (leads === store.search.entered('lead')) return
  for (let after: string | null = ''; after !== null; ) {
    const behind: string = after
    after = store.transaction(() => store.search.enter('lead', behind, AT_ONCE))
  }
  log.info('search.leadsEntered', { leads })
}
