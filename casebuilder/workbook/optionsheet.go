package workbook

import (
	"slices"
	"strconv"
	"strings"

	"casebuilder/casebuilder/book"
)

// comparison are the figures of the table that sets the choices side by side,
// doing nothing first.
var comparison = []string{
	"npv", "npv.p10", "npv.p50", "npv.p90", "npv.chance_positive", "cost.pv", "cost.yearly", "saves.pv", "avoided.pv",
	"avoided.marketing.pv", "avoided.other.pv", "npv.without_avoided", "npv.without_response", "rosi", "payback_months",
	"npv.marginal", "cost.next_cheaper", "breakeven_rate", "breakeven.chance", "spend.share", "ale.total", "ale.marketing", "ale.avoided", "ale.avoided_marketing", "ale.avoided_margin",
	"probability.year", "residual.chance_over_appetite", "within_appetite", "score", "stake.share", "stake.share_margin",
}

// choiceCol is the column of doing nothing; the options follow.
const choiceCol = 4

// choices returns the prefixes of the choices, doing nothing first.
func (m *maker) choices() []string {
	out := []string{"nothing."}
	for _, o := range m.c.Results.Options {
		out = append(out, "options."+o.ID+".")
	}
	return out
}

// options lays out the choices side by side, then each option's cuts and what
// is left after it, and the years.
func (m *maker) options() {
	s := m.sheet(optionsSheet, book.Calculation, "What the options cost and avoid",
		"Calculation: the choices side by side, what decides between them, then each option's cuts, what is left after it, and its years.")
	s.Widths = []float64{60, 62, 14, 22, 22, 22, 22, 22, 22}
	s.FreezeRows, s.FreezeCols = headRow, 2
	m.choiceFirst = headRow
	heads := []string{"ID", "Label", "Unit", ">Doing nothing"}
	for _, o := range m.c.Results.Options {
		heads = append(heads, ">"+o.Name)
	}
	header(s, headRow, heads...)
	for i := range m.choices() {
		s.Widths = setWidth(s.Widths, choiceCol+i, 22)
	}
	row := firstRow
	for _, metric := range comparison {
		var first id
		for i, prefix := range m.choices() {
			of := id(prefix + metric)
			s.Set(row, choiceCol+i, book.Cell{Style: book.Style{Look: book.Calc}})
			if prefix == "nothing." {
				switch metric {
				case "within_appetite", "ale.total", "ale.marketing", "probability.year":
					of = id(metric)
				}
			}
			if !m.has(of) {
				continue
			}
			look := book.Calc
			if metric == "npv" {
				look = book.Total
			}
			if first == "" || strings.HasPrefix(string(first), "nothing.") {
				first = of
			}
			if _, placed := m.at[of]; placed {
				m.show(s, row, choiceCol+i, of, look)
			} else {
				m.put(s, row, choiceCol+i, of, look)
			}
		}
		if first == "" {
			continue
		}
		q := m.quantity(first)
		label := q.Label
		if _, rest, ok := strings.Cut(label, ": "); ok && strings.Contains(string(first), ".") {
			label = rest
		}
		label, _, _ = strings.Cut(label, ", after: ")
		s.SetRow(row, 1, book.Text(metric, book.ID), book.Text(upperFirst(label), book.Label), book.Text(m.unit(q.Unit), book.Unit))
		m.metricRow[metric] = row
		row++
	}
	row++
	s.Set(row, 1, book.Text("The decision", book.Heading))
	row++
	for _, q := range m.c.Graph().All() {
		if (q.Group == "decision" || q.Group == "headline") && m.free(q.ID) {
			m.line(s, row, q.ID)
			row++
		}
	}
	row = m.verdictWords(s, row+1)
	for _, o := range m.c.Results.Options {
		prefix := "options." + o.ID + "."
		s.Set(row, 1, book.Text(o.Name, book.Heading))
		row++
		var ids []id
		for _, q := range m.c.Graph().All() {
			if strings.HasPrefix(string(q.ID), prefix) && !strings.Contains(string(q.ID), "@") && m.free(q.ID) &&
				!strings.Contains(string(q.ID), ".check.") {
				ids = append(ids, q.ID)
			}
		}
		for _, of := range m.linesTogether(ids) {
			m.line(s, row, of)
			s.Set(row, 2, book.Text(m.shortLabel(of, o.Name), book.Label))
			row++
		}
		row++
	}
	for _, q := range m.c.Graph().All() {
		if q.Group == "options" && m.free(q.ID) {
			m.line(s, row, q.ID)
			row++
		}
	}
	for _, of := range []id{"discount.sum"} {
		m.line(s, row, of)
		row++
	}
	m.years(s, row+1)
}

// shortLabel is a label without the name of the option that it stands under.
func (m *maker) shortLabel(of id, option string) string {
	label := m.quantity(of).Label
	label = strings.TrimSuffix(label, ", after: "+option)
	for _, sep := range []string{": ", ", "} {
		if rest, ok := strings.CutPrefix(label, option+sep); ok {
			return upperFirst(rest)
		}
	}
	return label
}

// linesTogether puts the loss lines of each prefix side by side, in their
// order, so that sums over them are sums over a range.
func (m *maker) linesTogether(ids []id) []id {
	var rest []id
	lines := map[string][]id{}
	var prefixes []string
	for _, of := range ids {
		prefix, line, ok := strings.Cut(string(of), "loss.")
		if !ok || !slices.Contains(m.c.Lines(), line) || prefix != "" && !strings.HasPrefix(prefix, "options.") {
			rest = append(rest, of)
			continue
		}
		if lines[prefix] == nil {
			prefixes = append(prefixes, prefix)
		}
		lines[prefix] = append(lines[prefix], of)
	}
	for _, p := range prefixes {
		for _, l := range m.c.Lines() {
			if of := id(p + "loss." + l); slices.Contains(lines[p], of) {
				rest = append(rest, of)
			}
		}
	}
	return rest
}

// free reports whether a quantity still needs a cell on a sheet of lines.
func (m *maker) free(of id) bool {
	q := m.quantity(of)
	_, placed := m.at[of]
	return !placed && !q.Draw && !q.Expr.Zero() && m.live(of)
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// verdictWords lists the words that Summary picks by the verdict.
func (m *maker) verdictWords(s *book.Sheet, row int) int {
	s.Set(row, 1, book.Text("Words for the verdict", book.Heading))
	m.verdictFirst = row + 1
	for i, w := range verdictTexts {
		s.SetRow(row+1+i, 1, book.Text("verdict."+w.id, book.ID), book.Text(w.text, book.Label), book.Text("text", book.Unit))
	}
	return row + 2 + len(verdictTexts)
}

var verdictTexts = []struct{ id, text string }{
	{"unfavourable", "Unfavourable: no option earns back what it costs, on average."},
	{"neutral", "Neutral: an option pays on average, but not in most futures, or doing nothing is the better choice inside appetite."},
	{"favourable", "Favourable: the recommended option pays on average and in most futures."},
}

// years lays out the year tables: one time axis, a row a flow.
func (m *maker) years(s *book.Sheet, row int) {
	s.Set(row, 1, book.Text("Year by year; year 0 is today, later flows at year ends", book.Heading))
	row++
	header(s, row, "ID", "Label", "Unit", ">Year 0", ">Year 1", ">Year 2", ">Year 3", ">Year 4", ">Year 5")
	row++
	var done []string
	heading := ""
	for _, q := range m.c.Graph().All() {
		base, _, series := strings.Cut(string(q.ID), "@")
		if !series || q.Group != "time" && q.Group != "years" || slices.Contains(done, base) {
			continue
		}
		done = append(done, base)
		if o := m.optionOf(base); o != heading {
			heading = o
			s.Set(row, 1, book.Text(m.optionName(o), book.Heading))
			row++
		}
		s.SetRow(row, 1, book.Text(base, book.ID), book.Text(m.shortLabel(q.ID, m.optionName(m.optionOf(base))), book.Label), book.Text(m.unit(q.Unit), book.Unit))
		for t := range 6 {
			of := id(base + "@" + strconv.Itoa(t))
			if !m.has(of) {
				continue
			}
			look := book.Calc
			if strings.HasSuffix(base, ".net") || strings.HasSuffix(base, ".present") {
				look = book.Total
			}
			m.put(s, row, 4+t, of, look)
		}
		row++
	}
	m.yearsLast = row - 1
}

// optionOf returns the ID of the option that a quantity belongs to, or "".
func (m *maker) optionOf(of string) string {
	for _, o := range m.c.Results.Options {
		if strings.HasPrefix(of, "options."+o.ID+".") {
			return o.ID
		}
	}
	return ""
}

func (m *maker) optionName(option string) string {
	for _, o := range m.c.Results.Options {
		if o.ID == option {
			return o.Name
		}
	}
	return ""
}

// otherKeys shows what each key would ask for beside the share that is
// proposed. It returns the row of the next block.
func (m *maker) otherKeys(s *book.Sheet, row int) int {
	if !m.has("share.proposed") {
		return row
	}
	s.Set(row, 1, book.Text("Each key by itself, and its change from the share proposed", book.Heading))
	header(s, row+1, "ID", "Key", "Unit", ">Change")
	row += 2
	for _, key := range []id{"share.key.benefit", "share.key.cause", "share.key.usage", "share.key.ability"} {
		if !m.has(key) {
			continue
		}
		s.SetRow(row, 1, book.Text("delta."+string(key), book.ID), book.Text(m.quantity(key).Label, book.Label), book.Text("share", book.Unit))
		r := row
		m.formula(s, r, 4, book.Calc, changeFormat(book.Percent), func() (string, any) {
			n := m.names(s.Name, r, 4)
			return n.Cell(key) + "-" + n.Cell("share.proposed"), m.c.Run.Value(key) - m.c.Run.Value("share.proposed")
		})
		row++
	}
	return row + 1
}

// stake lays out what marketing stands to lose and what it is asked to fund.
func (m *maker) stake() {
	s := m.sheet(stakeSheet, book.Output, "Marketing's stake, and its share",
		"Output: the stake is what marketing stands to lose; the share is what it is asked to fund. They never share a figure. Owners and keys are rows of Inputs.")
	s.Widths = []float64{30, 54, 14, 18, 60}
	s.FreezeRows, s.FreezeCols = headRow, 2
	header(s, headRow, "ID", "Label", "Unit", ">Value", "What it is")
	row := firstRow
	for _, b := range []block{
		{"The stake: what marketing stands to lose", []string{"stake"}},
		{"The share: what marketing is asked to fund; a proposal, nothing is charged", []string{"share"}},
	} {
		s.Set(row, 1, book.Text(b.title, book.Heading))
		row++
		for _, q := range m.c.Graph().All() {
			if slices.Contains(b.groups, q.Group) && m.free(q.ID) {
				m.line(s, row, q.ID)
				s.Set(row, 5, book.Text(q.Note, book.Note))
				m.stakeRow[string(q.ID)] = row
				row++
			}
		}
	}
	row = m.otherKeys(s, row+1)
	s.Set(row, 1, book.Text("Marketing's part of each loss line, mean of one incident", book.Heading))
	row++
	header(s, row, "ID", "Loss line", "Unit", ">Marketing's part", "Reason where the owner is not the usual one")
	row++
	for _, l := range m.c.Lines() {
		if !m.has(id("loss." + l)) {
			continue
		}
		if m.stakeLines[0] == 0 {
			m.stakeLines[0] = row
		}
		m.stakeLines[1] = row
		of, share := id("loss."+l), m.c.ShareOf(l, "marketing")
		q := m.quantity(of)
		s.SetRow(row, 1, book.Text("stake."+l, book.ID), book.Text(q.Label, book.Label), book.Text(m.unit(q.Unit), book.Unit))
		r := row
		m.formula(s, r, 4, book.Calc, book.Whole, func() (string, any) {
			n := m.names(s.Name, r, 4)
			return n.Cell(of) + "*" + n.Cell(share), m.c.Run.Value(of) * m.c.Run.Value(share)
		})
		for _, o := range m.c.Results.Company.Ownership {
			if o.Line == l {
				s.Set(row, 5, book.Text(o.Reason, book.Note))
			}
		}
		row++
	}
	if len(m.c.Results.Options) == 0 {
		return
	}
	row++
	s.Set(row, 1, book.Text("Data of the chart of stake and share", book.Heading))
	header(s, row+1, "ID", "Label", "Unit", ">Share")
	m.stakeChart = row + 2
	for i, x := range []struct {
		of    id
		label string
	}{{"stake.share", "Stake: marketing's part of the loss avoided"}, {"share.proposed", "Share: what marketing is asked to fund"}} {
		r := m.stakeChart + i
		s.SetRow(r, 1, book.Text("chart."+string(x.of), book.ID), book.Text(x.label, book.Label), book.Text("share", book.Unit))
		m.show(s, r, 4, x.of, book.Calc)
	}
}
