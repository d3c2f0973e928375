import { phoneConformance } from '../../../../tests/support/phoneConformance.ts'
import { webhookDriver } from '../../../../tests/support/phones/webhookSender.ts'

phoneConformance('A telephone system that sends signed messages', webhookDriver)
