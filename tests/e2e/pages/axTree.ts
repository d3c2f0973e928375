import type { Page } from '@playwright/test'

/** A row of the board as Chromium hands it to a screen reader. */
export interface SpokenRow {
  readonly head: string
  readonly description: string
  readonly cells: readonly SpokenCell[]
}

export interface SpokenCell {
  readonly role: string
  readonly name: string
  readonly focused: boolean
  readonly selected: boolean
}

export interface SpokenGrid {
  readonly name: string
  readonly multiselectable: boolean
  readonly rows: readonly SpokenRow[]
  /** Everything with the focus, by name. */
  readonly focused: readonly string[]
}

const BETWEEN = new Set(['generic', 'none', 'rowgroup'])

/** The board's grid in Chromium's accessibility tree; what only holds others together is left out, as a screen reader leaves it out. */
export async function spokenGrid(page: Page): Promise<SpokenGrid> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  const byId = new Map(nodes.map((node) => [node.nodeId, node]))
  const role = (id: string): string => String(byId.get(id)?.role?.value ?? '')
  const name = (id: string): string => String(byId.get(id)?.name?.value ?? '')
  const property = (id: string, wanted: string): unknown => byId.get(id)?.properties?.find((one) => one.name === wanted)?.value.value
  const within = (id: string): readonly string[] => (byId.get(id)?.childIds ?? []).flatMap((child) => (BETWEEN.has(role(child)) || byId.get(child)?.ignored ? within(child) : [child]))
  const grid = nodes.find((node) => node.role?.value === 'grid' && String(node.name?.value).startsWith('Board'))?.nodeId
  if (grid === undefined) throw new Error('No screen reader is told of a board')
  const strange = within(grid).filter((id) => role(id) !== 'row')
  if (strange.length > 0) throw new Error(`In the grid, beside its rows: ${strange.map((id) => `${role(id)} ${name(id)}`).join(', ')}`)
  return {
    name: name(grid),
    multiselectable: property(grid, 'multiselectable') === true,
    rows: within(grid).map((row): SpokenRow => {
      const [head = '', ...cells] = within(row)
      return {
        head: `${role(head)} ${name(head)}`,
        description: String(byId.get(head)?.description?.value ?? ''),
        cells: cells.map((cell) => ({ role: role(cell), name: name(cell), focused: property(cell, 'focused') === true, selected: property(cell, 'selected') === true })),
      }
    }),
    focused: nodes.filter(({ nodeId }) => property(nodeId, 'focused') === true && role(nodeId) !== 'RootWebArea').map(({ nodeId }) => name(nodeId)),
  }
}

/** What the live regions of the page say now, as the tree has them. */
export async function spokenNews(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  const byId = new Map(nodes.map((node) => [node.nodeId, node]))
  const words = (id: string): string => {
    const node = byId.get(id)
    return node?.role?.value === 'StaticText' ? String(node.name?.value ?? '') : (node?.childIds ?? []).map(words).join('')
  }
  return nodes.filter(({ role }) => role?.value === 'status').map(({ nodeId }) => words(nodeId)).filter((text) => text !== '')
}
