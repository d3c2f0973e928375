import { mkdirSync } from 'node:fs'
import { endLines, lastLine } from './count.mjs'
import { phoneTests } from './phone.mjs'
import { testTools } from './tools.mjs'

/** `node build/phoneTests.mjs [files]`: the telephone's tests alone, or some of them. */
export async function main(words) {
  const tools = testTools()
  mkdirSync(tools.reports, { recursive: true })
  const count = await phoneTests(tools, { tests: words.filter((word) => !word.endsWith('.spec.ts')), specs: words.filter((word) => word.endsWith('.spec.ts')) })
  for (const line of endLines(count)) console.log(line)
  console.log(lastLine(count))
  process.exitCode = count.failed > 0 ? 1 : 0
}
