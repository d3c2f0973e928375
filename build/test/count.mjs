import { readFileSync } from 'node:fs'
import { relative } from 'node:path'

/**
 * `failures`: the names of what failed, each with the first line of why; `retried`: of what passed only at its second try,
 * which vitest's report does not tell.
 * @typedef {{ passed: number, failed: number, skipped: number, failures: readonly string[], retried: readonly string[] }} Count
 */

/** @type {Count} */
export const NOTHING = { passed: 0, failed: 0, skipped: 0, failures: [], retried: [] }

/** So many could not be run here. */
export const notRun = (skipped) => ({ ...NOTHING, skipped })

/** It failed as a whole, for this reason. */
export const brokeDown = (reason) => ({ ...NOTHING, failed: 1, failures: [reason] })

const read = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return undefined
  }
}

const ESCAPES = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g')
const firstLine = (text) => (text ?? '').replace(ESCAPES, '').split('\n')[0].slice(0, 300)

/** A runner that ended badly without a failed test (a file that doesn't load, a broken set-up) is one failure of its own. */
function checked(count, exitCode, runner) {
  if (exitCode === 0 || count.failed > 0) return count
  return { ...count, failed: 1, failures: [...count.failures, `${runner} ended with ${exitCode} though no test failed`] }
}

/** @returns {Count} */
export function countVitest(file, exitCode) {
  const report = read(file)
  if (!report) return brokeDown('vitest left no report')
  const failures = report.testResults.flatMap(({ name, assertionResults, status, message }) => {
    const place = relative(process.cwd(), name)
    const failed = assertionResults.filter((result) => result.status === 'failed')
    if (failed.length === 0 && status === 'failed') return [`${place}: ${firstLine(message)}`]
    return failed.map(({ fullName, failureMessages }) => `${place} > ${fullName}: ${firstLine(failureMessages[0])}`)
  })
  return checked({ passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests + report.numTodoTests, failures, retried: [] }, exitCode, 'vitest')
}

const specsIn = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(specsIn)]

/** @returns {Count} */
export function countPlaywright(file, exitCode) {
  const report = read(file)
  if (!report?.stats) return brokeDown('Playwright left no report')
  const { stats } = report
  const named = (status) =>
    specsIn(report).flatMap((spec) => spec.tests.filter((test) => test.status === status).map(({ results }) => `${spec.file}:${spec.line} > ${spec.title}: ${firstLine(results[0]?.error?.message)}`))
  const count = { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped, failures: named('unexpected'), retried: named('flaky') }
  return checked(count, exitCode, 'Playwright')
}

/** @returns {Count} */
export function together(counts) {
  const sum = (key) => counts.reduce((total, count) => total + count[key], 0)
  const all = (key) => counts.flatMap((count) => count[key])
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped'), failures: all('failures'), retried: all('retried') }
}

/** What a person who sees only the end of a long output needs to know. */
export function endLines({ failures, retried }) {
  const listed = (title, lines) => (lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)])
  return [...listed('Failed:', failures), ...listed('Passed only at the second try:', retried)]
}

/** The whole of it in one line. */
export function lastLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}
