/** What callers say, by job type; the words a CSR would write down. */
export const SUMMARIES: Readonly<Record<string, readonly string[]>> = {
  'No cooling': ['Upstairs not cooling since last night, blowing air but warm.', 'Outdoor unit hums and does not start.', 'Thermostat reads 84 and climbs. Filter changed last month.'],
  'No heat': ['Furnace clicks, no flame.', 'No heat since this morning, thermostat is blank.', 'Heat runs two minutes and stops.'],
  'Cooling tune-up': ['Yearly tune-up before the summer.', 'Tune-up, two systems if time allows.'],
  'Heating tune-up': ['Yearly furnace tune-up.', 'Furnace check before the cold.'],
  'Heat pump service': ['Heat pump service, last done a year ago.', 'Heat pump runs all night.'],
  'Water around the air handler': ['Water on the closet floor under the air handler.', 'Drain pan is full again.'],
  'Noise or smell': ['Rattle when it starts, worse in the evening.', 'Burnt dust smell from the vents.'],
  'Duct leak': ['One bedroom gets no air.', 'Ducts whistle in the attic.'],
  Thermostat: ['Thermostat loses its schedule.', 'Wants a connected thermostat, has one already.'],
  'Air quality': ['Dust everywhere, asks about an air cleaner.', 'Dry air in winter, asks about a humidifier.'],
  'Replacement estimate': ['System is 19 years old, wants options.', 'Second opinion on a compressor.'],
  'System installation': ['Install as quoted: condenser and coil.', 'Furnace replacement as quoted.'],
  'Leak, water running': ['Water coming through the kitchen ceiling, main is shut off.', 'Pipe burst in the garage.'],
  'Leak search': ['Water bill doubled, no leak in sight.', 'Damp spot on the living room wall.'],
  'No hot water': ['No hot water since yesterday, pilot will not stay lit.', 'Lukewarm at best, 12-year-old heater.'],
  'Water heater replacement': ['Heater leaks from the bottom, replace as quoted.', 'Replace 50 gallon gas heater.'],
  Faucet: ['Kitchen faucet drips all night.', 'Bath faucet handle is loose.'],
  Toilet: ['Toilet runs and refills every ten minutes.', 'Toilet rocks at the base.'],
  'Gas line': ['New range, needs a gas line test.', 'Add a line for the grill.'],
  'Sump pump': ['Sump pump runs and moves no water.', 'Wants a battery backup pump.'],
  'Burning smell or sparks': ['Outlet sparked and smells burnt. Breaker is off.', 'Panel buzzes and is warm.'],
  'Dead circuit': ['Half the kitchen is dead, breaker will not reset.', 'Garage circuit is out.'],
  'Outlet or switch': ['Replace three worn outlets.', 'Switch crackles in the hall.'],
  'Fixture or fan': ['Hang a ceiling fan, customer has it.', 'Porch light to replace.'],
  'EV charger': ['Charger for a new car, panel is in the garage.', 'Install charger as quoted.'],
  'Panel upgrade': ['100 A panel to 200 A as quoted.', 'Insurance asks for a new panel.'],
  'Smoke alarms': ['Replace all alarms, some are over ten years old.', 'Alarm chirps with a new battery.'],
  'Weekly pool service': ['Weekly stop, gate on the left.', 'Weekly stop, check the salt.'],
  'Green pool': ['Pool turned green after the storm.', 'Green and cloudy, party on Saturday.'],
  'Pump or filter': ['Pump screams when it starts.', 'Filter pressure is high.'],
  'Pool opening or closing': ['Open the pool, cover goes in the shed.', 'Close for the season.'],
  'Sewage backing up': ['Sewage in the basement floor drain.', 'Both toilets back up when the washer drains.'],
  'Slow drain': ['Shower stands ankle deep.', 'Kitchen sink drains slowly.'],
  'Main line': ['Main line backs up twice a year.', 'Gurgling in every drain.'],
  'Sewer camera': ['Wants to see the line before buying.', 'Camera after last month\u2019s roots.'],
}

export const DISPATCH_NOTES = ['Call ahead, they will let you in.', 'Equipment is on the roof.', 'Filter is 20x25x4.', 'Been here in spring, see the last job.', 'Bring the tall ladder.'] as const

export const CLOSE_OUT_NOTES = [
  'Found and replaced the failed part. Ran it through a full cycle; readings are normal.',
  'Cleaned, tightened and tested. Showed the customer the filter.',
  'Repaired as agreed. Customer saw it work before I left.',
  'Done as quoted. Photos of the model plate taken.',
  'Temporary repair holds. Recommended replacement within the year.',
] as const

export const EQUIPMENT_NOTES = ['Installed 2019, no rust.', 'Model plate unreadable.', 'Warranty until 2029.', '', ''] as const

export const UNBOOKED_REASONS = ['Wants to speak to spouse first', 'Price of the dispatch fee', 'Wanted to come today, we were full', 'Comparing companies'] as const

export const NOT_LEAD_REASONS = ['Vendor', 'Wrong number', 'Asked where the technician is', 'Billing question, answered', 'Solicitor'] as const

export const CALL_BACK_NOTES = ['Talked it over, will call in the fall.', 'Found somebody for today.', 'Fixed it themselves.'] as const
