import type { windowMethods } from '../../../shared/contract/methods/windows.ts'
import { type Asked, type Implementation, ServiceError } from '../../core/service.ts'
import type { WindowRequest } from '../../core/shell.ts'

function ask({ shell, practice, session, actorId }: Asked, request: WindowRequest['what']): Record<string, never> {
  if (!shell.showWindow || practice.kind === 'room') throw new ServiceError('window.notHere', 'Here the page opens its windows itself. Reload the page; it may be older than the application.')
  shell.showWindow({ what: request, userId: actorId, clientId: session.clientId })
  return {}
}

export const windowsService: Implementation<typeof windowMethods> = {
  'window.show': ({ kind }, asked) => ask(asked, { kind: 'show', window: kind }),
  'window.reopen': (_input, asked) => ask(asked, { kind: 'reopen' }),
}
