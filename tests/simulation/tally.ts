/** How often each kind of command was tried and accepted. */
export class Tally {
  readonly #accepted = new Map<string, number>()
  readonly #refused = new Map<string, number>()

  add(command: string, accepted: boolean, count = 1): void {
    const counts = accepted ? this.#accepted : this.#refused
    counts.set(command, (counts.get(command) ?? 0) + count)
  }

  addAll(other: Tally): void {
    for (const command of other.commands) {
      this.add(command, true, other.accepted(command))
      this.add(command, false, other.tried(command) - other.accepted(command))
    }
  }

  get commands(): readonly string[] {
    return [...new Set([...this.#accepted.keys(), ...this.#refused.keys()])].sort()
  }

  accepted(command: string): number {
    return this.#accepted.get(command) ?? 0
  }

  tried(command: string): number {
    return this.accepted(command) + (this.#refused.get(command) ?? 0)
  }

  /** Of those tried; 0 where none was. */
  share(command: string): number {
    return this.accepted(command) / Math.max(1, this.tried(command))
  }

  get total(): number {
    return this.commands.reduce((sum, command) => sum + this.tried(command), 0)
  }

  get acceptedTotal(): number {
    return this.commands.reduce((sum, command) => sum + this.accepted(command), 0)
  }

  /** One line a command, for the test's output. */
  table(): string {
    return this.commands
      .map((name) => `${name.padEnd(28)} ${String(this.accepted(name)).padStart(7)} accepted ${String(this.tried(name) - this.accepted(name)).padStart(7)} refused`)
      .join('\n')
  }
}
