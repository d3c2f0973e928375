/** The part of pdfmake 0.3 that Baton uses; the package brings no types. */
declare module 'pdfmake' {
  export type Content = string | readonly Content[] | { readonly [key: string]: unknown }

  export interface DocumentDefinition {
    readonly content: Content
    readonly [key: string]: unknown
  }

  interface PdfMake {
    readonly virtualfs: { writeFileSync(name: string, content: Uint8Array): void }
    setFonts(fonts: Readonly<Record<string, Readonly<Record<'normal' | 'bold' | 'italics' | 'bolditalics', string>>>>): void
    setUrlAccessPolicy(allows: (url: string) => boolean): void
    setLocalAccessPolicy(allows: (path: string) => boolean): void
    createPdf(definition: DocumentDefinition): { getBuffer(): Promise<Uint8Array> }
  }

  const pdfmake: PdfMake
  export default pdfmake
}

/** A font's bytes as a data URL, put into the bundle by the build. */
declare module '*.ttf?inline' {
  const dataUrl: string
  export default dataUrl
}
