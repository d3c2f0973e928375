import { describe, expect, it } from 'vitest'
import { isProvenSender } from './provenSender.ts'

const FROM = 'vm@pbx.example.com'

describe('whether an email is from where it says', () => {
  it.each([
    'mx.google.com;\r\n dkim=pass header.i=@example.com header.s=k1 header.b=Q2;\r\n spf=pass (google.com: domain of vm@pbx.example.com designates 192.0.2.7 as permitted sender) smtp.mailfrom=vm@pbx.example.com;\r\n dmarc=pass (p=NONE) header.from=pbx.example.com',
    'mail.example.net; dkim=fail header.d=pbx.example.com; spf=pass smtp.mailfrom=pbx.example.com',
    'mail.example.net 1; auth=pass (plain) smtp.auth=vm@pbx.example.com',
    'mx; DKIM=Pass header.d="PBX.example.com"',
  ])('is proven by %s', (results) => expect(isProvenSender(results, FROM)).toBe(true))

  it.each([
    'mx.google.com; spf=softfail smtp.mailfrom=vm@pbx.example.com; dmarc=fail header.from=pbx.example.com',
    'mx.google.com; dkim=pass header.d=stranger.example; spf=pass smtp.mailfrom=me@stranger.example',
    'mx.google.com; spf=pass smtp.mailfrom=me@notpbx.example.com.stranger.example',
    'mx.google.com; spf=fail (dkim=pass header.d=pbx.example.com) smtp.mailfrom=pbx.example.com',
    'mx.google.com; dkim=pass header.d=com',
    'mx.google.com; none',
    '',
  ])('is not proven by %s', (results) => expect(isProvenSender(results, FROM)).toBe(false))

  it('is believed where the office\u2019s server does not look', () => {
    expect(isProvenSender(null, FROM)).toBe(true)
  })
})
