import { expect, it } from 'vitest'
import { isPrivateAddress } from './secureAddress.ts'

it('lets nothing leave the machine unencrypted', () => {
  expect(['wss://phones.example.com/ws', 'https://x', 'ws://127.0.0.1:80', 'ws://127.4.5.6/ws', 'http://localhost', 'ws://[::1]:1'].filter((address) => !isPrivateAddress(address))).toEqual([])
  expect(['ws://phones.example.com', 'http://10.0.0.1', 'ws://127.0.0.1.example.com', 'ws://localhost.example.com', 'phones', ''].filter(isPrivateAddress)).toEqual([])
})
