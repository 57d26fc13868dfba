package model

import (
	"casebuilder/casebuilder/quantity"
	"casebuilder/casebuilder/results"
	"casebuilder/casestudies"
)

// Ranking returns the cases of the library by how much they are like the
// company, the most similar first.
func (m *Model) Ranking() []casestudies.Ranked { return m.ranking() }

// Sketch runs the trials and gathers what says where the workbook shows each
// figure, for questions about single figures: see Figure. It leaves out what
// takes time and nobody asks for then: all figures but the options' NPV, the runs
// with one assumption changed (their rows are there, and empty), the simulated
// years and the backtest.
func (m *Model) Sketch() *Case {
	c := &Case{Model: m, draws: m.draws()}
	c.Run = m.graph.Run(quantity.Options{Trials: m.in.Trials, Fill: fill(c.draws)})
	c.Central = c.Run.Central(nil)
	figures := map[string]results.Figure{}
	for i := range c.options {
		npv := c.options[i].id("npv")
		figures[string(npv)] = c.figure(npv)
	}
	r := c.base(figures)
	c.Groups = c.groups()
	r.Tornado = c.tornado(r)
	r.Replay, c.Replays = c.replay()
	r.Comparables = c.comparables(r.Replay)
	r.Exceedance.Annual = r.Exceedance.Occurrence
	for i := range r.Options {
		r.Options[i].Exceedance.Annual = r.Options[i].Exceedance.Occurrence
	}
	r.FullRuns = make([]results.FullRun, len(fullRunIDs))
	for i, name := range fullRunIDs {
		r.FullRuns[i].ID = name
	}
	r.Evidence.Backtest = &results.Backtest{}
	r.Decision = c.decide(r)
	r.Checks = c.checkResults()
	r.Sources = c.sourceList(r)
	c.Results = r
	return c
}

// fullRunIDs are the runs with one assumption changed, in their order.
var fullRunIDs = []string{"wider", "rho_0", "rho_08", "no_premium_loss", "no_response"}

// Figure returns one figure with its range, as the results hold it; false where
// the model has no such quantity.
func (c *Case) Figure(name quantity.ID) (results.Figure, bool) {
	if q, ok := c.graph.Get(name); !ok || q.Draw {
		return results.Figure{}, false
	}
	return c.figure(name), true
}

// Unit prints a unit with the company's currency in it.
func (c *Case) Unit(u quantity.Unit) string { return c.unit(u) }
