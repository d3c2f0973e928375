import { randomUUID } from 'node:crypto'

/** The part of a telephone's description that its configuration says. */
export interface BaresipPlace {
  readonly address: string
  readonly port: number
  readonly controlPort: number
  readonly rtpFirst: number
  readonly account: string
}

const RTP_PORTS = 98

/**
 * Applications are told of every call; the others are codecs, sources and filters. Not mwi: where its subscription meets
 * another one for the same extension it tries again without a pause, and the telephone does nothing else any more.
 */
const MODULES = ['ctrl_tcp', 'g711', 'aufile', 'aubridge', 'sndfile', 'uuid']
const APPLICATIONS = ['account', 'contact', 'menu']

/** No sounds of its own: whatever is heard came over the line. */
const MUTE = ['ring', 'ringback', 'callwaiting', 'busy', 'error', 'notfound'].map((sound) => `${sound}_aufile none`)

/**
 * The files of baresip's folder. It reads its microphone from a WAV, and its sndfile filter writes what it hears
 * (`dump-…-dec.wav`) and says (`…-enc.wav`) for every call. It plays into a bridge that leads nowhere: without any player
 * it would set its filters up anew, and wrongly, whenever a call is held.
 */
export function baresipConfig(place: BaresipPlace, folder: string, source: string): Readonly<Record<string, string>> {
  const config = [
    'poll_method epoll',
    `sip_listen ${place.address}:${place.port}`,
    'sip_trans_def udp',
    'net_interface 127.0.0.1',
    'call_local_timeout 120',
    'call_max_calls 8',
    `audio_source aufile,${source}`,
    'audio_player aubridge,nobody',
    'audio_alert aubridge,nobody',
    'ausrc_srate 8000',
    'auplay_srate 8000',
    'ausrc_channels 1',
    'auplay_channels 1',
    'audio_level no',
    `rtp_ports ${place.rtpFirst}-${place.rtpFirst + RTP_PORTS}`,
    'rtcp_mux no',
    'rtp_timeout 0',
    'redial_attempts 0',
    'module_path /usr/lib/baresip/modules',
    ...MODULES.map((name) => `module ${name}.so`),
    ...APPLICATIONS.map((name) => `module_app ${name}.so`),
    `ctrl_tcp_listen ${place.address}:${place.controlPort}`,
    `snd_path ${folder}`,
    ...MUTE,
  ]
  return { config: `${config.join('\n')}\n`, accounts: `${place.account}\n`, contacts: '', uuid: randomUUID() }
}
