import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Page, startBackend, type TestBackend } from '../../../../tests/support/backend.ts'
import { newId } from '../../../shared/base/id.ts'
import { DAY } from '../../../shared/base/time.ts'
import type { ManualSettings } from '../../../shared/contract/methods/scripts.ts'
import { COMMON_QUESTIONS } from '../../../shared/domain/scripts/commonQuestions.ts'

interface Answers {
  readonly sections: readonly { readonly key: string; readonly manualName: string; readonly heading: string; readonly text: string }[]
}

let backend: TestBackend
let page: Page

beforeEach(async () => {
  backend = startBackend()
  page = backend.page()
  await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: 'Ivo Marsh', pin: '2468' })
})

afterEach(() => backend.close())

async function publish(manualId: string, name: string, body: string): Promise<void> {
  await page.ask('manual.save', { manualId, name, body, roles: ['inboundCsr'] })
  await page.ask('manual.publish', { manualId, versionId: newId(), note: '', readByAt: Date.now() + DAY })
}

const headings = async (): Promise<readonly string[]> => (await page.ask<Answers>('manuals.answers')).sections.map(({ manualName, heading }) => `${manualName}: ${heading}`)

it('answers as shipped until the office publishes its own, and not at all once that is retired', async () => {
  const shipped = await headings()
  expect(shipped[0]).toBe('Common questions, as shipped: What if the customer wants same-day service but the schedule is full?')

  const { id, name, body, roles } = COMMON_QUESTIONS
  await page.ask('manual.save', { manualId: id, name, body: '# Is it raining?\nLook outside.', roles: [...roles] })
  expect(await headings()).toEqual(shipped)

  await publish(id, 'Our questions', `${body}\n\n# Is it raining?\nLook outside.`)
  const own = await headings()
  expect(own).toHaveLength(shipped.length + 1)
  expect(own.at(-1)).toBe('Our questions: Is it raining?')

  await page.ask('manual.retire', { manualId: id })
  expect(await headings()).toEqual([])
})

it('searches every published manual, the common questions first', async () => {
  await publish(newId(), 'A manual', 'Read this.\n\n# Pets\nKept in.')
  await publish(COMMON_QUESTIONS.id, 'Questions', '# Is it raining?\nLook outside.')
  expect(await headings()).toEqual(['Questions: Is it raining?', 'A manual: ', 'A manual: Pets'])
})

it('lists the shipped questions in settings for as long as nobody has written on from them', async () => {
  const standing = async () => (await page.ask<{ readonly manuals: readonly ManualSettings[] }>('manuals.settings')).manuals.map(({ name, state }) => `${name}: ${state}`)
  expect(await standing()).toEqual(['Common questions: shipped'])
  const { id, name, body, roles } = COMMON_QUESTIONS
  await page.ask('manual.save', { manualId: id, name, body, roles: [...roles] })
  expect(await standing()).toEqual(['Common questions: draft'])
})
