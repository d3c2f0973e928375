// The same work as Baton's, on PouchDB: asked over IPC, answered with figures. node client.mjs
import PouchDB from 'pouchdb'

/** @type {Map<string, PouchDB.Database>} */
const open = new Map()

function local(folder) {
  let database = open.get(folder)
  if (!database) open.set(folder, (database = new PouchDB(folder)))
  return database
}

const chunked = (rows, size) => Array.from({ length: Math.ceil(rows.length / size) }, (_, index) => rows.slice(index * size, (index + 1) * size))

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
  /** Commands given offline, each a few rows, then sent. */
  async drain({ url, folder, commands }) {
    const database = local(folder)
    // Once before, so that the measured replication goes on from a checkpoint and does not ask about all it has.
    await database.replicate.to(url, { batch_size: 1000 })
    for (const rows of commands) await database.bulkDocs(rows)
    const started = performance.now()
    const result = await database.replicate.to(url, { batch_size: 1000 })
    return { milliseconds: performance.now() - started, rows: result.docs_written }
  },
  /** One workstation writes, another hears: milliseconds from the answer to the writer until it is in the other's store. */
  async commitToOther({ url, writer, reader, count, every }) {
    const [from, to] = [local(writer), local(reader)]
    const [up, down] = [from.replicate.to(url, { live: true, retry: true }), to.replicate.from(url, { live: true, retry: true })]
    const sent = new Map()
    const took = []
    const arrived = new Promise((resolve) => {
      to.changes({ live: true, since: 'now' }).on('change', ({ id }) => {
        const at = sent.get(id)
        if (at === undefined) return
        took.push(performance.now() - at)
        if (took.length === count) resolve()
      })
    })
    for (let index = 0; index < count; index++) {
      const id = `beat-${process.pid}-${index}-${Math.random()}`
      await from.put({ _id: id, body: 'Works nights. Text before calling back.' })
      sent.set(id, performance.now())
      await new Promise((resolve) => setTimeout(resolve, every))
    }
    await arrived
    up.cancel()
    down.cancel()
    return { took }
  },
  /** Workstations that only listen. */
  async listen({ url, count }) {
    // One agent per listener: a live feed keeps its connection.
    for (let index = 0; index < count; index++) new PouchDB(url).changes({ live: true, since: 'now', include_docs: true, heartbeat: 10_000 }).on('change', () => undefined)
    return {}
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
