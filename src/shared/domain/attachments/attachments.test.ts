import { describe, expect, it } from 'vitest'
import { Office } from '../../../../tests/support/office.ts'
import { newId } from '../../base/id.ts'
import { MAX_ATTACHMENT_BYTES, TOO_LARGE } from './commands.ts'
import { handedOverAs, isShown, mediaTypeOf } from './mediaTypes.ts'
import { attachmentTable } from './tables.ts'

const ownerId = newId()
const SHA = 'ab'.repeat(32)

function opened(): { readonly office: Office; readonly customerId: string } {
  const office = new Office()
  office.must('company.create', { name: 'Copper Ridge', zone: 'America/Chicago', phase: 'rehearsal', ownerId, ownerName: 'Sean Avery' })
  const customerId = newId()
  office.must('customer.create', { customerId, kind: 'residential', firstName: 'Martin', lastName: 'Okonjo', companyName: '', leadSource: '', phones: [], emails: [], location: null }, ownerId)
  return { office, customerId }
}

const photo = (customerId: string, more: object = {}): Readonly<Record<string, unknown>> => ({ attachmentId: newId(), subjectKind: 'customer', subjectId: customerId, name: 'furnace.jpg', mediaType: 'image/jpeg', bytes: 4711, sha256: SHA, note: '', deviceName: 'Front desk 2', ...more })

describe('an attachment', () => {
  it('shows on its customer\u2019s page, with who added it where', () => {
    const { office, customerId } = opened()
    office.must('attachment.add', photo(customerId), ownerId)
    expect(office.engine.rows(attachmentTable)).toMatchObject([{ customerId, authorId: ownerId, deviceId: office.deviceId, deviceName: 'Front desk 2', storedAt: null, removedAt: null }])
  })

  it('is named without the folders it came from', () => {
    const { office, customerId } = opened()
    for (const name of ['C:\\Users\\Dana\\check.tif', '../../etc/check.tif', 'a\n/check.tif']) office.must('attachment.add', photo(customerId, { name }), ownerId)
    expect(new Set(office.engine.rows(attachmentTable).map(({ name }) => name))).toEqual(new Set(['check.tif']))
  })

  it('is refused in a sentence where it is too large, empty or has no name', () => {
    const { office, customerId } = opened()
    const refusal = (more: object): unknown => office.run('attachment.add', photo(customerId, more), ownerId)
    expect(refusal({ bytes: MAX_ATTACHMENT_BYTES + 1 })).toMatchObject({ kind: 'refused', refusal: { message: TOO_LARGE } })
    expect(refusal({ bytes: 0 })).toMatchObject({ kind: 'refused', refusal: { message: 'The file is empty.' } })
    expect(refusal({ name: 'folder/' })).toMatchObject({ kind: 'refused', refusal: { message: 'The name is empty.' } })
    expect(refusal({ bytes: MAX_ATTACHMENT_BYTES })).toMatchObject({ kind: 'accepted' })
  })

  it('is no longer on its way once the hub has it, and only that file is', () => {
    const { office, customerId } = opened()
    const [one, other] = [photo(customerId), photo(customerId, { sha256: 'cd'.repeat(32) })]
    for (const input of [one, other]) office.must('attachment.add', input, ownerId)
    office.must('attachment.stored', { sha256: SHA, attachmentIds: [one['attachmentId'], other['attachmentId'], newId()] })
    const storedAt = new Map(office.engine.rows(attachmentTable).map(({ id, storedAt: at }) => [id, at]))
    expect(storedAt.get(String(one['attachmentId']))).toBe(office.now)
    expect(storedAt.get(String(other['attachmentId']))).toBeNull()
    expect(office.must('attachment.stored', { sha256: SHA, attachmentIds: [one['attachmentId']] })).toEqual([])
  })

  it('is kept as a row when it is removed, is not renamed then, and can be put back', () => {
    const { office, customerId } = opened()
    const input = photo(customerId)
    const { attachmentId } = input
    office.must('attachment.add', input, ownerId)
    office.must('attachment.remove', { attachmentId }, ownerId)
    expect(office.engine.rows(attachmentTable)).toMatchObject([{ removedBy: ownerId }])
    expect(office.must('attachment.remove', { attachmentId }, ownerId)).toEqual([])
    expect(office.run('attachment.describe', { attachmentId, set: { name: 'Before.jpg' } }, ownerId)).toMatchObject({ kind: 'refused', refusal: { code: 'attachment.removed' } })
    office.must('attachment.remove', { attachmentId, removed: false }, ownerId)
    office.must('attachment.describe', { attachmentId, set: { name: 'Before.jpg' } }, ownerId)
    expect(office.engine.rows(attachmentTable)).toMatchObject([{ removedAt: null, removedBy: null, name: 'Before.jpg', note: '' }])
  })
})

describe('what a file is', () => {
  it('goes by its name, and nothing that could run is drawn or handed over as what it is', () => {
    expect(['a.JPG', 'a.tar.pdf', 'page.html', 'drawing.svg', 'none'].map(mediaTypeOf)).toEqual(['image/jpeg', 'application/pdf', 'application/octet-stream', 'application/octet-stream', 'application/octet-stream'])
    expect(['image/jpeg', 'image/svg+xml', 'text/html', 'application/pdf', 'image/heic'].filter(isShown)).toEqual(['image/jpeg'])
    expect(['text/html', 'image/svg+xml', 'application/pdf'].map(handedOverAs)).toEqual(['application/octet-stream', 'application/octet-stream', 'application/pdf'])
  })
})
