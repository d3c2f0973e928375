// The same work as Baton's, on PouchDB: asked over IPC, answered with figures. node client.mjs
import PouchDB from 'pouchdb'

/** @type {Map<string, PouchDB.Database>} */
const open = new Map()

/** Milliseconds that mean the same in every process of this machine. */
const clock = () => performance.timeOrigin + performance.now()

/** @type {[string, number][]} */
let heard = []

function local(folder) {
  let database = open.get(folder)
  if (!database) open.set(folder, (database = new PouchDB(folder)))
  return database
}

const chunked = (rows, size) => Array.from({ length: Math.ceil(rows.length / size) }, (_, index) => rows.slice(index * size, (index + 1) * size))

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)))

const work = {
  /** Puts the rows at the server, as a company that is there already. */
  async fill({ url, rows }) {
    const remote = new PouchDB(url)
    for (const chunk of chunked(rows, 1000)) await remote.bulkDocs(chunk)
    return {}
  },
  /** A new workstation: everything from the server. */
  async firstSync({ url, folder }) {
    const started = performance.now()
    const result = await local(folder).replicate.from(url, { batch_size: 1000, batches_limit: 10 })
    return { milliseconds: performance.now() - started, rows: result.docs_written }
  },
  /** Commands given offline, each a few rows, then sent; a batch is acknowledged at a time. */
  async drain({ url, folder, commands, batch }) {
    const database = local(folder)
    // Once before, so that the measured replication goes on from a checkpoint and does not ask about all it has.
    await database.replicate.to(url, { batch_size: 1000 })
    for (const rows of commands) await database.bulkDocs(rows)
    const started = performance.now()
    const result = await database.replicate.to(url, { batch_size: batch })
    return { milliseconds: performance.now() - started, rows: result.docs_written }
  },
  /** Up and down all the time, and notes when what comes is in the store. */
  async attend({ url, folder }) {
    const database = local(folder)
    await database.replicate.to(url, { batch_size: 1000 })
    await database.replicate.from(url, { batch_size: 1000 })
    database.changes({ live: true, since: 'now' }).on('change', ({ id }) => heard.push([id, clock()]))
    database.sync(url, { live: true, retry: true })
    return {}
  },
  /** Writes a command's rows every so many milliseconds: their last row's id and when the store had them. */
  async write({ folder, commands, every }) {
    const database = local(folder)
    const done = []
    const started = performance.now()
    for (const [index, rows] of commands.entries()) {
      await database.bulkDocs(rows)
      done.push([rows.at(-1)._id, clock()])
      await pause(started + (index + 1) * every - performance.now())
    }
    return done
  },
  async heard() {
    const said = heard
    heard = []
    return said
  },
}

process.on('message', async ({ n, name, input }) => {
  try {
    process.send({ n, result: await work[name](input) })
  } catch (error) {
    process.send({ n, error: String(error?.stack ?? error) })
  }
})
process.on('disconnect', () => process.exit(0))
