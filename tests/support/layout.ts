import type { Page } from '@playwright/test'

/**
 * What is wrong with the layout of the page as it stands, in words: a window that scrolls, elements beyond its edge,
 * text that is cut off without an ellipsis, a screen that scrolls sideways, texts that lie over each other.
 * What scrolls sideways on purpose says so with `data-scrolls-sideways`.
 */
export function layoutFaults(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const faults: string[] = []
    const root = document.documentElement
    if (root.scrollWidth > root.clientWidth) faults.push(`the window scrolls across by ${root.scrollWidth - root.clientWidth}`)
    if (root.scrollHeight > root.clientHeight) faults.push(`the window scrolls down by ${root.scrollHeight - root.clientHeight}`)

    const nameOf = (element: Element): string => {
      const words = (element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 48)
      return `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> "${words}"`
    }
    /** The part of an element that can be seen: its box without what its ancestors clip. */
    const visibleBox = (element: Element, box: DOMRect): DOMRect => {
      let { left, top, right, bottom } = box
      for (let above: Element | null = element; above; above = above.parentElement) {
        const { overflowX, overflowY, position } = getComputedStyle(above)
        const edge = above.getBoundingClientRect()
        if (overflowX !== 'visible') [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)]
        if (overflowY !== 'visible') [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)]
        if (position === 'fixed') break
      }
      return new DOMRect(left, top, Math.max(0, right - left), Math.max(0, bottom - top))
    }
    const spokenOnly = (element: Element): boolean => element.closest('.spoken, [aria-hidden=true]') !== null

    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      if (element instanceof SVGElement || spokenOnly(element) || !element.checkVisibility({ visibilityProperty: true })) continue
      const style = getComputedStyle(element)
      const box = visibleBox(element, element.getBoundingClientRect())
      if (box.width > 0 && box.height > 0 && (box.right > innerWidth + 1 || box.left < -1)) faults.push(`beyond the window\u2019s edge: ${nameOf(element)}`)
      const beyond = element.scrollWidth - element.clientWidth
      if (beyond <= 1 || element.clientWidth <= 1 || (element.textContent ?? '').trim() === '' || element.matches('input, textarea, select') || element.closest('[data-scrolls-sideways]')) continue
      if (style.overflowX === 'auto' || style.overflowX === 'scroll') faults.push(`scrolls sideways by ${beyond}: ${nameOf(element)}`)
      else if (style.overflowX !== 'visible' && style.textOverflow !== 'ellipsis') faults.push(`cut off by ${beyond}: ${nameOf(element)}`)
    }

    /** What floats lies over other things on purpose, so texts are only compared on one layer. */
    const layerOf = (element: Element): Element | null => {
      for (let above: Element | null = element; above; above = above.parentElement) {
        const { position } = getComputedStyle(above)
        if (position === 'fixed' || position === 'sticky' || position === 'absolute') return above
      }
      return null
    }
    const texts: { readonly words: string; readonly box: DOMRect; readonly layer: Element | null; readonly node: Node }[] = []
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const parent = node.parentElement
      const words = (node.textContent ?? '').trim()
      if (!parent || words === '' || spokenOnly(parent) || !parent.checkVisibility({ visibilityProperty: true })) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const layer = layerOf(parent)
      for (const line of range.getClientRects()) {
        const box = visibleBox(parent, line)
        if (box.width > 0 && box.height > 0) texts.push({ words: words.slice(0, 40), box, layer, node })
      }
    }
    // Lines of text are taller than their letters, so a few pixels of two lines may share a row.
    const slack = 5
    texts.forEach((text, index) => {
      for (const other of texts.slice(index + 1)) {
        // An ellipsis makes two boxes of one text.
        if (text.layer !== other.layer || text.node === other.node) continue
        const across = Math.min(text.box.right, other.box.right) - Math.max(text.box.left, other.box.left)
        const down = Math.min(text.box.bottom, other.box.bottom) - Math.max(text.box.top, other.box.top)
        if (across > 1 && down > slack) faults.push(`over each other: "${text.words}" and "${other.words}"`)
      }
    })
    return [...new Set(faults)].slice(0, 12)
  })
}
