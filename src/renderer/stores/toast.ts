import { create } from 'zustand'

/** What you just did, said once, with the way back where there is one. Never for what somebody must act on. */
export interface ToastMessage {
  readonly text: string
  readonly undo?: () => void
}

interface ToastStore {
  readonly message: (ToastMessage & { readonly id: number }) | null
}

export const useToastStore = create<ToastStore>(() => ({ message: null }))

let nextId = 1

/** Shows a toast for six seconds; a newer one takes its place. */
export function toast(text: string, undo?: () => void): void {
  useToastStore.setState({ message: { id: nextId++, text, ...(undo ? { undo } : {}) } })
}

export function dismissToast(): void {
  useToastStore.setState({ message: null })
}

/** Takes the way back away, with its toast, where that is still shown: something newer was done since. */
export function withdrawToast(undo: () => void): void {
  if (useToastStore.getState().message?.undo === undo) dismissToast()
}
