import { join } from 'node:path'
import { effectTable } from '../../../shared/domain/effects/tables.ts'
import { mailSettingsTable } from '../../../shared/domain/mail/tables.ts'
import type { CommandRunner } from '../../core/runner.ts'
import type { Services } from '../../core/service.ts'
import { BegunMemory, EFFECTS_FILE } from '../../effects/begunMemory.ts'
import { EffectRunner } from '../../effects/effectRunner.ts'
import type { Timers } from '../../sync/timers.ts'
import { invoiceEmailPerformer } from './invoiceEmail.ts'

/** Begins to do what is to be done in the world, and goes on whenever that or the mail server is another. */
export function startEffects({ services, runner, timers }: { readonly services: Services; readonly runner: CommandRunner; readonly timers: Timers }): EffectRunner {
  const { store, hub, log, mailbox, directory } = services
  const effects = new EffectRunner({
    store,
    hub,
    log,
    timers,
    run: services.run,
    performers: { 'invoice.email': invoiceEmailPerformer(services, mailbox) },
    memory: new BegunMemory(directory === ':memory:' ? null : join(directory, EFFECTS_FILE)),
    elapsed: () => performance.now(),
  })
  runner.onCommit(({ changes }) => {
    if (changes.some(({ table }) => table.name === effectTable.name || table.name === mailSettingsTable.name)) effects.kick()
  })
  effects.kick()
  return effects
}
