package pitch_test

import (
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strconv"
	"sync"
	"testing"

	"casebuilder/casebuilder"
	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/pitch"
	"casebuilder/casebuilder/render/pdf"
	"casebuilder/casebuilder/results"
	"casebuilder/casestudies"
	"casebuilder/templates"
)

// examples are the companies that the program carries, with what their papers
// come to.
var examples = []struct{ name, verdict string }{
	{"premium-retailer", "favourable"}, {"clinic-group", "favourable"}, {"mobile-operator", "neutral"}, {"value-retailer", "unfavourable"},
}

var library = sync.OnceValues(casestudies.Embedded)

// solve computes the results of a company file.
func solve(t testing.TB, src string, trials int) *results.BusinessCase {
	t.Helper()
	lib, err := library()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := casebuilder.Rules(lib)
	if err != nil {
		t.Fatal(err)
	}
	p, _, err := intake.Company("company.yaml", []byte(src), intake.Options{Today: company.NewDate(2026, 12, 31), Rules: rules})
	if err != nil {
		t.Fatalf("%v\n%.400s", err, src)
	}
	c, err := casebuilder.Solve(casebuilder.Input{Profile: p, Library: lib, Seed: 1, Trials: trials, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	r := c.Results
	// The workbook would say where each figure stands: as wide as it gets.
	place := func(figures map[string]results.Figure) {
		for id, f := range figures {
			f.Cell = "Estimates!L99"
			figures[id] = f
		}
	}
	place(r.Quantities)
	for _, o := range r.Options {
		place(o.Quantities)
	}
	return r
}

// once remembers what was computed for a key.
var once sync.Map

// example returns the results of one of the embedded companies. They are
// shared: no test may change them.
func example(t testing.TB, name string) *results.BusinessCase {
	t.Helper()
	f, _ := once.LoadOrStore(name, sync.OnceValue(func() *results.BusinessCase {
		src, err := fs.ReadFile(templates.Examples, "examples/"+name+".yaml")
		if err != nil {
			t.Fatal(err)
		}
		return solve(t, string(src), 4096)
	}))
	return f.(func() *results.BusinessCase)()
}

// paper is one way to draw a case.
type paper struct {
	profile, lang string
	size          page.Paper
}

func (p paper) String() string { return fmt.Sprintf("%s %s %s", p.profile, p.lang, p.size) }

func (p paper) options() pitch.Options {
	return pitch.Options{Profile: p.profile, Lang: p.lang, Paper: p.size}
}

// papers are all of them.
var papers = func() (out []paper) {
	for _, profile := range []string{"full", "short", "marketing"} {
		for _, lang := range []string{"en", "de"} {
			for _, size := range []page.Paper{page.A4, page.Letter} {
				out = append(out, paper{profile, lang, size})
			}
		}
	}
	return out
}()

// drawn is a finished paper with what is known of it from inside.
type drawn struct {
	doc    *page.Document
	file   []byte
	report *pdf.Report
}

// draw makes a paper as casebuilder.Draw does, and compares it with the results.
func draw(t testing.TB, r *results.BusinessCase, opt pitch.Options) drawn {
	t.Helper()
	for {
		doc, err := pitch.Make(r, opt)
		if err != nil {
			t.Fatal(err)
		}
		file, report, err := pdf.Render(doc)
		if err != nil {
			t.Fatal(err)
		}
		again := false
		if len(report.Missing) > 0 && len(opt.Missing) == 0 {
			opt.Missing, again = report.Missing, true
		}
		for _, p := range report.Pages {
			if p.Sheets > 1 && pitch.CanBeBrief(p.ID) && !slices.Contains(opt.Brief, p.ID) {
				opt.Brief, again = append(opt.Brief, p.ID), true
			}
		}
		if again {
			continue
		}
		if err := pitch.Tie(r, opt.Lang, printed(report)); err != nil {
			t.Error(err)
		}
		return drawn{doc, file, report}
	}
}

func printed(report *pdf.Report) []pitch.Printed {
	var out []pitch.Printed
	for _, f := range report.Figures {
		out = append(out, pitch.Printed{Figure: f.Figure, Text: f.Text, Sheet: f.Sheet})
	}
	return out
}

// appendix are the pages that may run over several sheets.
var appendix = map[string]bool{"assumptions": true, "figures": true, "method": true}

// layout lists what is wrong with how a paper came out.
func (d drawn) layout() []string {
	out := d.report.Problems()
	for _, p := range d.report.Pages {
		if p.Sheets > 1 && !appendix[p.ID] {
			out = append(out, fmt.Sprintf("page %s takes %d sheets: %.0f points too much", p.ID, p.Sheets, p.Overflow))
		}
		if p.Cut {
			out = append(out, fmt.Sprintf("the title of page %s is cut", p.ID))
		}
	}
	return out
}

// everything says whether tests take the time to look at all that they can.
func everything() bool { return os.Getenv("CI") == "true" || os.Getenv("CASEBUILDER_SWEEP") != "" }

// sweep is how many random companies a test draws: so many where CI=true, a
// third of that elsewhere, and as many as CASEBUILDER_SWEEP says.
func sweep(ci int) int {
	if n, err := strconv.Atoi(os.Getenv("CASEBUILDER_SWEEP")); err == nil && n > 0 {
		return n
	}
	if everything() {
		return ci
	}
	return ci / 3
}
