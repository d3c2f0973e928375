import { webcrypto, X509Certificate } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Tls } from './httpServer.ts'

/**
 * A hub without a certificate of its owner's makes one at its first start. Workstations get its fingerprint with their
 * enrolment code and insist on that very certificate, so that no authority has to vouch for it and it need not be renewed.
 */

const YEARS = 30

/** SHA-256 of the (first) certificate, hex in small letters. */
export function fingerprintOf(cert: string): string {
  return new X509Certificate(cert).fingerprint256.replaceAll(':', '').toLowerCase()
}

/** The fingerprint as people compare it. */
export function spelledFingerprint(fingerprint: string): string {
  return fingerprint.toUpperCase().replace(/(..)(?=.)/g, '$1:')
}

async function makeCertificate(addresses: readonly string[]): Promise<Tls> {
  // Fetched only for this one time: what encodes certificates is large.
  await import('reflect-metadata')
  const x509 = await import('@peculiar/x509')
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const notBefore = new Date(Date.now() - 24 * 60 * 60 * 1000)
  const notAfter = new Date(notBefore)
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + YEARS)
  const names = [...new Set(['localhost', hostname()])].map((value) => ({ type: 'dns' as const, value }))
  const ips = [...new Set(['127.0.0.1', '::1', ...addresses])].map((value) => ({ type: 'ip' as const, value }))
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=Baton hub',
      notBefore,
      notAfter,
      signingAlgorithm: algorithm,
      keys: keys as CryptoKeyPair,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension([...names, ...ips]),
      ],
    },
    webcrypto as Crypto,
  )
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  const key = `-----BEGIN PRIVATE KEY-----\n${pkcs8.replace(/(.{64})(?=.)/g, '$1\n')}\n-----END PRIVATE KEY-----\n`
  return { cert: `${certificate.toString('pem')}\n`, key }
}

/**
 * The hub's own certificate, made where there is none yet.
 * @param folder private to the hub
 * @param addresses IP addresses of this machine, for those who look at the certificate
 */
export async function ownCertificate(folder: string, addresses: readonly string[]): Promise<Tls> {
  const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
  if (!existsSync(certFile) || !existsSync(keyFile)) {
    const { cert, key } = await makeCertificate(addresses)
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
    for (const [file, text] of [[keyFile, key], [certFile, cert]] as const) {
      writeFileSync(`${file}.new`, text, { mode: 0o600, flush: true })
      renameSync(`${file}.new`, file)
    }
  }
  return { cert: readFileSync(certFile, 'utf8'), key: readFileSync(keyFile, 'utf8') }
}
