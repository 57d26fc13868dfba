package cli

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"casebuilder/casebuilder"
	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/render/text"
	"casebuilder/casebuilder/store"
	"casebuilder/casestudies"
)

func initCommand(s Streams) *cli.Command {
	flags := []cli.Flag{
		&cli.StringFlag{Name: "sector", Value: "retail", Usage: "`SECTOR` whose example values are used"},
		&cli.BoolFlag{Name: "interactive", Aliases: []string{"i"}, Usage: "ask for the twelve numbers that matter, on a terminal"},
		&cli.BoolFlag{Name: "batch", Usage: "write a unit table, .csv or .xlsx, in place of a company file"},
		&cli.BoolFlag{Name: "force", Usage: "overwrite a file that is there"},
	}
	for _, q := range questions {
		if q.flag != "sector" {
			flags = append(flags, &cli.StringFlag{Name: q.flag, Usage: "`" + q.value + "`: " + lowerFirst(strings.TrimSuffix(company.FieldByID(q.id).Help, "."))})
		}
	}
	return &cli.Command{
		Name: "init", Usage: "write a commented company file, or a unit table, to start from", ArgsUsage: "FILE",
		Description: `The file runs as it stands: every field is explained, with its unit and an example value of the sector. With --interactive the twelve numbers that matter are asked for, each with what it means, where one finds it, what is usual and what follows from it; each of them is a flag as well. With --batch the file is a table with a row a business unit.

Example:
  casebuilder init --sector retail --customers 2.4M --revenue 310M company.yaml`,
		Flags:  flags,
		Action: func(c *cli.Context) error { return initFile(c, s) },
	}
}

func initFile(c *cli.Context, s Streams) error {
	if c.Args().Len() != 1 {
		return withHint(usage("want one file to write, got %d", c.Args().Len()), "casebuilder init company.yaml")
	}
	path := c.Args().First()
	dir, name := filepath.Split(path)
	if dir == "" {
		dir = "."
	}
	if name == "" {
		return usage("want a file to write, got the folder %s", diag.Quote(path))
	}
	if err := keepFiles(dir, []store.File{{Name: name}}, c.Bool("force")); err != nil {
		return err
	}
	if c.Bool("batch") {
		if c.Bool("interactive") {
			return usage("want --interactive or --batch, got both")
		}
		for _, q := range questions {
			if c.IsSet(q.flag) {
				return withHint(usage("want --batch without --%s, got both", q.flag), "the table has a column for it, and a row a unit")
			}
		}
		return initBatch(s, dir, name)
	}
	if ext := strings.ToLower(filepath.Ext(name)); ext == ".csv" || ext == ".xlsx" {
		return withHint(usage("want a company file, .yaml, got %s", diag.Quote(name)), "--batch writes a unit table")
	}
	answers, err := flagAnswers(c)
	if err != nil {
		return err
	}
	if c.Bool("interactive") {
		if !terminal(s.In) || !terminal(s.Err) {
			return withHint(usage("want a terminal to ask on, got none"), "give the answers as flags: casebuilder init --help lists them")
		}
		if answers, err = ask(s.In, s.Err, styleOf(s.Err), answers); err != nil {
			return err
		}
	}
	src, err := starter(answers)
	if err != nil {
		return err
	}
	if err := store.Write(dir, store.File{Name: name, Data: src}); err != nil {
		return failed(err)
	}
	file := text.Clean(path)
	fmt.Fprintf(s.Out, "wrote %s\n\nNext:\n  put your own numbers, and at the end your own options, in place of the examples\n  casebuilder check %s\n  casebuilder build %s -o out\n", file, file, file)
	return nil
}

// flagAnswers reads the answers that stand on the command line, by the ID of
// their field. Each is checked by itself.
func flagAnswers(c *cli.Context) (map[string]string, error) {
	answers := map[string]string{}
	for _, q := range questions {
		v := strings.TrimSpace(c.String(q.flag))
		if v == "" && !c.IsSet(q.flag) {
			continue
		}
		clean, problem := q.read(v)
		if problem != nil {
			return nil, withHint(usage("--%s: want %s, got %s", q.flag, problem.Want, problem.Got), problem.Hint)
		}
		answers[q.id] = clean
	}
	return answers, nil
}

// starter returns a company file that runs as it stands: the answers, and for
// the rest example values of the sector, brought to the size and the currency
// of the answers.
func starter(answers map[string]string) ([]byte, error) {
	sector := answers["company.sector"]
	example := intake.Example(sector)
	if example == nil {
		_, err := intake.Starter(sector, nil)
		return nil, err
	}
	rate, err := exampleRate(answers["company.currency"])
	if err != nil {
		return nil, err
	}
	all := maps.Clone(answers)
	delete(all, "company.sector")
	for _, id := range slices.Sorted(maps.Keys(example)) {
		f := company.FieldByID(id)
		if _, given := answers[id]; given || f == nil || f.Kind != company.Quantity {
			continue
		}
		v, _, ok := f.Read(example[id])
		if !ok {
			continue
		}
		scaled := v * sizeOf(id, f.Unit, answers, example, rate)
		if scaled != v {
			all[id] = plainAmount(scaled)
		}
	}
	src, err := intake.Starter(sector, all)
	if err != nil {
		return nil, err
	}
	if src, err = convertCosts(src, rate); err != nil {
		return nil, err
	}
	lib, err := casestudies.Embedded()
	if err != nil {
		return nil, err
	}
	opts, err := startOptions(lib)
	if err != nil {
		return nil, err
	}
	if _, _, err := intake.Company("company.yaml", src, opts); err != nil {
		return nil, inAnswers(err)
	}
	return src, nil
}

// sizeOf is by how much an example value is multiplied to fit the answers:
// what is paid for a customer by the revenue per customer, people by people,
// amounts a year and appetite by revenue, other amounts by the rate of
// exchange.
func sizeOf(id, unit string, answers, example map[string]string, rate float64) float64 {
	ratio := func(of string, otherwise float64) float64 {
		f := company.FieldByID(of)
		a, _, okA := f.Read(answers[of])
		e, _, okE := f.Read(example[of])
		if !okA || !okE || a <= 0 || e <= 0 {
			return otherwise
		}
		return a / e
	}
	switch {
	case unit == "people", unit == "customers/yr", id == "staffing.contact_agents":
		return ratio("customers.active", 1)
	case id == "economics.revenue":
		return rate * ratio("customers.active", 1)
	case id == "staffing.employees":
		return ratio("staffing.head_office", 1)
	case id == "customers.acquisition_cost":
		return ratio("economics.revenue", rate) / ratio("customers.active", 1)
	case unit == "money/yr", strings.HasPrefix(id, "appetite."):
		return ratio("economics.revenue", rate)
	case strings.HasPrefix(unit, "money"):
		return rate
	}
	return 1
}

// plainAmount writes a number with two figures: 310000000 is 310M.
func plainAmount(v float64) string {
	return strings.NewReplacer("m", "M", ",", "").Replace(money.English.Amount(v, money.Currency{}))
}

// exampleRate is how many units of a currency one unit of the examples'
// currency is. "" is that currency itself.
func exampleRate(code string) (float64, error) {
	const of = "GBP"
	if code == "" || code == of {
		return 1, nil
	}
	rates, err := casestudies.LoadRates()
	if err != nil {
		return 0, err
	}
	_, year, _ := rates.Years()
	from, err := rates.PerUSD(of, year)
	if err != nil {
		return 0, err
	}
	to, err := rates.PerUSD(code, year)
	var none *casestudies.NoRateError
	if errors.As(err, &none) {
		return 0, withHint(usage("--currency: want a currency with a published rate of exchange, got %s", diag.Quote(code)),
			"known are "+strings.Join(rates.Currencies(), ", ")+"; for another one start with one of these, then change currency and give per_usd in the file")
	} else if err != nil {
		return 0, err
	}
	return to.PerUSD / from.PerUSD, nil
}

// convertCosts brings the costs of the example options to a currency.
func convertCosts(src []byte, rate float64) ([]byte, error) {
	if rate == 1 {
		return src, nil
	}
	lib, err := casestudies.Embedded()
	if err != nil {
		return nil, err
	}
	opts, err := startOptions(lib)
	if err != nil {
		return nil, err
	}
	p, _, err := intake.Company("company.yaml", src, opts)
	if err != nil {
		return nil, inAnswers(err)
	}
	for _, e := range company.Flatten(p) {
		if !strings.HasPrefix(e.ID, "options.") || !strings.HasPrefix(e.Unit, "money") || e.Number == 0 || e.Default {
			continue
		}
		if src, err = intake.SetValue(src, e.ID, plainAmount(e.Number*rate), ""); err != nil {
			return nil, err
		}
	}
	return src, nil
}

func startOptions(lib *casestudies.Library) (intake.Options, error) {
	rules, err := casebuilder.Rules(lib)
	return intake.Options{Today: today(), Rules: rules}, err
}

// inAnswers takes the places out of problems of a file that is not written: the
// reader knows their fields alone.
func inAnswers(err error) error {
	if list, ok := err.(diag.List); ok {
		for i := range list {
			list[i].Place = diag.Place{File: "the answers"}
		}
	}
	return err
}
