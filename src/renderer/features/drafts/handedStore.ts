import { create } from 'zustand'

interface HandedStore {
  /** The draft that is being handed over; null while the dialog is closed. */
  readonly handing: string | null
  /** The draft about to be given up. */
  readonly dropping: string | null
}

export const useHandedStore = create<HandedStore>(() => ({ handing: null, dropping: null }))

export const askHandOver = (key: string): void => useHandedStore.setState({ handing: key })
export const askDrop = (key: string): void => useHandedStore.setState({ dropping: key })
export const closeDraftDialogs = (): void => useHandedStore.setState({ handing: null, dropping: null })
