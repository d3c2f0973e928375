import type { PhoneEvent } from '../../../src/main/phone/port.ts'
import { MediaPage } from '../../phone/support/mediaPage.ts'
import { accountAt, AGENT, Softphone, until } from '../../phone/support/softphone.ts'
import type { Pbx } from '../../support/pbx/pbx.ts'
import { officeUri, startCaller } from '../../support/pbx/telephones.ts'
import { type Figure, figure, quantile } from '../figure.ts'

const CALLS = 30
const RESTARTS = 5
const RELOADS = 10

const POP_TARGET_MS = 150
const FIRST_AUDIO_TARGET_MS = 250
const REGISTERED_TARGET_MS = 2_000
const RELOAD_TARGET_MS = 600

const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** When the far side is next heard after now, of a connection that is new. */
function firstAudio(phone: Softphone): Promise<number> {
  return new Promise((resolve) => {
    const stop = phone.bridge.listen((event) => {
      if (event.kind !== 'heard') return
      stop()
      resolve(performance.now())
    })
  })
}

/** The softphone and its media page alone. */
export async function* softphoneFigures(pbx: Pbx): AsyncGenerator<Figure> {
  const phone = new Softphone(accountAt(pbx, '101'))
  const media = await MediaPage.open(phone.bridge)
  try {
    const caller = await startCaller(pbx)
    await phone.untilReady()
    await phone.untilAudio()

    const [pops, answers]: [number[], number[]] = [[], []]
    for (let call = 0; call < CALLS; call++) {
      phone.heard.length = 0
      const dialled = performance.now()
      await caller.dial(officeUri(pbx, '5550100'))
      const { externalId } = await phone.until('offered')
      pops.push((phone.heard.find(({ event }) => isOffer(event))?.at ?? performance.now()) - dialled)
      await wait(250)
      const heard = firstAudio(phone)
      const answered = performance.now()
      phone.send({ kind: 'answer', externalId, agentId: AGENT })
      answers.push((await heard) - answered)
      phone.send({ kind: 'hangUp', externalId })
      await phone.until('ended')
      await wait(100)
    }
    yield figure('phone', 'INVITE to pop event, p95', quantile(pops, 0.95), 'ms', { target: POP_TARGET_MS, n: CALLS })
    yield figure('phone', 'answer to the caller\u2019s voice in the media page, p50', quantile(answers, 0.5), 'ms', { target: FIRST_AUDIO_TARGET_MS, n: CALLS })

    await caller.dial(officeUri(pbx, '5550100'))
    const { externalId } = await phone.until('offered')
    phone.send({ kind: 'answer', externalId, agentId: AGENT })
    await phone.until('active')
    await wait(500)
    const reloads: number[] = []
    for (let reload = 0; reload < RELOADS; reload++) {
      const heard = firstAudio(phone)
      const began = performance.now()
      await media.page.reload({ waitUntil: 'commit' })
      reloads.push((await heard) - began)
      await phone.until('active')
      await wait(300)
    }
    yield figure('phone', 'media page reload to audio, p50', quantile(reloads, 0.5), 'ms', { target: RELOAD_TARGET_MS, n: RELOADS })
    phone.send({ kind: 'hangUp', externalId })
    await phone.until('ended')

    const backs: number[] = []
    for (let restart = 0; restart < RESTARTS; restart++) {
      await pbx.kill()
      await until('it is noticed', () => phone.line.status === 'down')
      await pbx.restart()
      const back = performance.now()
      await phone.untilReady()
      backs.push(performance.now() - back)
    }
    yield figure('phone', 'registered again after a restart, p50', quantile(backs, 0.5), 'ms', { target: REGISTERED_TARGET_MS, n: RESTARTS })
  } finally {
    phone.stop()
    await media.stop()
  }
}

const isOffer = (event: PhoneEvent): boolean => event.kind === 'call' && event.call.state === 'offered'
