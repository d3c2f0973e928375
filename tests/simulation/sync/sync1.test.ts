import { it } from 'vitest'
import { playRange } from './range.ts'

it('keeps an office in step, part 1 of 4', { timeout: 900_000 }, async () => {
  await playRange(10_001, 25_000)
})
