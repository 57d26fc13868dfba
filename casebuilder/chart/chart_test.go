package chart_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"casebuilder/casebuilder/chart"
	"casebuilder/casebuilder/chart/charttest"
	"casebuilder/casebuilder/page"
)

func l(s string) page.Label { return page.L(s) }

// words are names that a company file may hold.
var words = []string{"A", "Core", "Close the doors", "Kundenabwanderung und Wiedergewinnungskosten",
	"Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", strings.Repeat("long name ", 20), strings.Repeat("x", 200), "株式会社", "שם"}

// amounts are results that a company may have.
var amounts = []float64{0, 0.01, 1, 3.5, 999, 1e4, 1.234e6, 4.2e9, 1e14}

func money(v float64) string {
	switch a := math.Abs(v); {
	case a >= 1e9:
		return fmt.Sprintf("¥%.3gbn", v/1e9)
	case a >= 1e6:
		return fmt.Sprintf("¥%.3gm", v/1e6)
	}
	return fmt.Sprintf("¥%.3g", v)
}

func percent(v float64) string { return fmt.Sprintf("%.3g%%", v*100) }

// all returns every kind of chart, with names, amounts and numbers of rows
// that r draws. Equal, zero and negative values are among them.
func all(r *rand.Rand) map[string]page.Drawing {
	word := func() page.Label { return l(words[r.IntN(len(words))]) }
	scale := amounts[r.IntN(len(amounts))]
	amount := func() float64 {
		switch r.IntN(6) {
		case 0:
			return 0
		case 1:
			return scale
		}
		return scale * r.Float64()
	}
	signed := func() float64 { return amount() - amount() }
	n := []int{0, 1, 2, 5, 12}[r.IntN(5)]

	curve := func() (out []chart.XY) {
		k := r.Float64() * 0.3
		for i := range 25 {
			out = append(out, chart.XY{X: scale * float64(i) / 24, Y: k * math.Exp(-float64(i)/6)})
		}
		return out
	}
	ex := chart.Exceedance{Before: chart.Curve{Name: l("today"), Points: curve()}, After: chart.Curve{Name: word(), Points: curve()}, Loss: money, Chance: percent, XTitle: "loss", YTitle: "chance"}
	ex.Appetite = []chart.AppetitePoint{{Loss: scale / 4, Chance: 0.05, Label: l("appetite: 5% over this")}, {Loss: scale, Chance: 0.01, Label: l("appetite: 1% over that")}}
	ex.Reading = &chart.Reading{Loss: scale / 3, Chance: 0.04, Label: l("Read: a 1-in-25 chance of losing more")}

	dots := chart.Dots{Cuts: []chart.Cut{{Value: scale / 2, Role: page.Appetite, Label: l("appetite")}},
		Parts: []chart.DotPart{{Role: page.Other, Label: l("17 of 20 below")}, {Role: page.Appetite, Label: l("3 of 20 above")}}, Tick: money, XTitle: "cost"}
	npv := chart.Dots{Cuts: []chart.Cut{{Value: 0, Role: page.Ink}}, Parts: []chart.DotPart{{Role: page.Other, Hollow: true, Label: l("30 of 100 below zero")}, {Role: page.Recommended, Label: l("70 of 100 above zero")}}, Tick: money, XTitle: "NPV"}
	for range 20 {
		dots.Values = append(dots.Values, amount()*amount()/max(scale, 1))
	}
	for range 100 {
		npv.Values = append(npv.Values, signed())
	}

	wf := chart.Waterfall{Note: l("owned by marketing")}
	sum := 0.0
	for i := range n {
		v := signed()
		sum += v
		wf.Steps = append(wf.Steps, chart.Step{Label: word(), Value: v, Text: l(money(v)), Role: []page.Role{page.Marketing, page.Other}[i%2]})
	}
	wf.Steps = append(wf.Steps, chart.Step{Label: word(), Subtotal: true, Text: l(money(sum)), Low: -amount(), High: amount() * 5, Range: l("90% range 0 to " + money(scale))})

	op := chart.Options{Limit: 0.05, LimitFor: l("appetite: at most 5%"), Cost: money, Chance: percent, XTitle: "cost a year", YTitle: "chance"}
	for i := range n + 1 {
		op.Points = append(op.Points, chart.OptionPoint{Name: word(), Note: l("NPV " + money(signed())), Cost: amount(), Chance: r.Float64() * 0.2, Recommended: i == 1})
	}

	to := chart.Tornado{Mid: signed(), Middle: word(), Tick: money, XTitle: "NPV", Head: l("NPV is zero at"), Low: l("input low"), High: l("input high")}
	sw := chart.Switching{Head: l("NPV is zero at")}
	for range n {
		to.Swings = append(to.Swings, chart.Swing{Label: word(), Low: signed(), High: signed(), LowText: l(money(amount())), HighText: l(money(amount())), Switch: l("not within its range"), Flips: r.IntN(2) == 0})
		sw.Turns = append(sw.Turns, chart.Turn{Label: word(), Low: 0, Mid: amount(), High: scale, At: []float64{math.NaN(), amount()}[r.IntN(2)], LowText: l(money(0)), HighText: l(money(scale)), AtText: l("at " + money(amount()))})
		sw.Turns[len(sw.Turns)-1].Mid = scale / 2
	}

	st := chart.Stake{Stake: r.Float64(), Low: 0.1, High: 0.95, StakeName: word(), StakeText: l("41%"), RangeText: l("36% to 47%"), Share: r.Float64(), ShareName: word(), ShareText: l("31%, " + money(scale) + " a year"), Tick: percent, XTitle: "of the whole"}
	for _, k := range []string{"cause", "benefit", "usage", "ability to bear"}[:min(n, 4)] {
		v := r.Float64()
		st.Keys = append(st.Keys, chart.ShareKey{Label: l(k + " " + percent(v)), Value: v, InUse: k == "benefit"})
	}

	wa := chart.Wave{Capacity: amount(), Off: scale, Waves: l("calls after the notice"), Limit: l("we can answer " + money(scale)), OffText: l("phones off"), Backlog: l("backlog: 9 days of work"),
		Count: money, Day: func(v float64) string { return fmt.Sprintf("%.0f", v) }, XTitle: "days", YTitle: "contacts"}
	for range n + 1 {
		wa.Contacts = append(wa.Contacts, amount())
	}

	sp := chart.Strip{Heads: []page.Label{l("people"), l("phones"), l("shop"), l("reaction"), l("direct cost")}, Total: l("for us"), Observed: word(), Assumed: l("assumed")}
	tl := chart.Timeline{}
	pl := chart.Plan{Months: 24, Ticks: []string{"Q1", "Q2", "Q3", "Q4"}, Milestones: []chart.Milestone{{At: 6, Text: l("stop point"), Stop: true}, {At: 24, Text: word()}}}
	bars := chart.Bars{Series: []page.Label{l("marketing"), l("everyone else")}, Tick: money, XTitle: "loss"}
	grouped := chart.Bars{Grouped: true, Series: []page.Label{l("with"), word()}}
	mu := chart.Multiples{Loss: money, Chance: percent, BeforeName: l("today"), AfterName: l("after"), Mark: word(), XTitle: "loss"}
	bt := chart.Backtest{Amount: money, XTitle: "disclosed", YTitle: "predicted", Diagonal: l("right"), Complete: l("complete"), Partial: l("floor")}
	for i := range n {
		c := func() chart.StripCell {
			return chart.StripCell{Text: word(), Observed: r.IntN(2) == 0, Assumed: r.IntN(2) == 0}
		}
		v := amount()
		sp.Rows = append(sp.Rows, chart.StripRow{Name: word(), Sub: word(), Cells: []chart.StripCell{c(), c(), c(), c(), c()}, Total: v, Text: l(money(v)), Bold: i == 0})
		tl.Events = append(tl.Events, chart.Event{Date: l("16 January 2012"), Text: word(), Strip: word(), Key: i == 1})
		pl.Tasks = append(pl.Tasks, chart.Task{Name: word(), Start: 24 * r.Float64(), End: 24 * r.Float64(), Text: word(), Open: r.IntN(3) == 0})
		seg := []chart.Segment{{Value: v, Role: page.Marketing, Text: l(money(v))}, {Value: amount(), Role: page.Other, Text: l(money(v))}}
		bars.Rows = append(bars.Rows, chart.BarRow{Label: word(), Segments: seg, Total: word(), High: amount() * 3, Hatched: i == 2})
		grouped.Rows = append(grouped.Rows, chart.BarRow{Label: word(), Segments: seg})
		mu.Panels = append(mu.Panels, chart.Multiple{Name: word(), Text: l(money(v)), Before: curve(), After: curve(), Weak: i == 1})
		m := math.Pow(10, 3+6*r.Float64())
		bt.Cases = append(bt.Cases, chart.Prediction{Name: []page.Label{{}, l("case")}[r.IntN(2)], Actual: math.Pow(10, 3+6*r.Float64()), Low: m / 5, Mid: m, High: m * 5, Partial: r.IntN(2) == 0})
	}
	return map[string]page.Drawing{"exceedance": ex, "dots": dots, "npv": npv, "waterfall": wf, "options": op, "tornado": to, "switching": sw, "stake": st,
		"wave": wa, "strip": sp, "timeline": tl, "plan": pl, "bars": bars, "grouped": grouped, "multiples": mu, "backtest": bt}
}

// least is the width that a chart's comment asks for, where it asks for one.
var least = map[string]float64{"tornado": 280, "switching": 280, "waterfall": 280, "strip": 400}

// TestNothingCollides draws every chart at three widths and two heights with
// names and amounts from tiny to huge.
func TestNothingCollides(t *testing.T) {
	failures := 0
	for seed := range uint64(24) {
		for name, d := range all(rand.New(rand.NewPCG(seed, 1))) {
			for _, w := range []float64{195, 283, 493} {
				if w < least[name] {
					continue
				}
				var c charttest.Recorder
				low, high := d.Heights(&c, w)
				if !(low >= 0 && high >= low && high < 2000) {
					t.Errorf("%s, seed %d: heights %v to %v", name, seed, low, high)
				}
				for _, h := range []float64{low, high} {
					c = charttest.Recorder{}
					box := page.Box{X: 51, Y: 100, W: w, H: h}
					d.Draw(&c, box)
					if ps := c.Problems(box); len(ps) > 0 && failures < 40 {
						failures++
						t.Errorf("%s, seed %d, %.0f × %.0f: %s", name, seed, w, h, strings.Join(ps[:min(3, len(ps))], "; "))
					}
				}
			}
			if d.Alt() == "" {
				t.Errorf("%s: want words for those who do not see it, got none", name)
			}
			for i, r := range d.Data().Rows {
				if len(r.Cells) != len(d.Data().Columns) {
					t.Errorf("%s: row %d has %d cells for %d columns", name, i, len(r.Cells), len(d.Data().Columns))
				}
			}
		}
	}
}
