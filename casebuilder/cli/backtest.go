package cli

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"

	"github.com/urfave/cli/v2"

	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/render/text"
	"casebuilder/casebuilder/results"
	"casebuilder/casestudies"
)

func backtestCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "backtest", Usage: "predict the disclosed cost of each case from the others, and score the predictions", ArgsUsage: " ",
		Description: `Each case's direct cost is predicted from the other cases of the library; with --cases the cases of that folder are predicted from the library, which they do not join. Scored are cases with exposed data whose people, revenue and direct cost are known, of strength strong or moderate. Costs are in dollars of the year of --as-of. Published formulas stand beside it, on the same cases.

Example:
  casebuilder backtest --json`,
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "cases", Usage: "`DIR` of cases to predict from the library"},
			&cli.StringFlag{Name: "as-of", Usage: "`DATE` in whose year's dollars costs are told; today where it is left out"},
		}, formatFlags()...),
		Action: func(c *cli.Context) error { return backtest(c, s) },
	}
}

func backtest(c *cli.Context, s Streams) error {
	format, err := formatOf(c)
	if err != nil {
		return err
	}
	if c.Args().Present() {
		return usage("want no files, got %s", diag.Quote(c.Args().First()))
	}
	day, err := asOf(c)
	if err != nil {
		return err
	}
	lib, err := casestudies.Embedded()
	if err != nil {
		return err
	}
	b, own, all := (*results.Backtest)(nil), []*casestudies.Case(nil), lib.Cases
	if dir := c.String("cases"); dir != "" {
		var warnings, problems diag.List
		if own, warnings, problems, err = readCases(dir); err != nil {
			return err
		}
		printWarnings(s.Err, warnings)
		if err := problems.Err(); err != nil {
			return err
		}
		all = own
		b, err = model.BacktestOn(lib, own, day.Year())
	} else {
		b, err = model.Backtest(lib, day.Year())
	}
	if err != nil {
		return err
	}
	if b.Summary.N == 0 {
		fmt.Fprintln(s.Err, "no case can be scored")
	}
	switch format {
	case asJSON:
		return printJSON(s.Out, b)
	case asCSV:
		rs := []record{}
		for _, k := range b.Cases {
			rs = append(rs, record{{"id", k.ID}, {"actual", k.Actual}, {"complete", k.Complete}, {"p5", k.P5}, {"p25", k.P25}, {"p50", k.P50}, {"p75", k.P75}, {"p95", k.P95}})
		}
		return printRecords(s.Out, format, []string{"id", "actual", "complete", "p5", "p25", "p50", "p75", "p95"}, rs)
	}
	p := text.NewPage(styleOf(s.Out))
	tellBacktest(p, b, day.Year(), own != nil)
	if b.Summary.N < len(all) {
		p.Gap()
		p.Indented(0, text.Faint, fmt.Sprintf("%d of %s cannot be scored: people, revenue or a direct cost of strength strong or moderate is not known, or no data was exposed.",
			len(all)-b.Summary.N, count(len(all), "case", "cases")))
	}
	_, err = p.WriteTo(s.Out)
	return err
}

// formulaNames are what the summary calls the published formulas.
var formulaNames = map[string]string{
	"jacobs_2014":     "Jacobs 2014, by records",
	"iris_2025_tier":  "IRIS 2025, by revenue",
	"flat_per_record": "IBM 2023, 165 dollars a record",
}

func tellBacktest(p *text.Page, b *results.Backtest, year int, own bool) {
	how := "each from the other cases of the library"
	if own {
		how = "from the library, which they do not join"
	}
	p.Heading(fmt.Sprintf("Direct cost of %s predicted, %s (dollars of %d)", count(b.Summary.N, "case", "cases"), how, year))
	p.Gap()
	if b.Summary.N == 0 {
		return
	}
	t := text.Table{Columns: []text.Column{{Head: "case", Min: 16, Whole: true}, {Head: "disclosed", Right: true}, {Head: "predicted", Right: true}, {Head: "50% interval", Right: true}, {Head: "90% interval", Right: true}, {Head: "disclosed lies"}}}
	dollars := money.English.Format("money", currency("USD"))
	points := slices.Clone(b.Cases)
	slices.SortStableFunc(points, func(x, y results.BacktestPoint) int { return cmp.Compare(y.Actual, x.Actual) })
	for _, k := range points {
		actual := dollars.Number(k.Actual)
		if !k.Complete {
			actual = "≥" + actual
		}
		where, tone := "inside 50%", text.Good
		switch {
		case k.Actual < k.P5:
			where, tone = "✗ below 90%", text.Bad
		case k.Actual > k.P95:
			where, tone = "✗ above 90%", text.Bad
		case k.Actual < k.P25 || k.Actual > k.P75:
			where, tone = "inside 90%", text.Plain
		}
		t.Rows = append(t.Rows, []text.Cell{{Text: k.ID}, {Text: actual}, {Text: dollars.Number(k.P50)}, {Text: ends(dollars, k.P25, k.P75)}, {Text: ends(dollars, k.P5, k.P95)}, {Text: where, Tone: tone}})
	}
	p.Table(t)
	p.Heading("How good that is")
	t = text.Table{Columns: []text.Column{{Head: "prediction", Min: 20}, {Head: "cases", Right: true}, {Head: "miss", Right: true}, {Head: "bias", Right: true}, {Head: "in 50%", Right: true}, {Head: "in 90%", Right: true}}}
	row := func(name string, s results.Score) {
		in50, in90 := "", ""
		if s.Coverage50 != nil && s.Coverage90 != nil {
			in50, in90 = money.English.Share(*s.Coverage50), money.English.Share(*s.Coverage90)
		}
		t.Add(name, strconv.Itoa(s.N), fmt.Sprintf("×%s (%.2f)", factor(*s.MedianError), *s.MedianError), fmt.Sprintf("%+.2f", *s.Bias), in50, in90)
	}
	row("this model", b.Summary)
	if b.Summary.Complete != nil && b.Summary.Complete.N > 0 {
		row("complete costs alone", *b.Summary.Complete)
	}
	for _, id := range slices.Sorted(maps.Keys(b.Summary.Formulas)) {
		row(cmp.Or(formulaNames[id], id), b.Summary.Formulas[id])
	}
	p.Table(t)
	p.Gap()
	p.Para("Miss: half of the predictions miss by less than this factor (in brackets its log10). Bias: the mean of log10 predicted over disclosed, above 0 where predictions run high. In 50%, in 90%: how many disclosed costs lie inside the interval that should hold so many. ≥ marks a disclosed cost that is a floor: the whole is not known.")
	if !own {
		p.Gap()
		p.Para("The library is selected for fame, and leaving one out cannot show that. Score cases that it lacks with --cases.")
	}
}

// factor is 10 to a power, for people.
func factor(log10 float64) string { return money.English.Number(math.Pow(10, log10)) }

// ends prints an interval, each end on its own scale: they lie far apart.
func ends(f money.Format, low, high float64) string {
	return f.Number(low) + " – " + f.Number(high)
}
