import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { color, font, size, state } from './tokens.ts'

const book = fileURLToPath(new URL('../../../../shared/look/tokens.json', import.meta.url))

interface LookBook {
  readonly color: Readonly<Record<string, readonly string[]>>
  readonly state: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly size: Readonly<Record<string, number>>
  readonly font: { readonly family: string; readonly scale: Readonly<Record<string, readonly number[]>> }
}

test.skipIf(!existsSync(book))('the tokens are those of the look book (skipped where it is not beside the checkout)', () => {
  const look = JSON.parse(readFileSync(book, 'utf8')) as LookBook
  expect(color).toEqual(look.color)
  expect(size).toEqual(look.size)
  expect(font.family).toBe(look.font.family)
  expect(font.scale).toEqual(look.font.scale)
  for (const [name, parts] of Object.entries(state)) expect(look.state[name]).toMatchObject(parts)
})
