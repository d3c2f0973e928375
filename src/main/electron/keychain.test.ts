import { expect, it } from 'vitest'
import { openKeychain, type SafeStore } from './keychain.ts'

const store = (available: boolean, backend: 'basic_text' | 'gnome_libsecret' = 'gnome_libsecret'): SafeStore => ({
  isEncryptionAvailable: () => available,
  encryptString: (text) => Buffer.from([...text].reverse().join('')),
  decryptString: (sealed) => [...sealed.toString()].reverse().join(''),
  getSelectedStorageBackend: () => backend,
})

it('seals what it opens again', async () => {
  const keychain = openKeychain(store(true), 'darwin')
  const sealed = await keychain.seal('secret')
  expect(sealed).not.toBe('secret')
  await expect(keychain.open(sealed ?? '')).resolves.toBe('secret')
})

it('says that there is none where the system would only disguise a secret', async () => {
  await expect(openKeychain(store(false), 'win32').seal('secret')).resolves.toBeNull()
  await expect(openKeychain(store(true, 'basic_text'), 'linux').seal('secret')).resolves.toBeNull()
})
