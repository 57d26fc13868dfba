package workbook_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"testing"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/workbook"
)

// handled is a workbook in somebody's hands.
type handled struct {
	names []string
	grids map[string]*book.Grid
}

func (h *handled) Sheets() []string { return h.names }

func (h *handled) Grid(name string) (*book.Grid, error) {
	if g := h.grids[name]; g != nil {
		return g, nil
	}
	return nil, diag.List{{Place: diag.Place{Sheet: name}, Want: "a sheet", Got: "none"}}
}

// do carries out what a line says: "Inputs!E14=0.5" (a formula begins with
// another =, an error with #), "Inputs!14" deletes a row, "Inputs" the sheet,
// "Inputs>Ours" gives it another name.
func (h *handled) do(line string) {
	if from, to, ok := strings.Cut(line, ">"); ok && h.grids[from] != nil && h.grids[to] == nil {
		h.grids[to] = h.grids[from]
		h.names = append(slices.DeleteFunc(slices.Clone(h.names), func(s string) bool { return s == from }), to)
		delete(h.grids, from)
		return
	}
	place, value, isCell := strings.Cut(line, "=")
	sheet, at, _ := strings.Cut(place, "!")
	g := h.grids[sheet]
	switch {
	case g == nil:
	case at == "":
		h.names = slices.DeleteFunc(slices.Clone(h.names), func(s string) bool { return s == sheet })
		delete(h.grids, sheet)
	case !isCell:
		row, err := strconv.Atoi(at)
		if err != nil {
			return
		}
		cut := &book.Grid{Name: g.Name}
		for _, r := range g.Rows {
			switch {
			case r.Row < row:
				cut.Rows = append(cut.Rows, r)
			case r.Row > row:
				cut.Rows = append(cut.Rows, book.GridRow{Row: r.Row - 1, Cells: r.Cells})
			}
		}
		h.grids[sheet] = cut
	default:
		a, err := book.ParseArea(sheet + "!" + at)
		if err != nil {
			return
		}
		put := &book.Grid{Name: g.Name, Rows: slices.Clone(g.Rows)}
		i, found := slices.BinarySearchFunc(put.Rows, a.Row1, func(r book.GridRow, row int) int { return r.Row - row })
		if !found {
			put.Rows = slices.Insert(put.Rows, i, book.GridRow{Row: a.Row1})
		}
		cells := slices.DeleteFunc(slices.Clone(put.Rows[i].Cells), func(c book.Read) bool { return c.Col == a.Col1 })
		put.Rows[i].Cells = append(cells, cellOf(a.Col1, value))
		put.Sort()
		h.grids[sheet] = put
	}
}

func cellOf(col int, value string) book.Read {
	c := book.Read{Col: col, Value: value, Text: value}
	if v, err := strconv.ParseFloat(value, 64); err == nil {
		c.Value = v
	} else if strings.HasPrefix(value, "#") {
		c.Value = book.ErrorValue(value)
	} else if f, ok := strings.CutPrefix(value, "="); ok {
		c.Formula, c.Value, c.Text = f, nil, ""
	}
	return c
}

// Whatever a reviewer does to cells, rows and sheets: reading it back ends in
// a workbook, or in problems that name the file.
func FuzzReviewed(f *testing.F) {
	c := solved(f, "premium-retailer", 256, nil)
	sent, built, rules := &handled{grids: map[string]*book.Grid{}}, laidOut(f, c), rules(f)
	raw := open(f, file(f, c))
	for _, name := range raw.Sheets() {
		sent.names, sent.grids[name] = append(sent.names, name), &book.Grid{Name: name}
		if slices.Contains(workbook.TrialSheets, name) {
			continue // large, and not read
		}
		g, err := raw.Grid(name)
		if err != nil {
			f.Fatal(err)
		}
		sent.grids[name] = g
	}
	for _, script := range []string{
		"",
		"Inputs!E14=2500000\nInputs!F14=a count\nInputs!G14=Jo Marsh\nInputs!H14=2026-11-20",
		"Inputs!D14=many\nInputs!A15=\nInputs!A16=customers.active\nInputs!E16=#N/A",
		"Inputs!20\nInputs!20\nEstimates!9\nInputs!900\nLoss!6",
		"Inputs!A5=IDs\nEstimates!F7==1/0",
		"Inputs>Ours\nChanges\nReview",
		"About!B17=sheets of version 99\nAbout!B14=-1 trials, seed x",
		"Changes!B6=accepted\nChanges!K6=1e308\nReview!C6=perhaps\nReview!A7=",
		"Inputs!A16384=x\nInputs!XFD7=y\nEstimates!A30=driver.extra_churn\nEstimates!F30=NaN",
		"Inputs!A60=options.core.x.cuts.closure.low\nInputs!D60=0.5\nInputs!C60=",
	} {
		f.Add(script)
	}
	f.Fuzz(func(t *testing.T, script string) {
		h := &handled{sent.names, maps.Clone(sent.grids)}
		for _, line := range strings.Split(script, "\n") {
			h.do(line)
		}
		named := func(what string, err error) {
			list, ok := err.(diag.List)
			if err != nil && !ok {
				t.Fatalf("%s: want a list of problems, got %v", what, err)
			}
			for _, p := range list {
				if p.Place.File != "back.xlsx" || p.Want == "" {
					t.Errorf("%s: want a place and a wish, got %+v", what, p)
				}
			}
		}
		rows, answers := workbook.Entered(h)
		r, err := workbook.Read(h, "back.xlsx")
		if err != nil {
			list, ok := err.(diag.List)
			if !ok || len(list) == 0 {
				t.Fatalf("reading: want problems, got %v", err)
			}
			if workbook.IsReturned(h) && rows != -1 {
				t.Errorf("want -1 entries of a workbook that cannot be read, got %d", rows)
			}
			return
		}
		named("reading", r.Problems.Err())
		if rows < 0 || answers < 0 {
			t.Errorf("entries: want none or more, got %d and %d", rows, answers)
		}
		r.Checksum()
		entries, at, problems := r.Entries()
		if len(at) != len(entries) {
			t.Fatalf("want a place for each of %d entries, got %d", len(entries), len(at))
		}
		named("entries", problems.Err())
		if _, _, err := intake.Unflatten(r.Name, entries, func(i int) diag.Place { return at[i] }, intake.Options{Rules: rules}); err != nil {
			named("profile", err)
		}
		changed, deleted := workbook.Compare(h, built, "back.xlsx", workbook.TrialSheets...)
		if script == "" && len(changed)+len(deleted)+rows+answers > 0 {
			t.Errorf("nothing was done: want no differences, got %v, %v, %d rows, %d answers", changed, deleted, rows, answers)
		}
	})
}
