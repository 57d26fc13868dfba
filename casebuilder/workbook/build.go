package workbook

import (
	"fmt"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/quantity"
)

// The sheets, in order.
const (
	aboutSheet       = "About"
	summarySheet     = "Summary"
	reviewSheet      = "Review"
	inputsSheet      = "Inputs"
	estimatesSheet   = "Estimates"
	casesSheet       = "Cases"
	lossSheet        = "Loss"
	optionsSheet     = "Options"
	stakeSheet       = "Stake"
	replaySheet      = "Replay"
	sensitivitySheet = "Sensitivity"
	rangesSheet      = "Ranges"
	trialsSheet      = "Trials"
	drawsSheet       = "Draws"
	checksSheet      = "Checks"
	changesSheet     = "Changes"
	sourcesSheet     = "Sources"
)

// Rows that all sheets share: title, purpose, master check, and the header row
// under a line for levels or groups.
const (
	checkRow = 3
	headRow  = 5
	firstRow = headRow + 1
)

// Options of a workbook.
type Options struct {
	Letter bool // US letter instead of A4
	// History are the changes of earlier reviews that were accepted.
	History []Change
}

// Build lays out the workbook of a case. cells says where each quantity
// stands: "Loss!D12".
func Build(c *model.Case, opt Options) (b *book.Book, cells map[string]string, err error) {
	r := c.Results
	name := r.Company.Company.Name
	if u := r.Company.Company.Unit; u != "" && u != "Group" {
		name += ", " + u
	}
	m := &maker{c: c, opt: opt, at: map[id]address{}, columns: map[id]int{}, central: map[id]int{},
		inputRow: map[string]int{}, driverAt: map[string]int{}, metricRow: map[string]int{}, stakeRow: map[string]int{}, rangeRow: map[string]int{}, headlineRow: map[string]int{},
		last: firstTrial + r.Trials - 1,
		b: &book.Book{CalcOnLoad: true,
			Properties: book.Properties{Title: "Business case for security: " + name, Author: r.Company.Paper.PreparedBy, Subject: "Live workbook for review", Language: "en-GB", Created: r.AsOf.Time},
			Footer:     book.Footer{Left: clip(name, 40) + " · case of " + r.AsOf.String(), Page: "{page} of {pages}", Right: "version " + r.Fingerprint}}}
	m.placeColumns()
	m.about()
	m.summary()
	m.review()
	m.inputs()
	m.estimates()
	m.cases()
	m.loss()
	m.options()
	m.stake()
	m.replay()
	m.sensitivity()
	m.ranges()
	m.trials()
	m.checks()
	m.changes()
	m.sources()
	for _, q := range c.Graph().All() {
		if _, ok := m.at[q.ID]; !ok && !q.Draw && c.Graph().Axis(q.ID) == quantity.Scalar {
			m.fail(fmt.Errorf("workbook: %s (%s) has no cell", q.ID, q.Group))
		}
	}
	for i := 0; i < len(m.later); i++ {
		m.later[i]()
	}
	for _, s := range m.b.Sheets {
		m.fitColumns(s)
	}
	if m.err != nil {
		return nil, nil, m.err
	}
	cells = make(map[string]string, len(m.at))
	for of, a := range m.at {
		cells[string(of)] = book.On(a.sheet, book.CellName(a.row, a.col))
	}
	return m.b, cells, nil
}

// sheet starts a sheet: title, purpose with its type, master check.
func (m *maker) sheet(name string, t book.Type, title, purpose string) *book.Sheet {
	s := m.b.Add(name, t)
	s.Title, s.Purpose = title, purpose
	s.Zoom = 100
	s.Print = book.Print{Letter: m.opt.Letter, Landscape: true, RepeatRows: headRow}
	s.Set(checkRow, 1, book.Text("Checks", book.Note))
	m.formula(s, checkRow, 2, book.Check, book.General, func() (string, any) {
		a := m.at[masterCheck]
		return m.names(name, checkRow, 2).address(a, ""), allPass
	})
	s.Conditionals = append(s.Conditionals,
		book.Conditional{Range: "B3", Formula: `LEFT($B$3,1)="✓"`, Mark: book.GoodMark},
		book.Conditional{Range: "B3", Formula: `LEFT($B$3,1)="✗"`, Mark: book.BadMark})
	return s
}

// header writes a header row; texts that begin with ">" stand over numbers.
func header(s *book.Sheet, row int, texts ...string) {
	for i, t := range texts {
		look := book.Header
		if len(t) > 0 && t[0] == '>' {
			look, t = book.HeaderRight, t[1:]
		}
		s.Set(row, i+1, book.Text(t, look))
	}
}

func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}
