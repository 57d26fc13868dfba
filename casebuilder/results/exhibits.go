package results

// Exhibits are what the charts and tables of the papers show beside the
// figures. They are read off the same trials; the workbook does not show them
// live.
type Exhibits struct {
	// Amounts are the amounts of the table of chances, rising: a few round
	// ones, and the losses of the appetite.
	Amounts []float64 `json:"amounts"`
	// Today is the chance in a year of at least one incident that costs more
	// than an amount, in fine steps from 0 to the end of the papers' chart.
	// Every one of Amounts is among its losses.
	Today []Point `json:"today"`
	// After is the same curve after each option, at the same losses.
	After map[string][]Point `json:"after"`
	// Incidents are twenty equally likely costs of an incident, rising.
	Incidents []float64 `json:"incidents"`
	// NPV are a hundred equally likely net present values of each option,
	// rising: as many are above zero as its chance to pay says.
	NPV map[string][]float64 `json:"npv"`
	// Waves are the contacts that a headline brings in the central case, at
	// several contact rates, rising; the one in use is among them.
	Waves []Wave `json:"waves"`
}

// Wave is the contacts after a notice at one contact rate.
type Wave struct {
	Rate       float64   `json:"rate"` // share of the people told who make contact
	InUse      bool      `json:"in_use,omitempty"`
	People     float64   `json:"people"`   // told
	Contacts   float64   `json:"contacts"` // over all days
	PeakLoad   float64   `json:"peak_load"`
	Backlog    float64   `json:"backlog_days"` // days of work of the whole centre
	Diverted   float64   `json:"staff_diverted"`
	Unanswered float64   `json:"unanswered"`
	PhonesOff  bool      `json:"phones_off"` // the peak is above the load at which phones are switched off
	Days       []float64 `json:"days,omitempty"`
}

// Shown is a bar of the tornado in the unit that a board thinks in: a chance
// in a year in place of a rate, money in place of a factor.
type Shown struct {
	Unit      string   `json:"unit"`
	Low       float64  `json:"low"`
	Mid       float64  `json:"mid"`
	High      float64  `json:"high"`
	Switching *float64 `json:"switching,omitempty"`
}

// Next is one step up the list of options, by cost: what an option adds to the
// next cheaper one.
type Next struct {
	Over   string   `json:"over"` // ID of the next cheaper option, or "nothing"
	Cost   float64  `json:"cost"` // more, present value
	NPV    float64  `json:"npv"`  // more, or less
	Return *float64 `json:"return,omitempty"`
}
