// Package company holds one company's own numbers: the Profile that a company
// file, a row of a unit table or a reviewed workbook is read into, and the
// table of Fields that says what each of them is.
//
// The table is the single definition: the reader of company files, the JSON
// Schema, the Inputs sheet, the starter file and the documentation are all
// made from it. The package opens no file.
package company

// Number is a numeric input in base units (0.78 for 78%, 310000000 for 310M).
type Number struct {
	Value     float64 // in use: the mode, else the middle of the range, else the number itself
	Low, High float64 // 90% interval, when Ranged; Low <= Value <= High
	Ranged    bool
	HasMode   bool   // the range came with a mode
	Source    string // as the user gave it, may be empty
	Set       bool   // has a value, given or by default
	Given     bool   // in the file, or the defaults file; false for a documented default
}

// Plain returns a number that was given as it is.
func Plain(v float64) Number { return Number{Value: v, Set: true, Given: true} }

// Between returns a number that was given as a 90% interval without a mode; its
// value is the middle.
func Between(low, high float64) Number {
	return Number{Value: (low + high) / 2, Low: low, High: high, Ranged: true, Set: true, Given: true}
}

// Around returns a number that was given as a 90% interval with its mode.
func Around(low, mode, high float64) Number {
	return Number{Value: mode, Low: low, High: high, Ranged: true, HasMode: true, Set: true, Given: true}
}

// Estimate replaces the library's value of a driver, or of a model constant.
type Estimate struct {
	ID     string // driver without "driver.", or the ID of a model constant
	Number Number
}

// Estimates are what a company estimates itself. Their JSON is an object with
// the IDs as its keys, in this order.
type Estimates []Estimate

// Profile is one company, or one business unit, with every default filled in.
// Its JSON has the keys of the company file.
type Profile struct {
	Company   Company    `json:"company"`
	Customers Customers  `json:"customers"`
	Economics Economics  `json:"economics"`
	Marketing Marketing  `json:"marketing"`
	Staffing  Staffing   `json:"staffing"`
	Security  Security   `json:"security"`
	Estimates Estimates  `json:"estimates,omitempty"` // in the order of the file
	Appetite  Appetite   `json:"appetite,omitzero"`
	Options   []Option   `json:"options,omitempty"`   // 0 to MaxOptions
	Ownership Owners     `json:"ownership,omitempty"` // in the order of the file
	Replay    []string   `json:"replay,omitempty"`    // case IDs, in the order wanted
	Reviewed  []Reviewed `json:"reviewed,omitempty"`  // accepted changes, newest last
	Paper     Paper      `json:"paper"`
}

// Company says who it is.
type Company struct {
	Name           string `json:"name"`
	Unit           string `json:"unit"` // business unit; its ID in a batch
	Sector         string `json:"sector"`
	Country        string `json:"country,omitempty"` // ISO 3166 alpha-2, upper case
	Currency       string `json:"currency"`          // ISO 4217, upper case
	Positioning    string `json:"positioning"`       // premium, mid, value
	AsOf           Date   `json:"as_of"`
	PerUSD         Number `json:"per_usd,omitzero"` // units of Currency for one US dollar
	SharedPlatform string `json:"shared_platform,omitempty"`
	Example        bool   `json:"example"` // the figures are invented
}

// Customers counts people; see Fields for units.
type Customers struct {
	Active          Number   `json:"active"`
	OnFile          Number   `json:"on_file"`
	NewPerYear      Number   `json:"new_per_year"`
	Retention       Number   `json:"retention"`
	AcquisitionCost Number   `json:"acquisition_cost"`
	DataHeld        []string `json:"data_held"`
}

// Economics is what the business earns.
type Economics struct {
	Revenue            Number `json:"revenue"`
	ContributionMargin Number `json:"contribution_margin"`
	MarginPremium      Number `json:"margin_premium"`
	PremiumEvidence    string `json:"premium_evidence,omitempty"`
	OnlineShare        Number `json:"online_share"`
	ClosedShare        Number `json:"closed_share,omitzero"` // not set: the online share
	AbroadShare        Number `json:"abroad_share"`
	DiscountRate       Number `json:"discount_rate"`
	Horizon            Number `json:"horizon"`
	CostUplift         Number `json:"cost_uplift"`
}

// Marketing is what marketing spends and offers.
type Marketing struct {
	Budget         Number    `json:"budget"`
	Voucher        Number    `json:"voucher"`
	CostShareToday Number    `json:"cost_share_today"`
	GoodwillOffer  bool      `json:"goodwill_offer"`
	BrandCampaign  bool      `json:"brand_campaign"`
	ShareKeys      ShareKeys `json:"share_keys,omitzero"`
}

// ShareKeys are the keys of cost sharing that need an input.
type ShareKeys struct {
	Cause Number `json:"cause,omitzero"`
	Usage Number `json:"usage,omitzero"`
}

// Staffing is who is there to answer.
type Staffing struct {
	Employees           Number `json:"employees"`
	HeadOffice          Number `json:"head_office"`
	ContactAgents       Number `json:"contact_agents"`
	ContactsPerAgentDay Number `json:"contacts_per_agent_day"`
	SpareCapacity       Number `json:"spare_capacity"`
	DayCost             Number `json:"day_cost"`
	IT                  Number `json:"it,omitzero"`
	Security            Number `json:"security,omitzero"`
	SecurityVacancies   Number `json:"security_vacancies,omitzero"`
	PostCost            Number `json:"post_cost,omitzero"` // not set: the published default, in dollars
}

// Security is what is spent today, and what is insured.
type Security struct {
	Budget    Number    `json:"budget"`
	ITBudget  Number    `json:"it_budget"`
	Insurance Insurance `json:"insurance,omitzero"`
}

// Insurance is the cyber cover; not set when there is none.
type Insurance struct {
	Limit     Number `json:"limit,omitzero"`
	Retention Number `json:"retention,omitzero"`
	Premium   Number `json:"premium,omitzero"`
}

// Appetite is how much loss the board accepts, at how small a chance a year.
type Appetite struct {
	Approved Date    `json:"approved,omitzero"` // zero: proposed here
	Levels   []Level `json:"levels,omitempty"`  // in rising order of loss
}

// IsZero reports whether no appetite is given.
func (a Appetite) IsZero() bool { return a.Approved.IsZero() && len(a.Levels) == 0 }

// Level is one point of appetite: a chance of at most Chance a year of one
// incident that costs more than Loss.
type Level struct {
	Loss   Number `json:"loss"`
	Chance Number `json:"chance"`
}

// Option is one way to spend: a set of initiatives. Which one is recommended
// is a result.
type Option struct {
	ID          string       `json:"id"`
	Name        string       `json:"name"`
	Initiatives []Initiative `json:"initiatives"`
	NotValued   []string     `json:"not_valued,omitempty"` // benefits that are named and not priced
}

// Initiative is one piece of an option.
type Initiative struct {
	ID           string `json:"id"` // default: made from the name
	Name         string `json:"name"`
	Owner        string `json:"owner,omitempty"`
	Supplier     string `json:"supplier,omitempty"`
	OneOff       Number `json:"one_off"`
	PerYear      Number `json:"per_year"`
	Posts        Number `json:"posts"`
	SavesPerYear Number `json:"saves_per_year"`
	StartMonth   Number `json:"start_month"`
	Cuts         Cuts   `json:"cuts,omitempty"` // in the order of CutTargets
}

// Cut is by how much an initiative lowers a driver, as a share of it. Its
// number is always ranged.
type Cut struct {
	Target string // one of CutTargets
	Number Number
}

// Cuts are what an initiative lowers. Their JSON is an object with the targets
// as its keys.
type Cuts []Cut

// Ownership is who carries a loss line, and why it is not the default owner.
type Ownership struct {
	Line   string // one of LossLines
	Shares []OwnerShare
	Reason string
}

// OwnerShare is one owner's part; the shares of a line sum to 1.
type OwnerShare struct {
	Owner string // one of OwnerNames
	Share Number
}

// Owners are the loss lines whose owner is not the default one. Their JSON is
// an object with the lines as its keys; each holds its owners' shares and the
// reason.
type Owners []Ownership

// Paper is what the pitch says of itself.
type Paper struct {
	Kind           string `json:"kind"` // decision, endorsement, information
	Decider        string `json:"decider,omitempty"`
	DecideBy       Date   `json:"decide_by,omitzero"`
	FundedFrom     string `json:"funded_from,omitempty"`
	PreparedBy     string `json:"prepared_by,omitempty"`
	Contact        string `json:"contact,omitempty"`
	ReviewBy       Date   `json:"review_by,omitzero"`
	Classification string `json:"classification,omitempty"`
}
