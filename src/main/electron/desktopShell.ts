import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Shell, WindowRequest } from '../core/shell.ts'

/** What the shell needs of Electron. */
export interface DesktopPorts {
  /** Null where the person closed the dialog. */
  readonly askWhereToSave: (suggested: string) => Promise<string | null>
  readonly showNotification: (title: string, body: string) => void
  /** A note is for a person who looks at something else. */
  readonly isInFront: () => boolean
  readonly showWindow: (request: WindowRequest) => void
}

export function createDesktopShell({ askWhereToSave, showNotification, isInFront, showWindow }: DesktopPorts): Shell {
  return {
    async offerFile({ name, bytes }) {
      const path = await askWhereToSave(basename(name))
      if (path === null) return { kind: 'canceled' }
      await writeFile(path, bytes)
      return { kind: 'saved', path }
    },
    notify({ title, body }) {
      if (!isInFront()) showNotification(title, body)
    },
    showWindow,
  }
}
