import { beforeEach, describe, expect, it } from 'vitest'
import { TurnedWorld } from '../../../../tests/support/phoneDriver.ts'
import { infoXml, type SaidDialog } from '../../../../tests/support/phones/dialogServer.ts'
import { CallBook } from '../observed/callBook.ts'
import type { PhoneCall } from '../port.ts'
import { dialogInfoIn } from './dialogInfo.ts'
import { DialogWatch } from './dialogWatch.ts'

const JANE = 'sip:+15125550140@carrier.test'
const dialog = (id: string, state: string, more: Partial<SaidDialog> = {}): SaidDialog => ({ id, callId: `${id}@x`, direction: 'recipient', state, remote: JANE, ...more })

describe('notices of what is on a telephone', () => {
  let calls: PhoneCall[]
  let extensions: string[]
  let watch: DialogWatch

  beforeEach(() => {
    calls = []
    extensions = []
    const book = new CallBook(new TurnedWorld(), 'sip', (call) => calls.push(call))
    watch = new DialogWatch({ extension: '101', book, onExtension: (extension, state) => extensions.push(`${extension} ${state}`) })
  })

  const tell = (extension: string, version: number, state: 'full' | 'partial', ...dialogs: SaidDialog[]): boolean => {
    const info = dialogInfoIn(infoXml(extension, version, state, dialogs))
    if (!info) throw new Error('The notice can\u2019t be read.')
    return watch.take(extension, info)
  }
  const states = (): readonly string[] => calls.map(({ state }) => state)

  it('are forgotten where an older one comes after a newer', () => {
    tell('101', 0, 'full')
    tell('101', 2, 'partial', dialog('a', 'confirmed'))
    expect(tell('101', 1, 'partial', dialog('a', 'early'))).toBe(true)
    expect(states()).toEqual(['offered', 'active'])
  })

  it('are asked again where one is missing', () => {
    tell('101', 0, 'full')
    expect(tell('101', 5, 'partial', dialog('a', 'early'))).toBe(false)
    expect(tell('101', 6, 'full', dialog('a', 'early'))).toBe(true)
  })

  it('say by silence that a dialog is over, where they say everything', () => {
    tell('101', 0, 'full', dialog('a', 'confirmed'), dialog('b', 'early', { remote: 'sip:+15125550141@x' }))
    tell('101', 1, 'full', dialog('b', 'early', { remote: 'sip:+15125550141@x' }))
    expect(calls.at(-1)).toMatchObject({ fromNumber: '+15125550140', state: 'ended', cause: 'hungUp' })
  })

  it('begin again with a subscription', () => {
    tell('101', 7, 'full', dialog('a', 'early'))
    watch.askedAnew('101')
    tell('101', 0, 'full', dialog('a', 'confirmed'))
    expect(states()).toEqual(['offered', 'active'])
  })

  it('leave a ring open until the colleague\u2019s telephone says whether they took it', () => {
    for (const extension of ['101', '104']) tell(extension, 0, 'full', dialog('a', 'early'))
    tell('101', 1, 'partial', dialog('a', 'terminated', { event: 'cancelled' }))
    expect(states()).toEqual(['offered'])
    tell('104', 1, 'partial', dialog('a', 'confirmed'))
    expect(calls.at(-1)).toMatchObject({ state: 'ended', cause: 'answeredElsewhere' })
  })

  it('say it was missed where the colleague\u2019s telephone stops as well', () => {
    for (const extension of ['101', '104']) tell(extension, 0, 'full', dialog('a', 'early'))
    tell('101', 1, 'partial', dialog('a', 'terminated'))
    tell('104', 1, 'partial', dialog('a', 'terminated'))
    expect(calls.at(-1)).toMatchObject({ state: 'ended', cause: 'callerHungUp' })
  })

  it('tell of calls that are dialled on the telephone, and of none between colleagues', () => {
    tell('101', 0, 'full', dialog('a', 'trying', { direction: 'initiator' }), dialog('b', 'early', { remote: 'sip:104@office.test' }))
    tell('101', 1, 'partial', dialog('a', 'early', { direction: 'initiator' }))
    tell('101', 2, 'partial', dialog('a', 'terminated', { direction: 'initiator', event: 'rejected', code: 486 }))
    expect(calls.map(({ state, direction, fromNumber }) => [state, direction, fromNumber])).toEqual([
      ['dialing', 'out', '+15125550140'],
      ['early', 'out', '+15125550140'],
      ['ended', 'out', '+15125550140'],
    ])
    expect(calls.at(-1)).toMatchObject({ cause: 'busy' })
  })

  it('say what is on a telephone, all its dialogs together', () => {
    tell('104', 0, 'full', dialog('a', 'early'))
    tell('104', 1, 'partial', dialog('b', 'confirmed'))
    tell('104', 2, 'full')
    expect(extensions).toEqual(['104 ringing', '104 busy', '104 idle'])
  })
})
