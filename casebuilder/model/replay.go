package model

import (
	"fmt"
	"slices"
	"strings"

	"casebuilder/casebuilder/quantity"
	"casebuilder/casebuilder/results"
	"casebuilder/casestudies"
)

// Replayed is one case applied to the company, as the workbook repeats it: the
// quantities that the case sets, observed or assumed.
type Replayed struct {
	ID   string
	With map[id]float64
}

// maxReplays is how many cases are replayed when none are named.
const maxReplays = 6

// ReplayDrivers are the drivers that a replay sets, in the order of the papers,
// switches last.
var ReplayDrivers = []string{
	"exposed_share", "extra_churn", "spending_dip", "premium_loss", "new_customer_loss", "recovery_months",
	"closed_days", "not_recaptured", "goodwill_takeup", "campaign", "contact_rate",
}

// ReplayTargets are the figures of a replay beside its loss lines.
var ReplayTargets = []id{
	"severity.total", "severity.marketing", "severity.customer_margin", "severity.response_spend", "severity.direct_net",
	"surge.contacts", "surge.backlog_days", "surge.staff_diverted", "surge.unanswered", "surge.peak_load",
}

// replayCases returns the cases to replay, and why.
func (m *Model) replayCases() (cases []*casestudies.Case, why string, err error) {
	if named := m.in.Profile.Replay; len(named) > 0 {
		for _, n := range named {
			c, err := m.in.Library.Find(n)
			if err != nil {
				return nil, "", err
			}
			cases = append(cases, c)
		}
		return cases, "named in the company file", nil
	}
	for _, r := range m.ranking() {
		if len(cases) == maxReplays {
			break
		}
		if tells(r.Case) {
			cases = append(cases, r.Case)
		}
	}
	return cases, "among the nearest of the library", nil
}

// tells reports whether a case shows anything that a replay can use.
func tells(c *casestudies.Case) bool {
	if c.Model.Kind == "outage_only" {
		return false
	}
	if c.Model.Reaction.Seen != nil || c.Model.Closure.Closed != nil {
		return true
	}
	return slices.ContainsFunc(c.Model.Observations, func(o casestudies.Observation) bool { return slices.Contains(ReplayDrivers, o.Driver) })
}

func (m *Model) ranking() []casestudies.Ranked {
	scale, _ := m.graph.Get(casestudies.SizeScale)
	return m.in.Library.Rank(m.compared(), scale.Value)
}

// replay applies each case's observed drivers to the company, the unobserved
// ones at the model's median.
func (c *Case) replay() ([]results.Replay, []Replayed) {
	cases, why, _ := c.replayCases() // New has checked the names
	scale, _ := c.graph.Get(casestudies.SizeScale)
	var out []results.Replay
	var plain []Replayed
	for _, k := range cases {
		w := c.compared().Weigh(k, scale.Value)
		r, with := c.replayOne(k)
		r.Weight = w.Total()
		r.Why = why + ": " + strings.Join(w.Why, "; ")
		out = append(out, r)
		plain = append(plain, Replayed{ID: k.ID, With: with})
	}
	return out, plain
}

func (c *Case) replayOne(k *casestudies.Case) (results.Replay, map[id]float64) {
	material := k.Replay()
	with := map[id]float64{
		"switch.headline": 1, "direct.headline_factor": 1, "direct.contained_factor": 1,
	}
	r := results.Replay{ID: k.ID, Organisation: k.Organisation, Disclosed: k.Disclosed, Sector: k.Sector, Headline: k.Headline(),
		Lines: map[string]float64{}, Quantities: map[string]results.Figure{}}
	observed := map[string]casestudies.ObservedDriver{}
	for _, o := range material.Observed {
		observed[o.Driver] = o
	}
	add := func(name, label, unit string, v float64, o casestudies.ObservedDriver, seen bool, basis string) {
		with[id(name)] = v
		d := results.ReplayDriver{ID: name, Label: label, Unit: c.unit(quantity.U(unit)), Value: v, Observed: seen, Basis: basis}
		if seen {
			d.Basis, d.Source = o.Basis, o.Source
		}
		r.Drivers = append(r.Drivers, d)
	}
	for _, name := range ReplayDrivers {
		d := c.driverByID(name)
		o, seen := observed[name]
		v := c.Run.Value(id("driver." + name + ".p50"))
		if seen {
			v = o.Value
		}
		add("driver."+name, d.Label, d.Unit, v, o, seen, "the model's median")
	}
	flag := func(b bool) float64 {
		if b {
			return 1
		}
		return 0
	}
	if s := k.Model.Reaction; s.Seen != nil {
		add("switch.reaction", "Customers react", "count", flag(*s.Seen), casestudies.ObservedDriver{Basis: s.Why, Source: cite(k, s.Sources)}, true, "")
	} else {
		add("switch.reaction", "Customers react", "share", c.Run.Value("driver.reaction.p50"), casestudies.ObservedDriver{}, false, "nobody measured it: the model's median chance")
	}
	if s := k.Model.Closure; s.Closed != nil {
		add("switch.closed", "Channel closed", "count", flag(*s.Closed), casestudies.ObservedDriver{Basis: s.What, Source: cite(k, s.Sources)}, true, "")
	} else {
		add("switch.closed", "Channel closed", "count", 0, casestudies.ObservedDriver{}, false, "not known: none assumed")
	}
	if material.AbroadOnly {
		v := c.Run.Value("economics.revenue") * c.Run.Value("economics.abroad_share") * c.Run.Value("economics.contribution_margin")
		with["closed.margin_year"] = v
		r.Drivers = append(r.Drivers, results.ReplayDriver{ID: "closed.margin_year", Label: "Margin that the closure stops", Unit: c.unit(quantity.U("money/yr")), Value: v,
			Basis: "only visitors from abroad were shut out: the margin of sales abroad"})
	}
	central := c.Run.Central(with)
	for _, l := range c.lines {
		r.Lines["loss."+l.id] = central.Value(id("loss." + l.id))
	}
	if c.insured() {
		r.Lines["loss.insured"] = central.Value("loss.insured")
	}
	for _, t := range ReplayTargets {
		f := c.describe(t)
		v := central.Value(t)
		f.Value = &v
		r.Quantities[string(t)] = f
	}
	if d := k.Model.DirectCost; d != nil {
		r.DisclosedCost = &results.DisclosedCost{Amount: d.Amount, Currency: d.Currency, Year: d.Year, Complete: d.Complete,
			Strength: d.Strength, Why: d.Why, Source: material.CostSource}
	}
	r.Story = story(material.Story)
	return r, with
}

func (m *Model) insured() bool { return (&builder{m: m}).insured() }

func cite(k *casestudies.Case, ids []string) string {
	if len(ids) == 0 {
		return ""
	}
	return k.Cite(ids[0])
}

func story(s casestudies.Story) results.Story {
	facts := func(in []casestudies.Fact) []results.Fact {
		out := make([]results.Fact, len(in))
		for i, f := range in {
			out[i] = results.Fact{Text: f.Text, Source: f.Source}
		}
		return out
	}
	return results.Story{Summary: s.Summary, People: s.People, Facts: facts(s.Facts), Phones: facts(s.Phones), Staff: facts(s.Staff),
		Shop: facts(s.Shop), Goodwill: facts(s.Goodwill), Effects: facts(s.Effects), Lessons: s.Lessons, Unknown: s.Unknown}
}

// comparables lists the whole library as the company sees it, so that nobody
// can say the scary story was picked.
func (c *Case) comparables(replayed []results.Replay) []results.Comparable {
	used := map[string][]string{}
	for _, d := range c.drivers {
		for _, o := range c.observations[d.ID] {
			used[o.Case.ID] = append(used[o.Case.ID], d.ID)
		}
	}
	for _, d := range directCases(c.in.Library.Cases, c.rates, c.asOf().Year()) {
		used[d.c.ID] = append(used[d.c.ID], "direct_headline")
	}
	var out []results.Comparable
	for _, r := range c.ranking() {
		k := r.Case
		effect := "unknown"
		if s := k.Model.Reaction.Seen; s != nil {
			effect = "none seen"
			if *s {
				effect = "seen"
			}
		}
		strength := k.Model.Reaction.Strength
		if d := k.Model.DirectCost; d != nil {
			strength = d.Strength
		}
		x := results.Comparable{ID: k.ID, Organisation: k.Organisation, Sector: k.Sector, Positioning: k.Positioning, Disclosed: k.Disclosed,
			Kind: k.Model.Kind, Headline: k.Headline(), Weight: r.Weights.Total(), Why: r.Weights.Why, Effect: effect,
			Themes: k.Model.Replay.Themes, Used: used[k.ID], People: r.Weights.People, Closed: k.Model.Closure.Closed, Strength: strength,
			Selected: slices.ContainsFunc(replayed, func(p results.Replay) bool { return p.ID == k.ID })}
		if len(k.Sources) > 0 {
			s := k.Sources[0]
			x.Source, x.URL = fmt.Sprintf("%s. %s", s.Title, k.Cite(s.ID)), s.URL
		}
		out = append(out, x)
	}
	return out
}
