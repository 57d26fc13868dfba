package group

import (
	"fmt"
	"slices"
	"strings"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/results"
)

// Figures are the figures of the group by ID, in the shape of results, so that
// its paper is written and checked as the pitch is. A unit's figures are
// "unit.<number>.…", in the order of Units, from 1; a programme's
// "shared.<number>.…".
func (c *Case) Figures() *results.BusinessCase {
	r := &results.BusinessCase{Schema: results.Schema, Tool: results.Tool{Name: "casebuilder", Version: c.Version}, AsOf: c.AsOf, Currency: c.Currency,
		Fingerprint: c.Fingerprint, Quantities: map[string]results.Figure{}, Trials: c.Years,
		Decision: results.Decision{Recommended: "nothing", Subject: "nothing", Verdict: c.Verdict}}
	r.Company.Company = company.Company{Name: c.Name, Currency: c.Currency, AsOf: c.AsOf}
	r.Company.Paper.Classification = c.Classification()
	r.Company.Appetite.Approved = c.Approved
	put := func(unit string) func(id string, v float64) {
		return func(id string, v float64) {
			r.Quantities[id] = results.Figure{Label: id, Unit: unit, Value: &v, Definition: "of the group's roll-up"}
		}
	}
	money, yearly, share := put(c.Currency), put(c.Currency+"/yr"), put("share")
	yearly("group.ale", c.ALE)
	yearly("group.marketing", c.ByOwner["marketing"])
	share("group.marketing.share", ratio(c.ByOwner["marketing"], c.ALE))
	money("group.mean", c.Mean)
	money("group.mean.expected", c.ALE) // beside it, as exactly
	money("group.stderr", c.StdErr)
	for _, q := range c.Levels {
		at := fmt.Sprintf("group.p%.0f", 100*q.Level)
		money(at+".sum", q.SumOfUnit)
		money(at+".apart", q.Apart)
	}
	choice := func(at string, x *Choice) {
		yearly(at+"ale", x.ALE)
		share(at+"chance", x.Chance)
		yearly(at+"cost.yearly", x.CostYearly)
		money(at+"avoided", x.Avoided)
		money(at+"npv", x.NPV)
		for i, level := range tailLevels {
			money(at+fmt.Sprintf("p%.0f", 100*level), x.Levels[i])
		}
	}
	for k := range c.Choices {
		choice("choice."+string(c.Choices[k].ID)+".", &c.Choices[k])
	}
	choice("then.", c.Then())
	yearly("shared.cost.yearly", c.SharedYearly())
	money("shared.npv", c.SharedNPV())
	for _, o := range c.Owners {
		yearly("group.owner."+o, c.ByOwner[o])
	}
	for _, a := range c.Appetite {
		l := results.Level{Loss: a.Loss, Chance: a.Chance, Today: a.By[0], Options: map[string]float64{"then": a.By[c.Subject]}}
		for k, v := range a.By {
			l.Options[string(c.Choices[k].ID)] = v
		}
		r.Appetite = append(r.Appetite, l)
	}
	for i, u := range c.Units {
		at := fmt.Sprintf("unit.%d.", i+1)
		yearly(at+"ale", u.ALE)
		share(at+"ale.share", ratio(u.ALE, c.ALE))
		share(at+"tail", u.Tail)
		share(at+"chance", u.Chance)
		yearly(at+"cost.yearly", u.CostYearly)
		money(at+"npv", u.NPV)
		money(at+"npv.low", u.NPVLow)
		money(at+"npv.high", u.NPVHigh)
		money(at+"avoided", u.Avoided)
		money(at+"p95", u.P95)
		money(at+"p99", u.P99)
		share(at+"marketing.share", ratio(u.ByOwner["marketing"], u.ALE))
		for _, o := range c.Owners {
			yearly(at+"owner."+o, u.ByOwner[o])
		}
		yearly(at+"shared.cost.yearly", u.SharedCostYearly)
		money(at+"shared.npv", u.SharedNPV)
	}
	for _, p := range c.Programmes {
		at := "shared." + p.ID + "."
		money(at+"one_off", p.OneOff)
		yearly(at+"per_year", p.PerYear)
		yearly(at+"cost.yearly", p.Yearly)
		money(at+"cost.pv", p.CostPV)
		money(at+"avoided", p.Avoided)
		money(at+"npv", p.NPV)
		for _, a := range p.Parts {
			of := fmt.Sprintf("%sunit.%d.", at, a.Unit+1)
			share(of+"share", a.Share)
			yearly(of+"cost.yearly", a.Yearly)
			money(of+"avoided", a.Avoided)
			money(of+"npv", a.NPV)
		}
	}
	for _, x := range c.Rates {
		put("ratio")("rate."+x.Currency, x.PerUSD)
	}
	return r
}

// SharedYearly is what the shared programmes cost a year, spread evenly.
func (c *Case) SharedYearly() (v float64) {
	for _, p := range c.Programmes {
		v += p.Yearly
	}
	return v
}

// SharedNPV is what the shared programmes are worth.
func (c *Case) SharedNPV() (v float64) {
	for _, p := range c.Programmes {
		v += p.NPV
	}
	return v
}

// Classification is the line that the units' papers carry; where they differ,
// all of them.
func (c *Case) Classification() string {
	var lines []string
	for _, u := range c.Units {
		if u.Classified != "" && !slices.Contains(lines, u.Classified) {
			lines = append(lines, u.Classified)
		}
	}
	slices.Sort(lines)
	return clip(strings.Join(lines, " / "), 120)
}
