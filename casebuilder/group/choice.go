package group

import "slices"

// Choice is one thing that the group can do. Doing nothing has an NPV of zero
// by definition.
type Choice struct {
	ID         ChoiceID
	CostYearly float64 // more than today
	CostPV     float64
	Avoided    float64   // loss avoided over the units' horizons
	NPV        float64   // sum; it has no range, since percentiles are not added
	ALE        float64   // expected yearly loss that is left, in full effect
	Chance     float64   // that at least one unit is hit in a year
	Within     bool      // inside every level of the group's appetite
	Levels     []float64 // quantiles of a year's loss, at tailLevels
	Curve      []Point   // chance of losing more than an amount in a year
}

// ChoiceID names a choice.
type ChoiceID string

// The choices.
const (
	Nothing    ChoiceID = "nothing"
	UnitsOwn   ChoiceID = "options" // what the units recommend
	WithShared ChoiceID = "all"     // and the shared programmes
)

// choices adds up what the group can do.
func (c *Case) choices() {
	c.Choices = []Choice{{ID: Nothing, ALE: c.ALE}}
	own := Choice{ID: UnitsOwn}
	some := false
	for i := range c.Units {
		m := &c.Units[i]
		some = some || m.Option != ""
		own.CostYearly, own.CostPV, own.Avoided, own.NPV, own.ALE = own.CostYearly+m.CostYearly, own.CostPV+m.CostPV, own.Avoided+m.Avoided, own.NPV+m.NPV, own.ALE+m.ALEAfter
	}
	if some {
		c.Choices = append(c.Choices, own)
	}
	all := own
	all.ID = WithShared
	some = false
	for _, p := range c.Programmes {
		some = some || len(p.Parts) > 0
		all.CostYearly, all.CostPV, all.Avoided, all.NPV = all.CostYearly+p.Yearly, all.CostPV+p.CostPV, all.Avoided+p.Avoided, all.NPV+p.NPV
		for _, a := range p.Parts {
			all.ALE -= a.ALE
		}
	}
	if some {
		c.Choices = append(c.Choices, all)
	}
}

// stateOf says how the units of a choice are simulated.
var stateOf = map[ChoiceID]state{Nothing: today, UnitsOwn: options, WithShared: after}

// The verdicts.
const (
	favourable   = "favourable"
	neutral      = "neutral"
	unfavourable = "unfavourable"
)

// decide chooses as the model does for a unit: among what is inside every
// level of appetite, doing nothing included, the highest NPV; if nothing is
// inside, the highest NPV. The verdict is unfavourable when nothing but doing
// nothing pays, favourable when what is recommended pays, else neutral.
func (c *Case) decide() {
	anyWithin := slices.ContainsFunc(c.Choices, func(x Choice) bool { return x.Within })
	best := -1
	for k, x := range c.Choices {
		if (x.Within || !anyWithin) && (best < 0 || x.NPV > c.Choices[best].NPV) {
			best = k
		}
	}
	c.Recommended, c.Subject = best, best
	pays := false
	for k, x := range c.Choices[1:] {
		pays = pays || x.NPV > 0
		if c.Recommended == 0 && (c.Subject == 0 || x.NPV > c.Choices[c.Subject].NPV) {
			c.Subject = k + 1
		}
	}
	switch {
	case !pays && len(c.Choices) > 1:
		c.Verdict = unfavourable
	case c.Recommended > 0 && c.Choices[c.Recommended].NPV > 0:
		c.Verdict = favourable
	default:
		c.Verdict = neutral
	}
}

// Now and Then are doing nothing and the choice that the papers look at.
func (c *Case) Now() *Choice { return &c.Choices[0] }

// Then is the choice that the papers look at: doing nothing where there is no
// other.
func (c *Case) Then() *Choice { return &c.Choices[c.Subject] }
