package model

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"casebuilder/casebuilder/quantity"
	"casebuilder/casebuilder/results"
	"casebuilder/casebuilder/stats"
	"casebuilder/casestudies"
)

// base fills in what is read straight off the run; figures may be nil.
func (c *Case) base(figures map[string]results.Figure) *results.BusinessCase {
	p := c.in.Profile
	r := &results.BusinessCase{
		Schema: results.Schema, Tool: results.Tool{Name: "casebuilder", Version: c.in.Version},
		Company: *p, AsOf: p.Company.AsOf, Seed: c.in.Seed, Trials: c.in.Trials, Currency: p.Company.Currency,
		Fingerprint: c.in.Fingerprint(),
		Quantities:  map[string]results.Figure{}, Drivers: map[string]results.Driver{},
		Options: []results.Option{}, Appetite: []results.Level{},
		Samples: map[string][]float64{
			"driver.event_rate":  c.Run.Column("driver.event_rate"),
			"severity.total":     c.Run.Column("severity.total"),
			"severity.marketing": c.Run.Column("severity.marketing"),
		},
	}
	for name, f := range figures {
		if !strings.HasPrefix(name, "options.") || c.isInput(id(name)) {
			r.Quantities[name] = f
		}
	}
	for _, d := range c.drivers {
		r.Drivers["driver."+d.ID] = c.driverResult(d)
	}
	for k := range exceedanceSteps + 1 {
		at := "@" + strconv.Itoa(k)
		r.Exceedance.Occurrence = append(r.Exceedance.Occurrence, results.Point{Loss: c.Run.Value(id("exceedance.loss" + at)), Chance: c.Run.Value(id("exceedance.chance" + at))})
	}
	for i, l := range p.Appetite.Levels {
		at := "appetite.chance@" + strconv.Itoa(i+1)
		x := results.Level{Loss: l.Loss.Value, Chance: l.Chance.Value, Today: c.Run.Value(id(at)), Options: map[string]float64{}}
		for _, o := range c.options {
			x.Options[o.ID] = c.Run.Value(o.id(at))
		}
		r.Appetite = append(r.Appetite, x)
	}
	for i := range c.options {
		r.Options = append(r.Options, c.optionResult(&c.options[i], figures))
	}
	return r
}

func (c *Case) isInput(name id) bool {
	q, _ := c.graph.Get(name)
	return q.Expr.Zero() && !q.Draw
}

// figures returns every quantity that a reader would ask for by name. The cells
// of years and curves, and the votes of single cases, have their own places in
// the results.
func (c *Case) figures() map[string]results.Figure {
	var ids []id
	for _, q := range c.graph.All() {
		if !q.Draw && c.told(q.ID) {
			ids = append(ids, q.ID)
		}
	}
	fs := make([]results.Figure, len(ids))
	// In stretches, so that the words of related figures are made together.
	const stretch = 64
	each((len(ids)+stretch-1)/stretch, func(k int) {
		for i := k * stretch; i < min(len(ids), (k+1)*stretch); i++ {
			fs[i] = c.figure(ids[i])
		}
	})
	out := make(map[string]results.Figure, len(ids))
	for i, name := range ids {
		out[string(name)] = fs[i]
	}
	return out
}

func (c *Case) told(name id) bool {
	s := string(name)
	if strings.Contains(s, "@") || strings.Contains(s, ".case.") {
		return false
	}
	// Placeholders of an interval that nobody gave.
	for _, d := range c.drivers {
		if rest, ok := strings.CutPrefix(s, "driver."+d.ID+"."); ok {
			switch rest {
			case "given", "low", "high", "own_mu", "own_sigma":
				return rest != "given" && c.Run.Value(id("driver."+d.ID+".given")) > 0
			}
		}
	}
	return true
}

// figure returns a quantity with its number and, where it has one, its range.
func (c *Case) figure(name id) results.Figure {
	f := c.describe(name)
	v := c.Run.Value(name)
	if math.IsNaN(v) {
		f.Text = c.graph.TextOf(name)
	} else {
		f.Value = &v
	}
	if central := c.Central.Value(name); !math.IsNaN(central) {
		f.Central = &central
	}
	if c.graph.Axis(name) == quantity.Column {
		f.Mean = &v
		if col := c.Run.Column(name); col != nil {
			sorted := slices.Clone(col)
			slices.Sort(sorted)
			for _, p := range []struct {
				to    **float64
				level float64
			}{{&f.P5, 0.05}, {&f.P10, 0.10}, {&f.P50, 0.50}, {&f.P90, 0.90}, {&f.P95, 0.95}, {&f.P99, 0.99}} {
				x := stats.Quantile(sorted, p.level)
				*p.to = &x
			}
			se := c.Run.StdErr(name)
			f.StdErr = &se
		}
	}
	return f
}

// describe returns a quantity without its numbers.
func (c *Case) describe(name id) results.Figure {
	q, _ := c.graph.Get(name)
	return results.Figure{Label: q.Label, Unit: c.unit(q.Unit), Definition: q.Note, Formula: c.words(name), Form: q.Form, Owner: q.Owner, Sources: q.Sources}
}

// unit prints a unit with the company's currency in it.
func (c *Case) unit(u quantity.Unit) string {
	return strings.Replace(u.String(), "money", c.in.Profile.Company.Currency, 1)
}

func (c *Case) words(name id) string {
	return c.graph.Words(name, func(r id) string {
		q, _ := c.graph.Get(r)
		return lowerFirst(q.Label)
	}, plainNumber)
}

func plainNumber(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

func (c *Case) driverResult(d driver) results.Driver {
	at := func(part string) id { return id("driver." + d.ID + "." + part) }
	v := func(part string) float64 { return c.Run.Value(at(part)) }
	q, _ := c.graph.Get(id("driver." + d.ID))
	r := results.Driver{Label: d.Label, Unit: c.unit(q.Unit), Meaning: d.Meaning, Family: d.Family, Grade: d.Grade, Basis: d.Basis, Owner: d.Owner,
		Sources: d.RestsOn, Cases: []results.CaseWeight{}, Low: v("p5"), Mid: v("p50"), High: v("p95"), InUse: "prior"}
	if d.Family == "normal" {
		r.Sigma = 1
		r.Prior = results.Interval{Low: r.Low, High: r.High, Sigma: 1}
		return r
	}
	r.Mu, r.Sigma = v("mu"), v("sigma")
	z := c.Run.Value("interval.z")
	inv := inverse(d.Family)
	interval := func(mu, sigma float64) results.Interval {
		return results.Interval{Low: inv(mu - z*sigma), High: inv(mu + z*sigma), Mu: mu, Sigma: sigma}
	}
	r.Prior = interval(v("prior_mu"), v("prior_sigma"))
	if votes := c.observations[d.ID]; len(votes) > 0 {
		l := interval(v("cases_mu"), v("cases_sigma"))
		r.Library, r.InUse, r.Weight = &l, "library", v("cases_weight")
		scale := v("cases_scale")
		for _, o := range votes {
			r.Cases = append(r.Cases, results.CaseWeight{ID: o.Case.ID, Name: o.Case.Organisation, Value: o.Value,
				Weight: scale * c.Run.Value(id(o.id+".weight")), Why: o.Basis})
		}
	}
	if d.company != nil {
		own := interval(v("own_mu"), v("own_sigma"))
		own.Low, own.High, own.Source = v("low"), v("high"), sourceOf(*d.company)
		r.Company, r.InUse = &own, "company"
	}
	return r
}

func (c *Case) optionResult(o *option, figures map[string]results.Figure) results.Option {
	r := results.Option{ID: o.ID, Name: o.Name, NotValued: o.NotValued, Quantities: map[string]results.Figure{},
		Within: c.Run.Value(o.id("within_appetite")) > 0, Initiatives: []results.Initiative{}}
	for name, f := range figures {
		if rest, ok := strings.CutPrefix(name, o.prefix); ok && !c.isInput(id(name)) {
			r.Quantities[rest] = f
		}
	}
	at := func(row string, t int) float64 { return c.Run.Value(o.id(row + "@" + strconv.Itoa(t))) }
	for t := range int(c.Run.Value("economics.horizon")) + 1 {
		r.Years = append(r.Years, results.Year{Year: t, Cost: at("cost", t), Saves: at("saves", t), Avoided: at("avoided", t), Marketing: at("avoided_marketing", t),
			Net: at("net", t), Factor: c.Run.Value(id("discount.factor@" + strconv.Itoa(t))), Present: at("present", t), Cumulative: at("cumulative", t)})
	}
	for _, in := range o.Initiatives {
		x := results.Initiative{ID: in.ID, Name: in.Name, Owner: in.Owner, Supplier: in.Supplier, StartMonth: in.StartMonth.Value, OneOff: in.OneOff.Value,
			PerYear: in.PerYear.Value + in.Posts.Value*c.Run.Value("staffing.post_cost"), Posts: in.Posts.Value, Cuts: []results.Cut{}}
		for _, cut := range in.Cuts {
			x.Cuts = append(x.Cuts, results.Cut{Target: cut.Target, Low: cut.Number.Low, Mode: cut.Number.Value, High: cut.Number.High, Source: cut.Number.Source})
		}
		r.Initiatives = append(r.Initiatives, x)
	}
	for k := range exceedanceSteps + 1 {
		i := "@" + strconv.Itoa(k)
		r.Exceedance.Occurrence = append(r.Exceedance.Occurrence, results.Point{Loss: c.Run.Value(id("exceedance.loss" + i)), Chance: c.Run.Value(o.id("exceedance.chance" + i))})
	}
	return r
}

// stakeResults gathers marketing's stake and share.
func (c *Case) stakeResults(r *results.BusinessCase) {
	v := c.Run.Value
	s := results.Stake{Option: nothing, Share: v("stake.share"), ShareMargin: v("stake.share_margin"), Yearly: v("stake.yearly"),
		IncidentP50: v("stake.incident"), IncidentP90: v("stake.incident_p90"), Today: v("marketing.cost_share_today"), Keys: []results.Key{}}
	s.ShareLow, s.ShareHigh = s.Share, s.Share
	for _, b := range r.Tornado {
		s.ShareLow = min(s.ShareLow, b.Share.Low, b.Share.High)
		s.ShareHigh = max(s.ShareHigh, b.Share.Low, b.Share.High)
	}
	if o := c.subject(); o != nil {
		s.Option = o.ID
		for _, k := range c.keys {
			q, _ := c.graph.Get(id("share.key." + k))
			s.Keys = append(s.Keys, results.Key{ID: k, Label: strings.TrimPrefix(q.Label, "Key: "), Value: v(q.ID), InUse: v(id("share.weight."+k)) > 0, Basis: q.Note})
		}
		s.Proposed, s.Unbounded, s.PerYear = v("share.proposed"), min(1, v("share.blend")), v("share.per_year")
		if x := v("share.return"); !math.IsNaN(x) {
			s.Return = &x
		}
	}
	r.Stake = s
}

// decide gathers the recommendation.
func (c *Case) decide(r *results.BusinessCase) results.Decision {
	d := results.Decision{Recommended: nothing, Subject: nothing, Verdict: neutral, WithinToday: c.Run.Value("within_appetite") > 0}
	d.WithinAfter = d.WithinToday
	if len(c.options) == 0 {
		d.Why = "no option is given: the paper shows the exposure alone"
		return d
	}
	d.Recommended = c.choice(int(c.Run.Value("decision.choice")))
	d.Subject = c.subject().ID
	d.Verdict = verdict(c.Run.Value("decision.verdict"))
	for i := range r.Options {
		if r.Options[i].ID == d.Recommended {
			r.Options[i].Recommended = true
			d.WithinAfter = r.Options[i].Within
		}
	}
	anyWithin := c.Run.Value("decision.any_within") > 0
	levels := len(c.in.Profile.Appetite.Levels) > 0
	switch {
	case !levels && d.Recommended == nothing:
		d.Why = "no option has a net present value above zero"
	case !levels:
		d.Why = "it has the highest net present value; no appetite is set"
	case !anyWithin && d.Recommended == nothing:
		d.Why = "nothing is inside appetite, and no option has a net present value above zero"
	case !anyWithin:
		d.Why = "nothing is inside appetite; it has the highest net present value"
	case d.Recommended == nothing:
		d.Why = "doing nothing is inside appetite, and no option inside appetite has a net present value above zero"
	default:
		d.Why = "of what is inside appetite it has the highest net present value"
	}
	if d.WithinToday {
		return d
	}
	cheapest := math.Inf(1)
	for _, o := range c.options {
		if cost := c.Run.Value(o.id("cost.pv")); c.Run.Value(o.id("within_appetite")) > 0 && cost < cheapest {
			d.PriceOfAppetite, cheapest = o.ID, cost
		}
	}
	return d
}

// warn says what a reader would act on.
func (c *Case) warn(r *results.BusinessCase) []string {
	out := []string{}
	margin, spend := c.Run.Value("severity.customer_margin"), c.Run.Value("severity.response_spend")
	if spend > 3*margin {
		out = append(out, "marketing's part rests mostly on response spending, which is its own choice: switch goodwill_offer and brand_campaign off to see the rest")
	}
	if c.in.Trials < 1024 {
		out = append(out, fmt.Sprintf("%d trials: the mean cost of an incident is good to %.0f%% only", c.in.Trials, 100*c.Run.StdErr("severity.total")/c.Run.Value("severity.total")))
	}
	return out
}

// checkResults are the checks of the case against itself.
func (c *Case) checkResults() []results.Check {
	v := c.Run.Value
	var out []results.Check
	add := func(name, label string, expected, actual, tolerance float64) {
		out = append(out, results.Check{ID: name, Label: label, Expected: expected, Actual: actual, Tolerance: tolerance, OK: math.Abs(expected-actual) <= tolerance})
	}
	tied := func(name string, total id) {
		q, _ := c.graph.Get(id(name))
		add(name, q.Label, v(total), v(q.ID), 1e-9*max(1, math.Abs(v(total))))
	}
	tied("check.lines_sum", "severity.total")
	tied("check.owners_sum", "ale.total")
	tied("check.blocks_sum", "severity.total")
	add("check.marketing", "Marketing's part is the same by trials and by lines", v("severity.marketing"), v("severity.marketing.by_lines"), 1e-9*max(1, v("severity.marketing")))
	for _, l := range c.lines {
		q, _ := c.graph.Get(id("check.ownership." + l.id))
		add(string(q.ID), q.Label, 1, v(q.ID), 1e-9)
	}
	for _, o := range c.options {
		q, _ := c.graph.Get(o.id("check.years_sum"))
		add(string(q.ID), q.Label, v(o.id("npv")), v(q.ID), 1e-9*max(1, v(o.id("cost.pv"))))
	}
	return out
}

// sourceList gathers every outside source that a figure names.
func (c *Case) sourceList(r *results.BusinessCase) []results.Source {
	evidence, err := casestudies.LoadEvidence()
	if err != nil {
		return nil
	}
	for _, o := range r.Evidence.Opinions {
		c.sources[o.Source] = true
	}
	var out []results.Source
	for i := range evidence.Parameters {
		p := &evidence.Parameters[i]
		if !c.sources[p.ID] {
			continue
		}
		s := p.Source
		out = append(out, results.Source{ID: p.ID, Text: fmt.Sprintf("%s: %s. %s, %d", s.Authors, s.Title, s.Venue, s.Year), URL: s.URL,
			Strength: p.Strength, Method: p.Method, Sponsor: sponsorOf(s.Authors), People: p.Population, Finding: p.Statement})
	}
	return append(out, results.Source{ID: ratesSource, Text: casestudies.RatesSource, Strength: "strong", Method: "statistics", Finding: "yearly average exchange rates, and US consumer prices"})
}
