package model

import (
	"slices"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/quantity"
)

// line is one kind of loss.
type line struct {
	id     string // without "loss."
	owner  string // by default
	margin bool   // customer margin lost: a consequence
	spend  bool   // response spending: a choice
	shares []ownerShare
}

type ownerShare struct {
	owner string
	id    id // of the share
}

// Forms of loss of the Open FAIR standard.
const (
	formProductivity = "productivity"
	formResponse     = "response"
	formReputation   = "reputation"
	formAdvantage    = "competitive advantage"
)

// lossLines are the loss lines in the order of the papers.
var lossLines = []line{
	{id: "churned_margin", owner: "marketing", margin: true},
	{id: "spending_dip", owner: "marketing", margin: true},
	{id: "premium_erosion", owner: "marketing", margin: true},
	{id: "new_customers", owner: "marketing", margin: true},
	{id: "closed_sales", owner: "marketing", margin: true},
	{id: "goodwill", owner: "marketing", spend: true},
	{id: "brand_campaign", owner: "marketing", spend: true},
	{id: "contact_surge", owner: "customer_service"},
	{id: "direct_response", owner: "security_and_legal"},
}

func (b *builder) insured() bool {
	i := b.m.in.Profile.Security.Insurance
	return i.Limit.Set && i.Limit.Value > 0
}

// uniform adds a draw that is a uniform number.
func (b *builder) uniform(dimension, what string) expr {
	b.Add(quantity.Quantity{ID: id("draw." + dimension), Label: "Draw: " + what, Unit: quantity.U("ratio"),
		Draw: true, Group: "draws", Owner: "security", Note: "a uniform number from 0 to 1 a trial"})
	return ref(id("draw." + dimension))
}

// incident adds who is exposed and the three switches that decide how bad it
// is: headline, reaction, closure.
func (b *builder) incident() {
	b.in("incident", "security")
	zero := num(0, "ratio")
	b.def("exposed", "People exposed", "people", "people on file whose data an incident exposes",
		mul(ref("customers.on_file"), ref("driver.exposed_share")))
	b.def("headline.ramp", "Width of the ramp", "ratio", "from few people to many, on the logarithmic scale",
		ln(div(constant("headline.many"), constant("headline.few"))))
	b.col("headline.chance", "Chance of a headline", "share", "low when few people are exposed, high when many",
		add(ref("driver.headline_small"), mul(sub(ref("driver.headline_large"), ref("driver.headline_small")),
			minOf(one(), maxOf(zero, div(ln(div(ref("exposed"), constant("headline.few"))), ref("headline.ramp")))))))
	b.def("switch.headline", "Headline", "count", "1 where the incident is sued over, investigated or in the press; 0 where it stays contained",
		quantity.Switch(b.uniform("4", "headline"), ref("headline.chance")))
	b.def("switch.reaction", "Reaction", "count", "1 where customers measurably react, given a headline",
		quantity.Switch(b.uniform("6", "reaction"), ref("driver.reaction")))
	b.def("switch.closed", "Closed", "count", "1 where the sales channel is closed",
		quantity.Switch(b.uniform("8", "closure"), ref("driver.closure")))

	d := b.m.driverByID("direct_headline")
	b.in("drivers", d.Owner)
	b.def("driver.direct_headline", d.Label, d.Unit, d.Meaning,
		mul(as("money", exp(add(ref("direct.start"), mul(ref("direct.slope"), ln(div(maxOf(num(1, "people"), ref("exposed")), constant("regression.people_unit"))))))), ref("direct.headline_factor")),
		restsOn(d.RestsOn...))
}

// amounts adds each loss line before its switches.
func (b *builder) amounts() {
	zero := num(0, "money")
	b.in("amounts", "marketing")
	active := ref("customers.active")
	b.col("stayers", "Customers who stay", "customers", "active customers less those who leave", mul(active, sub(one(), ref("driver.extra_churn"))))
	b.col("dip.years", "Length of the dip", "yr", "months to recover as years at full depth",
		mul(div(ref("driver.recovery_months"), num(12, "months/yr")), constant("dip.shape")))
	b.def("amount.churned_margin", "Margin of customers who leave, before the switches", "money", "customers who leave times their expected margin",
		mul(active, ref("driver.extra_churn"), ref("customer.value")))
	b.def("amount.spending_dip", "Margin of spending not made, before the switches", "money", "stayers spend less until the dip is gone; lost volume carries the whole margin",
		mul(ref("stayers"), ref("customer.margin"), ref("driver.spending_dip"), ref("dip.years")))
	b.def("amount.premium_erosion", "Premium given up, before the switches", "money", "only on units still sold to those who stay",
		mul(ref("stayers"), ref("customer.premium"), ref("driver.premium_loss"), sub(one(), ref("driver.spending_dip")), ref("dip.years")))
	b.def("new.lost", "New customers lost, before the switches", "customers", "intake is back sooner than spending",
		mul(ref("customers.new_per_year"), ref("driver.new_customer_loss"), ref("dip.years"), constant("new.recovery")))
	b.col("amount.new_customers", "Margin of new customers lost, before the switches", "money", "less what winning them would have cost",
		mul(ref("new.lost"), ref("new.unit_value")))
	b.def("amount.reaction", "What a reaction costs, before the switches", "money", "churn, dip, premium and new customers together",
		add(ref("amount.churned_margin"), ref("amount.spending_dip"), ref("amount.premium_erosion"), ref("amount.new_customers")))
	b.def("amount.goodwill", "Goodwill offer, before the switches", "money", "customers who are still there and take the offer, times what it costs",
		mul(ref("marketing.goodwill_offer"), active, sub(one(), mul(ref("switch.reaction"), ref("driver.extra_churn"))), ref("driver.goodwill_takeup"), ref("marketing.voucher")))
	b.def("amount.brand_campaign", "Brand campaign, before the switches", "money", "beyond the customers that it wins back: the larger of the two is charged, not both",
		mul(ref("marketing.brand_campaign"), maxOf(zero, sub(sub(mul(as("money", ref("marketing.budget")), ref("driver.campaign")), ref("amount.churned_margin")), ref("amount.new_customers")))))
	b.col("closed.years", "Length of the closure", "yr", "effective days as a share of a year",
		div(minOf(num(365, "days"), mul(ref("driver.closed_days"), constant("closed.stretch"))), num(365, "days/yr")))
	b.def("amount.closed_sales", "Margin of closed sales, before the switch", "money", "margin of the sales that do not come back, of customers who have not left",
		mul(ref("closed.years"), ref("closed.margin_year"), ref("driver.not_recaptured"),
			sub(one(), mul(ref("switch.headline"), ref("switch.reaction"), ref("driver.extra_churn")))))

	b.in("amounts", "customer_service")
	b.def("contacts", "Contacts in a headline", "contacts", "people who make contact", mul(ref("exposed"), ref("driver.contact_rate")))
	b.def("contacts.over", "Contacts beyond capacity", "contacts", "what spare capacity cannot take over the days of raised contact",
		maxOf(num(0, "contacts"), sub(ref("contacts"), ref("capacity.spare"))))
	b.def("people.headline", "People diverted, headline", "staff", "head-office staff put on answering, as far as there are any",
		minOf(ref("staffing.head_office"), div(ref("contacts.over"), ref("capacity.person"))))
	b.def("people.contained", "People diverted, contained", "staff", "head-office staff put on answering, as far as there are any",
		minOf(ref("staffing.head_office"), div(maxOf(num(0, "contacts"), sub(mul(ref("contacts"), constant("contact.contained")), ref("capacity.spare"))), ref("capacity.person"))))
	b.col("amount.surge_headline", "Diverted staff, headline, before the switch", "money", "capacity, not cash", mul(ref("people.headline"), ref("capacity.person_cost")))
	b.col("amount.surge_contained", "Diverted staff, contained, before the switch", "money", "capacity, not cash", mul(ref("people.contained"), ref("capacity.person_cost")))

	b.in("amounts", "security_and_legal")
	b.def("amount.direct_headline", "Direct cost, headline, before the switch", "money", "never beyond the cap", minOf(ref("direct.cap_amount"), ref("driver.direct_headline")))
	b.def("amount.direct_contained", "Direct cost, contained, before the switch", "money", "never beyond the cap", minOf(ref("direct.cap_amount"), ref("driver.direct_contained")))
	if b.insured() {
		for _, k := range []struct{ name, label string }{{"headline", "headline"}, {"contained", "contained"}} {
			b.def("amount.insured_"+k.name, "Insurance, "+k.label+", before the switch", "money", "beyond the retention and up to the limit, once an event",
				minOf(ref("security.insurance.limit"), maxOf(zero, sub(ref(id("amount.direct_"+k.name)), b.retention()))))
		}
	}
}

func (b *builder) retention() expr {
	if b.m.in.Profile.Security.Insurance.Retention.Set {
		return ref("security.insurance.retention")
	}
	return num(0, "money")
}

// losses adds the loss lines: amounts with their switches. Those that come in
// two parts, headline and contained, are added up from them.
func (b *builder) losses() {
	h, r, c := ref("switch.headline"), ref("switch.reaction"), ref("switch.closed")
	small := sub(one(), h)
	loss := func(name, label, note, f string, e expr) { b.col("loss."+name, label, "money", note, e, form(f)) }
	same := func(e expr) expr { return e }
	parts := []struct {
		name, owner, label, note, form, headline, contained string
		sign                                                func(expr) expr
	}{
		{"contact_surge", "customer_service", "Diverted staff", "days of staff put on answering customers: capacity, not cash", formProductivity, "amount.surge_headline", "amount.surge_contained", same},
		{"direct_response", "security_and_legal", "Direct cost", "investigation, notices, outside call centre, monitoring, lawyers, settlements, fines and card networks", formResponse, "amount.direct_headline", "amount.direct_contained", same},
		{"insured", "security_and_legal", "Insurance", "what the policy pays of the direct cost, negative", formResponse, "amount.insured_headline", "amount.insured_contained", neg},
	}
	if !b.insured() {
		parts = parts[:2]
	}
	for _, p := range parts {
		b.in("loss parts", p.owner)
		loss(p.name+".headline", p.label+", headline part", p.note, p.form, p.sign(mul(h, ref(id(p.headline)))))
		loss(p.name+".contained", p.label+", contained part", p.note, p.form, p.sign(mul(small, ref(id(p.contained)))))
	}
	b.in("loss lines", "marketing")
	loss("churned_margin", "Customers who leave", "expected margin of customers who leave and would not have left", formReputation, mul(h, r, ref("amount.churned_margin")))
	loss("spending_dip", "Spending not made", "margin of what those who stay do not buy until the dip is gone", formReputation, mul(h, r, ref("amount.spending_dip")))
	loss("premium_erosion", "Premium given up", "margin premium given up on what is still sold", formReputation, mul(h, r, ref("amount.premium_erosion")))
	loss("new_customers", "New customers not won", "expected margin of new customers who do not come, less the cost of winning them", formAdvantage, mul(h, r, ref("amount.new_customers")))
	loss("closed_sales", "Sales while closed", "margin of sales that the closed channel loses for good", formProductivity, mul(c, ref("amount.closed_sales")))
	loss("goodwill", "Goodwill offer", "vouchers taken; a choice", formResponse, mul(h, ref("amount.goodwill")))
	loss("brand_campaign", "Brand campaign", "extra brand spend beyond the customers that it wins back; a choice", formReputation, mul(h, r, ref("amount.brand_campaign")))
	for _, p := range parts {
		b.owner = p.owner
		loss(p.name, p.label, p.note, p.form, add(ref(id("loss."+p.name+".headline")), ref(id("loss."+p.name+".contained"))))
	}
	b.in("loss parts", "security_and_legal")
	for _, part := range []string{"investigation", "notice", "response"} {
		c := b.Get(id("direct.part_" + part))
		b.col("direct."+part, "Direct cost: "+lowerFirst(c.Label), "money", "by published shares; a part of the direct cost, not added", mul(constant("direct.part_"+part), ref("loss.direct_response")))
	}
}

// severity adds what one incident costs: in all, to marketing, to each owner.
func (b *builder) severity() {
	h, r, c := ref("switch.headline"), ref("switch.reaction"), ref("switch.closed")
	b.ownership()
	b.in("severity", "finance")
	with := func(base string, plus ...expr) []expr { return append([]expr{ref(id(base))}, plus...) }
	headline := with("amount.goodwill", mul(r, add(ref("amount.reaction"), ref("amount.brand_campaign"))), ref("amount.surge_headline"), ref("amount.direct_headline"))
	contained := with("amount.surge_contained", ref("amount.direct_contained"))
	if b.insured() {
		headline = append(headline, neg(ref("amount.insured_headline")))
		contained = append(contained, neg(ref("amount.insured_contained")))
	}
	b.def("event.headline", "Cost of a headline, without closure", "money", "given that the incident makes headlines", add(headline...))
	b.def("event.contained", "Cost of a contained incident, without closure", "money", "given that the incident stays contained", add(contained...))
	b.def("severity.total", "Cost of one incident", "money", "all loss lines, net of insurance",
		add(mul(h, ref("event.headline")), mul(sub(one(), h), ref("event.contained")), mul(c, ref("amount.closed_sales"))))
	b.col("severity.cash", "Cost of one incident, cash and margin", "money", "without the time of diverted staff", sub(ref("severity.total"), ref("loss.contact_surge")))
	b.owner = "marketing"
	b.def("severity.customer_margin", "Customer margin lost in one incident", "money", "customers who leave, spending, premium, new customers and closed sales: consequences",
		add(mul(h, r, ref("amount.reaction")), mul(c, ref("amount.closed_sales"))))
	b.def("severity.response_spend", "Response spending in one incident", "money", "goodwill and campaign: choices that a company makes",
		mul(h, add(ref("amount.goodwill"), mul(r, ref("amount.brand_campaign")))))
	b.owner = "security_and_legal"
	net := []expr{ref("loss.direct_response")}
	if b.insured() {
		net = append(net, ref("loss.insured"))
	}
	b.col("severity.direct_net", "Direct cost of one incident, net of insurance", "money", "direct cost less what the policy pays", add(net...))

	share := func(line string) expr { return ref(b.m.shareOf(line, "marketing")) }
	b.owner = "marketing"
	b.def("marketing.reaction", "Marketing's part of a reaction, before the switches", "money", "by the ownership shares",
		add(mul(share("churned_margin"), ref("amount.churned_margin")), mul(share("spending_dip"), ref("amount.spending_dip")),
			mul(share("premium_erosion"), ref("amount.premium_erosion")), mul(share("new_customers"), ref("amount.new_customers"))))
	direct := func(kind string) expr {
		if b.insured() {
			return sub(ref(id("amount.direct_"+kind)), ref(id("amount.insured_"+kind)))
		}
		return ref(id("amount.direct_" + kind))
	}
	b.def("marketing.choices", "Marketing's part of the response, before the headline", "money", "by the ownership shares",
		add(mul(share("goodwill"), ref("amount.goodwill")), mul(r, share("brand_campaign"), ref("amount.brand_campaign"))))
	b.def("marketing.headline", "Marketing's part of a headline, without closure", "money", "by the ownership shares",
		add(mul(r, ref("marketing.reaction")), ref("marketing.choices"), mul(share("contact_surge"), ref("amount.surge_headline")), mul(share("direct_response"), direct("headline"))))
	b.def("marketing.contained", "Marketing's part of a contained incident, without closure", "money", "by the ownership shares",
		add(mul(share("contact_surge"), ref("amount.surge_contained")), mul(share("direct_response"), direct("contained"))))
	b.def("severity.marketing", "Marketing's part of one incident", "money", "every line times marketing's share of it",
		add(mul(h, ref("marketing.headline")), mul(sub(one(), h), ref("marketing.contained")), mul(c, share("closed_sales"), ref("amount.closed_sales"))))

	b.in("frequency", "security")
	rate, horizon := ref("driver.event_rate"), ref("economics.horizon")
	b.def("probability.year", "Chance of an incident in a year", "share", "at least one",
		sub(one(), mean(exp(neg(mul(rate, num(1, "yr")))))))
	b.def("probability.horizon", "Chance of an incident within the horizon", "share", "at least one", sub(one(), ref("probability.no_incident")))
	b.def("probability.no_incident", "Chance of no incident within the horizon", "share", "then nothing happens and nothing comes back",
		mean(exp(neg(mul(rate, horizon)))))
	b.def("probability.headline", "Chance that an incident makes headlines", "share", "over the people exposed", mean(h))
	b.def("probability.reaction", "Chance that an incident moves customers", "share", "a headline and a reaction", mean(mul(h, r)))
	b.def("probability.closed", "Chance that an incident closes the channel", "share", "at least for a day", mean(c))
	b.in("expected loss", "finance")
	b.ale()
	for _, s := range []id{"severity.total", "severity.marketing", "severity.customer_margin"} {
		q := b.Get(s)
		for _, p := range []struct{ name, label string }{{"p5", "low"}, {"p50", "median"}, {"p90", "one in ten"}, {"p95", "high"}, {"p99", "one in a hundred"}} {
			b.def(string(s)+"."+p.name, q.Label+", "+p.label, "money", b.Get(id("level."+p.name)).Label+" over the trials", quantity.Percentile(s, constant("level."+p.name)), ownedBy(q.Owner))
		}
		b.def(string(s)+".stderr", q.Label+", standard error", "money", "of the mean over the trials", quantity.StdErr(s), ownedBy(q.Owner))
	}
}

// ale adds expected yearly losses: rate times mean cost, which is right because
// the rate shares no draw with the cost. They are built from the means of the
// loss lines, so that an option needs no columns of its own for them.
func (b *builder) ale() {
	rate := mean(ref("driver.event_rate"))
	b.def("ale.total", "Expected yearly loss", "money/yr", "mean rate times mean cost of an incident; a mean over good and bad years, so read it with its range",
		mul(rate, mean(ref("severity.total"))))
	b.def("ale.customer_margin", "Expected yearly loss of customer margin", "money/yr", "mean rate times mean customer margin lost",
		mul(rate, b.linesMean(func(l line) bool { return l.margin })), ownedBy("marketing"))
	b.def("ale.response_spend", "Expected yearly response spending", "money/yr", "mean rate times mean response spending",
		mul(rate, b.linesMean(func(l line) bool { return l.spend })), ownedBy("marketing"))
	for _, o := range b.m.owners {
		name := "severity." + o
		if o == "marketing" {
			name += ".by_lines" // severity.marketing itself is a column
		}
		b.def(name, ownerLabel(o)+": mean part of one incident", "money", "every line times the owner's share of it", b.owned(o, false), ownedBy(o))
		b.def("ale."+o, ownerLabel(o)+": expected yearly loss", "money/yr", "mean rate times the owner's mean part of an incident", mul(rate, ref(id(name))), ownedBy(o))
	}
	b.def("ale.marketing_margin", "Marketing: expected yearly loss of customer margin", "money/yr", "marketing's part of the customer margin lost",
		mul(rate, b.owned("marketing", true)), ownedBy("marketing"))
	b.def("ale.marketing_choices", "Marketing: expected yearly response spending", "money/yr", "marketing's expected yearly loss less its customer margin",
		sub(ref("ale.marketing"), ref("ale.marketing_margin")), ownedBy("marketing"))
}

func (b *builder) linesMean(want func(line) bool) expr {
	var terms []expr
	for _, l := range b.m.lines {
		if want(l) {
			terms = append(terms, mean(ref(id("loss."+l.id))))
		}
	}
	return quantity.Sum(terms...)
}

// owned is the mean part of an owner in one incident, of all lines or of those
// of customer margin. Insurance goes with the direct cost.
func (b *builder) owned(owner string, marginOnly bool) expr {
	var shares, means []expr
	for _, l := range b.m.lines {
		if s := b.m.shareOf(l.id, owner); s != "" && (l.margin || !marginOnly) {
			shares = append(shares, ref(s))
			means = append(means, mean(ref(id("loss."+l.id))))
		}
	}
	e := quantity.SumProduct(shares, means)
	if s := b.m.shareOf("direct_response", owner); s != "" && b.insured() && !marginOnly {
		e = add(e, mul(ref(s), mean(ref("loss.insured"))))
	}
	return e
}

// shareOf returns the ID of an owner's share of a line.
func (m *Model) shareOf(name, owner string) id {
	for _, l := range m.lines {
		if l.id == name {
			for _, s := range l.shares {
				if s.owner == owner {
					return s.id
				}
			}
		}
	}
	return ""
}

// ownership adds the share of each owner in each line.
func (b *builder) ownership() {
	b.in("ownership", "finance")
	m := b.m
	given := map[string]company.Ownership{}
	for _, o := range m.in.Profile.Ownership {
		given[o.Line] = o
	}
	seen := map[string]bool{}
	owner := func(o string) {
		if !seen[o] {
			seen[o] = true
			m.owners = append(m.owners, o)
		}
	}
	// The usual owners are always there, so that a reviewer can move a part.
	for _, o := range []string{"marketing", "customer_service", "security_and_legal"} {
		owner(o)
	}
	for _, l := range lossLines {
		for _, s := range given[l.id].Shares {
			owner(s.Owner)
		}
	}
	m.lines = slices.Clone(lossLines)
	// Owner by owner, so that the shares of one stand together.
	for _, o := range m.owners {
		for i, l := range m.lines {
			v, source, grade := 0.0, "default ownership", "judgement"
			if o == l.owner {
				v = 1
			}
			if g, ok := given[l.id]; ok {
				v, source, grade = 0, g.Reason, "own figure"
				for _, s := range g.Shares {
					if s.Owner == o {
						v = s.Share.Value
					}
				}
			}
			name := "ownership." + l.id + "." + o
			b.input(name, "Ownership of "+lowerFirst(lineLabel[l.id])+": "+lowerFirst(ownerLabel(o)), "share", "the shares of a line sum to 1", grade, v, source)
			m.lines[i].shares = append(m.lines[i].shares, ownerShare{o, id(name)})
		}
	}
}

var lineLabel = map[string]string{
	"churned_margin": "Customers who leave", "spending_dip": "Spending not made", "premium_erosion": "Premium given up",
	"new_customers": "New customers not won", "closed_sales": "Sales while closed", "goodwill": "Goodwill offer",
	"brand_campaign": "Brand campaign", "contact_surge": "Diverted staff", "direct_response": "Direct cost",
}

// ownerLabel returns an owner as it is printed: "customer_service" is
// "Customer service".
func ownerLabel(o string) string {
	r := []byte(o)
	for i, c := range r {
		if c == '_' || c == '-' {
			r[i] = ' '
		}
	}
	if len(r) > 0 && r[0] >= 'a' && r[0] <= 'z' {
		r[0] -= 'a' - 'A'
	}
	return string(r)
}

// surge adds what a headline does to the contact centre: told, not added.
func (b *builder) surge() {
	b.in("surge", "customer_service")
	perDay := ref("capacity.contacts_day")
	b.col("surge.contacts", "Contacts after a headline", "contacts", "people who make contact over the days of raised contact", ref("contacts"))
	b.col("surge.backlog_days", "Backlog after a headline", "days", "contacts beyond capacity, in days of the whole centre", div(ref("contacts.over"), perDay))
	b.col("surge.staff_diverted", "Staff diverted after a headline", "staff", "head-office people put on answering", ref("people.headline"))
	b.col("surge.unanswered", "Contacts that nobody can answer", "contacts", "beyond the centre and all of head office",
		sub(ref("contacts.over"), mul(ref("people.headline"), ref("capacity.person"))))
	busy := mul(perDay, sub(one(), ref("staffing.spare_capacity")))
	b.col("surge.peak_load", "Load on the peak day", "ratio", "contacts of the peak day and ordinary ones, over capacity",
		div(add(mul(ref("contacts"), constant("surge.peak_share")), busy), perDay))
	b.def("surge.phones_off_contacts", "Contacts that would switch phones off", "contacts", "at the load from which phones are switched off",
		div(sub(mul(constant("surge.phones_off_load"), perDay), busy), constant("surge.peak_share")))
	b.def("surge.phones_off", "Chance of phones switched off", "share", "share of headlines with a peak load above the limit; judgement, because Zappos's own load is not known",
		quantity.ShareAbove("contacts", ref("surge.phones_off_contacts")))
	for _, p := range []string{"p50", "p90"} {
		b.def("surge.contacts."+p, "Contacts after a headline, "+map[string]string{"p50": "median", "p90": "one in ten"}[p], "contacts", "over the trials", quantity.Percentile("contacts", constant("level."+p)))
	}
}

// premium adds the test of the founding claim: what the same incident would
// cost a brand with the same customers and no premium.
func (b *builder) premium() {
	b.in("premium", "marketing")
	m, g := ref("economics.contribution_margin"), ref("economics.margin_premium")
	b.def("premium.parity", "Parity", "ratio", "margin without the premium over margin with it", div(sub(m, g), m))
	b.def("premium.parity_unit", "Worth of a new customer without the premium", "money/customer", "expected margin at parity less the cost of winning one",
		maxOf(num(0, "money/customer"), sub(mul(ref("customer.value"), ref("premium.parity")), ref("customers.acquisition_cost"))))
	hr := mul(ref("switch.headline"), ref("switch.reaction"))
	b.col("premium.new_lost", "New customers lost in one incident", "customers", "with the switches", mul(hr, ref("new.lost")))
	b.def("premium.parity_margin", "Customer margin lost without the premium", "money", "churn, dip and closed sales scale with the margin, nothing erodes, new customers are revalued",
		add(mul(ref("premium.parity"), add(mean(ref("loss.churned_margin")), mean(ref("loss.spending_dip")), mean(ref("loss.closed_sales")))),
			mul(mean(ref("premium.new_lost")), ref("premium.parity_unit"))))
	b.def("premium.multiplier", "Premium multiplier", "ratio", "customer margin lost in one incident over that of a brand with the same customers and no premium",
		div(mean(ref("severity.customer_margin")), ref("premium.parity_margin")))
	b.def("premium.multiplier_without_erosion", "Premium multiplier, no premium given up", "ratio", "the same with the weakest assumption at zero",
		div(sub(mean(ref("severity.customer_margin")), mean(ref("loss.premium_erosion"))), ref("premium.parity_margin")))
	b.def("premium.arithmetic", "Arithmetic part of the multiplier", "ratio", "more margin stands behind each customer; the rest of the multiplier is assumption", div(m, sub(m, g)))
	b.def("premium.ratio", "Multiplier before the switches", "ratio", "the four reaction lines over those without the premium, trial by trial",
		div(ref("amount.reaction"), add(mul(ref("premium.parity"), add(ref("amount.churned_margin"), ref("amount.spending_dip"))), mul(ref("new.lost"), ref("premium.parity_unit")))))
	b.def("premium.multiplier.p5", "Premium multiplier, low", "ratio", "5th percentile before the switches", quantity.Percentile("premium.ratio", constant("level.p5")))
	b.def("premium.multiplier.p95", "Premium multiplier, high", "ratio", "95th percentile before the switches", quantity.Percentile("premium.ratio", constant("level.p95")))
}
