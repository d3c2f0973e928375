import { expect, type Locator, type Page } from '@playwright/test'
import { SAMPLE_PIN } from '../../../src/shared/contract/bridge.ts'
import { ATTACHED } from '../../support/attachmentScenes.ts'
import { ENROLLED, JOINING, JOINING_STALLED, MONEY_IN_SUSPENSE, MONEY_PLACED, OFFLINE, OTHERS_HERE, REFUSED_CHANGE, STOPPED } from '../../support/hubScenes.ts'
import { type PretendedAnswers, PretendedHub } from '../../support/pretendedHub.ts'
import { Attachments } from './attachments.ts'
import { Attention } from './attention.ts'
import { BESIDE_BOARD } from './boardScreens.ts'
import { Booking } from './booking.ts'
import { Calls } from './calls.ts'
import { CommonQuestions } from './commonQuestions.ts'
import { FrontDoor } from './frontDoor.ts'
import { HubSettings, HubStatus } from './hub.ts'
import { goTo, place, type Screen, settled } from './screen.ts'
import { Search } from './search.ts'
import { ShellFrame } from './shell.ts'
import { Suspense } from './suspense.ts'
import { Absence, Tasks } from './tasks.ts'

const firstRow = (page: Page) => page.getByRole('main').getByRole('row').filter({ has: page.getByRole('gridcell') }).first()

/** A record, opened from its list as a person does: the row, Enter. */
function recordOf(name: string, hash: string, address: RegExp, row?: string): Screen {
  return {
    name,
    async open(page) {
      await goTo(page, hash)
      await settled(page)
      await (row === undefined ? firstRow(page) : page.getByRole('row').filter({ hasText: row }).first()).click()
      await page.keyboard.press('Enter')
      await expect(page).toHaveURL(address)
      await settled(page)
    },
  }
}

const SETTINGS = ['company', 'people', 'mail', 'leadMailbox', 'units', 'lines', 'extensions', 'phoneRules', 'queues', 'technicians', 'jobTypes', 'priorities', 'scripts', 'specials', 'manuals', 'leadSources', 'leadQuestions', 'serviceArea', 'dispatch', 'desk', 'priceBook', 'taxZones', 'hub', 'practice', 'phone', 'appearance', 'map', 'data'] as const

/** Something that floats over the desk, opened by its key. */
function overlay(name: string, keys: readonly string[], shown: (page: Page) => Locator): Screen {
  return {
    name,
    async open(page) {
      await goTo(page, '#/desk')
      await settled(page)
      await page.locator('body').click({ position: { x: 700, y: 4 } })
      for (const key of keys) await page.keyboard.press(key)
      await expect(shown(page)).toBeVisible()
    },
    async leave(page) {
      await page.keyboard.press('Escape')
      await expect(shown(page)).toBeHidden()
    },
  }
}

/** A screen as it is with a hub: reached the same way while the hub\u2019s answers are pretended; afterwards nothing is. */
function withHub(name: string, answers: PretendedAnswers, open: (page: Page) => Promise<void>, away?: (page: Page) => Promise<void>): Screen {
  return {
    name,
    async open(page) {
      await pretended(page).answer(answers)
      await open(page)
    },
    async leave(page) {
      await away?.(page)
      await pretended(page).answer({})
      await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
    },
  }
}

const hubs = new WeakMap<Page, PretendedHub>()

function pretended(page: Page): PretendedHub {
  const known = hubs.get(page) ?? new PretendedHub(page)
  hubs.set(page, known)
  return known
}

async function openOffline(page: Page): Promise<void> {
  await goTo(page, '#/desk')
  await settled(page)
  await new HubStatus(page).open()
  await expect(new HubStatus(page).waiting).toHaveCount(4)
}

async function openInvitation(page: Page): Promise<void> {
  await new HubSettings(page).open()
  await expect(new HubSettings(page).workstations).toHaveCount(5)
  await new HubSettings(page).invite()
}

async function openTentative(page: Page): Promise<void> {
  await goTo(page, '#/board')
  await settled(page)
  await expect(page.getByRole('gridcell', { name: /tentative/ }).first()).toBeAttached()
}

/** The customer before the person, with others at other workstations. */
const SHARED_CUSTOMER: Screen = {
  name: 'customer-shared',
  async open(page) {
    await BOOKED_CALLER.open(page)
    const id = /#\/customers\/([^?]+)/.exec(page.url())?.[1] ?? ''
    await pretended(page).answer(OTHERS_HERE({ kind: 'customer', id }))
    await settled(page)
    await expect(page.getByText(/Also here: /)).toBeVisible()
  },
  leave: (page) => pretended(page).answer({}),
}

/** What is attached to a customer, some of it still on its way. */
const ATTACHED_FILES: Screen = {
  name: 'customer-attachments',
  async open(page) {
    await BOOKED_CALLER.open(page)
    await pretended(page).answer(ATTACHED)
    await settled(page)
    await new Attachments(page).open()
    await expect(new Attachments(page).row('Permit 4471.pdf')).toBeVisible()
  },
  leave: (page) => pretended(page).answer({}),
}

/** An invoice that is final, with the form that emails it as a company of one’s own has it. */
const EMAILING = withHub(
  'invoice-email',
  { 'invoice.emails': (real: { readonly addresses: readonly string[]; readonly draft: object }) => ({ ...real, hindrance: null, addresses: ['gloria@dorsey.example'], draft: { ...real.draft, to: 'gloria@dorsey.example' } }) },
  async (page) => {
    await goTo(page, '#/money/receivables')
    await settled(page)
    await firstRow(page).click()
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(/#\/money\/invoices\/./)
    await settled(page)
    await page.keyboard.press('m')
    await expect(page.getByRole('dialog', { name: /Email invoice/ }).getByRole('button', { name: /Send/ })).toBeVisible()
  },
  async (page) => {
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toBeHidden()
  },
)

/** Looked at, and in no picture. */
export const LONG_NAME = withHub('a company with a very long name', { 'session.state': (real: { readonly company: object }) => ({ ...real, company: { ...real.company, name: 'Zażółć Gęślą Jaźń & Söhne Heizungs-, Sanitär- und Klimatechnik, Home Services of Greater Fairhollow, Ltd.' } }) }, async (page) => {
  await goTo(page, '#/desk')
  await settled(page)
})

/** What only an office with a hub sees. */
const HUB_SCREENS: readonly Screen[] = [
  withHub('hub-offline', OFFLINE, openOffline, (page) => new HubStatus(page).close()),
  withHub('board-tentative', OFFLINE, openTentative),
  withHub('settings-hub-invite', ENROLLED, openInvitation),
  withHub('settings-hub-stopped', STOPPED, async (page) => {
    await new HubSettings(page).open()
    await expect(new HubSettings(page).strip.getByRole('alert')).toBeVisible()
  }),
  withHub('attention', REFUSED_CHANGE, async (page) => {
    await goTo(page, '#/queues/attention/refused')
    await expect(new Attention(page).fallen).toBeVisible()
  }),
  withHub('suspense', MONEY_IN_SUSPENSE, async (page) => {
    await goTo(page, '#/queues/suspense/suspense')
    await expect(page.getByRole('option', { name: /Wanda Vance/ }).first()).toBeVisible()
  }),
  withHub('suspense-placed', MONEY_PLACED, async (page) => {
    await goTo(page, '#/queues/suspense/suspense')
    await expect(new Suspense(page).money).toBeVisible()
  }),
  withHub('joining', JOINING, (page) => expect(page.getByRole('main', { name: 'Joining' })).toBeVisible()),
  withHub('joining-stalled', JOINING_STALLED, (page) => expect(page.getByText(/does not answer just now/)).toBeVisible()),
]

/** A customer with work, money and calls behind them: whoever called last and got a visit. */
const BOOKED_CALLER: Screen = {
  name: 'customer',
  async open(page) {
    await goTo(page, '#/calls')
    await settled(page)
    await new Calls(page).row('Booked').first().click()
    await new Calls(page).detail.getByRole('region', { name: 'Customer' }).getByRole('link').or(new Calls(page).detail.getByRole('link')).last().click()
    await expect(page).toHaveURL(/#\/customers\/./)
    await settled(page)
  },
}

const BOOKED_JOB: Screen = {
  name: 'job',
  async open(page) {
    await goTo(page, '#/calls')
    await settled(page)
    await new Calls(page).row('Booked').first().click()
    await new Calls(page).detail.getByRole('link', { name: /^\d+$/ }).click()
    await expect(page).toHaveURL(/#\/jobs\/./)
    await settled(page)
  },
}

async function ring(page: Page): Promise<void> {
  const calls = new Calls(page)
  if (await calls.pop.isVisible()) return
  await goTo(page, '#/calls')
  await settled(page)
  await calls.practiceAs('A customer, waiting for today')
  await expect(calls.pop).toContainText('Balance')
}

async function answer(page: Page): Promise<void> {
  if (/#\/booking\?call=/.test(page.url())) return
  await ring(page)
  await new Calls(page).answer()
  await expect(page).toHaveURL(/#\/booking\?call=/)
  await expect(page.getByText('matched')).toBeVisible()
  await settled(page)
}

/** Far enough through the script for Baton to offer arrival windows. */
async function askForWindows(page: Page): Promise<void> {
  await answer(page)
  const booking = new Booking(page)
  await booking.field('businessUnit').getByRole('combobox').click()
  await page.keyboard.type('hv')
  await page.keyboard.press('Enter')
  await booking.expectFocus('jobType')
  await page.keyboard.type('no c')
  await page.keyboard.press('Enter')
  await booking.expectFocus('summary')
  await page.keyboard.type('Warm air since last night. Baby at home.')
  await page.keyboard.press('Enter')
  await booking.expectFocus('priority')
  await page.keyboard.type('h')
  await page.keyboard.press('Enter')
  await expect(booking.side.getByRole('region', { name: 'Arrival windows' }).getByRole('listitem')).toHaveCount(3)
  await page.keyboard.press('Alt+k')
}

/** One practice call after the other's end; each can also begin by itself. */
const CALL: readonly Screen[] = [
  { name: 'pop', open: ring },
  { name: 'booking', open: answer },
  { name: 'booking-windows', open: askForWindows },
  {
    name: 'booking-questions',
    async open(page) {
      await answer(page)
      await new CommonQuestions(page).ask('disc')
    },
    async leave(page) {
      await page.keyboard.press('Escape')
      await expect(new CommonQuestions(page).panel).toBeHidden()
    },
  },
  {
    name: 'call-ended',
    async open(page) {
      await answer(page)
      await new Calls(page).end()
    },
    async leave(page) {
      await page.keyboard.press('Escape')
      await expect(new Calls(page).question).toBeHidden()
    },
  },
]

/** @param pin of whoever is signed in */
const lockedBy = (pin: string): Screen => ({
  name: 'locked',
  async open(page) {
    await page.keyboard.press('Control+l')
    await expect(new ShellFrame(page).lockCover).toBeVisible()
  },
  async leave(page) {
    await new FrontDoor(page).unlock(pin)
    await expect(new ShellFrame(page).lockCover).toBeHidden()
  },
})

/** Every screen of the office, the telephone last: a call that was taken stands on every screen. */
export const SCREENS: readonly Screen[] = [
  place('desk', '#/desk'),
  place('calls', '#/calls'),
  {
    name: 'call',
    async open(page) {
      await goTo(page, '#/calls')
      await settled(page)
      await firstRow(page).click()
      await expect(new Calls(page).detail).toBeVisible()
    },
  },
  place('calls-to-return', '#/worklists'),
  place('wait-list', '#/waitlist'),
  place('alerts', '#/alerts'),
  place('truth-hour', '#/truthHour'),
  place('end-of-day', '#/endOfDay'),
  place('day-sheets', '#/daySheets'),
  place('map', '#/map'),
  place('leads', '#/leads'),
  place('leads-accepted', '#/leads?list=accepted'),
  place('board', '#/board'),
  ...BESIDE_BOARD,
  place('customers', '#/customers'),
  BOOKED_CALLER,
  place('customer-new', '#/customers/new'),
  BOOKED_JOB,
  place('queues', '#/queues'),
  place('tasks', '#/tasks?show=all'),
  place('review', '#/money'),
  recordOf('invoice', '#/money', /#\/money\/invoices\/./),
  place('batches', '#/money/batches'),
  recordOf('batch', '#/money/batches', /#\/money\/batches\/./),
  place('receivables', '#/money/receivables'),
  place('manuals', '#/manuals'),
  place('wall', '#/wall'),
  ...SETTINGS.map((section) => place(`settings-${section}`, `#/settings/${section}`)),
  place('practice', '#/practice'),
  place('import', '#/import'),
  place('import-leads', '#/import/leads'),
  place('import-jobs', '#/import/jobs'),
  overlay('hub', ['Alt+h'], (page) => new HubStatus(page).panel),
  ...HUB_SCREENS,
  EMAILING,
  SHARED_CUSTOMER,
  ATTACHED_FILES,
  overlay('keys', ['?'], (page) => page.getByRole('dialog', { name: 'All keys' })),
  overlay('call-by-hand', ['Alt+Shift+h'], (page) => page.getByRole('dialog', { name: 'Log a call by hand' })),
  overlay('about', ['F1'], (page) => page.getByRole('tabpanel')),
  overlay('switch', ['F2'], (page) => page.getByRole('dialog', { name: 'Switch person' })),
  overlay('task-new', ['Alt+t'], (page) => new Tasks(page).newTask),
  overlay('questions', ['Alt+q'], (page) => new CommonQuestions(page).panel),
  overlay('away', ['Shift+F2'], (page) => new Absence(page).going),
  overlay('search', ['Control+k', 'f', 'o', 'x'], (page) => new Search(page).results),
  ...CALL,
  lockedBy(SAMPLE_PIN),
]
