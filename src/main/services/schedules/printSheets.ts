import { Worker } from 'node:worker_threads'
import { drawable, loadFonts } from '../../pdf/fonts.ts'
import type { SheetsPaper } from './sheetPaper.ts'

/**
 * The sheets as one PDF file, printed on a thread of its own: from its bundle in the built application, from its source in tests.
 * @throws what the printer throws
 */
export async function printSheets(paper: SheetsPaper): Promise<Uint8Array> {
  const fonts = await loadFonts()
  const built = import.meta.url.endsWith('.js')
  return new Promise((resolve, reject) => {
    const thread = new Worker(new URL(built ? './printThread.js' : './printThread.ts', import.meta.url), { workerData: { paper: drawable(paper, fonts), fonts }, name: 'baton-print' })
    thread.on('message', (bytes: Uint8Array) => resolve(bytes))
    thread.on('error', reject)
    thread.on('exit', () => reject(new Error('The printer ended without a page.')))
  })
}
