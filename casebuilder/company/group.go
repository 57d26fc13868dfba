package company

import (
	"fmt"
	"slices"
	"strings"

	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/money"
)

// Group is what a batch adds to its units: the group's name and currency, the
// rates that bring the units' money to it, its appetite and what is paid for
// once. It is the block "group" of a defaults file.
type Group struct {
	Name     string   `json:"name"`
	Currency string   `json:"currency"`        // ISO 4217
	Rates    []Rate   `json:"rates,omitempty"` // in the order of the file
	Appetite Appetite `json:"appetite,omitzero"`
	Shared   []Shared `json:"shared_programmes,omitempty"` // in the order of the file
}

// Rate is one dated rate of exchange.
type Rate struct {
	Currency string `json:"currency"`
	PerUSD   Number `json:"per_usd"` // units for one US dollar
	Date     Date   `json:"date"`
	Source   string `json:"source"`
}

// Shared is a programme that is paid for once and protects several units.
type Shared struct {
	Name    string   `json:"name"`
	OneOff  Number   `json:"one_off"`  // in the group's currency
	PerYear Number   `json:"per_year"` // in the group's currency
	Cuts    Cuts     `json:"cuts,omitempty"`
	Units   []string `json:"units,omitempty"` // nil: all units
	Key     string   `json:"key"`             // one of SharedKeys
}

// SharedKeys say by what the cost of a shared programme is divided.
var SharedKeys = []string{"benefit", "customers", "revenue"}

// The fields of a cost of a shared programme, and of a rate.
var (
	sharedCost = Field{Unit: "money", Want: "an amount, 0 or more", Max: big}
	ratePerUSD = Field{Unit: "money/usd", Want: "units of the currency for one US dollar, above 0", Above: true, Max: 1e7,
		Needed: "the units' money is added up in the group's currency"}
)

// ValidateGroup checks the block "group" of a defaults file, as Validate does
// for a profile. The names of units are checked where the units are known.
func ValidateGroup(g *Group, asOf Date) (problems, warnings diag.List) {
	c := &checker{p: &Profile{Appetite: g.Appetite, Company: Company{AsOf: asOf}}}
	c.appetite()
	for i := range c.problems {
		c.problems[i].Field = "group." + c.problems[i].Field
	}
	for i := range c.warnings {
		c.warnings[i].Field = "group." + c.warnings[i].Field
	}
	c.text("group.name", &Field{Want: "a name", Needed: "the group's papers carry it"}, g.Name)
	if g.Currency == "" {
		c.bad("group.currency", FieldByID("company.currency").Want, Nothing, "needed because the group's papers are in it")
	} else if _, ok := money.LookUp(g.Currency); !ok {
		c.bad("group.currency", FieldByID("company.currency").Want, diag.Quote(g.Currency), didYouMean(g.Currency, money.CurrencyCodes()))
	}
	seen := map[string]bool{}
	for _, r := range g.Rates {
		at := "group.rates." + r.Currency
		if _, ok := money.LookUp(r.Currency); !ok {
			c.bad(at, FieldByID("company.currency").Want, diag.Quote(r.Currency), didYouMean(r.Currency, money.CurrencyCodes()))
		} else if seen[r.Currency] {
			c.bad(at, "each currency once", diag.Quote(r.Currency)+" again", "")
		}
		seen[r.Currency] = true
		c.number(at+".per_usd", &ratePerUSD, r.PerUSD)
		if c.day(at+".date", r.Date); r.Date.IsZero() {
			c.bad(at+".date", wantDate, Nothing, "needed because a rate holds for a day")
		}
		c.text(at+".source", &Field{Want: "a line of text", Needed: "the group's papers name where a rate comes from"}, r.Source)
	}
	for i, s := range g.Shared {
		at := fmt.Sprintf("group.shared_programmes.%d", i+1)
		c.text(at+".name", &Field{Want: "a name", Needed: "the group's papers print it"}, s.Name)
		c.number(at+".one_off", &sharedCost, s.OneOff)
		c.number(at+".per_year", &sharedCost, s.PerYear)
		c.cuts(at, s.Cuts)
		if !slices.Contains(SharedKeys, s.Key) {
			got, hint := diag.Quote(s.Key), didYouMean(s.Key, SharedKeys)
			if s.Key == "" {
				got, hint = Nothing, "needed because the cost is divided by it"
			}
			c.bad(at+".key", "one of "+strings.Join(SharedKeys, ", "), got, hint)
		}
	}
	return c.problems, c.warnings
}
