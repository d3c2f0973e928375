import { expect } from '@playwright/test'
import { expectAccessible } from '../support/axe.ts'
import { startBackend } from '../support/backend.ts'
import { test } from '../support/driver.ts'
import { makeFinalInvoice } from '../support/finalInvoice.ts'
import { MailServer } from '../support/mailServer.ts'
import { FrontDoor } from './pages/frontDoor.ts'
import { InvoiceEmails, MailSettings } from './pages/mail.ts'

const OWNER = { name: 'Sean Avery', pin: '4821' }
const ACCOUNT = { user: 'office', password: 'right one' }

/** The first invoice of a Baton takes the fonts in hand, and a machine under load takes its time. */
const AT_LENGTH = { timeout: 60_000 }

let invoiceId = ''

/** A company with one final invoice, whose customer has an email address. */
async function companyWithInvoice(dataDir: string): Promise<void> {
  const office = startBackend({ directory: dataDir })
  const page = office.page()
  await page.ask('company.setUp', { companyName: 'Copper Ridge', zone: 'America/Chicago', ownerName: OWNER.name, pin: OWNER.pin })
  invoiceId = await makeFinalInvoice((name, input) => page.ask(name, input), Date.now())
  await office.close()
}

test.use({ prepare: { fill: companyWithInvoice } })

test('sets the mail server up, emails an invoice, and settles by keyboard what nobody knows', async ({ page }) => {
  test.setTimeout(240_000)
  const mail = await MailServer.start({ account: ACCOUNT })
  try {
    await new FrontDoor(page).signIn('Sean', OWNER.pin)
    const emails = new InvoiceEmails(page)
    await emails.open(invoiceId)
    await page.keyboard.press('m')
    await expect(emails.dialog).toContainText('does not know your mail server yet')
    await page.keyboard.press('Escape')

    const settings = new MailSettings(page)
    await settings.open()
    await settings.enter({ host: '127.0.0.1', port: mail.port, userName: ACCOUNT.user, password: ACCOUNT.password, fromAddress: 'office@copper-ridge.example' })
    await settings.keepPassword('wrong one')
    await settings.tryOut('sean@copper-ridge.example', /did not accept the user name and password/)
    await settings.keepPassword(ACCOUNT.password)
    await settings.tryOut('sean@copper-ridge.example', /Sent to sean@copper-ridge\.example/)
    await expectAccessible(page)
    expect(mail.received).toHaveLength(1)

    await emails.open(invoiceId)
    await emails.send()
    await expect(emails.email('done')).toContainText(/Sent .* by Sean Avery/, AT_LENGTH)
    expect(mail.received.at(-1)).toMatchObject({ to: 'martin@okonjo.example' })
    expect(mail.received.at(-1)?.raw).toContain('application/pdf')

    mail.manner = 'takeAndBreak'
    await emails.send()
    await expect(emails.email('uncertain')).toContainText('Nobody knows whether it reached martin@okonjo.example', AT_LENGTH)
    await expectAccessible(page)
    await page.evaluate(() => {
      location.hash = '#/queues/was-it-sent'
    })
    const inHand = page.getByRole('region', { name: 'The promise in hand' })
    await expect(inHand.getByRole('button', { name: /Open the invoice/ })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(emails.email('uncertain')).toBeVisible()
    await page.keyboard.press('s')
    await expect(emails.email('uncertain')).toHaveCount(0)
    await expect(emails.email('done')).toHaveCount(2, AT_LENGTH)
    expect(mail.received).toHaveLength(3)

    mail.manner = 'refuseRecipient'
    await emails.send()
    await expect(emails.email('failed')).toContainText('No such mailbox here', AT_LENGTH)
    mail.manner = 'take'
    await page.keyboard.press('r')
    await expect(emails.email('done')).toHaveCount(3, AT_LENGTH)
    expect(mail.received).toHaveLength(4)
  } finally {
    await mail.close()
  }
})
