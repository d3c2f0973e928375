import { useEffect, useRef, useState } from 'react'
import { ActionButton } from '../../components/ActionButton.tsx'
import { Choice, type Option } from '../../components/Choice.tsx'
import { FieldRow } from '../../components/Field.tsx'
import { type AudioDevice, type CheckAnswer, type CheckRequest, openAudioCheck } from '../../media/audioCheck.ts'
import { type AudioDevices, keepAudioDevices, readAudioDevices } from '../../media/audioDevices.ts'
import { usePhoneLine } from '../../stores/phoneLine.ts'
import { Switch } from './formFields.tsx'
import classes from './settings.module.css'

/** As the value of a choice: an empty one would be none. */
const SYSTEM = 'system'
const METER_AGAIN_MS = 1_000
/** Speech of usual loudness has about this; it fills the meter to three quarters. */
const LOUD = 0.2

const ECHO = { speak: 'Speak now: three seconds.', listen: 'This is how you sound.', done: 'That was it.', failed: 'The microphone could not be opened.' } as const

interface Check {
  readonly devices: readonly AudioDevice[]
  readonly level: number
  readonly echo: keyof typeof ECHO | null
  readonly ask: (request: CheckRequest) => void
}

/** Speaks with the page that has the microphone, while this screen is open. */
function useAudioCheck(): Check {
  const channel = useRef<BroadcastChannel | null>(null)
  const [devices, setDevices] = useState<readonly AudioDevice[]>([])
  const [level, setLevel] = useState(0)
  const [echo, setEcho] = useState<keyof typeof ECHO | null>(null)
  useEffect(() => {
    const hear = ({ data }: MessageEvent<CheckAnswer>): void => {
      switch (data.t) {
        case 'level':
          return setLevel(data.level)
        case 'echo':
          return setEcho(data.state)
        case 'devices':
          return setDevices(data.devices)
      }
    }
    const opened = openAudioCheck()
    channel.current = opened
    const ask = (request: CheckRequest): void => opened.postMessage(request)
    opened.addEventListener('message', hear)
    ask({ t: 'devices' })
    ask({ t: 'meter' })
    const again = setInterval(() => ask({ t: 'meter' }), METER_AGAIN_MS)
    return () => {
      clearInterval(again)
      opened.close()
    }
  }, [])
  return { devices, level, echo, ask: (request) => channel.current?.postMessage(request) }
}

function optionsOf(devices: readonly AudioDevice[], kind: AudioDevice['kind'], chosen: string): readonly Option<string>[] {
  const known = devices.filter((device) => device.kind === kind).map(({ id, label }) => ({ value: id, label }))
  const missing = chosen !== '' && !known.some(({ value }) => value === chosen) ? [{ value: chosen, label: 'The one chosen before', detail: 'not plugged in' }] : []
  return [{ value: SYSTEM, label: 'As the system has it' }, ...known, ...missing]
}

/** Headset, speaker and ringer apart, and whether they work. */
export function PhoneDevices() {
  const [chosen, setChosen] = useState(readAudioDevices)
  const audio = usePhoneLine()?.audio
  const { devices, level, echo, ask } = useAudioCheck()
  const choose = (part: Partial<AudioDevices>): void => {
    const next = { ...chosen, ...part }
    setChosen(next)
    keepAudioDevices(next)
  }
  const choice = (label: string, field: 'microphone' | 'headset' | 'ringer', kind: AudioDevice['kind']) => (
    <Choice label={label} options={optionsOf(devices, kind, chosen[field])} value={chosen[field] === '' ? SYSTEM : chosen[field]} onChange={(value) => choose({ [field]: value === SYSTEM ? '' : value })} />
  )
  const percent = Math.min(100, Math.round((level / LOUD) * 75))
  return (
    <section aria-label="Headset and ringer" className={classes['devices']}>
      <h3>Headset and ringer</h3>
      {audio && audio.status !== 'ready' ? <p className="alert-t" role="status">{audio.reason}</p> : null}
      {!audio ? <p className="t2">Save the telephone first; then choose the headset and try it.</p> : null}
      <FieldRow>
        {choice('Microphone', 'microphone', 'input')}
        {choice('Voices are heard in', 'headset', 'output')}
        {choice('It rings at', 'ringer', 'output')}
      </FieldRow>
      <Switch label="It rings in the headset too" checked={chosen.ringInBoth} onChange={(ringInBoth) => choose({ ringInBoth })} />
      <div className="row">
        <span className="t2" id="microphone-level">Microphone</span>
        <div className={classes['meter']} role="meter" aria-labelledby="microphone-level" aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent} aria-valuetext={percent > 5 ? 'It hears something' : 'It hears nothing'}>
          <div className={classes['meterBar']} style={{ width: `${percent}%` }} />
        </div>
      </div>
      <div className="row">
        <ActionButton label="Echo test" busy={echo === 'speak' || echo === 'listen'} onClick={() => ask({ t: 'echo' })} />
        <ActionButton label="Hear the ring" onClick={() => ask({ t: 'ring' })} />
        <span aria-live="polite" className={echo === 'failed' ? 'alert-t' : 't2'}>{echo === null ? '' : ECHO[echo]}</span>
      </div>
    </section>
  )
}
