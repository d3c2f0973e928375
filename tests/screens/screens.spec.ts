import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { SCREENS } from '../e2e/pages/everyScreen.ts'
import { FrontDoor } from '../e2e/pages/frontDoor.ts'
import { KEYED_SCREENS, keyRow, keysOn, type ListedKey, VOICEMAIL_KEYS } from '../e2e/pages/keysOverlay.ts'
import { expect, test } from '../support/sampleOffice.ts'
import { ROOT } from '../support/webHost.ts'
import { withPalette } from './palette.ts'

const FOLDER = join(ROOT, 'docs', 'screens')
const LARGEST_BYTES = 200_000
const ALSO_DARK: ReadonlySet<string> = new Set(['desk', 'board', 'booking'])

async function picture(page: Page, name: string): Promise<void> {
  const png = withPalette(await page.screenshot({ animations: 'disabled', caret: 'hide' }))
  expect(png.length).toBeLessThan(LARGEST_BYTES)
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(join(FOLDER, `${name}.png`), png)
}

const listed: ListedKey[] = []

for (const screen of SCREENS) {
  test(screen.name, async ({ page }) => {
    await screen.open(page)
    await picture(page, screen.name)
    if (ALSO_DARK.has(screen.name)) {
      await page.emulateMedia({ colorScheme: 'dark' })
      await picture(page, `${screen.name}-dark`)
      await page.emulateMedia({ colorScheme: 'light' })
    }
    if (KEYED_SCREENS.has(screen.name)) listed.push(...(await keysOn(page)))
    await screen.leave?.(page)
  })
}

test('docs/keyboard.md', () => {
  test.skip(new Set(listed.map(({ section }) => section)).size < 8, 'Only some of the screens were opened')
  const lines = ['# Keys', '', 'Every key, as `?` lists it where it works. Written by `npm run screenshots`; on a Mac, Cmd stands for Ctrl and Ctrl+Option for Alt. Single letters work outside fields.']
  for (const [section, keys] of Map.groupBy([...listed, ...VOICEMAIL_KEYS], ({ section: title }) => title)) {
    lines.push('', `## ${section}`, '', '| Does | Key |', '|---|---|', ...new Set(keys.map(keyRow)))
  }
  writeFileSync(join(ROOT, 'docs', 'keyboard.md'), `${lines.join('\n')}\n`)
})

test('sign-in', async ({ office }) => {
  const page = await office.openAnotherPage()
  await expect(new FrontDoor(page).person).toBeVisible()
  await picture(page, 'sign-in')
  await page.context().close()
})

test('welcome', async ({ baton }) => {
  await new FrontDoor(baton.page).expectWelcome()
  await picture(baton.page, 'welcome')
})
