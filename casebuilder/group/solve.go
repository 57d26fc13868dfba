package group

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/results"
)

// Input is what a roll-up is computed from.
type Input struct {
	Group    *company.Group // of the defaults file; nil where there is none
	Units    []*Unit
	Excluded []Excluded // units that are not in it, with why
	Version  string     // of the program
	Texts    string     // a hash of what shapes the papers
}

// Excluded is a unit that was to be in the group and is not.
type Excluded struct {
	Name    string // "" where it has none
	Place   string // of its row or file
	Reasons []string
}

// Case is the solved group. All money is in its currency.
type Case struct {
	Name        string
	Currency    string
	AsOf        company.Date // the latest of the units
	Version     string
	Fingerprint string
	Years       int // simulated

	Units    []Member // by name
	Excluded []Excluded
	Rates    []Rate
	Owners   []string // who carries a part of the loss, in the order of the papers

	ALE       float64            // the sum of the units' expected yearly losses, by definition
	ByOwner   map[string]float64 // the same by owner
	Mean      float64            // of the simulated years: a check of ALE
	StdErr    float64            // of that mean
	Levels    []Quantile         // of a year's loss today
	Appetite  []Appetite
	Approved  company.Date // of the appetite; zero: proposed here
	Platforms []Platform   // with more than one unit, by name

	Programmes  []Programme // shared by units, in the order of the group file
	Choices     []Choice    // doing nothing first
	Recommended int         // in Choices
	Subject     int         // that the papers look at: the recommended one, or the one with the highest NPV where doing nothing is
	Verdict     string      // favourable, neutral, unfavourable
	Checks      []results.Check
}

// Member is a unit as the group sees it: its figures in the group's currency.
type Member struct {
	*Unit
	Factor float64 // from the unit's currency to the group's

	ALE, ALEAfter, Revenue          float64
	CostYearly, CostPV, Avoided     float64 // of its recommended option
	NPV, NPVLow, NPVHigh            float64
	IncidentP50                     float64
	IncidentP5, IncidentP95         float64
	ByOwner                         map[string]float64
	SharedCostYearly, SharedAvoided float64 // its part of the programmes
	SharedCostPV, SharedNPV         float64
	Hit                             float64 // share of simulated years with a loss
	Mean, P90, P95, P99             float64 // of its simulated years
	Tail                            float64 // share of the group's worst years
	Today, After                    []Point
}

// Point is one point of a curve: the chance of losing more in a year.
type Point = results.Point

// Quantile is one quantile of a year's loss, for the group and as the sum of
// the units', which is shown for comparison and used nowhere.
type Quantile struct {
	Level     float64
	Group     float64
	SumOfUnit float64
	Apart     float64 // the group's, were no platform shared
}

// Appetite is one level of the group's appetite for a year's loss.
type Appetite struct {
	Loss, Chance float64   // at most that chance of losing more
	By           []float64 // the chance, by choice
}

// Platform is how the units of one platform are hit together.
type Platform struct {
	Name     string
	Units    []string
	Chance   float64 // of an event in a year
	Events   float64 // a year
	PerEvent float64 // units hit by one event
	Loss     float64 // of one event, all units together, mean
	ALE      float64 // of its units
}

// steps is how many steps the curves have.
const steps = 40

// tailLevels are the quantiles that are told.
var tailLevels = []float64{0.90, 0.95, 0.99}

// Solve computes the group. Units without a rate of exchange are excluded;
// the error is about the group's own currency, or that no unit is there.
func Solve(in Input) (*Case, error) {
	if len(in.Units) == 0 {
		return nil, ErrNoUnits
	}
	units := slices.Clone(in.Units)
	slices.SortFunc(units, func(a, b *Unit) int { return cmp.Compare(a.Name, b.Name) })
	asOf := company.Date{}
	for _, u := range units {
		if u.AsOf.After(asOf.Time) {
			asOf = u.AsOf
		}
	}
	x, missing, err := newExchange(in.Group, asOf, units)
	if err != nil {
		return nil, err
	}
	excluded := slices.Clone(in.Excluded)
	units = slices.DeleteFunc(units, func(u *Unit) bool {
		err := missing[u.Currency]
		if err != nil {
			excluded = append(excluded, Excluded{Name: u.Name, Reasons: []string{err.Error() + "; give one in group.rates"}})
		}
		return err != nil
	})
	if len(units) == 0 {
		return nil, ErrNoUnits
	}
	slices.SortStableFunc(excluded, func(a, b Excluded) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Place, b.Place)) })
	c := &Case{Name: "Group", Currency: x.currency, AsOf: asOf, Version: in.Version, Years: Years, Excluded: excluded, Rates: x.rates, ByOwner: map[string]float64{}}
	if in.Group != nil {
		c.Name, c.Approved = in.Group.Name, in.Group.Appetite.Approved
	}
	c.Fingerprint = fingerprint(in, units)
	c.members(units, x)
	if in.Group != nil {
		c.share(in.Group.Shared)
	}
	c.choices()
	c.simulate(units, in.Group)
	c.check(units)
	return c, nil
}

// fingerprint identifies what the group is computed from.
func fingerprint(in Input, units []*Unit) string {
	h := sha256.New()
	group, _ := json.Marshal(in.Group)
	parts := []string{string(group), in.Version, in.Texts}
	for _, u := range units {
		parts = append(parts, u.Name, u.Fingerprint)
		if u.Effects != nil {
			parts = append(parts, u.Effects.Fingerprint)
		}
	}
	for _, p := range parts {
		fmt.Fprintf(h, "%d:%s\n", len(p), p)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// members brings the units' figures to the group's currency and adds up.
func (c *Case) members(units []*Unit, x *exchange) {
	for _, u := range units {
		f := x.factor(u.Currency)
		m := Member{Unit: u, Factor: f, ALE: u.ALE * f, ALEAfter: u.ALEAfter * f, Revenue: u.Revenue * f,
			CostYearly: u.CostYearly * f, CostPV: u.CostPV * f, Avoided: u.Avoided * f, NPV: u.NPV * f, NPVLow: u.NPVLow * f, NPVHigh: u.NPVHigh * f,
			IncidentP5: u.IncidentP5 * f, IncidentP50: u.IncidentP50 * f, IncidentP95: u.IncidentP95 * f, ByOwner: map[string]float64{}}
		c.ALE += m.ALE
		for _, o := range company.OwnerNames {
			if v, ok := u.Owners[o]; ok {
				m.ByOwner[o] = v * f
				c.ByOwner[o] += v * f
			}
		}
		c.Units = append(c.Units, m)
	}
	for _, o := range company.OwnerNames {
		if c.ByOwner[o] != 0 {
			c.Owners = append(c.Owners, o)
		}
	}
	if len(c.Owners) == 0 { // nothing can be lost
		c.Owners = []string{"marketing"}
	}
}

// simulate runs the simulated years of each choice, reads the group's figures
// off them, and decides.
func (c *Case) simulate(units []*Unit, g *company.Group) {
	factors := make([]float64, len(units))
	for i := range c.Units {
		factors[i] = c.Units[i].Factor
	}
	run := func(s state, apart bool) *simulation {
		return simulate(exposures(units, factors, s, apart), len(units), c.Years)
	}
	now := run(today, false)
	c.Mean, c.StdErr = now.mean(), now.stdErr()
	top := now.quantile(0.99)
	if g != nil {
		for _, l := range g.Appetite.Levels {
			c.Appetite = append(c.Appetite, Appetite{Loss: l.Loss.Value, Chance: l.Chance.Value})
			// The curves show an appetite further out as well, unless it is far off.
			if far := 1.05 * l.Loss.Value; far > top && far < 3*now.quantile(0.99) {
				top = far
			}
		}
	}
	runs := make([]*simulation, len(c.Choices))
	for k := range c.Choices {
		x := &c.Choices[k]
		if runs[k] = now; k > 0 {
			runs[k] = run(stateOf[x.ID], false)
		}
		x.Chance, x.Within = runs[k].chance(0), true
		for _, level := range tailLevels {
			x.Levels = append(x.Levels, runs[k].quantile(level))
		}
		for i := range steps + 1 {
			loss := top * float64(i) / steps
			x.Curve = append(x.Curve, Point{Loss: loss, Chance: runs[k].chance(loss)})
		}
		for i := range c.Appetite {
			a := &c.Appetite[i]
			a.By = append(a.By, runs[k].chance(a.Loss))
			x.Within = x.Within && a.By[k] <= a.Chance
		}
	}
	c.decide()
	c.together(now, run)
	c.curves(now, runs[c.Subject])
}

// together compares the group's bad years with its units' own, and with what
// they would be, were no platform shared.
func (c *Case) together(now *simulation, run func(s state, apart bool) *simulation) {
	apart := now
	if slices.ContainsFunc(now.platforms, func(p platformYears) bool { return len(p.units) > 1 }) {
		apart = run(today, true)
	}
	for _, level := range tailLevels {
		q := Quantile{Level: level, Group: now.quantile(level), Apart: apart.quantile(level)}
		for i := range c.Units {
			q.SumOfUnit += now.quantileOf(i, level)
		}
		c.Levels = append(c.Levels, q)
	}
	for _, p := range now.platforms {
		if len(p.units) < 2 {
			continue
		}
		q := Platform{Name: p.name, Chance: float64(p.hit) / float64(c.Years), Events: float64(p.events) / float64(c.Years)}
		if p.events > 0 {
			q.PerEvent, q.Loss = float64(p.hits)/float64(p.events), p.loss/float64(p.events)
		}
		for _, i := range p.units {
			q.Units = append(q.Units, c.Units[i].Name)
			q.ALE += c.Units[i].ALE
		}
		c.Platforms = append(c.Platforms, q)
	}
	slices.SortFunc(c.Platforms, func(a, b Platform) int { return cmp.Compare(a.Name, b.Name) })
}

// curves reads the units' own years off the simulation. All curves have one
// scale: the largest 99th percentile, rounded up to two figures.
func (c *Case) curves(now, then *simulation) {
	scale := 0.0
	for i := range c.Units {
		m := &c.Units[i]
		m.Hit, m.Mean, m.Tail = float64(len(now.losses[i]))/float64(c.Years), now.means[i], now.tail[i]
		m.P90, m.P95, m.P99 = now.quantileOf(i, 0.90), now.quantileOf(i, 0.95), now.quantileOf(i, 0.99)
		scale = max(scale, m.P99)
	}
	scale = roundUp(scale)
	for i := range c.Units {
		m := &c.Units[i]
		for k := range steps + 1 {
			x := scale * float64(k) / steps
			m.Today = append(m.Today, Point{Loss: x, Chance: now.chanceOf(i, x)})
			m.After = append(m.After, Point{Loss: x, Chance: then.chanceOf(i, x)})
		}
	}
}

// roundUp returns the next number of two figures: 8.2 million for 8,103,348.
func roundUp(v float64) float64 {
	if v <= 0 {
		return 0
	}
	unit := math.Pow(10, math.Floor(math.Log10(v))-1)
	return math.Ceil(v/unit-1e-9) * unit
}

// Of is how many units were to be in the group.
func (c *Case) Of() int { return len(c.Units) + len(c.Excluded) }

// BySize returns the units, that with the largest expected loss first.
func (c *Case) BySize() []Member {
	out := slices.Clone(c.Units)
	slices.SortStableFunc(out, func(a, b Member) int { return cmp.Compare(b.ALE, a.ALE) })
	return out
}

// byTail returns the units, that with the largest share of the worst years
// first.
func (c *Case) byTail() []Member {
	out := slices.Clone(c.Units)
	slices.SortStableFunc(out, func(a, b Member) int { return cmp.Compare(b.Tail, a.Tail) })
	return out
}

// check compares the group with itself.
func (c *Case) check(units []*Unit) {
	add := func(id, label string, expected, actual, tolerance float64) {
		c.Checks = append(c.Checks, results.Check{ID: id, Label: label, Expected: expected, Actual: actual, Tolerance: tolerance, OK: math.Abs(expected-actual) <= tolerance})
	}
	near := func(v float64) float64 { return 1e-9 * max(1, math.Abs(v)) }
	owners := 0.0
	for _, o := range c.Owners {
		owners += c.ByOwner[o]
	}
	add("check.owners", "The owners' parts add up to the expected yearly loss", c.ALE, owners, near(c.ALE))
	add("check.simulated", "The mean of the simulated years is the expected yearly loss, within three standard errors", c.ALE, c.Mean, 3*c.StdErr)
	tail := 0.0
	for _, m := range c.Units {
		tail += m.Tail
	}
	if c.Mean > 0 {
		add("check.tail", "The units' shares of the worst years add up", 1, tail, 1e-9)
	}
	for _, p := range c.Programmes {
		one, yearly := 0.0, 0.0
		for _, a := range p.Parts {
			one, yearly = one+a.OneOff, yearly+a.PerYear
		}
		add("check.shared."+p.ID+".one_off", p.Name+": the allocated one-off costs add up", p.OneOff, one, near(p.OneOff))
		add("check.shared."+p.ID+".per_year", p.Name+": the allocated yearly costs add up", p.PerYear, yearly, near(p.PerYear))
	}
	failed, versions, draws := 0, map[string]bool{}, map[string]bool{}
	for _, u := range units {
		failed += u.Failed
		versions[u.Version] = true
		draws[fmt.Sprint(u.Seed, len(u.Rate))] = true
	}
	add("check.units", "The units' own checks hold: those that fail", 0, float64(failed), 0)
	add("check.version", "All units were computed by one version of the program: versions", 1, float64(len(versions)), 0)
	add("check.draws", "All units were drawn with one seed and one number of trials: kinds", 1, float64(len(draws)), 0)
}

// ErrNoUnits says that no unit is left to roll up.
var ErrNoUnits = errors.New("no unit is finished: there is nothing to roll up")
