import { contextBridge, ipcRenderer } from 'electron'
import type { Bridge } from '../../shared/contract/bridge.ts'

/** All that the page gets of Electron: frames as text on one channel. `null` from the other side: it hung up. */
const CHANNEL = 'baton'

const frameHandlers: ((frame: string) => void)[] = []
const closeHandlers: (() => void)[] = []

ipcRenderer.on(CHANNEL, (_event, frame: unknown) => {
  if (typeof frame === 'string') for (const handler of frameHandlers) handler(frame)
  else for (const handler of closeHandlers) handler()
})

contextBridge.exposeInMainWorld('baton', {
  send: (frame) => ipcRenderer.send(CHANNEL, frame),
  onFrame: (handler) => void frameHandlers.push(handler),
  onClose: (handler) => void closeHandlers.push(handler),
} satisfies Bridge)
