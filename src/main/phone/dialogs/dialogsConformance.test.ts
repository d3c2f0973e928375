import { phoneConformance } from '../../../../tests/support/phoneConformance.ts'
import { deskDriver } from '../../../../tests/support/phones/deskOffice.ts'

phoneConformance('A desk telephone by dialog events', deskDriver)
