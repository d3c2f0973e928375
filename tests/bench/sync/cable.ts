import { connect, createServer, type Socket } from 'node:net'
import { once } from 'node:events'

/** A cable between workstations and a hub that can be pulled out and put back. */
export interface Cable {
  readonly address: string
  pull(): void
  plug(): void
  close(): Promise<void>
}

/** @param hub `http://host:port` */
export async function layCable(hub: string): Promise<Cable> {
  const { hostname, port } = new URL(hub)
  const ends = new Set<Socket>()
  let plugged = true
  const server = createServer((near) => {
    if (!plugged) return near.destroy()
    const far = connect({ host: hostname, port: Number(port), noDelay: true })
    near.setNoDelay(true)
    for (const [end, other] of [[near, far], [far, near]] as const) {
      ends.add(end)
      end.on('error', () => other.destroy())
      end.once('close', () => {
        ends.delete(end)
        other.destroy()
      })
    }
    near.pipe(far)
    far.pipe(near)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const place = server.address()
  if (typeof place !== 'object' || place === null) throw new Error('There is no free port')
  const pull = (): void => {
    plugged = false
    for (const end of ends) end.destroy()
  }
  return {
    address: `http://127.0.0.1:${place.port}`,
    pull,
    plug: () => void (plugged = true),
    async close() {
      pull()
      server.close()
      await once(server, 'close')
    },
  }
}
