import pdfmake, { type DocumentDefinition } from 'pdfmake'
import type { Fonts } from './fonts.ts'

let prepared: Fonts | undefined

function prepare(fonts: Fonts): void {
  pdfmake.virtualfs.writeFileSync('regular.ttf', fonts.regular)
  pdfmake.virtualfs.writeFileSync('medium.ttf', fonts.medium)
  pdfmake.setFonts({ Roboto: { normal: 'regular.ttf', bold: 'medium.ttf', italics: 'regular.ttf', bolditalics: 'medium.ttf' } })
  // A paper is made of its own words only: nothing is fetched, nothing is read.
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy(() => false)
  prepared = fonts
}

/** Lays a document out and writes it as PDF, on the thread it is called on: some 20 ms a page. */
export function print(document: DocumentDefinition, fonts: Fonts): Promise<Uint8Array> {
  if (prepared === undefined) prepare(fonts)
  return pdfmake.createPdf(document).getBuffer()
}
