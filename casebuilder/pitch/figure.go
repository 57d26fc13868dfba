package pitch

import (
	"fmt"
	"math"
	"strconv"
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
	case "cost.pv", "cost.yearly", "saves.pv", "npv.without_avoided":
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

func level(r *results.BusinessCase, n string) (results.Level, bool) {
	if i, err := strconv.Atoi(n); err == nil && i >= 1 && i <= len(r.Appetite) {
		return r.Appetite[i-1], true
	}
	return results.Level{}, false
}

func findLevel(r *results.BusinessCase, n, what string) (number, bool) {
	l, ok := level(r, n)
	if !ok {
		return number{}, false
	}
	switch what {
	case "loss":
		return number{l.Loss, r.Currency, measured}, true
	case "chance":
		return number{l.Chance, "share", measured}, true
	case "today", "nothing":
		return number{l.Today, "share", modelled}, true
	}
	v, ok := l.Options[what]
	return number{v, "share", modelled}, ok
}

// chanceAt returns the chance of a curve at one of its losses.
func chanceAt(curve []results.Point, loss float64) (float64, bool) {
	for _, p := range curve {
		if p.Loss == loss {
			return p.Chance, true
		}
	}
	return 0, false
}

func findChance(r *results.BusinessCase, n, what string) (number, bool) {
	i, err := strconv.Atoi(n)
	if err != nil || i < 0 || i >= len(r.Exhibits.Amounts) {
		return number{}, false
	}
	x := r.Exhibits.Amounts[i]
	curve := r.Exhibits.Today
	switch what {
	case "loss":
		return number{x, r.Currency, measured}, true
	case "today":
	default:
		curve = r.Exhibits.After[what]
	}
	v, ok := chanceAt(curve, x)
	return number{v, "share", modelled}, ok
}

func findYear(r *results.BusinessCase, option, year, what string) (number, bool) {
	o := optionOf(r, option)
	t, err := strconv.Atoi(year)
	if o == nil || err != nil || t < 0 || t >= len(o.Years) {
		return number{}, false
	}
	y := o.Years[t]
	v, ok := map[string]float64{"cost": y.Cost, "saves": y.Saves, "avoided": y.Avoided, "marketing": y.Marketing, "net": y.Net, "present": y.Present, "cumulative": y.Cumulative}[what]
	if what == "factor" {
		return number{y.Factor, "ratio", budgeted}, true
	}
	return number{v, r.Currency, budgeted}, ok
}

func bar(r *results.BusinessCase, id string) *results.Bar {
	for i := range r.Tornado {
		if r.Tornado[i].ID == id {
			return &r.Tornado[i]
		}
	}
	return nil
}

func findBar(r *results.BusinessCase, id, what string) (number, bool) {
	b := bar(r, id)
	if b == nil {
		return number{}, false
	}
	ok := func(v float64, unit string) (number, bool) { return number{v, unit, modelled}, true }
	switch what {
	case "npv.low":
		return ok(b.NPV.Low, r.Currency)
	case "npv.high":
		return ok(b.NPV.High, r.Currency)
	case "marketing.low":
		return ok(b.Marketing.Low, r.Currency)
	case "marketing.high":
		return ok(b.Marketing.High, r.Currency)
	case "share.low":
		return ok(b.Share.Low, "share")
	case "share.high":
		return ok(b.Share.High, "share")
	case "shift":
		if b.Shift != nil {
			return ok(*b.Shift, "share")
		}
		return number{}, false
	}
	low, mid, high, at, unit := b.Low, b.Mid, b.High, b.Switching, b.Unit
	if s := b.Shown; s != nil {
		low, mid, high, at, unit = s.Low, s.Mid, s.High, s.Switching, s.Unit
	}
	switch what {
	case "low":
		return ok(low, unit)
	case "mid":
		return ok(mid, unit)
	case "high":
		return ok(high, unit)
	case "switching":
		if at != nil {
			return ok(*at, unit)
		}
	}
	return number{}, false
}

func replay(r *results.BusinessCase, id string) *results.Replay {
	for i := range r.Replay {
		if r.Replay[i].ID == id {
			return &r.Replay[i]
		}
	}
	return nil
}

func findReplay(r *results.BusinessCase, id, what string) (number, bool) {
	p := replay(r, id)
	if p == nil {
		return number{}, false
	}
	if v, ok := p.Lines[what]; ok {
		return number{v, r.Currency, modelled}, true
	}
	if f, ok := p.Quantities[what]; ok && f.Value != nil {
		return number{*f.Value, f.Unit, modelled}, true
	}
	for _, d := range p.Drivers {
		if d.ID == what {
			return number{d.Value, d.Unit, modelled}, true
		}
	}
	switch {
	case what == "people" && p.Story.People != nil:
		return number{*p.Story.People, "people", modelled}, true
	case what == "disclosed" && p.DisclosedCost != nil:
		return number{p.DisclosedCost.Amount, p.DisclosedCost.Currency, modelled}, true
	}
	return number{}, false
}

func findWave(r *results.BusinessCase, n, what string) (number, bool) {
	i, err := strconv.Atoi(n)
	if err != nil || i < 0 || i >= len(r.Exhibits.Waves) {
		return number{}, false
	}
	w := r.Exhibits.Waves[i]
	v, ok := map[string]float64{"rate": w.Rate, "people": w.People, "contacts": w.Contacts, "peak_load": w.PeakLoad, "backlog": w.Backlog,
		"diverted": w.Diverted, "unanswered": w.Unanswered}[what]
	unit := map[string]string{"rate": "share", "people": "people", "contacts": "contacts", "peak_load": "ratio", "backlog": "days", "diverted": "staff", "unanswered": "contacts"}[what]
	return number{v, unit, modelled}, ok
}

func findStake(r *results.BusinessCase, what string) (number, bool) {
	s := r.Stake
	if key, ok := strings.CutPrefix(what, "keys."); ok {
		for _, k := range s.Keys {
			if k.ID == key {
				return number{k.Value, "share", modelled}, true
			}
		}
		return number{}, false
	}
	if key, ok := strings.CutPrefix(what, "delta."); ok { // of another key to the share proposed
		for _, k := range s.Keys {
			if k.ID == key {
				return number{k.Value - s.Proposed, "share", modelled}, true
			}
		}
		return number{}, false
	}
	v, ok := map[string]float64{"share": s.Share, "share_low": s.ShareLow, "share_high": s.ShareHigh, "proposed": s.Proposed, "unbounded": s.Unbounded, "today": s.Today}[what]
	return number{v, "share", modelled}, ok
}

func findEvidence(r *results.BusinessCase, what string) (number, bool) {
	e := r.Evidence
	switch what {
	case "cases":
		return number{float64(e.Cases), "count", measured}, true
	case "data_cases":
		return number{float64(e.DataCases), "count", measured}, true
	case "effect_seen":
		return number{float64(e.Effect), "count", measured}, true
	case "none_seen":
		return number{float64(e.NoEffect), "count", measured}, true
	case "fit_cases":
		if e.Fit != nil {
			return number{float64(e.Fit.Cases), "count", measured}, true
		}
	}
	b := e.Backtest
	if b == nil {
		return number{}, false
	}
	s := b.Summary
	if rest, ok := strings.CutPrefix(what, "backtest.complete."); ok && s.Complete != nil {
		s, what = *s.Complete, "backtest."+rest
	}
	switch what {
	case "backtest.n":
		return number{float64(s.N), "count", measured}, true
	case "backtest.factor": // the median error, as a factor
		return number{math.Pow(10, s.MedianError), "count", modelled}, true
	case "backtest.low": // how far predictions lie below on average, as a factor
		return number{math.Pow(10, math.Abs(s.Bias)), "count", modelled}, true
	case "backtest.coverage50":
		return number{s.Coverage50, "share", modelled}, true
	case "backtest.coverage90":
		return number{s.Coverage90, "share", modelled}, true
	}
	return number{}, false
}

func findInitiative(r *results.BusinessCase, option, id, what string) (number, bool) {
	o := optionOf(r, option)
	if o == nil {
		return number{}, false
	}
	for _, in := range o.Initiatives {
		if in.ID == id {
			v, ok := map[string]float64{"one_off": in.OneOff, "per_year": in.PerYear, "posts": in.Posts, "start": in.StartMonth}[what]
			unit := map[string]string{"one_off": r.Currency, "per_year": r.Currency + "/yr", "start": "months"}[what]
			return number{v, unit, budgeted}, ok
		}
	}
	return number{}, false
}

func findReview(r *results.BusinessCase, what string) (number, bool) {
	if r.Review == nil {
		return number{}, false
	}
	if n, ok := strings.CutPrefix(what, "effect."); ok {
		if i, err := strconv.Atoi(n); err == nil && i >= 1 && i <= len(r.Review.Changes) {
			return number{r.Review.Changes[i-1].NPV, r.Currency, modelled}, true
		}
		return number{}, false
	}
	if n, ok := strings.CutPrefix(what, "stake."); ok {
		if i, err := strconv.Atoi(n); err == nil && i >= 1 && i <= len(r.Review.Changes) {
			return number{r.Review.Changes[i-1].Stake, "share", modelled}, true
		}
		return number{}, false
	}
	v, ok := map[string]int{"questions": r.Review.Questions, "answered": r.Review.Answered, "agreed": r.Review.Agreed, "changes": len(r.Review.Changes)}[what]
	return number{float64(v), "count", measured}, ok
}

// shareOver returns the share of values above x.
func shareOver(values []float64, x float64) float64 {
	n := 0
	for _, v := range values {
		if v > x {
			n++
		}
	}
	if len(values) == 0 {
		return 0
	}
	return float64(n) / float64(len(values))
}
