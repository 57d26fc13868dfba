package pitch

import (
	"math"
	"strconv"
	"strings"

	"casebuilder/casebuilder/results"
)

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
		if d.ID == what && d.Observed && d.Unit == "days" {
			return number{d.Value, d.Unit, measured}, true
		}
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
	if what == "backtest.n" {
		return number{float64(s.N), "count", measured}, true
	}
	of := func(v *float64, unit string, shown func(float64) float64) (number, bool) {
		if v == nil {
			return number{}, false
		}
		return number{shown(*v), unit, modelled}, true
	}
	same := func(v float64) float64 { return v }
	switch what {
	case "backtest.factor": // the median error, as a factor
		return of(s.MedianError, "count", func(v float64) float64 { return math.Pow(10, v) })
	case "backtest.low": // how far predictions lie below on average, as a factor
		return of(s.Bias, "count", func(v float64) float64 { return math.Pow(10, math.Abs(v)) })
	case "backtest.coverage50":
		return of(s.Coverage50, "share", same)
	case "backtest.coverage90":
		return of(s.Coverage90, "share", same)
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
