package cli

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/quantity"
	"casebuilder/casebuilder/render/text"
	"casebuilder/casebuilder/results"
)

// number prints a figure's number: as people read it, and with its digits where
// that rounds.
func (e *explainer) number(unit string, v *float64, words string) string {
	if v == nil {
		return words
	}
	f := money.English.Format(unit, e.currency)
	short, digits := f.Text(*v), worked(*v)
	if strings.Contains(short, digits) || unit == "share" && strings.HasPrefix(short, worked(*v*100)+"%") {
		return short
	}
	return short + " (" + digits + ")"
}

// short prints a number for a table.
func (e *explainer) short(unit string, v *float64, words string) string {
	if v == nil {
		return cmp.Or(words, money.Missing)
	}
	return money.English.Format(unit, e.currency).Number(*v)
}

// tell writes an explanation for a person.
func (e *explainer) tell(p *text.Page, x *explanation) {
	p.Heading(x.ID + ": " + x.Label)
	if e.note != "" {
		p.Indented(0, text.Faint, e.note)
	}
	p.Gap()
	if x.Kind == "case" {
		e.tellCaseUse(p, x)
		return
	}
	p.Para(sentence(x.Definition))
	p.Gap()
	value := "value"
	if x.distribution {
		value = "mean over the trials"
	}
	p.Facts(
		text.Fact{Label: value, Text: e.number(x.Unit, x.Value, x.Text), Tone: text.Strong},
		text.Fact{Label: "central case", Text: e.centralText(x)},
		text.Fact{Label: "range", Text: e.rangeText(x)},
		text.Fact{Label: "P99", Text: e.number(x.Unit, x.P99, "")},
		text.Fact{Label: "standard error", Text: e.number(x.Unit, x.StdErr, "")},
		text.Fact{Label: "unit", Text: x.Unit},
		text.Fact{Label: "owner", Text: spaced(x.Owner)},
		text.Fact{Label: "form of loss", Text: spaced(x.Form)},
		text.Fact{Label: "workbook", Text: cellText(x.Cell)},
	)
	e.tellField(p, x)
	if x.Formula != "" {
		p.Heading("Formula")
		p.Indented(2, text.Plain, x.Formula)
	}
	if x.Numbers != "" {
		p.Heading("With numbers" + map[bool]string{true: " (the central case)"}[x.distribution])
		result := x.Value
		if x.distribution {
			result = x.Central
		}
		line := x.Numbers
		if result != nil {
			line += " = " + worked(*result)
		} else if x.Text != "" {
			line += ": " + x.Text
		}
		p.Indented(2, text.Plain, line)
	}
	e.tellInputs(p, x)
	e.tellDriver(p, x)
	if c := x.Check; c != nil {
		p.Heading("Check")
		p.Facts(text.Fact{Label: "expected", Text: worked(c.Expected)}, text.Fact{Label: "actual", Text: worked(c.Actual)},
			text.Fact{Label: "tolerance", Text: fmt.Sprintf("%.2g", c.Tolerance)},
			text.Fact{Label: "result", Text: map[bool]string{true: "✓ holds", false: "✗ fails"}[c.OK], Tone: map[bool]text.Tone{true: text.Good, false: text.Bad}[c.OK]})
	}
	e.tellBar(p, x)
	if len(x.UsedBy) > 0 {
		p.Heading("Used by")
		shown := x.UsedBy[:min(12, len(x.UsedBy))]
		line := strings.Join(shown, ", ")
		if more := len(x.UsedBy) - len(shown); more > 0 {
			line += fmt.Sprintf(" and %d more", more)
		}
		p.Indented(2, text.Plain, line)
	}
	e.tellSources(p, x)
}

// sentence makes a sentence of a phrase.
func sentence(s string) string {
	if s == "" {
		return ""
	}
	first, n := utf8.DecodeRuneInString(s)
	s = string(unicode.ToUpper(first)) + s[n:]
	if !strings.HasSuffix(s, ".") {
		s += "."
	}
	return s
}

func cellText(cell string) string {
	if cell == "" {
		return ""
	}
	return "cell " + cell
}

// centralText is the central case, where it says something else than the value.
func (e *explainer) centralText(x *explanation) string {
	if x.Central == nil || x.Value != nil && *x.Central == *x.Value {
		return ""
	}
	return e.number(x.Unit, x.Central, "") + ", every driver at its mean and every switch at its chance"
}

// rangeText is the range of a figure with a distribution, on one scale.
func (e *explainer) rangeText(x *explanation) string {
	if x.P5 == nil || x.P50 == nil || x.P95 == nil {
		return ""
	}
	f := money.English.Format(x.Unit, e.currency).Column(*x.P5, *x.P50, *x.P95)
	return fmt.Sprintf("%s, median %s (90%% of the trials)", f.Range(*x.P5, *x.P95), f.Number(*x.P50))
}

// tellField writes what an input is, and how the company gave it.
func (e *explainer) tellField(p *text.Page, x *explanation) {
	h := x.Field
	if h == nil {
		return
	}
	given, source := "", ""
	if n := h.Given; n != nil {
		f := money.English.Format(x.Unit, e.currency).Measured()
		switch {
		case n.Ranged:
			given = f.Range(n.Low, n.High)
			if n.HasMode {
				given += ", most likely " + f.Number(n.Value)
			}
		case !n.Given:
			given = "left out; the default is in use"
		default:
			given = f.Number(n.Value)
		}
		source = n.Source
	}
	p.Heading("In the company file")
	p.Facts(text.Fact{Label: "given", Text: given}, text.Fact{Label: "source", Text: source}, text.Fact{Label: "write", Text: h.Want},
		text.Fact{Label: "find it", Text: h.Where}, text.Fact{Label: "example", Text: h.Example})
}

func (e *explainer) tellInputs(p *text.Page, x *explanation) {
	if len(x.Inputs) == 0 {
		return
	}
	p.Heading("Made from")
	t := text.Table{Columns: []text.Column{{Head: ""}, {Head: "id", Min: 20}, {Head: "what", Min: 20}, {Head: "value", Right: true}, {Head: "central", Right: true}}}
	for _, in := range x.Inputs {
		central := ""
		if in.Central != nil && in.Value != nil && *in.Central != *in.Value {
			central = e.short(in.Unit, in.Central, "")
		}
		t.Add("", in.ID, in.Label, e.short(in.Unit, in.Value, in.Text), central)
	}
	p.Table(t)
}

// tellDriver writes where a driver's interval comes from.
func (e *explainer) tellDriver(p *text.Page, x *explanation) {
	d := x.Driver
	if d == nil {
		return
	}
	f := money.English.Format(d.Unit, e.currency)
	p.Heading(fmt.Sprintf("The interval: 9 cases in 10 lie inside (%s)", d.Family))
	t := text.Table{Columns: []text.Column{{Head: ""}, {Head: "from"}, {Head: "low", Right: true}, {Head: "high", Right: true}, {Head: "", Min: 30}}}
	row := func(from string, i *results.Interval, why string) {
		if i == nil {
			return
		}
		mark := ""
		if from == d.InUse {
			mark = "→"
			why = join(", ", "in use", why)
		}
		c := f.Column(i.Low, i.High)
		t.Add(mark, from, c.Number(i.Low), c.Number(i.High), why)
	}
	row("prior", &d.Prior, d.Prior.Source)
	if d.Library != nil {
		row("library", d.Library, fmt.Sprintf("%s, weight %.2f beside the prior's %s", count(len(d.Cases), "case", "cases"), d.Weight, e.priorWeight()))
	}
	if d.Company != nil {
		row("company", d.Company, d.Company.Source)
	}
	p.Table(t)
	p.Gap()
	p.Facts(text.Fact{Label: "median in use", Text: f.Text(d.Mid)}, text.Fact{Label: "grade", Text: d.Grade}, text.Fact{Label: "basis", Text: d.Basis},
		text.Fact{Label: "scale", Text: fmt.Sprintf("μ %s, σ %s", worked(d.Mu), worked(d.Sigma))})
	if len(d.Cases) == 0 {
		return
	}
	p.Heading("What cases say")
	votes := slices.Clone(d.Cases)
	slices.SortStableFunc(votes, func(a, b results.CaseWeight) int { return cmp.Compare(b.Weight, a.Weight) })
	t = text.Table{Columns: []text.Column{{Head: "case", Whole: true}, {Head: "value", Right: true}, {Head: "weight", Right: true}, {Head: "why", Min: 30, Wrap: true}}}
	for _, v := range votes {
		t.Add(v.ID, e.vote(x.ID, f, v.Value), fmt.Sprintf("%.2f", v.Weight), v.Why)
	}
	p.Table(t)
}

// tellBar writes what a driver or an input moves, from its low to its high end.
func (e *explainer) tellBar(p *text.Page, x *explanation) {
	b := x.Bar
	if b == nil {
		return
	}
	p.Heading("What it moves, everything else in the central case")
	money, share := money.English.Format("money", e.currency), money.English.Format("share", e.currency)
	t := text.Table{Columns: []text.Column{{Head: ""}, {Head: "low end", Right: true}, {Head: "high end", Right: true}}}
	t.Add("the input", e.short(b.Unit, &b.Low, ""), e.short(b.Unit, &b.High, ""))
	t.Add("net present value", money.Number(b.NPV.Low), money.Number(b.NPV.High))
	t.Add("marketing's part of one incident", money.Number(b.Marketing.Low), money.Number(b.Marketing.High))
	t.Add("marketing's stake", share.Number(b.Share.Low), share.Number(b.Share.High))
	p.Table(t)
	if b.Switching != nil {
		p.Gap()
		p.Para("The net present value is zero where it is " + e.short(b.Unit, b.Switching, "") + ".")
	} else if b.Text != "" {
		p.Gap()
		p.Para("The net present value is zero " + b.Text + ".")
	}
}

// vote prints what a case says of a driver.
func (e *explainer) vote(driver string, f money.Format, v float64) string {
	if driver == "driver.reaction" {
		return map[bool]string{true: "seen", false: "none seen"}[v > 0]
	}
	return f.Number(v)
}

func (e *explainer) priorWeight() string {
	if q, ok := e.graph.Get("library.prior_weight"); ok {
		return money.English.Exact(q.Value)
	}
	return "4"
}

func (e *explainer) tellSources(p *text.Page, x *explanation) {
	if len(x.Sources) == 0 {
		return
	}
	p.Heading("Sources")
	for _, id := range slices.Compact(slices.Sorted(slices.Values(x.Sources))) {
		line := id
		for _, s := range x.Publics {
			if s.ID == id {
				line = fmt.Sprintf("%s: %s (%s): %s", id, s.Text, s.Strength, s.Finding)
			}
		}
		p.Bullet(line, "")
	}
}

// tellCaseUse writes how a case counts for the company.
func (e *explainer) tellCaseUse(p *text.Page, x *explanation) {
	use := x.Case
	p.Para(sentence(use.Headline))
	p.Gap()
	p.Facts(text.Fact{Label: "weight for the company", Text: fmt.Sprintf("%.2f, number %d of %d", use.Weight, use.Rank, len(e.ranking))},
		text.Fact{Label: "why", Text: strings.Join(use.Why, "; ")})
	if len(use.Drivers) > 0 {
		p.Heading("Drivers that learn from it")
		t := text.Table{Columns: []text.Column{{Head: "driver"}, {Head: "value", Right: true}, {Head: "weight", Right: true}, {Head: "why", Min: 30, Wrap: true}}}
		for _, id := range slices.Sorted(maps.Keys(use.Drivers)) {
			on := use.Drivers[id]
			t.Add(id, e.vote(id, money.English.Format(e.results.Drivers[id].Unit, e.currency), on.Value), fmt.Sprintf("%.2f", on.Weight), on.Why)
		}
		p.Table(t)
	}
	p.Gap()
	p.Para("casebuilder cases show " + x.ID + " tells the whole story.")
}

// maxTree bounds the lines of a tree.
const maxTree = 2000

// branch is one quantity of a tree, for other programs.
type branch struct {
	ingredient
	From  []branch `json:"from,omitempty"`
	Again bool     `json:"again,omitempty"` // what it is made from stands further up
}

// tree returns what a figure is made from.
func (e *explainer) tree(id quantity.ID, depth int, seen map[quantity.ID]bool) branch {
	b := branch{ingredient: e.ingredient(id)}
	uses := e.graph.Uses(id)
	if depth == 0 || len(uses) == 0 {
		return b
	}
	if seen[id] {
		b.Again = true
		return b
	}
	seen[id] = true
	for _, u := range uses {
		if len(seen) > maxTree {
			break
		}
		b.From = append(b.From, e.tree(u, depth-1, seen))
	}
	return b
}

func (e *explainer) printTree(s Streams, format string, id quantity.ID, depth int) error {
	root := e.tree(id, depth, map[quantity.ID]bool{})
	if format == asJSON {
		return printJSON(s.Out, root)
	}
	var rs []record
	t := text.Table{Columns: []text.Column{{Head: "figure", Min: 40}, {Head: "what", Min: 20}, {Head: "value", Right: true}}}
	var walk func(b branch, before, own string, level int)
	walk = func(b branch, before, own string, level int) {
		name := b.ID
		if b.Again {
			name += " ↑"
		}
		t.Rows = append(t.Rows, []text.Cell{{Text: name, Lead: own}, {Text: b.Label}, {Text: e.short(b.Unit, b.Value, b.Text)}})
		rs = append(rs, record{{"level", level}, {"id", b.ID}, {"label", b.Label}, {"unit", b.Unit}, {"value", csvNumber(b.Value)}})
		for i, f := range b.From {
			mark, below := "├╴", "│ "
			if i == len(b.From)-1 {
				mark, below = "└╴", "  "
			}
			walk(f, before+below, before+mark, level+1)
		}
	}
	walk(root, "", "", 0)
	if format == asCSV {
		return printRecords(s.Out, format, keysOf(rs), rs)
	}
	p := text.NewPage(styleOf(s.Out))
	p.Table(t)
	p.Gap()
	p.Indented(0, text.Faint, "↑: what it is made from stands further up. --depth goes deeper.")
	_, err := p.WriteTo(s.Out)
	return err
}

func csvNumber(v *float64) any {
	if v == nil {
		return nil
	}
	return *v
}
