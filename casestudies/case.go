package casestudies

import (
	"strings"

	"casebuilder/casebuilder/diag"
)

// Case is one breach, or one closure, as the public record has it. A figure
// names the source that it comes from; what is not known is left out, never
// zero. Amounts are in the currency of the source, in the money of their day.
//
// The order of the fields is the order of the keys in a case file.
type Case struct {
	ID               string `json:"id"` // "zappos-2012": lower case, digits, hyphens
	Organisation     string `json:"organisation"`
	Parent           string `json:"parent,omitempty"`
	Sector           string `json:"sector"` // one of Sectors
	Subsector        string `json:"subsector,omitempty"`
	Country          string `json:"country,omitempty"`     // ISO 3166 alpha-2
	Positioning      string `json:"positioning,omitempty"` // premium, mid, value; "" is not known
	PositioningBasis string `json:"positioning_basis,omitempty"`
	Disclosed        string `json:"disclosed,omitempty"`      // a year, a month or a day
	IncidentStart    string `json:"incident_start,omitempty"` // likewise
	IncidentEnd      string `json:"incident_end,omitempty"`

	Attack    string   `json:"attack"`               // one of Attacks
	DataTypes []string `json:"data_types,omitempty"` // of DataTypes
	Summary   string   `json:"summary"`

	PeopleAffected *People  `json:"people_affected,omitempty"`
	CustomerBase   *Count   `json:"customer_base,omitempty"`
	AnnualRevenue  *Revenue `json:"annual_revenue,omitempty"`
	Employees      *Count   `json:"employees,omitempty"`

	Costs             []Cost      `json:"costs,omitempty"` // totals and their parts: do not add them up
	CustomerEffects   []Effect    `json:"customer_effects,omitempty"`
	Operations        []Operation `json:"operations,omitempty"`
	MarketingResponse []Response  `json:"marketing_response,omitempty"`
	Lessons           []string    `json:"lessons,omitempty"`
	Notes             string      `json:"notes,omitempty"` // read before a figure is used

	Model   Model    `json:"model"`
	Sources []Source `json:"sources"`

	place diag.Place // of a case that was read from a file
}

// People is how many were affected, as reported.
type People struct {
	Value  float64  `json:"value"`
	Unit   string   `json:"unit"` // customers, accounts, cards, records, patients
	Low    *float64 `json:"low,omitempty"`
	High   *float64 `json:"high,omitempty"`
	Source string   `json:"source"`
}

// Count is a number of customers or employees.
type Count struct {
	Value  float64 `json:"value"`
	Source string  `json:"source"`
}

// Revenue is what the organisation sold in a fiscal year.
type Revenue struct {
	Value      float64 `json:"value"`
	Currency   string  `json:"currency"` // ISO 4217
	FiscalYear int     `json:"fiscal_year"`
	Source     string  `json:"source"`
}

// Cost is one amount that was paid, booked, agreed, claimed or estimated.
type Cost struct {
	Category string  `json:"category"` // one of CostCategories
	Amount   float64 `json:"amount"`
	Currency string  `json:"currency"`
	Basis    string  `json:"basis"`           // one of CostBases
	AsOf     string  `json:"as_of,omitempty"` // when it was said
	Source   string  `json:"source"`
	Note     string  `json:"note,omitempty"`
}

// Effect is something that was measured of customers, sales or the brand. A
// fall is negative.
type Effect struct {
	Metric      string  `json:"metric"`
	Value       float64 `json:"value"`
	Unit        string  `json:"unit"`
	Window      string  `json:"window"`
	Attribution string  `json:"attribution"` // company, press, analyst
	Source      string  `json:"source"`
	Note        string  `json:"note,omitempty"`
}

// Operation is what the incident did to the running of the business.
type Operation struct {
	Metric string   `json:"metric"`
	Value  *float64 `json:"value,omitempty"` // nil: told in words alone
	Unit   string   `json:"unit"`
	Source string   `json:"source"`
	Note   string   `json:"note,omitempty"`
}

// Response is what the organisation did for, or said to, its customers.
type Response struct {
	What   string `json:"what"`
	Cost   string `json:"cost,omitempty"` // in words, with its currency; amounts to count with stand under costs
	Source string `json:"source"`
}

// Source is a publication. Some addresses are mirrors: cite title, publisher
// and date first, the address second.
type Source struct {
	ID        string `json:"id"` // "s1": named by the figures of this case
	Title     string `json:"title"`
	Publisher string `json:"publisher,omitempty"`
	Date      string `json:"date,omitempty"`
	URL       string `json:"url,omitempty"`
	Kind      string `json:"kind"` // one of SourceKinds
}

// Model is what a model can use of a case.
type Model struct {
	Kind            string         `json:"kind"` // data_breach, outage_only, both
	People          *ModelCount    `json:"people,omitempty"`
	ActiveCustomers *ModelCount    `json:"active_customers,omitempty"`
	Revenue         *ModelRevenue  `json:"revenue,omitempty"`
	Sensitive       *bool          `json:"sensitive,omitempty"` // full card, bank account, government ID, passport, health or plain password; nil: not known
	DirectCost      *DirectCost    `json:"direct_cost,omitempty"`
	Reaction        Reaction       `json:"reaction,omitzero"`
	Closure         Closure        `json:"closure,omitzero"`
	Observations    []Observation  `json:"observations,omitempty"`
	Replay          ReplayHeadline `json:"replay"`
}

// ModelCount is a number of people with how it was reached.
type ModelCount struct {
	Value   float64  `json:"value"`
	Basis   string   `json:"basis"`
	Sources []string `json:"sources"`
}

// ModelRevenue is the yearly revenue that the size of the business is taken
// from.
type ModelRevenue struct {
	Value      float64  `json:"value"`
	Currency   string   `json:"currency"`
	FiscalYear int      `json:"fiscal_year"`
	Basis      string   `json:"basis"`
	Sources    []string `json:"sources"`
}

// DirectCost is what the incident cost directly: investigation, notices,
// monitoring, lawyers, settlements, fines and card networks, without lost
// business.
type DirectCost struct {
	Amount           float64  `json:"amount"`
	Currency         string   `json:"currency"`
	Year             int      `json:"year"`  // of its money
	Basis            string   `json:"basis"` // disclosed_total, sum_of_parts
	Parts            []string `json:"parts,omitempty"`
	GrossOfInsurance *bool    `json:"gross_of_insurance,omitempty"` // nil: not known
	Complete         bool     `json:"complete"`                     // false: a floor
	Strength         string   `json:"strength"`                     // strong, moderate, weak
	Sources          []string `json:"sources"`
	Why              string   `json:"why"`
}

// Reaction says whether customers measurably reacted.
type Reaction struct {
	Seen     *bool    `json:"seen,omitempty"`     // nil: nobody measured it
	Strength string   `json:"strength,omitempty"` // strong, moderate, weak
	Why      string   `json:"why,omitempty"`
	Sources  []string `json:"sources,omitempty"`
}

// Closure says whether a sales channel was closed.
type Closure struct {
	Closed  *bool    `json:"closed,omitempty"` // nil: not known
	Days    *float64 `json:"days,omitempty"`   // calendar days
	What    string   `json:"what,omitempty"`
	Sources []string `json:"sources,omitempty"`
}

// Observation is what a case says about one driver of the model, or about a
// figure of the story page that is none.
type Observation struct {
	Driver   string   `json:"driver"` // without "driver."
	Value    float64  `json:"value"`  // shares as 0 to 1; days, months, points, money
	Currency string   `json:"currency,omitempty"`
	Basis    string   `json:"basis"`    // the arithmetic
	Strength string   `json:"strength"` // strong, moderate, weak
	Sources  []string `json:"sources"`
}

// ReplayHeadline is how a case is told in a line, and what it is about.
type ReplayHeadline struct {
	Headline string   `json:"headline"`
	Themes   []string `json:"themes,omitempty"`
}

// Source returns the source with that ID, or nil.
func (c *Case) Source(id string) *Source {
	for i := range c.Sources {
		if c.Sources[i].ID == id {
			return &c.Sources[i]
		}
	}
	return nil
}

// Cite returns a source as it is printed beside a figure: publisher, or else
// title, and date. It returns "" for an ID that is not there.
func (c *Case) Cite(id string) string {
	s := c.Source(id)
	if s == nil {
		return ""
	}
	name := s.Publisher
	if name == "" {
		name = s.Title
	}
	if s.Date != "" {
		name += ", " + s.Date
	}
	return name
}

// Year returns the year in which the case became known, or else began; 0 when
// neither is known.
func (c *Case) Year() int {
	for _, date := range []string{c.Disclosed, c.IncidentStart} {
		if y := yearOf(date); y > 0 {
			return y
		}
	}
	return 0
}

// Place returns where the case stands, of a case read by ReadCases or
// ReadCaseFile; it is empty for a case of the embedded library.
func (c *Case) Place() diag.Place { return c.place }

// Headline returns the case in a line: the one written for the replay, or
// else the first sentence of the summary.
func (c *Case) Headline() string {
	if c.Model.Replay.Headline != "" {
		return c.Model.Replay.Headline
	}
	if i := strings.Index(c.Summary, ". "); i > 0 {
		return c.Summary[:i]
	}
	return strings.TrimSuffix(c.Summary, ".")
}

// Observed returns the observations of one driver, as the file has them.
func (c *Case) Observed(driver string) []Observation {
	var out []Observation
	for _, o := range c.Model.Observations {
		if o.Driver == driver {
			out = append(out, o)
		}
	}
	return out
}
