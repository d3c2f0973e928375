import { phoneConformance } from '../../../../tests/support/phoneConformance.ts'
import { twilioDriver } from '../../../../tests/support/phones/twilioOffice.ts'

phoneConformance('A number at Twilio', twilioDriver)
