package model

import (
	"casebuilder/casestudies"
)

// Lines returns the loss lines without "loss.", in the order of the papers,
// insurance last where there is any.
func (m *Model) Lines() []string {
	var out []string
	for _, l := range m.lines {
		out = append(out, l.id)
	}
	if m.insured() {
		out = append(out, "insured")
	}
	return out
}

// ShareOf returns the quantity that holds an owner's share of a loss line; ""
// where there is none. Insurance follows the direct cost.
func (m *Model) ShareOf(name, owner string) id {
	if name == "insured" {
		name = "direct_response"
	}
	return m.shareOf(name, owner)
}

// Drivers returns the drivers in the order of the model.
func (m *Model) Drivers() []casestudies.Driver {
	out := make([]casestudies.Driver, len(m.drivers))
	for i, d := range m.drivers {
		out[i] = d.Driver
	}
	return out
}

// Vote is what one case says about a driver, as quantities: ID is the prefix
// of its value, likeness, people, size, weight, scaled and apart.
type Vote struct {
	ID     string
	Case   *casestudies.Case
	Source string // as printed
}

// Votes returns the votes on a driver, in the order in which they stand.
func (m *Model) Votes(driver string) []Vote {
	var out []Vote
	for _, o := range m.observations[driver] {
		out = append(out, Vote{ID: o.id, Case: o.Case, Source: cite(o.Case, o.Sources)})
	}
	return out
}

// Constants returns the model constants.
func (m *Model) Constants() []casestudies.Constant { return m.priors.Constants }
