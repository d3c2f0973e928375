import { phoneConformance } from '../../../../tests/support/phoneConformance.ts'
import { ringCentralDriver } from '../../../../tests/support/phones/ringCentralOffice.ts'

phoneConformance('An extension at RingCentral', ringCentralDriver)
