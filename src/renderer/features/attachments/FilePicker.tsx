import type { RefObject } from 'react'

/** The system\u2019s own dialog for choosing files; opened by whoever holds the reference. */
export function FilePicker({ picker, onFiles }: { readonly picker: RefObject<HTMLInputElement | null>; readonly onFiles: (files: readonly File[]) => void }) {
  return (
    <input
      ref={picker}
      type="file"
      multiple
      hidden
      aria-label="Files to attach"
      onChange={(event) => {
        onFiles([...(event.target.files ?? [])])
        event.target.value = ''
      }}
    />
  )
}
