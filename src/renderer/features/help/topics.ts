export interface HelpTopic {
  readonly key: string
  readonly title: string
  /** The areas of the rail that it explains: it is the first to be read there. */
  readonly areas: readonly string[]
  readonly sentences: readonly string[]
}

/** What Baton does, a few sentences for each screen. docs/guide.md says the same at length. */
export const HELP_TOPICS: readonly HelpTopic[] = [
  {
    key: 'promises',
    title: 'Promises',
    areas: ['queues'],
    sentences: [
      'Whatever the office owes a customer is a promise: call back, send the confirmation, assign a technician, close out, invoice, collect, post. Each has a person or role who holds it, a next step and a due time.',
      'Nobody opens or closes a promise by hand. It is open exactly as long as the record says so: assign the technician, and “assign a technician” is kept.',
      'When people are away, what they hold goes to whom they name, else to their cover, then to their role, then to the owner, and comes back with them. The status bar counts promises without a holder; it must be 0.',
      'Shift+F2 before lunch or for the day: it says how many promises pass to whom and what is due meanwhile. Back again, those that nobody touched are yours; what a colleague worked stays with them. A manager does it for somebody who is sick.',
      'The four pips are quarters of the time that is left. The last one turns orange; a red triangle is late.',
    ],
  },
  {
    key: 'desk',
    title: 'Desk',
    areas: ['desk'],
    sentences: [
      'Your own promises, by name or through your roles, the first due on top. The one in hand shows its next step and the keys that settle it.',
      '] shows everybody’s promises, [ shows yours. An owner with nothing of their own arrives at everybody’s.',
      'The list stays still while you work. What is new waits behind a line; R brings it in.',
      'At the right, how the office does today. Practice calls are not counted.',
    ],
  },
  {
    key: 'calls',
    title: 'Calls and the pop',
    areas: ['calls'],
    sentences: [
      'When the telephone rings, the pop says who it probably is, what is open, what is owed and what the call is likely about, and why. It takes no focus: go on typing.',
      'F8 answers and opens the booking. Shift+F8 ends; where nothing was booked you say how the call ended, and a caller worth calling back is promised a time.',
      'On a call: F7 holds or goes to the other caller, F10 mutes, Alt+D opens the keypad: then digits go to the call and letters stay where you type. Ctrl+F8 sends a ring away, Alt+Z lets nothing ring.',
      'F9 puts the caller through: type a name or a number. Enter asks there first; then F9 puts them through, F7 takes them back, Alt+I lets all three talk. Shift+Enter puts through at once.',
      'Ctrl+F7 records: read the notice to the caller, press it again; then it pauses and goes on. Before a card number is read, Ctrl+F10: nothing is recorded until you close it. Taking a payment pauses by itself. Whoever may listen finds the recording with its call: Space plays, S is faster.',
      'Press any telephone number to call it; L or C calls from a list. Once somebody answers, what was owed to that number or customer is made. Where Baton can\u2019t dial, it shows the number large.',
      'A call that is no booking: F4 and a letter opens the few steps of its kind, and each ends in a record with a holder or a reason. F3 answers where the technician is, from any screen.',
      'Several customers with one number: Alt+1, 2 or 3 says who it is, and Baton remembers.',
      'The log lists every call of the day with its ring time against three rings. W there shows the calls to return: missed, voicemail, unbooked, and call-backs that were promised, the oldest deadline first.',
      'Who answers and dispatches: Alt+B goes between the call and the board, each as it was left. The ring finds you on the board too, and the board is back once it is said how the call ended.',
    ],
  },
  {
    key: 'telephone',
    title: 'The telephone',
    areas: [],
    sentences: [
      'Each workstation has a telephone of its own, in Settings, Phone: a softphone with a headset, a desk phone that Asterisk, FreeSWITCH or any SIP system tells of, signed messages, Twilio, RingCentral, or none. Try it says in a sentence whether it works; passwords stay in this workstation\u2019s keychain.',
      'Headset, speaker and ringer are chosen apart, and it rings in both. The level meter and the echo test show that you are heard.',
      'A reload, a closed tab or a crash of the window ends no call: the next page has the caller again. After a sleep the telephone registers by itself, and the log has what came meanwhile.',
      'Shift+F3 and a letter says where you are: available, lunch, break, meeting, gone home. After a call you have a while to wrap up; it ends when you say how the call ended.',
      'A ring goes first to whom its line is for and who is free, then to everybody. The others see it in the call cell from the first moment.',
      'Voicemails are owed a call back within the hour. In Calls to return and in the log Space plays what the caller said, where the telephone system hands it over; hearing it returns nothing. What came while the line was closed is in Overnight, and counts from when it opens. Who rang twice is owed one call back.',
      'When the telephone system is gone, a bar says why and since when, and shows the back-up number. Go on by hand: Alt+Shift+H logs a call with its outcome and its promise. It comes back by itself.',
      'Alt+Shift+O is the wall: who waits and how long, who talks, answered within three rings, missed and returned in time.',
      'Technicians, vendors and blocked numbers are known when they ring. F4 and X blocks a solicitor in one go: the number is logged and rings nobody.',
      'Lines and brands, their hours, skills and back-up numbers are in Settings; so are extensions and the time to wrap up.',
    ],
  },
  {
    key: 'leads',
    title: 'Leads',
    areas: ['leads'],
    sentences: [
      'Web bookings, leads, chats and emails arrive in one inbox. Each is a promise: a form is owed a first contact within five minutes of open office, a chat an answer within two, an email within four hours.',
      'New is what nobody has taken. L calls and makes it yours, T only takes it. N says that nobody was reached, and when you try again; it comes back then, with the tries counted.',
      'Who may be on file already stands on top: 1, 2 or 3 books for them, B for somebody new. The booking has everything that came along, and booking it converts the lead. X dismisses it with a reason; O opens it again.',
      'A answers a chat where it stands, Z closes it. Q asks what qualifies the job type; the answers are in the booking.',
      'Settings says who sends leads and how, which mailbox is watched, and what qualifies them. Import brings leads from a file. docs/intake.md says how a program sends them.',
    ],
  },
  {
    key: 'booking',
    title: 'Booking',
    areas: ['booking'],
    sentences: [
      'Words to say at the left, fields at the right, one walk from the top to the button. Enter goes on, letters choose from lists, 1, 2 and 3 take an arrival window.',
      'Windows are offered where a technician with the skill is free. A job needs at least one line.',
      'An emergency is heard in the first words of the summary, or Alt+E says so: the safety words come first, dispatch and the manager see it at once and acknowledge it with Alt+Y, and windows of today are offered. Alt+E again says what it is, or that it was a false alarm.',
      'Better screening, switched on by a manager or by the number of callers who wait, asks first whether it can wait, and holds some job types back. An emergency never.',
      'Paste a whole address into Street and it comes apart. The ZIP code fills city and state and says at once whether it is in the service area. Somebody who may be recorded already stands at the right: Alt+U takes them.',
      'Alt+Q answers a common question while the caller waits: a few letters find it in the office’s manuals, Esc goes back to the very field. A manager writes the answers in Settings, Manuals.',
      'Ctrl+Enter books. If something is missing it goes there and says what; nothing you typed is lost.',
      'Every draft of this desk stands in the line on top, with who and how long; Shift+F7 goes from one to the next. What is typed is kept at every letter: a reload, a crash or another person at the page loses nothing. Alt+X gives a draft up.',
      'Shift+F9 hands a draft to a colleague with everything typed, and puts the caller through; it is their promise until somebody goes on with it. Alt+P goes on with what was handed to you, or takes back what nobody took; F7 takes the caller back too. A caller nobody takes within three rings comes back to you.',
      'Nothing free today? At the right stand the emergency slots and the gaps that are left. Alt+L puts the caller on the wait list: somebody calls by the time you promise, and at once when a visit like theirs is canceled or moved. Alt+Shift+W shows the list.',
    ],
  },
  {
    key: 'board',
    title: 'Board',
    areas: ['board'],
    sentences: [
      'The day by technician. A bar fills with ink as its visit advances; the line under it is the window that was promised, red where the plan misses it.',
      'A assigns or moves with the best technician already proposed; Alt and arrows move a bar by 15 minutes or one row. Ctrl+Z takes the last step back, Ctrl+Shift+Z does it again.',
      'Nothing is dispatched with a hole in it: K goes through the hand-off checklist of the visit, Enter ticks or opens what lacks something. What the record answers nobody ticks, and every tick has a name.',
      'Alt+Shift and left or right make a visit shorter or longer. Space chooses visits together, and they move as one. = and - make the hours wider and narrower. Day, Week and Rows say what is shown and in which order.',
      'D, W, F: dispatched, working, done. Hold and cancel ask for the reason. C closes out, which is what lets the visit be invoiced; where somebody was there before for the job, it asks why they had to come again.',
      'Hold for parts says what was ordered, from whom and when it should come: the parts are chased on that day, the customer is called as often as was agreed, and once they are in somebody promises a window.',
      'V says that a visit needs another time, or what came of it: saved, another window, canceled, can\u2019t be reached, each with what speaks against the time; or that they want to come sooner and keep their visit meanwhile. The queue Reschedules is worked three days ahead with S, W, X, U; Baton adds by itself what nobody can come to as planned.',
      'L keeps a technician\u2019s time for lunch, training, a meeting or time off, once or every week. What a customer was promised moves only with a word about who accepted it; who is still to be called stands in New times to tell.',
      'G says who goes along, by typing a name. P writes down that the customer was promised the technician or the exact time: the visit is locked until somebody says who accepted otherwise. S splits a visit; the rest waits in the tray.',
      'E, or a click on a name at the left, opens the technician: kept time (Alt and arrows move it, Enter changes it, Backspace gives it back), another shift or the day off, on call, and the link for the telephone.',
      'M mends the day: somebody is sick, an emergency, a visit that lasts longer. The proposal says who would have each visit and whom to call; tick what you want, Ctrl+Enter makes it, Ctrl+Z takes it back. Nothing moves before.',
      'The trays hold what needs somebody: alerts, unassigned visits, visits on hold, visits to close out. An alert that somebody is at says by whom. At their end the way to those that are lists of their own: to be reviewed, to rebook, parts, the wait list, your queues.',
    ],
  },
  {
    key: 'materials',
    title: 'The material list',
    areas: ['materials'],
    sentences: [
      'What the warehouse lays ready for a day: the material and equipment lines of its visits that nobody has used yet, and parts that came in, by technician and added up. From 3 PM, or the time in Settings, tomorrow\u2019s is owed to the warehouse.',
      'F makes a file for any spreadsheet. S says that the warehouse has the list; what it was given is kept, and the list is owed again where something changes afterwards. Enter opens the visit.',
    ],
  },
  {
    key: 'watch',
    title: 'Alerts and the Truth Comes Home Hour',
    areas: ['alerts', 'truthHour', 'endOfDay', 'daySheets'],
    sentences: [
      'Alt+Shift+A lists what endangers a promise of today. S says that you are at it and when to look again: until then it is quiet for everybody, with your name on it. It goes when its cause goes, and comes back at its time, or at once when you leave.',
      'When work runs over, the next customers are owed a call with the expected time: the queue Next in line, C with what was agreed.',
      'At 2 PM, or when Settings says, every remaining visit is in one of three lists: must move, at risk, promise kept. Whom we must love stands on top. C is the list\u2019s own action, W promises another window, A gives it to somebody else, L calls.',
      'Alt+Shift+N is the end of the day: what is left of today and what tomorrow lacks. M takes an issue to tomorrow, Shift+M all of them; the day is over when the list is empty.',
      'P on the board, or Alt+Shift+Y: day sheets. Enter prints a technician\u2019s day, P everybody\u2019s, I makes a calendar file. Today\u2019s and tomorrow\u2019s are kept as files of this workstation, made by themselves at 5:30 AM, 5 PM and after changes: in an outage they open without Baton.',
      'Alt+Shift+V opens the hour. It pulls nobody off a call, and it is over when the lists are empty.',
      ],
    },
    {
    key: 'technicianLink',
    title: 'The technician\u2019s link',
    areas: [],
    sentences: [
      'Settings, Technicians, or E on the board: a link for today or for 30 days, with which a technician sees the day\u2019s visits on a telephone and says how far they are. No account. Send it to that technician only; Take it back ends it at once.',
      'On my way, arrived, on hold, done: the board moves by itself, at the time of the tap. Running late is a task for dispatch to tell the customer; something came up is a task for the service manager, with the photos on the job.',
      'Without a line the telephone keeps what was tapped and sends it in order later, with its times.',
      'What was said of a visit that you had moved or canceled meanwhile changes nothing: the technician is told to call, and Needs attention has it.',
    ],
  },
  {
    key: 'customers',
    title: 'Customers and jobs',
    areas: ['customers', 'jobs', 'import'],
    sentences: [
      'One page for a customer: how to reach them, their places, pinned notes, everything that happened in order, and what they are owed and owe.',
      'R says how and when to reach them, in which language, and what they allow: each answer is kept with who took it and when. W sets or lifts a flag that stops or warns, with the reason. A note may be about one place only.',
      'D keeps a customer open while you open another: both stand side by side, D goes to the other one, Shift+D shows one again.',
      'Ctrl+K finds customers, places, jobs and invoices by name, number, address or telephone, from any screen.',
      'Customers come in from a file in Settings, Import and backup. You see what would happen first, and an import can be taken back.',
    ],
  },
  {
    key: 'tasks',
    title: 'Tasks',
    areas: ['tasks'],
    sentences: [
      'What somebody is to do by a time: send the estimate, verify a payment, call the vendor. Alt+T makes one from anywhere, about the record that is open and the call that is on, for a person or a role.',
      '1 to 5 show yours, your roles’, those you asked for, all, and what has ended. The one in hand is at the right, with its steps and notes: F says how it ended, H gives it away, T ticks the next step.',
      'Who asks may want to see it: once it is done it is a promise of theirs to sign it off, or to send it back with what is missing.',
      'A complaint is noted on the account and due within 24 hours. Late, it is the service manager’s as well.',
      'A reminder stands in the status bar when its time has come. It takes no focus and moves nothing.',
    ],
  },
  {
    key: 'money',
    title: 'Money',
    areas: ['money'],
    sentences: [
      'Review lists what is done and not invoiced, and what is final and not batched, with what stops it in words. N goes to the next that needs you.',
      'Final invoices don’t change. Ctrl+B puts everything clean into a batch; one person prepares, another posts with their own PIN, and then it is locked.',
      'A posted batch goes to the accountant as an IIF file for QuickBooks or a CSV journal. Exporting twice gives the same file, so nothing doubles.',
      'Receivables says who owes what since when, and ties to the ledger.',
      'M on a final invoice emails it, once, whichever workstation does it; what became of it stands there. Where nobody can know whether it went, S says that it was sent, R sends it again, X leaves it.',
    ],
  },
  {
    key: 'settings',
    title: 'Settings',
    areas: ['settings'],
    sentences: [
      'People and PINs, technicians and shifts, job types, prices, taxes, windows and reasons.',
      'Queues decide what is promised: while which condition, held by whom, due when, and how it can end. The line below a condition says how many records it would hold.',
      'Mail holds the company’s mail server. The password is kept on each workstation that sends, and nowhere else; a test says whether all is right.',
      'Back up copies everything while the office works, and checks the copy.',
    ],
  },
  {
    key: 'hub',
    title: 'The hub',
    areas: [],
    sentences: [
      'A hub keeps the workstations of an office in step: what one does is on the others\u2019 screens in a blink. Each workstation keeps its own copy of the data.',
      'The status bar says online, offline since when, and how many changes wait for the hub. Alt+H lists them, with what is wrong where something is, and tries at once.',
      'Without the line everything goes on: booking, dispatching, taking checks and cash. A visit that the hub has not heard of is tentative: a broken edge and the word stand on it, because somebody else may take the time meanwhile.',
      'What could not stand is in the queue Needs attention. It shows what was done and what stands instead, and one key settles it: do it again, or let it go with a note. Money that was taken is never refused; where its customer could not be recorded it waits in Money in suspense until somebody says whose it is.',
      'A customer\u2019s and a job\u2019s page say who else has it before them, and at which workstation.',
      'Settings, Hub joins an office with a code, names the workstations, invites more and takes access away.',
    ],
  },
  {
    key: 'practice',
    title: 'Practice line',
    areas: [],
    sentences: [
      'Scripted callers ring through the same telephone as real ones: Alt+R, or the list on the Calls screen. Their words are on a card; Alt+K folds it.',
      'Practice calls are marked and counted in no number. A practice call is returned in practice: nobody real is rung.',
    ],
  },
  {
    key: 'exercises',
    title: 'Practice',
    areas: ['practice'],
    sentences: [
      'Ten scripted callers to practice with, from a known customer to a gas leak and a line that goes dead. The list says what each trains and your best score. S starts one.',
      'The page goes into a room of its own: an invented company in memory with your company\u2019s name and words. You answer, look up, book, hand on and conclude in the real screens; nothing of it reaches the company\u2019s records, the hub or any number. A real call that rings meanwhile is said on top.',
      'The caller goes on when you say the step it answers: Alt+S, the number of the step, your words, Enter. Alt+J lets the caller go on unasked. What you need to know comes only when you ask for it.',
      'End the call, say how it ended, and Alt+V shows the score: the fields, the order of the office guide\u2019s steps, the words that help and those nobody should say, and the time, each with the better wording. Alt+Shift+P, twice, leaves without a score.',
      'Your scores stay with you; who looks after the people sees everybody\u2019s. Do an exercise as often as you like.',
    ],
  },
  {
    key: 'rehearsal',
    title: 'Rehearsal and going live',
    areas: [],
    sentences: [
      'A company you set up starts in rehearsal: practice calls book ordinary jobs, so that you can follow one all the way to the accountant’s file.',
      'Going live is in Settings, Company, and cannot be taken back. From then on practice calls book practice jobs, which are on no board, in no count and in no batch.',
      'A sample company never goes live, and never dials, sends or charges.',
    ],
  },
  {
    key: 'people',
    title: 'Switch and lock',
    areas: [],
    sentences: [
      'F2 hands the page to somebody else by name and PIN. Every change is recorded with who made it and when.',
      'Ctrl+L locks the page; it also locks when idle. What was typed stays beneath the lock for the person who comes back.',
    ],
  },
]
