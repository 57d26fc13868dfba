package casestudies

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/tree"
)

// Bounds of what a case may say.
const (
	maxPeople  = 1e10
	maxAmount  = 1e17 // in any currency
	maxDays    = 36500
	maxName    = 200
	maxAddress = 2000
)

var (
	caseID    = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	sourceID  = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$`)
	currency3 = regexp.MustCompile(`^[A-Z]{3}$`)
	country2  = regexp.MustCompile(`^[A-Z]{2}$`)
)

// checker looks at one decoded case.
type checker struct {
	c        *Case
	d        *tree.Decoded
	rates    *Rates
	ids      []string
	problems diag.List
	warnings diag.List
}

// check returns what is wrong with a case, and what a reader should look at.
func check(c *Case, d *tree.Decoded, rates *Rates) (problems, warnings diag.List) {
	k := &checker{c: c, d: d, rates: rates}
	for _, s := range c.Sources {
		k.ids = append(k.ids, s.ID)
	}
	k.head()
	k.figures()
	k.model()
	k.sources()
	return k.problems, k.warnings
}

func (k *checker) refuse(path, want, got, hint string) {
	k.problems.Add(diag.Problem{Place: k.d.Place(path), Field: path, Want: want, Got: got, Hint: hint})
}

func (k *checker) warn(path, want, got, hint string) {
	k.warnings.Add(diag.Problem{Place: k.d.Place(path), Field: path, Want: want, Got: got, Hint: hint})
}

// text wants something written.
func (k *checker) text(path, value, want string) {
	if value == "" {
		k.refuse(path, want, "nothing", "")
	}
}

// name wants something written, short enough for a heading.
func (k *checker) name(path, value, want string) {
	k.text(path, value, want)
	if n := utf8.RuneCountInString(value); n > maxName {
		k.refuse(path, fmt.Sprintf("at most %d characters", maxName), fmt.Sprintf("%d", n), "")
	}
}

func didYouMean(s string, words []string) string {
	if near := diag.Nearest(s, words); near != "" {
		return "did you mean " + near + "?"
	}
	return ""
}

// known warns of a word that the library does not use; it is taken.
func (k *checker) known(path, value, what string, words []string) {
	if value == "" || slices.Contains(words, value) {
		return
	}
	hint := "it is taken as it is"
	if near := didYouMean(value, words); near != "" {
		hint += "; " + near
	}
	k.warn(path, what+" that the library knows", diag.Quote(value), hint)
}

// oneOf refuses a word that is not in the list.
func (k *checker) oneOf(path, value string, words []string) {
	if slices.Contains(words, value) {
		return
	}
	got := "nothing"
	if value != "" {
		got = diag.Quote(value)
	}
	k.refuse(path, "one of "+strings.Join(words, ", "), got, didYouMean(value, words))
}

func (k *checker) between(path string, x, low, high float64, want string) {
	if !(x >= low && x <= high) {
		k.refuse(path, want, strconv.FormatFloat(x, 'g', -1, 64), "")
	}
}

func (k *checker) amount(path string, x float64) {
	k.between(path, x, 0, maxAmount, "an amount, zero or more")
}

func (k *checker) people(path string, x float64) {
	k.between(path, x, 1, maxPeople, "a number from 1 to 10 billion")
}

func (k *checker) year(path string, y int) {
	k.between(path, float64(y), minYear, maxYear, fmt.Sprintf("a year from %d to %d", minYear, maxYear))
}

func (k *checker) date(path, value string) bool {
	if value == "" || validDate(value) {
		return value != ""
	}
	k.refuse(path, fmt.Sprintf("a date from %d to %d, such as 2026, 2026-03 or 2026-03-31", minYear, maxYear), diag.Quote(value), "")
	return false
}

func (k *checker) currency(path, code string) {
	if !currency3.MatchString(code) {
		got := "nothing"
		if code != "" {
			got = diag.Quote(code)
		}
		k.refuse(path, "a currency code of three letters, such as GBP", got, "")
		return
	}
	if k.rates != nil && !k.rates.Has(code) {
		k.warn(path, "a currency with an exchange rate", code, "the amount is shown and not compared in dollars; known are "+strings.Join(k.rates.Currencies(), ", "))
	}
}

// source wants the ID of one of the case's sources.
func (k *checker) source(path, id string) {
	switch {
	case id == "":
		k.refuse(path, "the id of a source of this case", "nothing", "a figure without a source is not taken")
	case !slices.Contains(k.ids, id):
		hint := "list it under sources"
		if near := didYouMean(id, k.ids); near != "" {
			hint += ", or " + near
		}
		k.refuse(path, "the id of a source of this case", diag.Quote(id), hint)
	}
}

// from wants at least one source.
func (k *checker) from(path string, ids []string) {
	if len(ids) == 0 {
		k.source(path+".sources", "")
	}
	for i, id := range ids {
		k.source(at(path+".sources", i), id)
	}
}

func at(path string, i int) string { return path + "[" + strconv.Itoa(i) + "]" }

func (k *checker) head() {
	c := k.c
	if !caseID.MatchString(c.ID) || len(c.ID) > 64 {
		got := "nothing"
		if c.ID != "" {
			got = diag.Quote(c.ID)
		}
		k.refuse("id", "an id of lower-case letters, digits and hyphens, such as zappos-2012", got, "")
	}
	k.name("organisation", c.Organisation, "the name of the organisation")
	k.name("sector", c.Sector, "a sector, such as retail")
	k.known("sector", c.Sector, "a sector", Sectors)
	if c.Country != "" && !country2.MatchString(c.Country) {
		k.warn("country", "a country code of two letters, such as GB", diag.Quote(c.Country), "it is taken as it is")
	}
	if c.Positioning != "" {
		k.oneOf("positioning", c.Positioning, Positionings)
	}
	if c.Disclosed == "" {
		k.warn("disclosed", "the date on which the public heard of it", "nothing", "the case is ordered by its start, or as undated")
	}
	disclosed, start, end := k.date("disclosed", c.Disclosed), k.date("incident_start", c.IncidentStart), k.date("incident_end", c.IncidentEnd)
	if disclosed && start && before(c.Disclosed, c.IncidentStart) {
		k.refuse("disclosed", "a date on or after incident_start ("+c.IncidentStart+")", c.Disclosed, "")
	}
	if start && end && before(c.IncidentEnd, c.IncidentStart) {
		k.refuse("incident_end", "a date on or after incident_start ("+c.IncidentStart+")", c.IncidentEnd, "")
	}
	k.name("attack", c.Attack, "a kind of attack, such as hacking")
	k.known("attack", c.Attack, "an attack", Attacks)
	for i, t := range c.DataTypes {
		k.name(at("data_types", i), t, "a data type, such as email")
		k.known(at("data_types", i), t, "a data type", DataTypes)
	}
	k.text("summary", c.Summary, "what happened, in three or four sentences")
}

func (k *checker) figures() {
	c := k.c
	if p := c.PeopleAffected; p != nil {
		k.people("people_affected.value", p.Value)
		k.known("people_affected.unit", p.Unit, "a unit", PeopleUnits)
		if p.Low != nil {
			k.between("people_affected.low", *p.Low, 0, p.Value, "a number from 0 to the value")
		}
		if p.High != nil {
			k.between("people_affected.high", *p.High, p.Value, maxPeople, "a number from the value to 10 billion")
		}
		k.source("people_affected.source", p.Source)
	}
	for _, n := range []struct {
		path string
		n    *Count
	}{{"customer_base", c.CustomerBase}, {"employees", c.Employees}} {
		if n.n != nil {
			k.people(n.path+".value", n.n.Value)
			k.source(n.path+".source", n.n.Source)
		}
	}
	if r := c.AnnualRevenue; r != nil {
		k.amount("annual_revenue.value", r.Value)
		k.currency("annual_revenue.currency", r.Currency)
		k.year("annual_revenue.fiscal_year", r.FiscalYear)
		k.source("annual_revenue.source", r.Source)
	}
	for i, cost := range c.Costs {
		p := at("costs", i)
		k.known(p+".category", cost.Category, "a kind of cost", CostCategories)
		k.amount(p+".amount", cost.Amount)
		k.currency(p+".currency", cost.Currency)
		k.known(p+".basis", cost.Basis, "a basis", CostBases)
		if cost.AsOf == "" {
			k.warn(p+".as_of", "the date of the figure", "nothing", "")
		}
		k.date(p+".as_of", cost.AsOf)
		k.source(p+".source", cost.Source)
	}
	for i, e := range c.CustomerEffects {
		p := at("customer_effects", i)
		k.known(p+".metric", e.Metric, "a metric", EffectMetrics)
		k.between(p+".value", e.Value, -maxAmount, maxAmount, "a number")
		k.text(p+".unit", e.Unit, "a unit")
		k.known(p+".attribution", e.Attribution, "an attribution", Attributions)
		k.source(p+".source", e.Source)
	}
	for i, o := range c.Operations {
		p := at("operations", i)
		k.known(p+".metric", o.Metric, "a metric", OperationMetrics)
		if o.Value != nil {
			k.amount(p+".value", *o.Value)
		}
		k.text(p+".unit", o.Unit, "a unit, or what happened in words")
		k.source(p+".source", o.Source)
	}
	for i, r := range c.MarketingResponse {
		p := at("marketing_response", i)
		k.text(p+".what", r.What, "what was done")
		k.source(p+".source", r.Source)
	}
	for i, lesson := range c.Lessons {
		k.text(at("lessons", i), lesson, "a sentence")
	}
}

func (k *checker) model() {
	m := &k.c.Model
	k.oneOf("model.kind", m.Kind, Kinds)
	for _, n := range []struct {
		path string
		n    *ModelCount
	}{{"model.people", m.People}, {"model.active_customers", m.ActiveCustomers}} {
		if n.n != nil {
			k.people(n.path+".value", n.n.Value)
			k.from(n.path, n.n.Sources)
		}
	}
	if r := m.Revenue; r != nil {
		k.between("model.revenue.value", r.Value, 1, maxAmount, "an amount above zero")
		k.currency("model.revenue.currency", r.Currency)
		k.year("model.revenue.fiscal_year", r.FiscalYear)
		k.from("model.revenue", r.Sources)
	}
	if d := m.DirectCost; d != nil {
		k.between("model.direct_cost.amount", d.Amount, 1, maxAmount, "an amount above zero")
		k.currency("model.direct_cost.currency", d.Currency)
		k.year("model.direct_cost.year", d.Year)
		k.known("model.direct_cost.basis", d.Basis, "a basis", DirectCostBases)
		k.oneOf("model.direct_cost.strength", d.Strength, Strengths)
		k.from("model.direct_cost", d.Sources)
	}
	k.reaction()
	k.closure()
	for i, o := range m.Observations {
		k.observation(at("model.observations", i), o)
	}
	for i, theme := range m.Replay.Themes {
		k.name(at("model.replay.themes", i), theme, "a theme, such as goodwill")
		k.known(at("model.replay.themes", i), theme, "a theme", Themes)
	}
}

func (k *checker) reaction() {
	r := k.c.Model.Reaction
	if r.Seen != nil {
		k.oneOf("model.reaction.strength", r.Strength, Strengths)
		k.from("model.reaction", r.Sources)
		return
	}
	if r.Strength != "" {
		k.oneOf("model.reaction.strength", r.Strength, Strengths)
	}
	for i, id := range r.Sources {
		k.source(at("model.reaction.sources", i), id)
	}
}

func (k *checker) closure() {
	c := k.c.Model.Closure
	if c.Days != nil {
		k.between("model.closure.days", *c.Days, 0, maxDays, "days, zero or more")
		if c.Closed == nil || !*c.Closed {
			k.refuse("model.closure.days", "days of a closure, with closed: true", fmt.Sprintf("days without it: %g", *c.Days), "")
		}
	}
	if c.Closed != nil {
		k.from("model.closure", c.Sources)
		return
	}
	for i, id := range c.Sources {
		k.source(at("model.closure.sources", i), id)
	}
}

func (k *checker) observation(p string, o Observation) {
	unit := unitKind(-1)
	names := make([]string, len(observables))
	for i, known := range observables {
		names[i] = known.driver
		if known.driver == o.Driver {
			unit = known.unit
		}
	}
	k.name(p+".driver", o.Driver, "a driver, such as extra_churn")
	k.known(p+".driver", o.Driver, "a driver", names)
	switch unit {
	case share:
		k.between(p+".value", o.Value, 0, 1, "a share from 0 to 1")
	case days:
		k.between(p+".value", o.Value, 0, maxDays, "days, zero or more")
	default:
		k.amount(p+".value", o.Value)
	}
	if o.Currency != "" {
		k.currency(p+".currency", o.Currency)
	}
	k.text(p+".basis", o.Basis, "the arithmetic behind the value")
	k.oneOf(p+".strength", o.Strength, Strengths)
	k.from(p, o.Sources)
}

func (k *checker) sources() {
	if len(k.c.Sources) == 0 {
		k.refuse("sources", "at least one source", "none", "a case without a source is not taken")
	}
	for i, s := range k.c.Sources {
		p := at("sources", i)
		if !sourceID.MatchString(s.ID) {
			got := "nothing"
			if s.ID != "" {
				got = diag.Quote(s.ID)
			}
			k.refuse(p+".id", "an id such as s1", got, "")
		} else if slices.Index(k.ids, s.ID) < i {
			k.refuse(p+".id", "an id that no other source of this case has", diag.Quote(s.ID), "")
		}
		k.text(p+".title", s.Title, "the title of the publication")
		k.date(p+".date", s.Date)
		if s.URL != "" && (!(strings.HasPrefix(s.URL, "https://") || strings.HasPrefix(s.URL, "http://")) || len(s.URL) > maxAddress) {
			k.refuse(p+".url", "an address that begins with https:// or http://", diag.Quote(s.URL), "")
		}
		k.known(p+".kind", s.Kind, "a kind of source", SourceKinds)
	}
}
