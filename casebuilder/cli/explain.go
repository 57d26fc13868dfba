package cli

import (
	"bytes"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/quantity"
	"casebuilder/casebuilder/render/text"
	"casebuilder/casebuilder/results"
	"casebuilder/casebuilder/store"
	"casebuilder/casebuilder/workbook"
	"casebuilder/casestudies"
)

func explainCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "explain", Usage: "explain one figure: what it means, how it is made, from what", ArgsUsage: "[ID] [FILE]",
		Description: `ID is that of the results, the workbook and the papers: premium.multiplier, npv, options.core.npv, driver.extra_churn, customers.retention, check.lines_sum, or a case such as zappos-2012. Without an ID everything that can be explained is listed. With a star in it, such as "loss.*" (in quotes, for the shell), the figures that fit are listed with their values.

FILE is a company file or a results.json; without it the embedded example company is used.

Example:
  casebuilder explain premium.multiplier`,
		Flags: append([]cli.Flag{
			&cli.BoolFlag{Name: "tree", Usage: "print what the figure is made from, down to --depth"},
			&cli.IntFlag{Name: "depth", Value: 3, Usage: "`LEVELS` of --tree, 1 to 30"},
			casesFlag(), asOfFlag(),
			&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "`NUMBER` that the random draws start from"},
			&cli.IntFlag{Name: "trials", Value: 4096, Usage: "`NUMBER` of trials, a power of two from 256 to 16384"},
		}, formatFlags()...),
		Action: func(c *cli.Context) error { return explain(c, s) },
	}
}

func explain(c *cli.Context, s Streams) error {
	format, err := formatOf(c)
	if err != nil {
		return err
	}
	if c.Args().Len() > 2 {
		return usage("want an ID and a file, got %d arguments", c.Args().Len())
	}
	depth := c.Int("depth")
	if depth < 1 || depth > 30 {
		return usage("--depth: want a number of levels from 1 to 30, got %d", depth)
	}
	e, err := newExplainer(c, s, c.Args().Get(1))
	if err != nil {
		return err
	}
	id := c.Args().First()
	if id == "" {
		if c.Bool("tree") {
			return usage("want the ID of a figure for --tree")
		}
		return e.list(s, format)
	}
	if strings.Contains(id, "*") {
		if c.Bool("tree") {
			return usage("want the ID of one figure for --tree, got %s", diag.Quote(id))
		}
		return e.listFitting(s, format, id)
	}
	x, err := e.explain(id)
	if err != nil {
		return err
	}
	if c.Bool("tree") {
		if x.Kind == "case" {
			return usage("want a figure for --tree, got the case %s", x.ID)
		}
		return e.printTree(s, format, quantity.ID(x.ID), depth)
	}
	switch format {
	case asJSON:
		return printJSON(s.Out, x)
	case asCSV:
		return printRecords(s.Out, format, []string{"role", "id", "label", "unit", "value", "central"}, x.records())
	}
	p := text.NewPage(styleOf(s.Out))
	e.tell(p, x)
	_, err = p.WriteTo(s.Out)
	return err
}

// explainer answers questions about the figures of one case: one that was just
// computed, or a stored one.
type explainer struct {
	library  *casestudies.Library
	graph    *quantity.Graph
	results  *results.BusinessCase // of a computed case without its figures
	currency money.Currency
	figure   func(id quantity.ID) (results.Figure, bool)
	unit     func(quantity.Unit) string
	ranking  []casestudies.Ranked
	note     string // what to know of the whole; may be empty
}

func newExplainer(c *cli.Context, s Streams, file string) (*explainer, error) {
	lib, err := library(c, s)
	if err != nil {
		return nil, err
	}
	if strings.EqualFold(filepath.Ext(file), ".json") {
		return storedExplainer(s, file, lib)
	}
	in, err := trialsInput(c, s, file, lib)
	if err != nil {
		return nil, err
	}
	m, err := model.New(in)
	if err != nil {
		return nil, err
	}
	solved := m.Sketch()
	_, cells, err := workbook.Build(solved, workbook.Options{})
	if err != nil {
		return nil, err
	}
	e := &explainer{library: lib, graph: m.Graph(), results: solved.Results, unit: solved.Unit, ranking: m.Ranking()}
	e.figure = func(id quantity.ID) (results.Figure, bool) {
		f, ok := solved.Figure(id)
		f.Cell = cells[string(id)]
		return f, ok
	}
	e.currency = currency(e.results.Currency)
	if file == "" {
		e.note = "the embedded example company"
	}
	return e, nil
}

// trialsInput gathers what the model needs, without what the papers need.
func trialsInput(c *cli.Context, s Streams, file string, lib *casestudies.Library) (model.Input, error) {
	in := model.Input{Library: lib, Seed: c.Uint64("seed"), Trials: c.Int("trials"), Version: Version()}
	if err := checkTrials(in.Trials); err != nil {
		return in, err
	}
	opts, err := intakeOptions(c, lib)
	if err != nil {
		return in, err
	}
	in.Profile, err = readCompany(s, file, opts, lib)
	return in, err
}

// storedExplainer explains figures of a results.json as they stand there. How
// they hang together is read off the model of the company in it.
func storedExplainer(s Streams, file string, lib *casestudies.Library) (*explainer, error) {
	r, err := openResults(s, file)
	if err != nil {
		return nil, err
	}
	m, err := model.New(model.Input{Profile: &r.Company, Library: lib, Seed: r.Seed, Trials: r.Trials, Version: r.Tool.Version})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	e := &explainer{library: lib, graph: m.Graph(), results: r, currency: currency(r.Currency), ranking: m.Ranking(),
		unit: func(u quantity.Unit) string { return strings.Replace(u.String(), "money", r.Currency, 1) },
		note: fmt.Sprintf("as stored, of %s, version %s", r.AsOf, r.Tool.Version)}
	e.figure = func(id quantity.ID) (results.Figure, bool) {
		if f, ok := r.Quantities[string(id)]; ok {
			return f, true
		}
		for _, o := range r.Options {
			if rest, ok := strings.CutPrefix(string(id), "options."+o.ID+"."); ok {
				f, ok := o.Quantities[rest]
				return f, ok
			}
		}
		return results.Figure{}, false
	}
	return e, nil
}

// readResults reads a results.json.
func readResults(file string) (*results.BusinessCase, error) {
	src, err := store.Read(file, results.MaxBytes)
	if err != nil {
		return nil, badInput(err)
	}
	r, err := results.Read(bytes.NewReader(src))
	if list, ok := err.(diag.List); ok {
		for i := range list {
			list[i].Place.File = file
		}
	}
	return r, err
}

// ids returns what can be explained, in the order of the model.
func (e *explainer) ids() []string {
	var out []string
	for _, q := range e.graph.All() {
		if !q.Draw && !strings.Contains(string(q.ID), "@") && !strings.Contains(string(q.ID), ".case.") {
			out = append(out, string(q.ID))
		}
	}
	return out
}

// find returns the quantity that a person means by an ID: an estimate goes by
// the name of its driver, or constant.
func (e *explainer) find(id string) (quantity.Quantity, bool) {
	name := strings.TrimPrefix(id, "estimates.")
	if name == company.EventProbability {
		name = company.EventRate
	}
	for _, try := range []string{id, name, "driver." + name} {
		if q, ok := e.graph.Get(quantity.ID(try)); ok {
			return q, true
		}
	}
	return quantity.Quantity{}, false
}

// unknown is the error about an ID that nothing has.
func (e *explainer) unknown(id string) error {
	ids := e.ids()
	all := slices.Clone(ids)
	for _, k := range e.library.Cases {
		all = append(all, k.ID)
	}
	err := &codeError{code: codeUsage, err: fmt.Errorf("want the ID of a figure, a driver, an input, a check or a case, got %s", diag.Quote(id)),
		hint: "casebuilder explain lists them"}
	var near []string
	if n := diag.Nearest(id, all); n != "" {
		near = append(near, n)
	}
	part := strings.ToLower(id)
	for _, name := range ids {
		last := name[strings.LastIndexByte(name, '.')+1:]
		if len(near) < 5 && len(part) > 2 && !slices.Contains(near, name) && (strings.Contains(name, part) || last == part[strings.LastIndexByte(part, '.')+1:]) {
			near = append(near, name)
		}
	}
	if len(near) > 0 {
		err.hint = "did you mean " + strings.Join(near, ", ") + "?"
	}
	return err
}

// list prints what can be explained.
func (e *explainer) list(s Streams, format string) error {
	var rs []record
	t := text.Table{Columns: []text.Column{{Head: "id", Min: 30}, {Head: "what", Min: 30}, {Head: "unit", Min: 8}}}
	for _, id := range e.ids() {
		q, _ := e.graph.Get(quantity.ID(id))
		unit := e.unit(q.Unit)
		t.Add(id, q.Label, unit)
		rs = append(rs, record{{"id", id}, {"label", q.Label}, {"unit", unit}, {"owner", q.Owner}, {"definition", q.Note}})
	}
	if format != asText {
		return printRecords(s.Out, format, keysOf(rs), rs)
	}
	p := text.NewPage(styleOf(s.Out))
	p.Table(t)
	_, err := p.WriteTo(s.Out)
	return err
}

// listFitting prints the figures whose IDs fit a pattern, with their values.
func (e *explainer) listFitting(s Streams, format, pattern string) error {
	var rs []record
	t := text.Table{Columns: []text.Column{{Head: "id", Whole: true}, {Head: "what", Min: 20, Wrap: true}, {Head: "value", Right: true}, {Head: "exactly", Right: true}, {Head: "90% of the trials", Right: true}}}
	ranges := false
	for _, id := range e.ids() {
		if ok, err := path.Match(pattern, id); err != nil {
			return usage("want an ID, or a pattern such as loss.*, got %s", diag.Quote(pattern))
		} else if !ok {
			continue
		}
		f, ok := e.figure(quantity.ID(id))
		if last := id[strings.LastIndexByte(id, '.')+1:]; !ok || slices.Contains([]string{"p5", "p10", "p50", "p90", "p95", "p99", "stderr"}, last) && !strings.HasSuffix(pattern, last) {
			continue // a percentile stands beside its figure
		}
		between := ""
		if f.P5 != nil && f.P95 != nil {
			ranges = true
			between = money.English.Format(f.Unit, e.currency).Column(*f.P5, *f.P95).Range(*f.P5, *f.P95)
		}
		exactly := f.Text
		if f.Value != nil {
			exactly = worked(*f.Value)
		}
		t.Add(id, f.Label, e.short(f.Unit, f.Value, f.Text), exactly, between)
		rs = append(rs, record{{"id", id}, {"label", f.Label}, {"unit", f.Unit}, {"value", csvNumber(f.Value)}, {"p5", csvNumber(f.P5)}, {"p50", csvNumber(f.P50)}, {"p95", csvNumber(f.P95)}, {"owner", f.Owner}, {"definition", f.Definition}})
	}
	if len(rs) == 0 {
		return e.unknown(pattern)
	}
	if format != asText {
		return printRecords(s.Out, format, keysOf(rs), rs)
	}
	if !ranges {
		t.Columns = t.Columns[:4]
	}
	p := text.NewPage(styleOf(s.Out))
	p.Table(t)
	_, err := p.WriteTo(s.Out)
	return err
}

// checkTrials refuses a number of trials that the draws do not fit.
func checkTrials(n int) error {
	if n < 256 || n > 16384 || n&(n-1) != 0 {
		return usage("--trials: want a power of two from 256 to 16384, got %d", n)
	}
	return nil
}
