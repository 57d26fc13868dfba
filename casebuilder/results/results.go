// Package results is the contract between the model and everything that shows
// it: one BusinessCase holds every figure by its ID, with value, range, unit,
// definition, formula and source. The papers are drawn from it alone, and
// results.json is it.
//
// It sits in the middle of the hourglass: the model writes it, the papers,
// the terminal and the group read it, and neither side knows the other.
package results

import "casebuilder/casebuilder/company"

// Schema is the version of the shape of results.json.
const Schema = 1

// BusinessCase is one finished case.
type BusinessCase struct {
	Schema      int             `json:"schema"`
	Tool        Tool            `json:"tool"`
	Company     company.Profile `json:"company"`
	AsOf        company.Date    `json:"as_of"`
	Seed        uint64          `json:"seed"`
	Trials      int             `json:"trials"`
	Currency    string          `json:"currency"`
	Fingerprint string          `json:"fingerprint"` // of inputs, library, texts, seed and version

	Quantities  map[string]Figure `json:"quantities"`
	Drivers     map[string]Driver `json:"drivers"`
	Options     []Option          `json:"options"` // in the order of the company file; "nothing" is not among them
	Exceedance  Exceedance        `json:"exceedance"`
	Appetite    []Level           `json:"appetite"`
	Replay      []Replay          `json:"replay"`
	Tornado     []Bar             `json:"tornado"` // widest first
	FullRuns    []FullRun         `json:"full_runs"`
	Comparables []Comparable      `json:"comparables"` // the whole library, heaviest first
	Evidence    Evidence          `json:"evidence"`
	Stake       Stake             `json:"stake"`
	Decision    Decision          `json:"decision"`
	Exhibits    Exhibits          `json:"exhibits"`
	Review      *Review           `json:"review,omitempty"` // after a review of the workbook
	Warnings    []string          `json:"warnings"`
	Checks      []Check           `json:"checks"`
	Sources     []Source          `json:"sources"` // every outside source that a figure names

	Samples map[string][]float64 `json:"samples"`
	Files   map[string]string    `json:"files,omitempty"` // name: SHA-256
}

// Tool names the program that made the case.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Figure is one quantity. Value is the figure itself, or the mean over the
// trials where there is a distribution; Central is its central case. A figure
// without a number ("not within the horizon") has Text and no Value.
type Figure struct {
	Label      string   `json:"label"`
	Unit       string   `json:"unit"` // "money" stands for the case's currency: GBP, GBP/yr, GBP/customer
	Value      *float64 `json:"value"`
	Text       string   `json:"text,omitempty"`
	Central    *float64 `json:"central,omitempty"`
	Mean       *float64 `json:"mean,omitempty"`
	P5         *float64 `json:"p5,omitempty"`
	P10        *float64 `json:"p10,omitempty"`
	P50        *float64 `json:"p50,omitempty"`
	P90        *float64 `json:"p90,omitempty"`
	P95        *float64 `json:"p95,omitempty"`
	P99        *float64 `json:"p99,omitempty"`
	StdErr     *float64 `json:"stderr,omitempty"`
	Definition string   `json:"definition"`
	Formula    string   `json:"formula,omitempty"` // in words
	Form       string   `json:"form,omitempty"`    // form of loss, of a loss line
	Owner      string   `json:"owner,omitempty"`
	Sources    []string `json:"sources,omitempty"` // IDs of Sources, or "company file"
	Cell       string   `json:"cell,omitempty"`    // where the workbook shows Value live: "Loss!D12"
}

// Driver is an uncertain input: the prior, what cases said, what the company
// said, and the interval in use.
type Driver struct {
	Label   string       `json:"label"`
	Unit    string       `json:"unit"`
	Meaning string       `json:"meaning"`
	Family  string       `json:"family"`
	Low     float64      `json:"low"` // 5th percentile in use
	Mid     float64      `json:"mid"` // median in use
	High    float64      `json:"high"`
	Mu      float64      `json:"mu"`    // on the transformed scale
	Sigma   float64      `json:"sigma"` // on the transformed scale
	Prior   Interval     `json:"prior"`
	Library *Interval    `json:"library,omitempty"` // after the cases, where it learns
	Weight  float64      `json:"weight,omitempty"`  // sum of the weights of the cases
	Cases   []CaseWeight `json:"cases"`
	Company *Interval    `json:"company"`
	InUse   string       `json:"in_use"` // prior, library, company
	Grade   string       `json:"grade"`
	Basis   string       `json:"basis"`
	Owner   string       `json:"owner"`
	Sources []string     `json:"sources"`
}

// Interval is a 90% interval with its two numbers on the transformed scale.
type Interval struct {
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	Mu     float64 `json:"mu"`
	Sigma  float64 `json:"sigma"`
	Source string  `json:"source,omitempty"`
}

// CaseWeight is what one case says about a driver. For the reaction, Value is
// 1 (an effect was seen) or 0 (looked for and none seen).
type CaseWeight struct {
	ID     string  `json:"id"`
	Name   string  `json:"name"`
	Value  float64 `json:"value"`
	Weight float64 `json:"weight"`
	Why    string  `json:"why"`
}

// Option is one way to spend. Its quantities have the IDs npv, cost.pv,
// ale.total, residual.chance_over_appetite …; in Quantities of the case they
// are "options.<id>.<ID>".
type Option struct {
	ID          string            `json:"id"`
	Name        string            `json:"name"`
	Quantities  map[string]Figure `json:"quantities"`
	Years       []Year            `json:"years"` // year 0 first
	Initiatives []Initiative      `json:"initiatives"`
	NotValued   []string          `json:"not_valued,omitempty"`
	Exceedance  Exceedance        `json:"exceedance"`
	Recommended bool              `json:"recommended"`
	Within      bool              `json:"within_appetite"` // inside every level
	Next        *Next             `json:"next,omitempty"`  // over the next cheaper option
}

// Year is one row of an option's year table. Costs and losses are positive,
// net is benefits less costs. Amounts are undiscounted.
type Year struct {
	Year       int     `json:"year"`
	Cost       float64 `json:"cost"`
	Saves      float64 `json:"saves"`
	Avoided    float64 `json:"avoided"`
	Marketing  float64 `json:"avoided_marketing"`
	Net        float64 `json:"net"`
	Factor     float64 `json:"discount_factor"`
	Present    float64 `json:"present_value"`
	Cumulative float64 `json:"cumulative_present_value"`
}

// Initiative is one piece of an option as the papers print it.
type Initiative struct {
	ID         string  `json:"id"`
	Name       string  `json:"name"`
	Owner      string  `json:"owner,omitempty"`
	Supplier   string  `json:"supplier,omitempty"`
	StartMonth float64 `json:"start_month"`
	OneOff     float64 `json:"one_off"`
	PerYear    float64 `json:"per_year"` // posts included, before the uplift
	Posts      float64 `json:"posts"`
	Cuts       []Cut   `json:"cuts"`
}

// Cut is what an initiative, or a whole option, takes off a driver.
type Cut struct {
	Target string  `json:"target"`
	Low    float64 `json:"low"`
	Mode   float64 `json:"mode"`
	High   float64 `json:"high"`
	Source string  `json:"source,omitempty"`
}

// Exceedance holds the chance of losing more than an amount in a year.
type Exceedance struct {
	Occurrence []Point `json:"occurrence"` // at least one incident that costs more
	Annual     []Point `json:"annual"`     // all incidents of a year together
}

// Point is one point of an exceedance curve.
type Point struct {
	Loss   float64 `json:"loss"`
	Chance float64 `json:"chance"`
}

// Level is one level of appetite, and where we stand against it.
type Level struct {
	Loss    float64            `json:"loss"`
	Chance  float64            `json:"chance"` // at most this, in a year
	Today   float64            `json:"today"`
	Options map[string]float64 `json:"options"` // chance after each option
}

// Replay is one case applied to the company.
type Replay struct {
	ID            string             `json:"id"`
	Organisation  string             `json:"organisation"`
	Disclosed     string             `json:"disclosed"`
	Sector        string             `json:"sector"`
	Headline      string             `json:"headline"`
	Why           string             `json:"why"`    // why this case
	Weight        float64            `json:"weight"` // similarity
	Drivers       []ReplayDriver     `json:"drivers"`
	Lines         map[string]float64 `json:"lines"`      // loss line: amount for us
	Quantities    map[string]Figure  `json:"quantities"` // severity.total, surge.backlog_days …
	DisclosedCost *DisclosedCost     `json:"direct_cost_disclosed,omitempty"`
	Story         Story              `json:"story"`
}

// ReplayDriver is one driver of a replay: observed in the case, or assumed.
type ReplayDriver struct {
	ID       string  `json:"id"`
	Label    string  `json:"label"`
	Unit     string  `json:"unit"`
	Value    float64 `json:"value"`
	Observed bool    `json:"observed"`
	Basis    string  `json:"basis"`
	Source   string  `json:"source,omitempty"`
}

// DisclosedCost is what the case itself disclosed; never scaled to us.
type DisclosedCost struct {
	Amount   float64 `json:"amount"`
	Currency string  `json:"currency"`
	Year     int     `json:"year"`
	Complete bool    `json:"complete"`
	Strength string  `json:"strength"`
	Why      string  `json:"why"`
	Source   string  `json:"source"`
}

// Story is what the case page tells.
type Story struct {
	Summary  string   `json:"summary"`
	People   *float64 `json:"people,omitempty"`
	Facts    []Fact   `json:"facts"`  // dated, in order
	Phones   []Fact   `json:"phones"` // what happened to phones and contact
	Staff    []Fact   `json:"staff"`  // who was diverted
	Shop     []Fact   `json:"shop"`   // what was closed
	Goodwill []Fact   `json:"goodwill"`
	Effects  []Fact   `json:"effects"` // what customers did
	Lessons  []string `json:"lessons"`
	Unknown  []string `json:"unknown"` // what no public figure exists for
}

// Fact is one reported fact with its source.
type Fact struct {
	Text   string `json:"text"`
	Source string `json:"source"` // "Las Vegas Review-Journal, 2012-01-16"
}

// Bar is one row of the tornado.
type Bar struct {
	ID        string   `json:"id"`
	Label     string   `json:"label"`
	Unit      string   `json:"unit"`
	Low       float64  `json:"low"` // input at the low end
	Mid       float64  `json:"mid"` // input in the central case
	High      float64  `json:"high"`
	NPV       Ends     `json:"npv"`       // at the low and the high end, hung on the printed NPV
	Marketing Ends     `json:"marketing"` // severity.marketing
	Share     Ends     `json:"stake_share"`
	Switching *float64 `json:"switching"` // input at which the NPV is zero
	Text      string   `json:"switching_text,omitempty"`
	Shift     *float64 `json:"switching_shift,omitempty"` // from the middle to Switching, as a share of the middle
	Shown     *Shown   `json:"shown,omitempty"`
}

// Ends is a figure with an input at its low and at its high end.
type Ends struct {
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// FullRun is the whole model run again with one assumption changed.
type FullRun struct {
	ID          string  `json:"id"`
	Label       string  `json:"label"`
	NPV         float64 `json:"npv"`
	Marketing   float64 `json:"severity_marketing"`
	Total       float64 `json:"severity_total"`
	ALE         float64 `json:"ale_total"`
	Share       float64 `json:"stake_share"`
	Verdict     string  `json:"verdict"`
	Recommended string  `json:"recommended"`
}

// Comparable is one case of the library as the company sees it.
type Comparable struct {
	ID           string   `json:"id"`
	Organisation string   `json:"organisation"`
	Sector       string   `json:"sector"`
	Positioning  string   `json:"positioning,omitempty"`
	Disclosed    string   `json:"disclosed"`
	Kind         string   `json:"kind"`
	Headline     string   `json:"headline"`
	Weight       float64  `json:"weight"`
	Why          []string `json:"why"`
	Effect       string   `json:"effect"` // seen, none seen, unknown
	Themes       []string `json:"themes"`
	Selected     bool     `json:"selected"` // replayed in the papers
	Used         []string `json:"used_for"` // drivers that it informs
	People       *float64 `json:"people,omitempty"`
	Closed       *bool    `json:"closed,omitempty"`
	Strength     string   `json:"strength"` // of its direct cost or reaction
	Source       string   `json:"source"`   // first source, as printed
	URL          string   `json:"url,omitempty"`
}

// Evidence says how good the library and the predictions are.
type Evidence struct {
	Cases     int         `json:"cases"`
	DataCases int         `json:"data_cases"` // with exposed data
	Effect    int         `json:"effect_seen"`
	NoEffect  int         `json:"none_seen"`
	Fit       *Regression `json:"regression,omitempty"`
	Backtest  *Backtest   `json:"backtest,omitempty"`
	Opinions  []Opinion   `json:"second_opinions"` // what published formulas say
}

// Regression is the fit of the direct cost of a headline incident:
// ln(cost in dollars) = A + B ln(people/10⁶) + C ln(revenue/10⁹ dollars) + D·sensitive.
type Regression struct {
	A     float64 `json:"a"`
	B     float64 `json:"b"`
	C     float64 `json:"c"`
	D     float64 `json:"d"`
	Sigma float64 `json:"sigma"` // of one prediction, at the median of people exposed
	Noise float64 `json:"noise"` // residual log-sd
	Cases int     `json:"cases"`
	Year  int     `json:"year"` // of the constant dollars
}

// Backtest scores predictions on cases that the fit had not seen.
type Backtest struct {
	Summary Score           `json:"summary"`
	Cases   []BacktestPoint `json:"cases"`
}

// Score is how far predictions miss, and how often intervals cover.
type Score struct {
	N           int              `json:"n"`
	MedianError *float64         `json:"median_abs_log10_error"` // null where n is 0, as all that follow
	Bias        *float64         `json:"bias_log10"`             // mean of predicted less actual
	Coverage50  *float64         `json:"coverage50"`             // null for a formula without an interval
	Coverage90  *float64         `json:"coverage90"`
	Complete    *Score           `json:"complete,omitempty"` // complete costs alone
	Formulas    map[string]Score `json:"formulas,omitempty"`
}

// BacktestPoint is one case: what was disclosed and what was predicted
// without it, in constant dollars.
type BacktestPoint struct {
	ID       string  `json:"id"`
	Actual   float64 `json:"actual"`
	Complete bool    `json:"complete"`
	P5       float64 `json:"p5"`
	P25      float64 `json:"p25"`
	P50      float64 `json:"p50"`
	P75      float64 `json:"p75"`
	P95      float64 `json:"p95"`
}

// Opinion is what a published formula says of the company's direct cost.
type Opinion struct {
	ID     string   `json:"id"`
	Label  string   `json:"label"`
	Low    *float64 `json:"low,omitempty"`
	Median float64  `json:"median"`
	High   *float64 `json:"high,omitempty"`
	Note   string   `json:"note"`
	Source string   `json:"source"`
}

// Stake is what marketing stands to lose, and what it is asked to fund.
type Stake struct {
	Option      string   `json:"option"`    // whose benefit it is measured on
	Share       float64  `json:"share"`     // marketing's part of the loss avoided
	ShareLow    float64  `json:"share_low"` // over the tornado
	ShareHigh   float64  `json:"share_high"`
	ShareMargin float64  `json:"share_margin"` // customer margin only
	Yearly      float64  `json:"yearly"`
	IncidentP50 float64  `json:"incident_p50"`
	IncidentP90 float64  `json:"incident_p90"`
	Keys        []Key    `json:"keys"`
	Proposed    float64  `json:"proposed"` // share of the cost that marketing is asked to fund
	Unbounded   float64  `json:"unbounded"`
	PerYear     float64  `json:"per_year"` // money a year
	Return      *float64 `json:"return"`   // avoided loss per unit funded; nil where nothing is funded
	Today       float64  `json:"today"`
}

// Key is one rule for sharing the cost.
type Key struct {
	ID    string  `json:"id"` // cause, benefit, usage, ability
	Label string  `json:"label"`
	Value float64 `json:"value"`
	InUse bool    `json:"in_use"`
	Basis string  `json:"basis"`
}

// Decision is the recommendation and how sure it is.
type Decision struct {
	Recommended string `json:"recommended"` // option ID, or "nothing"
	Subject     string `json:"subject"`     // the option that the papers analyse: the recommended one, or the highest NPV
	Verdict     string `json:"verdict"`     // favourable, neutral, unfavourable
	Why         string `json:"why"`
	WithinToday bool   `json:"within_appetite_today"`
	WithinAfter bool   `json:"within_appetite_after"`
	// PriceOfAppetite is the cheapest option inside appetite, where the
	// recommended one is not or nothing pays: "" when there is none.
	PriceOfAppetite string `json:"price_of_appetite,omitempty"`
}

// Review is what a review of the workbook changed.
type Review struct {
	Questions int      `json:"questions"`
	Answered  int      `json:"answered"`
	Agreed    int      `json:"agreed"`
	Changes   []Change `json:"changes"`
}

// Change is one accepted edit and what it does. Where its effect could not be
// worked out, NoEffect says why and the two effects are 0.
type Change struct {
	ID     string  `json:"id"`
	Label  string  `json:"label"`
	Unit   string  `json:"unit"`
	From   string  `json:"from"`
	To     string  `json:"to"`
	Reason string  `json:"reason"`
	Who    string  `json:"who"`
	Date   string  `json:"date"`
	NPV    float64 `json:"npv_effect"`
	Stake  float64 `json:"stake_effect"`

	NoEffect string `json:"no_effect,omitempty"` // ChangedSince or Unknown
}

// Why an accepted change has no effect of its own.
const (
	ChangedSince = "changed since" // the company has another value now
	Unknown      = "not known"     // the value before it cannot be put back
)

// Check is one check of the case against itself.
type Check struct {
	ID        string  `json:"id"`
	Label     string  `json:"label"`
	Expected  float64 `json:"expected"`
	Actual    float64 `json:"actual"`
	Tolerance float64 `json:"tolerance"`
	OK        bool    `json:"ok"`
}

// Source is one publication that figures rest on.
type Source struct {
	ID       string `json:"id"`
	Text     string `json:"text"` // authors, title, publisher, year
	URL      string `json:"url,omitempty"`
	Strength string `json:"strength"`
	Method   string `json:"method,omitempty"`
	Sponsor  string `json:"sponsor,omitempty"`    // who paid for it, where known
	People   string `json:"population,omitempty"` // whom or what it looked at, with the number where known
	Finding  string `json:"finding"`
}
