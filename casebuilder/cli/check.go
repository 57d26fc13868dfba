package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/render/text"
	"casebuilder/casebuilder/render/xlsx"
	"casebuilder/casebuilder/store"
	"casebuilder/casebuilder/workbook"
	"casebuilder/casestudies"
)

func checkCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "check", Usage: "say all that is wrong with company files, and what follows from them", ArgsUsage: "FILE...",
		Description: `FILE is a company file (.yaml), a reviewed workbook, a unit table (.csv or .xlsx), or a folder of company files. Every problem is printed with its place: file, line and column, or row and column. For what is right the derived figures are shown that a person would check it by.

Example:
  casebuilder check company.yaml`,
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "defaults", Usage: "`FILE` whose values fill what the units of a table or folder leave out"},
			casesFlag(), asOfFlag(),
		}, formatFlags()...),
		Action: func(c *cli.Context) error { return check(c, s) },
	}
}

// checked is one company or unit that was looked at.
type checked struct {
	place    diag.Place
	profile  *company.Profile // nil where there are problems
	derived  []company.Derived
	currency money.Currency
}

// checkup collects what a check finds.
type checkup struct {
	s        Streams
	opts     intake.Options
	rates    *casestudies.Rates
	library  *casestudies.Library
	found    []checked
	problems diag.List
	warnings diag.List
	table    bool // some of it was a table or a folder
}

func check(c *cli.Context, s Streams) error {
	format, err := formatOf(c)
	if err != nil {
		return err
	}
	if !c.Args().Present() {
		return withHint(usage("want at least one file"), "casebuilder init company.yaml writes one")
	}
	lib, err := library(c, s)
	if err != nil {
		return err
	}
	k := &checkup{s: s, library: lib}
	if k.opts, err = intakeOptions(c, lib); err != nil {
		return err
	}
	if k.rates, err = casestudies.LoadRates(); err != nil {
		return err
	}
	if file := c.String("defaults"); file != "" {
		if err := k.defaults(file); err != nil {
			return err
		}
	}
	for _, path := range c.Args().Slice() {
		err := k.path(path)
		var coded *codeError
		var large *store.TooLargeError
		if errors.As(err, &large) {
			k.problems.Add(diag.Problem{Place: diag.Place{File: path}, Want: fmt.Sprintf("a file of at most %d MB", large.Limit>>20), Got: "a larger one"})
		} else if errors.As(err, &coded) && coded.code == codeInput { // said with the rest
			k.problems.Add(diag.Problem{Place: diag.Place{File: path}, Want: "a file that can be read", Got: diag.Printable(reason(coded.err).Error())})
		} else if err != nil {
			return err
		}
	}
	if format == asText {
		k.tell()
	}
	if err := k.findings(format); err != nil {
		return err
	}
	if n := len(k.problems); n > 0 {
		return &codeError{code: codeInput, err: fmt.Errorf("%s in the inputs", count(n, "problem", "problems"))}
	}
	return nil
}

// defaults reads the file that fills what units leave out.
func (k *checkup) defaults(file string) error {
	src, err := store.Read(file, maxCompany)
	if err != nil {
		return badInput(err)
	}
	d, warnings, err := intake.ReadDefaults(file, src, k.opts)
	k.warnings = append(k.warnings, warnings...)
	if err := k.keep(err); err != nil {
		return err
	}
	k.opts.Defaults = d
	return nil
}

// keep collects problems, and returns what is none.
func (k *checkup) keep(err error) error {
	var list diag.List
	if errors.As(err, &list) {
		k.problems = append(k.problems, list...)
		return nil
	}
	return err
}

// path checks a file or a folder.
func (k *checkup) path(path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return badInput(err)
	}
	if info.IsDir() {
		units, err := intake.UnitsFolder(filepath.ToSlash(path), os.DirFS(path), k.opts)
		return k.units(units, err)
	}
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv":
		src, err := store.Read(path, intake.MaxTable)
		if err != nil {
			return badInput(err)
		}
		units, err := intake.UnitsCSV(path, src, k.opts)
		return k.units(units, err)
	case ".xlsx":
		src, err := store.Read(path, maxBook)
		if err != nil {
			return badInput(err)
		}
		if !isWorkbook(path, src) {
			units, err := intake.UnitsXLSX(path, src, k.opts)
			return k.units(units, err)
		}
	}
	p, warnings, err := readProfile(path, k.opts, k.library)
	k.warnings = append(k.warnings, warnings...)
	if err != nil {
		return k.keep(err)
	}
	k.add(diag.Place{File: path}, p)
	return nil
}

// isWorkbook reports whether a workbook has the sheets of a case; else it is a
// unit table.
func isWorkbook(name string, src []byte) bool {
	f, err := xlsx.Open(bytes.NewReader(src), int64(len(src)), xlsx.ReadOptions{Name: name})
	return err == nil && workbook.IsReturned(f)
}

// units checks the units of a table or a folder.
func (k *checkup) units(units *intake.Units, err error) error {
	k.table = true
	if err != nil {
		return k.keep(err)
	}
	for i := range units.Len() {
		u := units.Unit(i)
		k.problems, k.warnings = append(k.problems, u.Problems...), append(k.warnings, u.Warnings...)
		if u.Profile != nil {
			k.add(u.Place, u.Profile)
		}
	}
	return nil
}

// add keeps a profile without problems, with its derived figures.
func (k *checkup) add(place diag.Place, p *company.Profile) {
	usd := p.Company.PerUSD.Value
	if !p.Company.PerUSD.Set {
		if r, err := k.rates.PerUSD(p.Company.Currency, p.Company.AsOf.Year()); err == nil {
			usd = r.PerUSD
		}
	}
	k.found = append(k.found, checked{place: place, profile: p, derived: company.Sanity(p, usd), currency: currency(p.Company.Currency)})
}

// tell prints the derived figures: all of them for company files, those that
// look odd for the units of a table.
func (k *checkup) tell() {
	p := text.NewPage(styleOf(k.s.Out))
	for _, c := range k.found {
		p.Gap()
		p.Para(fmt.Sprintf("%s: %s, %s: no problems", c.place, c.profile.Company.Name, c.profile.Company.Unit))
		t := text.Table{NoHead: true, Columns: []text.Column{{}, {}, {Right: true}, {Min: 20, Wrap: true}}}
		for _, d := range c.derived {
			f := money.English.Format(d.Unit, c.currency)
			usual, tone := "", text.Faint
			if d.Low < d.High {
				usual = "usual: " + usualText(f, d.Low, d.High)
			}
			if d.Outside() {
				usual, tone = "! "+usual, text.Warn
				if _, advice, ok := strings.Cut(d.Note, ": "); ok {
					usual += "; " + advice
				}
			}
			if k.table && !d.Outside() {
				continue
			}
			t.Rows = append(t.Rows, []text.Cell{{}, {Text: d.Label}, {Text: f.Text(d.Value)}, {Text: usual, Tone: tone}})
		}
		p.Table(t)
	}
	p.WriteTo(k.s.Out)
}

// findings prints problems and warnings; for other programs with the derived
// figures.
func (k *checkup) findings(format string) error {
	if format != asJSON {
		return printFindings(k.s, format, k.problems, k.warnings)
	}
	problems, warnings, files := []record{}, []record{}, []record{}
	for _, p := range k.problems {
		problems = append(problems, findingRecord("problem", p))
	}
	for _, w := range k.warnings {
		warnings = append(warnings, findingRecord("warning", w))
	}
	for _, c := range k.found {
		derived := []record{}
		for _, d := range c.derived {
			derived = append(derived, record{{"id", d.ID}, {"label", d.Label}, {"unit", strings.Replace(d.Unit, "money", c.profile.Company.Currency, 1)}, {"value", d.Value},
				{"usual_low", d.Low}, {"usual_high", d.High}, {"outside", d.Outside()}})
		}
		files = append(files, record{{"place", c.place.String()}, {"company", c.profile.Company.Name}, {"unit", c.profile.Company.Unit}, {"derived", derived}})
	}
	return printJSON(k.s.Out, record{{"ok", len(k.problems) == 0}, {"problems", problems}, {"warnings", warnings}, {"companies", files}})
}
