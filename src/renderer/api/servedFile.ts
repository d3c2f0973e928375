/**
 * A JSON file that is served beside the pages, as its author says that it is: it is part of the build, nothing from outside.
 * @param address as the build names it
 * @throws where it can't be read
 */
export async function readServedJson<Content>(address: string): Promise<Content> {
  const answer = await fetch(address)
  if (!answer.ok) throw new Error(`${address} can\u2019t be read: ${answer.status}`)
  return (await answer.json()) as Content
}
