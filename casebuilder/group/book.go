package group

import (
	"fmt"
	"strconv"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/company"
)

// The sheets of the group's workbook, in order.
const (
	aboutSheet    = "About"
	unitsSheet    = "Units"
	ratesSheet    = "Rates"
	compareSheet  = "Compare"
	rangesSheet   = "Group ranges"
	sharedSheet   = "Shared costs"
	stakeSheet    = "Stake matrix"
	eventsSheet   = "Common events"
	excludedSheet = "Excluded"
	checksSheet   = "Checks"
	changesSheet  = "Changes"
)

// Rows that all sheets share: title, purpose, master check, header.
const (
	checkRow = 3
	headRow  = 5
	firstRow = headRow + 1
)

// BookOptions of the workbook.
type BookOptions struct {
	Letter bool // US letter instead of A4
}

// Book lays out the group's workbook. Sums, shares and allocations are
// formulas; what comes from the units' results or from simulated years is
// stored, and marked as filed. There is nothing to edit: the units' own
// workbooks are what a reviewer edits.
func Book(c *Case, opt BookOptions) *book.Book {
	m := &maker{c: c, opt: opt, b: &book.Book{CalcOnLoad: true,
		Properties: book.Properties{Title: "Business case for security: " + c.Name, Subject: "Roll-up of the business units", Language: "en-GB", Created: c.AsOf.Time},
		Footer:     book.Footer{Left: clip(c.Name, 40) + " · case of " + c.AsOf.String(), Page: "{page} of {pages}", Right: "version " + c.Fingerprint}}}
	m.about()
	m.units()
	m.rates()
	m.compare()
	m.ranges()
	m.shared()
	m.stake()
	m.events()
	m.excluded()
	m.checks()
	m.changes()
	for _, f := range m.later {
		f()
	}
	return m.b
}

// maker fills the book.
type maker struct {
	c     *Case
	opt   BookOptions
	b     *book.Book
	later []func() // formulas that look at sheets which are laid out later

	compareLast, compareTotal int         // rows of Compare
	compareCol                map[key]int // columns of Compare
	stakeLast, stakeTotal     int
	sharedFirst, sharedLast   int // rows of the parts; 0 where nothing is shared
	sourceFirst, sourceLast   int // rows of the programmes
	tailFirst, tailLast       int
	meanRow                   int // of Group ranges
	checkLast                 int
}

// sheet starts a sheet: title, purpose with its type, master check.
func (m *maker) sheet(name string, t book.Type, title, purpose string, widths ...float64) *book.Sheet {
	s := m.b.Add(name, t)
	s.Title, s.Purpose, s.Widths, s.Zoom = title, purpose, widths, 100
	s.FreezeRows = headRow
	s.Print = book.Print{Letter: m.opt.Letter, Landscape: true, RepeatRows: headRow}
	s.Set(checkRow, 1, book.Text("Checks", book.Note))
	text := m.masterText()
	at := book.On(checksSheet, "$B$4")
	if name == checksSheet {
		at = "B$4"
	}
	s.Set(checkRow, 2, book.Formula(at, text, book.Check, book.General))
	s.Conditionals = append(s.Conditionals,
		book.Conditional{Range: "B3", Formula: `LEFT($B$3,1)="✓"`, Mark: book.GoodMark},
		book.Conditional{Range: "B3", Formula: `LEFT($B$3,1)="✗"`, Mark: book.BadMark})
	return s
}

// masterText is what the master check says.
func (m *maker) masterText() string {
	n := 0
	for _, c := range m.c.Checks {
		if !c.OK {
			n++
		}
	}
	if n > 0 {
		return "✗ " + strconv.Itoa(n) + " checks fail"
	}
	return "✓ all checks pass"
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

func filed(v float64, f book.Format) book.Cell { return book.Number(v, book.Filed, f) }

func calc(formula string, v float64, f book.Format) book.Cell {
	return book.Formula(formula, v, book.Calc, f)
}

func total(formula string, v float64, f book.Format) book.Cell {
	return book.Formula(formula, v, book.Total, f)
}

func label(s string) book.Cell { return book.Text(s, book.Label) }

// column is a range of one column, rows fixed: "$K$6:$K$12".
func column(col, first, last int) string {
	return book.Absolute(first, col) + ":" + book.Absolute(last, col)
}

// relative is the same with a column that moves along: "K$6:K$12".
func relative(col, first, last int) string {
	return fmt.Sprintf("%s$%d:%s$%d", book.ColumnName(col), first, book.ColumnName(col), last)
}

func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}

// contents says what each sheet is for.
var contents = []struct{ sheet, kind, what string }{
	{unitsSheet, "output", "every unit: in the group or left out, version, owner, checks, currency, data grade"},
	{ratesSheet, "evidence", "the dated rates that bring all money to one currency"},
	{compareSheet, "output", "the units side by side, one row each, the same columns"},
	{rangesSheet, "output", "what a year can cost the group, and which units drive the worst years"},
	{sharedSheet, "calculation", "what is paid for once, and how it is divided"},
	{stakeSheet, "output", "the expected loss by unit and by function"},
	{eventsSheet, "output", "units that are hit together because they share a platform"},
	{excludedSheet, "log", "units that are not in the group, with the reason"},
	{checksSheet, "check", "what must hold, and whether it does"},
	{changesSheet, "log", "changes that came out of reviews of the units' workbooks"},
}

func (m *maker) about() {
	c := m.c
	s := m.sheet(aboutSheet, book.About, "Business case for security: "+clip(c.Name, 80),
		"About: what this workbook is, and what stands on its sheets. Nothing in it is to be edited.", 26, 100)
	s.FreezeRows = checkRow
	s.Print.RepeatRows, s.Print.OnePage, s.Print.Landscape = 0, true, false
	row := headRow
	section := func(title string) {
		s.Set(row, 1, book.Text(title, book.Heading))
		row++
	}
	line := func(name, text string) {
		s.SetRow(row, 1, label(name), book.Text(text, book.Prose))
		row++
	}
	section("This roll-up")
	line("Group", c.Name)
	line("Units", fmt.Sprintf("%d of %d", len(c.Units), c.Of()))
	line("As of", c.AsOf.String()+", the latest of the units")
	line("Money", "in "+c.Currency+", constant prices, before tax; the rates are on Rates")
	line("Years", fmt.Sprintf("%s simulated years; units of one platform are hit together", thousands(float64(c.Years))))
	line("Program", "casebuilder "+c.Version)
	line("Version", c.Fingerprint+": of the units' cases, the group's own figures and the program")
	line("Signs", "costs and losses are positive in their own blocks; columns named net are benefits less costs")
	row++
	section("What it may be used for")
	line("Use", "to decide on what the units recommend and on what the group pays for once, and to see which units drive the worst years")
	line("Not for", "ranking units by one figure, pricing insurance, predicting one incident. Losses are modelled, not forecast; percentiles of units are never added up.")
	line("Edits", "go into the units' own workbooks and come back by review; the group is then rolled up again")
	row++
	section("Sheets")
	for _, x := range contents {
		s.SetRow(row, 1, book.Cell{Value: x.sheet, Style: book.Style{Look: book.LinkText}, Link: book.QuoteSheet(x.sheet) + "!A1"}, book.Text(x.kind+": "+x.what, book.Prose))
		row++
	}
	row++
	section("Colours and signs")
	for _, x := range []struct {
		cell book.Cell
		what string
	}{
		{book.Text("black", book.Calc), "calculated; a formula"},
		{book.Text("grey", book.Filed), "filed: from the units' results or from simulated years; stored, and the same until the next roll-up"},
		{book.Text("✓ ✗", book.Check), "a check that passes or fails, with the word beside the sign"},
	} {
		s.SetRow(row, 1, x.cell, book.Text(x.what, book.Prose))
		row++
	}
}

// The columns of Units.
const (
	unitColumns = 17
	failedCol   = 13
)

// units lists every unit, those that are left out as well.
func (m *maker) units() {
	s := m.sheet(unitsSheet, book.Output, fmt.Sprintf("%d of %d units", len(m.c.Units), m.c.Of()),
		"Output: every unit that was to be in the group. What is left out stands below, and on Excluded with the reason.",
		30, 26, 13, 10, 12, 12, 20, 12, 26, 12, 18, 10, 10, 11, 11, 44, 34)
	s.FreezeCols = 1
	header(s, headRow, "Unit", "Company", "Status", "Currency", "Sector", "Positioning", "Platform", "As of", "Owner", "Program", "Version", ">Checks", ">Failed", ">Warnings", "Data grade", "Not supported by a source of the unit", "Folder")
	row := firstRow
	for _, u := range m.c.Units {
		s.SetRow(row, 1, label(u.Name), label(u.Company), label("in the group"), label(u.Currency), label(u.Sector), label(u.Positioning), label(u.Platform), label(u.AsOf.String()), label(u.Owner),
			label(u.Version), book.Text(u.Fingerprint, book.ID), filed(float64(u.Checks), book.Whole), filed(float64(u.Failed), book.Whole), filed(float64(u.Warnings), book.Whole),
			label(u.Grade.Level.String()), book.Text(company.JoinList(u.Grade.Missing), book.Prose), label(u.Folder))
		row++
	}
	for _, x := range m.c.Excluded {
		s.SetRow(row, 1, label(orPlace(x)), label(""), label("left out"))
		for col := 4; col <= unitColumns; col++ {
			s.Set(row, col, label(""))
		}
		row++
	}
	s.Table = &book.Table{Name: "Units_table", Ref: fmt.Sprintf("A%d:%s", headRow, book.CellName(row-1, unitColumns))}
	s.Set(row+1, 1, book.Text("Data grade: strong where the unit names a source of its own for the chance of an incident, the retention and the margin premium; moderate for one or two of them; weak for none.", book.Note))
}

// orPlace names an excluded unit, by its row where it has no name.
func orPlace(x Excluded) string {
	if x.Name == "" {
		return x.Place
	}
	return x.Name
}

func (m *maker) rates() {
	c := m.c
	s := m.sheet(ratesSheet, book.Evidence, "Rates of exchange", "Evidence: one rate a currency, with its date. Rates that the group file does not give are marked.",
		12, 20, 16, 14, 24, 90)
	header(s, headRow, "Currency", "Unit", ">For one US dollar", "Of", ">One of it in "+c.Currency, "Source")
	own := firstRow
	for i, r := range c.Rates {
		if r.Currency == c.Currency {
			own = firstRow + i
		}
	}
	for i, r := range c.Rates {
		row := firstRow + i
		source := r.Source
		if !r.Given {
			source = "! " + source
		}
		s.SetRow(row, 1, label(r.Currency), book.Text(r.Currency+"/USD", book.Unit), filed(r.PerUSD, "#,##0.0000"), label(r.Of),
			calc(fmt.Sprintf("C$%d/C%d", own, row), c.rate(c.Currency)/r.PerUSD, "#,##0.0000"), book.Text(source, book.Prose))
	}
}

// rate returns the rate of a currency that is in use.
func (c *Case) rate(currency string) float64 {
	for _, r := range c.Rates {
		if r.Currency == currency {
			return r.PerUSD
		}
	}
	return 1
}

func thousands(v float64) string {
	s := strconv.FormatFloat(v, 'f', 0, 64)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
