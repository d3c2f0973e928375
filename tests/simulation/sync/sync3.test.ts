import { it } from 'vitest'
import { playRange } from './range.ts'

it('keeps an office in step, part 3 of 4', { timeout: 900_000 }, async () => {
  await playRange(30_001, 25_000)
})
