import { it } from 'vitest'
import { playRange } from './range.ts'

it('keeps an office in step, part 4 of 4', { timeout: 900_000 }, async () => {
  await playRange(40_001, 25_000)
})
