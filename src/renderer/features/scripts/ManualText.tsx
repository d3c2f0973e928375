/** A manual's text: empty lines part paragraphs, a line that begins with # is a heading. */
export function Text({ body }: { readonly body: string }) {
  return body.split(/\n\s*\n/).map((paragraph, index) =>
    // Paragraphs have no identity of their own: their place is what they are.
    paragraph.startsWith('#') ? <h3 key={index}>{paragraph.replace(/^#+\s*/, '')}</h3> : <p key={index}>{paragraph}</p>,
  )
}
