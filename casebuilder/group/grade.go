package group

import "casebuilder/casebuilder/company"

// Grade says how good a unit's own figures are, in the words that the papers
// use for evidence. It is no score of the unit: two units of different grades
// differ in how much is known about them.
//
// It looks at the three figures that move a result most: how often an incident
// happens, how long customers stay, and what the service promise earns. Each
// counts when the unit names a source for it.
type Grade struct {
	Level   Level
	Sourced []string // IDs of the figures with a source of the unit's own
	Missing []string // the others
}

// Level is how much of what matters most a unit supports itself.
type Level int

// The levels, in rising order.
const (
	Weak     Level = iota // none of the three
	Moderate              // one or two
	Strong                // all three
)

// String returns the word that the papers print.
func (l Level) String() string { return [...]string{"weak", "moderate", "strong"}[l] }

// graded are the three figures.
var graded = []string{"estimates.event_probability", "customers.retention", "economics.margin_premium"}

func gradeOf(p *company.Profile) Grade {
	has := func(n company.Number) bool { return n.Set && n.Given && n.Source != "" }
	sourced := map[string]bool{
		"customers.retention":      has(p.Customers.Retention),
		"economics.margin_premium": has(p.Economics.MarginPremium) || p.Economics.PremiumEvidence != "",
	}
	for _, e := range p.Estimates {
		if e.ID == "event_probability" || e.ID == company.EventRate {
			sourced["estimates.event_probability"] = has(e.Number)
		}
	}
	var g Grade
	for _, id := range graded {
		if sourced[id] {
			g.Sourced = append(g.Sourced, id)
		} else {
			g.Missing = append(g.Missing, id)
		}
	}
	switch len(g.Sourced) {
	case 0:
	case len(graded):
		g.Level = Strong
	default:
		g.Level = Moderate
	}
	return g
}
