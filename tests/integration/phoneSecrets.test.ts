import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startBackend, type TestBackend } from '../support/backend.ts'

const SECRETS = { password: 'hunter2-of-the-line', relayPassword: 'hunter2-of-the-relay' }
const SIP = { kind: 'sip', server: 'wss://phones.example.com/ws', domain: 'example.com', extension: '101', userName: '', displayName: 'Front desk', certificate: '', pickUpCode: '*8', relays: ['turns:relay.example.com'], relayUser: 'front' }

let directory: string
let office: TestBackend

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'baton-secrets-'))
  office = startBackend({ directory })
})

afterEach(async () => {
  await office.close()
  rmSync(directory, { recursive: true, force: true })
})

it('gives the telephone\u2019s secrets to the telephone, and to no page and no file but their own', async () => {
  const page = office.page()
  const said: unknown[] = [await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Sean Avery', pin: '4821' })]
  said.push(await page.ask('phone.saveAccount', { account: SIP, secrets: SECRETS }))
  expect(office.phone.sent.findLast(({ kind }) => kind === 'configure')).toMatchObject({ account: { ...SIP, ...SECRETS } })
  office.phone.say({ kind: 'line', line: { status: 'down', at: 1, reason: 'The telephone server does not answer.', account: 'Extension 101 at phones.example.com', abilities: [], doNotDisturb: false, messages: null, audio: null } })
  const account = await page.ask<{ account: unknown; keptSecrets: readonly string[] }>('phone.account')
  expect(account).toMatchObject({ account: SIP, keptSecrets: ['password', 'relayPassword'] })
  said.push(account, await page.ask('phone.state'), page.events)
  expect(JSON.stringify(said)).not.toContain('hunter2')
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    const path = join(directory, name)
    if (name !== 'phone.key' && statSync(path).isFile()) expect(readFileSync(path).includes('hunter2'), name).toBe(false)
  }
})
