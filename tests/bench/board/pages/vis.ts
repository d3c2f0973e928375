import { DataSet } from 'vis-data'
import { Timeline } from 'vis-timeline'
import 'vis-timeline/styles/vis-timeline-graph2d.css'
import { HOUR } from '../../../../src/shared/base/time.ts'
import { askedSize, makeDays } from '../boardData.ts'
import { install } from '../harness.ts'

/** vis-timeline with groups, one row for each technician, as its own examples have it. */

const HOUR_WIDTH = 120
const size = askedSize()
const days = makeDays(size.technicians, size.visitsEach)
const root = document.getElementById('root') ?? document.body
document.body.style.margin = '8px'
let timeline: Timeline | null = null
const items = new DataSet<{ id: string; group: string; start: number; end: number; content: string; style: string }>()

install({
  barSelector: '.vis-item.vis-range',
  mount() {
    items.add(days.visits.map(({ id, technicianId, start, end, title, color }) => ({ id, group: technicianId, start, end, content: title, style: `background:${color}` })))
    const groups = new DataSet(days.technicians.map(({ id, title }) => ({ id, content: title })))
    timeline = new Timeline(root, items, groups, {
      start: days.from + 6 * HOUR,
      end: days.from + 18 * HOUR,
      min: days.from,
      max: days.from + days.days * 24 * HOUR,
      height: '880px',
      verticalScroll: true,
      zoomKey: 'ctrlKey',
      stack: false,
      editable: { updateTime: true, updateGroup: true },
      itemsAlwaysDraggable: { item: true, range: true },
      orientation: 'top',
      snap: null,
      showCurrentTime: false,
    })
  },
  move(id, by, technicianId) {
    const item = items.get(id)
    if (item) items.update({ ...item, start: item.start + by, end: item.end + by, group: technicianId })
  },
  scroller: () => document.querySelector('.vis-panel.vis-left.vis-vertical-scroll') ?? document.querySelector('.vis-vertical-scroll') ?? root,
  showFrom(px) {
    const most = (days.days * 24 - 18) * HOUR_WIDTH
    const turned = ((px % (2 * most)) + 2 * most) % (2 * most)
    const by = ((turned > most ? 2 * most - turned : turned) / HOUR_WIDTH) * HOUR
    timeline?.setWindow(days.from + 6 * HOUR + by, days.from + 18 * HOUR + by, { animation: false })
  },
})
