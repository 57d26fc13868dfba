package model

import (
	"fmt"
	"math"
	"strconv"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/quantity"
)

// ratesSource stands for the table of exchange rates and prices.
const ratesSource = "rates.csv"

// CompanyFile is the source of a figure that the company gave without one.
const CompanyFile = "company file"

// inputs adds every number of the company file and every constant of the
// model.
func (b *builder) inputs() error {
	p := b.m.in.Profile
	for i := range company.Fields {
		f := &company.Fields[i]
		if f.ID == "company.example" {
			continue // moves no number
		}
		switch f.Kind {
		case company.Quantity:
			if n := f.Number(p); n.Set {
				b.number(f.ID, f, *n)
			}
		case company.Bool:
			v := 0.0
			if *f.Flag(p) {
				v = 1
			}
			b.in("inputs", f.Owner)
			b.input(f.ID, f.Label, "count", f.Help, "own figure", v, CompanyFile)
		}
	}
	for i, l := range p.Appetite.Levels {
		at := "appetite.levels." + strconv.Itoa(i+1)
		b.number(at+".loss", company.FieldByID(at+".loss"), l.Loss)
		b.number(at+".chance", company.FieldByID(at+".chance"), l.Chance)
		for _, part := range []string{".loss", ".chance"} {
			b.Update(id(at+part), func(q *quantity.Quantity) { q.Label += ", level " + strconv.Itoa(i+1) })
		}
	}
	for _, o := range p.Options {
		for _, in := range o.Initiatives {
			at := "options." + o.ID + "." + in.ID
			part := func(name string, n company.Number) {
				b.number(at+"."+name, company.FieldByID(at+"."+name), n)
				b.relabel(at+"."+name, in.Name)
			}
			part("one_off", in.OneOff)
			part("per_year", in.PerYear)
			part("posts", in.Posts)
			part("saves_per_year", in.SavesPerYear)
			part("start_month", in.StartMonth)
			for _, c := range in.Cuts {
				for _, e := range []struct {
					name string
					v    float64
				}{{"low", c.Number.Low}, {"mode", c.Number.Value}, {"high", c.Number.High}} {
					name := at + ".cuts." + c.Target + "." + e.name
					b.number(name, company.FieldByID(name),
						company.Number{Value: e.v, Set: true, Given: true, Source: c.Number.Source})
					b.relabel(name, in.Name+", "+targetLabel[c.Target])
				}
			}
		}
	}
	return b.constants()
}

var targetLabel = map[string]string{
	"event_probability": "chance of an incident", "exposed_share": "people exposed",
	"closure": "chance of a closure", "closed_days": "days closed",
	"contact_rate": "contact rate", "direct_response": "direct cost",
}

// relabel puts what a number belongs to in front of its label. The builder
// holds quantities by value, so the label is kept apart until then.
func (b *builder) relabel(name, of string) {
	b.Update(id(name), func(q *quantity.Quantity) { q.Label = of + ": " + lowerFirst(q.Label) })
}

func lowerFirst(s string) string {
	if s == "" || s[0] < 'A' || s[0] > 'Z' || len(s) > 1 && s[1] >= 'A' && s[1] <= 'Z' {
		return s
	}
	return string(s[0]+'a'-'A') + s[1:]
}

func (b *builder) number(name string, f *company.Field, n company.Number) {
	source, grade := CompanyFile, "own figure"
	switch {
	case n.Source != "":
		source = n.Source
	case !n.Given:
		source, grade = "default: "+f.Basis, "default"
	}
	b.in("inputs", f.Owner)
	b.Add(quantity.Quantity{ID: id(name), Label: f.Label, Unit: quantity.U(f.Unit), Value: n.Value,
		Group: b.group, Owner: f.Owner, Note: f.Help, Grade: grade, Sources: []string{source}})
}

func (b *builder) constants() error {
	m := b.m
	for _, c := range m.priors.Constants {
		b.in("constants", c.Owner)
		v, grade, sources := c.Value, c.Grade, c.RestsOn
		if e, ok := m.estimates[c.ID]; ok {
			v, grade, sources = e.Value, "own figure", []string{sourceOf(e)}
		}
		b.input(c.ID, c.Label, c.Unit, c.Basis, grade, v, sources...)
	}
	b.in("constants", "finance")
	p := m.in.Profile
	if p.Company.PerUSD.Set {
		b.in("customer", "finance")
		b.def("fx", "Exchange rate in use", "money/usd", "units of the company's currency for one US dollar; published amounts are in dollars", ref("company.per_usd"))
	} else {
		year := m.asOf().Year()
		rate, err := m.rates.PerUSD(p.Company.Currency, year)
		if err != nil {
			return err
		}
		note := fmt.Sprintf("units of the company's currency for one US dollar, average of %d; published amounts are in dollars", rate.Year)
		if rate.Carried {
			note += "; the last year that the table has"
		}
		b.input("fx", "Exchange rate in use", "money/usd", note, "strong", rate.PerUSD, ratesSource)
	}
	for i, t := range m.priors.Tiers {
		at := "tier." + strconv.Itoa(i+1)
		b.in("tiers", "security")
		b.input(at+".revenue", "Revenue, middle of "+t.Label, "usd/yr", "geometric mid-point of the tier", "moderate", t.Mid, t.RestsOn...)
		b.input(at+".chance_low", "Chance a year, low, "+t.Label, "share", t.Basis, "moderate", t.ChanceLow, t.RestsOn...)
		b.input(at+".chance_high", "Chance a year, high, "+t.Label, "share", t.Basis, "moderate", t.ChanceHigh, t.RestsOn...)
		b.input(at+".cost_median", "Contained cost, median, "+t.Label, "usd", t.Basis, "moderate", t.CostMedian, t.RestsOn...)
		b.input(at+".cost_log_sd", "Contained cost, log-sd, "+t.Label, "ratio", t.Basis, "moderate", t.CostLogSD, t.RestsOn...)
	}
	b.in("constants", "security")
	multiple, basis, rests := 1.0, "sector not listed in the published table", []string{"freq_rel_sector"}
	for _, s := range m.priors.Sectors {
		if s.Sector == p.Company.Sector {
			multiple, basis, rests = s.Value, "published for "+s.Basis, s.RestsOn
		}
	}
	b.input("rate.sector_multiple", "Sector multiple of the rate", "ratio", basis, "moderate", multiple, rests...)
	return nil
}

func sourceOf(n company.Number) string {
	if n.Source != "" {
		return n.Source
	}
	return CompanyFile
}

// rateOfChance turns a chance in a year into the rate of a Poisson process
// with that chance of at least one event: −ln(1−p), at both ends.
func rateOfChance(n company.Number) company.Number {
	f := func(p float64) float64 { return -math.Log1p(-p) }
	n.Value = f(n.Value)
	if n.Ranged {
		n.Low, n.High = f(n.Low), f(n.High)
	}
	return n
}
