import { type ComponentType, lazy, type LazyExoticComponent } from 'react'
import type { Permission } from '../../shared/domain/people/permissions.ts'
import type { IconName } from '../components/icons.tsx'
import type { ScreenProps } from './screenProps.ts'

export interface Area {
  /** First part of the address and of `navigate({area})`. */
  readonly area: string
  readonly label: string
  readonly screen: LazyExoticComponent<ComponentType<ScreenProps>>
  /** Alt+Shift and this letter goes there from anywhere, also while typing. */
  readonly letter?: string
  /** Where it stands on the rail; an area without an icon is reached from other screens only. */
  readonly icon?: IconName
  /** Whom the rail shows it to; the backend decides again at every request. */
  readonly permission?: Permission
}

const ORDER = ['desk', 'calls', 'leads', 'board', 'customers', 'queues', 'tasks', 'money', 'numbers', 'practice', 'settings'] as const

/**
 * Every screen, one line each, loaded when first opened:
 * `{ area: 'queues', label: 'Queues', icon: 'queues', letter: 'Q', screen: lazy(() => import('./queues/QueuesScreen.tsx').then((file) => ({ default: file.QueuesScreen }))) },`
 */
const registered: readonly Area[] = [
  { area: 'import', label: 'Import', permission: 'import.run', screen: lazy(() => import('./intake/ImportScreen.tsx').then((file) => ({ default: file.ImportScreen }))) },
  { area: 'money', label: 'Money', icon: 'money', letter: 'M', permission: 'invoice.edit', screen: lazy(() => import('./money/MoneyScreen.tsx').then((file) => ({ default: file.MoneyScreen }))) },
  { area: 'settings', label: 'Settings', icon: 'settings', letter: 'S', permission: 'settings.edit', screen: lazy(() => import('./settings/SettingsScreen.tsx').then((file) => ({ default: file.SettingsScreen }))) },
  { area: 'customers', label: 'Customers', icon: 'customers', letter: 'U', permission: 'office.view', screen: lazy(() => import('./customers/CustomersScreen.tsx').then((file) => ({ default: file.CustomersScreen }))) },
  { area: 'jobs', label: 'Jobs', screen: lazy(() => import('./jobs/JobScreen.tsx').then((file) => ({ default: file.JobScreen }))) },
  { area: 'booking', label: 'Booking', permission: 'job.book', screen: lazy(() => import('./booking/BookingScreen.tsx').then((file) => ({ default: file.BookingScreen }))) },
  { area: 'board', label: 'Board', icon: 'board', letter: 'B', screen: lazy(() => import('./board/BoardScreen.tsx').then((file) => ({ default: file.BoardScreen }))) },
  { area: 'desk', label: 'Desk', icon: 'desk', letter: 'D', screen: lazy(() => import('./desk/DeskScreen.tsx').then((file) => ({ default: file.DeskScreen }))) },
  { area: 'calls', label: 'Calls', icon: 'calls', letter: 'C', screen: lazy(() => import('./calls/CallsScreen.tsx').then((file) => ({ default: file.CallsScreen }))) },
  { area: 'manuals', label: 'Manuals', letter: 'L', permission: 'office.view', screen: lazy(() => import('./scripts/ManualsScreen.tsx').then((file) => ({ default: file.ManualsScreen }))) },
  { area: 'practice', label: 'Practice', icon: 'headset', letter: 'P', permission: 'practice.do', screen: lazy(() => import('./practice/PracticeScreen.tsx').then((file) => ({ default: file.PracticeScreen }))) },
  { area: 'tasks', label: 'Tasks', icon: 'tasks', letter: 'T', screen: lazy(() => import('./tasks/TasksScreen.tsx').then((file) => ({ default: file.TasksScreen }))) },
  { area: 'waitlist', label: 'Wait list', letter: 'W', permission: 'job.book', screen: lazy(() => import('./waitlist/WaitListScreen.tsx').then((file) => ({ default: file.WaitListScreen }))) },
  { area: 'leads', label: 'Leads', icon: 'message', letter: 'E', permission: 'job.book', screen: lazy(() => import('./leads/LeadsScreen.tsx').then((file) => ({ default: file.LeadsScreen }))) },
  { area: 'worklists', label: 'Calls to return', letter: 'R', permission: 'call.handle', screen: lazy(() => import('./calls/WorklistScreen.tsx').then((file) => ({ default: file.WorklistScreen }))) },
  { area: 'wall', label: 'Wall', letter: 'O', permission: 'office.view', screen: lazy(() => import('./phoneOffice/WallScreen.tsx').then((file) => ({ default: file.WallScreen }))) },
  { area: 'alerts', label: 'Alerts', letter: 'A', permission: 'visit.progress', screen: lazy(() => import('./watch/AlertsScreen.tsx').then((file) => ({ default: file.AlertsScreen }))) },
  { area: 'truthHour', label: 'Truth Comes Home Hour', letter: 'V', permission: 'visit.progress', screen: lazy(() => import('./truthHour/TruthHourScreen.tsx').then((file) => ({ default: file.TruthHourScreen }))) },
  { area: 'endOfDay', label: 'End of day', letter: 'N', permission: 'visit.progress', screen: lazy(() => import('./endOfDay/EndOfDayScreen.tsx').then((file) => ({ default: file.EndOfDayScreen }))) },
  { area: 'daySheets', label: 'Day sheets', letter: 'Y', permission: 'office.view', screen: lazy(() => import('./daySheets/DaySheetsScreen.tsx').then((file) => ({ default: file.DaySheetsScreen }))) },
  { area: 'map', label: 'Map', letter: 'G', permission: 'office.view', screen: lazy(() => import('./map/MapScreen.tsx').then((file) => ({ default: file.MapScreen }))) },
  { area: 'trays', label: 'Trays', permission: 'office.view', screen: lazy(() => import('./windows/TraysScreen.tsx').then((file) => ({ default: file.TraysScreen }))) },
  { area: 'dayWall', label: 'Wall board', permission: 'office.view', screen: lazy(() => import('./windows/DayWallScreen.tsx').then((file) => ({ default: file.DayWallScreen }))) },
  { area: 'materials', label: 'Material list', permission: 'office.view', screen: lazy(() => import('./materials/MaterialsScreen.tsx').then((file) => ({ default: file.MaterialsScreen }))) },
  { area: 'queues', label: 'Queues', icon: 'queues', letter: 'Q', screen: lazy(() => import('./queues/QueuesScreen.tsx').then((file) => ({ default: file.QueuesScreen }))) },
]

const place = (area: Area): number => {
  const index = ORDER.indexOf(area.area as (typeof ORDER)[number])
  return index === -1 ? ORDER.length : index
}

/** In the order of the rail. */
export const AREAS: readonly Area[] = [...registered].sort((left, right) => place(left) - place(right))
