import { phoneConformance } from '../../../../tests/support/phoneConformance.ts'
import { asteriskDriver } from '../../../../tests/support/phones/asterisk.ts'

phoneConformance('Asterisk by its Manager Interface', asteriskDriver)
