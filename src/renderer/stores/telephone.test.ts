import { beforeEach, describe, expect, it } from 'vitest'
import { closePanel, openPanel, useTelephoneStore } from './telephone.ts'
import { useToastStore } from './toast.ts'

const shown = () => useTelephoneStore.getState().panel

beforeEach(() => {
  useTelephoneStore.setState({ panel: null })
  useToastStore.setState({ message: null })
})

describe('the panel below the call cell', () => {
  it('makes room for the next that is asked for', () => {
    openPanel({ kind: 'keypad', callId: 'a' })
    openPanel({ kind: 'offer', number: '+15550142210' })
    expect(shown()).toEqual({ kind: 'offer', number: '+15550142210' })
  })

  it.each([{ kind: 'keypad', callId: 'a' }, { kind: 'through', callId: 'a' }, { kind: 'notice', callId: 'a' }, { kind: 'offer', number: '+15550142210' }] as const)(
    'stays with a card payment, which only a person ends, and says so ($kind)',
    (another) => {
      openPanel({ kind: 'card', callId: 'a' })
      openPanel(another)
      expect(shown()).toEqual({ kind: 'card', callId: 'a' })
      expect(useToastStore.getState().message?.text).toContain('nothing is recorded')
      closePanel()
      expect(shown()).toBeNull()
    },
  )
})
