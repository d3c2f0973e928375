import { derivedId } from '../../base/id.ts'
import type { Role } from '../people/permissions.ts'

interface Answer {
  readonly question: string
  /** Paragraphs: what to do, what to say in quotes. */
  readonly paragraphs: readonly string[]
}

/** The office guide's common questions, and what the CSR's own duties raise beside them, answered with this program's keys. */
const ANSWERS: readonly Answer[] = [
  {
    question: 'What if the customer wants same-day service but the schedule is full?',
    paragraphs: [
      'Look at the three best windows at the right, then Alt+A for all of them. Where today is full, what is left of it stands there too: the emergency slots and the gaps, for dispatch to decide. An emergency (Alt+E) is offered today first.',
      '\u201cThe first I have is tomorrow, between 8 and 10. Shall I keep that for you?\u201d Book the first one that is free.',
      'Where that is too late for them, Alt+L puts them on the wait list. When a visit is canceled or moved, the time is offered to who has waited longest, and somebody holds the promise to call. \u201cIf a time comes free today, we call you.\u201d',
      'Promise no time that is not there. Who has to be seen first is in the priority table, not in how loudly somebody asks.',
    ],
  },
  {
    question: 'How do I handle an angry customer?',
    paragraphs: [
      'F4, P opens the steps of a complaint. Stay calm, let them finish, don\u2019t argue, and write down what happened in their own words.',
      '\u201cI\u2019m sorry this happened. I\u2019d be upset too. Let me read back what I wrote, so that I have it right.\u201d Being sorry for their trouble is not admitting fault.',
      'Offer what you can do now: another time (F4, R), or a call, by whom and by when. A complaint has a holder and is due within a day.',
      'Where that is not enough, tick \u201cTo the service manager, within the hour\u201d. Say so, and leave it there: it is not yours to win.',
    ],
  },
  {
    question: 'Customer says they already paid but invoice shows unpaid. What do I do?',
    paragraphs: [
      'F4, B shows the balance, the latest invoices and what was paid in a year. The customer\u2019s page has every payment in its timeline; look at their other jobs too.',
      '\u201cIf you have paid already: how, on which day, and how much?\u201d Write down the answer.',
      'Where it is nowhere, choose \u201cReceivables calls back\u201d: they look for it among everybody\u2019s payments and correct what is wrong. Where the money was paid to another job, say so.',
      'Where it is not paid, kindly: \u201cI see this invoice still open. How would you like to pay it?\u201d',
    ],
  },
  {
    question: 'What if I make a mistake entering data?',
    paragraphs: [
      'Put it right at once. Nothing is booked before Ctrl+Enter, and every step can be gone back to. Afterwards E on the customer\u2019s page changes what is recorded; F4, R moves a visit, F4, C cancels a job.',
      'What is invoiced or paid already is not yours to change: Alt+T makes a task that says what is wrong, for the service manager or receivables. They correct it so that the books stay right.',
      'Everything says who did it and when. That is for finding it, not for blaming anybody: tell it, and see what would have caught it.',
    ],
  },
  {
    question: 'Customer wants a discount. Can I approve it?',
    paragraphs: [
      'Follow the company\u2019s rule. As shipped: not on the telephone, for no price is quoted in a call. Offer what is on offer today; the script shows it in the step where it is said.',
      'Beyond that: \u201cI\u2019ll ask our manager, and you hear from us today.\u201d Alt+T makes a task for the service manager.',
      'Your manager writes your own limits here: Settings, Manuals.',
    ],
  },
  {
    question: 'The caller wants to know the price. What do I say?',
    paragraphs: [
      'Don\u2019t be drawn into quoting. Whatever you say stands in the technician\u2019s way when it turns out to be different.',
      '\u201cOur technician looks at it first and tells you the price before any work starts. You decide then.\u201d Then go on with the window.',
      'Somebody who wants a price before anything else wants an estimate: F4, Q.',
    ],
  },
  {
    question: 'The caller wants to know what is wrong with it. What do I say?',
    paragraphs: [
      'Don\u2019t diagnose. Write down what it does, in the customer\u2019s words: what, since when, how soon it is needed.',
      '\u201cThat is just what our technician finds out. Once the technician has been, life is going to be good again.\u201d',
      'Where anything smells, sparks, smokes or floods it is an emergency: Alt+E.',
    ],
  },
  {
    question: 'How can the customer pay?',
    paragraphs: [
      'Check, cash, card and financing, as the script says in step 7. Ask which they will use on the day; the technician is told.',
      'Somebody who wants to pay an open invoice now: F4, B.',
    ],
  },
  {
    question: 'What if something changes after it is booked?',
    paragraphs: [
      'Say it before it happens: \u201cIf anything changes, our dispatch team calls you and keeps you in the loop.\u201d',
      'A late technician, a slot that somebody else took and a visit on hold are promises: dispatch holds them, and each says who calls the customer and by when. Where the technician is: F3.',
      'Customers forgive a high price. They don\u2019t forgive being forgotten.',
    ],
  },
  {
    question: 'The phones are overloaded. What now?',
    paragraphs: [
      'The service manager switches to better screening (Settings, Emergencies and load), or it comes by itself when too many callers wait. The script then asks first who needs us most, and work that can wait is held back with the reason.',
      'A dispatcher can take calls too: F8 answers at every desk. A caller who hangs up is in Calls to return, within the hour.',
    ],
  },
  {
    question: 'I am CSR and dispatcher in one. What comes first?',
    paragraphs: [
      'The call. You have both roles, but until the customer hangs up you are the CSR and nothing else: the script, then the booking.',
      'Once it is booked you are the dispatcher. Alt+B goes between the call and the board; each is as you left it.',
    ],
  },
  {
    question: 'The dispatcher is at lunch or sick. Who does it?',
    paragraphs: [
      'Shift+F2 hands on what somebody holds before they go, and it comes back with them. You have read the dispatcher manual, they have read yours: Manuals, Alt+Shift+L.',
      'Alt+Shift+B is the board. The priority table is the same for all of us.',
    ],
  },
  {
    question: 'There is trouble between dispatcher and technician. Who settles it?',
    paragraphs: [
      'Neither of the two: both report to the service manager. A technician who refuses to stay on, a dispatcher who leaves out what the technician needs: Alt+T makes a task for the service manager, with what happened and when.',
      'The service manager gets both into a room and mends it.',
    ],
  },
  {
    question: 'Is it an emergency?',
    paragraphs: [
      'No heat in extreme cold, no cooling in extreme heat, a major leak or flooding, gas, carbon monoxide, smoke, an electrical hazard, everything down at once. Baton notices it in the summary; Alt+E says it yourself.',
      'Stay calm. First the safety words on the screen, and 911 where they say so. Then name, address, number and what it is. Dispatch and the manager are alerted at once; the customer is called with the time of arrival.',
    ],
  },
  {
    question: 'Who has to be seen first?',
    paragraphs: [
      'The priority table says it, and it is the same for CSR, dispatcher and technician: nobody\u2019s opinion. It stands below the priority in step 4 and in Settings, Priorities.',
      'Where the day does not hold for everybody, dispatch asks: who has to love us, who has to like us, who not so much, and what do we do about it.',
    ],
  },
  {
    question: 'How does the caller notice that I listen?',
    paragraphs: [
      'They are glad that they called: you are the host, not interrupted. Let them tell it, write it down (Alt+M for what belongs to the call), and say it back in their words.',
      'Ask what is open: since when, how soon, who is at home. Say what happens next before they have to ask.',
    ],
  },
]

interface ShippedManual {
  readonly id: string
  readonly name: string
  readonly body: string
  readonly roles: readonly Role[]
}

/** What answers until the office publishes its own: a manager writes on from these words, under the same id. */
export const COMMON_QUESTIONS: ShippedManual = {
  id: derivedId('manual', 'common-questions'),
  name: 'Common questions',
  body: ANSWERS.map(({ question, paragraphs }) => [`# ${question}`, ...paragraphs].join('\n\n')).join('\n\n'),
  roles: ['inboundCsr', 'dispatcher'],
}
