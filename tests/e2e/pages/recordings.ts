import { expect, type Locator, type Page } from '@playwright/test'
import { TelephoneDesk } from './telephone.ts'

/** Recording a call by keys, and listening to it in the call log. */
export class RecordingDesk extends TelephoneDesk {
  readonly notice: Locator
  readonly card: Locator
  readonly wave: Locator
  readonly position: Locator
  readonly voicemailWave: Locator
  readonly notRecorded: Locator

  constructor(page: Page) {
    super(page)
    this.notice = page.getByRole('region', { name: 'Notice of recording' })
    this.card = page.getByRole('region', { name: 'Card payment' })
    this.wave = page.getByRole('slider', { name: 'Position in the recording' })
    this.voicemailWave = page.getByRole('slider', { name: 'Position in the voicemail' })
    this.position = page.getByRole('timer', { name: 'Position' })
    this.notRecorded = page.getByRole('list', { name: 'Not recorded' })
  }

  /** Reads the notice to the caller and records. */
  async readAndRecord(): Promise<void> {
    await this.key('Control+F7')
    await expect(this.notice).toBeVisible()
    await this.key('Control+F7')
    await expect(this.notice).toBeHidden()
    await expect(this.cell).toContainText('Recording ·')
  }

  /** Opens the newest call of the log, where its recording is. */
  async openNewestCall(): Promise<void> {
    await this.key('Alt+Shift+C')
    await expect(this.calls.list).toBeVisible()
    await expect(this.calls.list.getByRole('row').nth(1)).toBeVisible()
    await this.key('j')
    await expect(this.calls.detail).toBeVisible()
  }
}
