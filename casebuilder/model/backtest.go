package model

import (
	"math"
	"runtime"
	"sync"

	"casebuilder/casebuilder/results"
	"casebuilder/casebuilder/stats"
	"casebuilder/casestudies"
)

// z50 and z90 are where a normal leaves 25% and 5% above.
const (
	z50 = 0.6744897501960817
	z90 = 1.6448536269514722
)

// Backtest predicts the disclosed direct cost of each scored case from the
// others (leave one out), in constant dollars of year. Scored is every case
// with people, revenue and a direct cost of strength strong or moderate, and
// exposed data; floors too, against the figure as disclosed.
func Backtest(library *casestudies.Library, year int) (*results.Backtest, error) {
	rates, err := casestudies.LoadRates()
	if err != nil {
		return nil, err
	}
	scored := scoredCases(library.Cases, rates, year)
	fits, errs := make([]Fit, len(scored)), make([]error, len(scored))
	each(len(scored), func(i int) {
		fits[i], errs[i] = FitDirectCost(library.Without(scored[i].c.ID).Cases, rates, year)
	})
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return backtest(scored, func(i int) Fit { return fits[i] }, rates, year)
}

// BacktestOn predicts the cases given from the library, which they do not
// join. A case that the library holds as well, by its ID, is predicted without
// that one.
func BacktestOn(library *casestudies.Library, cases []*casestudies.Case, year int) (*results.Backtest, error) {
	rates, err := casestudies.LoadRates()
	if err != nil {
		return nil, err
	}
	whole, err := FitDirectCost(library.Cases, rates, year)
	if err != nil {
		return nil, err
	}
	scored := scoredCases(cases, rates, year)
	fits := make([]Fit, len(scored))
	for i, d := range scored {
		fits[i] = whole
		if _, ok := library.ByID(d.c.ID); ok {
			if fits[i], err = FitDirectCost(library.Without(d.c.ID).Cases, rates, year); err != nil {
				return nil, err
			}
		}
	}
	return backtest(scored, func(i int) Fit { return fits[i] }, rates, year)
}

// each calls f for 0 to n − 1 on all processors.
func each(n int, f func(int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

func scoredCases(cases []*casestudies.Case, rates *casestudies.Rates, year int) []directCase {
	var out []directCase
	for _, d := range directCases(cases, rates, year) {
		if s := d.c.Model.DirectCost.Strength; d.revenue > 0 && (s == "strong" || s == "moderate") {
			out = append(out, d)
		}
	}
	return out
}

func backtest(scored []directCase, fit func(int) Fit, rates *casestudies.Rates, year int) (*results.Backtest, error) {
	formulas, err := publishedFormulas(rates, year)
	if err != nil {
		return nil, err
	}
	b := &results.Backtest{Cases: []results.BacktestPoint{}}
	ours := make([]prediction, len(scored))
	others := make([][]prediction, len(formulas))
	for i, d := range scored {
		mean, sd := fit(i).Predict(directX(d.people, d.revenue, d.c.Model.Sensitive))
		ours[i] = prediction{mean, sd, d}
		at := func(z float64) float64 { return math.Exp(mean + z*sd) }
		b.Cases = append(b.Cases, results.BacktestPoint{ID: d.c.ID, Actual: d.cost, Complete: d.c.Model.DirectCost.Complete,
			P5: at(-z90), P25: at(-z50), P50: at(0), P75: at(z50), P95: at(z90)})
		for k, f := range formulas {
			m, s := f.predict(d.people, d.revenue)
			others[k] = append(others[k], prediction{m, s, d})
		}
	}
	b.Summary = score(ours, false)
	complete := score(ours, true)
	b.Summary.Complete = &complete
	b.Summary.Formulas = map[string]results.Score{}
	for k, f := range formulas {
		s := score(others[k], false)
		b.Summary.Formulas[f.id] = s
	}
	return b, nil
}

// prediction is a normal in ln dollars; sd 0 is a formula without a spread.
type prediction struct {
	mean, sd float64
	of       directCase
}

func score(ps []prediction, completeOnly bool) results.Score {
	var s results.Score
	var bias, in50, in90 float64
	var errs []float64
	interval := false
	for _, p := range ps {
		if completeOnly && !p.of.c.Model.DirectCost.Complete {
			continue
		}
		miss := p.mean - math.Log(p.of.cost)
		s.N++
		bias += miss / math.Ln10
		errs = append(errs, math.Abs(miss)/math.Ln10)
		interval = interval || p.sd > 0
		if math.Abs(miss) <= z50*p.sd {
			in50++
		}
		if math.Abs(miss) <= z90*p.sd {
			in90++
		}
	}
	if s.N == 0 {
		return s
	}
	n, median := float64(s.N), stats.Median(errs)
	bias, in50, in90 = bias/n, in50/n, in90/n
	s.MedianError, s.Bias = &median, &bias
	if interval {
		s.Coverage50, s.Coverage90 = &in50, &in90
	}
	return s
}

// formula is a published way to say what a breach costs.
type formula struct {
	id, label, note string
	source          string // evidence ID
	opinion         bool   // printed beside our prediction, for a company
	predict         func(people, revenueUSD float64) (mean, sd float64)
}

// publishedFormulas are the second opinions, brought to dollars of year. A flat
// cost per record is scored and never printed as an opinion: its own authors
// say that the sample does not support it for large files.
func publishedFormulas(rates *casestudies.Rates, year int) ([]formula, error) {
	evidence, err := casestudies.LoadEvidence()
	if err != nil {
		return nil, err
	}
	money := func(amount float64, of int) float64 { return math.Log(rates.Deflate(amount, of, year)) }
	tiers := []struct {
		below float64
		id    string
	}{{10e6, "cost_iris2025_lt10m"}, {100e6, "cost_iris2025_10m_100m"}, {1e9, "cost_iris2025_100m_1b"}, {10e9, "cost_iris2025_1b_10b"}, {math.Inf(1), "cost_iris2025_gt100b"}}
	var iris []struct{ below, median, sd float64 }
	for _, t := range tiers {
		p, ok := evidence.ByID(t.id)
		if !ok || p.Value == nil || p.High == nil {
			return nil, &missingEvidenceError{t.id}
		}
		iris = append(iris, struct{ below, median, sd float64 }{t.below, money(*p.Value, p.Source.Year), math.Log(*p.High / *p.Value) / z90})
	}
	jacobs, ok := evidence.ByID("cost_jacobs_loglog")
	if !ok || jacobs.Value == nil {
		return nil, &missingEvidenceError{"cost_jacobs_loglog"}
	}
	return []formula{
		{id: "jacobs_2014", label: "Jacobs 2014, by records", note: "fitted to 5,000 to 100,000 records; overstates millions, and includes lost business", source: "cost_jacobs_loglog", opinion: true,
			// ln(cost) = 7.68 + 0.76 ln(records), residual sd 0.523.
			predict: func(people, _ float64) (float64, float64) {
				return 7.68 + *jacobs.Value*math.Log(people) + money(1, jacobs.Source.Year), 0.523
			}},
		{id: "iris_2025_tier", label: "IRIS 2025, by revenue", note: "every public loss, most of them no headline; the tier from 10bn to 100bn was not seen, so the one above 100bn stands for it", source: "cost_iris2025_100m_1b", opinion: true,
			predict: func(_, revenue float64) (float64, float64) {
				for _, t := range iris {
					if revenue < t.below {
						return t.median, t.sd
					}
				}
				return iris[len(iris)-1].median, iris[len(iris)-1].sd
			}},
		{id: "flat_per_record", label: "IBM 2023, 165 dollars a record", note: "", source: "ibm_total_2023",
			predict: func(people, _ float64) (float64, float64) { return money(165*people, 2023), 0 }},
	}, nil
}

type missingEvidenceError struct{ id string }

func (e *missingEvidenceError) Error() string {
	return "the evidence lacks the figure " + e.id
}

// evidence says how good the library and its predictions are.
func (c *Case) evidence() (results.Evidence, error) {
	e := results.Evidence{Cases: len(c.in.Library.Cases), Fit: &results.Regression{A: c.fit.Mean[0], B: c.fit.Mean[1], C: c.fit.Mean[2], D: c.fit.Mean[3],
		Sigma: c.Run.Value("direct.sigma"), Noise: c.fit.Noise, Cases: c.fit.Cases, Year: c.fit.Year}}
	for _, k := range c.in.Library.Cases {
		if k.Model.Kind == "outage_only" {
			continue
		}
		e.DataCases++
		if s := k.Model.Reaction.Seen; s != nil {
			if *s {
				e.Effect++
			} else {
				e.NoEffect++
			}
		}
	}
	year := c.asOf().Year()
	var err error
	if e.Backtest, err = Backtest(c.in.Library, year); err != nil {
		return e, err
	}
	formulas, err := publishedFormulas(c.rates, year)
	if err != nil {
		return e, err
	}
	people := c.Run.Value("customers.on_file") * c.Run.Value("driver.exposed_share.p50")
	fx := c.Run.Value("fx")
	for _, f := range formulas {
		if !f.opinion {
			continue
		}
		mean, sd := f.predict(math.Max(1, people), c.Run.Value("revenue.usd"))
		lo, hi := fx*math.Exp(mean-z90*sd), fx*math.Exp(mean+z90*sd)
		e.Opinions = append(e.Opinions, results.Opinion{ID: f.id, Label: f.label, Low: &lo, Median: fx * math.Exp(mean), High: &hi, Note: f.note, Source: f.source})
	}
	return e, nil
}
