import { assertNever } from '../../../shared/base/assertNever.ts'
import type { PhoneKind, SecretName } from '../../../shared/contract/methods/phoneAccounts.ts'
import { FieldRow } from '../../components/Field.tsx'
import { TextInput } from '../../components/TextInput.tsx'
import { FormNumber, FormSwitch, FormText, FormWords } from './formFields.tsx'
import type { PhoneDraft, TypedSecret } from './phoneDraft.ts'
import type { RecordForm } from './useRecordForm.ts'

/** What is typed of the secrets, and which of them are kept here: they never come back to a page. */
export interface Secrets {
  readonly typed: TypedSecret
  readonly kept: readonly SecretName[]
  readonly type: (name: SecretName, text: string) => void
  /** What the backend found wrong with one. */
  readonly errorOf: (name: SecretName) => string | null
}

interface FieldsProps {
  readonly form: RecordForm<PhoneDraft>
  readonly secrets: Secrets
}

const KEPT = 'Kept in this workstation\u2019s keychain where it has one; in no backup.'

function Secret({ secrets, name, label, another, hint = KEPT }: { readonly secrets: Secrets; readonly name: SecretName; readonly label: string; readonly another: string; readonly hint?: string }) {
  return (
    <TextInput
      label={secrets.kept.includes(name) ? another : label}
      hint={hint}
      type="password"
      autoComplete="new-password"
      value={secrets.typed[name] ?? ''}
      onChange={(text) => secrets.type(name, text)}
      error={secrets.errorOf(name)}
      maxLength={8_000}
    />
  )
}

function Certificate({ form }: Pick<FieldsProps, 'form'>) {
  return (
    <FieldRow>
      <FormText form={form} field="certificate" label="The server’s certificate" hint="Only where its certificate comes from your own office: paste it, from -----BEGIN CERTIFICATE----- on." rows={3} maxLength={20_000} />
    </FieldRow>
  )
}

function SipFields({ form, secrets, watches }: FieldsProps & { readonly watches: boolean }) {
  return (
    <>
      <FieldRow>
        <FormText form={form} field="server" label="Telephone server" hint="Such as wss://phones.example.com/ws" required grow={2} maxLength={300} />
        <FormText form={form} field="domain" label="Domain" hint="The part after the @" required maxLength={200} />
      </FieldRow>
      <FieldRow>
        <FormText form={form} field="extension" label="Extension" hint={watches ? 'Of the telephone on this desk' : 'The part before the @'} required maxLength={60} />
        <FormText form={form} field="userName" label="User name" hint="Empty where it is the extension." maxLength={120} />
        {watches ? null : <FormText form={form} field="displayName" label="Name shown to those you call" maxLength={80} />}
      </FieldRow>
      {watches ? (
        <FieldRow>
          <FormWords form={form} field="watched" label="Colleagues’ extensions" hint="Between commas: who is on the phone, and who took a ring. Without them a ring that a colleague took counts as missed." />
        </FieldRow>
      ) : null}
      <FieldRow>
        <Secret secrets={secrets} name="password" label="Password" another="Another password" />
      </FieldRow>
      <Certificate form={form} />
      {watches ? null : <RelayFields form={form} secrets={secrets} />}
    </>
  )
}

/** What a softphone needs to be told where its office is not the usual one. */
function RelayFields({ form, secrets }: FieldsProps) {
  return (
    <>
      <FieldRow>
        <FormText form={form} field="pickUpCode" label="Pick-up code" hint="Dialled before a colleague’s extension to take the ring there; ** where it is empty." maxLength={12} />
      </FieldRow>
      <FieldRow>
        <FormWords form={form} field="relays" label="Relay servers" hint="Only where sound has to cross into another network. Between commas: stun:relay.example.com, turns:relay.example.com:5349" grow={2} />
      </FieldRow>
      {form.draft.relays.length > 0 ? (
        <FieldRow>
          <FormText form={form} field="relayUser" label="Name at the relay" maxLength={200} />
          <Secret secrets={secrets} name="relayPassword" label="Password at the relay" another="Another password at the relay" hint={`Told to the relay and to the hidden page with the sound. ${KEPT}`} />
        </FieldRow>
      ) : null}
    </>
  )
}

/** The line to a PBX's own socket. */
function SocketFields({ form, plain }: Pick<FieldsProps, 'form'> & { readonly plain: string }) {
  return (
    <>
      <FieldRow>
        <FormText form={form} field="host" label="Telephone system" hint="Such as pbx.example.com" required grow={2} maxLength={253} />
        <FormNumber form={form} field="port" label="Port" required />
      </FieldRow>
      <FormSwitch form={form} field="tls" label="The line is encrypted (TLS)" />
      {form.draft.tls ? null : <FormSwitch form={form} field="ownNetwork" label="The network in between is the office’s own" />}
      {form.draft.tls ? null : <p className="t2">{plain}</p>}
    </>
  )
}

function AmiFields({ form, secrets }: FieldsProps) {
  return (
    <>
      <SocketFields form={form} plain="Without encryption only on this machine, or on a network that nobody else is on." />
      <FieldRow>
        <FormText form={form} field="userName" label="Manager" hint="Its name in manager.conf: read = call,system and write = call,originate,system" required maxLength={120} />
        <Secret secrets={secrets} name="secret" label="Secret" another="Another secret" />
      </FieldRow>
      <FieldRow>
        <FormText form={form} field="extension" label="Extension" hint="Of the telephone on this desk" required maxLength={60} />
        <FormText form={form} field="technology" label="Channel" hint="PJSIP or SIP" required maxLength={40} />
        <FormText form={form} field="context" label="Context" hint="What the telephone dials in" required maxLength={80} />
      </FieldRow>
      {form.draft.tls ? <Certificate form={form} /> : null}
    </>
  )
}

function EslFields({ form, secrets }: FieldsProps) {
  return (
    <>
      <SocketFields form={form} plain="The event socket is not encrypted, and its password opens the whole system: only on this machine, through a tunnel, or on a network that nobody else is on." />
      <FieldRow>
        <Secret secrets={secrets} name="password" label="Password" another="Another password" hint={`Of the event socket, in event_socket.conf.xml. ${KEPT}`} />
      </FieldRow>
      <FieldRow>
        <FormText form={form} field="extension" label="Extension" hint="Of the telephone on this desk" required maxLength={60} />
        <FormText form={form} field="domain" label="Domain" hint="Of its directory entry" required maxLength={200} />
        <FormText form={form} field="context" label="Context" hint="What the telephone dials in" required maxLength={80} />
      </FieldRow>
      {form.draft.tls ? <Certificate form={form} /> : null}
    </>
  )
}

/** Where messages come in. */
function ListenFields({ form, path }: Pick<FieldsProps, 'form'> & { readonly path: string }) {
  const { listenHost, listenPort } = form.draft
  return (
    <>
      <FieldRow>
        <FormText form={form} field="listenHost" label="Baton listens at" hint="127.0.0.1 unless messages come from another machine." required grow={2} maxLength={253} />
        <FormNumber form={form} field="listenPort" label="Port" required />
      </FieldRow>
      <FormSwitch form={form} field="ownNetwork" label="The network in between is the office’s own" />
      <p className="t2">
        Messages reach Baton at http://{listenHost}:{listenPort}
        {path}
      </p>
    </>
  )
}

function WebhookFields({ form, secrets }: FieldsProps) {
  return (
    <>
      <FieldRow>
        <FormText form={form} field="name" label="Name" hint="As people know it: Front desk at Acme Voice" required grow={2} maxLength={80} />
        <FormText form={form} field="extension" label="Extension" hint="Empty takes every message for this desk’s." maxLength={60} />
      </FieldRow>
      <ListenFields form={form} path="/phone/events" />
      <FieldRow>
        <FormWords form={form} field="soundHosts" label="Hosts voicemails are fetched from" hint="Only where a message says where the sound is. Between commas: pbx.example.com. Always by https." />
      </FieldRow>
      <FieldRow>
        <Secret secrets={secrets} name="secret" label="Secret" another="Another secret" hint={`At least 32 letters, the same where the messages are sent. ${KEPT}`} />
      </FieldRow>
    </>
  )
}

function TwilioFields({ form, secrets }: FieldsProps) {
  return (
    <>
      <FieldRow>
        <FormText form={form} field="accountSid" label="Account SID" hint="Begins with AC" required grow={2} maxLength={40} />
        <Secret secrets={secrets} name="authToken" label="Auth token" another="Another auth token" />
      </FieldRow>
      <FieldRow>
        <FormText form={form} field="lineNumber" label="Number at Twilio" hint="Callers dial it" required maxLength={40} />
        <FormText form={form} field="telephone" label="Telephone it rings" hint="A number, or an address that begins with sip:" required maxLength={200} />
      </FieldRow>
      <FieldRow>
        <FormText form={form} field="publicUrl" label="Address for Twilio" hint="Where the office’s reverse proxy passes messages on, such as https://phones.example.com/twilio" required maxLength={300} />
      </FieldRow>
      <ListenFields form={form} path="/voice and /status" />
      <FieldRow>
        <FormText form={form} field="voicemailGreeting" label="Greeting before a voicemail" hint="Read to callers whom nobody answers; they may speak for three minutes. Empty: they are hung up on." rows={2} maxLength={500} />
      </FieldRow>
      <p className="t2">At Twilio, the number’s voice webhook is POST {form.draft.publicUrl || '…'}/voice, its status callback {form.draft.publicUrl || '…'}/status.</p>
    </>
  )
}

function RingCentralFields({ form, secrets }: FieldsProps) {
  return (
    <>
      <FieldRow>
        <FormText form={form} field="name" label="Name" hint="As people know it: Extension 101" required maxLength={80} />
        <FormText form={form} field="lineNumber" label="The office’s number" required maxLength={40} />
        <FormText form={form} field="deviceId" label="Device" hint="The id of what answers and dials" required maxLength={80} />
      </FieldRow>
      <FieldRow>
        <FormText form={form} field="server" label="RingCentral" required grow={2} maxLength={300} />
        <FormText form={form} field="clientId" label="Client id" hint="Of the office’s own application" required maxLength={200} />
      </FieldRow>
      <FieldRow>
        <Secret secrets={secrets} name="clientSecret" label="Client secret" another="Another client secret" />
        <Secret secrets={secrets} name="jwt" label="JWT" another="Another JWT" hint="Of the person whose extension it is. Kept the same way." />
      </FieldRow>
    </>
  )
}

/** What a kind of telephone has to be told. */
export function PhoneFields({ kind, form, secrets }: FieldsProps & { readonly kind: PhoneKind }) {
  switch (kind) {
    case 'none':
      return null
    case 'sip':
      return <SipFields form={form} secrets={secrets} watches={false} />
    case 'dialogs':
      return <SipFields form={form} secrets={secrets} watches />
    case 'ami':
      return <AmiFields form={form} secrets={secrets} />
    case 'esl':
      return <EslFields form={form} secrets={secrets} />
    case 'webhook':
      return <WebhookFields form={form} secrets={secrets} />
    case 'twilio':
      return <TwilioFields form={form} secrets={secrets} />
    case 'ringcentral':
      return <RingCentralFields form={form} secrets={secrets} />
    default:
      return assertNever(kind, 'kind of telephone')
  }
}
