package review

import (
	"fmt"
	"math"
	"math/bits"
	"reflect"
	"slices"
	"strconv"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/workbook"
	"casebuilder/casestudies"
)

// Make reviews a workbook. The error is a diag.List where the workbook cannot
// be read, or is that of another company; what is wrong with single edits
// stands in the report.
func Make(in Input) (*Report, error) {
	m, err := start(in)
	if err != nil {
		return nil, err
	}
	m.edits()
	if err := m.takeIn(); err != nil {
		return nil, err
	}
	m.questions()
	if err := m.effects(); err != nil {
		return nil, err
	}
	return m.report, nil
}

// maker holds a review in the making.
type maker struct {
	in     Input
	report *Report

	returned *workbook.Returned
	base     *company.Profile // as filed
	now      *company.Profile // the company file
	filed    *laidOut         // the workbook as it was built
	current  *laidOut         // the workbook of the company file

	found []*found // edits that may be taken in
	taken []*group // what was taken in, one for each change of the report
}

// laidOut is a case as its workbook shows it.
type laidOut struct {
	book     *book.Book
	rows     map[string]*workbook.Row
	headline model.Headline
	asked    int
	editable map[string]bool
}

// start reads both sides and brings them together.
func start(in Input) (*maker, error) {
	m := &maker{in: in}
	var err error
	if m.returned, err = workbook.Read(in.Sheets, in.Name); err != nil {
		return nil, err
	}
	f := m.returned.Facts
	if f.Trials < 256 || f.Trials > 16384 || bits.OnesCount(uint(f.Trials)) != 1 {
		return nil, diag.List{{Place: diag.Place{File: in.Name, Sheet: "About"}, Want: "the number of trials, a power of two from 256 to 16384", Got: strconv.Itoa(f.Trials), Hint: "put back the line Trials and seed as it was"}}
	}
	m.report = &Report{File: in.Name, CompanyFile: in.CompanyName, Facts: f, history: m.returned.History, rules: in.Rules}
	m.report.Remarks = append(m.report.Remarks, m.returned.Problems...)
	if m.now = in.Company; m.now != nil {
		if m.current, err = m.layOut(m.now); err != nil {
			return nil, err
		}
		if err := m.sameCompany(); err != nil {
			return nil, err
		}
	}
	if err := m.repair(); err != nil {
		return nil, err
	}
	if err := m.readBase(); err != nil {
		return nil, err
	}
	c := m.base.Company
	m.report.Name, m.report.Unit, m.report.Currency, m.report.AsOf = c.Name, c.Unit, c.Currency, c.AsOf
	switch {
	case m.now != nil && reflect.DeepEqual(m.base, m.now):
		m.filed = m.current
	default:
		if m.filed, err = m.layOut(m.base); err != nil {
			return nil, err
		}
	}
	if m.now == nil {
		m.now, m.current = m.base, m.filed
	}
	m.report.Filed, m.report.Now, m.report.Asked = m.filed.headline, m.current.headline, m.filed.asked
	m.moved()
	m.compare()
	return m, nil
}

// layOut solves a case with the trials and the seed of the workbook, and lays
// it out.
func (m *maker) layOut(p *company.Profile) (*laidOut, error) {
	mo, err := m.model(p)
	if err != nil {
		return nil, err
	}
	c, err := mo.Solve()
	if err != nil {
		return nil, err
	}
	b, _, err := workbook.Build(c, workbook.Options{History: m.returned.History})
	if err != nil {
		return nil, err
	}
	rows, err := workbook.Built(b)
	if err != nil {
		return nil, fmt.Errorf("a bug in the workbook: %w", err)
	}
	l := &laidOut{book: b, rows: map[string]*workbook.Row{}, headline: mo.Headline(), asked: len(rows.Answers), editable: workbook.Editable(b)}
	for i := range rows.Rows {
		l.rows[rows.Rows[i].ID] = &rows.Rows[i]
	}
	return l, nil
}

func (m *maker) model(p *company.Profile) (*model.Model, error) {
	f := m.returned.Facts
	return model.New(model.Input{Profile: p, Library: m.in.Library, Seed: f.Seed, Trials: f.Trials, Version: m.in.Version})
}

// sameCompany refuses a workbook of another company, unit or currency.
func (m *maker) sameCompany() error {
	var problems diag.List
	check := func(id, now, hint string) {
		row := m.returned.Row(id)
		if row == nil || row.Filed[0].Text == now {
			return
		}
		problems.Add(diag.Problem{Place: row.Filed[0].At, Field: id, Want: diag.Quote(now) + ", as in " + diag.Printable(m.in.CompanyName), Got: diag.Quote(row.Filed[0].Text), Hint: hint})
	}
	c := m.now.Company
	check("company.name", c.Name, "this workbook was built for another company")
	check("company.unit", c.Unit, "this workbook was built for another unit")
	check("company.currency", c.Currency, "amounts in two currencies cannot be compared: build the workbook again")
	return problems.Err()
}

// readBase puts the profile together that the workbook was built from. What a
// deleted row took away is filled from the company file.
func (m *maker) readBase() error {
	read := func() (*company.Profile, error) {
		entries, at, problems := m.returned.Entries()
		p, _, err := intake.Unflatten(m.in.Name, entries, func(i int) diag.Place { return at[i] }, intake.Options{Rules: m.in.Rules})
		if list, ok := err.(diag.List); ok {
			return nil, append(problems, list...)
		}
		return p, problems.Err()
	}
	p, err := read()
	if err != nil && m.current != nil {
		for _, id := range sortedIDs(m.current.rows) {
			if row := m.current.rows[id]; m.returned.Row(id) == nil && row.Known() {
				m.returned.Rows = append(m.returned.Rows, *row)
			}
		}
		p, err = read()
	}
	if m.base = p; err == nil && m.now != nil {
		m.base.Reviewed = m.now.Reviewed // history is no part of what is compared
	}
	return err
}

// repair finds filed values that were changed, and rows that were deleted or
// added, by the checksum of the filed values. The company file, where it still
// holds what was filed, says what was there.
func (m *maker) repair() error {
	r := m.returned
	sum := r.Checksum()
	if sum.String() == r.Facts.Filed {
		return nil
	}
	wrong := diag.Problem{Place: diag.Place{File: m.in.Name, Sheet: "Inputs"}, Want: "the filed values as they were built, with the checksum " + diag.Quote(r.Facts.Filed), Got: "others, " + sum.String()}
	if m.current == nil {
		wrong.Hint = "edits belong into Yours; casebuilder review with the company file says which cells were changed"
		return diag.List{wrong}
	}
	type suspect struct {
		id         string
		have, want *workbook.Row
		delta      workbook.Checksum
	}
	var suspects []suspect
	seen := map[string]bool{}
	consider := func(id string) {
		have, want := r.Row(id), m.current.rows[id]
		if seen[id] || have != nil && !have.Known() || want != nil && !want.Known() {
			return
		}
		seen[id] = true
		s := suspect{id: id, have: have, want: want}
		if want != nil {
			s.delta += want.Checksum()
		}
		if have != nil {
			s.delta -= have.Checksum()
		}
		if s.delta != 0 {
			suspects = append(suspects, s)
		}
	}
	for i := range r.Rows {
		consider(r.Rows[i].ID)
	}
	for _, id := range sortedIDs(m.current.rows) {
		consider(id)
	}
	culprits := -1 // a set of suspects, as bits
	const most = 16
	if n := len(suspects); n <= most {
		for set := 1; set < 1<<n && culprits < 0; set++ {
			total := sum
			for i := range suspects {
				if set>>i&1 == 1 {
					total += suspects[i].delta
				}
			}
			if total.String() == r.Facts.Filed {
				culprits = set
			}
		}
	}
	if culprits < 0 {
		wrong.Hint = "which cell it was cannot be told, because the company file has moved on; rows that differ are listed below as moved or in conflict"
		m.report.Remarks.Add(wrong)
		return nil
	}
	for i, s := range suspects {
		if culprits>>i&1 == 0 {
			continue
		}
		switch {
		case s.have == nil:
			m.report.Deleted.Add(diag.Problem{Place: diag.Place{File: m.in.Name, Sheet: s.want.At.Sheet}, Field: s.id, Want: "its row", Got: "none: it was deleted"})
			r.Rows = append(r.Rows, *s.want)
		case s.want == nil:
			m.report.Ignored.Add(diag.Problem{Place: s.have.At, Field: s.id, Want: "no such row", Got: "one that was added"})
			r.Rows = slices.DeleteFunc(r.Rows, func(x workbook.Row) bool { return x.ID == s.id })
		default:
			m.report.Ignored = append(m.report.Ignored, overwritten(s.have, s.want)...)
			s.have.Filed, s.have.Source, s.have.Grade = placedAs(s.want.Filed, s.have.Filed), s.want.Source, s.want.Grade
		}
	}
	return nil
}

// placedAs returns cells with the places of others.
func placedAs(cells, places []workbook.Cell) []workbook.Cell {
	out := slices.Clone(cells)
	for i := range out {
		out[i].At = places[i].At
	}
	return out
}

// overwritten lists the filed cells of a row that were changed.
func overwritten(have, want *workbook.Row) diag.List {
	var out diag.List
	for i := range have.Filed {
		if h, w := have.Filed[i], want.Filed[i]; !sameCell(h, w) {
			out.Add(diag.Problem{Place: h.At, Field: have.ID, Want: "the filed value " + diag.Quote(w.Text), Got: diag.Quote(h.Text)})
		}
	}
	for _, x := range []struct {
		what, have, want string
		at               diag.Place
	}{{"unit", have.Unit, want.Unit, have.UnitAt}, {"source", have.Source, want.Source, have.SourceAt}, {"grade", have.Grade, want.Grade, have.GradeAt}} {
		if x.have != x.want && !(x.what == "unit" && have.Edited()) { // then the edit is refused for it
			out.Add(diag.Problem{Place: x.at, Field: have.ID, Want: "the " + x.what + " " + diag.Quote(x.want), Got: diag.Quote(x.have)})
		}
	}
	return out
}

func sameCell(a, b workbook.Cell) bool {
	v, ok := a.Value.(float64)
	w, also := b.Value.(float64)
	if ok && also {
		return sameNumber(v, w)
	}
	return a.Text == b.Text
}

// sameNumber compares numbers in the digits that all programs keep.
func sameNumber(a, b float64) bool {
	return math.Abs(a-b) <= 1e-12*math.Max(math.Abs(a), math.Abs(b))
}

// compare looks for locked cells and formulas that were changed.
func (m *maker) compare() {
	f := m.returned.Facts
	at := diag.Place{File: m.in.Name}
	library := workbook.LibraryVersion(m.in.Library.Fingerprint(), casestudies.AssumptionsFingerprint())
	skip := func(want, got, hint string) {
		m.report.Remarks.Add(diag.Problem{Place: at, Want: want, Got: got, Hint: hint + "; formulas and locked cells were not compared with what was built"})
	}
	switch {
	case f.Tool != m.in.Version:
		skip("a workbook of this version of the program, "+diag.Printable(m.in.Version), "one of "+diag.Quote(f.Tool), "build it again with this version")
		return
	case f.Library != library:
		skip("a workbook built with this case library, "+library, "one built with "+diag.Quote(f.Library), "name the folder of own cases with --cases, as when it was built")
		return
	}
	var leave []string
	if m.in.NoTrials {
		leave = workbook.TrialSheets
	}
	changed, deleted := workbook.Compare(m.in.Sheets, m.filed.book, m.in.Name, leave...)
	for _, p := range changed {
		if !told(m.report.Ignored, p) {
			m.report.Ignored.Add(p)
		}
	}
	for _, p := range deleted {
		if !told(m.report.Deleted, p) {
			m.report.Deleted.Add(p)
		}
	}
}

// told reports whether a list has a problem at the same cell, or of the same
// row.
func told(list diag.List, p diag.Problem) bool {
	return slices.ContainsFunc(list, func(q diag.Problem) bool {
		return q.Place == p.Place && (p.Place.Cell != "" || q.Field == p.Field)
	})
}

// moved lists what the company file changed since the workbook was filed.
func (m *maker) moved() {
	if m.filed == m.current {
		return
	}
	given := func(r *workbook.Row) bool { return r == nil || !r.Derived() }
	for _, id := range m.order() {
		a, b := m.filed.rows[id], m.current.rows[id]
		if !given(a) || !given(b) || a != nil && b != nil && sameFiled(a, b) {
			continue
		}
		move := Move{ID: id}
		if a != nil {
			move.Label, move.Filed = a.Label, m.print(a, a.Filed)
		}
		if b != nil {
			move.Label, move.Now = b.Label, m.print(b, b.Filed)
		}
		m.report.Moved = append(m.report.Moved, move)
	}
}

// order returns the IDs of both sides: those that were filed, then new ones.
func (m *maker) order() []string {
	var ids []string
	seen := map[string]bool{}
	for _, l := range []*laidOut{m.filed, m.current} {
		for _, id := range sortedIDs(l.rows) {
			if !seen[id] {
				seen[id] = true
				ids = append(ids, id)
			}
		}
	}
	return ids
}

func sameFiled(a, b *workbook.Row) bool {
	return slices.EqualFunc(a.Filed, b.Filed, sameCell)
}

// sortedIDs returns the IDs of rows in the order of the sheets.
func sortedIDs(rows map[string]*workbook.Row) []string {
	ids := make([]string, 0, len(rows))
	for id := range rows {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int { return workbook.CompareRows(rows[a], rows[b]) })
	return ids
}
