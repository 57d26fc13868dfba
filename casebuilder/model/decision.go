package model

import (
	"casebuilder/casebuilder/quantity"
)

// decision adds which option is recommended and how sure that is. Doing
// nothing is the first in every list.
func (b *builder) decision() {
	m := b.m
	b.in("decision", "board")
	zero := num(0, "money")
	b.def("within_appetite", "Inside appetite today", "count", "1 where every level of appetite is kept, else 0",
		b.within(func(k string) expr { return ref(id("appetite.chance@" + k)) }))
	b.def("nothing.npv", "Doing nothing: net present value", "money", "zero by definition: it is what all others are compared with", zero)
	b.def("nothing.npv.chance_positive", "Doing nothing: chance that it pays", "share", "zero by definition", num(0, "share"))
	b.def("nothing.cost", "Doing nothing: budget, insurance and loss a year", "money/yr", "today's security budget, insurance premium and expected loss", b.nothingCost())
	within, npvs, chances := []expr{ref("within_appetite")}, []expr{ref("nothing.npv")}, []expr{ref("nothing.npv.chance_positive")}
	for _, o := range m.options {
		within = append(within, ref(o.id("within_appetite")))
		npvs = append(npvs, ref(o.id("npv")))
		chances = append(chances, ref(o.id("npv.chance_positive")))
	}
	if len(m.options) == 0 {
		return
	}
	// What going further adds, against the next cheaper choice.
	costs := b.choices("cost.pv", "Costs", "money", zero)
	for i, o := range m.options {
		next := b.def(string(o.id("cost.next_cheaper")), o.Name+": costs of the next cheaper choice", "money", "doing nothing costs nothing", quantity.NextBelow(costs[i+1], costs...))
		b.def(string(o.id("npv.marginal")), o.Name+": net present value over the next cheaper choice", "money", "what going further adds",
			sub(npvs[i+1], quantity.Pick(quantity.Position(next, costs...), npvs...)))
	}
	b.def("decision.any_within", "Something is inside appetite", "count", "1 where at least one choice keeps every level", maxOf(within...))
	b.def("decision.floor", "Score of what is out of the question", "money", "below every net present value", sub(minOf(npvs...), num(1, "money")))
	var scores []expr
	for i := range within {
		name, label := "nothing.", "Doing nothing"
		if i > 0 {
			name, label = m.options[i-1].prefix, m.options[i-1].Name
		}
		scores = append(scores, b.def(name+"score", label+": score", "money", "its net present value where it is inside appetite, or where nothing is",
			greater(ref("decision.any_within"), within[i], ref("decision.floor"), npvs[i])))
	}
	b.def("decision.choice", "Recommended", "count", "place in the list that begins with doing nothing; the first where two are equal", quantity.Position(maxOf(scores...), scores...))
	b.def("decision.best_npv", "Highest net present value of an option", "money", "doing nothing left out", maxOf(npvs[1:]...))
	b.def("decision.best", "Option with the highest net present value", "count", "place in the list that begins with doing nothing",
		add(num(1, "count"), quantity.Position(ref("decision.best_npv"), npvs[1:]...)))
	b.def("decision.subject", "Option that the papers look at", "count", "the recommended one, or the one with the highest net present value where doing nothing is",
		greater(ref("decision.choice"), num(1, "count"), ref("decision.choice"), ref("decision.best")))
	b.def("decision.npv", "Net present value of what is recommended", "money", "zero for doing nothing", quantity.Pick(ref("decision.choice"), npvs...))
	b.def("decision.chance_positive", "Chance that what is recommended pays", "share", "share of trials", quantity.Pick(ref("decision.choice"), chances...))
	yes, no := num(1, "count"), num(0, "count")
	b.def("decision.pays", "An option pays", "count", "1 where at least one option has a net present value above zero", greater(ref("decision.best_npv"), zero, yes, no))
	b.def("decision.sure", "It pays on average and in most futures", "count", "1 where what is recommended is no less likely to pay than not, and pays",
		mul(greater(ref("decision.npv"), zero, yes, no), greater(div(one(), num(2, "ratio")), ref("decision.chance_positive"), no, yes)))
	b.def("decision.verdict", "Verdict", "count", "1 favourable, 0 neutral, −1 unfavourable",
		sub(mul(ref("decision.pays"), add(num(1, "count"), ref("decision.sure"))), num(1, "count")))

	b.in("headline", "finance")
	pick := func(name, label, unit, note string, of string, nothing expr) {
		b.def(name, label, unit, note, quantity.Pick(ref("decision.subject"), b.choices(of, label, unit, nothing)...))
	}
	subject := "of the recommended option, or of the one with the highest net present value where doing nothing is recommended"
	pick("npv", "Net present value", "money", subject, "npv", ref("nothing.npv"))
	pick("npv.p10", "Net present value, low", "money", subject, "npv.p10", zero)
	pick("npv.p50", "Net present value, median", "money", subject, "npv.p50", zero)
	pick("npv.p90", "Net present value, high", "money", subject, "npv.p90", zero)
	pick("npv.chance_positive", "Chance that it pays", "share", subject, "npv.chance_positive", ref("nothing.npv.chance_positive"))
	pick("cost.pv", "Costs", "money", subject, "cost.pv", zero)
	pick("cost.yearly", "Cost a year", "money/yr", subject, "cost.yearly", num(0, "money/yr"))
	pick("avoided.pv", "Loss avoided", "money", subject, "avoided.pv", zero)
	pick("avoided.marketing.pv", "Loss avoided, marketing's part", "money", subject, "avoided.marketing.pv", zero)
	if len(m.in.Profile.Appetite.Levels) > 0 {
		pick("residual.chance_over_appetite", "Chance left over appetite", "share", subject, "residual.chance_over_appetite", ref("appetite.chance@1"))
	}
}

// choices returns a figure of every choice, doing nothing first, and adds it
// for doing nothing where it is not there. The workbook shows them in a row.
func (b *builder) choices(of, label, unit string, nothing expr) []expr {
	name := id("nothing." + of)
	if !b.Has(name) {
		b.def(string(name), "Doing nothing: "+lowerFirst(label), unit, "what the options are compared with", nothing)
	}
	list := []expr{ref(name)}
	for _, o := range b.m.options {
		list = append(list, ref(o.id(of)))
	}
	return list
}

func (b *builder) nothingCost() expr {
	terms := []expr{ref("security.budget"), ref("ale.total")}
	if b.m.in.Profile.Security.Insurance.Premium.Set {
		terms = append(terms, ref("security.insurance.premium"))
	}
	return add(terms...)
}

// stake adds what marketing stands to lose and what it is asked to fund.
func (b *builder) stake() {
	m := b.m
	b.in("stake", "marketing")
	b.def("stake.yearly", "What marketing stands to lose in a year", "money/yr", "marketing's expected yearly loss", ref("ale.marketing"))
	b.def("stake.incident", "What marketing stands to lose in one incident, median", "money", "median over the trials", ref("severity.marketing.p50"))
	b.def("stake.incident_p90", "What marketing stands to lose in one incident, one in ten", "money", "90th percentile over the trials", ref("severity.marketing.p90"))
	if len(m.options) == 0 {
		b.def("stake.share", "Marketing's stake", "share", "marketing's part of the expected loss", div(ref("ale.marketing"), ref("ale.total")))
		b.def("stake.share_margin", "Marketing's stake, customer margin only", "share", "without response spending", div(ref("ale.marketing_margin"), ref("ale.total")))
		return
	}
	pick := func(name, label, note, of string, nothing expr) {
		b.def(name, label, "share", note, quantity.Pick(ref("decision.subject"), b.choices(of, label, "share", nothing)...))
	}
	pick("stake.share", "Marketing's stake", "marketing's part of the loss that the option avoids", "stake.share", div(ref("ale.marketing"), ref("ale.total")))
	pick("stake.share_margin", "Marketing's stake, customer margin only", "without response spending, which is marketing's own choice", "stake.share_margin", div(ref("ale.marketing_margin"), ref("ale.total")))

	b.in("share", "finance")
	p := m.in.Profile
	b.def("share.key.benefit", "Key: benefit", "share", "marketing's part of the loss avoided, customer margin only", ref("stake.share_margin"))
	m.keys = []string{"benefit"}
	if p.Marketing.ShareKeys.Cause.Set {
		b.def("share.key.cause", "Key: cause", "share", "systems, data and vendors that marketing runs", ref("marketing.share_keys.cause"))
		m.keys = append(m.keys, "cause")
	}
	if p.Marketing.ShareKeys.Usage.Set {
		b.def("share.key.usage", "Key: usage", "share", "marketing's use of the protected systems", ref("marketing.share_keys.usage"))
		m.keys = append(m.keys, "usage")
	}
	if p.Marketing.Budget.Value+p.Security.ITBudget.Value > 0 {
		b.def("share.key.ability", "Key: ability to bear", "share", "marketing's budget over its and the IT budget", div(ref("marketing.budget"), add(ref("marketing.budget"), ref("security.it_budget"))))
		m.keys = append(m.keys, "ability")
	}
	var values, weights []expr
	for _, k := range m.keys {
		values = append(values, ref(id("share.key."+k)))
		weights = append(weights, constant("share.weight."+k))
	}
	b.def("share.weights", "Sum of the weights of the keys", "ratio", "of those that have an input", add(weights...))
	b.def("share.blend", "Share by the keys", "share", "keys by their weights, benefit alone unless the weights are changed; a proposal, nothing is charged",
		greater(ref("share.weights"), num(0, "ratio"), div(quantity.SumProduct(values, weights), ref("share.weights")), ref("share.key.benefit")))
	cost := ref("cost.pv")
	b.def("share.bound", "Most that marketing can bear", "share", "its own loss avoided over the costs: nobody pays more than it gains",
		greater(cost, num(0, "money"), maxOf(num(0, "share"), div(ref("avoided.marketing.pv"), cost)), num(0, "share")))
	b.def("share.proposed", "Share that marketing is asked to fund", "share", "by the keys, never above what it gains", minOf(one(), ref("share.blend"), ref("share.bound")))
	b.def("share.rest", "Share that stays with security for want of a bearer", "share", "what the bound takes off", sub(minOf(one(), ref("share.blend")), ref("share.proposed")))
	b.def("share.pv", "What marketing is asked to fund", "money", "present value over the horizon", mul(ref("share.proposed"), cost))
	b.def("share.per_year", "What marketing is asked to fund a year", "money/yr", "spread evenly over the discounted years of the horizon", mul(ref("share.proposed"), ref("cost.yearly")))
	b.def("share.return", "Return on marketing's part", "ratio", "marketing's loss avoided for each unit that it funds",
		quantity.ElseText(ref("share.pv"), num(0, "money"), div(ref("avoided.marketing.pv"), ref("share.pv")), "nothing to fund"))
}

// staffing adds security's people and money against published benchmarks: a
// fact, not a cause. Today's shortage moves no number, because no credible
// estimate of its effect exists.
func (b *builder) staffing() {
	b.in("staffing", "security")
	p := b.m.in.Profile
	ratio := func(name, label, note string, of, over expr) { b.def(name, label, "share", note, div(of, over)) }
	if p.Security.ITBudget.Value > 0 {
		ratio("staffing.budget_of_it", "Security budget as a share of the IT budget", "published: 6% to 15%, usually 11%", ref("security.budget"), ref("security.it_budget"))
	}
	ratio("staffing.budget_of_revenue", "Security budget as a share of revenue", "published: 0.3% to 1.0%, usually 0.65%", ref("security.budget"), ref("economics.revenue"))
	if p.Staffing.Security.Set && p.Staffing.IT.Value > 0 {
		ratio("staffing.security_of_it", "Security staff as a share of IT staff", "published: 2.9% to 8%, usually 5.2%", ref("staffing.security"), ref("staffing.it"))
	}
	if p.Staffing.Security.Set && p.Staffing.SecurityVacancies.Set && p.Staffing.Security.Value+p.Staffing.SecurityVacancies.Value > 0 {
		ratio("staffing.vacant", "Security posts that are vacant", "of all security posts", ref("staffing.security_vacancies"), add(ref("staffing.security"), ref("staffing.security_vacancies")))
	}
}

// checks adds what is true by construction and is shown to be.
func (b *builder) checks() {
	b.in("checks", "finance")
	m := b.m
	var lines []expr
	for _, l := range m.lines {
		lines = append(lines, mean(ref(id("loss."+l.id))))
	}
	if b.insured() {
		lines = append(lines, mean(ref("loss.insured")))
	}
	b.def("check.lines_sum", "Loss lines add up", "money", "sum of the means of the loss lines", quantity.Sum(lines...))
	var owners []expr
	for _, o := range m.owners {
		owners = append(owners, ref(id("ale."+o)))
	}
	b.def("check.owners_sum", "Owners' parts add up", "money/yr", "sum of the expected yearly losses of all owners", quantity.Sum(owners...))
	b.def("check.blocks_sum", "Blocks add up", "money", "customer margin, response spending, diverted staff and direct cost, net",
		add(mean(ref("severity.customer_margin")), mean(ref("severity.response_spend")), mean(ref("loss.contact_surge")), mean(ref("severity.direct_net"))))
	for _, l := range m.lines {
		var shares []expr
		for _, s := range l.shares {
			shares = append(shares, ref(s.id))
		}
		b.def("check.ownership."+l.id, "Shares add up: "+lowerFirst(lineLabel[l.id]), "share", "sum of the owners' shares", quantity.Sum(shares...))
	}
	for _, o := range m.options {
		b.def(string(o.id("check.years_sum")), o.Name+": year table adds up", "money", "sum of the discounted net flows", quantity.Sum(series(string(o.id("present")), 0)...))
	}
}
