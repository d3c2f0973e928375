import type { Cents } from '../../../shared/base/money.ts'

export type UnitKey = 'hvac' | 'plumbing' | 'electrical' | 'pool' | 'drains'

type Kind = 'service' | 'material' | 'equipment' | 'discount'

export interface CatalogueItem {
  readonly code: string
  readonly name: string
  readonly kind: Kind
  /** `null`: for every unit. */
  readonly unit: UnitKey | null
  readonly priceCents: Cents
  readonly costCents: Cents
}

/** Code, name, kind, price and cost in cents. */
type Entry = readonly [string, string, Kind, Cents, Cents]

const EVERY_UNIT: readonly Entry[] = [
  ['GEN-100', 'Labor, hours', 'service', 9600, 4200],
  ['GEN-110', 'Labor, after hours', 'service', 14400, 6300],
  ['GEN-120', 'Second technician, hours', 'service', 7200, 3100],
  ['GEN-130', 'Trip charge outside the area', 'service', 4500, 1800],
  ['GEN-140', 'Permit and inspection', 'service', 18500, 12500],
  ['GEN-150', 'Old equipment hauled away', 'service', 7500, 2800],
  ['GEN-900', 'Membership discount', 'discount', 2500, 0],
  ['GEN-910', 'Courtesy discount', 'discount', 4000, 0],
]

const HVAC: readonly Entry[] = [
  ['HV-100', 'Dispatch and diagnosis', 'service', 8900, 3400],
  ['HV-105', 'Emergency dispatch and diagnosis', 'service', 14900, 5200],
  ['HV-110', 'Cooling tune-up', 'service', 18900, 6200],
  ['HV-115', 'Heating tune-up', 'service', 18900, 6200],
  ['HV-120', 'Heat pump service', 'service', 20900, 7000],
  ['HV-125', 'Second system on the same visit', 'service', 9900, 3800],
  ['HV-130', 'Refrigerant leak search', 'service', 28500, 9800],
  ['HV-135', 'Evaporator coil cleaning', 'service', 32500, 11200],
  ['HV-140', 'Condenser coil rinse', 'service', 12500, 4100],
  ['HV-145', 'Blower wheel cleaning', 'service', 24500, 8600],
  ['HV-150', 'Duct leak test', 'service', 29500, 10400],
  ['HV-155', 'Duct sealing, per run', 'service', 18500, 7200],
  ['HV-160', 'Second opinion and replacement estimate', 'service', 0, 3600],
  ['HV-165', 'System installation, first day', 'service', 240000, 118000],
  ['HV-170', 'System installation, further day', 'service', 180000, 92000],
  ['HV-200', 'Capacitor 45/5', 'material', 3850, 1120],
  ['HV-205', 'Capacitor 35/5', 'material', 3650, 1050],
  ['HV-210', 'Contactor, two pole', 'material', 8900, 2600],
  ['HV-215', 'Fan motor, 1/4 hp', 'material', 21400, 9800],
  ['HV-220', 'Fan motor, 1/3 hp', 'material', 24800, 11400],
  ['HV-225', 'Blower motor, variable speed', 'material', 68500, 34200],
  ['HV-230', 'Hot surface igniter', 'material', 11800, 3900],
  ['HV-235', 'Flame sensor', 'material', 7900, 1800],
  ['HV-240', 'Gas valve', 'material', 34500, 15800],
  ['HV-245', 'Inducer motor', 'material', 48500, 22400],
  ['HV-250', 'Control board', 'material', 52500, 23600],
  ['HV-255', 'Thermostat, programmable', 'material', 14900, 5800],
  ['HV-260', 'Thermostat, connected', 'material', 28900, 14200],
  ['HV-265', 'Filter 16x25x4', 'material', 4400, 1600],
  ['HV-270', 'Filter 20x25x4', 'material', 4800, 1750],
  ['HV-275', 'Condensate pump', 'material', 16800, 6700],
  ['HV-280', 'Condensate safety switch', 'material', 6800, 1900],
  ['HV-285', 'Refrigerant R-410A, per pound', 'material', 9800, 3400],
  ['HV-290', 'Hard start kit', 'material', 18900, 5200],
  ['HV-295', 'Expansion valve', 'material', 42500, 17600],
  ['HV-400', 'Condenser, 3 ton', 'equipment', 298000, 164000],
  ['HV-405', 'Heat pump, 3 ton', 'equipment', 412000, 236000],
  ['HV-410', 'Furnace, 80,000 Btu', 'equipment', 264000, 142000],
  ['HV-415', 'Air handler with coil', 'equipment', 218000, 121000],
  ['HV-420', 'Ductless head and outdoor unit', 'equipment', 346000, 192000],
  ['HV-425', 'Whole-home humidifier', 'equipment', 62500, 28400],
  ['HV-430', 'Media air cleaner', 'equipment', 58500, 25800],
]

const PLUMBING: readonly Entry[] = [
  ['PL-100', 'Plumbing diagnosis', 'service', 8900, 3400],
  ['PL-105', 'Emergency plumbing call', 'service', 16900, 6100],
  ['PL-110', 'Faucet repair', 'service', 16500, 5600],
  ['PL-115', 'Faucet replacement, labor', 'service', 19500, 6800],
  ['PL-120', 'Toilet repair', 'service', 15500, 5200],
  ['PL-125', 'Toilet replacement, labor', 'service', 24500, 8900],
  ['PL-130', 'Water heater flush', 'service', 14500, 4900],
  ['PL-135', 'Water heater replacement, labor', 'service', 68500, 26400],
  ['PL-140', 'Leak search', 'service', 24500, 8200],
  ['PL-145', 'Pipe repair, up to 3 ft', 'service', 28500, 9800],
  ['PL-150', 'Gas line test', 'service', 19500, 6600],
  ['PL-155', 'Disposal replacement, labor', 'service', 16500, 5800],
  ['PL-160', 'Sump pump replacement, labor', 'service', 26500, 9200],
  ['PL-165', 'Water softener service', 'service', 13500, 4600],
  ['PL-170', 'Hose bib replacement', 'service', 18500, 6200],
  ['PL-200', 'Faucet cartridge', 'material', 4800, 1650],
  ['PL-205', 'Kitchen faucet, pull-down', 'material', 28500, 13800],
  ['PL-210', 'Bath faucet', 'material', 18500, 8200],
  ['PL-215', 'Fill valve', 'material', 3900, 1100],
  ['PL-220', 'Flapper and seal', 'material', 2800, 700],
  ['PL-225', 'Wax ring and bolts', 'material', 1900, 520],
  ['PL-230', 'Supply line, braided', 'material', 2400, 780],
  ['PL-235', 'Angle stop valve', 'material', 4200, 1300],
  ['PL-240', 'Pressure reducing valve', 'material', 34500, 14800],
  ['PL-245', 'Expansion tank', 'material', 14500, 5600],
  ['PL-250', 'Thermocouple', 'material', 6800, 1900],
  ['PL-255', 'Copper fittings and solder', 'material', 3600, 1200],
  ['PL-260', 'Hose bib, frost-free', 'material', 6400, 2300],
  ['PL-400', 'Water heater, 50 gal gas', 'equipment', 139000, 74500],
  ['PL-405', 'Water heater, tankless', 'equipment', 248000, 141000],
  ['PL-410', 'Toilet, elongated', 'equipment', 34500, 17800],
  ['PL-415', 'Disposal, 3/4 hp', 'equipment', 28900, 14600],
  ['PL-420', 'Sump pump with battery', 'equipment', 64500, 33800],
]

const ELECTRICAL: readonly Entry[] = [
  ['EL-100', 'Electrical diagnosis', 'service', 9900, 3800],
  ['EL-105', 'Emergency electrical call', 'service', 17900, 6500],
  ['EL-110', 'Outlet or switch replacement', 'service', 12500, 4200],
  ['EL-115', 'New circuit, up to 50 ft', 'service', 48500, 18600],
  ['EL-120', 'Fixture installation', 'service', 16500, 5600],
  ['EL-125', 'Ceiling fan installation', 'service', 24500, 8400],
  ['EL-130', 'Panel inspection', 'service', 14500, 4900],
  ['EL-135', 'Panel replacement, labor', 'service', 148000, 62000],
  ['EL-140', 'EV charger installation, labor', 'service', 68500, 26800],
  ['EL-145', 'Smoke alarm replacement, each', 'service', 5200, 1700],
  ['EL-150', 'Whole-home safety check', 'service', 24900, 8800],
  ['EL-200', 'Outlet, GFCI', 'material', 4200, 1500],
  ['EL-205', 'Breaker, 20 A', 'material', 3800, 1200],
  ['EL-210', 'Breaker, AFCI', 'material', 8900, 3900],
  ['EL-215', 'Dimmer switch', 'material', 6400, 2600],
  ['EL-220', 'Wire, 12 gauge, 50 ft', 'material', 8800, 3700],
  ['EL-225', 'Smoke and CO alarm', 'material', 6900, 2900],
  ['EL-230', 'Surge protector, whole home', 'material', 34500, 15600],
  ['EL-235', 'Box, cover and connectors', 'material', 1800, 560],
  ['EL-400', 'Panel, 200 A', 'equipment', 84500, 43800],
  ['EL-405', 'EV charger, 48 A', 'equipment', 118500, 66500],
  ['EL-410', 'Standby generator, 22 kW', 'equipment', 689000, 442000],
]

const POOL: readonly Entry[] = [
  ['PO-100', 'Pool diagnosis', 'service', 9500, 3600],
  ['PO-105', 'Weekly pool service', 'service', 16500, 6800],
  ['PO-110', 'Green pool recovery', 'service', 27500, 11400],
  ['PO-115', 'Pool opening', 'service', 38500, 16200],
  ['PO-120', 'Pool closing', 'service', 36500, 15400],
  ['PO-125', 'Filter cleaning', 'service', 14500, 5200],
  ['PO-130', 'Pump replacement, labor', 'service', 28500, 10600],
  ['PO-135', 'Salt cell cleaning', 'service', 9500, 3200],
  ['PO-200', 'Chlorine, 50 lb', 'material', 18500, 9800],
  ['PO-205', 'Muriatic acid, 2 gal', 'material', 2900, 1300],
  ['PO-210', 'Filter cartridge', 'material', 13500, 6400],
  ['PO-215', 'Pump seal kit', 'material', 5800, 2100],
  ['PO-220', 'Skimmer basket', 'material', 3200, 1100],
  ['PO-225', 'Algaecide, quart', 'material', 3800, 1500],
  ['PO-400', 'Pump, variable speed', 'equipment', 128500, 71500],
  ['PO-405', 'Salt chlorinator', 'equipment', 148000, 86500],
  ['PO-410', 'Pool heater', 'equipment', 346000, 208000],
]

const DRAINS: readonly Entry[] = [
  ['DR-100', 'Drain diagnosis', 'service', 7900, 3000],
  ['DR-105', 'Drain cleaning, single fixture', 'service', 18900, 6400],
  ['DR-110', 'Main line cleaning', 'service', 32500, 11200],
  ['DR-115', 'Sewer camera', 'service', 39500, 13800],
  ['DR-120', 'Water jetting', 'service', 58500, 21600],
  ['DR-125', 'Root removal', 'service', 42500, 15200],
  ['DR-130', 'Emergency backup call', 'service', 24900, 8900],
  ['DR-135', 'Cleanout installation', 'service', 128000, 54000],
  ['DR-140', 'Sewer repair estimate', 'service', 0, 3400],
  ['DR-145', 'Floor drain service', 'service', 15500, 5400],
  ['DR-150', 'Septic line locating', 'service', 26500, 9600],
  ['DR-200', 'Enzyme treatment, quart', 'material', 4200, 1600],
  ['DR-205', 'Cleanout plug and cap', 'material', 2600, 800],
  ['DR-210', 'Coupling, 4 in', 'material', 3800, 1250],
  ['DR-215', 'Pipe, 4 in, per foot', 'material', 1600, 640],
  ['DR-220', 'Backwater flap', 'material', 9800, 4100],
  ['DR-225', 'P-trap', 'material', 2400, 760],
  ['DR-230', 'Tub drain assembly', 'material', 8600, 3400],
  ['DR-235', 'Strainer basket', 'material', 3400, 1200],
  ['DR-240', 'Air admittance valve', 'material', 4600, 1700],
  ['DR-245', 'Root treatment, annual', 'material', 8800, 3600],
  ['DR-250', 'Gasket and clamp set', 'material', 2900, 940],
  ['DR-255', 'Drain line, PEX, per foot', 'material', 900, 320],
  ['DR-400', 'Backwater valve', 'equipment', 68500, 36500],
  ['DR-405', 'Sewage ejector pump', 'equipment', 94500, 52800],
  ['DR-410', 'Grease interceptor, 25 gal', 'equipment', 118000, 68500],
  ['DR-415', 'Sewage alarm', 'equipment', 24500, 11600],
  ['DR-420', 'Utility sink pump', 'equipment', 46500, 24200],
]

const of = (unit: UnitKey | null, entries: readonly Entry[]): readonly CatalogueItem[] =>
  entries.map(([code, name, kind, priceCents, costCents]) => ({ code, name, kind, unit, priceCents, costCents }))

/** The price book of the sample company: 150 items with what they sell for and what they cost. */
export const PRICE_BOOK: readonly CatalogueItem[] = [
  ...of(null, EVERY_UNIT),
  ...of('hvac', HVAC),
  ...of('plumbing', PLUMBING),
  ...of('electrical', ELECTRICAL),
  ...of('pool', POOL),
  ...of('drains', DRAINS),
]
