import { createPublicKey, verify } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DeviceKeys, type SecretBox } from './deviceKey.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-key-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A keychain that turns text around; one of another machine can't open it. */
const keychain = (machine: string): SecretBox => ({
  seal: (text) => Promise.resolve(`${machine}:${[...text].reverse().join('')}`),
  open: (sealed) => (sealed.startsWith(`${machine}:`) ? Promise.resolve([...sealed.slice(machine.length + 1)].reverse().join('')) : Promise.reject(new Error('Not mine'))),
})

async function makeAndKeep(box: SecretBox | null): Promise<string> {
  const { key, keep } = new DeviceKeys(folder, box).make()
  await keep()
  return key.publicKey
}

describe('the workstation\u2019s key', () => {
  it('signs what the hub can check with the public half, after a restart too', async () => {
    const publicKey = await makeAndKeep(null)
    const key = await new DeviceKeys(folder, null).read()
    const signed = key?.sign('baton-session') ?? ''
    expect(verify(null, Buffer.from('baton-session'), createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' }), Buffer.from(signed, 'base64'))).toBe(true)
    expect(statSync(join(folder, 'hub.key')).mode & 0o077).toBe(0)
  })

  it('is sealed by the keychain where there is one, and of no use on another machine', async () => {
    const publicKey = await makeAndKeep(keychain('here'))
    expect(readFileSync(join(folder, 'hub.key'), 'utf8')).toContain('"sealed":true')
    await expect(new DeviceKeys(folder, keychain('here')).read()).resolves.toMatchObject({ publicKey })
    await expect(new DeviceKeys(folder, keychain('there')).read()).resolves.toBeUndefined()
    await expect(new DeviceKeys(folder, null).read()).resolves.toBeUndefined()
  })

  it('is not the workstation\u2019s before it is kept, and not after it is forgotten', async () => {
    const keys = new DeviceKeys(folder, null)
    const { keep } = keys.make()
    await expect(keys.read()).resolves.toBeUndefined()
    await keep()
    keys.forget()
    await expect(new DeviceKeys(folder, null).read()).resolves.toBeUndefined()
  })
})
