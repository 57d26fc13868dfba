package model

import (
	"cmp"
	"math"
	"regexp"
	"slices"
	"sort"
	"strings"
	"sync"

	"casebuilder/casebuilder/results"
	"casebuilder/casebuilder/stats"
)

const (
	curveSteps = 40  // of a curve in the papers
	incidents  = 20  // dots of the cost of an incident
	futures    = 100 // dots of a net present value
	mostRows   = 7   // of the table of chances
)

// exhibits adds what the papers draw beside the figures.
func (c *Case) exhibits(r *results.BusinessCase) {
	x := results.Exhibits{After: map[string][]results.Point{}, NPV: map[string][]float64{}, Waves: c.waves()}
	c.sources[contrary] = true
	severity := sortedCopy(c.Run.Column("severity.total"))
	rate := c.Run.Column("driver.event_rate")
	end := c.curveEnd(rate, severity)
	x.Amounts = c.amounts(end)
	losses := slices.Clone(x.Amounts)
	for k := range curveSteps + 1 {
		losses = append(losses, end*float64(k)/curveSteps)
	}
	slices.Sort(losses)
	losses = slices.Compact(losses)
	curves := make([][]results.Point, len(c.options)+1)
	var wg sync.WaitGroup
	wg.Go(func() { curves[0] = curveOf(rate, severity, losses) })
	for i, o := range c.options {
		wg.Go(func() {
			curves[i+1] = curveOf(c.Run.Column(o.id("driver.event_rate")), sortedCopy(c.Run.Column(o.id("severity.total"))), losses)
		})
	}
	wg.Wait()
	x.Today = curves[0]
	for i, o := range c.options {
		x.After[o.ID] = curves[i+1]
		x.NPV[o.ID] = equallyLikely(sortedCopy(c.Run.Column(o.id("npv.trial"))), futures)
	}
	x.Incidents = equallyLikely(severity, incidents)
	r.Exhibits = x
	c.steps(r)
	for i := range r.Tornado {
		r.Tornado[i].Shown = c.shown(&r.Tornado[i])
		r.Tornado[i].Shift = shift(&r.Tornado[i])
	}
	c.chanceRange(r)
}

func sortedCopy(v []float64) []float64 {
	out := slices.Clone(v)
	slices.Sort(out)
	return out
}

// equallyLikely returns n of the sorted values, each standing for as many: the
// middle one of its stretch. As many are above a bound as the share of all
// values above it times n says, rounded half up.
func equallyLikely(sorted []float64, n int) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = sorted[int((float64(i)+0.5)*float64(len(sorted))/float64(n))]
	}
	return out
}

// chanceOf returns the chance in a year of at least one incident that costs
// more than x: the mean over the trials of 1 − exp(−λ · P(S > x)).
func chanceOf(rate, severity []float64, x float64) float64 {
	p := stats.ShareAbove(severity, x)
	if p == 0 {
		return 0
	}
	sum := 0.0
	for _, l := range rate {
		sum += math.Exp(-l * p)
	}
	return 1 - sum/float64(len(rate))
}

func curveOf(rate, severity, losses []float64) []results.Point {
	out := make([]results.Point, len(losses))
	for i, x := range losses {
		out[i] = results.Point{Loss: x, Chance: chanceOf(rate, severity, x)}
	}
	return out
}

// curveEnd returns where the papers' curve ends: at the loss that is exceeded
// with a chance of 1% a year (of an eighth of any incident's chance, where that
// is less), and beyond the losses of the appetite where they are not far off.
func (c *Case) curveEnd(rate, severity []float64) float64 {
	target := min(0.01, chanceOf(rate, severity, -1)/8)
	i := sort.Search(len(severity), func(i int) bool { return chanceOf(rate, severity, severity[i]) <= target })
	end := severity[min(i, len(severity)-1)]
	if p99 := stats.Quantile(severity, 0.99); end > p99 {
		end = p99
	}
	if end <= 0 {
		end = 1
	}
	far := 3 * end
	for _, l := range c.in.Profile.Appetite.Levels {
		if x := 1.15 * l.Loss.Value; x <= far {
			end = max(end, x)
		}
	}
	return end
}

// amounts returns the losses of the appetite and round amounts (1, 2, 5 times
// powers of ten) up to the end of the curve.
func (c *Case) amounts(end float64) []float64 {
	var out []float64
	for _, l := range c.in.Profile.Appetite.Levels {
		if l.Loss.Value > 0 && !slices.Contains(out, l.Loss.Value) && len(out) < mostRows {
			out = append(out, l.Loss.Value)
		}
	}
	for e := math.Floor(math.Log10(end)); len(out) < 5 && e > math.Log10(end)-2.1; e-- {
		for _, m := range []float64{5, 2, 1} {
			x := math.Round(m*math.Pow(10, e)*1e6) / 1e6
			near := slices.ContainsFunc(out, func(v float64) bool { return math.Abs(v-x) < 0.2*x })
			if x > 0 && x <= end && !near && len(out) < 5 {
				out = append(out, x)
			}
		}
	}
	slices.Sort(out)
	return out
}

// steps adds what each option adds to the next cheaper choice.
func (c *Case) steps(r *results.BusinessCase) {
	for i, o := range c.options {
		cost, cheaper := c.Run.Value(o.id("cost.pv")), c.Run.Value(o.id("cost.next_cheaper"))
		n := &results.Next{Over: nothing, Cost: cost - cheaper, NPV: c.Run.Value(o.id("npv.marginal"))}
		for _, other := range c.options {
			if cheaper > 0 && c.Run.Value(other.id("cost.pv")) == cheaper {
				n.Over = other.ID
				break
			}
		}
		if n.Cost > 0 {
			x := n.NPV / n.Cost
			n.Return = &x
		}
		r.Options[i].Next = n
	}
}

// shown returns a bar in the unit that a board thinks in, nil where its own
// will do.
func (c *Case) shown(b *results.Bar) *results.Shown {
	var unit string
	var of func(float64) float64
	switch b.ID {
	case "driver.event_rate":
		unit, of = "share", func(l float64) float64 { return 1 - math.Exp(-l) }
	case "driver.direct_response":
		typical := c.Run.Value("driver.direct_headline.p50")
		unit, of = c.in.Profile.Company.Currency, func(f float64) float64 { return f * typical }
	case "driver.effect_rate", "driver.effect_severity":
		if of = c.cutAt(b.ID == "driver.effect_rate"); of == nil {
			return nil
		}
		unit = "share"
	default:
		return nil
	}
	s := &results.Shown{Unit: unit, Low: of(b.Low), Mid: of(b.Mid), High: of(b.High)}
	if b.Switching != nil {
		x := of(*b.Switching)
		s.Switching = &x
	}
	return s
}

// shift returns how far the switching value is from the middle, as a share of
// the middle; nil where there is none.
func shift(b *results.Bar) *float64 {
	mid, at := b.Mid, b.Switching
	if b.Shown != nil {
		mid, at = b.Shown.Mid, b.Shown.Switching
	}
	if at == nil || mid == 0 {
		return nil
	}
	x := (*at - mid) / math.Abs(mid)
	return &x
}

// cutAt returns the cut of the subject at a z: of the rate, or of the one other
// driver that it cuts; nil where there is none or more than one.
func (c *Case) cutAt(rate bool) func(z float64) float64 {
	o := c.subject()
	if o == nil {
		return nil
	}
	var targets []string
	for _, t := range o.targets {
		if (t == "event_probability") == rate {
			targets = append(targets, t)
		}
	}
	if len(targets) != 1 {
		return nil
	}
	at := func(part string) float64 { return c.Run.Value(o.id("cut." + targets[0] + "." + part)) }
	limit := c.Run.Value("cuts.cap")
	if rate {
		limit = c.Run.Value("cuts.rate_cap")
	}
	mode, fall, rise := at("mode"), at("fall"), at("rise")
	return func(z float64) float64 {
		return min(limit, max(0, mode+min(z, 0)*fall+max(z, 0)*rise))
	}
}

// chanceRange adds the range of the chance of an incident in a year: what is
// not known of it is the rate.
func (c *Case) chanceRange(r *results.BusinessCase) {
	rate := sortedCopy(c.Run.Column("driver.event_rate"))
	f := r.Quantities["probability.year"]
	for _, p := range []struct {
		to    **float64
		level float64
	}{{&f.P5, 0.05}, {&f.P50, 0.50}, {&f.P95, 0.95}} {
		x := 1 - math.Exp(-stats.Quantile(rate, p.level))
		*p.to = &x
	}
	r.Quantities["probability.year"] = f
}

// waves returns the contacts of a headline at the rates that a reader thinks
// of, and at the one in use.
func (c *Case) waves() []results.Wave {
	rates := map[float64]bool{0.01: true, 0.02: true, 0.05: true}
	used := c.Central.Value("driver.contact_rate")
	rates[used] = true
	var out []results.Wave
	for rate := range rates {
		central := c.Run.Central(map[id]float64{"driver.contact_rate": rate})
		v := func(name id) float64 { return central.Value(name) }
		w := results.Wave{Rate: rate, InUse: rate == used, People: v("exposed"), Contacts: v("surge.contacts"), PeakLoad: v("surge.peak_load"),
			Backlog: v("surge.backlog_days"), Diverted: v("surge.staff_diverted"), Unanswered: v("surge.unanswered"),
			PhonesOff: v("surge.peak_load") > v("surge.phones_off_load")}
		if w.InUse {
			w.Days = days(w.Contacts, v("surge.peak_share"), int(v("surge.window")))
		}
		out = append(out, w)
	}
	slices.SortFunc(out, func(a, b results.Wave) int { return cmp.Compare(a.Rate, b.Rate) })
	return out
}

// days spreads contacts over the days of raised contact, the first day the
// peak, each further one a fixed part of the one before. How they fall is our
// picture; their sum and their peak are the model's.
func days(contacts, peak float64, window int) []float64 {
	if window < 1 {
		return nil
	}
	lo, hi := 0.0, 1.0 // the part at which the days add up to all contacts
	for range 60 {
		q := (lo + hi) / 2
		if sum := peak * (1 - math.Pow(q, float64(window))) / (1 - q); sum < 1 {
			lo = q
		} else {
			hi = q
		}
	}
	out := make([]float64, window)
	for i := range out {
		out[i] = contacts * max(peak, 1/float64(window)) * math.Pow(lo, float64(i))
	}
	return out
}

// contrary is the study that speaks against the case of a premium brand: the
// papers name it.
const contrary = "beh_janakiraman_direction"

var sponsored = regexp.MustCompile(`\(sponsor ([^)]+)\)`)

// sponsorOf returns who paid for a study, where its authors' line says so.
func sponsorOf(authors string) string {
	if m := sponsored.FindStringSubmatch(authors); m != nil {
		return m[1]
	}
	if strings.Contains(authors, "Ponemon") && strings.Contains(authors, "IBM") {
		return "IBM"
	}
	return ""
}
