import type { Row, Table } from '../../../src/shared/domain/kernel/table.ts'
import { userTable } from '../../../src/shared/domain/people/tables.ts'
import { scriptProblem } from '../../../src/shared/domain/scripts/check.ts'
import { mustRead } from '../../../src/shared/domain/scripts/reading.ts'
import { manualTable, manualVersionTable, readReceiptTable, scriptTable, scriptVersionTable } from '../../../src/shared/domain/scripts/tables.ts'

type Rows = <T extends Table>(table: T) => readonly Row<T>[]

/** A published script names its newest version, numbers have no holes, and nothing unsayable was ever published. */
function wronglyPublished(rows: Rows): readonly string[] {
  const versions = rows(scriptVersionTable)
  const ofScripts = rows(scriptTable).flatMap((script) => {
    const own = versions.filter(({ scriptId }) => scriptId === script.id)
    const numbers = own.map(({ number }) => number).toSorted((left, right) => left - right)
    const newest = own.find(({ number }) => number === script.versionNumber)
    return [
      ...(numbers.every((number, index) => number === index + 1) && numbers.length === script.versionNumber ? [] : [`script ${script.id} has the versions ${numbers.join(', ')}`]),
      ...((script.state === 'published') === (script.versionId !== null) && (script.versionId === null || script.versionId === newest?.id) ? [] : [`script ${script.id} is ${script.state} and names another version`]),
    ]
  })
  // Written once: a row that was changed has a second version of its own.
  const changed = [...versions, ...rows(manualVersionTable)].filter(({ version }) => version !== 1).map(({ id }) => `version ${id} was changed after it was published`)
  const unsayable = versions.flatMap(({ id, purpose, content }) => (scriptProblem(purpose, content) ? [`version ${id} should never have been published`] : []))
  return [...ofScripts, ...changed, ...unsayable]
}

/** Who must read what is published has read it or owes it; nobody owes anything else. */
function wronglyOwed(rows: Rows): readonly string[] {
  const receipts = rows(readReceiptTable)
  const manuals = rows(manualTable)
  const users = rows(userTable)
  const missing = manuals.flatMap((manual) =>
    users
      .filter((user) => mustRead(manual, user))
      .filter((user) => !receipts.some((receipt) => receipt.versionId === manual.versionId && receipt.userId === user.id && receipt.state !== 'dropped'))
      .map((user) => `${user.id} must read manual ${manual.id} and nothing says so`),
  )
  const stray = receipts
    .filter(({ state }) => state === 'due')
    .filter(({ versionId, userId }) => !manuals.some((manual) => manual.versionId === versionId && users.some((user) => user.id === userId && mustRead(manual, user))))
    .map(({ id }) => `receipt ${id} is owed by somebody who need not read it`)
  const dated = receipts.filter(({ state, readAt }) => (state === 'read') !== (readAt !== null)).map(({ id }) => `receipt ${id} does not say when it was read`)
  return [...missing, ...stray, ...dated]
}

/** Everything scripts and manuals promise about themselves; empty when all of it is so. */
export function scriptProblems(rows: Rows): readonly string[] {
  return [...wronglyPublished(rows), ...wronglyOwed(rows)]
}
