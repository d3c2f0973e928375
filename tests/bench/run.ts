import { parseArgs } from 'node:util'
import { type BenchOptions, type Figure, MACHINE } from './figure.ts'

/** `npm run bench -- [area ...] [--json] [--minutes N]` */

/** Figures as they are measured; the long areas hand them on one by one. */
type Bench = (options: BenchOptions) => Promise<readonly Figure[]> | AsyncGenerator<Figure>

const AREAS: Readonly<Record<string, () => Promise<Bench>>> = {
  commands: async () => (await import('./commands.ts')).benchCommands,
  start: async () => (await import('./start.ts')).benchStart,
  pop: async () => (await import('./pop.ts')).benchPop,
  memory: async () => (await import('./memory.ts')).benchMemory,
  sync: async () => (await import('./sync.ts')).benchSync,
  typing: async () => (await import('./typing.ts')).benchTyping,
  board: async () => (await import('./board.ts')).benchBoard,
  map: async () => (await import('./map.ts')).benchMap,
  // The end of `board`, in two parts that can be asked for by themselves.
  windows: async () => (await import('./board/inStep.ts')).benchInStep,
  booking: async () => (await import('./board/duringBooking.ts')).benchDuringBooking,
  plan: async () => (await import('./plan/plan.ts')).benchPlan,
  phone: async () => (await import('./phone/phone.ts')).benchPhone,
}

function asText({ area, name, value, unit, target, bound, met, n, peer, peerValue, ratio }: Figure): string {
  const verdict = target === null ? '' : `   ${met ? 'met' : 'NOT MET'} (at ${bound === 'atMost' ? 'most' : 'least'} ${target})`
  const beside = peer === null ? '' : `   beside ${peer}: ${peerValue} ${unit}${ratio === null ? '' : ` (${ratio} of it)`}`
  return `${area.padEnd(9)} ${name.padEnd(50)} ${String(value).padStart(9)} ${unit.padEnd(3)} n=${String(n).padEnd(5)}${verdict}${beside}`
}

function read(words: readonly string[]): { readonly asked: readonly string[]; readonly json: boolean; readonly minutes: number } | undefined {
  try {
    const { values, positionals } = parseArgs({ args: [...words], options: { json: { type: 'boolean', default: false }, minutes: { type: 'string', default: '10' } }, allowPositionals: true })
    const minutes = Number(values.minutes)
    return minutes >= 0 && positionals.every((area) => area in AREAS) ? { asked: positionals, json: values.json, minutes } : undefined
  } catch {
    return undefined
  }
}

const options = read(process.argv.slice(2))

if (!options) {
  console.error(`npm run bench -- [area ...] [--json] [--minutes N]   with these areas: ${Object.keys(AREAS).join(', ')}`)
  process.exitCode = 1
} else {
  const { asked, json, minutes } = options
  if (!json) console.error(MACHINE)
  // The telephone is measured in a network of its own, so only where it is asked for.
  for (const area of asked.length > 0 ? asked : Object.keys(AREAS).filter((name) => !['phone', 'windows', 'booking'].includes(name))) {
    const bench = await AREAS[area]!()
    for await (const figure of await bench({ minutes })) console.log(json ? JSON.stringify(figure) : asText(figure))
  }
}
