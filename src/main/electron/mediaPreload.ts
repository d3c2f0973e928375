import { contextBridge, ipcRenderer } from 'electron'
import type { Bridge } from '../../shared/contract/bridge.ts'

/** All that the media page gets of Electron: its line to the telephone. */
const CHANNEL = 'baton-media'

const frameHandlers: ((frame: string) => void)[] = []

ipcRenderer.on(CHANNEL, (_event, frame: unknown) => {
  if (typeof frame === 'string') for (const handler of frameHandlers) handler(frame)
})

contextBridge.exposeInMainWorld('batonMedia', {
  send: (frame) => ipcRenderer.send(CHANNEL, frame),
  onFrame: (handler) => void frameHandlers.push(handler),
  // The window ends with its line.
  onClose: () => undefined,
} satisfies Bridge)
