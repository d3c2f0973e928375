import { expect, type Page } from '@playwright/test'

/** One line of the overlay: what a key does where it works. */
export interface ListedKey {
  readonly section: string
  readonly label: string
  readonly keys: string
}

/** Reads from `?` every key that works on the screen as it stands, and puts the overlay away. */
export async function keysOn(page: Page): Promise<readonly ListedKey[]> {
  await page.getByRole('button', { name: /all keys/ }).click()
  const overlay = page.getByRole('dialog', { name: 'All keys' })
  await expect(overlay).toBeVisible()
  const listed = await overlay.locator('section').evaluateAll((sections) =>
    sections.flatMap((section) =>
      [...section.querySelectorAll('dl > div')].map((line) => ({
        section: section.querySelector('h3')?.textContent ?? '',
        label: line.querySelector('dt')?.textContent ?? '',
        keys: [...line.querySelectorAll('dd > *')].map((key) => (key as HTMLElement).innerText.replace(/\s+/g, ' ')).join(' or '),
      })),
    ),
  )
  await page.keyboard.press('Escape')
  await expect(overlay).toBeHidden()
  await page.evaluate(() => (document.activeElement instanceof HTMLElement ? document.activeElement.blur() : undefined))
  return listed
}

/** The screens whose keys docs/keyboard.md lists. */
export const KEYED_SCREENS: ReadonlySet<string> = new Set(['desk', 'calls', 'call', 'board-visit', 'customers', 'customer', 'customer-attachments', 'job', 'tasks', 'review', 'invoice', 'batch', 'receivables', 'settings-people', 'import', 'attention', 'suspense', 'booking'])

/** Keys that are there only with a voicemail that was opened, which no screen of the sample office shows. */
export const VOICEMAIL_KEYS: readonly ListedKey[] = [
  { section: 'Voicemail', label: 'Play, or stop there', keys: 'Space' },
  { section: 'Voicemail', label: '5 seconds back', keys: '←' },
  { section: 'Voicemail', label: '5 seconds on', keys: '→' },
  { section: 'Voicemail', label: 'Faster, or as it was', keys: 'Shift →' },
  { section: 'Voicemail', label: 'Faster, or as it was', keys: 'S' },
]

/** As a line of docs/keyboard.md. */
export const keyRow = ({ label, keys }: ListedKey): string => `| ${label} | ${keys} |`
