package review

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/workbook"
)

// found is one row that the reviewer edited, read and not yet checked against
// the other values.
type found struct {
	row   *workbook.Row // of the workbook
	of    string        // the ID of the change: a number without its part
	part  string        // low, mode or high; an owner
	kind  kind
	yours [2]*float64 // the number, or low and high of a driver; nil where left empty
	flag  string      // yes or no
	who   string
	date  string
	why   string
}

// kind says what an edit changes.
type kind int

const (
	aNumber   kind = iota // of the company file
	aSwitch               // yes or no
	aConstant             // of the model
	aDriver
	aShare // of a loss line
)

// The most that the reviewer's texts may have, in characters.
const (
	maxReason = 400
	maxWho    = 80
)

// edits reads what the reviewer entered and sorts out what cannot be taken in.
func (m *maker) edits() {
	count := map[string]int{}
	for i := range m.returned.Rows {
		count[m.returned.Rows[i].ID]++
	}
	for i := range m.returned.Rows {
		row := &m.returned.Rows[i]
		filed := m.filed.rows[row.ID]
		switch {
		case !row.Touched():
		case filed == nil:
			m.refuse(row, diag.Problem{Place: row.At, Want: "the ID of a row of this workbook", Got: diag.Quote(row.ID), Hint: m.near(row.ID)})
		case !row.Edited():
			m.report.Remarks.Add(diag.Problem{Place: firstOf(row.Reason, row.Who, row.Date).At, Field: row.ID, Want: "a value in Yours beside the reason, the name and the date", Got: "none", Hint: "nothing was changed in this row"})
		case count[row.ID] > 1:
			m.refuse(row, diag.Problem{Place: row.At, Field: row.ID, Want: "each row once", Got: fmt.Sprintf("%d rows with this ID", count[row.ID])})
		case !m.filed.editable[row.ID]:
			m.locked(row)
		default:
			m.edit(row, filed)
		}
	}
}

func firstOf(cells ...workbook.Cell) workbook.Cell {
	for _, c := range cells {
		if !c.Empty() {
			return c
		}
	}
	return cells[0]
}

// near says which ID may have been meant.
func (m *maker) near(id string) string {
	if near := diag.Nearest(id, sortedIDs(m.filed.rows)); near != "" {
		return "did you mean " + near + "?"
	}
	return "rows are found by their ID: enter the figure into Yours of a row that was there"
}

// locked tells of a value in Yours of a row that cannot be edited.
func (m *maker) locked(row *workbook.Row) {
	for _, c := range append(slices.Clone(row.Yours), row.Reason, row.Who, row.Date) {
		m.report.Ignored = slices.DeleteFunc(m.report.Ignored, func(p diag.Problem) bool { return p.Place == c.At })
	}
	for _, c := range row.Yours {
		if !c.Empty() {
			m.report.Ignored.Add(diag.Problem{Place: c.At, Field: row.ID, Want: "an empty cell: this row is not edited here", Got: c.Shown()})
		}
	}
}

// refuse lists an edit that is not taken in, with all its problems.
func (m *maker) refuse(row *workbook.Row, problems ...diag.Problem) {
	m.report.Ignored = slices.DeleteFunc(m.report.Ignored, func(p diag.Problem) bool {
		return slices.ContainsFunc(problems, func(q diag.Problem) bool { return q.Place == p.Place })
	})
	like := row
	if f := m.filed.rows[row.ID]; f != nil {
		like = f
	}
	r := Refusal{ID: row.ID, Label: like.Label, Filed: m.print(like, row.Filed), Yours: m.print(like, entered(row)), Who: strings.TrimSpace(row.Who.Text), Problems: problems}
	m.report.Refused = append(m.report.Refused, r)
}

// edit reads one edited row.
func (m *maker) edit(row, filed *workbook.Row) {
	e := &found{row: row}
	e.of, e.part, e.kind = whatIs(row)
	var problems diag.List
	bad := func(c workbook.Cell, want, got, hint string) {
		problems.Add(diag.Problem{Place: c.At, Field: row.ID, Want: want, Got: got, Hint: hint})
	}
	for i, c := range row.Yours {
		if c.Empty() {
			continue
		}
		if c.NoResult() {
			bad(c, m.want(row), workbook.WithoutResult, "open the workbook in a spreadsheet program, save it and review it again")
			continue
		}
		if c.Formula != "" {
			m.report.Remarks.Add(diag.Problem{Place: c.At, Field: row.ID, Want: "a value", Got: "the formula " + diag.Quote("="+c.Formula), Hint: "its stored result counts: " + c.Shown()})
		}
		if e.kind == aSwitch {
			var ok bool
			if e.flag, ok = yesNo(c); !ok {
				bad(c, "yes or no", c.Shown(), "")
			}
			continue
		}
		v, hint, ok := m.number(row, c)
		if !ok {
			bad(c, m.want(row), c.Shown(), hint)
			continue
		}
		e.yours[i] = &v
	}
	if row.Unit != filed.Unit {
		problems.Add(diag.Problem{Place: row.UnitAt, Field: row.ID, Want: "the unit " + diag.Quote(filed.Unit), Got: diag.Quote(row.Unit), Hint: "put the unit back, and enter the figure in it"})
	}
	if len(problems) == 0 && e.same(filed) {
		m.report.Remarks.Add(diag.Problem{Place: firstOf(row.Yours...).At, Field: row.ID, Want: "another value than the filed one", Got: "the same", Hint: "nothing was changed in this row"})
		return
	}
	problems = append(problems, e.credit()...)
	if len(problems) > 0 {
		m.refuse(row, problems...)
		return
	}
	if m.three(e, filed) {
		m.found = append(m.found, e)
	}
}

// whatIs says what a row of the workbook changes.
func whatIs(row *workbook.Row) (of, part string, k kind) {
	parts := strings.Split(row.ID, ".")
	switch {
	case row.Driver:
		return row.ID, "", aDriver
	case workbook.IsConstant(row.ID):
		return row.ID, "", aConstant
	case parts[0] == "ownership" && len(parts) == 3:
		return parts[0] + "." + parts[1], parts[2], aShare
	}
	if f := company.FieldByID(row.ID); f != nil && f.Kind == company.Bool {
		return row.ID, "", aSwitch
	}
	of, part = company.SplitPart(row.ID)
	return of, part, aNumber
}

// credit checks the reason, the name and the date, and keeps them.
func (e *found) credit() diag.List {
	var problems diag.List
	row := e.row
	text := func(c workbook.Cell, want string, most int) string {
		s := strings.Join(strings.Fields(diag.Printable(strings.Join(strings.Fields(c.Text), " "))), " ")
		got := c.Shown()
		if n := utf8.RuneCountInString(s); n > most {
			want, got = fmt.Sprintf("%s of at most %d characters", want, most), fmt.Sprintf("%d characters", n)
		} else if _, failed := c.Value.(book.ErrorValue); s != "" && !failed {
			return s
		}
		problems.Add(diag.Problem{Place: c.At, Field: row.ID, Want: want, Got: got})
		return ""
	}
	e.why = text(row.Reason, "a reason for the change", maxReason)
	e.who = text(row.Who, "the name of who changed it", maxWho)
	day, ok := dayOf(row.Date)
	if e.date = day.String(); !ok {
		problems.Add(diag.Problem{Place: row.Date.At, Field: row.ID, Want: "the date of the change, such as 2026-12-31", Got: row.Date.Shown()})
	}
	return problems
}

// The days between which a review may be dated.
var firstDay, lastDay = company.NewDate(2020, 1, 1), company.NewDate(2099, 12, 31)

// dayOf reads a date: a cell that shows one, a serial number without a format,
// or a text as 2026-12-31.
func dayOf(c workbook.Cell) (day company.Date, ok bool) {
	text := strings.TrimSpace(c.Text)
	if len(text) > len("2026-12-31") && (text[10] == 'T' || text[10] == ' ') {
		text = text[:10]
	}
	day, err := company.ParseDate(text)
	if v, isNumber := c.Value.(float64); err != nil && isNumber {
		if t, ok := book.DateOf(v); ok {
			day, err = company.NewDate(t.Year(), t.Month(), t.Day()), nil
		}
	}
	if err != nil || day.Before(firstDay.Time) || day.After(lastDay.Time) {
		return company.Date{}, false
	}
	return day, true
}

// yesNo reads a switch, as people and programs write it.
func yesNo(c workbook.Cell) (string, bool) {
	switch v := c.Value.(type) {
	case bool:
		return map[bool]string{true: "yes", false: "no"}[v], true
	case float64:
		if v == 0 || v == 1 {
			return map[bool]string{true: "yes", false: "no"}[v == 1], true
		}
	case string:
		switch strings.ToLower(strings.TrimSpace(v)) {
		case "yes", "true":
			return "yes", true
		case "no", "false":
			return "no", true
		}
	}
	return "", false
}

// number reads a number from a cell: as it is, or as people write one where
// the cell holds a text.
func (m *maker) number(row *workbook.Row, c workbook.Cell) (v float64, hint string, ok bool) {
	read := func(string) (float64, string, bool) { return 0, "", false }
	of, part, kind := whatIs(row)
	switch kind {
	case aConstant, aDriver:
		if spec, ok := company.FindEstimate(m.in.Rules.Estimates, strings.TrimPrefix(of, "driver.")); ok {
			read = spec.Read
		}
	default:
		f := company.FieldByID(row.ID)
		if f == nil && part != "" {
			f = company.FieldByID(of)
		}
		if f != nil {
			read = f.Read
		}
	}
	switch v := c.Value.(type) {
	case float64:
		if row.Unit == "share" && v >= 2 {
			_, hint, _ = read(c.Text)
			return v, hint, hint == ""
		}
		return v, "", true
	case string:
		return read(v)
	}
	return 0, "", false
}

// want says what a row takes, for a message.
func (m *maker) want(row *workbook.Row) string {
	of, part, _ := whatIs(row)
	f := company.FieldByID(row.ID)
	if f == nil && part != "" {
		f = company.FieldByID(of)
	}
	if f != nil {
		return f.Want
	}
	return "a number"
}

// same reports whether nothing was changed.
func (e *found) same(filed *workbook.Row) bool {
	if e.kind == aSwitch {
		return e.flag == filed.Filed[0].Text
	}
	for i, v := range e.yours {
		if v != nil && i < len(filed.Filed) {
			if w, ok := filed.Filed[i].Value.(float64); !ok || !sameNumber(*v, w) {
				return false
			}
		}
	}
	return true
}

// three compares three ways, and reports whether the edit may be taken in.
func (m *maker) three(e *found, filed *workbook.Row) bool {
	if m.filed == m.current {
		return true
	}
	now := m.current.rows[e.row.ID]
	switch {
	case now != nil && e.kind == aDriver && m.sameEstimate(e.of):
	case now != nil && e.kind != aDriver && sameFiled(filed, now) && filed.Derived() == now.Derived():
	case now != nil && e.same(now):
		m.report.Settled = append(m.report.Settled, Settled{ID: e.row.ID, Label: filed.Label, Filed: m.print(filed, filed.Filed), Yours: m.print(filed, entered(e.row)), Who: e.who, At: firstOf(e.row.Yours...).At})
		return false
	default:
		c := Conflict{ID: e.row.ID, Label: filed.Label, At: firstOf(e.row.Yours...).At, Filed: m.print(filed, filed.Filed), Yours: m.print(filed, entered(e.row)), Who: e.who, Date: e.date, Reason: e.why}
		if now != nil {
			c.Now = m.print(now, now.Filed)
		}
		m.report.Conflicts = append(m.report.Conflicts, c)
		return false
	}
	return true
}

// sameEstimate reports whether the company's own estimate of a driver is as it
// was filed. What the library says of it may have moved; that is no conflict.
func (m *maker) sameEstimate(driver string) bool {
	of := func(p *company.Profile) (e company.Estimate) {
		for _, x := range p.Estimates {
			if workbook.DriverOf(x.ID) == driver {
				e = x
			}
		}
		e.Number.Source = ""
		return e
	}
	a, b := of(m.base), of(m.now)
	n, o := a.Number, b.Number
	return a.ID == b.ID && n.Ranged == o.Ranged && sameNumber(n.Value, o.Value) && sameNumber(n.Low, o.Low) && sameNumber(n.High, o.High)
}

// unflatten puts a profile together from entries whose places may be known.
func (m *maker) unflatten(entries []company.Entry, at map[string]diag.Place) (*company.Profile, diag.List, diag.List) {
	p, warnings, err := intake.Unflatten(m.in.CompanyName, entries, func(i int) diag.Place {
		if place, ok := at[entries[i].ID]; ok {
			return place
		}
		return diag.Place{File: m.in.CompanyName}
	}, intake.Options{Rules: m.in.Rules})
	list, _ := err.(diag.List)
	return p, warnings, list
}
