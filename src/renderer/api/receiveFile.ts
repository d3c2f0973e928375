import type { Delivery } from '../../shared/contract/bridge.ts'

/** Takes a file the backend made to where the person finds it, and says where that is; `null` where they canceled. */
export function receiveFile(delivery: Delivery, name: string): string | null {
  switch (delivery.kind) {
    case 'link': {
      const link = document.createElement('a')
      link.href = delivery.url
      link.download = delivery.name
      link.click()
      return `${name} is in your downloads.`
    }
    case 'saved':
      return `Saved as ${delivery.path}.`
    case 'canceled':
      return null
  }
}
