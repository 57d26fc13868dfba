package model

import (
	"strconv"

	"casebuilder/casebuilder/quantity"
)

// basics adds what follows from the inputs alone: what a customer is worth,
// what the premium earns, what the contact centre can take.
func (b *builder) basics() {
	b.in("customer", "marketing")
	b.def("customer.revenue", "Revenue per customer", "money/customer/yr", "revenue of a year for each active customer",
		div(ref("economics.revenue"), ref("customers.active")))
	b.def("customer.margin", "Margin per customer", "money/customer/yr", "contribution margin of a year for each active customer",
		mul(ref("economics.contribution_margin"), ref("customer.revenue")))
	b.def("customer.premium", "Premium per customer", "money/customer/yr", "the part of the margin that customers pay for the service",
		mul(ref("economics.margin_premium"), ref("customer.revenue")))
	b.def("discount.base", "One plus the discount rate", "ratio", "what money of a year ahead is divided by",
		add(one(), ref("economics.discount_rate")))
	b.def("customer.keep", "Discounted retention", "ratio", "chance that a customer is still there a year on, discounted by that year",
		div(ref("customers.retention"), ref("discount.base")))
	b.def("customer.years", "Expected customer-years", "yr", "discounted years for which a customer would have stayed within the horizon, the first a year away",
		as("yr", div(mul(ref("customers.retention"), sub(one(), pow(ref("customer.keep"), as("ratio", ref("economics.horizon"))))),
			sub(ref("discount.base"), ref("customers.retention")))))
	b.def("customer.value", "Expected margin over the horizon", "money/customer", "margin of a customer lost today, from a year away, only while they would have stayed; one average retention rate understates a mixed customer base",
		mul(ref("customer.margin"), ref("customer.years")))
	b.def("premium.share", "Premium as a share of the margin", "share", "how much of the margin rests on the service promise",
		div(ref("economics.margin_premium"), ref("economics.contribution_margin")))
	b.def("premium.yearly", "Margin from the premium in a year", "money/yr", "what the service promise earns in a year",
		mul(ref("economics.margin_premium"), ref("economics.revenue")))
	b.def("new.unit_value", "Worth of a new customer", "money/customer", "expected margin less the cost of winning one",
		maxOf(num(0, "money/customer"), sub(ref("customer.value"), ref("customers.acquisition_cost"))))
	b.def("closed.margin_year", "Margin that a closure stops", "money/yr", "margin of a year through the channel that can close",
		mul(ref("economics.revenue"), ref(b.closedShare()), ref("economics.contribution_margin")))
	b.in("customer", "finance")
	b.def("revenue.usd", "Revenue in dollars", "usd/yr", "for the published tiers and the regression, which are in dollars",
		div(ref("economics.revenue"), ref("fx")))
	b.def("direct.cap_amount", "Largest direct cost", "money", "no direct cost beyond this",
		mul(constant("direct.cap"), ref("economics.revenue")))

	b.in("capacity", "customer_service")
	b.def("capacity.contacts_day", "Contact capacity", "contacts/day", "contacts that the centre can finish in a day",
		maxOf(num(1, "contacts/day"), mul(ref("staffing.contact_agents"), ref("staffing.contacts_per_agent_day"))))
	b.def("capacity.spare", "Contacts that spare capacity takes", "contacts", "contacts that fit in beside ordinary ones over the days of raised contact",
		mul(ref("capacity.contacts_day"), ref("staffing.spare_capacity"), constant("surge.window")))
	b.def("capacity.person", "Contacts a person", "contacts/staff", "contacts that one diverted person finishes over the days of raised contact",
		mul(ref("staffing.contacts_per_agent_day"), constant("surge.window")))
	b.def("capacity.person_cost", "Cost of a diverted person", "money/staff", "staff cost over the days of raised contact",
		mul(constant("surge.window"), ref("staffing.day_cost")))

	b.in("time", "finance")
	for t := range maxYears + 1 {
		at := strconv.Itoa(t)
		if t == 0 {
			b.def("year@0", "Year", "yr", "year 0 is today", num(0, "yr"))
		} else {
			b.def("year@"+at, "Year", "yr", "year ends", add(ref(id("year@"+strconv.Itoa(t-1))), num(1, "yr")))
		}
		b.def("year.counts@"+at, "Within the horizon", "count", "1 within the horizon, else 0",
			greater(ref(id("year@"+at)), ref("economics.horizon"), num(0, "count"), num(1, "count")))
		b.def("discount.factor@"+at, "Discount factor", "ratio", "year 0 undiscounted, then year ends",
			div(ref(id("year.counts@"+at)), pow(ref("discount.base"), as("ratio", ref(id("year@"+at))))))
	}
	b.def("discount.sum", "Sum of the discount factors", "yr", "years of the horizon, discounted, without year 0",
		as("yr", quantity.Sum(series("discount.factor", 1)...)))
	if !b.m.in.Profile.Staffing.PostCost.Set {
		b.in("customer", "security")
		b.def("staffing.post_cost", "Cost of a security post", "money/staff/yr", "published US cost at the exchange rate; give your own as staffing.post_cost",
			mul(constant("post.cost_usd"), ref("fx")))
	}
}

// maxYears is the longest horizon.
const maxYears = 5

// series returns the references to the years of a row, from the given year on.
func series(name string, from int) []expr {
	var es []expr
	for t := from; t <= maxYears; t++ {
		es = append(es, ref(id(name+"@"+strconv.Itoa(t))))
	}
	return es
}

func (b *builder) closedShare() id {
	if b.m.in.Profile.Economics.ClosedShare.Set {
		return "economics.closed_share"
	}
	return "economics.online_share"
}

// rate adds the interpolation over revenue tiers of the incident rate and of
// the cost of a contained incident. Each curve is y₁ + Σ slope · (the part of
// the way through segment k), flat outside the mid-points.
func (b *builder) rate() {
	n := len(b.m.priors.Tiers)
	b.in("tiers", "security")
	x := b.def("tier.position", "Revenue on the logarithmic scale", "ratio", "logarithm of revenue in dollars", ln(as("ratio", ref("revenue.usd"))))
	log := func(i int) string { return "tier." + strconv.Itoa(i) + ".log_revenue" }
	for i := 1; i <= n; i++ {
		b.def(log(i), "Logarithm of the revenue of tier "+strconv.Itoa(i), "ratio", "where the curves bend", ln(as("ratio", ref(id("tier."+strconv.Itoa(i)+".revenue")))))
	}
	for i := 1; i < n; i++ {
		from, to := ref(id(log(i))), ref(id(log(i+1)))
		b.def("tier."+strconv.Itoa(i)+".way", "Way from tier "+strconv.Itoa(i)+" to tier "+strconv.Itoa(i+1), "share", "0 before the segment, 1 beyond it",
			div(sub(minOf(maxOf(x, from), to), from), sub(to, from)))
	}
	curve := func(name, label, note string, at func(tier string) expr) expr {
		y := func(i int) expr { return ref(id("tier." + strconv.Itoa(i) + "." + name)) }
		for i := 1; i <= n; i++ {
			b.def("tier."+strconv.Itoa(i)+"."+name, label+", tier "+strconv.Itoa(i), "ratio", note, at("tier."+strconv.Itoa(i)))
		}
		terms := []expr{y(1)}
		for i := 1; i < n; i++ {
			s := "tier." + strconv.Itoa(i) + "." + name + "_step"
			b.def(s, label+", segment "+strconv.Itoa(i), "ratio", "rise over the segment, as far as revenue goes",
				mul(sub(y(i+1), y(i)), ref(id("tier."+strconv.Itoa(i)+".way"))))
			terms = append(terms, ref(id(s)))
		}
		return b.def("curve."+name, label, "ratio", note, add(terms...))
	}
	rate := func(part string) func(string) expr {
		return func(tier string) expr { return ln(neg(ln(sub(one(), ref(id(tier+".chance_"+part)))))) }
	}
	low := curve("log_rate_low", "Logarithm of the rate, low", "a chance p in a year is the rate −ln(1 − p)", rate("low"))
	high := curve("log_rate_high", "Logarithm of the rate, high", "a chance p in a year is the rate −ln(1 − p)", rate("high"))
	b.in("drivers", "security")
	b.def("driver.event_rate.prior_low", "Incidents a year, prior low", "1/yr", "by revenue and sector",
		as("1/yr", mul(constant("rate.sector_multiple"), exp(low))))
	b.def("driver.event_rate.prior_high", "Incidents a year, prior high", "1/yr", "by revenue and sector",
		as("1/yr", mul(constant("rate.sector_multiple"), exp(high))))
	b.in("tiers", "security_and_legal")
	median := curve("log_cost", "Logarithm of the contained cost", "median in dollars", func(tier string) expr {
		return ln(as("ratio", ref(id(tier+".cost_median"))))
	})
	spread := curve("log_sd", "Log-sd of the contained cost", "spread by revenue", func(tier string) expr { return ref(id(tier + ".cost_log_sd")) })
	b.in("direct", "security_and_legal")
	b.def("contained.mu", "Contained cost, prior, logarithm", "ratio", "in the company's currency", add(median, ln(as("ratio", ref("fx")))))
	b.def("contained.sigma", "Contained cost, prior, log-sd", "ratio", "by revenue", spread)
}

// exceedance adds the chance of losing more than an amount in one incident in
// a year, at a row of amounts from 0 to the 99th percentile of severity, and
// at the levels of appetite.
func (b *builder) exceedance() {
	b.in("exceedance", "finance")
	step := b.def("exceedance.width", "Step of the curve", "money", "from 0 to the 99th percentile of the cost of an incident",
		div(quantity.Percentile("severity.total", constant("level.p99")), constant("exceedance.steps")))
	for k := range exceedanceSteps + 1 {
		at := "@" + strconv.Itoa(k)
		x := num(0, "money")
		if k > 0 {
			x = add(ref(id("exceedance.loss@"+strconv.Itoa(k-1))), step)
		}
		b.def("exceedance.loss"+at, "Amount", "money", "an amount to lose", x)
		b.chanceOver("exceedance", at, ref(id("exceedance.loss"+at)))
	}
	b.in("appetite", "board")
	for i := range b.m.in.Profile.Appetite.Levels {
		at := "@" + strconv.Itoa(i+1)
		b.chanceOver("appetite", at, ref(id("appetite.levels."+strconv.Itoa(i+1)+".loss")))
	}
}

// exceedanceSteps is the number of steps of the exceedance curve; the constant
// exceedance.steps is the same number in the workbook.
const exceedanceSteps = 24

func (b *builder) chanceOver(kind, at string, x expr) {
	amount := map[string]string{"exceedance": "the amount", "appetite": "a limit of the appetite"}[kind]
	b.def(kind+".share_above"+at, "Share of incidents above "+amount, "share", "of the trials", quantity.ShareAbove("severity.total", x))
	b.def(kind+".chance"+at, "Chance in a year of losing more than "+amount, "share", "chance that at least one incident in a year costs more than the amount",
		sub(one(), mean(exp(neg(mul(ref("driver.event_rate"), as("yr", ref(id(kind+".share_above"+at)))))))))
}
