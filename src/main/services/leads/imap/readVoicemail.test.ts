import { describe, expect, it } from 'vitest'
import { madeMp3, madeWave } from '../../../../../tests/support/madeSound.ts'
import { readVoicemail as readFrom, VOICEMAIL_MAIL_BYTES } from './readVoicemail.ts'

/** An email with words and a file, as a telephone system's mailer writes it. */
function email(headers: readonly string[], words: string, file: { readonly name: string; readonly type: string; readonly content: Uint8Array } | null): Uint8Array {
  const attached = file === null ? [] : ['--b', `Content-Type: ${file.type}; name="${file.name}"`, 'Content-Transfer-Encoding: base64', `Content-Disposition: attachment; filename="${file.name}"`, '', Buffer.from(file.content).toString('base64').replaceAll(/.{76}/g, '$&\r\n')]
  return Buffer.from([...headers, 'Date: Tue, 14 Jul 2026 10:20:40 -0500', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="b"', '', '--b', 'Content-Type: text/plain; charset=utf-8', '', words, ...attached, '--b--', ''].join('\r\n'))
}

const WAV = { name: 'msg0002.wav', type: 'audio/x-wav', content: madeWave({ seconds: 23 }) }
/** What is in it can't be played, so that only the email says how long it is. */
const GSM = { name: 'msg0002.WAV', type: 'audio/x-wav', content: madeWave({ format: 49, bits: 8 }) }
const OURS = '+15550142000'
const readVoicemail = (source: Uint8Array, place: string) => readFrom(source, place, new Set([OURS]))
const LEFT = Date.UTC(2026, 6, 14, 15, 20, 40)

describe('an email with a voicemail', () => {
  it('is Asterisk’s', async () => {
    const source = email(
      ['From: "Asterisk PBX" <asterisk@pbx.example.com>', 'Subject: [PBX]: New message 3 in mailbox 101', 'Message-ID: <Asterisk-3-1234-101-99@pbx>', 'X-Asterisk-CallerID: 5125550140', 'X-Asterisk-CallerIDName: Jane Roe'],
      'Dear Front Desk:\r\n\r\n\tjust wanted to let you know you were just left a 0:23 long message (number 3)\r\nin mailbox 101 from "Jane Roe" <5125550140>, on Tuesday, July 14, 2026 at 10:20:40 AM\r\nso you might want to check it when you get a chance.  Thanks!',
      WAV,
    )
    const read = await readVoicemail(source, 'place')
    expect(read).toMatchObject({ id: '<Asterisk-3-1234-101-99@pbx>', number: '+15125550140', name: 'Jane Roe', seconds: 23, leftAt: LEFT })
    expect(Buffer.from(read?.sound ?? []).equals(Buffer.from(WAV.content))).toBe(true)
  })

  it('is Asterisk’s with all its headers, which know it to the second', async () => {
    const source = email(['From: asterisk@pbx.example.com', 'Subject: New message', 'X-Asterisk-VM-Caller-ID-Num: +1 512 555 0140', 'X-Asterisk-VM-Caller-ID-Name: Jane Roe', 'X-Asterisk-VM-Duration: 41', 'X-Asterisk-VM-Orig-time: 1784042400'], 'A message.', GSM)
    expect(await readVoicemail(source, 'office/INBOX 1 7')).toMatchObject({ id: 'office/INBOX 1 7', number: '+15125550140', seconds: 41, leftAt: 1_784_042_400_000 })
  })

  it('is FreePBX’s', async () => {
    const source = email(['From: "PBX" <vm@pbx.example.com>', 'Subject: [PBX]: New message 1 in mailbox 101 from Jane Roe <5125550140>', 'X-Asterisk-CallerID: 5125550140'], 'Front Desk,\r\n\r\nThere is a new voicemail in mailbox 101:\r\n\r\n\tFrom:\t"Jane Roe" <5125550140>\r\n\tLength:\t1:05 seconds\r\n\tDate:\tTuesday, July 14, 2026 at 10:20:40 AM', GSM)
    expect(await readVoicemail(source, 'place')).toMatchObject({ number: '+15125550140', name: 'Jane Roe', seconds: 65 })
  })

  it('is FreeSWITCH’s, which says who spoke in the subject', async () => {
    const source = email(['From: FreeSWITCH mod_voicemail <101@pbx.example.com>', 'Subject: Voicemail from Jane Roe <5125550140> 00:00:23', 'X-Mailer: FreeSWITCH'], 'At Tuesday, July 14 2026, 10 20 AM you were left a message from Jane Roe 5125550140\r\nto your account 101@pbx.example.com', { ...GSM, name: 'msg_1.wav' })
    expect(await readVoicemail(source, 'place')).toMatchObject({ number: '+15125550140', name: 'Jane Roe', seconds: 23 })
  })

  it('is FusionPBX’s, with an MP3', async () => {
    const source = email(['From: voicemail@pbx.example.com', 'Subject: Voicemail from Jane Roe <+15125550140> 00:01:02'], 'Voicemail\r\nCaller: Jane Roe\r\nNumber: +15125550140\r\nLength: 00:01:02', { name: 'msg_1.mp3', type: 'audio/mpeg', content: madeMp3(1722) })
    expect(await readVoicemail(source, 'place')).toMatchObject({ number: '+15125550140', seconds: 62, sound: expect.any(Uint8Array) as unknown })
  })

  it('of somebody who withholds their number, and of a sound that can’t be played, is one all the same', async () => {
    const source = email(['From: asterisk@pbx.example.com', 'Subject: New message 3 in mailbox 101', 'X-Asterisk-CallerID: unknown'], 'you were just left a 0:23 long message (number 3) in mailbox 101 from an unknown caller', GSM)
    expect(await readVoicemail(source, 'place')).toMatchObject({ number: null, seconds: 23, sound: null })
  })

  it('is none without a sound', async () => {
    expect(await readVoicemail(email(['From: vm@pbx.example.com', 'Subject: Your trunk is down'], 'Call 512-555-0140.', null), 'place')).toBeNull()
  })

  it.each([
    ['left on Tuesday at 10:20:40, length 0:23', 23],
    ['at 10:20:40 you were left a 1:02 long message', 62],
    ['A call from 300 S Main', 0],
    ['Duration: 41', 41],
    ['It is 17 seconds long', 17],
    ['length 10:20:40', 0],
    ['at 10:20:40', 0],
  ])('says how long it is where the words do: %s', async (words, seconds) => {
    expect(await readVoicemail(email(['From: vm@pbx.example.com', 'Subject: New message'], words, GSM), 'place')).toMatchObject({ seconds })
    // The sound itself knows better.
    expect(await readVoicemail(email(['From: vm@pbx.example.com', 'Subject: New message', 'X-Asterisk-VM-Duration: 99'], words, WAV), 'place')).toMatchObject({ seconds: 23 })
  })

  it.each([
    ['from Unknown 2026-07-14 10:20:40', null],
    ['from an unknown caller on 07/14/2026 10:20', null],
    [`from an unknown caller, to the number ${OURS}`, null],
    ['from "Bay 12 Auto" <5125550140>', '+15125550140'],
    ['from 3M Company <(512) 555-0140>', '+15125550140'],
    ['Caller ID: +1 512 555 0140', '+15125550140'],
    ['on 2026-07-14 from Jane Roe 512.555.0140', '+15125550140'],
    ['New message 3 in mailbox 101 from 5125550140', '+15125550140'],
  ])('says who spoke where the words do: %s', async (words, number) => {
    expect(await readVoicemail(email(['From: vm@pbx.example.com', 'Subject: New message'], words, GSM), 'place')).toMatchObject({ number })
  })

  it('believes Asterisk that nobody knows who spoke, whatever numbers are in the words', async () => {
    const source = email(['From: asterisk@pbx.example.com', 'Subject: New message', 'X-Asterisk-CallerID: unknown'], 'from an unknown caller. Questions? Call the number 512-555-0199.', WAV)
    expect(await readVoicemail(source, 'place')).toMatchObject({ number: null })
  })

  it('is read at once, however it is written to take long', async () => {
    const blanks = ' '.repeat(3000)
    const words = [`from${blanks}\t${blanks}x`, `from "${'a '.repeat(1500)}`, `number ${'('.repeat(3000)}`, 'from '.repeat(600), `length${' :'.repeat(2000)}`].join('\n')
    // An expression that goes back and forth over the blanks would take minutes.
    for (const subject of words.split('\n')) expect(await readVoicemail(email(['From: vm@pbx.example.com', `Subject: ${subject}`], words, GSM), 'place')).toMatchObject({ number: null, seconds: 0 })
  })

  it('has no sound where the email was not read to its end', async () => {
    const whole = email(['From: vm@pbx.example.com', 'Subject: New message'], 'length 9:59 from 5125550140', { ...WAV, content: madeWave({ seconds: 1150 }) })
    expect(whole.length).toBeGreaterThan(VOICEMAIL_MAIL_BYTES)
    expect(await readVoicemail(whole.subarray(0, VOICEMAIL_MAIL_BYTES), 'place')).toMatchObject({ number: '+15125550140', seconds: 599, sound: null })
  })
})
