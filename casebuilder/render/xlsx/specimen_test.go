package xlsx_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"casebuilder/casebuilder/book"
)

// specimen builds a small business case with every type of sheet and chart: a
// loss by trial, its percentiles and exceedance, options, stake and checks.
// The cached values are computed here, in Go, beside the formulas.
func specimen(trials int) *book.Book { return specimenWith(trials, func(*specimenBook) {}) }

// specimenWith builds it with other inputs.
func specimenWith(trials int, change func(*specimenBook)) *book.Book {
	b := &book.Book{
		Properties: book.Properties{
			Title: "Marketing's part in security", Author: "Alder & Finch", Subject: "Security budget",
			Language: "en-GB", Created: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC),
		},
		Footer:     book.Footer{Left: "Alder & Finch · Group · 2026-12-31", Page: "page {page} of {pages}", Right: "build 1f2e3d4c"},
		CalcOnLoad: true,
	}
	s := &specimenBook{Book: b, n: trials}
	s.customers, s.value, s.mu, s.sigma, s.chance, s.cut, s.rate, s.cost = 2400000, 70.008, -4.7, 0.9, 0.35, 0.2, 0.06, 60000
	change(s)
	s.about()
	s.Add("Summary", book.Output) // filled last, from the others
	s.review()
	s.inputs()
	s.lossSheet()
	s.options()
	s.ranges()
	s.sensitivity()
	s.trials()
	s.draws()
	s.checks()
	s.changes()
	s.sources()
	s.summary()
	b.Names = []book.Name{{Name: "expected_loss", Ref: "Summary!$D$9"}}
	return b
}

type specimenBook struct {
	*book.Book
	n int
	// figures of the case
	customers, value, mu, sigma, chance, cut, rate, cost float64
	z, u                                                 []float64
	churn, headline, loss, after                         []float64
	mean, meanAfter, p95                                 float64
	exceed                                               [][3]float64 // amount, chance, chance after
}

func (s *specimenBook) about() {
	sh := s.Add("About", book.About)
	sh.Title, sh.Purpose = "Alder & Finch: what marketing stands to lose", "About this workbook. Nothing to edit here."
	sh.Widths = []float64{26, 90}
	sh.SetRow(4, 1, book.Text("What it is for", book.Heading))
	for i, r := range [][2]string{
		{"Purpose", "To decide on the security budget, with marketing's own numbers in it."},
		{"Not for", "Reporting of past incidents, or insurance claims."},
		{"Sign convention", "Costs and losses are positive in their own blocks; net rows say net."},
		{"Version", "0.1, build 1f2e3d4c"},
	} {
		sh.SetRow(5+i, 1, book.Text(r[0], book.Label), book.Text(r[1], book.Prose))
	}
	sh.SetRow(10, 1, book.Text("Contents", book.Heading))
	for i, name := range []string{"Summary", "Review", "Inputs", "Loss", "Ranges", "Checks"} {
		c := book.Text(name, book.LinkText)
		c.Link = name + "!A1"
		sh.SetRow(11+i, 1, c)
	}
	sh.SetRow(18, 1, book.Text("Colour key", book.Heading))
	sh.SetRow(19, 1, book.Text("yellow, blue text", book.InputKey), book.Text("Yours to edit", book.Plain))
	sh.Print = book.Print{Area: "A1:B19"}
}

func (s *specimenBook) review() {
	sh := s.Add("Review", book.Input)
	sh.Title, sh.Purpose = "Questions to marketing", "Input. Edit the yellow cells: Answer, Comment, Name, Date."
	sh.Widths = []float64{12, 60, 14, 40, 16, 14}
	sh.SetRow(5, 1, headers("ID", "Question", "Answer", "Comment", "Name", "Date")...)
	for i, q := range []string{
		"Is the retention rate the one that marketing uses in its own planning, for the whole customer base?",
		"Would a voucher be sent after an incident?",
		"Does the service promise carry the premium?",
	} {
		sh.SetRow(6+i, 1, book.Text(fmt.Sprintf("Q%02d", i+1), book.ID), book.Text(q, book.Prose), input(nil, book.InputText, ""),
			input(nil, book.InputText, ""), input(nil, book.InputText, ""), input(nil, book.InputText, book.ISODate))
	}
	sh.FreezeRows, sh.FreezeCols = 5, 1
	sh.Table = &book.Table{Name: "tblReview", Ref: "A5:F8"}
	sh.Validations = []book.Validation{
		{Range: "C6:C8", Kind: book.List, List: []string{"agree", "change", "unsure"}, Title: "Answer", Message: "Please choose agree, change or unsure."},
		{Range: "D6:E8", Kind: book.TextLength, Max: "2000", Title: "Text", Message: "Please write at most 2000 characters."},
		{Range: "F6:F8", Kind: book.DateRange, Min: "36526", Title: "Date", Message: "Please enter a date from 2000-01-01 on."},
	}
	sh.Print = book.Print{Area: "A1:F8", Landscape: true, RepeatRows: 5}
}

func headers(texts ...string) []book.Cell {
	cells := make([]book.Cell, len(texts))
	for i, t := range texts {
		look := book.Header
		if slices.Contains([]string{"Filed", "Yours", "In use", "Amount", "Chance today", "Chance after", "Low", "High", "Expected", "Actual",
			"Tolerance", "Trial", "z churn", "u headline", "extra churn", "headline", "loss", "loss after", "Do nothing", "Core", "Maximum"}, t) {
			look = book.HeaderRight
		}
		cells[i] = book.Text(t, look)
	}
	return cells
}

func input(v any, look book.Look, f book.Format) book.Cell {
	return book.Cell{Value: v, Style: book.Style{Look: look, Format: f}}
}

// inputRows: ID, label, unit, value, format, source.
func (s *specimenBook) inputs() {
	sh := s.Add("Inputs", book.Input)
	sh.Title, sh.Purpose = "Inputs", "Input. Edit the yellow cells: Yours, Reason, Name, Date."
	sh.Widths = []float64{27, 36, 16, 14, 14, 30, 14, 12, 14, 34}
	sh.SetRow(3, 1, book.Text("Master check", book.Note), book.Formula("Checks!$F$9", "✓ all checks pass", book.Check, ""))
	sh.SetRow(5, 1, headers("ID", "Label", "Unit", "Filed", "Yours", "Reason", "Name", "Date", "In use", "Source")...)
	rows := []struct {
		id, label, unit string
		v               float64
		f               book.Format
		source          string
	}{
		{"customers.active", "Active customers", "customers", s.customers, book.Whole, "=HYPERLINK(\"x\") <CRM & shop>"},
		{"customer.value", "Margin of a customer over 3 years", "GBP/customer", s.value, book.TwoDigits, "own accounts 2026"},
		{"churn.mu", "Extra churn, middle (logit)", "logit", s.mu, book.Fine, "library"},
		{"churn.sigma", "Extra churn, spread (logit)", "logit", s.sigma, book.Fine, "library"},
		{"headline.chance", "Chance of a headline", "share", s.chance, book.Percent, "library"},
		{"option.cut", "Cut of the chance by the option", "share", s.cut, book.Percent, "judgement"},
		{"event.rate", "Incidents a year", "1/yr", s.rate, book.Percent, "tier, sector"},
		{"option.cost", "Cost of the option", "GBP/yr", s.cost, book.Whole, "quotes"},
	}
	for i, r := range rows {
		row := 6 + i
		sh.SetRow(row, 1, book.Text(r.id, book.ID), book.Text(r.label, book.Label), book.Text(r.unit, book.Unit),
			book.Number(r.v, book.Filed, r.f), input(nil, book.InputNumber, r.f), input(nil, book.InputText, ""),
			input(nil, book.InputText, ""), input(nil, book.InputText, book.ISODate),
			book.Formula(fmt.Sprintf("IF(ISNUMBER(E%d),E%d,D%d)", row, row, row), r.v, book.Calc, r.f), book.Text(r.source, book.Prose))
	}
	sh.FreezeRows, sh.FreezeCols = 5, 2
	sh.Table = &book.Table{Name: "tblInputs", Ref: "A5:J13"}
	sh.Validations = []book.Validation{
		{Range: "E10:E11", Kind: book.Decimal, Min: "0", Max: "1", Title: "Share", Message: "Please enter a share from 0% to 100%.", Prompt: "0% to 100%"},
		{Range: "E8:E9", Kind: book.Custom, Formula: "ISNUMBER(E8)", Title: "Number", Message: "Please enter a number."},
		{Range: "E12:E13", Kind: book.Decimal, Min: "0", Max: "$D$6", Title: "Amount", Message: "Please enter a number from 0 up.", Warn: true},
		{Range: "F6:G13", Kind: book.TextLength, Min: "1", Max: "2000", Title: "Text", Message: "Please write at most 2000 characters."},
		{Range: "H6:H13", Kind: book.DateRange, Min: "36526", Title: "Date", Message: "Please enter a date from 2000-01-01 on."},
		{Range: "E6:E7", Kind: book.Decimal, Min: "0", Title: "Amount", Message: "Please enter a number of at least 0."},
	}
	sh.Conditionals = []book.Conditional{{Range: "I6:I13", Formula: "ISNUMBER($E6)", Mark: book.ChangedMark}}
	sh.Print = book.Print{Area: "A1:J13", Landscape: true, RepeatRows: 5}
}

// draws and trials: the loss of an incident in each trial.
func (s *specimenBook) draws() {
	sh := s.Add("Draws", book.Evidence)
	sh.Title, sh.Purpose = "Draws", "Evidence. The stored draws of the simulation; nothing to edit."
	sh.Widths = []float64{9, 14, 14}
	sh.SetRow(5, 1, headers("Trial", "z churn", "u headline")...)
	sh.Block = &book.Block{Row: 6, Col: 1, Rows: s.n, Columns: []book.Column{
		{Values: counting(s.n), Format: book.Whole}, {Values: s.z, Format: book.Six}, {Values: s.u, Format: book.Six}}}
	sh.FreezeRows = 5
	sh.Print = book.Print{Area: "A1:C45", RepeatRows: 5}
}

func counting(n int) []float64 {
	v := make([]float64, n)
	for i := range v {
		v[i] = float64(i + 1)
	}
	return v
}

func (s *specimenBook) compute() {
	r := rand.New(rand.NewPCG(4, 2))
	for range s.n {
		s.z = append(s.z, math.Round(r.NormFloat64()*1e6)/1e6)
		s.u = append(s.u, math.Round(r.Float64()*1e6)/1e6)
	}
	for i := range s.n {
		churn := 1 / (1 + math.Exp(-(s.mu + s.sigma*s.z[i])))
		h, h2 := 0.0, 0.0
		if s.u[i] < s.chance {
			h = 1
		}
		if s.u[i] < s.chance*(1-s.cut) {
			h2 = 1
		}
		s.churn, s.headline = append(s.churn, churn), append(s.headline, h)
		s.loss = append(s.loss, h*s.customers*churn*s.value)
		s.after = append(s.after, h2*s.customers*churn*s.value)
	}
	s.mean, s.meanAfter, s.p95 = mean(s.loss), mean(s.after), percentile(s.loss, 0.95)
	for k := range 13 {
		x := float64(k) * 500000
		s.exceed = append(s.exceed, [3]float64{x, chanceAbove(s.loss, x, s.rate), chanceAbove(s.after, x, s.rate)})
	}
}

func mean(v []float64) float64 {
	t := 0.0
	for _, x := range v {
		t += x
	}
	return t / float64(len(v))
}

func percentile(v []float64, p float64) float64 {
	v = slices.Sorted(slices.Values(v))
	h := p * float64(len(v)-1)
	i := int(h)
	return v[i] + (h-float64(i))*(v[min(i+1, len(v)-1)]-v[i])
}

func chanceAbove(v []float64, x, rate float64) float64 {
	n := 0
	for _, l := range v {
		if l > x {
			n++
		}
	}
	return 1 - math.Exp(-rate*float64(n)/float64(len(v)))
}

func (s *specimenBook) trials() {
	if s.z == nil {
		s.compute()
	}
	sh := s.Add("Trials", book.Calculation)
	sh.Title, sh.Purpose = "Trials", "Calculation. One row is one possible incident; nothing to edit."
	sh.Widths = []float64{9, 12, 12, 12, 12, 16, 16}
	sh.SetRow(3, 1, book.Text("constants", book.Note), book.Cell{}, book.Formula("Inputs!$I$8", s.mu, book.Calc, book.Fine),
		book.Formula("Inputs!$I$9", s.sigma, book.Calc, book.Fine), book.Formula("Inputs!$I$10", s.chance, book.Calc, book.Fine),
		book.Formula("Inputs!$I$6*Inputs!$I$7", s.customers*s.value, book.Calc, book.Whole),
		book.Formula("Inputs!$I$10*(1-Inputs!$I$11)", s.chance*(1-s.cut), book.Calc, book.Fine))
	sh.SetRow(4, 1, book.Text("unit", book.Note), book.Text("z", book.Unit), book.Text("u", book.Unit), book.Text("share", book.Unit),
		book.Text("0/1", book.Unit), book.Text("GBP", book.Unit), book.Text("GBP", book.Unit))
	sh.SetRow(5, 1, headers("Trial", "z churn", "u headline", "extra churn", "headline", "loss", "loss after")...)
	sh.Block = &book.Block{Row: 6, Col: 1, Rows: s.n, Columns: []book.Column{
		{Values: counting(s.n), Format: book.Whole},
		{Formula: "Draws!B6", Values: s.z, Format: book.Six},
		{Formula: "Draws!C6", Values: s.u, Format: book.Six},
		{Formula: "1/(1+EXP(-(C$3+D$3*B6)))", Values: s.churn, Format: book.Fine},
		{Formula: "IF(C6<E$3,1,0)", Values: s.headline, Format: book.YearOnly},
		{Formula: "E6*D6*F$3", Values: s.loss, Format: book.Whole},
		{Formula: "IF(C6<G$3,1,0)*D6*F$3", Values: s.after, Format: book.Whole},
	}}
	sh.FreezeRows, sh.FreezeCols = 5, 1
	sh.Print = book.Print{Area: "A1:G45", RepeatRows: 5}
}

func (s *specimenBook) trialRange(col string) string {
	return "Trials!$" + col + "$6:$" + col + "$" + strconv.Itoa(5+s.n)
}

func (s *specimenBook) lossSheet() {
	s.compute()
	sh := s.Add("Loss", book.Calculation)
	sh.Title, sh.Purpose = "Mean loss of an incident, by line", "Calculation. Nothing to edit."
	sh.Widths = []float64{24, 30, 10, 16, 16, 16, 10, 34}
	sh.SetRow(5, 1, append(headers("ID", "Label", "Unit"), book.Text("Mean", book.HeaderRight), book.Text("Base", book.HeaderRight), book.Text("Top", book.HeaderRight))...)
	parts := []struct {
		id, label string
		share     float64
	}{{"loss.churned_margin", "Margin of lost customers", 1}, {"loss.spending_dip", "Spending dip", .31}, {"loss.goodwill", "Goodwill", .45}, {"loss.direct", "Direct response", .8}}
	total := 0.0
	for i, p := range parts {
		row := 6 + i
		v := s.mean * p.share
		f := "SUM(" + s.trialRange("F") + ")/COUNT(" + s.trialRange("F") + ")"
		if i > 0 {
			sh.Set(row, 7, book.Number(p.share, book.Filed, book.Percent))
			f = fmt.Sprintf("$D$6*G%d", row)
		}
		base := "0*D6"
		if i > 0 {
			base = fmt.Sprintf("F%d", row-1)
		}
		sh.SetRow(row, 1, book.Text(p.id, book.ID), book.Text(p.label, book.Label), book.Text("GBP", book.Unit),
			book.Formula(f, v, book.Calc, book.Whole), book.Formula(base, total, book.Calc, book.Whole),
			book.Formula(fmt.Sprintf("E%d+D%d", row, row), total+v, book.Calc, book.Whole))
		sh.Set(row, 8, book.Formula(fmt.Sprintf(`B%d&": "&ROUND(D%d/H$3,1)`, row, row), p.label+": "+tenth(v), book.CalcText, ""))
		total += v
	}
	sh.Set(3, 8, book.Number(1e6, book.Filed, book.Whole))
	sh.Set(5, 8, book.Text("Chart label", book.Header))
	sh.Set(10, 8, book.Formula(`B10&": "&ROUND(D10/H$3,1)`, "Total: "+tenth(total), book.CalcText, ""))
	sh.SetRow(10, 1, book.Text("severity.total", book.TotalLabel), book.Text("Total", book.TotalLabel), book.Text("GBP", book.TotalLabel),
		book.Formula("SUM(D6:D9)", total, book.Total, book.Whole), book.Formula("0*D6", 0.0, book.Total, book.Whole), book.Formula("E10+D10", total, book.Total, book.Whole))
	sh.SetRow(5, 7, book.Text("Share", book.HeaderRight))
	sh.FreezeRows = 5
	sh.Print = book.Print{Area: "A1:H10", Landscape: true, RepeatRows: 5}
}

// tenth writes millions with at most one decimal, as ROUND and "&" do.
func tenth(v float64) string {
	return strconv.FormatFloat(math.Round(v/1e5)/10, 'g', -1, 64)
}

func (s *specimenBook) options() {
	sh := s.Add("Options", book.Calculation)
	sh.Title, sh.Purpose = "Options", "Calculation. Nothing to edit."
	sh.Widths = []float64{24, 34, 12, 14, 14, 14}
	sh.SetRow(5, 1, headers("ID", "Label", "Unit", "Do nothing", "Core", "Maximum")...)
	avoided := (s.mean - s.meanAfter) * s.rate
	rows := []struct {
		id, label, unit string
		f               [3]string
		v               [3]float64
		fmt             book.Format
	}{
		{"cost", "Cost", "GBP/yr", [3]string{"0*Inputs!$I$13", "Inputs!$I$13", "2*Inputs!$I$13"}, [3]float64{0, s.cost, 2 * s.cost}, book.Whole},
		{"avoided", "Expected loss avoided", "GBP/yr", [3]string{"0*E7", "(Loss!$D$6-SUM(" + s.trialRange("G") + ")/COUNT(" + s.trialRange("G") + "))*Inputs!$I$12", "E7*1"}, [3]float64{0, avoided, avoided}, book.Whole},
		{"net", "Net a year", "GBP/yr", [3]string{"D7-D6", "E7-E6", "F7-F6"}, [3]float64{0, avoided - s.cost, avoided - 2*s.cost}, book.Whole},
	}
	for i, r := range rows {
		sh.SetRow(6+i, 1, book.Text(r.id, book.ID), book.Text(r.label, book.Label), book.Text(r.unit, book.Unit))
		for k := range 3 {
			sh.Set(6+i, 4+k, book.Formula(r.f[k], r.v[k], book.Calc, r.fmt))
		}
	}
	sh.Print = book.Print{Area: "A1:F8", Landscape: true, RepeatRows: 5}
}

func (s *specimenBook) ranges() {
	sh := s.Add("Ranges", book.Output)
	sh.Title, sh.Purpose = "Ranges", "Output. Percentiles and exceedance, live."
	sh.Widths = []float64{24, 34, 12, 16, 16, 16}
	sh.SetRow(5, 1, headers("ID", "Label", "Unit", "Amount", "Chance today", "Chance after")...)
	for i, e := range s.exceed {
		row := 6 + i
		above := func(col string) string {
			return fmt.Sprintf("1-EXP(-Inputs!$I$12*COUNTIF(%s,\">\"&D%d)/COUNT(%s))", s.trialRange(col), row, s.trialRange(col))
		}
		sh.SetRow(row, 1, book.Text(fmt.Sprintf("exceedance.%02d", i), book.ID), book.Text("Chance in a year of losing more", book.Label), book.Text("share", book.Unit),
			book.Number(e[0], book.Filed, book.Whole), book.Formula(above("F"), e[1], book.Calc, book.Percent2), book.Formula(above("G"), e[2], book.Calc, book.Percent2))
	}
	sh.SetRow(19, 1, book.Text("appetite.1", book.ID), book.Text("Appetite", book.Label), book.Text("share", book.Unit),
		book.Number(2000000, book.Filed, book.Whole), book.Number(0.01, book.Filed, book.Percent2), book.Cell{})
	sh.SetRow(20, 1, book.Text("severity.p95", book.ID), book.Text("Loss of an incident, 95th percentile", book.Label), book.Text("GBP", book.Unit),
		book.Formula("_xlfn.PERCENTILE.INC("+s.trialRange("F")+",G20)", s.p95, book.Calc, book.Whole))
	sh.Set(20, 7, book.Number(0.95, book.Filed, book.Percent))
	sh.FreezeRows = 5
	sh.Print = book.Print{Area: "A1:G20", Landscape: true, RepeatRows: 5}
}

func (s *specimenBook) sensitivity() {
	sh := s.Add("Sensitivity", book.Output)
	sh.Title, sh.Purpose = "Sensitivity", "Output. What moves the result most."
	sh.Widths = []float64{24, 34, 10, 16, 16}
	sh.SetRow(5, 1, headers("ID", "Label", "Unit", "Low", "High")...)
	for i, r := range []struct {
		label     string
		low, high float64
	}{{"Extra churn", -1.9e6, 4.1e6}, {"Chance of a headline", -1.2e6, 1.6e6}, {"Incidents a year", -0.9e6, 1.4e6}, {"Margin of a customer", -.5e6, .5e6}} {
		sh.SetRow(6+i, 1, book.Text(fmt.Sprintf("tornado.%d", i+1), book.ID), book.Text(r.label, book.Label), book.Text("GBP", book.Unit),
			book.Number(r.low, book.Filed, book.Signed), book.Number(r.high, book.Filed, book.Signed))
	}
	sh.Print = book.Print{Area: "A1:E9", RepeatRows: 5}
}
