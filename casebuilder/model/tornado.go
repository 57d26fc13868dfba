package model

import (
	"cmp"
	"math"
	"slices"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/results"
)

// Group is what one bar of the tornado moves at once: one driver, or two that
// share a draw, or one input.
type Group struct {
	ID, Label, Unit string
	Members         []Member
	// Shown is the member whose values are printed at the ends.
	Shown int
	Input bool
}

// Member is one quantity of a group with its ends; the workbook finds them in
// the cells of Low and High.
type Member struct {
	ID        id
	Low, High id      // quantities that hold the ends; "" for an input
	From, To  float64 // the ends
}

// maxInputs is how many inputs with a stated range the tornado shows.
const maxInputs = 10

// groups returns the bars in the order of the model: drivers, then inputs.
func (c *Case) groups() []Group {
	var out []Group
	driver := func(name, label, unit string, shown int, members ...Member) {
		for i := range members {
			members[i].From, members[i].To = c.Run.Value(members[i].Low), c.Run.Value(members[i].High)
		}
		out = append(out, Group{ID: name, Label: label, Unit: unit, Members: members, Shown: shown})
	}
	plain := func(name string) Member {
		return Member{ID: id("driver." + name), Low: id("driver." + name + ".p5"), High: id("driver." + name + ".p95")}
	}
	for _, d := range c.drivers {
		switch d.ID {
		case "headline_small":
			driver("driver.headline", "Chance of a headline, many people", d.Unit, 1, plain("headline_small"), plain("headline_large"))
		case "direct_contained":
			driver("driver.direct_response", "Luck of the direct cost", "ratio", 1,
				Member{ID: "direct.contained_factor", Low: "direct.contained_factor.p5", High: "direct.contained_factor.p95"},
				Member{ID: "direct.headline_factor", Low: "direct.headline_factor.p5", High: "direct.headline_factor.p95"})
		case "headline_large", "direct_headline":
		case "effect_rate", "effect_severity":
			if len(c.options) > 0 {
				driver("driver."+d.ID, d.Label, d.Unit, 0, plain(d.ID))
			}
		case "severity_level":
			if len(c.options) > 0 {
				driver("driver."+d.ID, d.Label, d.Unit, 0, plain(d.ID))
			}
		default:
			driver("driver."+d.ID, d.Label, d.Unit, 0, plain(d.ID))
		}
	}
	return append(out, c.rangedInputs()...)
}

// rangedInputs returns the inputs with the widest stated range, measured
// against their value.
func (c *Case) rangedInputs() []Group {
	type ranged struct {
		g     Group
		width float64
	}
	var rs []ranged
	add := func(name, label, unit string, n company.Number) {
		if !n.Ranged || n.High <= n.Low {
			return
		}
		rs = append(rs, ranged{Group{ID: name, Label: label, Unit: unit, Input: true,
			Members: []Member{{ID: id(name), From: n.Low, To: n.High}}}, (n.High - n.Low) / max(math.Abs(n.Value), 1e-12)})
	}
	p := c.in.Profile
	for i := range company.Fields {
		f := &company.Fields[i]
		if n := f.Number(p); n != nil && n.Set {
			add(f.ID, f.Label, f.Unit, *n)
		}
	}
	if o := c.subject(); o != nil {
		for _, in := range o.Initiatives {
			for _, part := range []struct {
				name string
				n    company.Number
			}{{"one_off", in.OneOff}, {"per_year", in.PerYear}, {"posts", in.Posts}, {"saves_per_year", in.SavesPerYear}} {
				q, _ := c.graph.Get(o.id(in.ID + "." + part.name))
				add(string(q.ID), q.Label, q.Unit.String(), part.n)
			}
		}
	}
	slices.SortStableFunc(rs, func(a, b ranged) int { return cmp.Compare(b.width, a.width) })
	var out []Group
	for _, r := range rs[:min(len(rs), maxInputs)] {
		out = append(out, r.g)
	}
	return out
}

// subject returns the option that the papers look at, nil without options.
func (c *Case) subject() *option {
	if len(c.options) == 0 {
		return nil
	}
	return &c.options[int(c.Run.Value("decision.subject"))-2]
}

// Targets are what the tornado measures: the NPV of the subject as it is drawn
// in a trial, marketing's part of an incident, and marketing's part of the loss
// avoided.
func (c *Case) Targets() (npv, marketing, share id) {
	if o := c.subject(); o != nil {
		return o.id("npv.trial"), "severity.marketing", o.id("stake.share")
	}
	return "", "severity.marketing", "stake.share"
}

// tornado moves each group to its ends, the others at the central case. The
// difference from the central case is hung on the printed figure, so that all
// bars start there.
func (c *Case) tornado(r *results.BusinessCase) []results.Bar {
	npv, marketing, share := c.Targets()
	hang := func(target id, printed float64) func(with map[id]float64) float64 {
		if target == "" {
			return func(map[id]float64) float64 { return 0 }
		}
		base := c.Central.Value(target)
		return func(with map[id]float64) float64 { return printed + c.Run.Central(with).Value(target) - base }
	}
	printed := func(name id) float64 {
		if _, ok := c.graph.Get(name); !ok {
			return 0
		}
		return c.Run.Value(name)
	}
	value, part, stake := hang(npv, printed("npv")), hang(marketing, c.Run.Value("severity.marketing")), hang(share, c.Run.Value("stake.share"))
	var bars []results.Bar
	for _, g := range c.Groups {
		ends := [2]map[id]float64{{}, {}}
		for _, m := range g.Members {
			ends[0][m.ID], ends[1][m.ID] = m.From, m.To
		}
		s := g.Members[g.Shown]
		b := results.Bar{ID: g.ID, Label: g.Label, Unit: g.Unit, Low: s.From, Mid: c.Central.Value(s.ID), High: s.To,
			NPV:       results.Ends{Low: value(ends[0]), High: value(ends[1])},
			Marketing: results.Ends{Low: part(ends[0]), High: part(ends[1])},
			Share:     results.Ends{Low: stake(ends[0]), High: stake(ends[1])}}
		switch lo, hi := b.NPV.Low, b.NPV.High; {
		case npv == "":
		case lo*hi < 0:
			x := s.From - lo*(s.To-s.From)/(hi-lo)
			b.Switching = &x
		default:
			b.Text = "not within its range"
		}
		bars = append(bars, b)
	}
	swing := func(b results.Bar) float64 {
		if npv == "" {
			return math.Abs(b.Marketing.High - b.Marketing.Low)
		}
		return math.Abs(b.NPV.High - b.NPV.Low)
	}
	slices.SortStableFunc(bars, func(a, b results.Bar) int { return cmp.Compare(swing(b), swing(a)) })
	return bars
}
