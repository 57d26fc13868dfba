package workbook

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/diag"
)

// Sheets is a workbook that is read sheet by sheet. The error of Grid is a
// diag.List.
type Sheets interface {
	Sheets() []string
	Grid(name string) (*book.Grid, error)
}

// Returned is a workbook that came back: what was filed, what the reviewer
// entered, and what the sheets say of themselves. Rows were found by their ID
// and columns by their header; what stands in other cells is not in it.
type Returned struct {
	Name    string // of the file, for messages
	Facts   Facts
	Rows    []Row // of Inputs, then of Estimates, in the order of the sheets
	Answers []Answer
	History []Change // changes of earlier reviews
	// Problems are rows and cells that could not be read, and sheets that are
	// missing and can be done without.
	Problems diag.List
}

// Row is one row of Inputs, or of Estimates.
type Row struct {
	ID, Label, Unit, Source, Grade string

	Filed, Yours      []Cell // one value; low and high of a driver
	Reason, Who, Date Cell
	Driver            bool // of Estimates
	At                diag.Place

	UnitAt, SourceAt, GradeAt diag.Place

	number int // of the row on its sheet
}

// Edited reports whether the reviewer entered a value.
func (r *Row) Edited() bool {
	return slices.ContainsFunc(r.Yours, func(c Cell) bool { return !c.Empty() })
}

// Known reports whether the row is one that can be read back: a value of the
// company, a constant of the model or a driver. Others are published figures,
// or rows that somebody added.
func (r *Row) Known() bool {
	_, isEntry := entryKind(r.ID)
	return isEntry || isList(r.ID) || IsConstant(r.ID) || r.Driver && strings.HasPrefix(r.ID, "driver.")
}

// Derived reports whether the filed value follows from others: the interval
// of a driver, the middle of a range, an order, a published figure.
func (r *Row) Derived() bool {
	return r.Driver || r.Source == ofTheRange || isList(r.ID) || !r.Known()
}

// Touched reports whether the reviewer entered anything.
func (r *Row) Touched() bool {
	return r.Edited() || !r.Reason.Empty() || !r.Who.Empty() || !r.Date.Empty()
}

// Cell is a cell and its place.
type Cell struct {
	book.Read
	At diag.Place
}

// Answer is one row of Review.
type Answer struct {
	ID, Question               string
	Answer, Comment, Who, Date Cell
}

// Given reports whether the reviewer entered anything.
func (a *Answer) Given() bool {
	return !a.Answer.Empty() || !a.Comment.Empty() || !a.Who.Empty() || !a.Date.Empty()
}

// sheetNames are the sheets of a case.
var sheetNames = []string{aboutSheet, summarySheet, reviewSheet, inputsSheet, estimatesSheet, casesSheet, lossSheet, optionsSheet, stakeSheet,
	replaySheet, sensitivitySheet, rangesSheet, trialsSheet, drawsSheet, checksSheet, changesSheet, sourcesSheet}

// IsReturned reports whether a workbook is one of a case, edited or not: most
// of its sheets are there.
func IsReturned(s Sheets) bool {
	there := 0
	for _, name := range s.Sheets() {
		if slices.Contains(sheetNames, name) {
			there++
		}
	}
	return there > len(sheetNames)/2
}

// Read reads a workbook of a case back, as this program or another one saved
// it. The error is a diag.List: sheets or columns are missing, the workbook is
// none of ours, or one of another version.
func Read(s Sheets, name string) (*Returned, error) {
	r := &Returned{Name: name}
	if !IsReturned(s) {
		return nil, diag.List{{Place: diag.Place{File: name}, Want: "a workbook of this program, with the sheets About, Inputs and Estimates", Got: "the sheets " + diag.Quote(strings.Join(s.Sheets(), ", "))}}
	}
	var gone diag.List
	for _, sheet := range []string{aboutSheet, inputsSheet, estimatesSheet} {
		if !slices.Contains(s.Sheets(), sheet) {
			gone.Add(diag.Problem{Place: diag.Place{File: name}, Want: "the sheet " + sheet, Got: "none of that name", Hint: renamed(s)})
		}
	}
	if len(gone) > 0 {
		return nil, gone
	}
	about, err := s.Grid(aboutSheet)
	if err != nil {
		return nil, err
	}
	r.Facts = facts(about)
	if r.Facts.Schema != Schema {
		got := "one that does not say which"
		if r.Facts.Schema != 0 {
			got = "version " + strconv.Itoa(r.Facts.Schema)
		}
		return nil, diag.List{{Place: r.place(aboutSheet, 0, 0), Field: factFormat, Want: "sheets of version " + strconv.Itoa(Schema), Got: got, Hint: "build the workbook again with this version of the program"}}
	}
	var problems diag.List
	for _, read := range []func(Sheets) error{r.readInputs, r.readEstimates, r.readReview, r.readChanges} {
		if list, ok := read(s).(diag.List); ok {
			problems = append(problems, list...)
		}
	}
	return r, problems.Err()
}

// renamed names the sheets that may be one of ours under another name.
func renamed(s Sheets) string {
	var other []string
	for _, name := range s.Sheets() {
		if !slices.Contains(sheetNames, name) {
			other = append(other, diag.Quote(name))
		}
	}
	if len(other) == 0 {
		return "put the sheet back, from the workbook that was sent"
	}
	return "sheets are found by their names: give it its name back, if it is " + strings.Join(other, " or ") + " now"
}

func (r *Returned) place(sheet string, row, col int) diag.Place {
	p := diag.Place{File: r.Name, Sheet: sheet}
	if row > 0 {
		p.Cell = book.CellName(row, col)
	}
	return p
}

// table is a sheet whose columns are found by their headers.
type table struct {
	of      *Returned
	grid    *book.Grid
	head    int
	columns map[string]int
}

// open finds the header row of a sheet.
func (r *Returned) open(s Sheets, sheet string, heads []string) (*table, error) {
	g, err := s.Grid(sheet)
	if err != nil {
		return nil, err
	}
	t := &table{of: r, grid: g, head: g.FindRow(heads...)}
	if t.head == 0 {
		// The row with most of them says which are missing.
		best, missing := 0, strings.Join(heads, ", ")
		for _, row := range g.Rows {
			columns, lacks := g.Columns(row.Row), []string{}
			for _, h := range heads {
				if columns[h] == 0 {
					lacks = append(lacks, h)
				}
			}
			if n := len(heads) - len(lacks); n > best {
				best, missing = n, strings.Join(lacks, ", ")
			}
		}
		return nil, diag.List{{Place: r.place(sheet, 0, 0), Want: "a row with the headers " + strings.Join(heads, ", "), Got: "none with " + diag.Quote(missing), Hint: "columns are found by their headers: put back the words that were there"}}
	}
	t.columns = g.Columns(t.head)
	return t, nil
}

// cell returns the cell under a header; of a column that is not there, an
// empty one.
func (t *table) cell(row int, head string) Cell {
	col := t.columns[head]
	if col == 0 {
		return Cell{At: t.of.place(t.grid.Name, row, 1)}
	}
	return Cell{Read: t.grid.At(row, col), At: t.of.place(t.grid.Name, row, col)}
}

// text is the text of a cell, without spaces around it.
func (t *table) text(row int, head string) string { return strings.TrimSpace(t.cell(row, head).Text) }

// row reads a row of Inputs or of Estimates.
func (t *table) row(at int, filed, yours []string) Row {
	row := Row{ID: t.text(at, "ID"), Label: t.text(at, "Label"), Unit: t.text(at, "Unit"), Source: t.text(at, "Source"), Grade: t.text(at, "Grade"),
		Reason: t.cell(at, "Reason"), Who: t.cell(at, "Name"), Date: t.cell(at, "Date"), At: t.cell(at, "ID").At, Driver: len(filed) > 1, number: at,
		UnitAt: t.cell(at, "Unit").At, SourceAt: t.cell(at, "Source").At, GradeAt: t.cell(at, "Grade").At}
	for _, h := range filed {
		row.Filed = append(row.Filed, t.cell(at, h))
	}
	for _, h := range yours {
		row.Yours = append(row.Yours, t.cell(at, h))
	}
	return row
}

// Headers without which a sheet cannot be read.
var (
	inputHeads    = []string{"ID", "Unit", "Filed", "Yours", "Reason", "Name", "Date", "Source", "Grade"}
	estimateHeads = []string{"ID", "Unit", "Filed low", "Filed high", "Yours low", "Yours high", "Reason", "Name", "Date", "Source", "Grade"}
	reviewHeads   = []string{"ID", "Question", "Answer", "Comment", "Name", "Date"}
	changeHeads   = []string{"Status", "ID", "Label", "Unit", "Filed", "Yours", "Reason", "Who", "Date", "Effect on NPV", "Effect on stake"}
)

func (r *Returned) readInputs(s Sheets) error {
	t, err := r.open(s, inputsSheet, inputHeads)
	if err != nil {
		return err
	}
	for _, g := range t.grid.Rows {
		if g.Row > t.head {
			r.add(t.row(g.Row, []string{"Filed"}, []string{"Yours"}))
		}
	}
	return nil
}

// readEstimates reads the drivers; what the cases say stands below them, after
// a heading.
func (r *Returned) readEstimates(s Sheets) error {
	t, err := r.open(s, estimatesSheet, estimateHeads)
	if err != nil {
		return err
	}
	for _, g := range t.grid.Rows {
		if g.Row <= t.head {
			continue
		}
		if t.text(g.Row, "ID") == evidenceHeading {
			break
		}
		r.add(t.row(g.Row, []string{"Filed low", "Filed high"}, []string{"Yours low", "Yours high"}))
	}
	return nil
}

// add keeps a row that has an ID; one without is left out, with a problem
// where the reviewer entered something.
func (r *Returned) add(row Row) {
	if row.ID != "" {
		r.Rows = append(r.Rows, row)
		return
	}
	if row.Touched() {
		r.Problems.Add(diag.Problem{Place: row.At, Want: "the ID of the row that is meant", Got: "an empty cell", Hint: "put the figure into Yours of a row that was there"})
	}
}

func (r *Returned) readReview(s Sheets) error {
	if !slices.Contains(s.Sheets(), reviewSheet) {
		r.Problems.Add(diag.Problem{Place: r.place(reviewSheet, 0, 0), Want: "the sheet with the questions", Got: "none"})
		return nil
	}
	t, err := r.open(s, reviewSheet, reviewHeads)
	if err != nil {
		return err
	}
	for _, g := range t.grid.Rows {
		a := Answer{ID: t.text(g.Row, "ID"), Question: t.text(g.Row, "Question"), Answer: t.cell(g.Row, "Answer"), Comment: t.cell(g.Row, "Comment"), Who: t.cell(g.Row, "Name"), Date: t.cell(g.Row, "Date")}
		if g.Row > t.head && a.ID != "" {
			r.Answers = append(r.Answers, a)
		}
	}
	return nil
}

// readChanges reads the changes that were accepted earlier.
func (r *Returned) readChanges(s Sheets) error {
	if !slices.Contains(s.Sheets(), changesSheet) {
		r.Problems.Add(diag.Problem{Place: r.place(changesSheet, 0, 0), Want: "the sheet with the changes of earlier reviews", Got: "none"})
		return nil
	}
	t, err := r.open(s, changesSheet, changeHeads)
	if err != nil {
		return err
	}
	for _, g := range t.grid.Rows {
		if g.Row <= t.head || t.text(g.Row, "Status") != acceptedStatus {
			continue
		}
		number := func(head string) float64 { v, _ := t.cell(g.Row, head).Value.(float64); return v }
		none, _ := t.cell(g.Row, "Effect on NPV").Value.(string)
		r.History = append(r.History, Change{ID: t.text(g.Row, "ID"), Label: t.text(g.Row, "Label"), Unit: t.text(g.Row, "Unit"), From: t.text(g.Row, "Filed"), To: t.text(g.Row, "Yours"),
			Reason: t.text(g.Row, "Reason"), Who: t.text(g.Row, "Who"), Date: t.text(g.Row, "Date"), NPV: number("Effect on NPV"), Stake: number("Effect on stake"), NoEffect: none})
		if len(r.History) > maxHistory {
			return diag.List{{Place: r.place(changesSheet, g.Row, 1), Want: fmt.Sprintf("at most %d accepted changes", maxHistory), Got: "more"}}
		}
	}
	return nil
}

// maxHistory bounds the accepted changes that a workbook carries on.
const maxHistory = 2000

// Row returns the first row with an ID, nil where there is none.
func (r *Returned) Row(id string) *Row {
	for i := range r.Rows {
		if r.Rows[i].ID == id {
			return &r.Rows[i]
		}
	}
	return nil
}

// CompareRows orders rows as their sheets do.
func CompareRows(a, b *Row) int {
	if a.Driver != b.Driver {
		if a.Driver {
			return 1
		}
		return -1
	}
	return cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.ID, b.ID))
}

// Entered counts what a reviewer has entered into a workbook: rows and
// answers. A workbook of ours that cannot be read counts as -1 rows, any other
// as none.
func Entered(s Sheets) (rows, answers int) {
	if !IsReturned(s) {
		return 0, 0
	}
	r, err := Read(s, "")
	if err != nil {
		return -1, 0
	}
	for i := range r.Rows {
		if r.Rows[i].Touched() {
			rows++
		}
	}
	for i := range r.Answers {
		if r.Answers[i].Given() {
			answers++
		}
	}
	return rows, answers
}
