package workbook_test

import (
	"math"
	"math/rand/v2"
	"strconv"
	"strings"

	"casebuilder/casebuilder/company"
)

// profiles makes valid profiles of every shape, whose numbers a model can run.
type profiles struct{ *rand.Rand }

func (r profiles) one(words ...string) string { return words[r.IntN(len(words))] }

func (r profiles) text() string {
	return r.one("plain", "two words", `=HYPERLINK("x")`, "a; b", "semi;", ";semi", "'quoted'", "'=x", "-4.2M", "@x", "שלום", "🙂 ok", "a,b", `say "so"`,
		"null", "yes", "2026", "012", "2026-12-31", "#N/A", "TRUE", "<b>&amp;", "_x0041_", "company file", "example figure", "default: x", "“company file”", "middle of low and high",
		strings.Repeat("long ", 60)+"end", strings.Repeat("Å", 400), "a/../b", "100%")
}

// number makes a value of a field between low and high, as a range at times.
func (r profiles) number(f *company.Field, low, high float64) company.Number {
	pick := func() float64 {
		v := low + (high-low)*r.Float64()
		if f.Whole {
			return math.Round(v)
		}
		if r.IntN(2) == 0 {
			v, _ = strconv.ParseFloat(strconv.FormatFloat(v, 'g', 3, 64), 64)
		}
		return min(max(v, low), high)
	}
	n := company.Plain(pick())
	if f.Ranges && r.IntN(2) == 0 {
		a, b, c := pick(), pick(), pick()
		a, b, c = min(a, b, c), a+b+c-min(a, b, c)-max(a, b, c), max(a, b, c)
		switch {
		case a < c && r.IntN(3) == 0 && !f.Whole:
			n = company.Around(a, (a+c)/2, c) // a mode that is the middle
		case a < c && r.IntN(2) == 0 && b >= a && b <= c && !f.Whole:
			n = company.Around(a, b, c)
		case a < c:
			n = company.Between(a, c)
		}
	}
	if r.IntN(3) == 0 {
		n.Source = r.text()
	}
	return n
}

func (r profiles) profile() *company.Profile {
	p := company.New(company.NewDate(2020+r.IntN(10), 3, 1+r.IntN(28)))
	for i := range company.Fields {
		f := &company.Fields[i]
		if f.Needed == "" && r.IntN(2) == 0 {
			continue
		}
		switch f.Kind {
		case company.Quantity:
			low, high := f.Min, min(f.Max, 1e6)
			if f.Above || f.Below {
				low, high = low+0.001, high-0.001
			}
			*f.Number(p) = r.number(f, low, high)
		case company.Text:
			*f.Text(p) = r.text()
		case company.Word:
			*f.Text(p) = r.one(f.Words...)
		case company.Words:
			*f.List(p) = append([]string(nil), f.Words[:1+r.IntN(5)]...)
		case company.Bool:
			*f.Flag(p) = r.IntN(2) == 0
		case company.Day:
			*f.Day(p) = p.Company.AsOf
		}
	}
	p.Company.Country, p.Company.Currency = r.one("", "GB", "DE"), r.one("GBP", "JPY", "EUR")
	p.Customers.Active = r.number(company.FieldByID("customers.active"), 1000, 1e5)
	p.Customers.OnFile = r.number(company.FieldByID("customers.on_file"), 1e5, 1e6)
	p.Staffing.Employees = company.Plain(1e6)
	p.Economics.ContributionMargin = r.number(company.FieldByID("economics.contribution_margin"), 0.4, 0.9)
	p.Economics.MarginPremium = r.number(company.FieldByID("economics.margin_premium"), 0, 0.39)
	p.Economics.Revenue = r.number(company.FieldByID("economics.revenue"), 1e6, 1e9)
	p.Economics.Horizon = company.Plain(float64(1 + r.IntN(5)))
	p.Security.ITBudget = company.Plain(1e6)
	for _, e := range []struct {
		id     string
		ranges bool
	}{{"extra_churn", true}, {"closed.stretch", false}, {r.one("event_rate", "event_probability"), true}, {"surge.window", false}, {"recovery_months", true}} {
		if r.IntN(2) == 0 {
			continue
		}
		low, high := 0.1, 0.9
		switch e.id {
		case "closed.stretch", "surge.window":
			low, high = 1, 2
		}
		n := r.number(&company.Field{Ranges: e.ranges}, low, high)
		p.Estimates = append(p.Estimates, company.Estimate{ID: e.id, Number: n})
	}
	r.Shuffle(len(p.Estimates), func(i, j int) { p.Estimates[i], p.Estimates[j] = p.Estimates[j], p.Estimates[i] })
	for i := range r.IntN(4) {
		p.Appetite.Levels = append(p.Appetite.Levels, company.Level{Loss: company.Plain(float64(i+1) * 1e6), Chance: company.Plain(0.5 / float64(i+1))})
	}
	for i := range r.IntN(4) {
		o := company.Option{ID: r.one("core", "x", "a-b") + strconv.Itoa(i), Name: r.text(), NotValued: r.texts()}
		for range 1 + r.IntN(3) {
			o.Initiatives = append(o.Initiatives, r.initiative())
		}
		o.NameInitiatives()
		p.Options = append(p.Options, o)
	}
	if r.IntN(2) == 0 {
		p.Ownership = append(p.Ownership, company.Ownership{Line: "closed_sales", Reason: r.text(), Shares: []company.OwnerShare{
			{Owner: "operations", Share: company.Plain(0.25)}, {Owner: "finance", Share: company.Plain(0)}, {Owner: "marketing", Share: company.Plain(0.75)}}})
	}
	if r.IntN(2) == 0 {
		share := company.Plain(1)
		share.Source = r.text()
		p.Ownership = append(p.Ownership, company.Ownership{Line: r.one("insured", "goodwill"), Reason: r.text(), Shares: []company.OwnerShare{{Owner: r.one("sales", "finance"), Share: share}}})
	}
	if r.IntN(2) == 0 {
		p.Replay = []string{"zappos-2012", "target-2013"}
	}
	return p
}

func (r profiles) texts() []string {
	var list []string
	for i := range r.IntN(3) {
		list = append(list, r.text()+strconv.Itoa(i))
	}
	return list
}

func (r profiles) initiative() company.Initiative {
	i := company.NewInitiative()
	i.Name = r.text()
	for k := range company.ListFields {
		f := &company.ListFields[k]
		if n := f.InitiativeNumber(&i); n != nil && r.IntN(2) == 0 {
			*n = r.number(f, f.Min, min(f.Max, 1e5))
		}
		if s := f.InitiativeText(&i); s != nil && f.Key() != "name" && r.IntN(2) == 0 {
			*s = r.text()
		}
	}
	for _, target := range company.CutTargets {
		if r.IntN(3) > 0 {
			continue
		}
		n := company.Between(0, 0.5)
		if r.IntN(2) == 0 {
			n = company.Around(0.1, 0.15, 0.7)
		}
		if r.IntN(2) == 0 {
			n.Source = r.text()
		}
		i.Cuts = append(i.Cuts, company.Cut{Target: target, Number: n})
	}
	return i
}
