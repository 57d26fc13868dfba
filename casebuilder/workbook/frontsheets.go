package workbook

import (
	"fmt"
	"strings"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/results"
)

// contents says what each sheet is for.
var contents = []struct{ sheet, kind, what string }{
	{summarySheet, "output", "the decision in words, six figures as filed and as now, charts"},
	{reviewSheet, "input", "questions to marketing: agree, change or unsure"},
	{inputsSheet, "input", "every figure of the company, and the constants of the model: edit Yours"},
	{estimatesSheet, "input", "the uncertain drivers with their 90% intervals: edit Yours low and Yours high"},
	{casesSheet, "evidence", "the case library as it compares with this company"},
	{lossSheet, "calculation", "what one incident costs, line by line"},
	{optionsSheet, "calculation", "what the options cost, cut and avoid; the years; the decision"},
	{stakeSheet, "output", "what marketing stands to lose, and what it is asked to fund"},
	{replaySheet, "output", "cases applied to this company, observed and assumed"},
	{sensitivitySheet, "output", "what would change the answer"},
	{rangesSheet, "output", "percentiles, exceedance, appetite"},
	{trialsSheet, "calculation", "the simulation, live"},
	{drawsSheet, "calculation", "the stored draws that it starts from"},
	{checksSheet, "check", "what must hold, and whether it does"},
	{changesSheet, "log", "open edits, and accepted ones with their effects"},
	{sourcesSheet, "evidence", "publications, and how good the predictions are"},
}

// about lays out the welcome sheet.
func (m *maker) about() {
	r := m.c.Results
	p := r.Company.Paper
	s := m.sheet(aboutSheet, book.About, "Business case for security: "+clip(r.Company.Company.Name, 80),
		"About: what this workbook is, who stands behind it, how to review it in five steps.")
	s.Widths = []float64{26, 90}
	s.FreezeRows = checkRow
	s.Print.RepeatRows, s.Print.OnePage, s.Print.Landscape = 0, true, false
	row := 5
	section := func(title string) {
		s.Set(row, 1, book.Text(title, book.Heading))
		row++
	}
	line := func(name, text string) {
		if text == "" {
			return
		}
		s.SetRow(row, 1, book.Text(name, book.Label), book.Text(text, book.Prose))
		row++
	}
	section("This case")
	line("Business unit", r.Company.Company.Unit)
	line("As of", r.AsOf.String())
	line("Prepared by", p.PreparedBy)
	line("Contact", p.Contact)
	line("Review by", p.ReviewBy.String())
	line("Classification", p.Classification)
	if r.Company.Company.Example {
		line("Figures", "invented, for an example: every such row of Inputs says so in its source")
	}
	line("Money", "in "+r.Currency+", constant prices, before tax; a nominal discount rate understates")
	line("Signs", "costs and losses are positive in their own blocks; rows named net are benefits less costs")
	facts := row
	for _, f := range (Facts{}).lines(0) {
		line(f[0], "…")
	}
	m.later = append(m.later, func() { // the checksum is known when all rows stand
		for i, f := range m.facts().lines(r.Evidence.Cases) {
			s.Set(facts+i, 2, book.Text(f[1], book.Prose))
		}
	})
	row++
	section("What it may be used for")
	line("Use", "to decide on a security programme, and to review the figures behind it")
	line("Not for", "pricing insurance, predicting one incident, rating a supplier, or a valuation of the brand. Losses are modelled, not forecast; closures without exposed data are outside.")
	row++
	section("How to review it in five steps")
	for i, t := range []string{
		"Read Summary, then the questions on Review.",
		"On Inputs and Estimates, put your own figure into the yellow cell beside the filed one. Leave the rest empty.",
		"Say why, who you are and when, in the same row. A change without a reason is not taken in.",
		"Look at Summary again: it shows as filed and as now, side by side. Checks must pass.",
		"Save the file and send it back. Your changes are listed on Changes and taken in by name.",
	} {
		line(fmt.Sprintf("Step %d", i+1), t)
	}
	row++
	section("Sheets")
	for _, c := range contents {
		s.SetRow(row, 1, book.Cell{Value: c.sheet, Style: book.Style{Look: book.LinkText}, Link: c.sheet + "!A1"}, book.Text(c.kind+": "+c.what, book.Prose))
		row++
	}
	row++
	section("Colours and signs")
	s.SetRow(row, 1, book.Text("yellow", book.InputKey), book.Text("a cell to edit: Yours, Reason, Name and Date on Inputs and Estimates, answers on Review", book.Prose))
	row++
	s.SetRow(row, 1, book.Text("black", book.Calc), book.Text("calculated; a formula", book.Prose))
	row++
	s.SetRow(row, 1, book.Text("grey", book.Filed), book.Text("filed: stored on the day of the build, and does not follow edits", book.Prose))
	row++
	s.SetRow(row, 1, book.Text("✓ ✗", book.Check), book.Text("a check that passes or fails, with the word beside the sign", book.Prose))
}

// question is one question to the reviewer.
type question struct{ id, text string }

// questions are made from the case: what a marketing reviewer can judge.
func (m *maker) questions() []question {
	r := m.c.Results
	qs := []question{
		{"customers", "Are the numbers of active customers, people on file and new customers right (Inputs, customers.*)?"},
		{"retention", "Is the retention rate the one you use yourself (Inputs, customers.retention)?"},
		{"premium", "Does the margin premium exist, and is its evidence good enough (Inputs, economics.margin_premium)?"},
		{"churn", "Is the range of extra churn after a headline plausible for our customers (Estimates, driver.extra_churn)?"},
		{"dip", "Are the depth and length of a spending dip plausible (Estimates, driver.spending_dip, driver.recovery_months)?"},
		{"goodwill", "Would we make the goodwill offer, at this cost (Inputs, marketing.goodwill_offer, marketing.voucher)?"},
		{"campaign", "Would we run a brand campaign, of this size (Inputs, marketing.brand_campaign; Estimates, driver.campaign)?"},
		{"contact", "Is the contact capacity right, and would head office help (Inputs, staffing.*)?"},
		{"ownership", "Do the loss lines belong to the owners shown (Inputs, ownership.*)?"},
	}
	if len(r.Options) > 0 {
		qs = append(qs, question{"share", "Is the way in which marketing's share is worked out fair (Stake, Inputs share.weight.*)?"},
			question{"options", "Is anything missing among the options, or among their costs for marketing (Options)?"})
	}
	return qs
}

// Questions returns how many questions the Review sheet of a case asks.
func Questions(r *results.BusinessCase) int {
	if len(r.Options) > 0 {
		return 11
	}
	return 9
}

// review lays out the questions to marketing.
func (m *maker) review() {
	s := m.sheet(reviewSheet, book.Input, "Questions to the reviewer",
		"Input: edit the yellow cells: choose agree, change or unsure, add a comment where you like, then your name and the date.")
	s.Widths = []float64{16, 80, 13, 60, 22, 14}
	s.FreezeRows, s.FreezeCols = headRow, 1
	header(s, headRow, "ID", "Question", "Answer", "Comment", "Name", "Date")
	qs := m.questions()
	for i, q := range qs {
		row := firstRow + i
		s.SetRow(row, 1, book.Text(q.id, book.ID), book.Text(q.text, book.Prose))
		for col := 3; col <= 6; col++ {
			style := book.Style{Look: book.InputText}
			if col == 6 {
				style.Format = book.ISODate
			}
			s.Set(row, col, book.Cell{Style: style})
		}
	}
	last := firstRow + len(qs) - 1
	s.Table = &book.Table{Name: "Review_table", Ref: fmt.Sprintf("A%d:F%d", headRow, last)}
	s.Validations = append(s.Validations,
		book.Validation{Range: fmt.Sprintf("C%d:C%d", firstRow, last), Kind: book.List, List: []string{"agree", "change", "unsure"}, Title: "Answer", Message: "Choose agree, change or unsure."},
		book.Validation{Range: fmt.Sprintf("D%d:D%d", firstRow, last), Kind: book.TextLength, Min: "1", Max: "2000", Title: "Comment", Message: "At most 2,000 characters."},
		book.Validation{Range: fmt.Sprintf("E%d:E%d", firstRow, last), Kind: book.TextLength, Min: "1", Max: "80", Title: "Name", Message: "Your name, at most 80 characters."},
		book.Validation{Range: fmt.Sprintf("F%d:F%d", firstRow, last), Kind: book.DateRange, Min: "43831", Max: "73050", Title: "Date", Message: "Give a date from 2020-01-01 on, such as 2026-12-31."})
}

// Change is one accepted edit, stored as history.
type Change = results.Change

// acceptedStatus marks a change of an earlier review.
const acceptedStatus = "accepted"

// openRows is how many open edits of Inputs the log lists.
const openRows = 30

// changes lays out the log: accepted changes as history, open edits by formula.
func (m *maker) changes() {
	s := m.sheet(changesSheet, book.Log, "Changes",
		"Log: accepted changes with their effect, then the open edits of this file, listed by formula. The effect of all open edits together is on Summary.")
	s.Widths = []float64{6, 11, 40, 40, 16, 18, 18, 40, 20, 13, 16, 16, 9, 16, 16}
	s.FreezeRows, s.FreezeCols = headRow, 2
	header(s, headRow, ">No", "Status", "ID", "Label", "Unit", "Filed", "Yours", "Reason", "Who", "Date", ">Effect on NPV", ">Effect on stake")
	row := firstRow
	for i, h := range m.opt.History {
		s.SetRow(row, 1, book.Number(float64(i+1), book.Filed, book.Whole), book.Text(acceptedStatus, book.Label), book.Text(h.ID, book.ID), book.Text(h.Label, book.Label), book.Text(h.Unit, book.Unit),
			book.Text(h.From, book.Label), book.Text(h.To, book.Label), book.Text(h.Reason, book.Prose), book.Text(h.Who, book.Label), book.Text(h.Date, book.Label),
			book.Number(h.NPV, book.Filed, book.Signed), book.Number(h.Stake, book.Filed, "+0.0%;-0.0%;0.0%"))
		if h.NoEffect != "" {
			s.SetRow(row, 11, book.Text(h.NoEffect, book.Label), book.Text(h.NoEffect, book.Label))
		}
		row++
	}
	// Which rows are edited: one line a row of Inputs and of Estimates.
	n := m.lastInput - firstRow + 1
	s.Set(headRow, 13, book.Text("Row", book.HeaderRight))
	s.Set(headRow, 14, book.Text("Edited rows of Inputs", book.HeaderRight))
	s.Set(headRow, 15, book.Text("Edited rows of Estimates", book.HeaderRight))
	for i := range n {
		r := firstRow + i
		s.Set(r, 14, book.Formula("IF("+book.On(inputsSheet, book.CellName(r, yoursCol))+`="","",ROW())`, "", book.Calc, book.Whole))
	}
	for i := range m.lastEstimate - firstRow + 1 {
		r := firstRow + i
		low, high := book.On(estimatesSheet, book.CellName(r, estimateCol("Yours low"))), book.On(estimatesSheet, book.CellName(r, estimateCol("Yours high")))
		s.Set(r, 15, book.Formula("IF("+low+"&"+high+`="","",ROW())`, "", book.Calc, book.Whole))
	}
	marks := func(col, last int) string { return book.Absolute(firstRow, col) + ":" + book.Absolute(last, col) }
	// A line an open edit: those of Inputs first, then those of Estimates, both
	// numbered on.
	before := ""
	open := func(k int, sheet, marks string, columns []string) {
		s.Set(row, 1, book.Number(float64(len(m.opt.History)+k), book.Calc, book.Whole))
		no := "$A" + itoa(row) + before
		at := "$M" + itoa(row)
		s.Set(row, 13, book.Formula("IF($B"+itoa(row)+`="","",SMALL(`+marks+","+no+"))", "", book.Calc, book.Whole))
		s.Set(row, 2, book.Formula("IF("+no+">COUNT("+marks+`),"","open")`, "", book.CalcText, book.General))
		for i, c := range columns {
			pick := func(x string) string { return "INDEX(" + book.On(sheet, "$"+x+":$"+x) + "," + at + ")" }
			what := pick(c)
			if low, high, both := strings.Cut(c, "&"); both {
				what = pick(low) + `&" to "&` + pick(high)
			}
			format := book.General
			if i == len(columns)-1 {
				format = book.ISODate
			}
			s.Set(row, 3+i, book.Formula("IF($B"+itoa(row)+`="","",`+what+")", "", book.CalcText, format))
		}
		for col := 11; col <= 12; col++ {
			s.Set(row, col, book.Cell{Style: book.Style{Look: book.Calc}})
		}
		row++
	}
	if n := len(m.opt.History); n > 0 {
		before = "-$A$" + itoa(row-1)
	}
	for k := range openRows {
		open(k+1, inputsSheet, marks(14, m.lastInput), []string{"A", "B", "C", "D", "E", "F", "G", "H"})
	}
	listed := book.Absolute(row-openRows, 1) + ":" + book.Absolute(row-1, 1)
	s.Set(headRow-1, 3, book.Formula("IF(COUNT("+marks(14, m.lastInput)+")>ROWS("+listed+`),"more open edits than are listed here","")`, "", book.CalcText, book.General))
	before = "-$A$" + itoa(row-1)
	for k := range m.lastEstimate - firstRow + 1 {
		open(openRows+k+1, estimatesSheet, marks(15, m.lastEstimate), []string{"A", "B", "C", "D&E", "F&G", "H", "I", "J"})
	}
	s.Print.Area = "A1:" + book.CellName(firstRow+len(m.opt.History)+openRows-1, 12)
	s.Table = &book.Table{Name: "Changes_table", Ref: fmt.Sprintf("A%d:L%d", headRow, row-1)}
}
