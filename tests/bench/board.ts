import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { cpus, loadavg } from 'node:os'
import { build } from 'vite'
import { findChromium } from '../support/chromium.ts'
import { ROOT, temporaryFolder } from '../support/webHost.ts'
import { type BoardRun, driveBoard } from './board/drive.ts'
import { benchDuringBooking } from './board/duringBooking.ts'
import { benchInStep } from './board/inStep.ts'
import { servePages } from './board/pagesServer.ts'
import { type Figure, figure, quantile } from './figure.ts'

const AREA = 'board'
const TECHNICIANS = 500
const VISITS_EACH = 20
const RUNS = 3

/** FullCalendar's resource timeline may be compared with, but not be part of this project: it is taken from beside it, where it is. */
const PEERS = join(ROOT, '..', 'shared', 'board-peers')

interface Measure {
  readonly name: string
  readonly unit: string
  readonly of: (run: BoardRun) => number
  /** Never more than this, and what is aimed for. */
  readonly most: number
  readonly aim: number
}

const MEASURES: readonly Measure[] = [
  { name: 'first render', unit: 'ms', of: ({ firstRender }) => firstRender, most: 800, aim: 400 },
  { name: 'move of one bar, synchronous', unit: 'ms', of: ({ moveSync }) => moveSync, most: 5, aim: 2 },
  { name: 'move of one bar to paint, p95', unit: 'ms', of: ({ moveToPaintP95 }) => moveToPaintP95, most: 50, aim: 34 },
  { name: 'scroll down, frame p95', unit: 'ms', of: ({ downP95 }) => downP95, most: 50, aim: 34 },
  { name: 'scroll across, frame p95', unit: 'ms', of: ({ acrossP95 }) => acrossP95, most: 50, aim: 34 },
  { name: 'drag, frame p95', unit: 'ms', of: ({ dragP95 }) => dragP95, most: 34, aim: 17 },
  { name: 'elements in the page', unit: '', of: ({ nodes }) => nodes, most: 3000, aim: 1500 },
]

async function buildPages(outDir: string): Promise<void> {
  const root = join(ROOT, 'tests', 'bench', 'board', 'pages')
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: { outDir, emptyOutDir: true, target: 'chrome140', assetsInlineLimit: 0, reportCompressedSize: false, chunkSizeWarningLimit: 4000, rolldownOptions: { input: [join(root, 'baton.html'), join(root, 'vis.html')] } },
  })
}

/** Builds the peers' page of FullCalendar in a copy, asked and timed as the others are; null where there is none beside the project. */
async function buildFullCalendar(folder: string): Promise<string | null> {
  if (!existsSync(join(PEERS, 'package.json'))) {
    console.error('There is no ../shared/board-peers here, so FullCalendar is not measured.')
    return null
  }
  cpSync(PEERS, folder, { recursive: true, filter: (path) => !path.includes('node_modules') })
  execFileSync('chmod', ['-R', 'u+w', folder])
  execFileSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  const outDir = join(folder, 'dist')
  const own = join(ROOT, 'tests', 'bench', 'board', 'peerData.ts')
  await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    resolve: { alias: [{ find: './data.js', replacement: own }], dedupe: ['react', 'react-dom'] },
    build: { outDir, emptyOutDir: true, target: 'chrome140', reportCompressedSize: false, chunkSizeWarningLimit: 4000, rolldownOptions: { input: [join(folder, 'fc7.html')] } },
  })
  return outDir
}

const middle = (runs: readonly BoardRun[], of: (run: BoardRun) => number): number => quantile(runs.map(of), 0.5)

function boardFigures(own: readonly BoardRun[], peers: ReadonlyMap<string, readonly BoardRun[]>): readonly Figure[] {
  const figures = MEASURES.flatMap(({ name, unit, of, most, aim }) => {
    const value = middle(own, of)
    return [
      figure(AREA, `${name}, aimed for`, value, unit, { target: aim, n: RUNS }),
      ...[...peers].map(([peer, runs]) => figure(AREA, name, value, unit, { target: most, n: RUNS, peer, peerValue: middle(runs, of) })),
    ]
  })
  const memory = [...peers].map(([peer, runs]) => figure(AREA, 'memory after all of it', middle(own, ({ megabytes }) => megabytes), 'MB', { n: RUNS, peer, peerValue: middle(runs, ({ megabytes }) => megabytes) }))
  return [...figures, ...memory, figure(AREA, 'a colleague\u2019s change among all visits, synchronous', middle(own, ({ answer }) => answer ?? Number.NaN), 'ms', { n: RUNS })]
}

/** The board of 500 technicians and 10,000 visits with all that is drawn on it, beside two timelines that show the same visits as plain bars. */
export async function* benchBoard(): AsyncGenerator<Figure> {
  const executablePath = findChromium()
  if (executablePath === undefined) return console.error('There is no Chromium here, so the board is not measured.')
  console.error(`Load average of the last minute ${(loadavg()[0] ?? 0).toFixed(1)} on ${cpus().length} processors: what else this machine does is in these figures.`)
  const temporary = temporaryFolder()
  const [pages, copy] = [join(temporary.path, 'pages'), join(temporary.path, 'peers')]
  mkdirSync(copy)
  try {
    await buildPages(pages)
    const fullCalendar = await buildFullCalendar(copy)
    const server = await servePages([pages, ...(fullCalendar === null ? [] : [fullCalendar])])
    const boards: readonly (readonly [string, string])[] = [['Baton', 'baton'], ['vis-timeline', 'vis'], ...(fullCalendar === null ? [] : [['FullCalendar', 'fc7'] as const])]
    const runs = new Map<string, BoardRun[]>(boards.map(([name]) => [name, []]))
    const pictures = process.env['BATON_BENCH_PICTURES']
    // In turns, so that what else the machine does meets all of them.
    for (let run = 0; run < RUNS; run++) {
      for (const [name, page] of boards) {
        const picture = run === 0 && pictures !== undefined ? join(pictures, `${page}.png`) : null
        runs.get(name)?.push(await driveBoard(executablePath, `${server.address}/${page}.html?r=${TECHNICIANS}&n=${VISITS_EACH}`, picture))
      }
    }
    server.close()
    const own = runs.get('Baton') ?? []
    runs.delete('Baton')
    yield* boardFigures(own, runs)
  } finally {
    temporary.remove()
  }
  yield* benchInStep()
  yield* benchDuringBooking()
}
