import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { ROOT } from './webHost.ts'

/** Specs run against the built application: builds it where a source has changed. */
export default function buildBefore(): void {
  execFileSync(process.execPath, [join(ROOT, 'build', 'build.mjs')], { stdio: 'inherit' })
}
