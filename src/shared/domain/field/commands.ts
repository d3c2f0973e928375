import type { Command } from '../kernel/command.ts'
import { addFieldPhoto, raiseIssue } from './issue.ts'
import { issueLink, openedLink, revokeLink } from './links.ts'
import { reportFromField } from './report.ts'

export const fieldCommands = [issueLink, revokeLink, openedLink, reportFromField, raiseIssue, addFieldPhoto] as const satisfies readonly Command[]
