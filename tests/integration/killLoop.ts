import { newId } from '../../src/shared/base/id.ts'
import { SYSTEM_ACTOR } from '../../src/shared/domain/people/permissions.ts'
import { companyTable } from '../../src/shared/domain/people/tables.ts'
import { all } from '../../src/shared/domain/kernel/load.ts'
import { CommandRunner } from '../../src/main/core/runner.ts'
import { openStore } from '../../src/main/store/store.ts'
import { bookingInput, openForBooking } from '../support/bookingOffice.ts'

/**
 * Books one visit after the other and writes each job's id to standard output once it is committed,
 * until somebody kills the process. Started by killed.test.ts with the data folder as its argument.
 */

const directory = process.argv[2]
if (directory === undefined) throw new Error('Name the data folder')

const store = openStore(directory)
const runner = new CommandRunner(store, { info: () => undefined, warn: () => undefined, error: () => undefined })
const office = store.engine.run(all(companyTable)).length === 0 ? openForBooking((name, input, actorId = SYSTEM_ACTOR) => runner.run({ name, input, actorId })) : openForBooking(() => ({ kind: 'accepted' }))

process.stdout.write('ready\n')
for (;;) {
  const input = bookingInput(office, newId())
  const outcome = runner.run({ name: 'job.book', input, actorId: office.csrId })
  if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome))
  process.stdout.write(`${input.jobId}\n`)
}
