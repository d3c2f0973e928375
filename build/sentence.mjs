/** A failure that is expected: its message says to a person what happened and what to do. */
export class Sentence extends Error {
  isSentence = true
}
