package casestudies

import (
	"cmp"
	"slices"
)

// Quality says how well founded a library is.
type Quality struct {
	Cases    int
	Reported Tally     // figures as reported: people, customers, revenue, employees, costs, effects, operations with a number
	Model    Tally     // figures that a model uses: people, active customers, revenue, direct cost, observations, reactions seen or looked for
	Sources  []KindUse // publications by kind, the most frequent first
	Weak     []WeakCase
	Missing  []Gap
}

// Tally counts figures and how many are taken from a filing, the company
// itself, a regulator or a court.
type Tally struct {
	Figures int
	Primary int
}

// Share returns the primary-sourced share of the figures; 0 without figures.
func (t Tally) Share() float64 {
	if t.Figures == 0 {
		return 0
	}
	return float64(t.Primary) / float64(t.Figures)
}

func (t *Tally) add(primary bool) {
	t.Figures++
	if primary {
		t.Primary++
	}
}

// KindUse says how often a kind of source occurs, and how many reported
// figures rest on it.
type KindUse struct {
	Kind    string
	Sources int
	Figures int
}

// WeakCase is a case that rests on weak sources.
type WeakCase struct {
	ID      string
	Figures int // as reported
	Why     string
}

// Gap is a field and the cases that do not have it.
type Gap struct {
	Field string
	Cases []string // IDs
}

// Quality returns the report of the library's data quality. A case rests on
// weak sources when no reported figure of it is primary-sourced and what it
// tells a model is weak, or rests on trade papers and blogs alone.
func (l *Library) Quality() Quality {
	q := Quality{Cases: len(l.Cases)}
	kinds := map[string]*KindUse{}
	use := func(kind string) *KindUse {
		if kinds[kind] == nil {
			kinds[kind] = &KindUse{Kind: kind}
		}
		return kinds[kind]
	}
	gaps := make([]Gap, len(gapFields))
	for _, c := range l.Cases {
		for _, s := range c.Sources {
			use(s.Kind).Sources++
		}
		var reported Tally
		minor := true // trade papers and blogs alone
		for _, id := range c.reportedSources() {
			s := c.Source(id)
			if s == nil {
				continue
			}
			use(s.Kind).Figures++
			reported.add(slices.Contains(primary, s.Kind))
			minor = minor && (s.Kind == "trade" || s.Kind == "blog")
		}
		q.Reported.Figures += reported.Figures
		q.Reported.Primary += reported.Primary
		for _, ids := range c.modelSources() {
			q.Model.add(slices.ContainsFunc(ids, func(id string) bool {
				s := c.Source(id)
				return s != nil && slices.Contains(primary, s.Kind)
			}))
		}
		switch {
		case reported.Primary > 0:
		case reported.Figures == 0:
			q.Weak = append(q.Weak, WeakCase{ID: c.ID, Why: "no figure at all"})
		case minor:
			q.Weak = append(q.Weak, WeakCase{ID: c.ID, Figures: reported.Figures, Why: "all figures from trade papers and blogs"})
		case c.weakModel():
			q.Weak = append(q.Weak, WeakCase{ID: c.ID, Figures: reported.Figures, Why: "no primary source, and what a model can use is weak"})
		}
		for i, f := range gapFields {
			if f.missing(c) {
				gaps[i].Cases = append(gaps[i].Cases, c.ID)
			}
		}
	}
	for i, f := range gapFields {
		if gaps[i].Field = f.name; len(gaps[i].Cases) > 0 {
			q.Missing = append(q.Missing, gaps[i])
		}
	}
	for _, k := range kinds {
		q.Sources = append(q.Sources, *k)
	}
	slices.SortFunc(q.Sources, func(a, b KindUse) int {
		return cmp.Or(cmp.Compare(b.Sources, a.Sources), cmp.Compare(a.Kind, b.Kind))
	})
	slices.SortStableFunc(q.Missing, func(a, b Gap) int { return cmp.Compare(len(b.Cases), len(a.Cases)) })
	return q
}

// gapFields are the fields that a report of missing data looks at.
var gapFields = []struct {
	name    string
	missing func(*Case) bool
}{
	{"country", func(c *Case) bool { return c.Country == "" }},
	{"positioning", func(c *Case) bool { return c.Positioning == "" }},
	{"disclosed", func(c *Case) bool { return c.Disclosed == "" }},
	{"data_types", func(c *Case) bool { return len(c.DataTypes) == 0 && c.Model.Kind != "outage_only" }},
	{"model.people", func(c *Case) bool { return c.Model.People == nil && c.Model.Kind != "outage_only" }},
	{"model.active_customers", func(c *Case) bool { return c.Model.ActiveCustomers == nil }},
	{"model.revenue", func(c *Case) bool { return c.Model.Revenue == nil }},
	{"model.sensitive", func(c *Case) bool { return c.Model.Sensitive == nil && c.Model.Kind != "outage_only" }},
	{"model.direct_cost", func(c *Case) bool { return c.Model.DirectCost == nil }},
	{"model.direct_cost, complete", func(c *Case) bool { return c.Model.DirectCost != nil && !c.Model.DirectCost.Complete }},
	{"model.reaction", func(c *Case) bool { return c.Model.Reaction.Seen == nil }},
	{"model.closure", func(c *Case) bool { return c.Model.Closure.Closed == nil }},
	{"model.observations", func(c *Case) bool { return len(c.Model.Observations) == 0 }},
}

// reportedSources returns the source of each reported figure.
func (c *Case) reportedSources() []string {
	var ids []string
	if c.PeopleAffected != nil {
		ids = append(ids, c.PeopleAffected.Source)
	}
	for _, n := range []*Count{c.CustomerBase, c.Employees} {
		if n != nil {
			ids = append(ids, n.Source)
		}
	}
	if c.AnnualRevenue != nil {
		ids = append(ids, c.AnnualRevenue.Source)
	}
	for _, k := range c.Costs {
		ids = append(ids, k.Source)
	}
	for _, e := range c.CustomerEffects {
		ids = append(ids, e.Source)
	}
	for _, o := range c.Operations {
		if o.Value != nil {
			ids = append(ids, o.Source)
		}
	}
	return ids
}

// modelSources returns the sources of each figure that a model uses.
func (c *Case) modelSources() [][]string {
	var ids [][]string
	m := &c.Model
	for _, n := range []*ModelCount{m.People, m.ActiveCustomers} {
		if n != nil {
			ids = append(ids, n.Sources)
		}
	}
	if m.Revenue != nil {
		ids = append(ids, m.Revenue.Sources)
	}
	if m.DirectCost != nil {
		ids = append(ids, m.DirectCost.Sources)
	}
	if m.Reaction.Seen != nil {
		ids = append(ids, m.Reaction.Sources)
	}
	for _, o := range m.Observations {
		ids = append(ids, o.Sources)
	}
	return ids
}

// weakModel reports whether all that the case tells a model is weak, or
// nothing.
func (c *Case) weakModel() bool {
	m := &c.Model
	if m.DirectCost != nil && m.DirectCost.Strength != "weak" {
		return false
	}
	if m.Reaction.Seen != nil && m.Reaction.Strength != "weak" {
		return false
	}
	return !slices.ContainsFunc(m.Observations, func(o Observation) bool { return o.Strength != "weak" })
}
