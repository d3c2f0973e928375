import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const FILE = 'manifest.json'

const chunkShape = z.object({ n: z.int(), rows: z.int(), bytes: z.int(), sha256: z.string(), first: z.boolean() })

const manifestShape = z.object({
  id: z.string(),
  companyId: z.string(),
  held: z.string(),
  epoch: z.string(),
  seq: z.int(),
  schema: z.int(),
  rows: z.int(),
  /** Epoch ms by the hub's clock. */
  madeAt: z.number(),
  /** False while the rest of its chunks is being made. */
  complete: z.boolean(),
  chunks: z.array(chunkShape),
})

/** What a snapshot consists of, so far. */
export type SnapshotManifest = z.output<typeof manifestShape>
export type Chunk = z.output<typeof chunkShape>

/** Replaces what the folder says of its snapshot; whoever reads it meanwhile reads the one or the other. */
export async function writeManifest(folder: string, manifest: SnapshotManifest): Promise<void> {
  const [file, unfinished] = [join(folder, FILE), join(folder, `${FILE}.unfinished`)]
  await writeFile(unfinished, JSON.stringify(manifest))
  await rename(unfinished, file)
}

/** @returns undefined where there is no such snapshot */
export async function readManifest(folder: string): Promise<SnapshotManifest | undefined> {
  try {
    return manifestShape.parse(JSON.parse(await readFile(join(folder, FILE), 'utf8')))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
