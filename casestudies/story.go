package casestudies

import (
	"math"
	"slices"
	"strings"
)

// Replay is what a replay of the case needs: the drivers that were observed,
// the cost that was disclosed, and the story in facts.
type Replay struct {
	Case       *Case
	Observed   []ObservedDriver // in the order of the case file, each driver once
	AbroadOnly bool             // the closure hit visitors from abroad, and no shop at home
	CostSource string           // of the case's direct cost, as printed
	Story      Story
}

// ObservedDriver is a driver, or a figure of the story page, that the case
// itself shows. Zeros and ones are as observed.
type ObservedDriver struct {
	Driver   string
	Value    float64
	Currency string // of an amount
	Basis    string
	Strength string
	Source   string // as printed: "Las Vegas Review-Journal, 2012-01-16"
}

// Story is a case in facts, grouped as the story page shows them. A fact
// stands in one group.
type Story struct {
	Summary  string
	People   *float64 // nil: not known
	Facts    []Fact   // the course of it, and what investors did
	Phones   []Fact   // phones and other contact
	Staff    []Fact   // who was diverted
	Shop     []Fact   // what was closed
	Goodwill []Fact   // vouchers and other offers
	Effects  []Fact   // what customers did
	Lessons  []string
	Unknown  []string // what no public figure was found for, in sentences
}

// Fact is one reported fact.
type Fact struct {
	Text   string
	Note   string // what to know before it is used; may be empty
	Source string // as printed
}

// Replay returns the material for a replay of the case.
func (c *Case) Replay() Replay {
	r := Replay{Case: c, AbroadOnly: c.closedAbroadOnly(), Story: c.story()}
	var done []string
	for _, o := range c.Model.Observations {
		if slices.Contains(done, o.Driver) {
			continue
		}
		done = append(done, o.Driver)
		one, _ := c.observation(o.Driver, func(Observation) bool { return true })
		r.Observed = append(r.Observed, ObservedDriver{Driver: one.Driver, Value: one.Value, Currency: one.Currency,
			Basis: one.Basis, Strength: one.Strength, Source: c.cite(one.Sources)})
	}
	if d := c.Model.DirectCost; d != nil {
		r.CostSource = c.cite(d.Sources)
	}
	return r
}

// cite returns the first of some sources as printed.
func (c *Case) cite(ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return c.Cite(ids[0])
}

// closedAbroadOnly reports whether foreign visitors were shut out while the
// shop stayed open at home.
func (c *Case) closedAbroadOnly() bool {
	abroad := false
	for _, o := range c.Operations {
		switch o.Metric {
		case "site_geo_blocked_days":
			abroad = true
		case "site_down_days", "stores_closed":
			return false
		}
	}
	return abroad
}

func (c *Case) story() Story {
	s := Story{Summary: c.Summary, Lessons: c.Lessons}
	if p := c.Model.People; p != nil {
		s.People = &p.Value
	}
	for _, o := range c.Operations {
		group := &s.Facts
		switch o.Metric {
		case "phones_off_days", "call_wait":
			group = &s.Phones
		case "staff_diverted":
			group = &s.Staff
		case "site_down_days", "site_geo_blocked_days", "stores_closed":
			group = &s.Shop
		case "other":
			if mentions(o.Unit, phoneWords) {
				group = &s.Phones
			} else if mentions(o.Unit, closedWords) {
				group = &s.Shop
			} else if mentions(o.Unit, staffWords) {
				group = &s.Staff
			}
		}
		*group = append(*group, Fact{Text: operationText(o), Note: o.Note, Source: c.Cite(o.Source)})
	}
	for _, e := range c.CustomerEffects {
		group := &s.Effects
		switch e.Metric {
		case "share_price_change_pct", "profit_change_pct":
			group = &s.Facts
		case "voucher_discount_pct", "opt_in_rate_pct":
			group = &s.Goodwill
		case "customer_contact_rate_pct":
			group = &s.Phones
		}
		*group = append(*group, Fact{Text: effectText(e), Note: e.Note, Source: c.Cite(e.Source)})
	}
	for _, r := range c.MarketingResponse {
		group := &s.Facts
		switch {
		case mentions(r.What, staffWords):
			group = &s.Staff
		case mentions(r.What, goodwillWords):
			group = &s.Goodwill
		case mentions(r.What, phoneWords):
			group = &s.Phones
		}
		*group = append(*group, Fact{Text: r.What, Source: c.Cite(r.Source)})
	}
	s.Unknown = c.unknown(&s)
	return s
}

// Words that tell what a fact is about, where its metric does not.
var (
	phoneWords    = []string{"phone", "calls", "call centre", "hotline", "help line", "support line", "help desk", "inquiry form", "customer-service", "customer support", "toll-free"}
	staffWords    = []string{"staff turned", "all departments", "employees in all"}
	closedWords   = []string{"closed", "shut", "offline", "stopped", "suspended", "could not", "by hand", "paper", "shutdown", "without", "not normal", "delayed", "disconnected", "manual"}
	goodwillWords = []string{"voucher", "discount", "% off", "free", "refund", "reimburse", "waive", "gift card", "compensation", "paid for", "upgrade", "benefits", "credit monitoring", "monitoring", "customer appreciation", "support package", "promotions", "loyalty tier", "incentives", "deferred"}
)

func mentions(text string, words []string) bool {
	text = strings.ToLower(text)
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(text, w) })
}

// operationText returns an operation as a phrase.
func operationText(o Operation) string {
	label := map[string]string{
		"days_to_detect": "Until it was found", "days_to_disclose": "Until it was made public", "phones_off_days": "Phones off",
		"call_wait": "Wait on the phone", "staff_diverted": "Staff diverted", "site_down_days": "Web shop or systems down",
		"site_geo_blocked_days": "Visitors from abroad shut out", "stores_closed": "Shops closed or limited", "records_reset": "Reset",
	}[o.Metric]
	text := o.Unit
	if o.Value != nil {
		text = withUnit(*o.Value, o.Unit)
	}
	if label == "" {
		return upperFirst(text)
	}
	return label + ": " + text
}

// effectText returns an effect as a phrase with its time.
func effectText(e Effect) string {
	label := map[string]string{
		"churn_rate": "Churn", "customers_lost": "Customers lost", "sales_change_pct": "Sales", "traffic_change_pct": "Traffic",
		"profit_change_pct": "Profit", "share_price_change_pct": "Share price", "brand_score_change": "Brand score",
		"would_not_return_pct": "Said they would stay away", "customer_contact_rate_pct": "Made contact",
		"opt_in_rate_pct": "Took up the offer", "voucher_discount_pct": "Offer",
	}[e.Metric]
	text := withUnit(e.Value, e.Unit)
	switch e.Metric {
	case "sales_change_pct", "traffic_change_pct", "profit_change_pct", "share_price_change_pct", "brand_score_change":
		if e.Value > 0 {
			text = "+" + text
		}
	}
	if label != "" {
		text = label + ": " + text
	}
	if e.Window != "" {
		text += "; " + e.Window
	}
	return upperFirst(text)
}

// withUnit puts a number before its unit. Percentages from a tenth up keep one
// decimal: no source measured more.
func withUnit(x float64, unit string) string {
	rest, isPercent := strings.CutPrefix(unit, "percent")
	if isPercent && strings.HasPrefix(rest, "age") { // "percentage points" is a unit of its own
		rest, isPercent = unit, false
	}
	if !isPercent {
		rest, isPercent = strings.CutPrefix(unit, "%")
	}
	if !isPercent {
		return thousands(x) + " " + unit
	}
	if math.Abs(x) >= 0.1 {
		x = math.Round(x*10) / 10
	}
	return thousands(x) + "%" + rest
}

func upperFirst(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}

// unknown says what no public figure was found for.
func (c *Case) unknown(s *Story) []string {
	var out []string
	m := &c.Model
	if m.People == nil && m.Kind != "outage_only" {
		out = append(out, "How many people's data was exposed.")
	}
	switch {
	case m.DirectCost == nil:
		out = append(out, "What it cost directly: no figure was published.")
	case !m.DirectCost.Complete:
		out = append(out, sentence("The whole direct cost", m.DirectCost.Why))
	}
	if m.Reaction.Seen == nil {
		out = append(out, sentence("Whether customers left or bought less", m.Reaction.Why))
	}
	if m.Closure.Closed == nil {
		out = append(out, "Whether a sales channel was closed.")
	}
	if len(s.Phones) == 0 {
		out = append(out, "How many customers called or wrote.")
	}
	counted := slices.ContainsFunc(c.Operations, func(o Operation) bool { return o.Metric == "staff_diverted" && o.Value != nil })
	switch {
	case len(s.Staff) == 0:
		out = append(out, "Whether staff were taken off their work.")
	case !counted:
		out = append(out, "How many staff were taken off their work, and for how long.")
	}
	return out
}

func sentence(what, why string) string {
	if why == "" {
		return what + "."
	}
	return what + ": " + strings.TrimSuffix(why, ".") + "."
}
