import { randomBytes } from 'node:crypto'
import type { BuiltPage } from '../core/builtPage.ts'
import { MEDIA_PAGE_PATH } from '../../shared/contract/mediaPaths.ts'
import { contentSecurityPolicy, mediaPagePolicy } from '../core/pagePolicy.ts'
import { isOurAddress } from './origin.ts'

const ALWAYS = { 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' } as const

/** Answers `app://baton/…` from the built page. The path only chooses among known files, so it can't lead out of them. @param pictures the server of map pictures, or none */
export function answerFromPage(request: { readonly url: string; readonly method: string }, page: BuiltPage, pictures: string | null = null): Response {
  if (!isOurAddress(request.url)) return new Response('Not a page of Baton.', { status: 404, headers: ALWAYS })
  if (request.method !== 'GET' && request.method !== 'HEAD') return new Response('Only GET and HEAD.', { status: 405, headers: ALWAYS })
  const path = new URL(request.url).pathname
  if (path === '/' || path === '/index.html') {
    const nonce = randomBytes(16).toString('base64')
    return new Response(page.html(nonce), {
      headers: { ...ALWAYS, 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': contentSecurityPolicy(nonce, '', pictures) },
    })
  }
  const file = page.file(path)
  if (!file) return new Response('Baton has no page here.', { status: 404, headers: ALWAYS })
  const policy = path === MEDIA_PAGE_PATH ? { 'Content-Security-Policy': mediaPagePolicy('') } : {}
  return new Response(new Uint8Array(file.read()), { headers: { ...ALWAYS, ...policy, 'Content-Type': file.type } })
}
