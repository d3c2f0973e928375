import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { infoXml } from '../../../../tests/support/phones/dialogServer.ts'
import { dialogInfoIn } from './dialogInfo.ts'
import { readXml } from './smallXml.ts'

describe('a notice of dialogs', () => {
  it('is read as RFC 4235 has it', () => {
    const body = `<?xml version="1.0" encoding="UTF-8"?>
      <!-- an INVITE forked: two dialogs -->
      <d:dialog-info xmlns:d="urn:ietf:params:xml:ns:dialog-info" version="3" state="partial" entity="sip:alice@example.com">
        <d:dialog id="as7d900as8" call-id="a84b4c76e66710" local-tag="1928301774" remote-tag='456887766' direction="recipient">
          <d:state event="cancelled" code="487">terminated</d:state>
          <d:duration>145</d:duration>
          <d:local><d:target uri="sip:alice@pc33.example.com"><d:param pname="+sip.rendering" pval="no"/></d:target></d:local>
          <d:remote><d:identity display="J&#246;rg &amp; S&#xf6;hne">sip:%2b15125550140@example.org;user=phone</d:identity></d:remote>
        </d:dialog>
      </d:dialog-info>`
    expect(dialogInfoIn(body)).toEqual({
      version: 3,
      full: false,
      dialogs: [
        {
          id: 'as7d900as8',
          callId: 'a84b4c76e66710',
          direction: 'recipient',
          state: 'terminated',
          event: 'cancelled',
          code: 487,
          local: { user: 'alice', display: '', rendering: false },
          remote: { user: '+15125550140', display: 'J\u00f6rg & S\u00f6hne', rendering: null },
        },
      ],
    })
  })

  it('leaves out dialogs that can\u2019t be read, and keeps the others', () => {
    const good = infoXml('101', 1, 'full', [{ id: 'a', callId: 'c', direction: 'recipient', state: 'early', remote: 'sip:x@y' }])
    const bad = good.replace('</dialog-info>', '<dialog><state>early</state></dialog><dialog id="z"><state>dancing</state></dialog></dialog-info>')
    expect(dialogInfoIn(bad)?.dialogs.map(({ id }) => id)).toEqual(['a'])
  })

  it('is none where the document is hostile or broken', () => {
    const wrapped = (inside: string): string => `<dialog-info version="1" state="full">${inside}</dialog-info>`
    const hostile = [
      '<!DOCTYPE d [<!ENTITY a "b">]><dialog-info version="1" state="full">&a;</dialog-info>',
      '<!DOCTYPE d SYSTEM "file:///etc/passwd"><dialog-info version="1" state="full"/>',
      wrapped('&lol;'),
      wrapped('&#0;'),
      wrapped('&#xD800;'),
      wrapped('<![CDATA[x]]>'),
      wrapped('<a></b>'),
      wrapped('<a x="1" x="2"/>'),
      wrapped('<a x=1/>'),
      wrapped('<a x="<"/>'),
      wrapped('<a>'.repeat(20) + '</a>'.repeat(20)),
      wrapped('<a/>'.repeat(2_001)),
      wrapped('x'.repeat(70_000)),
      `${wrapped('')}${wrapped('')}`,
      `${wrapped('')} trailing`,
      '<dialog-info version="-1" state="full"/>',
      '<dialog-info version="1" state="some"/>',
      '<presence version="1" state="full"/>',
    ]
    expect(hostile.filter((body) => dialogInfoIn(body) !== null)).toEqual([])
  })

  it('never throws and never takes long, whatever is sent', () => {
    const piece = fc.constantFrom('<', '>', '/', '<!--', '-->', '<?', '?>', '<dialog ', 'id="', '"', '&', '&amp;', ';', ' ', 'a', '=', '\u0027', '</dialog>', '<dialog-info version="1" state="full">', '</dialog-info>')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 400 }), (pieces) => {
        dialogInfoIn(pieces.join(''))
        return true
      }),
      { numRuns: 300 },
    )
    for (const long of ['<a '.repeat(20_000), '<!--'.repeat(15_000), '<a x="'.repeat(10_000), `<a${' x="1"'.repeat(10_000)}`, '&'.repeat(60_000), '<a>'.repeat(20_000)]) expect(readXml(long)).toBeNull()
  })
})
