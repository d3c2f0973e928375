/** What the verbs say to whoever typed them. */
export interface Output {
  say(line: string): void
}

export const standardOutput: Output = { say: (line) => void process.stdout.write(`${line}\n`) }
