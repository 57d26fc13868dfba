package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/render/text"
	"casebuilder/casebuilder/store"
	"casebuilder/casestudies"
)

// maxCaseFile is the largest case file that is read.
const maxCaseFile = 1 << 20

func casesCheck(c *cli.Context, s Streams) error {
	format, err := formatOf(c)
	if err != nil {
		return err
	}
	if !c.Args().Present() {
		lib, err := library(c, s)
		if err != nil {
			return err
		}
		return printQuality(s, format, lib)
	}
	lib, err := library(c, s)
	if err != nil {
		return err
	}
	var own []*casestudies.Case
	var problems, warnings diag.List
	for _, path := range c.Args().Slice() {
		cases, warn, wrong, err := readCases(path)
		if err != nil {
			return err
		}
		own, problems, warnings = append(own, cases...), append(problems, wrong...), append(warnings, warn...)
	}
	if _, err := lib.With(own); err != nil {
		if list, ok := err.(diag.List); ok {
			problems = append(problems, list...)
		} else {
			return err
		}
	}
	if err := printFindings(s, format, problems, warnings); err != nil {
		return err
	}
	if len(problems) > 0 {
		return &codeError{code: codeInput, err: fmt.Errorf("%s in the case files", count(len(problems), "problem", "problems"))}
	}
	if format == asText {
		fmt.Fprintf(s.Out, "%s: no problems\n", count(len(own), "case", "cases"))
	}
	return nil
}

// readCases reads a case file, or the case files of a folder.
func readCases(path string) (cases []*casestudies.Case, warnings, problems diag.List, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, nil, nil, badInput(err)
	}
	if info.IsDir() {
		cases, warnings, problems = casestudies.ReadCases(os.DirFS(path), filepath.ToSlash(path))
		return cases, warnings, problems, nil
	}
	data, err := store.Read(path, maxCaseFile)
	if err != nil {
		return nil, nil, nil, badInput(err)
	}
	cases, warnings, problems = casestudies.ReadCaseFile(path, data)
	return cases, warnings, problems, nil
}

// printFindings prints problems and warnings: as text on standard error, and
// for other programs on standard output.
func printFindings(s Streams, format string, problems, warnings diag.List) error {
	if format == asText {
		printWarnings(s.Err, warnings)
		for _, p := range problems {
			fmt.Fprintln(s.Err, p.Error())
		}
		return nil
	}
	var rs []record
	for _, p := range problems {
		rs = append(rs, findingRecord("problem", p))
	}
	for _, w := range warnings {
		rs = append(rs, findingRecord("warning", w))
	}
	return printRecords(s.Out, format, keysOf([]record{findingRecord("", diag.Problem{})}), rs)
}

func findingRecord(kind string, p diag.Problem) record {
	return record{{"kind", kind}, {"file", p.Place.File}, {"sheet", p.Place.Sheet}, {"cell", p.Place.Cell}, {"line", p.Place.Line}, {"column", p.Place.Col},
		{"field", p.Field}, {"want", p.Want}, {"got", p.Got}, {"hint", p.Hint}}
}

// printQuality reports how well founded a library is.
func printQuality(s Streams, format string, lib *casestudies.Library) error {
	q := lib.Quality()
	switch format {
	case asJSON:
		return printJSON(s.Out, qualityRecord(q))
	case asCSV:
		rs := []record{}
		add := func(part, name, what string, n any) {
			rs = append(rs, record{{"part", part}, {"name", name}, {"what", what}, {"number", n}})
		}
		add("figures", "reported", "figures", q.Reported.Figures)
		add("figures", "reported", "primary-sourced", q.Reported.Primary)
		add("figures", "model", "figures", q.Model.Figures)
		add("figures", "model", "primary-sourced", q.Model.Primary)
		for _, k := range q.Sources {
			add("sources", k.Kind, "publications", k.Sources)
			add("sources", k.Kind, "figures", k.Figures)
		}
		for _, w := range q.Weak {
			add("weak", w.ID, w.Why, w.Figures)
		}
		for _, g := range q.Missing {
			add("missing", g.Field, strings.Join(g.Cases, "; "), len(g.Cases))
		}
		return printRecords(s.Out, format, keysOf(rs), rs)
	}
	p := text.NewPage(styleOf(s.Out))
	p.Heading(fmt.Sprintf("The case library: %d cases", q.Cases))
	share := func(what string, t casestudies.Tally) {
		p.Para(fmt.Sprintf("%s of %s %s (%s) come from a filing, the company itself, a regulator or a court.",
			money.English.Count(float64(t.Primary)), money.English.Count(float64(t.Figures)), what, money.English.Share(t.Share())))
	}
	share("figures as reported", q.Reported)
	share("figures that the model uses", q.Model)
	p.Heading("Publications")
	t := text.Table{Columns: []text.Column{{Head: "kind"}, {Head: "publications", Right: true}, {Head: "reported figures", Right: true}}}
	for _, k := range q.Sources {
		t.Add(k.Kind, strconv.Itoa(k.Sources), strconv.Itoa(k.Figures))
	}
	p.Table(t)
	if len(q.Weak) > 0 {
		p.Heading(count(len(q.Weak), "case that rests", "cases that rest") + " on weak sources")
		t = text.Table{Columns: []text.Column{{Head: "case", Whole: true}, {Head: "figures", Right: true}, {Head: "why", Min: 30, Wrap: true}}}
		for _, w := range q.Weak {
			t.Add(w.ID, strconv.Itoa(w.Figures), w.Why)
		}
		p.Table(t)
	}
	if len(q.Missing) > 0 {
		p.Heading("Fields that are not known")
		t = text.Table{Columns: []text.Column{{Head: "field"}, {Head: "cases", Right: true}, {Head: "such as", Min: 30}}}
		for _, g := range q.Missing {
			t.Add(g.Field, strconv.Itoa(len(g.Cases)), strings.Join(g.Cases, ", "))
		}
		p.Table(t)
	}
	_, err := p.WriteTo(s.Out)
	return err
}

func qualityRecord(q casestudies.Quality) record {
	tally := func(t casestudies.Tally) record {
		return record{{"figures", t.Figures}, {"primary", t.Primary}, {"share", t.Share()}}
	}
	sources, weak, missing := []record{}, []record{}, []record{}
	for _, k := range q.Sources {
		sources = append(sources, record{{"kind", k.Kind}, {"publications", k.Sources}, {"figures", k.Figures}})
	}
	for _, w := range q.Weak {
		weak = append(weak, record{{"id", w.ID}, {"figures", w.Figures}, {"why", w.Why}})
	}
	for _, g := range q.Missing {
		missing = append(missing, record{{"field", g.Field}, {"cases", g.Cases}})
	}
	return record{{"cases", q.Cases}, {"reported", tally(q.Reported)}, {"model", tally(q.Model)}, {"sources", sources}, {"weak", weak}, {"missing", missing}}
}
