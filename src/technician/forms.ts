import type { TechnicianVisit } from '../shared/field/wire.ts'
import { element } from './element.ts'
import type { Kept } from './kept.ts'
import { smallerPhoto } from './photo.ts'

/** What needs more than a tap: a reason, minutes, words with photos. Each is a dialog over the page. */

const MOST_PHOTOS = 4
const MINUTES = [10, 15, 20, 30, 45, 60, 90, 120] as const

interface Dialog {
  readonly box: HTMLDialogElement
  readonly body: HTMLElement
}

function dialog(title: string, visit: TechnicianVisit): Dialog {
  const body = element('div', { class: 'form' })
  const box = element('dialog', { 'aria-labelledby': 'dialog-title' }, element('h2', {}, title), element('p', { class: 'quiet' }, visit.customer), body)
  box.querySelector('h2')?.setAttribute('id', 'dialog-title')
  box.addEventListener('close', () => box.remove())
  body.append(element('button', { type: 'button', class: 'leave', onclick: () => box.close() }, 'Back'))
  document.body.append(box)
  box.showModal()
  return { box, body }
}

function choices(visit: TechnicianVisit, title: string, labels: readonly string[], chosen: (index: number) => void): Dialog {
  const made = dialog(title, visit)
  made.body.prepend(
    ...labels.map((label, index) =>
      element('button', { type: 'button', onclick: () => {
        made.box.close()
        chosen(index)
      } }, label),
    ),
  )
  made.body.querySelector('button')?.focus()
  return made
}

/** Why it is on hold: one of the office’s reasons, or words. */
export function askReason(visit: TechnicianVisit, reasons: readonly string[], chosen: (reason: string) => void): void {
  const { box, body } = choices(visit, 'Why is it on hold?', reasons, (index) => chosen(reasons[index] ?? ''))
  const other = element('input', { type: 'text', 'aria-label': 'Another reason' })
  other.maxLength = 300
  other.placeholder = 'Another reason'
  const form = element('form', { class: 'other' }, other, element('button', { type: 'submit' }, 'Hold'))
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const reason = other.value.trim()
    if (reason === '') return other.focus()
    box.close()
    chosen(reason)
  })
  body.lastChild?.before(form)
}

export function askMinutes(visit: TechnicianVisit, chosen: (minutes: number) => void): void {
  choices(visit, 'How late will you be?', MINUTES.map((minutes) => (minutes < 60 ? `${minutes} minutes` : minutes === 60 ? 'One hour' : `${minutes / 60} hours`)), (index) => chosen(MINUTES[index] ?? 10))
}

/** Words and photos of what came up; half written it is kept, also over a reload. */
export async function askIssue(visit: TechnicianVisit, kept: Kept, chosen: (text: string, photos: readonly Blob[]) => Promise<void>): Promise<void> {
  const draft = await kept.draft(visit.id)
  const photos: Blob[] = [...(draft?.photos ?? [])]
  // Photos that are being made smaller: nothing is sent without them.
  let making = 0
  let made: Promise<unknown> = Promise.resolve()
  const { box, body } = dialog('What came up?', visit)
  const words = element('textarea', { 'aria-label': 'What came up?' })
  ;[words.maxLength, words.rows, words.value] = [2000, 5, draft?.text ?? '']
  const hint = element('p', { class: 'quiet', role: 'status' }, 'It goes to the service manager.')
  const shown = element('div', { class: 'photos' })
  const keep = (): Promise<void> => kept.keepDraft(visit.id, words.value.trim() === '' && photos.length === 0 ? null : { text: words.value, photos })
  const show = (): void => {
    for (const old of shown.querySelectorAll('img')) URL.revokeObjectURL(old.src)
    shown.replaceChildren(
      ...photos.map((photo, index) => {
        const picture = document.createElement('img')
        ;[picture.src, picture.alt] = [URL.createObjectURL(photo), `Photo ${index + 1}`]
        return element('figure', {}, picture, element('button', { type: 'button', 'aria-label': `Remove photo ${index + 1}`, onclick: () => {
          photos.splice(index, 1)
          void keep()
          show()
        } }, 'Remove'))
      }),
    )
  }
  const camera = element('input', { type: 'file', 'aria-label': 'Add a photo' })
  ;[camera.accept, camera.id] = ['image/*', 'camera']
  camera.setAttribute('capture', 'environment')
  camera.addEventListener('change', () => {
    const [file] = camera.files ?? []
    camera.value = ''
    if (!file) return
    if (photos.length + making >= MOST_PHOTOS) {
      hint.textContent = `At most ${MOST_PHOTOS} photos go along.`
      return
    }
    making += 1
    // In the order in which they were taken.
    made = Promise.all([smallerPhoto(file), made]).then(([photo]) => {
      making -= 1
      photos.push(photo)
      show()
      return keep()
    })
  })
  const send = element('button', { type: 'button', class: 'main', onclick: () => {
    const text = words.value.trim()
    if (text === '') {
      hint.textContent = 'Say in a few words what came up.'
      words.focus()
      return
    }
    send.disabled = true
    camera.disabled = true
    if (making > 0) hint.textContent = 'The photo is being made ready. It goes along.'
    void made
      .then(() => chosen(text, photos))
      .then(() => kept.keepDraft(visit.id, null))
      .then(() => box.close())
      .catch(() => {
        ;[send.disabled, camera.disabled] = [false, false]
        hint.textContent = 'This telephone could not keep it: it may be full. Make room and send it again, or call the office.'
      })
  } }, 'Send to the office')
  words.addEventListener('input', () => void keep())
  body.prepend(words, hint, shown, element('label', { class: 'button' }, 'Add a photo', camera), send)
  show()
  words.focus()
}
