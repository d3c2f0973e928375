/** The kinds of file that Baton knows, by the end of the name. Whatever else there is may be attached and is only handed out. */
const BY_EXTENSION: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  gif: 'image/gif',
  heic: 'image/heic',
  heif: 'image/heif',
  tif: 'image/tiff',
  tiff: 'image/tiff',
  pdf: 'application/pdf',
  txt: 'text/plain',
  csv: 'text/csv',
  doc: 'application/msword',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xls: 'application/vnd.ms-excel',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  wav: 'audio/wav',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
}

const UNKNOWN = 'application/octet-stream'

/** Raster images that every page can draw and that can hold no script; HTML and SVG never are among them. */
const SHOWN: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif'])

/** What a file is, by its name; what a page or a sender calls it is not believed. */
export function mediaTypeOf(name: string): string {
  const [, extension = ''] = /\.([^.]+)$/.exec(name.toLowerCase()) ?? []
  return BY_EXTENSION[extension] ?? UNKNOWN
}

/** Whether the page may draw it; everything else is only handed over as a file. */
export function isShown(mediaType: string): boolean {
  return SHOWN.has(mediaType)
}

/** As a file may be handed over: only what is known, so that no row can make a browser run something. */
export function handedOverAs(mediaType: string): string {
  return Object.values(BY_EXTENSION).includes(mediaType) ? mediaType : UNKNOWN
}
