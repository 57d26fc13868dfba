package company

import (
	"fmt"

	"casebuilder/casebuilder/money"
)

// Derived is a figure that a person can check the inputs by: one that nobody
// types in, and that looks wrong when an input is.
type Derived struct {
	ID    string
	Label string
	Value float64
	Unit  string
	// Low and High are between what most companies lie; both are 0 where no
	// range is known. They are judgement, wide enough that a figure outside is
	// worth a second look and not more; a benchmark with a source stands in the
	// papers.
	Low, High float64
	Note      string // what to look at when Value is outside, else ""
}

// Outside reports whether the figure lies outside its usual range.
func (d Derived) Outside() bool { return d.Low < d.High && (d.Value < d.Low || d.Value > d.High) }

// Sanity returns the derived figures whose inputs are there, in a fixed order.
// perUSD is the units of the company's currency for one US dollar, for the
// ranges of money; 0 where it is not known: then money has no range.
func Sanity(p *Profile, perUSD float64) []Derived {
	s := &sanity{perUSD: perUSD}
	c, e, m, st, sec := &p.Customers, &p.Economics, &p.Marketing, &p.Staffing, &p.Security
	perCustomer := func(share Number) (Number, Number) { return product(e.Revenue, share), c.Active }
	ratio := func(a, b Number) (Number, Number) { return a, b }

	s.add("check.revenue_per_customer", "Revenue per customer", "money/customer/yr", 5, 50_000, "look at revenue and active customers")(ratio(e.Revenue, c.Active))
	s.add("check.margin_per_customer", "Margin per customer", "money/customer/yr", 1, 20_000, "look at the contribution margin")(perCustomer(e.ContributionMargin))
	s.add("check.premium_per_customer", "Premium per customer", "money/customer/yr", 0, 5_000, "look at the margin premium")(perCustomer(e.MarginPremium))
	s.add("check.acquisition_payback", "Acquisition cost over a year's margin", "ratio", 0, 4, "a customer would not earn back what it costs to win one: look at both")(
		product(c.AcquisitionCost, c.Active), product(e.Revenue, e.ContributionMargin))
	s.add("check.accounts_per_customer", "People on file per active customer", "ratio", 1, 20, "look at people on file")(ratio(c.OnFile, c.Active))
	s.add("check.growth", "New customers over customers who leave", "ratio", 0.3, 5, "look at retention and new customers: the base would shrink or grow fast")(
		c.NewPerYear, product(c.Active, complement(c.Retention)))
	s.add("check.customers_per_agent", "Customers per agent", "customers/staff", 200, 200_000, "look at the contact-centre agents")(ratio(c.Active, st.ContactAgents))
	s.add("check.contacts_per_customer", "Contacts per customer, at full capacity", "contacts/customer/yr", 0.02, 20, "look at agents and contacts per agent and day")(
		product(product(st.ContactAgents, st.ContactsPerAgentDay), Plain(365)), c.Active)
	s.add("check.revenue_per_employee", "Revenue per employee", "money/staff/yr", 20_000, 5_000_000, "look at revenue and employees")(ratio(e.Revenue, st.Employees))
	s.add("check.head_office_share", "Head office as a share of employees", "share", 0.01, 1, "look at head-office staff")(ratio(st.HeadOffice, st.Employees))
	s.add("check.marketing_share", "Marketing budget as a share of revenue", "share", 0.002, 0.4, "look at the marketing budget")(ratio(m.Budget, e.Revenue))
	s.add("check.it_share", "IT budget as a share of revenue", "share", 0.003, 0.25, "look at the IT budget")(ratio(sec.ITBudget, e.Revenue))
	s.add("check.security_share", "Security budget as a share of the IT budget", "share", 0.02, 0.25, "look at both budgets")(ratio(sec.Budget, sec.ITBudget))
	s.add("check.security_per_employee", "Security budget per employee", "money/staff/yr", 50, 10_000, "look at the security budget")(ratio(sec.Budget, st.Employees))
	s.add("check.security_staff_share", "Security staff as a share of IT staff", "share", 0.01, 0.3, "look at both counts")(ratio(st.Security, st.IT))
	return s.list
}

type sanity struct {
	perUSD float64
	list   []Derived
}

// add returns a function that adds the figure a over b, where both are set and
// b is not 0. A range in money is in dollars.
func (s *sanity) add(id, label, unit string, low, high float64, note string) func(a, b Number) {
	return func(a, b Number) {
		if !a.Set || !b.Set || b.Value == 0 {
			return
		}
		d := Derived{ID: id, Label: label, Value: a.Value / b.Value, Unit: unit, Low: low, High: high}
		if len(unit) > 5 && unit[:5] == "money" {
			d.Low, d.High = low*s.perUSD, high*s.perUSD
		}
		if d.Outside() {
			f := money.English.Format(unit, money.Currency{})
			d.Note = fmt.Sprintf("most companies have %s to %s: %s", f.Number(d.Low), f.Number(d.High), note)
		}
		s.list = append(s.list, d)
	}
}

func product(a, b Number) Number {
	return Number{Value: a.Value * b.Value, Set: a.Set && b.Set}
}

func complement(n Number) Number { return Number{Value: 1 - n.Value, Set: n.Set} }
