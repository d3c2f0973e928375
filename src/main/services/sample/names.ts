/** Invented people and businesses of the sample company. */

export const FIRST_NAMES = [
  'Ada', 'Alma', 'Amara', 'Andre', 'Anita', 'Arlo', 'Asha', 'Bea', 'Benita', 'Boris', 'Bruno', 'Camille', 'Carlos', 'Cecily', 'Chidi', 'Clara',
  'Cyrus', 'Dagny', 'Daniel', 'Deborah', 'Delia', 'Desmond', 'Dolores', 'Eamon', 'Edith', 'Elias', 'Elena', 'Ernest', 'Esther', 'Evan', 'Fatima',
  'Felix', 'Flora', 'Frank', 'Gavin', 'Gerald', 'Gloria', 'Grant', 'Greta', 'Gus', 'Hal', 'Harriet', 'Hector', 'Helen', 'Hiro', 'Ida', 'Imani',
  'Ines', 'Irving', 'Isaac', 'Ivy', 'Jamal', 'Janet', 'Jasper', 'Joan', 'Jorge', 'Judith', 'Julian', 'Kamal', 'Karen', 'Kenji', 'Laila', 'Lars',
  'Leon', 'Lillian', 'Lourdes', 'Lucian', 'Luis', 'Mabel', 'Malik', 'Marcia', 'Marta', 'Maxine', 'Mei', 'Milo', 'Mina', 'Morris', 'Nadia', 'Nell',
  'Niall', 'Nora', 'Olga', 'Omar', 'Opal', 'Oscar', 'Otto', 'Paloma', 'Patrick', 'Paul', 'Pearl', 'Perrin', 'Peter', 'Petra', 'Quentin', 'Rafael',
  'Ramona', 'Ravi', 'Rhoda', 'Robert', 'Rolf', 'Rosalind', 'Ruth', 'Salma', 'Samuel', 'Selma', 'Silas', 'Sofia', 'Stella', 'Susan', 'Tariq',
  'Theresa', 'Thomas', 'Tobias', 'Ursula', 'Valentin', 'Vera', 'Victor', 'Walter', 'Wanda', 'William', 'Winifred', 'Yolanda', 'Yusuf', 'Zelda',
] as const

export const LAST_NAMES = [
  'Abara', 'Abernathy', 'Ainsworth', 'Alcott', 'Amadi', 'Amsel', 'Ashby', 'Barlow', 'Beaumont', 'Belmont', 'Blackwood', 'Boswell', 'Brandt',
  'Brandvold', 'Brenneman', 'Calloway', 'Castellan', 'Chisholm', 'Cordero', 'Crowell', 'Dahlgren', 'Delaney', 'Denholm', 'Dorsey', 'Dunleavy',
  'Duvall', 'Eastman', 'Eddington', 'Ellery', 'Espinel', 'Everly', 'Fairbanks', 'Farrow', 'Fenwick', 'Fontaine', 'Foxworth', 'Galloway', 'Garrity',
  'Gentry', 'Goodwin', 'Grayson', 'Hadley', 'Harkness', 'Hatfield', 'Hollis', 'Holloway', 'Ibarra', 'Inglewood', 'Ingram', 'Iverson', 'Jansen',
  'Jennings', 'Jessup', 'Jurado', 'Kaplan', 'Kettering', 'Kimball', 'Kincaid', 'Kowal', 'Langdon', 'Larkin', 'Lattimore', 'Lindqvist', 'Lovell',
  'Lund', 'Maddox', 'Mercado', 'Merriweather', 'Montrose', 'Moreau', 'Nakamura', 'Naylor', 'Northrop', 'Norwood', 'Novak', 'Oakes', 'Ogden',
  'Okafor', 'Okonkwo', 'Osgood', 'Ostrow', 'Oyelaran', 'Paxton', 'Pemberton', 'Penrose', 'Prescott', 'Pruitt', 'Quade', 'Quintero', 'Radcliff',
  'Redfern', 'Rennick', 'Rosewall', 'Rutledge', 'Sandoval', 'Selby', 'Sinclair', 'Stanhope', 'Stroud', 'Templeton', 'Tennant', 'Thackery',
  'Tolliver', 'Trujillo', 'Ulrich', 'Underhill', 'Upshaw', 'Vance', 'Vandermeer', 'Varga', 'Vickers', 'Wakefield', 'Wexler', 'Whitfield', 'Winslow',
  'Wyndham', 'Yamada', 'Yarrow', 'Yates', 'Zamora', 'Zeller', 'Ziegler',
] as const

export const BUSINESS_BEGINNINGS = [
  'Alder', 'Beacon', 'Bluestem', 'Bright Harbor', 'Canal Street', 'Cedar Flats', 'Coppermill', 'Dovetail', 'Fairhollow', 'Foundry', 'Granite',
  'Harbor Row', 'Juniper', 'Lantern', 'Larkspur', 'Linden', 'Millport', 'Northgate', 'Old Quarry', 'Prairie', 'Quarry Hill', 'Riverbend',
  'Saltbrook', 'Sawmill', 'Silver Birch', 'Stonebridge', 'Tall Pines', 'Three Oaks', 'Wayside', 'Willow Creek',
] as const

export const BUSINESS_ENDINGS = [
  'Apartments', 'Auto Repair', 'Bakery', 'Bookshop', 'Brewing', 'Cafe', 'Child Care', 'Chiropractic', 'Credit Union', 'Dental', 'Dry Cleaners',
  'Fitness', 'Flowers', 'Grill', 'Hardware', 'HOA', 'Hotel', 'Insurance', 'Law Office', 'Lofts', 'Machine Shop', 'Market', 'Pharmacy', 'Pizza',
  'Preschool', 'Property Group', 'Salon', 'Senior Living', 'Storage', 'Veterinary',
] as const

export const LEAD_SOURCES = ['Returning customer', 'Neighbor', 'Search', 'Mailer', 'Yard sign', 'Home show', 'Builder', 'Radio', ''] as const

export const CUSTOMER_NOTES = [
  'Prefers the back door.',
  'Works nights. Text before calling back.',
  'Ask for the homeowner, not the tenant.',
  'Likes the same technician each time.',
  'Hard of hearing: speak slowly, confirm by text.',
  'Wants photos of every part that is replaced.',
  'Pays by check on the day.',
  'Ring once; the baby sleeps 1\u20133 PM.',
  'Long driveway, no turning space for a trailer.',
  'Speaks Spanish first.',
  'Late visit last August. Always tell them early.',
  'Invoice goes to the office, not to the site.',
] as const

export const PETS = ['One dog, friendly', 'Dog in yard', 'Two cats, keep the door shut', 'Large dog, crated on request', 'Parrot, do not be alarmed'] as const

export const ACCESS_NOTES = [
  'Park on street.',
  'Side gate sticks; lift and push.',
  'Key box by the meter, call for the code.',
  'Equipment is in the attic, bring the tall ladder.',
  'Crawl space entrance behind the shed.',
  'Check in at the front desk.',
  'Basement door is on the alley.',
] as const
