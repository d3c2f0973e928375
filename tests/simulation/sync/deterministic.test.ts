import { expect, it } from 'vitest'
import { playSeed } from './play.ts'

it('plays the same seed the same way, and another seed another way', async () => {
  const [one, again, other] = [await playSeed({ seed: 5, commands: 300 }), await playSeed({ seed: 5, commands: 300 }), await playSeed({ seed: 6, commands: 300 })]
  expect(again.fingerprint).toBe(one.fingerprint)
  expect(again.commands).toBe(one.commands)
  expect(other.fingerprint).not.toBe(one.fingerprint)
})
