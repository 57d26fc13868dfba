package pitch

import (
	"fmt"
	"math"
	"strings"

	"casebuilder/casebuilder/results"
)

// number is one figure of the results, found by its ID.
type number struct {
	value float64
	unit  string // as results name units; the currency's code stands for money
	kind  precision
}

// precision says how exactly a figure is printed.
type precision uint8

const (
	modelled precision = iota // two significant figures
	budgeted                  // sums of inputs: three
	measured                  // inputs: every digit
)

// lookUp finds a figure by the ID that the papers print it under:
//
//	npv, options.core.npv           a quantity of the case, or of an option
//	severity.marketing:p95          its 95th percentile; p5, p10, p50, p90, p99, central
//	appetite:1:loss, :chance,       a level of appetite, from 1; what is accepted,
//	  :today, :core                 the chance today and after an option
//	years:core:1:cost               a year of an option: cost, saves, avoided, marketing, net, factor, present
//	chance:0:today, chance:0:core   the chance of losing more than a round amount; chance:0:loss
//	tornado:driver.closure:low      an input at its end: low, mid, high, switching, shift; npv.low …, share.low …
//	drivers:driver.closure:low      an estimate: low, mid, high, cases
//	replay:zappos-2012:loss.goodwill  a loss line or a figure of a replayed case
//	waves:0:contacts                the contacts at a rate
//	stake:share_low                 share_low, share_high, keys.benefit …
//	evidence:cases                  cases, effect_seen, backtest.coverage90 …
//	runs:wider:npv                  the whole model with one assumption changed
//	opinions:jacobs_2014:median     what a published formula says
//	initiative:core:mfa:one_off     one_off, per_year (posts included), posts, start
//	next:core:npv                   what an option adds to the next cheaper one
//	dots:over:1, dots:under:1       the share of the dots above a level of appetite, and below
//	futures:above, futures:below    the share of the dots of the subject's NPV above zero, and not
//	review:answered                 questions, answered, agreed, changes; effect.1 of a change
//	trials, seed
//
// A minus in front turns the sign round.
func lookUp(r *results.BusinessCase, id string) (number, error) {
	if rest, ok := strings.CutPrefix(id, "-"); ok {
		n, err := lookUp(r, rest)
		n.value = -n.value
		return n, err
	}
	parts := strings.Split(id, ":")
	n, ok := find(r, parts)
	if !ok || math.IsNaN(n.value) || math.IsInf(n.value, 0) {
		return number{}, fmt.Errorf("want a figure of the results, got %q", id)
	}
	if n.kind == modelled {
		n.kind = precisionOf(parts)
	}
	return n, nil
}

// precisionOf says how exactly a figure is known from what it is called.
func precisionOf(parts []string) precision {
	name := parts[0]
	if strings.HasPrefix(name, "options.") {
		_, name, _ = strings.Cut(name[len("options."):], ".")
	}
	switch name {
	case "cost.pv", "cost.yearly", "npv.without_avoided", "group.mean", "group.mean.expected":
		return budgeted
	case "staffing.budget_of_it", "staffing.budget_of_revenue", "staffing.security_of_it", "staffing.vacant":
		return modelled
	case "capacity.contacts_day", "surge.phones_off_contacts", "surge.window", "surge.phones_off_load", "effect_start", "trials", "seed":
		return measured
	}
	for _, p := range []string{"customers.", "economics.", "marketing.", "staffing.", "security."} {
		if strings.HasPrefix(parts[0], p) {
			return measured
		}
	}
	if name == "share.per_year" {
		return modelled
	}
	for _, end := range []string{".one_off", ".per_year", ".posts", ".saves_per_year", ".start_month"} {
		if strings.HasSuffix(name, end) {
			return budgeted
		}
	}
	if len(parts) == 3 && name == "next" && parts[2] == "cost" {
		return budgeted
	}
	return modelled
}

func find(r *results.BusinessCase, parts []string) (number, bool) {
	arg := func(i int) string {
		if i < len(parts) {
			return parts[i]
		}
		return ""
	}
	money := r.Currency
	ok := func(v float64, unit string) (number, bool) { return number{value: v, unit: unit}, true }
	switch parts[0] {
	case "trials":
		return ok(float64(r.Trials), "count")
	case "seed":
		return ok(float64(r.Seed), "count")
	case "appetite":
		return findLevel(r, arg(1), arg(2))
	case "chance":
		return findChance(r, arg(1), arg(2))
	case "years":
		return findYear(r, arg(1), arg(2), arg(3))
	case "tornado":
		return findBar(r, arg(1), arg(2))
	case "drivers":
		d, there := r.Drivers[arg(1)]
		v, known := map[string]float64{"low": d.Low, "mid": d.Mid, "high": d.High, "weight": d.Weight}[arg(2)]
		switch {
		case arg(2) == "cases":
			return number{float64(len(d.Cases)), "count", measured}, there
		case arg(1) == "driver.event_rate" && known:
			return number{1 - math.Exp(-v), "share", modelled}, there
		}
		return number{v, d.Unit, modelled}, there && known
	case "replay":
		return findReplay(r, arg(1), arg(2))
	case "waves":
		return findWave(r, arg(1), arg(2))
	case "stake":
		return findStake(r, arg(1))
	case "evidence":
		return findEvidence(r, arg(1))
	case "runs":
		for _, f := range r.FullRuns {
			if f.ID == arg(1) {
				v, known := map[string]float64{"npv": f.NPV, "marketing": f.Marketing, "total": f.Total, "ale": f.ALE, "stake": f.Share}[arg(2)]
				unit := map[string]string{"ale": money + "/yr", "stake": "share"}[arg(2)]
				if unit == "" {
					unit = money
				}
				return number{v, unit, modelled}, known
			}
		}
	case "opinions":
		for _, o := range r.Evidence.Opinions {
			if o.ID == arg(1) && arg(2) == "median" {
				return ok(o.Median, money)
			}
		}
	case "next":
		o := optionOf(r, arg(1))
		if o == nil || o.Next == nil {
			return number{}, false
		}
		switch arg(2) {
		case "npv":
			return ok(o.Next.NPV, money)
		case "cost":
			return ok(o.Next.Cost, money)
		case "return":
			if o.Next.Return != nil {
				return ok(*o.Next.Return, "ratio")
			}
		}
	case "initiative":
		return findInitiative(r, arg(1), arg(2), arg(3))
	case "dots":
		if k, there := level(r, arg(2)); there {
			over := shareOver(r.Exhibits.Incidents, k.Loss)
			if arg(1) == "under" {
				over = 1 - over
			}
			return ok(over, "share")
		}
	case "futures":
		if vs := r.Exhibits.NPV[r.Decision.Subject]; len(vs) > 0 {
			over := shareOver(vs, 0)
			if arg(1) == "below" {
				over = 1 - over
			}
			return ok(over, "share")
		}
	case "review":
		return findReview(r, arg(1))
	default:
		return findQuantity(r, parts[0], arg(1))
	}
	return number{}, false
}

// figureOf returns a quantity of the case or of an option.
func figureOf(r *results.BusinessCase, id string) (results.Figure, bool) {
	if f, ok := r.Quantities[id]; ok {
		return f, true
	}
	rest, ok := strings.CutPrefix(id, "options.")
	if !ok {
		return results.Figure{}, false
	}
	name, metric, _ := strings.Cut(rest, ".")
	if o := optionOf(r, name); o != nil {
		f, ok := o.Quantities[metric]
		return f, ok
	}
	return results.Figure{}, false
}

func findQuantity(r *results.BusinessCase, id, part string) (number, bool) {
	f, ok := figureOf(r, id)
	v := f.Value
	if part != "" {
		v = map[string]*float64{"p5": f.P5, "p10": f.P10, "p50": f.P50, "p90": f.P90, "p95": f.P95, "p99": f.P99, "central": f.Central}[part]
	}
	if !ok || v == nil {
		return number{}, false
	}
	return number{value: *v, unit: f.Unit}, true
}

func optionOf(r *results.BusinessCase, id string) *results.Option {
	for i := range r.Options {
		if r.Options[i].ID == id {
			return &r.Options[i]
		}
	}
	return nil
}
