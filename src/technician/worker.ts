/** Keeps the page itself on the telephone, so that it opens without a line. What it shows is kept by the page (kept.ts). */

/** What a service worker has; the types of the window are loaded here. */
interface Worker {
  skipWaiting(): Promise<void>
  readonly clients: { claim(): Promise<void> }
  addEventListener(type: 'install' | 'activate', listener: (event: { waitUntil(work: Promise<unknown>): void }) => void): void
  addEventListener(type: 'fetch', listener: (event: { readonly request: Request; respondWith(answer: Promise<Response>): void }) => void): void
}

const worker = self as unknown as Worker

/** Another build of the page is another store; the hub writes it in. */
const STORE = '__BATON_PAGE__'

const FILES = ['/t/', '/t/app.js', '/t/app.css']

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(FILES)).then(() => worker.skipWaiting()))
})

worker.addEventListener('activate', (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name !== STORE).map((name) => caches.delete(name))))
  event.waitUntil(old.then(() => worker.clients.claim()))
})

worker.addEventListener('fetch', (event) => {
  const { pathname, origin } = new URL(event.request.url)
  if (event.request.method !== 'GET' || origin !== location.origin || !FILES.includes(pathname)) return
  event.respondWith(caches.match(pathname).then((kept) => kept ?? fetch(event.request)))
})
