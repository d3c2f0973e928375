import { parentPort, workerData } from 'node:worker_threads'
import type { Fonts } from '../../pdf/fonts.ts'
import { print } from '../../pdf/printer.ts'
import { type SheetsPaper, sheetsDocument } from './sheetPaper.ts'

/** Lays day sheets out on a thread of its own: a whole office's day takes seconds, and a ring waits for no paper. */

const port = parentPort
if (!port) throw new Error('Day sheets are printed in a worker thread only')

const { paper, fonts } = workerData as { readonly paper: SheetsPaper; readonly fonts: Fonts }
port.postMessage(await print(sheetsDocument(paper), fonts))
