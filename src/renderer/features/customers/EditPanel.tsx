import { EditContact } from './EditContact.tsx'
import { EditCustomer } from './EditCustomer.tsx'
import { EditFlags } from './EditFlags.tsx'
import { EditLocation } from './EditLocation.tsx'
import { EditNote } from './EditNote.tsx'
import { EditReach } from './EditReach.tsx'
import { EditWishes } from './EditWishes.tsx'
import type { Editing, EditProps } from './PanelForm.tsx'

/** The right column while something is edited. */
export function EditPanel({ customer, editing, onClose }: EditProps & { readonly editing: Editing }) {
  switch (editing.kind) {
    case 'customer':
      return <EditCustomer customer={customer} onClose={onClose} />
    case 'note':
      return <EditNote customer={customer} onClose={onClose} />
    case 'reach':
      return <EditReach customer={customer} onClose={onClose} />
    case 'flags':
      return <EditFlags customer={customer} onClose={onClose} />
    case 'wishes':
      return <EditWishes customer={customer} onClose={onClose} />
    case 'location':
      return <EditLocation customer={customer} onClose={onClose} locationId={editing.id} />
    case 'contact':
      return <EditContact customer={customer} onClose={onClose} contactId={editing.id} />
  }
}
