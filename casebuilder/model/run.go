package model

import (
	"slices"
	"sync"

	"casebuilder/casebuilder/quantity"
	"casebuilder/casebuilder/results"
	"casebuilder/casebuilder/stats"
)

// Case is a model that has been run.
type Case struct {
	*Model
	Run     *quantity.Run
	Central *quantity.Central
	Results *results.BusinessCase

	// Tornado and replays, as the workbook repeats them with formulas.
	Groups  []Group
	Replays []Replayed

	draws map[id][]float64
}

// annualYears is how many years are simulated for the annual curve.
const annualYears = 100_000

// Solve runs the trials and everything that follows from them.
func (m *Model) Solve() (*Case, error) {
	c := &Case{Model: m, draws: m.draws()}
	c.Run = m.graph.Run(quantity.Options{Trials: m.in.Trials, Fill: fill(c.draws)})
	c.Central = c.Run.Central(nil)

	// The parts do not depend on each other, and each is deterministic.
	var wg sync.WaitGroup
	var full []results.FullRun
	var evidence results.Evidence
	var err error
	wg.Go(func() { full = c.fullRuns() })
	wg.Go(func() { evidence, err = c.evidence() })
	r := c.base(c.figures())
	c.Groups = c.groups()
	r.Tornado = c.tornado(r)
	r.Replay, c.Replays = c.replay()
	r.Comparables = c.comparables(r.Replay)
	c.annual(r)
	c.stakeResults(r)
	wg.Wait()
	if err != nil {
		return nil, err
	}
	r.FullRuns, r.Evidence = full, evidence
	r.Decision = c.decide(r)
	c.samplesAfter(r)
	c.exhibits(r)
	r.Warnings = c.warn(r)
	r.Checks = c.checkResults()
	r.Sources = c.sourceList(r)
	c.Results = r
	return c, nil
}

// fullRuns runs the whole model again with one assumption changed.
func (c *Case) fullRuns() []results.FullRun {
	m := c.Model
	wider := map[id]float64{}
	for _, d := range m.drivers {
		s := id("driver." + d.ID + ".sigma")
		if _, ok := m.graph.Get(s); ok {
			wider[s] = 1.5 * c.Run.Value(s)
		}
	}
	// The mean of the level stays 1.
	s := wider["driver.severity_level.sigma"]
	wider["driver.severity_level.mu"] = -s * s / 2
	runs := []struct {
		id, label string
		with      map[id]float64
	}{
		{"wider", "All spreads half as wide again", wider},
		{"rho_0", "Customers' behaviours independent", map[id]float64{"correlation.reaction": 0}},
		{"rho_08", "Customers' behaviours move together (0.8)", map[id]float64{"correlation.reaction": 0.8}},
		{"no_premium_loss", "No premium given up", map[id]float64{"customer.premium": 0}},
		{"no_response", "No response spending", map[id]float64{"marketing.goodwill_offer": 0, "marketing.brand_campaign": 0}},
	}
	out := make([]results.FullRun, len(runs))
	var wg sync.WaitGroup
	for i, f := range runs {
		wg.Go(func() {
			r := m.graph.Run(quantity.Options{Trials: m.in.Trials, Fill: fill(c.draws), With: f.with,
				Keep: func(id) bool { return false }})
			out[i] = results.FullRun{ID: f.id, Label: f.label, Marketing: r.Value("severity.marketing"), Total: r.Value("severity.total"),
				ALE: r.Value("ale.total"), Share: r.Value("stake.share"), Recommended: nothing, Verdict: neutral}
			if len(m.options) > 0 {
				out[i].NPV = r.Value("npv")
				out[i].Recommended = m.choice(int(r.Value("decision.choice")))
				out[i].Verdict = verdict(r.Value("decision.verdict"))
			}
		})
	}
	wg.Wait()
	return out
}

// nothing is the ID of doing nothing.
const nothing = "nothing"

// The verdicts.
const (
	favourable   = "favourable"
	neutral      = "neutral"
	unfavourable = "unfavourable"
)

func verdict(v float64) string {
	switch {
	case v > 0:
		return favourable
	case v < 0:
		return unfavourable
	}
	return neutral
}

// choice returns the ID at a place of the list that begins with doing nothing.
func (m *Model) choice(place int) string {
	if place < 2 || place > len(m.options)+1 {
		return nothing
	}
	return m.options[place-2].ID
}

// annual adds the curves of whole years, by simulation.
func (c *Case) annual(r *results.BusinessCase) {
	key := stats.Seed(c.in.Seed, c.streamName, YearsKey)
	curve := func(rate, severity id) []results.Point {
		totals := stats.AnnualTotals(annualYears, key, c.Run.Column(rate), c.Run.Column(severity))
		slices.Sort(totals)
		top := stats.Quantile(totals, 0.99)
		if len(r.Exceedance.Annual) > 0 {
			top = r.Exceedance.Annual[len(r.Exceedance.Annual)-1].Loss // one axis for all
		}
		ps := make([]results.Point, exceedanceSteps+1)
		for k := range ps {
			x := top * float64(k) / exceedanceSteps
			ps[k] = results.Point{Loss: x, Chance: stats.ShareAbove(totals, x)}
		}
		return ps
	}
	r.Exceedance.Annual = curve("driver.event_rate", "severity.total")
	var wg sync.WaitGroup
	for i, o := range c.options {
		wg.Go(func() {
			r.Options[i].Exceedance.Annual = curve(o.id("driver.event_rate"), o.id("severity.total"))
		})
	}
	wg.Wait()
}
