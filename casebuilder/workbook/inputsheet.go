package workbook

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/quantity"
)

// Columns of Inputs.
const (
	filedCol = 4
	yoursCol = 5
	inUseCol = 9
)

// entry is one row of Inputs.
type entry struct {
	id, label, unit string
	of              id // the quantity whose number it is, "" for a text
	value           any
	format          book.Format
	editable        bool
	field           *company.Field
	low, high       float64 // of a number that may be edited
	flag            bool    // yes or no
	middleOf        string  // the range without a mode whose middle it is
	source, grade   string
	owner           string
}

// inputs lays out every value of the company file, texts and options too, and
// the constants of the model.
func (m *maker) inputs() {
	s := m.sheet(inputsSheet, book.Input, "Inputs",
		"Input: edit the yellow cells: your figure in Yours, then why, who and when. An empty Yours leaves the filed figure in use.")
	s.Widths = []float64{44, 42, 18, 24, 18, 34, 18, 13, 24, 44, 13, 18}
	s.FreezeRows, s.FreezeCols = headRow, 2
	header(s, headRow, "ID", "Label", "Unit", ">Filed", ">Yours", "Reason", "Name", "Date", ">In use", "Source", "Grade", "Owner")
	rows := m.entries()
	for i, e := range rows {
		row := firstRow + i
		m.inputRow[e.id] = row
		if e.of != "" {
			m.at[e.of] = address{s.Name, row, inUseCol}
		}
		m.entryRow(s, row, e)
	}
	last := firstRow + len(rows) - 1
	m.lastInput = last
	s.Table = &book.Table{Name: "Inputs_table", Ref: "A" + strconv.Itoa(headRow) + ":L" + strconv.Itoa(last)}
	m.reviewerColumns(s, 6, firstRow, last)
	s.Conditionals = append(s.Conditionals, book.Conditional{Range: fmt.Sprintf("A%d:B%d", firstRow, last), Formula: fmt.Sprintf(`$E%d<>""`, firstRow), Mark: book.ChangedMark})
}

// reviewerColumns validates the reason, the name and the date of a review.
func (m *maker) reviewerColumns(s *book.Sheet, reason, first, last int) {
	at := func(col int) string {
		return book.CellName(first, col) + ":" + book.CellName(last, col)
	}
	s.Validations = append(s.Validations,
		book.Validation{Range: at(reason), Kind: book.TextLength, Min: "1", Max: "400", Title: "Why", Message: "A change needs a reason of at most 400 characters, so that it can be credited."},
		book.Validation{Range: at(reason + 1), Kind: book.TextLength, Min: "1", Max: "80", Title: "Who", Message: "A change needs your name, at most 80 characters."},
		book.Validation{Range: at(reason + 2), Kind: book.DateRange, Min: "43831", Max: "73050", Title: "When", Message: "Give a date from 2020-01-01 on, such as 2026-12-31."})
}

func (m *maker) entryRow(s *book.Sheet, row int, e entry) {
	filed, use := book.Calc, book.Calc
	if _, isText := e.value.(string); isText {
		filed, use = book.Prose, book.Prose
	}
	if e.flag {
		use = book.Calc // a switch is a number that shows a word
	}
	s.SetRow(row, 1, book.Text(e.id, book.ID), book.Text(e.label, book.Label), book.Text(e.unit, book.Unit),
		book.Cell{Value: e.value, Style: book.Style{Look: filed, Format: e.format}})
	if e.editable {
		look := book.InputNumber
		if e.flag {
			look = book.InputText
		}
		s.SetRow(row, yoursCol, book.Cell{Style: book.Style{Look: look, Format: e.format}},
			book.Cell{Style: book.Style{Look: book.InputText}}, book.Cell{Style: book.Style{Look: book.InputText}},
			book.Cell{Style: book.Style{Look: book.InputText, Format: book.ISODate}})
		m.validate(s, row, e)
	}
	d, y := book.CellName(row, filedCol), book.CellName(row, yoursCol)
	switch {
	case e.flag:
		v := 0.0
		if e.value == "yes" {
			v = 1
		}
		s.Set(row, inUseCol, book.Formula("IF(OR("+y+`="yes",AND(`+y+`="",`+d+`="yes")),1,0)`, v, use, `"yes";"no";"no"`))
	case e.middleOf != "":
		m.formula(s, row, inUseCol, use, e.format, func() (string, any) {
			lo, hi := book.CellName(m.inputRow[e.middleOf+".low"], inUseCol), book.CellName(m.inputRow[e.middleOf+".high"], inUseCol)
			return "IF(" + y + `="",(` + lo + "+" + hi + ")/2," + y + ")", e.value
		})
	default:
		s.Set(row, inUseCol, book.Formula("IF("+y+`="",`+d+","+y+")", e.value, use, e.format))
	}
	s.SetRow(row, inUseCol+1, book.Text(e.source, book.Prose), book.Text(e.grade, book.Label), book.Text(spell(e.owner), book.Label))
}

// validate says what may be entered into Yours.
func (m *maker) validate(s *book.Sheet, row int, e entry) {
	cell := book.CellName(row, yoursCol)
	if e.flag {
		s.Validations = append(s.Validations, book.Validation{Range: cell, Kind: book.List, List: []string{"yes", "no"}, Title: e.label, Message: "Choose yes or no."})
		return
	}
	want := ""
	if e.field != nil {
		want = "Want " + e.field.Want + ". "
	}
	s.Validations = append(s.Validations, book.Validation{Range: cell, Kind: book.Decimal, Min: number(e.low), Max: number(e.high), Title: clip(e.label, 32),
		Message: clip(want+"A number from "+number(e.low)+" to "+number(e.high)+" in the unit of the row; 78% may be entered as 78% or 0.78.", 255)})
}

func number(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }

func itoa(i int) string { return strconv.Itoa(i) }

// entries lists the rows of Inputs.
func (m *maker) entries() []entry {
	g := m.c.Graph()
	p := &m.c.Results.Company
	all := slices.DeleteFunc(company.Flatten(p), func(e company.Entry) bool { return strings.HasPrefix(e.ID, "reviewed.") }) // they are on Changes
	sources := map[string]string{}
	for _, e := range all {
		if base, ok := strings.CutSuffix(e.ID, ".source"); ok {
			sources[base] = e.Text
		}
	}
	var out []entry
	seen := map[string]bool{}
	for _, e := range all {
		base, part := company.SplitPart(e.ID)
		if part == "source" {
			continue
		}
		out = append(out, m.listEntry(e.ID, seen)...)
		if strings.HasPrefix(e.ID, "estimates.") {
			out = append(out, m.ownEstimate(e, sources[base])...)
			continue
		}
		if strings.HasPrefix(e.ID, "ownership.") && m.has(id(e.ID)) {
			continue // every share has its row further down
		}
		f := company.FieldByID(base)
		if g2 := company.FieldByID(e.ID); g2 != nil {
			f = g2
		}
		if e.Kind != company.Quantity {
			out = append(out, m.textEntry(e, f))
			continue
		}
		cut := strings.Contains(e.ID, ".cuts.")
		name := e.ID
		if !cut && part == "mode" {
			name = base
		}
		if part == "low" && !seen[base] && !hasMode(all, base) {
			middle := base
			if cut {
				middle += ".mode"
			}
			x := m.numberEntry(middle, f, m.c.Run.Value(id(middle)), "", e.Default, base)
			x.source = ofTheRange
			out = append(out, x)
			seen[base] = true
		}
		out = append(out, m.numberEntry(name, f, e.Number, sources[base], e.Default, ""))
	}
	for _, q := range g.All() {
		if !q.Expr.Zero() || q.Draw || seen[string(q.ID)] {
			continue
		}
		switch q.Group {
		case "ownership", "constants", "tiers", "regression":
			e := entry{id: string(q.ID), label: q.Label, unit: m.unit(q.Unit), of: q.ID, value: q.Value, format: inputFormat(q), source: m.filedSource(q), grade: q.Grade, owner: q.Owner}
			e.editable, e.low, e.high = m.constantRange(q)
			out = append(out, e)
		}
	}
	return out
}

func hasMode(all []company.Entry, base string) bool {
	return slices.ContainsFunc(all, func(e company.Entry) bool { return e.ID == base+".mode" })
}

// constantRange says whether a constant may be edited, and within what. What
// was published, or is fixed by the arithmetic, may not.
func (m *maker) constantRange(q quantity.Quantity) (editable bool, low, high float64) {
	switch {
	case q.Group == "ownership":
		return true, 0, 1
	case q.Group != "constants", strings.HasPrefix(string(q.ID), "level."), strings.HasPrefix(string(q.ID), "interval."), strings.HasPrefix(string(q.ID), "regression."):
		return false, 0, 0
	}
	for _, c := range m.c.Constants() {
		if c.ID == string(q.ID) && c.Min < c.Max {
			return true, c.Min, c.Max
		}
	}
	return false, 0, 0
}

func (m *maker) numberEntry(name string, f *company.Field, v float64, source string, isDefault bool, middleOf string) entry {
	e := entry{id: name, label: name, unit: "", value: v, source: sourceText(source, ""), grade: ownFigure, middleOf: middleOf, field: f}
	if f != nil {
		u := quantity.U(f.Unit)
		e.label, e.unit, e.owner = f.Label, m.unit(u), f.Owner
		e.format = formatOf(u, id(name))
		e.editable = f.Live
		e.low, e.high = f.Min, f.Max
		if isDefault {
			e.grade = defaultGrade
			if source == "" {
				e.source = byDefault + f.Basis
			}
		}
		switch _, part := company.SplitPart(name); {
		case part == "low" && !strings.Contains(name, ".cuts."):
			e.label += ", low"
		case part == "high" && !strings.Contains(name, ".cuts."):
			e.label += ", high"
		}
	}
	if e.source == "" {
		e.source = m.ownSource()
	}
	if q, ok := m.c.Graph().Get(id(name)); ok {
		e.of, e.label, e.unit, e.format = q.ID, q.Label, m.unit(q.Unit), inputFormat(q)
	}
	if v != 0 && v < 0.01 && e.format == book.Percent {
		e.format = book.Percent2
	}
	return e
}

func inputFormat(q quantity.Quantity) book.Format {
	switch s := q.Unit.String(); {
	case s == "ratio" && (q.Value == 0 || q.Value >= 0.01):
		return book.General
	case s == "staff" && q.Value >= 1000:
		return book.Whole
	case s == "count", s == "days", s == "staff", s == "months", s == "yr", s == "1/day":
		return book.General
	}
	return formatOf(q.Unit, q.ID)
}

// ownSource is what stands for a figure that the company gave without a
// source.
func (m *maker) ownSource() string {
	if m.c.Results.Company.Company.Example {
		return exampleFigure
	}
	return companyFile
}

func (m *maker) textEntry(e company.Entry, f *company.Field) entry {
	x := entry{id: e.ID, label: e.ID, unit: "text", value: e.Text, source: m.ownSource(), grade: ownFigure}
	if e.Kind == company.Day {
		x.unit = "date"
	}
	if f != nil {
		x.label, x.owner = f.Label, f.Owner
	}
	if e.Kind == company.Bool {
		x.unit = "yes/no"
		if m.has(id(e.ID)) {
			x.flag, x.of, x.editable = true, id(e.ID), f != nil && f.Live
			if by := m.reviewedBy(e.ID); by != "" {
				x.source = by
			}
		}
	}
	if e.Default && f != nil {
		x.grade, x.source = defaultGrade, byDefault+f.Basis
	}
	return x
}

// source prints the sources of an input.
func (m *maker) source(q quantity.Quantity) string {
	if len(q.Sources) == 0 {
		return "judgement: " + q.Note
	}
	return strings.Join(q.Sources, "; ")
}

// inUse is the address of the figure in use of a row of Inputs.
func (m *maker) inUse(row string) string {
	r, ok := m.inputRow[row]
	if !ok {
		m.fail(fmt.Errorf("workbook: Inputs has no row %s", row))
	}
	return book.On(inputsSheet, book.Absolute(r, inUseCol))
}
