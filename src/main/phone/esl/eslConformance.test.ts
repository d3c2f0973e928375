import { phoneConformance } from '../../../../tests/support/phoneConformance.ts'
import { freeswitchDriver } from '../../../../tests/support/phones/freeswitch.ts'

phoneConformance('FreeSWITCH by its event socket', freeswitchDriver)
