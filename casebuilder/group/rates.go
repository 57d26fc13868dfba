package group

import (
	"fmt"
	"slices"

	"casebuilder/casebuilder/company"
	"casebuilder/casestudies"
)

// Rate is one rate of exchange that the group uses.
type Rate struct {
	Currency string
	PerUSD   float64 // units of it for one US dollar
	Of       string  // the day, or the year whose average it is
	Source   string
	Given    bool   // in the group file; otherwise the papers mark it
	From     string // where it is not of the group file: dollar, published, carried, unit
	Unit     string // that it is from
}

// exchange brings money to the group's currency.
type exchange struct {
	currency string
	rates    []Rate // by currency
}

// newExchange gathers the rates of all currencies in use: of the group file,
// else of the table of published rates, else what a unit says of its own
// currency. What has no rate comes back in missing, by currency.
func newExchange(g *company.Group, asOf company.Date, units []*Unit) (x *exchange, missing map[string]error, err error) {
	table, err := casestudies.LoadRates()
	if err != nil {
		return nil, nil, err
	}
	x = &exchange{currency: groupCurrency(g, units)}
	needed := []string{x.currency}
	for _, u := range units {
		needed = append(needed, u.Currency)
	}
	slices.Sort(needed)
	missing = map[string]error{}
	for _, c := range slices.Compact(needed) {
		r, err := rateOf(c, g, asOf, table, units)
		if err != nil {
			missing[c] = err
			continue
		}
		x.rates = append(x.rates, r)
	}
	return x, missing, missing[x.currency]
}

// groupCurrency is that of the group file; without one it is the units' own
// where all have the same, else US dollars.
func groupCurrency(g *company.Group, units []*Unit) string {
	if g != nil && g.Currency != "" {
		return g.Currency
	}
	one := ""
	for _, u := range units {
		if one != "" && u.Currency != one {
			return "USD"
		}
		one = u.Currency
	}
	if one == "" {
		return "USD"
	}
	return one
}

func rateOf(currency string, g *company.Group, asOf company.Date, table *casestudies.Rates, units []*Unit) (Rate, error) {
	if g != nil {
		for _, r := range g.Rates {
			if r.Currency == currency {
				return Rate{Currency: currency, PerUSD: r.PerUSD.Value, Of: r.Date.String(), Source: r.Source, Given: true}, nil
			}
		}
	}
	if currency == "USD" {
		return Rate{Currency: currency, PerUSD: 1, Of: asOf.String(), Source: "one US dollar is one US dollar", Given: true, From: "dollar"}, nil
	}
	r, err := table.PerUSD(currency, asOf.Year())
	if err == nil {
		from, source := "published", "published yearly average; the group file gives none"
		if r.Carried {
			from, source = "carried", "last published yearly average, carried on; the group file gives none"
		}
		return Rate{Currency: currency, PerUSD: r.PerUSD, Of: fmt.Sprintf("%d", r.Year), Source: source, From: from}, nil
	}
	for _, u := range units { // by name
		if u.Currency == currency && u.OwnRate > 0 {
			return Rate{Currency: currency, PerUSD: u.OwnRate, Of: u.AsOf.String(), Source: "company.per_usd of " + u.Name + "; the group file gives none", From: "unit", Unit: u.Name}, nil
		}
	}
	return Rate{}, err
}

// factor brings an amount of a currency to the group's.
func (x *exchange) factor(currency string) float64 {
	if currency == x.currency {
		return 1
	}
	return x.perUSD(x.currency) / x.perUSD(currency)
}

func (x *exchange) perUSD(currency string) float64 {
	for _, r := range x.rates {
		if r.Currency == currency {
			return r.PerUSD
		}
	}
	return 1 // of no unit that is in the group
}

// CheckCurrency says whether the group's own currency has a rate on a day, so
// that a batch need not run to find out.
func CheckCurrency(g *company.Group, on company.Date) error {
	table, err := casestudies.LoadRates()
	if err != nil {
		return err
	}
	_, err = rateOf(g.Currency, g, on, table, nil)
	return err
}
