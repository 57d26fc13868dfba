package cli

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/render/text"
	"casebuilder/casestudies"
)

func casesFlag() cli.Flag {
	return &cli.StringFlag{Name: "cases", Usage: "`DIR` of own cases that join the library"}
}

func casesCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "cases", Usage: "browse the case library, compare it with a company, check and import cases",
		Subcommands: []*cli.Command{
			{
				Name: "list", Usage: "list the cases, the latest first", ArgsUsage: " ",
				Description: "Filters narrow the list; a case has to pass all of them.\n\nExample:\n  casebuilder cases list --sector retail --has-cost",
				Flags:       append(filterFlags(), formatFlags()...),
				Action: func(c *cli.Context) error {
					if c.Args().Present() {
						return withHint(usage("want no files or words, got %s", diag.Quote(c.Args().First())), "casebuilder cases search finds words")
					}
					return casesList(c, s)
				},
			},
			{
				Name: "show", Usage: "tell the story of a case, with its sources", ArgsUsage: "ID...",
				Description: "Example:\n  casebuilder cases show zappos-2012",
				Flags:       append([]cli.Flag{casesFlag()}, formatFlags()...),
				Action:      func(c *cli.Context) error { return casesShow(c, s) },
			},
			{
				Name: "search", Usage: "find cases by words, the best match first", ArgsUsage: "WORD...",
				Description: "A case has to hold all the words, in any order and letter case.\n\nExample:\n  casebuilder cases search phones staff --sector retail",
				Flags:       append(filterFlags(), formatFlags()...),
				Action: func(c *cli.Context) error {
					if !c.Args().Present() {
						return usage("want at least one word to look for")
					}
					return casesList(c, s)
				},
			},
			{
				Name: "compare", Usage: "rank the cases by how much they are like a company, and say why", ArgsUsage: "FILE",
				Description: "FILE is a company file. The weight is the product of sector, positioning, kinds of data and size; what a case says about a driver of the model counts with it.\n\nExample:\n  casebuilder cases compare company.yaml --top 10",
				Flags: append([]cli.Flag{casesFlag(), asOfFlag(),
					&cli.IntFlag{Name: "top", Usage: "`NUMBER` of cases to print; all of them where it is left out"}}, formatFlags()...),
				Action: func(c *cli.Context) error { return casesCompare(c, s) },
			},
			{
				Name: "check", Usage: "check own case files; without a file, report the quality of the library", ArgsUsage: "[FILE|DIR...]",
				Description: "Case files are YAML or JSON, a case or a list of cases a file. Every problem is printed with its place.\n\nExample:\n  casebuilder cases check",
				Flags:       append([]cli.Flag{casesFlag()}, formatFlags()...),
				Action:      func(c *cli.Context) error { return casesCheck(c, s) },
			},
			{
				Name: "import", Usage: "turn incident records of another format into draft case files", ArgsUsage: "veris PATH... -o DIR",
				Description: "Takes VERIS 1.3 and 1.4 records in JSON: files, folders, arrays. Nothing is invented: a record without an impact has no cost. The report says what was mapped, dropped and odd, and names each record that was not taken, with the reason.\n\nExample:\n  casebuilder cases import veris records -o drafts",
				Flags: append([]cli.Flag{
					&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "`DIR` for the drafts"},
					&cli.BoolFlag{Name: "force", Usage: "overwrite drafts that are there"}}, formatFlags()...),
				Action: func(c *cli.Context) error { return casesImport(c, s) },
			},
		},
	}
}

func asOfFlag() cli.Flag {
	return &cli.StringFlag{Name: "as-of", Usage: "`DATE` of the case, such as 2026-12-31"}
}

func filterFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "sector", Usage: "`SECTOR`, such as retail"},
		&cli.StringFlag{Name: "year", Usage: "`YEAR` of disclosure, or a range: 2012, 2010-2015, 2020-"},
		&cli.StringFlag{Name: "data", Usage: "`KIND` of data exposed, such as health or payment_card_full"},
		&cli.StringFlag{Name: "theme", Usage: "`THEME`, such as premium_brand or contact_surge"},
		&cli.StringFlag{Name: "country", Usage: "`CODE` of two letters, such as GB"},
		&cli.StringFlag{Name: "kind", Usage: "`KIND` of case: data_breach, outage_only or both"},
		&cli.BoolFlag{Name: "has-cost", Usage: "only cases with a disclosed direct cost"},
		&cli.BoolFlag{Name: "reacted", Usage: "only cases whose customers measurably reacted"},
		&cli.BoolFlag{Name: "not-reacted", Usage: "only cases where someone looked and saw no reaction"},
		casesFlag(),
	}
}

// filterOf reads the flags of filterFlags.
func filterOf(c *cli.Context) (casestudies.Filter, error) {
	f := casestudies.Filter{Sector: c.String("sector"), DataType: c.String("data"), Theme: c.String("theme"), Country: c.String("country"),
		Kind: c.String("kind"), HasCost: c.Bool("has-cost"), Words: strings.Join(c.Args().Slice(), " ")}
	switch {
	case c.Bool("reacted") && c.Bool("not-reacted"):
		return f, usage("want --reacted or --not-reacted, got both")
	case c.Bool("reacted"):
		f.Reaction = casestudies.Reacted
	case c.Bool("not-reacted"):
		f.Reaction = casestudies.NotReacted
	}
	if y := c.String("year"); y != "" {
		from, to, isRange := strings.Cut(y, "-")
		if !isRange {
			to = from
		}
		var ok bool
		if f.From, ok = yearOf(from); !ok {
			return f, badYear(y)
		}
		if f.To, ok = yearOf(to); !ok || f.From == 0 && f.To == 0 || f.To > 0 && f.To < f.From {
			return f, badYear(y)
		}
	}
	return f, nil
}

// yearOf reads a year; "" is an open end.
func yearOf(s string) (year int, ok bool) {
	if s == "" {
		return 0, true
	}
	year, err := strconv.Atoi(s)
	return year, err == nil && year >= 1900 && year <= 2100
}

func badYear(s string) error {
	return usage("--year: want a year or a range of years, such as 2012, 2010-2015 or 2020-, got %s", diag.Quote(s))
}

func casesList(c *cli.Context, s Streams) error {
	format, err := formatOf(c)
	if err != nil {
		return err
	}
	filter, err := filterOf(c)
	if err != nil {
		return err
	}
	lib, err := library(c, s)
	if err != nil {
		return err
	}
	hits, err := lib.Search(filter)
	if err != nil {
		return wrongWord(err)
	}
	if len(hits) == 0 {
		fmt.Fprintln(s.Err, "no case fits all of these")
	}
	if format != asText {
		rs := make([]record, len(hits))
		for i, h := range hits {
			rs[i] = append(caseRecord(h.Case), field{"found_in", orEmpty(h.In)})
		}
		return printRecords(s.Out, format, keysOf([]record{append(caseRecord(&casestudies.Case{}), field{"found_in", nil})}), rs)
	}
	if len(hits) == 0 {
		return nil
	}
	t := text.Table{Columns: []text.Column{{Head: "case", Whole: true}, {Head: "sector"}, {Head: "people", Right: true},
		{Head: "cost", Right: true}, {Head: "effect"}, {Head: "what happened", Min: 20}}}
	for _, h := range hits {
		k := h.Case
		t.Add(k.ID, k.Sector, peopleText(k), costText(k), effectText(k), k.Headline())
	}
	p := text.NewPage(styleOf(s.Out))
	p.Table(t)
	p.WriteTo(s.Out)
	if terminal(s.Out) {
		note := text.NewPage(styleOf(s.Err))
		note.Indented(0, text.Faint, count(len(hits), "case", "cases")+". Cost: direct, as disclosed; ≥ where it is a floor. Effect: whether customers measurably reacted.")
		fmt.Fprintln(s.Err)
		note.WriteTo(s.Err)
	}
	return nil
}

// wrongWord is an error about a word on the command line that no case uses.
func wrongWord(err error) error {
	var sector *casestudies.NoComparableError
	var word *casestudies.UnknownWordError
	if errors.As(err, &sector) || errors.As(err, &word) {
		return &codeError{code: codeUsage, err: err}
	}
	return err
}

func peopleText(k *casestudies.Case) string {
	if k.Model.People == nil {
		return ""
	}
	return money.English.Amount(k.Model.People.Value, money.Currency{})
}

// costText is the disclosed direct cost; ≥ marks a floor.
func costText(k *casestudies.Case) string {
	d := k.Model.DirectCost
	if d == nil {
		return ""
	}
	s := money.English.Amount(d.Amount, currency(d.Currency))
	if !d.Complete {
		s = "≥" + s
	}
	return s
}

// currency returns a currency by its code, one without a symbol where the code
// is not known.
func currency(code string) money.Currency {
	if c, ok := money.LookUp(code); ok {
		return c
	}
	return money.Currency{Code: code}
}

func effectText(k *casestudies.Case) string {
	return map[casestudies.Seen]string{casestudies.Reacted: "seen", casestudies.NotReacted: "none"}[casestudies.SeenOf(k)]
}

// caseRecord is a case in a line, for other programs.
func caseRecord(k *casestudies.Case) record {
	var year, people, cost, costCurrency, costYear, complete, reacted, closed, days any
	if y := k.Year(); y > 0 {
		year = y
	}
	m := &k.Model
	if m.People != nil {
		people = m.People.Value
	}
	if d := m.DirectCost; d != nil {
		cost, costCurrency, costYear, complete = d.Amount, d.Currency, d.Year, d.Complete
	}
	if m.Reaction.Seen != nil {
		reacted = *m.Reaction.Seen
	}
	if m.Closure.Closed != nil {
		closed = *m.Closure.Closed
	}
	if m.Closure.Days != nil {
		days = *m.Closure.Days
	}
	return record{{"id", k.ID}, {"organisation", k.Organisation}, {"disclosed", k.Disclosed}, {"year", year}, {"sector", k.Sector},
		{"country", k.Country}, {"positioning", k.Positioning}, {"attack", k.Attack}, {"kind", m.Kind}, {"people", people},
		{"direct_cost", cost}, {"currency", costCurrency}, {"cost_year", costYear}, {"cost_complete", complete},
		{"customers_reacted", reacted}, {"closed", closed}, {"closed_days", days}, {"data_types", orEmpty(k.DataTypes)},
		{"themes", orEmpty(m.Replay.Themes)}, {"headline", k.Headline()}}
}

func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func casesCompare(c *cli.Context, s Streams) error {
	format, err := formatOf(c)
	if err != nil {
		return err
	}
	if c.Args().Len() != 1 {
		return usage("want one company file, got %d", c.Args().Len())
	}
	top := c.Int("top")
	if c.IsSet("top") && top < 1 {
		return usage("--top: want a number of cases, 1 or more, got %d", top)
	}
	lib, err := library(c, s)
	if err != nil {
		return err
	}
	opts, err := intakeOptions(c, lib)
	if err != nil {
		return err
	}
	p, err := readCompany(s, c.Args().First(), opts, lib)
	if err != nil {
		return err
	}
	m, err := model.New(model.Input{Profile: p, Library: lib, Seed: 1, Trials: 256})
	if err != nil {
		return err
	}
	ranked := m.Ranking()
	if top > 0 {
		ranked = ranked[:min(top, len(ranked))]
	}
	if format != asText {
		var rs []record
		for i, r := range ranked {
			w := r.Weights
			rs = append(rs, record{{"rank", i + 1}, {"id", r.Case.ID}, {"organisation", r.Case.Organisation}, {"sector", r.Case.Sector},
				{"positioning", r.Case.Positioning}, {"year", r.Case.Year()}, {"weight", w.Total()}, {"sector_factor", w.Sector},
				{"positioning_factor", w.Positioning}, {"data_factor", w.Data}, {"size_factor", w.Size}, {"why", w.Why}, {"headline", r.Case.Headline()}})
		}
		return printRecords(s.Out, format, keysOf(rs), rs)
	}
	t := text.Table{Columns: []text.Column{{Head: "", Right: true}, {Head: "case", Whole: true}, {Head: "weight", Right: true}, {Head: "sector", Min: 12},
		{Head: "positioning", Min: 12}, {Head: "data", Min: 8}, {Head: "people", Min: 8}}}
	times := func(what string, factor float64) string {
		if factor == 1 {
			return cmp.Or(what, "?")
		}
		return fmt.Sprintf("%s ×%.2g", cmp.Or(what, "?"), factor)
	}
	for i, r := range ranked {
		w := r.Weights
		t.Add(strconv.Itoa(i+1), r.Case.ID, fmt.Sprintf("%.2f", w.Total()), times(r.Case.Sector, w.Sector), times(r.Case.Positioning, w.Positioning),
			times(sharedData(w.Why), w.Data), times(peopleText(r.Case), w.Size))
	}
	page := text.NewPage(styleOf(s.Out))
	page.Para(fmt.Sprintf("%s, %s: %s, %s, %s people on file, %d kinds of data", p.Company.Name, p.Company.Unit, p.Company.Sector, p.Company.Positioning,
		money.English.Amount(p.Customers.OnFile.Value, money.Currency{}), len(p.Customers.DataHeld)))
	page.Gap()
	page.Table(t)
	page.Gap()
	page.Indented(0, text.Faint, "The weight is the product of the factors: another sector × 0.5, another or unknown positioning (?) × 0.7, kinds of data shared out of all that either has, and how near the numbers of people are; unknown × 0.5. The factors are a judgement.")
	page.WriteTo(s.Out)
	return nil
}

// sharedData returns "4 of 9" out of the phrase that says how many kinds of
// data are shared.
func sharedData(why []string) string {
	i := slices.IndexFunc(why, func(s string) bool { return strings.Contains(s, " kinds of data shared") })
	if i < 0 {
		return ""
	}
	shared, _, _ := strings.Cut(why[i], " kinds of data shared")
	return shared
}
