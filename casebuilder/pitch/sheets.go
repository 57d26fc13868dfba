package pitch

import (
	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/results"
)

// Texts writes the texts of a paper beside the pitch, that of a group, with the
// same functions, theme and languages, and the same folder of a user's texts.
// The figures of that paper come as results; what a text speaks of beside them
// is its .Row.
type Texts struct{ w *writer }

// NewTexts reads the texts. The errors are those of Make.
func NewTexts(r *results.BusinessCase, opt Options) (*Texts, error) {
	if opt.Profile == "" {
		opt.Profile = "full"
	}
	opt.Lang = opt.lang()
	w, err := newWriter(r, opt)
	if err != nil {
		return nil, err
	}
	w.marks.off = true // the appendix that marks lead to is the pitch's
	return &Texts{w}, nil
}

// Document returns a paper without pages: language, look and furniture.
func (t *Texts) Document() *page.Document {
	return &page.Document{Language: t.Plain("paper.language"), Decimal: t.Plain("paper.decimal"), AsOf: t.w.r.AsOf.Time, Paper: t.w.opt.Paper, Theme: t.w.look,
		PageOf: t.Plain("paper.page_of"), Continued: t.Plain("paper.continued"), Classification: clean(t.w.r.Company.Paper.Classification)}
}

// Err returns what is wrong with the texts that were written so far.
func (t *Texts) Err() error {
	t.w.problems.Sort()
	return t.w.problems.Err()
}

// Text writes a text. Several paragraphs become one.
func (t *Texts) Text(name string, row ...any) page.Text { return t.w.text(name, row...) }

// List writes a text and returns its paragraphs.
func (t *Texts) List(name string, row ...any) []page.Text { return t.w.list(name, row...) }

// Plain writes a text that has no figures.
func (t *Texts) Plain(name string, row ...any) string { return t.w.plain(name, row...) }

// Label writes a text for a chart.
func (t *Texts) Label(name string, row ...any) page.Label { return t.w.label(name, row...) }

// Locale is how the language writes numbers and dates.
func (t *Texts) Locale() money.Locale { return t.w.loc }

// MoneyTick and ShareTick print the ticks of charts.
func (t *Texts) MoneyTick(v float64) string { return t.w.moneyTick(v) }

// ShareTick prints a tick that is a share.
func (t *Texts) ShareTick(v float64) string { return t.w.shareTick(v) }

// Column prints figures under one head, on one scale.
type Column struct{ c column }

// Column returns the column of the figures that there are among some IDs.
func (t *Texts) Column(ids ...string) Column { return Column{t.w.column(ids...)} }

// Fine is a column in which small figures matter as much as large ones.
func (t *Texts) Fine(ids ...string) Column { return Column{t.w.fine(ids...)} }

// Unit is the unit of the column, for its head.
func (c Column) Unit() string { return c.c.unit() }

// Cell prints one figure of the column, a dash where there is none.
func (c Column) Cell(id string) page.Text { return c.c.cell(id) }

// Clean drops what could be mistaken for a sign of the texts, and line breaks.
func Clean(s string) string { return clean(s) }
