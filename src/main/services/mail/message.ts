import type { MailSettings } from '../../../shared/domain/mail/tables.ts'

export interface OutgoingMail {
  readonly to: string
  readonly subject: string
  readonly text: string
  /** Tells this message from every other and is the same whenever it is sent again. */
  readonly key: string
  readonly attachments: readonly { readonly filename: string; readonly contentType: string; readonly content: Uint8Array }[]
}

export type Sender = Pick<MailSettings, 'fromName' | 'fromAddress'>

/** The same for the same message whichever workstation sends it, so that a mailbox that looks can drop a repeat. */
export function messageIdOf(key: string, { fromAddress }: Sender): string {
  return `<${key}@${fromAddress.slice(fromAddress.lastIndexOf('@') + 1)}>`
}

/** The message as it goes over the line. */
export async function compose(mail: OutgoingMail, sender: Sender): Promise<Uint8Array> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer')
  const composer = new MailComposer({
    from: { name: sender.fromName, address: sender.fromAddress },
    to: { name: '', address: mail.to },
    subject: mail.subject,
    text: mail.text,
    messageId: messageIdOf(mail.key, sender),
    attachments: mail.attachments.map(({ content, ...more }) => ({ ...more, content: Buffer.from(content) })),
    // A message is made of its own words only: nothing is fetched, nothing is read.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return composer.compile().build()
}
