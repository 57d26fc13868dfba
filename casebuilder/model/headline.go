package model

import (
	"casebuilder/casebuilder/quantity"
	"casebuilder/casestudies"
)

// Headline is what a case comes to, without the papers.
type Headline struct {
	Chance      float64 `json:"chance"`      // of an incident in a year
	Incident    float64 `json:"incident"`    // median cost of one
	Marketing   float64 `json:"marketing"`   // median of marketing's part of it
	Expected    float64 `json:"expected"`    // loss in a year
	NPV         float64 `json:"npv"`         // of the option looked at; 0 without options
	Stake       float64 `json:"stake"`       // marketing's part of the loss avoided
	Recommended string  `json:"recommended"` // option ID, or "nothing"
	Verdict     string  `json:"verdict"`     // favourable, neutral, unfavourable
	Subject     string  `json:"subject"`     // the option looked at, or "nothing"
}

// Headline runs the trials for the headline alone: a quarter of the time of
// Solve, and the same figures.
func (m *Model) Headline() Headline {
	names := []quantity.ID{"probability.year", "severity.total.p50", "severity.marketing.p50", "ale.total", "stake.share"}
	if len(m.options) > 0 {
		names = append(names, "npv", "decision.choice", "decision.subject", "decision.verdict")
	}
	v := m.RunTrials(names...).Value
	h := Headline{Chance: v(names[0]), Incident: v(names[1]), Marketing: v(names[2]), Expected: v(names[3]), Stake: v(names[4]), Recommended: nothing, Verdict: neutral, Subject: nothing}
	if len(m.options) > 0 {
		h.NPV = v("npv")
		h.Recommended, h.Subject = m.choice(int(v("decision.choice"))), m.choice(int(v("decision.subject")))
		h.Verdict = verdict(v("decision.verdict"))
	}
	return h
}

// Library returns the case library that the model learns from.
func (m *Model) Library() *casestudies.Library { return m.in.Library }
