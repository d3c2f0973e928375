import type { SafeStorage } from 'electron'
import type { SecretBox } from '../sync/deviceKey.ts'

/** Electron's way to the keychain; on Linux without one it would only disguise what it is given. */
export type SafeStore = Pick<SafeStorage, 'isEncryptionAvailable' | 'encryptString' | 'decryptString'> & Partial<Pick<SafeStorage, 'getSelectedStorageBackend'>>

/** The operating system's keychain, or nothing where this machine has none. */
export function openKeychain(store: SafeStore, platform: string): SecretBox {
  const isThere = (): boolean => store.isEncryptionAvailable() && (platform !== 'linux' || store.getSelectedStorageBackend?.() !== 'basic_text')
  return {
    seal: (text) => Promise.resolve(isThere() ? store.encryptString(text).toString('base64') : null),
    open: (sealed) => new Promise((resolve) => resolve(store.decryptString(Buffer.from(sealed, 'base64')))),
  }
}
