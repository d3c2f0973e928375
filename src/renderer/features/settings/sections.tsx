import type { ComponentType } from 'react'
import { ManualsSection } from '../scripts/ManualsSection.tsx'
import { ScriptsSection } from '../scripts/ScriptsSection.tsx'
import { SpecialsSection } from '../scripts/SpecialsSection.tsx'
import { AppearanceSection } from './AppearanceSection.tsx'
import { BackupSection } from './BackupSection.tsx'
import { CompanySection } from './CompanySection.tsx'
import { DeskSection } from './DeskSection.tsx'
import { DispatchSection } from './DispatchSection.tsx'
import { HubSection } from './HubSection.tsx'
import { LeadMailboxSection } from './LeadMailboxSection.tsx'
import { LeadQuestionsSection } from './LeadQuestionsSection.tsx'
import { LeadSourcesSection } from './LeadSourcesSection.tsx'
import { MailSection } from './MailSection.tsx'
import { ExtensionsSection } from '../phoneOffice/ExtensionsSection.tsx'
import { LinesSection } from '../phoneOffice/LinesSection.tsx'
import { PhoneRulesSection } from '../phoneOffice/PhoneRulesSection.tsx'
import { MapSection } from './MapSection.tsx'
import { PeopleSection } from './PeopleSection.tsx'
import { PhoneSection } from './PhoneSection.tsx'
import { PracticeSection } from './PracticeSection.tsx'
import { QueuesSection } from './QueuesSection.tsx'
import { JobTypesSection, PriceBookSection, PrioritiesSection, UnitsSection } from './referenceSections.tsx'
import type { SectionProps } from './sectionProps.ts'
import { ServiceAreaSection } from './ServiceAreaSection.tsx'
import { TaxZonesSection } from './TaxZonesSection.tsx'
import { TechniciansSection } from './TechniciansSection.tsx'

export interface Section {
  readonly key: string
  readonly label: string
  readonly group: 'Company' | 'Telephone' | 'Work' | 'Money' | 'This workstation'
  readonly view: ComponentType<SectionProps>
}

/** In the order of the list at the left. */
export const SECTIONS: readonly Section[] = [
  { key: 'company', label: 'Company', group: 'Company', view: CompanySection },
  { key: 'people', label: 'People and PINs', group: 'Company', view: PeopleSection },
  { key: 'mail', label: 'Mail', group: 'Company', view: MailSection },
  { key: 'leadMailbox', label: 'Lead mailbox', group: 'Company', view: LeadMailboxSection },
  { key: 'units', label: 'Business units', group: 'Company', view: UnitsSection },
  { key: 'lines', label: 'Lines and brands', group: 'Telephone', view: LinesSection },
  { key: 'extensions', label: 'Extensions and skills', group: 'Telephone', view: ExtensionsSection },
  { key: 'phoneRules', label: 'Wrap-up and back-up', group: 'Telephone', view: PhoneRulesSection },
  { key: 'queues', label: 'Queues', group: 'Work', view: QueuesSection },
  { key: 'technicians', label: 'Technicians', group: 'Work', view: TechniciansSection },
  { key: 'jobTypes', label: 'Job types', group: 'Work', view: JobTypesSection },
  { key: 'priorities', label: 'Priorities', group: 'Work', view: PrioritiesSection },
  { key: 'scripts', label: 'Scripts', group: 'Work', view: ScriptsSection },
  { key: 'specials', label: 'Specials', group: 'Work', view: SpecialsSection },
  { key: 'manuals', label: 'Manuals', group: 'Work', view: ManualsSection },
  { key: 'dispatch', label: 'Windows and reasons', group: 'Work', view: DispatchSection },
  { key: 'desk', label: 'Emergencies and load', group: 'Work', view: DeskSection },
  { key: 'leadSources', label: 'Lead sources', group: 'Work', view: LeadSourcesSection },
  { key: 'leadQuestions', label: 'Qualification', group: 'Work', view: LeadQuestionsSection },
  { key: 'serviceArea', label: 'Service area', group: 'Work', view: ServiceAreaSection },
  { key: 'priceBook', label: 'Price book', group: 'Money', view: PriceBookSection },
  { key: 'taxZones', label: 'Tax zones', group: 'Money', view: TaxZonesSection },
  { key: 'hub', label: 'Hub', group: 'This workstation', view: HubSection },
  { key: 'phone', label: 'Phone', group: 'This workstation', view: PhoneSection },
  { key: 'practice', label: 'Practice line', group: 'This workstation', view: PracticeSection },
  { key: 'appearance', label: 'Appearance', group: 'This workstation', view: AppearanceSection },
  { key: 'map', label: 'Map pictures', group: 'This workstation', view: MapSection },
  { key: 'data', label: 'Import and backup', group: 'This workstation', view: BackupSection },
]
