import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../../src/shared/base/id.ts'
import { openStore } from '../../src/main/store/store.ts'
import { startBackend } from '../support/backend.ts'

/** A file system of our own, so that "full" and "read-only" are real. Only root on Linux can make one. */
function mountable(): boolean {
  const probe = mkdtempSync(join(tmpdir(), 'baton-probe-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', probe], { stdio: 'ignore' })
    execFileSync('umount', [probe], { stdio: 'ignore' })
    return true
  } catch {
    return false
  } finally {
    rmSync(probe, { recursive: true, force: true })
  }
}

const canMount = process.platform === 'linux' && mountable()

describe.skipIf(!canMount)('a disk in trouble (needs root on Linux for a file system of its own)', () => {
  let folder: string

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'baton-disk-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', folder])
  })

  afterEach(() => {
    execFileSync('umount', [folder])
    rmSync(folder, { recursive: true, force: true })
  })

  it('says that the folder is read-only, and what to do', () => {
    execFileSync('mount', ['-o', 'remount,ro', folder])
    expect(() => openStore(folder)).toThrow(/can\u2019t write to .* Nothing was changed\. Choose another folder/)
  })

  it('refuses what a full disk can\u2019t keep, keeps what was there, and goes on when there is room', async () => {
    const office = startBackend({ directory: folder, quiet: true })
    const page = office.page()
    await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Sean Avery', pin: '4821' })
    let filler = 4 * 1024 * 1024
    while (filler > 512) {
      try {
        writeFileSync(join(folder, `filler-${filler}-${newId()}`), Buffer.alloc(filler))
      } catch {
        filler = Math.floor(filler / 2)
      }
    }
    const add = (name: string): Promise<unknown> => page.ask('user.add', { id: newId(), name, roles: ['dispatcher'] })
    let kept = 0
    let refusal: unknown
    for (let count = 0; count < 400 && refusal === undefined; count++) {
      try {
        await add(`Person ${count}`)
        kept++
      } catch (error) {
        refusal = error
      }
    }
    expect(refusal).toMatchObject({ error: { code: 'store.disk' } })
    const people = async (): Promise<number> => (await page.ask<{ people: readonly unknown[] }>('session.state')).people.length
    expect(await people()).toBe(kept + 1)
    execFileSync('sh', ['-c', `rm ${folder}/filler-*`])
    await add('Kim Ode')
    expect(await people()).toBe(kept + 2)
    await office.close()
    const again = openStore(folder)
    expect(again.check()).toEqual([])
    again.close()
  })
})
