/** The look book's line icons, 16 px on a 1.5 px stroke. Inline, so that no icon package enters the bundle. */
const PATHS = {
  desk: 'M2 6.5 8 2l6 4.5V14H2ZM6 14v-4h4v4',
  calls: 'M3.5 2.5h2.2l1.1 3-1.5 1.2a8 8 0 0 0 4 4l1.2-1.5 3 1.1v2.2c0 .6-.5 1-1 1C7 13.5 2.5 9 2.5 3.5c0-.5.4-1 1-1ZM10 6l4-4M10.5 2H14v3.5',
  phone: 'M3.5 2.5h2.2l1.1 3-1.5 1.2a8 8 0 0 0 4 4l1.2-1.5 3 1.1v2.2c0 .6-.5 1-1 1C7 13.5 2.5 9 2.5 3.5c0-.5.4-1 1-1Z',
  board: 'M2 3.5h6M5 8h8M3 12.5h5M14 2v12',
  customers: 'M6 7.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5ZM1.5 13.5c0-2.5 2-4 4.5-4s4.5 1.5 4.5 4M10.5 3a2.3 2.3 0 0 1 0 4.3M12 9.8c1.6.5 2.5 1.8 2.5 3.7',
  queues: 'M5.5 3.5H14M5.5 8H14M5.5 12.5H14M2 3.5h.5M2 8h.5M2 12.5h.5',
  tasks: 'M2 2.5h12v11H2ZM4.8 8.2l2.1 2.1 4.3-4.6',
  money: 'M3 1.5h10v13l-2.5-1.5L8 14.5l-2.5-1.5L3 14.5ZM5.5 5h5M5.5 8h5',
  numbers: 'M2 14h12M3.5 11.5v-4M8 11.5v-9M12.5 11.5v-6',
  settings:
    'M8 10.3a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6ZM8 1.5v2M8 12.5v2M1.5 8h2M12.5 8h2M3.4 3.4l1.4 1.4M11.2 11.2l1.4 1.4M12.6 3.4l-1.4 1.4M4.8 11.2l-1.4 1.4',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM10.7 10.7 14 14',
  headset: 'M3 9.5V8a5 5 0 0 1 10 0v1.5M3 9h2v4H3.5a.5.5 0 0 1-.5-.5ZM13 9h-2v4h1.5a.5.5 0 0 0 .5-.5ZM13 13c0 1-1 1.5-3 1.5',
  microphone: 'M8 1.8a2 2 0 0 1 2 2v4a2 2 0 0 1-4 0v-4a2 2 0 0 1 2-2ZM3.8 7.5a4.2 4.2 0 0 0 8.4 0M8 11.7v2.5',
  microphoneOff: 'M8 1.8a2 2 0 0 1 2 2v4a2 2 0 0 1-4 0v-4a2 2 0 0 1 2-2ZM3.8 7.5a4.2 4.2 0 0 0 8.4 0M8 11.7v2.5M2.5 2.5l11 11',
  record: 'M8 12.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9Z',
  keypad: 'M4 3.5h.1M8 3.5h.1M12 3.5h.1M4 8h.1M8 8h.1M12 8h.1M4 12.5h.1M8 12.5h.1M12 12.5h.1',
  handOn: 'M2 8h10M8.5 4.5 12 8l-3.5 3.5M14 3v10',
  tick: 'M3 8.5 6.5 12 13 4.5',
  cross: 'M3.5 3.5l9 9M12.5 3.5l-9 9',
  chevronDown: 'M4 6.5 8 10.5l4-4',
  chevronRight: 'M6 4l4 4-4 4',
  chevronLeft: 'M10 4 6 8l4 4',
  warning: 'M8 2.5 14.5 13.5h-13ZM8 6.5v3.5M8 11.8v.1',
  star: 'M8 2l1.8 3.9 4.2.5-3.1 2.9.8 4.2L8 11.4 4.3 13.5l.8-4.2L2 6.4l4.2-.5Z',
  pause: 'M5.5 3v10M10.5 3v10',
  filter: 'M2 3.5h12M4 8h8M6.5 12.5h3',
  plus: 'M8 3v10M3 8h10',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.8V8l2.2 1.5',
  undo: 'M5.5 3 2.5 6l3 3M2.5 6H10a3.5 3.5 0 0 1 0 7H7',
  lock: 'M3.5 7h9v7h-9ZM5.5 7V5a2.5 2.5 0 0 1 5 0v2',
  document: 'M3.5 1.5h6l3 3v10h-9ZM9 1.5V5h3.5',
  message: 'M2 3h12v8H7l-3 3v-3H2Z',
  mail: 'M2 3.5h12v9H2ZM2.5 4 8 8.5 13.5 4',
  upload: 'M8 10.5V2.5M4.5 6 8 2.5 11.5 6M2.5 11v2.5h11V11',
  building: 'M3 14V2.5h7V14M10 6h3.5v8M1.5 14h13M5.5 5h2M5.5 8h2M5.5 11h2',
  compass: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM10.5 5.5 9 9l-3.5 1.5L7 7Z',
  sun: 'M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM8 1v1.6M8 13.4V15M1 8h1.6M13.4 8H15M3 3l1.1 1.1M11.9 11.9 13 13M13 3l-1.1 1.1M4.1 11.9 3 13',
} as const

export type IconName = keyof typeof PATHS

/** A decorative icon in the text's colour; the words beside it, or a label on the button, say what it means. */
export function Icon({ name, size = 16, className }: { readonly name: IconName; readonly size?: 12 | 16; readonly className?: string }) {
  return (
    <svg
      className={className}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  )
}

/** The baton: the only mark. */
export function Mark() {
  return (
    <svg width="24" height="24" viewBox="0 0 24 24" role="img" aria-label="Baton">
      <path d="M4 17.5 16.5 5" stroke="var(--text)" strokeWidth="5" strokeLinecap="round" />
      <path d="M13 8.5 16.5 5" stroke="var(--accent)" strokeWidth="5" strokeLinecap="round" />
      <path d="M14 20h6" stroke="var(--text)" strokeWidth="2.5" strokeLinecap="round" />
    </svg>
  )
}
