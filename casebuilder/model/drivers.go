package model

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/quantity"
	"casebuilder/casestudies"
)

// driver is an uncertain input as this case uses it.
type driver struct {
	casestudies.Driver
	company *company.Number // the company's own, on the driver's scale
}

// observation is one vote of a case on a driver.
type observation struct {
	casestudies.Vote
	weights casestudies.Weights
	id      string // "driver.extra_churn.case.talktalk-2015"
}

// transform is the scale on which a family is normal.
func transform(family string) func(float64) float64 {
	switch family {
	case "logit-normal":
		return func(v float64) float64 { return math.Log(v / (1 - v)) }
	case "lognormal":
		return math.Log
	}
	return func(v float64) float64 { return v }
}

// inverse is transform's inverse.
func inverse(family string) func(float64) float64 {
	switch family {
	case "logit-normal":
		return func(v float64) float64 { return 1 / (1 + math.Exp(-v)) }
	case "lognormal":
		return math.Exp
	}
	return func(v float64) float64 { return v }
}

// onScale writes transform as an expression.
func onScale(family string, v expr) expr {
	v = as("ratio", v)
	switch family {
	case "logit-normal":
		return ln(div(v, sub(one(), v)))
	case "lognormal":
		return ln(v)
	}
	return v
}

// fromScale writes the inverse as an expression; shift is added to mu.
func fromScale(family, unit string, mu expr, shift expr) expr {
	switch family {
	case "logit-normal":
		return as(unit, div(one(), add(one(), exp(sub(neg(mu), shift)))))
	case "lognormal":
		return as(unit, exp(add(mu, shift)))
	}
	return as(unit, add(mu, shift))
}

// addDrivers adds, for each driver, its prior, what the cases say, the interval
// in use, and the column of its draws.
func (b *builder) addDrivers() {
	m := b.m
	b.in("drivers", "marketing")
	half := div(one(), num(2, "ratio"))
	b.def("reaction.shared", "Weight of the common factor", "ratio", "square root of the correlation of customers' behaviour", pow(constant("correlation.reaction"), half))
	b.def("reaction.own", "Weight of the own factor", "ratio", "what is left to each driver", pow(sub(one(), constant("correlation.reaction")), half))
	for _, d := range m.priors.Drivers {
		dr := driver{Driver: d}
		if n, ok := m.estimates[d.ID]; ok && d.Family != "normal" {
			dr.company = &n
		}
		m.drivers = append(m.drivers, dr)
	}
	for i := range m.drivers {
		b.interval(&m.drivers[i])
	}
	for i := range m.drivers {
		b.column(&m.drivers[i])
	}
}

// interval adds the prior, the update by cases and what is in use of a driver.
func (b *builder) interval(d *driver) {
	b.in("drivers", d.Owner)
	at := "driver." + d.ID
	if d.Family == "normal" {
		z := constant("interval.z")
		b.def(at+".p5", d.Label+", low end", d.Unit, "5th percentile", neg(z))
		b.def(at+".p50", d.Label+", median", d.Unit, "median", num(0, d.Unit))
		b.def(at+".p95", d.Label+", high end", d.Unit, "95th percentile", z)
		return
	}
	mu, sigma := b.prior(d)
	b.def(at+".prior_mu", d.Label+": prior middle", "ratio", "on the transformed scale", mu)
	b.def(at+".prior_sigma", d.Label+": prior spread", "ratio", "on the transformed scale", sigma)
	inUse := [2]expr{ref(id(at + ".prior_mu")), ref(id(at + ".prior_sigma"))}
	if d.Learns {
		if b.learn(d) {
			inUse = [2]expr{ref(id(at + ".cases_mu")), ref(id(at + ".cases_sigma"))}
		}
	}
	// The company's own interval wins. In the workbook the reviewer's does too,
	// so the choice is a quantity.
	given, source := 0.0, "library"
	t, inv := transform(d.Family), inverse(d.Family)
	var low, high float64
	switch {
	case d.company == nil:
		// Nobody gave one: it stands at what is in use, and is not used.
		mu, s := b.scalarNow(inUse[0]), b.scalarNow(inUse[1])*b.Get("interval.z").Value
		low, high = inv(mu-s), inv(mu+s)
	case d.company.Ranged:
		given, source, low, high = 1, sourceOf(*d.company), d.company.Low, d.company.High
	default:
		// A plain number is the median, with the default's spread.
		s := b.scalarNow(ref(id(at+".prior_sigma"))) * b.Get("interval.width").Value / 2
		given, source = 1, sourceOf(*d.company)
		low, high = inv(t(d.company.Value)-s), inv(t(d.company.Value)+s)
	}
	g := b.input(at+".given", d.Label+": own interval given", "count", "1 where the company or the reviewer gave an interval, else 0", "own figure", given, source)
	lo := b.input(at+".low", d.Label+": own low", d.Unit, "5th percentile", "own figure", low, source)
	hi := b.input(at+".high", d.Label+": own high", d.Unit, "95th percentile", "own figure", high, source)
	tl, th := onScale(d.Family, lo), onScale(d.Family, hi)
	b.def(at+".own_mu", d.Label+": own middle", "ratio", "half-way between the ends on the transformed scale", div(add(tl, th), num(2, "ratio")))
	b.def(at+".own_sigma", d.Label+": own spread", "ratio", "the interval holds 90%", div(sub(th, tl), constant("interval.width")))
	choose := func(own, other expr) expr { return greater(g, num(0, "count"), own, other) }
	b.def(at+".mu", d.Label+": middle in use", "ratio", "on the transformed scale", choose(ref(id(at+".own_mu")), inUse[0]))
	b.def(at+".sigma", d.Label+": spread in use", "ratio", "on the transformed scale", choose(ref(id(at+".own_sigma")), inUse[1]))
	if d.ID == "direct_headline" {
		b.in("direct", d.Owner)
		b.def("direct.slope", "Direct cost of a headline: people in use", "ratio", "an own interval does not depend on people", choose(num(0, "ratio"), ref("regression.b")))
		b.def("direct.start", "Direct cost of a headline: rest in use", "ratio", "logarithm in the company's currency", choose(ref(id(at+".own_mu")), ref("direct.base")))
		b.in("drivers", d.Owner)
	}
	z := constant("interval.z")
	b.def(at+".p5", d.Label+", low end", d.Unit, "5th percentile in use", fromScale(d.Family, d.Unit, ref(id(at+".mu")), neg(mul(z, ref(id(at+".sigma"))))))
	b.def(at+".p50", d.Label+", median", d.Unit, "median in use", fromScale(d.Family, d.Unit, ref(id(at+".mu")), num(0, "ratio")))
	b.def(at+".p95", d.Label+", high end", d.Unit, "95th percentile in use", fromScale(d.Family, d.Unit, ref(id(at+".mu")), mul(z, ref(id(at+".sigma")))))
}

// prior returns middle and spread of a driver before any case.
func (b *builder) prior(d *driver) (mu, sigma expr) {
	at := "driver." + d.ID
	two := num(2, "ratio")
	switch d.ID {
	case "event_rate":
	case "reaction":
		// A Beta prior of two cases seen and two not seen.
		return num(0, "ratio"), one()
	case "severity_level":
		s := constant("severity_level.log_sd")
		return neg(div(mul(s, s), two)), s
	case "direct_contained":
		return ref("contained.mu"), ref("contained.sigma")
	case "direct_headline":
		return add(ref("direct.base"), mul(ref("regression.b"), ref("direct.log_people"))), ref("direct.sigma")
	default:
		b.input(at+".prior_low", d.Label+": prior low", d.Unit, d.Basis, d.Grade, d.Low, d.RestsOn...)
		b.input(at+".prior_high", d.Label+": prior high", d.Unit, d.Basis, d.Grade, d.High, d.RestsOn...)
	}
	lo, hi := onScale(d.Family, ref(id(at+".prior_low"))), onScale(d.Family, ref(id(at+".prior_high")))
	return div(add(lo, hi), two), div(sub(hi, lo), constant("interval.width"))
}

// learn adds the update of a driver by comparable cases (section 3). It
// reports whether there is any.
func (b *builder) learn(d *driver) bool {
	m := b.m
	at := "driver." + d.ID
	subject := m.compared()
	votes := m.in.Library.Votes(d.Driver)
	if len(votes) == 0 {
		return false
	}
	b.in("evidence", d.Owner)
	var raw, xs, devs, seen []expr
	for _, v := range votes {
		w := subject.Weigh(v.Case, b.Get(casestudies.SizeScale).Value)
		o := observation{Vote: v, weights: w, id: at + ".case." + v.Case.ID}
		m.observations[d.ID] = append(m.observations[d.ID], o)
		name := v.Case.Organisation + ", " + strconv.Itoa(v.Case.Year())
		value := b.input(o.id+".value", d.Label+": "+name, "ratio", v.Basis, v.Strength, v.Value, caseSource(v.Case.ID))
		fixed := b.input(o.id+".likeness", d.Label+": likeness without size, "+name, "ratio", strings.Join(w.Why, "; "), "judgement", w.Fixed()*v.Factor(), caseSource(v.Case.ID))
		var size expr
		if w.People != nil {
			people := b.input(o.id+".people", d.Label+": people, "+name, "people", "people of the case", v.Strength, *w.People, caseSource(v.Case.ID))
			size = b.def(o.id+".size", d.Label+": size factor, "+name, "ratio", "nearer in people on file weighs more",
				exp(neg(div(quantity.Abs(quantity.Log10(div(ref("customers.on_file"), people))), constant("similarity.size_scale")))))
		} else {
			size = b.input(o.id+".size", d.Label+": size factor, "+name, "ratio", "the case's people are not known", "judgement", w.Size)
		}
		raw = append(raw, b.def(o.id+".weight", d.Label+": weight, "+name, "ratio", "how much the case counts", mul(fixed, size)))
		if d.ID == "reaction" {
			seen = append(seen, value)
			continue
		}
		xs = append(xs, b.def(o.id+".scaled", d.Label+": on the transformed scale, "+name, "ratio", "so that it can be averaged", onScale(d.Family, value)))
	}
	b.in("drivers", d.Owner)
	total := b.def(at+".cases_sum", d.Label+": sum of weights", "ratio", "of the comparable cases", add(raw...))
	n := b.def(at+".cases_weight", d.Label+": weight of the cases", "ratio", "so that a library selected for fame never outweighs the prior more than two to one",
		minOf(constant("library.max_weight"), total))
	scale := b.def(at+".cases_scale", d.Label+": scale of the weights", "ratio", "1, or less where the sum is above the most", div(n, total))
	if d.ID == "reaction" {
		two := num(2, "ratio")
		yes := b.def(at+".seen", "Weight of cases with a reaction", "ratio", "two from the prior and the weights of cases with an effect seen", add(two, mul(scale, quantity.SumProduct(raw, seen))))
		no := b.def(at+".unseen", "Weight of cases without a reaction", "ratio", "two from the prior and the weights of cases looked at with none seen", sub(add(two, two, n), yes))
		b.def(at+".cases_mu", d.Label+": middle with the cases", "ratio", "logarithm of the odds", ln(div(yes, no)))
		b.def(at+".cases_sigma", d.Label+": spread with the cases", "ratio", "of a Beta distribution on the scale of odds", pow(add(div(one(), yes), div(one(), no)), div(one(), two)))
		return true
	}
	n0, mu0, s0 := constant("library.prior_weight"), ref(id(at+".prior_mu")), ref(id(at+".prior_sigma"))
	mu := b.def(at+".cases_mu", d.Label+": middle with the cases", "ratio", "prior and cases, each by its weight",
		div(add(mul(n0, mu0), mul(scale, quantity.SumProduct(raw, xs))), add(n0, n)))
	b.in("evidence", d.Owner)
	for i, o := range m.observations[d.ID] {
		e := sub(xs[i], mu)
		devs = append(devs, b.def(o.id+".apart", d.Label+": squared distance, "+o.Case.Organisation, "ratio", "from the middle with the cases", mul(e, e)))
	}
	b.in("drivers", d.Owner)
	shift := sub(mu0, mu)
	own := b.def(at+".prior_spread", d.Label+": spread of the prior", "ratio", "around the new middle", mul(n0, add(mul(s0, s0), mul(shift, shift))))
	b.def(at+".cases_sigma", d.Label+": spread with the cases", "ratio", "from case to case, which the next incident draws from",
		pow(div(add(own, mul(scale, quantity.SumProduct(raw, devs))), add(n0, n)), div(one(), num(2, "ratio"))))
	return true
}

// compared is the company as the library weighs cases for it.
func (m *Model) compared() casestudies.Subject {
	p := m.in.Profile
	return casestudies.Subject{Sector: p.Company.Sector, Positioning: p.Company.Positioning,
		DataTypes: p.Customers.DataHeld, OnFile: p.Customers.OnFile.Value}
}

// scalarNow evaluates a scalar of the graph as far as it has been built.
func (b *builder) scalarNow(e expr) float64 {
	of := quantity.Refs(e)[0]
	sub := quantity.NewBuilder()
	var take func(id)
	take = func(q id) {
		if sub.Has(q) {
			return
		}
		def := b.Get(q)
		sub.Add(def)
		if !def.Expr.Zero() {
			for _, u := range quantity.Refs(def.Expr) {
				take(u)
			}
		}
	}
	take(of)
	g, err := sub.Build()
	if err != nil {
		b.err = err
		return math.NaN()
	}
	return g.Run(quantity.Options{Trials: 1}).Value(of)
}

// column adds the column of a driver: its transformed normal draw.
func (b *builder) column(d *driver) {
	at := "driver." + d.ID
	b.in("drivers", d.Owner)
	draw := id("draw." + strconv.Itoa(d.Dimension))
	if !b.Has(draw) {
		b.Add(quantity.Quantity{ID: draw, Label: "Draw: " + d.Label, Unit: quantity.U("ratio"), Draw: true, Group: "draws", Owner: d.Owner, Note: "a standard normal number a trial"})
	}
	rests := restsOn(d.RestsOn...)
	luck := func(kind, label string, z expr) {
		name := "direct." + kind + "_factor"
		b.def(name, label, "ratio", "spread around the median", exp(z), atMean)
		ends := mul(constant("interval.z"), ref(id(at+".sigma")))
		b.def(name+".p5", label+", low end", "ratio", "5th percentile", exp(neg(ends)))
		b.def(name+".p95", label+", high end", "ratio", "95th percentile", exp(ends))
	}
	mu, z := ref(id(at+".mu")), expr(mul(ref(id(at+".sigma")), ref(draw)))
	switch {
	case d.Family == "normal":
		b.def(at, d.Label, d.Unit, d.Meaning, ref(draw), atMean, inline, rests)
	case d.ID == "direct_contained":
		luck("contained", "Luck of the direct cost, contained", z)
		b.col(at, d.Label, d.Unit, d.Meaning, mul(as("money", exp(mu)), ref("direct.contained_factor")), rests)
	case d.ID == "direct_headline":
		// The column needs the people exposed; incident adds it.
		luck("headline", "Luck of the direct cost, headline", z)
	case d.Common:
		own := mul(ref(id(at+".sigma")), add(mul(ref("reaction.shared"), ref("draw.9")), mul(ref("reaction.own"), ref(draw))))
		if !b.Has("draw.9") {
			b.Add(quantity.Quantity{ID: "draw.9", Label: "Draw: common factor of customers' behaviour", Unit: quantity.U("ratio"), Draw: true, Group: "draws", Owner: "marketing", Note: "a standard normal number a trial"})
		}
		b.def(at, d.Label, d.Unit, d.Meaning, fromScale(d.Family, d.Unit, mu, own), atMean, rests)
	default:
		b.def(at, d.Label, d.Unit, d.Meaning, fromScale(d.Family, d.Unit, mu, z), atMean, rests)
	}
	for _, r := range d.RestsOn {
		b.m.sources[r] = true
	}
}

// driverByID returns a driver of the model.
func (m *Model) driverByID(name string) *driver {
	i := slices.IndexFunc(m.drivers, func(d driver) bool { return d.ID == name })
	return &m.drivers[i]
}

func caseSource(caseID string) string { return "case:" + caseID }
