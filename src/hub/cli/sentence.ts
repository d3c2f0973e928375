/** Something that a person has to put right. The message says what happened, what was kept, and what to do. */
export class Sentence extends Error {
  override readonly name = 'Sentence'
}
