import { readFileSync } from 'node:fs'

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

const read = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

/** A runner that ended badly without a failed test (a file that doesn't load, a broken set-up) is one failure of its own. */
const atLeastOne = (failed, exitCode) => (exitCode !== 0 && failed === 0 ? 1 : failed)

/** @returns {Count} */
export function countVitest(file, exitCode) {
  const report = read(file)
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  return { passed: report.numPassedTests, failed: atLeastOne(report.numFailedTests, exitCode), skipped: report.numPendingTests + report.numTodoTests }
}

/** @returns {Count} */
export function countPlaywright(file, exitCode) {
  const stats = read(file)?.stats
  if (!stats) return { passed: 0, failed: 1, skipped: 0 }
  return { passed: stats.expected + stats.flaky, failed: atLeastOne(stats.unexpected, exitCode), skipped: stats.skipped }
}

/** The whole of `npm test` in one line. */
export function lastLine(counts) {
  const sum = (key) => counts.reduce((total, count) => total + count[key], 0)
  const skipped = sum('skipped')
  return `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
