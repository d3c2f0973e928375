import { Component, type ReactNode } from 'react'
import { PageFault } from './StartPages.tsx'

/** The last resort: without it React answers a fault outside the screens with an empty page. */
export class PageBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override readonly state = { failed: false }

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    return this.state.failed ? <PageFault /> : this.props.children
  }
}
