package pitch_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/pitch"
	"casebuilder/casebuilder/render/pdf/pdftest"
	"casebuilder/casebuilder/results"
)

// TestTieFindsWrongFigures changes printed figures one by one: each has to be
// found, with its page and its ID.
func TestTieFindsWrongFigures(t *testing.T) {
	r := example(t, "premium-retailer")
	for _, lang := range []string{"en", "de"} {
		figures := printed(draw(t, r, pitch.Options{Lang: lang}).report)
		if len(figures) < 300 {
			t.Fatalf("%s: want a paper of hundreds of figures, got %d", lang, len(figures))
		}
		digit := regexp.MustCompile(`[1-8]`)
		for i := 0; i < len(figures); i += 7 {
			f := figures[i]
			if strings.Contains(f.Figure, "=") { // a label carries its figures with it
				continue
			}
			wrong := f
			wrong.Text = digit.ReplaceAllStringFunc(f.Text, func(s string) string { return string(s[0] + 1) })
			if wrong.Text == f.Text {
				continue
			}
			err := pitch.Tie(r, lang, []pitch.Printed{wrong})
			var e *pitch.DisagreementError
			if !errors.As(err, &e) || len(e.Figures) != 1 || !strings.Contains(err.Error(), fmt.Sprintf("page %d: %s: printed %q", f.Sheet, f.Figure, wrong.Text)) {
				t.Errorf("%s: %s printed %q instead of %q: want it found, got %v", lang, f.Figure, wrong.Text, f.Text, err)
			}
		}
	}
}

func TestTie(t *testing.T) {
	r := &results.BusinessCase{Currency: "GBP", Quantities: map[string]results.Figure{}}
	add := func(id, unit string, v float64) { r.Quantities[id] = results.Figure{Value: &v, Unit: unit} }
	add("npv", "GBP", 287_654)
	add("loss", "GBP", -4_149_000)
	add("likely", "share", 0.0731)
	add("almost", "share", 0.99999999)
	add("rare", "share", 0.0004)
	for _, tt := range []struct {
		figure, text string
		agrees       bool
	}{
		{"npv", "£290k", true},
		{"npv", "£280k", false},
		{"npv", "£0.3m", true},
		{"npv", "£290m", false},
		{"npv", "−£290k", false},
		{"-npv", "−£290k", true},
		{"npv/k", "288", true},
		{"npv/k", "290", true},
		{"npv/m", "288", false},
		{"loss", "−£4.1m", true},
		{"loss", "£4.1m", false},
		{"-loss", "£4.1m", true},
		{"likely", "7.3%", true},
		{"likely", "7.4%", false},
		{"likely/%", "7", true},
		{"almost", "99.9%", true},
		{"almost", "100%", true},
		{"almost", "98%", false},
		{"rare/%", "less than 1", true},
		{"npv=£290k;likely=7.3%", "NPV £290k at 7.3%", true},
		{"npv=£290k;likely=8.3%", "NPV £290k at 8.3%", false},
		{"nothing_of_the_kind", "4", false},
	} {
		err := pitch.Tie(r, "en", []pitch.Printed{{Figure: tt.figure, Text: tt.text, Sheet: 1}})
		if (err == nil) != tt.agrees {
			t.Errorf("%s printed %q: want agreement %v, got %v", tt.figure, tt.text, tt.agrees, err)
		}
	}
}

// spaces that a reader sees as one.
var spaces = regexp.MustCompile(`[\s\x{a0}\x{202f}\x{2009}]+`)

// TestTieFromOutside compares the finished files with one another, as a reader
// could: what the paper is said to print stands in the text of the PDF, on its
// page, and is, at the precision shown, the number in results.json and in the
// cell of the workbook that the results name.
func TestTieFromOutside(t *testing.T) {
	if testing.Short() {
		t.Skip("draws and builds for long")
	}
	pdftest.Need(t, "pdftotext")
	for _, e := range examples {
		for _, lang := range []string{"en", "de"} {
			t.Run(e.name+" "+lang, func(t *testing.T) {
				p := packet(t, e.name, lang)
				var r results.BusinessCase
				if err := json.Unmarshal(p.JSON, &r); err != nil {
					t.Fatal(err)
				}
				sheets := strings.Split(pdftest.Run(t, p.Pitch, "pdftotext", "-raw", "{}", "-"), "\f")
				for i, s := range sheets {
					sheets[i] = spaces.ReplaceAllString(s, "")
				}
				book, err := excelize.OpenReader(bytes.NewReader(p.Workbook))
				if err != nil {
					t.Fatal(err)
				}
				defer book.Close()
				loc, _ := money.LocaleOf(lang)
				cells := 0
				for _, f := range printed(draw(t, &r, pitch.Options{Lang: lang}).report) {
					label := strings.Contains(f.Figure, "=") // of a chart, which may wrap or cut it
					if want := spaces.ReplaceAllString(f.Text, ""); !label && !strings.Contains(sheets[f.Sheet-1], want) {
						t.Errorf("%s: want %q on page %d of the file, it is not there", f.Figure, f.Text, f.Sheet)
					}
					parts := []pitch.Printed{f}
					if label {
						parts = nil
						for _, part := range strings.Split(f.Figure, ";") {
							id, text, _ := strings.Cut(part, "=")
							parts = append(parts, pitch.Printed{Figure: id, Text: text, Sheet: f.Sheet})
						}
					}
					for _, one := range parts {
						if inBook(t, book, loc, &r, one) {
							cells++
						}
					}
				}
				if cells < 60 {
					t.Errorf("want dozens of figures compared with cells, got %d", cells)
				}
			})
		}
	}
}

// inBook compares a figure with the cached value of its cell. Figures without a
// cell of their own, such as percentiles, are not compared.
func inBook(t *testing.T, book *excelize.File, loc money.Locale, r *results.BusinessCase, f pitch.Printed) bool {
	t.Helper()
	id, sign := strings.CutPrefix(f.Figure, "-")
	scale := 1.0
	if i := strings.LastIndexByte(id, '/'); i >= 0 {
		scale = map[string]float64{"k": 1e3, "m": 1e6, "bn": 1e9, "tn": 1e12, "%": 0.01}[id[i+1:]]
		id = id[:i]
	}
	q, ok := r.Quantities[id]
	for _, o := range r.Options {
		if metric, is := strings.CutPrefix(id, "options."+o.ID+"."); is {
			q, ok = o.Quantities[metric]
		}
	}
	sheet, cell, live := strings.Cut(q.Cell, "!")
	got, err := loc.Parse(strings.TrimPrefix(f.Text, "+"))
	if !ok || !live || err != nil {
		return false
	}
	raw, err := book.GetCellValue(sheet, cell, excelize.Options{RawCellValue: true})
	if err != nil {
		t.Fatal(err)
	}
	v, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		t.Errorf("%s: want a number in %s, got %q", id, q.Cell, raw)
		return false
	}
	if sign {
		v = -v
	}
	got.Value, got.Step = got.Value*scale, got.Step*scale
	if !got.Agrees(v) && loc.Share(v) != f.Text {
		t.Errorf("%s: printed %q, in the workbook's %s stands %v", f.Figure, f.Text, q.Cell, v)
	}
	return true
}

// TestMarksLead wants every reference mark to lead to a row of the appendix,
// and every row to carry a number that is used.
func TestMarksLead(t *testing.T) {
	d := draw(t, example(t, "premium-retailer"), pitch.Options{})
	if err := d.doc.Check(); err != nil {
		t.Error(err)
	}
	marks := 0
	var walk func([]page.Block)
	walk = func(bs []page.Block) {
		for _, b := range bs {
			if c, ok := b.(page.Columns); ok {
				for _, x := range c.Cells {
					walk(x.Blocks)
				}
			}
			if l, ok := b.(page.List); ok {
				for _, t := range l.Items {
					for _, s := range t {
						if s.Mark && strings.HasPrefix(s.Link, "#") {
							marks++
						}
					}
				}
			}
		}
	}
	walk(d.doc.Pages[0].Blocks)
	if marks < 5 {
		t.Errorf("want page 1 to mark its figures, got %d marks in its summary", marks)
	}
}
