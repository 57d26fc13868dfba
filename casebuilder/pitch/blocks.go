package pitch

import (
	"math"
	"slices"
	"strconv"

	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/page"
)

// blocks leaves out what is empty: a page closes up over what a file does not
// give.
func blocks(bs ...page.Block) []page.Block {
	return slices.DeleteFunc(bs, func(b page.Block) bool {
		switch b := b.(type) {
		case nil:
			return true
		case page.List:
			return len(b.Items) == 0
		case page.Paragraph:
			return b.Text.Empty()
		case page.Heading:
			return b.Text.Empty()
		case page.Table:
			return len(b.Rows) == 0
		case page.Panel:
			return len(b.Blocks) == 0
		case page.KeyFigures:
			return len(b.Items) == 0
		}
		return false
	})
}

func (w *writer) heading(name string) page.Block { return page.Heading{Text: w.text(name)} }

func (w *writer) bullets(name string, row ...any) page.Block {
	return page.List{Items: w.list(name, row...)}
}

func (w *writer) note(name string, row ...any) page.Block {
	return page.Paragraph{Style: page.Note, Text: w.text(name, row...)}
}

func (w *writer) paragraphs(name string, row ...any) []page.Block {
	var out []page.Block
	for _, t := range w.list(name, row...) {
		out = append(out, page.Paragraph{Text: t})
	}
	return out
}

// figure prints one figure.
func (w *writer) figure(id string) page.Text {
	s, err := w.print(id, money.Format.Number)
	if err != nil {
		return page.T(money.Missing)
	}
	return w.spans(s)
}

// column prints figures under one head, on one scale.
type column struct {
	w      *writer
	f      money.Format
	suffix string // of the IDs: the scale of the printed number
}

// column returns the column of the figures that there are among some IDs.
func (w *writer) column(ids ...string) column { return w.columnOf(false, ids) }

// fine is a column in which small figures matter as much as large ones.
func (w *writer) fine(ids ...string) column { return w.columnOf(true, ids) }

func (w *writer) columnOf(fine bool, ids []string) column {
	var values []float64
	c := column{w: w}
	known := false
	for _, id := range ids {
		n, err := lookUp(w.r, id)
		if err != nil {
			continue
		}
		if !known {
			c.f, known = w.format(n), true
			if fine {
				c.f = w.loc.Format(n.unit, w.cur).Fine()
			}
			if n.unit == "share" {
				c.suffix = "/%"
			}
		}
		values = append(values, n.value)
	}
	c.f = c.f.Column(values...)
	if s := scaleSuffix(c.f.Scale()); s != "" {
		c.suffix = s
	}
	return c
}

// scaleSuffix is what an ID ends in where the printed number is in a scale that
// stands in the head.
func scaleSuffix(s money.Scale) string {
	return map[money.Scale]string{money.Thousands: "/k", money.Millions: "/m", money.Billions: "/bn", money.Trillions: "/tn"}[s]
}

// cell prints one figure of the column, a dash where there is none.
func (c column) cell(id string) page.Text {
	n, err := lookUp(c.w.r, id)
	if err != nil {
		return page.T(money.Missing)
	}
	return page.F(id+c.suffix, c.f.Cell(n.value))
}

// unit is the unit of the column, for its head.
func (c column) unit() string { return c.f.Head() }

// to prints a range of two figures of the column.
func (c column) to(low, high string) page.Text {
	return page.Join(c.cell(low), page.T(c.w.loc.To()), c.cell(high))
}

// Ticks of charts. A chart also says with them, to those who do not see it,
// what it draws: what is no round number is then rounded as in a text.

func (w *writer) moneyTick(v float64) string {
	if round(v) {
		return w.loc.Measured(v, w.cur)
	}
	return w.loc.Amount(v, w.cur)
}

func (w *writer) shareTick(v float64) string {
	if round(v) {
		return w.loc.MeasuredShare(v)
	}
	return w.loc.Share(v)
}

func (w *writer) countTick(v float64) string {
	if round(v) {
		return w.loc.Exact(v)
	}
	return w.loc.Count(v)
}

// round reports whether a number has at most three figures.
func round(v float64) bool {
	r, err := strconv.ParseFloat(strconv.FormatFloat(v, 'e', 2, 64), 64)
	return err == nil && math.Abs(r-v) <= 1e-9*math.Abs(v)
}

// titled returns the message, the question that it answers and the line that
// qualifies it. form is the form of the title that the results call for.
func (w *writer) titled(id, form string) page.Page {
	name, kicker := w.plain(id+".bookmark"), w.text(id+".kicker")
	if id != "decision" && id != "lead" { // the first says whose paper it is; others refer to the rest by name
		kicker = page.Join(page.T(name+" · "), kicker)
	}
	return page.Page{ID: id, Bookmark: name, Kicker: kicker, Title: w.text(id + ".title." + form), Qualifier: w.text(id + ".qualifier")}
}

func itoa(n int) string { return strconv.Itoa(n) }
