package company

import (
	"fmt"
	"slices"
	"strings"

	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/money"
)

// The checks of values against each other, section by section.

// carried is for how many years after its end the table of prices is taken as
// it is.
const carried = 3

func (c *checker) company() {
	if last := c.rules.Prices; last > 0 && c.p.Company.AsOf.Year() > last+carried {
		c.warn("company.as_of", fmt.Sprintf("a date to %d: published costs are in prices of %d at the latest", last+carried, last), c.p.Company.AsOf.String(),
			"use a newer version of the program, or give direct costs of your own under estimates")
	}
	p := &c.p.Company
	if p.Country != "" && !slices.Contains(countries, p.Country) {
		hint := ""
		switch up := strings.ToUpper(p.Country); {
		case up == "UK":
			hint = "did you mean GB?"
		case slices.Contains(countries, up):
			hint = "write " + up
		}
		c.bad("company.country", FieldByID("company.country").Want, diag.Quote(p.Country), hint)
	}
	if p.Currency == "" {
		return // reported as missing
	}
	if _, ok := money.LookUp(p.Currency); !ok {
		hint := didYouMean(p.Currency, money.CurrencyCodes())
		if money.IsCurrency(p.Currency) {
			hint = "write " + strings.ToUpper(p.Currency)
		}
		c.bad("company.currency", FieldByID("company.currency").Want, diag.Quote(p.Currency), hint)
		return
	}
	switch {
	case p.Currency == "USD" && p.PerUSD.Set && p.PerUSD.Value != 1:
		c.bad("company.per_usd", "1 for the US dollar", show("", p.PerUSD.Value), "leave it out")
	case c.rules.Rates != nil && p.Currency != "USD" && !p.PerUSD.Set && !slices.Contains(c.rules.Rates, p.Currency):
		c.bad("company.per_usd", FieldByID("company.per_usd").Want, Nothing,
			"needed because the table of rates has no "+p.Currency)
	}
}

func (c *checker) customers() {
	p := &c.p.Customers
	if p.Active.Set && p.OnFile.Set && p.Active.Value > p.OnFile.Value {
		c.bad("customers.on_file", "at least the active customers, "+show("", p.Active.Value), show("", p.OnFile.Value),
			"it counts everybody whose data you hold, active customers included")
	}
}

func (c *checker) economics() {
	p := &c.p.Economics
	margin, premium := p.ContributionMargin, p.MarginPremium
	if !margin.Set || !premium.Set || premium.Value > 1 {
		return
	}
	// The two vary one at a time, so each end must fit the other's value.
	below := func(field string, premium, margin float64) bool {
		if premium < margin {
			return true
		}
		c.bad(field, "points below the contribution margin, "+show("share", margin), show("share", premium),
			"the premium is the part of the margin that the service earns")
		return false
	}
	if !below("economics.margin_premium", premium.Value, margin.Value) {
		return
	}
	if premium.Ranged {
		below("economics.margin_premium.high", premium.High, margin.Value)
	}
	if margin.Ranged && premium.Value >= margin.Low {
		c.bad("economics.contribution_margin.low", "more than the margin premium, "+show("share", premium.Value), show("share", margin.Low), "")
	}
}

func (c *checker) staffing() {
	p := &c.p.Staffing
	if most := max(p.HeadOffice.Value, p.HeadOffice.High); p.HeadOffice.Set && p.Employees.Set && most > p.Employees.Value {
		c.bad("staffing.head_office", "at most the employees, "+show("", p.Employees.Value), show("", most), "")
	}
	if p.IT.Set && p.Security.Set && p.Security.Value > p.IT.Value {
		c.warn("staffing.security", "at most the IT staff, "+show("", p.IT.Value), show("", p.Security.Value),
			"staffing.it counts security staff as well")
	}
}

func (c *checker) security() {
	p := &c.p.Security
	if p.Budget.Set && p.ITBudget.Set && p.Budget.Value > p.ITBudget.Value {
		c.warn("security.budget", "at most the IT budget, "+show("", p.ITBudget.Value), show("", p.Budget.Value),
			"security.it_budget counts security as well")
	}
	i := p.Insurance
	if !i.Limit.Set && (i.Retention.Set || i.Premium.Set) {
		c.warn("security.insurance", "a limit beside retention and premium", Nothing, "without a limit the policy pays nothing here")
	}
}

func (c *checker) appetite() {
	a := c.p.Appetite
	c.day("appetite.approved", a.Approved)
	asOf := c.p.Company.AsOf
	if !a.Approved.IsZero() && !asOf.IsZero() && a.Approved.After(asOf.Time) {
		c.bad("appetite.approved", "a date not after that of the case, "+asOf.String(), a.Approved.String(),
			"leave it out where the appetite is only proposed")
	}
	if !a.Approved.IsZero() && len(a.Levels) == 0 {
		c.warn("appetite.levels", "the levels that were approved", Nothing, "")
	}
	if len(a.Levels) > MaxLevels {
		c.bad("appetite.levels", fmt.Sprintf("at most %d levels", MaxLevels), fmt.Sprint(len(a.Levels)), "")
		return
	}
	loss, chance := FieldByID("appetite.levels.*.loss"), FieldByID("appetite.levels.*.chance")
	for i, l := range a.Levels {
		at := fmt.Sprintf("appetite.levels.%d", i+1)
		c.number(at+".loss", loss, l.Loss)
		c.number(at+".chance", chance, l.Chance)
		if i == 0 {
			continue
		}
		before := a.Levels[i-1]
		if l.Loss.Set && before.Loss.Set && !(l.Loss.Value > before.Loss.Value) {
			c.bad(at+".loss", "more than the level before, "+show("", before.Loss.Value), show("", l.Loss.Value),
				"write the levels in rising order of loss")
		} else if l.Chance.Set && before.Chance.Set && !(l.Chance.Value < before.Chance.Value) {
			c.bad(at+".chance", "less than the level before, "+show("share", before.Chance.Value), show("share", l.Chance.Value),
				"a larger loss is accepted only at a smaller chance")
		}
	}
}

func (c *checker) ownership() {
	share, reason := FieldByID("ownership.*.*"), FieldByID("ownership.*.reason")
	seen := map[string]bool{}
	for _, o := range c.p.Ownership {
		at := "ownership." + o.Line
		if !slices.Contains(LossLines, o.Line) {
			c.bad(at, "a loss line: "+strings.Join(LossLines, ", "), diag.Quote(o.Line), didYouMean(o.Line, LossLines))
			continue
		}
		if seen[o.Line] {
			c.bad(at, "each loss line once", diag.Quote(o.Line)+" again", "")
		}
		seen[o.Line] = true
		c.text(at+".reason", reason, o.Reason)
		sum, ok, owners := 0.0, true, map[string]bool{}
		for _, s := range o.Shares {
			id := at + "." + s.Owner
			switch {
			case !slices.Contains(OwnerNames, s.Owner):
				c.bad(id, "an owner: "+strings.Join(OwnerNames, ", "), diag.Quote(s.Owner), didYouMean(s.Owner, OwnerNames))
			case owners[s.Owner]:
				c.bad(id, "each owner once", diag.Quote(s.Owner)+" again", "")
			}
			owners[s.Owner] = true
			c.number(id, share, s.Share)
			sum, ok = sum+s.Share.Value, ok && s.Share.Set
		}
		if d := sum - 1; ok && !(d > -1e-9 && d < 1e-9) {
			c.bad(at, "shares that sum to 100%", show("share", money.Round(sum, 6)), "")
		}
	}
}

func (c *checker) replay() {
	f := FieldByID("replay")
	c.list("replay", f, c.p.Replay)
	if c.rules.Cases == nil {
		return
	}
	for i, id := range c.p.Replay {
		if !slices.Contains(c.rules.Cases, id) {
			c.bad(fmt.Sprintf("replay.%d", i+1), "the ID of a case of the library", diag.Quote(id), didYouMean(id, c.rules.Cases))
		}
	}
}

func (c *checker) paper() {
	p, asOf := &c.p.Paper, c.p.Company.AsOf
	early := func(field string, d, than Date, what string) {
		if !d.IsZero() && !than.IsZero() && d.Before(than.Time) {
			c.warn(field, "a date not before "+what+", "+than.String(), d.String(), "")
		}
	}
	early("paper.decide_by", p.DecideBy, asOf, "that of the case")
	early("paper.review_by", p.ReviewBy, asOf, "that of the case")
	if !p.DecideBy.IsZero() && !p.ReviewBy.Before(asOf.Time) {
		early("paper.review_by", p.ReviewBy, p.DecideBy, "the decision")
	}
}
