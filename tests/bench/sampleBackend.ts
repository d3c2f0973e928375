import { createBackend, type Backend } from '../../src/main/core/backend.ts'
import type { Services } from '../../src/main/core/service.ts'
import { buildSampleCompany } from '../../src/main/services/sample/sampleCompany.ts'
import { newId } from '../../src/shared/base/id.ts'

/** A backend with the sample company in it, without a host around it. */
export async function sampleBackend(directory: string): Promise<{ readonly backend: Backend; readonly services: Services; readonly milliseconds: number }> {
  const backend = createBackend({
    directory,
    version: 'bench',
    desktop: false,
    shell: { offerFile: () => Promise.resolve({ kind: 'canceled' }), notify: () => undefined },
    phone: { send: () => undefined, listen: () => () => undefined, close: () => undefined },
    log: { info: () => undefined, warn: () => undefined, error: (event, details) => console.error(event, details) },
  })
  const { services } = backend
  if (!services) throw new Error(backend.startupError?.message ?? 'The backend did not start')
  const { milliseconds } = await buildSampleCompany(services, { seed: 1, operationId: newId() })
  return { backend, services, milliseconds }
}
