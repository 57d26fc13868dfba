package model

import (
	"slices"
	"strconv"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/quantity"
)

// option is one way to spend, as quantities.
type option struct {
	company.Option
	prefix  string // "options.core."
	targets []string
}

func (o option) id(name string) id { return id(o.prefix + name) }

// addOptions adds what each option costs, cuts and avoids.
func (b *builder) addOptions() {
	m := b.m
	if len(m.in.Profile.Options) == 0 {
		return
	}
	b.in("options", "security")
	zero := num(0, "ratio")
	for _, e := range []struct{ name, label string }{{"effect_rate", "rate"}, {"effect_severity", "size"}} {
		z := ref(id("driver." + e.name))
		b.def(e.name+".below", "Effect on the "+e.label+", below the mode", "ratio", "how far below its mode a cut falls", minOf(z, zero))
		b.def(e.name+".above", "Effect on the "+e.label+", above the mode", "ratio", "how far above its mode a cut falls", maxOf(z, zero))
	}
	for _, o := range m.in.Profile.Options {
		m.options = append(m.options, option{Option: o, prefix: "options." + o.ID + "."})
	}
	for i := range m.options {
		o := &m.options[i]
		b.cuts(o)
		b.after(o)
		b.years(o)
		b.value(o)
	}
}

// cuts adds, for each driver that an option lowers, the three points of the
// combined cut and the driver after it. Cuts of one driver combine first: low,
// mode and high are each 1 − Π(1 − cut).
func (b *builder) cuts(o *option) {
	b.in("options", "security")
	z := constant("interval.z")
	for _, target := range company.CutTargets {
		left := map[string][]expr{}
		for _, in := range o.Initiatives {
			for _, c := range in.Cuts {
				if c.Target != target {
					continue
				}
				for _, end := range []string{"low", "mode", "high"} {
					left[end] = append(left[end], sub(one(), ref(o.id(in.ID+".cuts."+target+"."+end))))
				}
			}
		}
		if len(left) == 0 {
			continue
		}
		o.targets = append(o.targets, target)
		at := "cut." + target
		what := o.Name + ": cut of " + targetLabel[target]
		for _, end := range []string{"low", "mode", "high"} {
			b.def(string(o.id(at+"."+end)), what+", "+end, "share", "what is left after each initiative, multiplied", sub(one(), mul(left[end]...)))
		}
		low, mode, high := ref(o.id(at+".low")), ref(o.id(at+".mode")), ref(o.id(at+".high"))
		b.def(string(o.id(at+".fall")), what+", step below the mode", "share", "for each standard deviation", div(sub(mode, low), z))
		b.def(string(o.id(at+".rise")), what+", step above the mode", "share", "for each standard deviation", div(sub(high, mode), z))
		effect, limit := "effect_severity", "cuts.cap"
		if target == "event_probability" {
			effect, limit = "effect_rate", "cuts.rate_cap"
		}
		b.col(string(o.id(at)), what, "share", "piecewise straight through low, mode and high, never below zero or above the cap",
			maxOf(num(0, "share"), minOf(constant(limit), add(mode,
				mul(ref(id(effect+".below")), ref(o.id(at+".fall"))),
				mul(ref(id(effect+".above")), ref(o.id(at+".rise")))))))
	}
}

// cutOf says which quantities a cut replaces; the driver after the cut is a
// column of its own in the workbook where more than one formula, or a long
// one, needs it.
var cutOf = map[string][]struct {
	of     id
	inline bool
}{
	"event_probability": {{"driver.event_rate", false}},
	"exposed_share":     {{"driver.exposed_share", true}},
	"closure":           {{"driver.closure", true}},
	"closed_days":       {{"driver.closed_days", false}},
	"contact_rate":      {{"driver.contact_rate", true}},
	"direct_response":   {{"direct.headline_factor", true}, {"direct.contained_factor", true}},
}

// after adds the trees of the incident again, over the drivers as the option
// leaves them. Uniforms stay the same, so an option can only switch off.
func (b *builder) after(o *option) {
	b.in("after", "security")
	with := map[id]id{"exceedance.width": "exceedance.width"}
	for _, target := range o.targets {
		kept := sub(one(), ref(o.id("cut."+target)))
		if target == "direct_response" {
			// Both direct costs need it.
			kept = b.def(string(o.id("kept."+target)), o.Name+": direct cost that is left", "share", "one less the cut", kept)
		}
		for _, c := range cutOf[target] {
			q := b.Get(c.of)
			name := o.id(string(c.of))
			b.Add(quantity.Quantity{ID: name, Label: q.Label + ", after: " + o.Name, Unit: q.Unit,
				Expr: mul(ref(c.of), kept), Inline: c.inline, Group: "after", Owner: q.Owner, Note: q.Note + ", with the option in full effect"})
			with[c.of] = name
		}
	}
	targets := []id{"ale.total", "ale.marketing", "ale.marketing_margin", "ale.customer_margin", "ale.response_spend",
		"severity.total", "probability.year", "driver.event_rate"}
	for _, owner := range b.m.owners {
		targets = append(targets, id("ale."+owner))
	}
	for k := range exceedanceSteps + 1 {
		targets = append(targets, id("exceedance.chance@"+strconv.Itoa(k)))
	}
	for i := range b.m.in.Profile.Appetite.Levels {
		targets = append(targets, id("appetite.chance@"+strconv.Itoa(i+1)))
	}
	// Where the size of a loss changes, every loss line gets its own row, so
	// that they stand together.
	var always []id
	if slices.ContainsFunc(o.targets, func(t string) bool { return t != "event_probability" }) {
		for _, l := range b.m.Lines() {
			always = append(always, id("loss."+l))
		}
	}
	names := b.Derive("options."+o.ID, with, targets, always, func(q *quantity.Quantity) {
		q.Label += ", after: " + o.Name
		q.Group = "after"
	})
	// What the option leaves unchanged stands under its name too, so that
	// every option has the same figures.
	for _, t := range targets {
		if n := names[t]; n == t && !b.Has(o.id(string(t))) {
			q := b.Get(t)
			q.ID, q.Expr, q.Label, q.Group, q.Inline, q.AtMean = o.id(string(t)), ref(t), q.Label+", after: "+o.Name, "after", true, false
			b.Add(q)
		}
	}
}

// years adds the year table of an option.
func (b *builder) years(o *option) {
	b.in("years", "finance")
	uplift := add(one(), ref("economics.cost_uplift"))
	name := func(row string, t int) string { return string(o.id(row)) + "@" + strconv.Itoa(t) }
	at := func(row string, t int) expr { return ref(id(name(row, t))) }
	global := func(row string, t int) expr { return ref(id(row + "@" + strconv.Itoa(t))) }
	// The effect starts with the last initiative that cuts.
	var starts []expr
	for _, in := range o.Initiatives {
		if len(in.Cuts) > 0 {
			starts = append(starts, ref(o.id(in.ID+".start_month")))
		}
	}
	switch len(starts) {
	case 0:
		b.def(string(o.id("effect_start")), o.Name+": months until the effect", "months", "no initiative cuts anything", num(0, "months"))
	default:
		b.def(string(o.id("effect_start")), o.Name+": months until the effect", "months", "the last initiative that cuts", maxOf(starts...))
	}
	running := func(t int, start expr) expr {
		return mul(global("year.counts", t), as("yr", minOf(num(1, "yr"), maxOf(num(0, "yr"), sub(global("year", t), div(start, num(12, "months/yr")))))))
	}
	for t := range maxYears + 1 {
		b.def(name("effect", t), o.Name+": part of the year in effect", "yr", "0 before it starts, 1 in a whole year", running(t, ref(o.id("effect_start"))))
		var costs, saves []expr
		for _, in := range o.Initiatives {
			part := func(p string) expr { return ref(o.id(in.ID + "." + p)) }
			row := in.ID + ".running"
			if t == 0 {
				b.def(name(row, t), o.Name+", "+in.Name+": cost", "money", "one-off cost, with the uplift", mul(uplift, part("one_off")))
				costs = append(costs, at(row, t))
				continue
			}
			works := b.def(name(in.ID+".works", t), o.Name+", "+in.Name+": part of the year at work", "yr", "from the start month on", running(t, part("start_month")))
			b.def(name(row, t), o.Name+", "+in.Name+": cost", "money", "running cost and posts from the start month on, with the uplift",
				mul(uplift, works, add(part("per_year"), mul(part("posts"), ref("staffing.post_cost")))))
			costs = append(costs, at(row, t))
			if in.SavesPerYear.Value > 0 {
				saves = append(saves, b.def(name(in.ID+".saves", t), o.Name+", "+in.Name+": cash released", "money", "from the start month on", mul(works, part("saves_per_year"))))
			}
		}
		if len(costs) == 0 {
			costs = append(costs, num(0, "money"))
		}
		if len(saves) == 0 {
			saves = append(saves, num(0, "money"))
		}
		b.def(name("cost", t), o.Name+": costs", "money", "all initiatives", add(costs...))
		b.def(name("saves", t), o.Name+": cash released", "money", "all initiatives", add(saves...))
		avoided := func(row, label, ale string) {
			b.def(name(row, t), o.Name+": "+label, "money", "expected, compared with keeping today's controls",
				mul(at("effect", t), sub(ref(id(ale)), ref(o.id(ale)))))
		}
		avoided("avoided", "loss avoided", "ale.total")
		avoided("avoided_marketing", "loss avoided, marketing's part", "ale.marketing")
		b.def(name("net", t), o.Name+": net", "money", "loss avoided and cash released less costs", sub(add(at("avoided", t), at("saves", t)), at("cost", t)))
		b.def(name("present", t), o.Name+": net, discounted", "money", "at the company's own rate", mul(at("net", t), global("discount.factor", t)))
		b.def(name("cumulative", t), o.Name+": net, discounted, so far", "money", "up to this year", quantity.Sum(b.upTo(o, "present", t)...))
		if t == 0 {
			continue
		}
		b.def(name("payback", t), o.Name+": part of the year to payback", "yr", "the part of the year until the sum so far is not negative; a year without a positive flow counts whole",
			mul(as("yr", global("year.counts", t)), greater(at("present", t), num(0, "money"),
				minOf(one(), maxOf(num(0, "ratio"), div(sub(at("present", t), at("cumulative", t)), at("present", t)))), one())))
	}
}

func (b *builder) upTo(o *option, row string, t int) []expr {
	var es []expr
	for k := range t + 1 {
		es = append(es, ref(id(string(o.id(row))+"@"+strconv.Itoa(k))))
	}
	return es
}

// value adds what an option is worth.
func (b *builder) value(o *option) {
	b.in("option results", "finance")
	row := func(name string, from int) []expr { return series(string(o.id(name)), from) }
	factors, later := series("discount.factor", 0), series("discount.factor", 1)
	def := func(name, label, unit, note string, e expr) expr {
		return b.def(string(o.id(name)), o.Name+": "+label, unit, note, e)
	}
	zero := num(0, "money")
	def("effect.years", "discounted years in effect", "yr", "sum of the discount factors, each for the part of the year in effect", quantity.SumProduct(row("effect", 1), later))
	def("cost.pv", "costs, present value", "money", "present value over the horizon, with the uplift", quantity.SumProduct(row("cost", 0), factors))
	def("saves.pv", "cash released, present value", "money", "present value over the horizon", quantity.SumProduct(row("saves", 0), factors))
	def("avoided.pv", "loss avoided, present value", "money", "present value over the horizon, expected, compared with keeping today's controls", quantity.SumProduct(row("avoided", 0), factors))
	def("avoided.marketing.pv", "loss avoided, marketing's part, present value", "money", "present value over the horizon", quantity.SumProduct(row("avoided_marketing", 0), factors))
	def("avoided.other.pv", "loss avoided, everybody else's part, present value", "money", "present value over the horizon", sub(ref(o.id("avoided.pv")), ref(o.id("avoided.marketing.pv"))))
	def("cost.yearly", "cost a year", "money/yr", "costs spread evenly over the discounted years of the horizon", div(ref(o.id("cost.pv")), ref("discount.sum")))
	def("ale.avoided", "expected yearly loss avoided", "money/yr", "in full effect, compared with keeping today's controls", sub(ref("ale.total"), ref(o.id("ale.total"))))
	def("ale.avoided_marketing", "expected yearly loss avoided, marketing's part", "money/yr", "in full effect", sub(ref("ale.marketing"), ref(o.id("ale.marketing"))))
	def("ale.avoided_margin", "expected yearly loss avoided, marketing's customer margin", "money/yr", "in full effect", sub(ref("ale.marketing_margin"), ref(o.id("ale.marketing_margin"))))
	net := def("npv", "net present value", "money", "loss avoided and cash released less costs, discounted over the horizon",
		sub(add(ref(o.id("avoided.pv")), ref(o.id("saves.pv"))), ref(o.id("cost.pv"))))
	def("npv.without_avoided", "net present value without loss avoided", "money", "cash released less costs: what comes back if nothing would have happened", sub(ref(o.id("saves.pv")), ref(o.id("cost.pv"))))
	def("npv.without_response", "net present value without response spending", "money", "leaves out goodwill and campaign, which are choices",
		sub(net, mul(ref(o.id("effect.years")), sub(ref("ale.response_spend"), ref(o.id("ale.response_spend"))))))
	def("npv.trial", "net present value, trial by trial", "money", "with the rate, the effect on it and the level of average loss as drawn; a single incident's luck is not ignorance",
		add(mul(ref(o.id("effect.years")), ref("driver.severity_level"),
			sub(mul(ref("driver.event_rate"), mean(ref("severity.total"))), mul(ref(o.id("driver.event_rate")), mean(ref(o.id("severity.total")))))),
			ref(o.id("npv.without_avoided"))))
	b.def(string(o.id("npv.p10")), o.Name+": net present value, low", "money", "10th percentile", quantity.Percentile(o.id("npv.trial"), constant("level.p10")))
	b.def(string(o.id("npv.p50")), o.Name+": net present value, median", "money", "as many futures above as below", quantity.Percentile(o.id("npv.trial"), constant("level.p50")))
	b.def(string(o.id("npv.p90")), o.Name+": net present value, high", "money", "90th percentile", quantity.Percentile(o.id("npv.trial"), constant("level.p90")))
	def("npv.chance_positive", "chance that it pays", "share", "share of trials with a net present value above zero", quantity.ShareAbove(o.id("npv.trial"), zero))
	if len(o.Initiatives) > 0 {
		def("rosi", "return on security investment", "ratio", "net present value over costs; easily steered, so never alone",
			quantity.ElseText(ref(o.id("cost.pv")), zero, div(net, ref(o.id("cost.pv"))), "no costs"))
	}
	def("payback_months", "payback", "months", "discounted, expected",
		quantity.ElseText(last(row("cumulative", 0)), zero, mul(num(12, "months/yr"), quantity.Sum(row("payback", 1)...)), "not within the horizon"))
	def("breakeven.cost", "net cost to earn back", "money", "costs less cash released", neg(ref(o.id("npv.without_avoided"))))
	def("breakeven.per_rate", "loss avoided at one incident a year", "money·yr", "over the horizon",
		mul(ref(o.id("effect.years")), sub(mean(ref("severity.total")), div(mul(mean(ref(o.id("severity.total"))), mean(ref(o.id("driver.event_rate")))), mean(ref("driver.event_rate"))))))
	def("breakeven_rate", "break-even rate", "1/yr", "incidents a year from which it pays; the net present value is linear in the rate",
		quantity.ElseText(ref(o.id("breakeven.per_rate")), num(0, "money·yr"), div(ref(o.id("breakeven.cost")), ref(o.id("breakeven.per_rate"))), "never"))
	def("breakeven.chance", "chance that the rate is above break-even", "share", "share of trials", quantity.ShareAbove("driver.event_rate", ref(o.id("breakeven_rate"))))
	def("spend.share", "cost as a share of the expected loss", "share", "against the Gordon-Loeb prompt of about 37%, which is no limit", div(ref(o.id("cost.yearly")), ref("ale.total")))
	if len(b.m.in.Profile.Appetite.Levels) > 0 {
		def("residual.chance_over_appetite", "chance left over appetite", "share", "chance in a year of one incident above the first level of appetite, after the option", ref(o.id("appetite.chance@1")))
	}
	def("within_appetite", "inside appetite", "count", "1 where every level of appetite is kept, else 0", b.within(func(k string) expr { return ref(o.id("appetite.chance@" + k)) }))
	avoided := ref(o.id("ale.avoided"))
	ratio := func(part, of string) expr {
		return greater(avoided, num(0, "money/yr"), div(ref(o.id(part)), avoided), div(ref(id(of)), ref("ale.total")))
	}
	def("stake.share", "marketing's part of the loss avoided", "share", "sums over the trials first, then one ratio; the part of the expected loss where nothing is avoided", ratio("ale.avoided_marketing", "ale.marketing"))
	def("stake.share_margin", "marketing's part of the loss avoided, customer margin only", "share", "without response spending, which is marketing's own choice", ratio("ale.avoided_margin", "ale.marketing_margin"))
}

func last(es []expr) expr { return es[len(es)-1] }

// within is 1 where the chance at every level is at most what is accepted.
func (b *builder) within(chance func(level string) expr) expr {
	flags := []expr{num(1, "count")}
	for i := range b.m.in.Profile.Appetite.Levels {
		k := strconv.Itoa(i + 1)
		flags = append(flags, greater(chance(k), ref(id("appetite.levels."+k+".chance")), num(0, "count"), num(1, "count")))
	}
	return mul(flags...)
}
