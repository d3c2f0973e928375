/** Prometheus' text format, version 0.0.4: little enough to write it here. */

export type Labels = Readonly<Record<string, string>>

const escaped = (value: string): string => value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')

function series(name: string, labels: Labels, value: number): string {
  const inner = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`)
  return `${name}${inner.length > 0 ? `{${inner.join(',')}}` : ''} ${value}\n`
}

const head = (name: string, type: 'counter' | 'gauge' | 'histogram', help: string): string => `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n`

/** Only goes up. */
class Counter {
  readonly #name: string
  readonly #help: string
  readonly #values = new Map<string, { readonly labels: Labels; value: number }>()

  constructor(name: string, help: string) {
    this.#name = name
    this.#help = help
  }

  add(labels: Labels = {}, by = 1): void {
    const key = JSON.stringify(labels)
    const found = this.#values.get(key)
    if (found) found.value += by
    else this.#values.set(key, { labels, value: by })
  }

  text(): string {
    return head(this.#name, 'counter', this.#help) + [...this.#values.values()].map(({ labels, value }) => series(this.#name, labels, value)).join('')
  }
}

/** How often something took how long. */
class Histogram {
  readonly #name: string
  readonly #help: string
  readonly #bounds: readonly number[]
  readonly #counts: number[]
  #sum = 0
  #count = 0

  /** @param bounds upper bounds in seconds, ascending */
  constructor(name: string, help: string, bounds: readonly number[]) {
    this.#name = name
    this.#help = help
    this.#bounds = bounds
    this.#counts = bounds.map(() => 0)
  }

  observe(seconds: number): void {
    this.#sum += seconds
    this.#count += 1
    this.#bounds.forEach((bound, index) => {
      if (seconds <= bound) this.#counts[index] = (this.#counts[index] ?? 0) + 1
    })
  }

  text(): string {
    const buckets = this.#bounds.map((bound, index) => series(`${this.#name}_bucket`, { le: String(bound) }, this.#counts[index] ?? 0))
    return [head(this.#name, 'histogram', this.#help), ...buckets, series(`${this.#name}_bucket`, { le: '+Inf' }, this.#count), series(`${this.#name}_sum`, {}, this.#sum), series(`${this.#name}_count`, {}, this.#count)].join('')
  }
}

/** A figure as it is now, asked for when somebody looks. */
export function gaugeText(name: string, help: string, values: readonly (readonly [Labels, number])[]): string {
  return head(name, 'gauge', help) + values.map(([labels, value]) => series(name, labels, value)).join('')
}

/** What the hub counts while it works. */
export class HubMetrics {
  readonly commands = new Counter('baton_commands_total', 'Commands decided, by outcome.')
  readonly refusals = new Counter('baton_refusals_total', 'Commands that could not stand, by the refusal\u2019s code.')
  readonly pushAnswers = new Counter('baton_push_answers_total', 'Answers to pushes, by kind; cloned means two copies of one data folder are at work.')
  readonly push = new Histogram('baton_push_seconds', 'From a push\u2019s arrival to its answer.', [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10])
  readonly snapshot = new Histogram('baton_snapshot_seconds', 'Making a snapshot\u2019s files.', [0.5, 1, 2.5, 5, 10, 20, 40, 80, 160])
  readonly slowListeners = new Counter('baton_slow_listeners_total', 'Times that a workstation read too slowly and was told to pull instead.')
  readonly limited = new Counter('baton_rate_limited_total', 'Requests and messages turned away because there were too many, by what they were.')
  readonly badMessages = new Counter('baton_bad_messages_total', 'Messages that were not in the protocol.')
  readonly upgrades = new Counter('baton_upgrades_needed_total', 'Links refused because one side is too old, by which.')
  readonly storeFailures = new Counter('baton_store_failures_total', 'Requests that failed because the database did.')
  readonly attachmentPieces = new Counter('baton_attachment_pieces_total', 'Parts of attached files that came, by what became of them.')
  readonly attachmentBytes = new Counter('baton_attachment_bytes_total', 'Bytes of attached files, by way.')
  readonly requests = new Counter('baton_http_requests_total', 'HTTP requests, by route and status.')

  text(): string {
    const { commands, refusals, pushAnswers, push, snapshot, slowListeners, limited, badMessages, upgrades, storeFailures, attachmentPieces, attachmentBytes, requests } = this
    return [commands, refusals, pushAnswers, push, snapshot, slowListeners, limited, badMessages, upgrades, storeFailures, attachmentPieces, attachmentBytes, requests].map((one) => one.text()).join('')
  }
}
