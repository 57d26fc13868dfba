package group

import (
	"fmt"
	"slices"

	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/pitch"
	"casebuilder/casebuilder/results"
)

// Paper writes the group's paper: page 1 the decision, then what a year can
// cost and who drives it, the units side by side, what each function stands to
// lose, what is paid for once, and how it was worked out. Its words stand in
// templates/texts, file group.tmpl; its figures are those of Figures. unitPages
// adds a page for each unit.
func Paper(c *Case, opt pitch.Options, unitPages bool) (*page.Document, *results.BusinessCase, error) {
	r := c.Figures()
	t, err := pitch.NewTexts(r, opt)
	if err != nil {
		return nil, nil, err
	}
	w := &writer{Texts: t, c: c}
	w.v = w.view()
	d := w.Document()
	d.Title, d.Subject = w.plain("title"), w.plain("subject")
	for _, part := range w.list("footer") {
		d.Footer = append(d.Footer, part.String())
	}
	for _, of := range []func() (page.Page, bool){w.decision, w.tail, w.units, w.stake, w.shared, w.method} {
		if p, there := of(); there {
			d.Pages = append(d.Pages, p)
		}
	}
	if unitPages {
		d.Pages = append(d.Pages, w.unitPages()...)
	}
	d.Pages[0].Logo = d.Theme != nil && len(d.Theme.Logo) > 0
	return d, r, w.Err()
}

// writer writes the paper.
type writer struct {
	*pitch.Texts
	c *Case
	v *view
}

// view is what a text can see of the group, as its .Row. Fields that hold IDs
// of figures say so; the rest is plain data.
type view struct {
	Name                   string
	Units, Of, Missing     int
	Years                  string // "100,000"
	Verdict                string
	Levels                 []levelView // of appetite
	Level                  *levelView  // that the titles speak of: the first that is exceeded, else the first
	Outside, OutsideThen   bool
	Approved               string   // date of the appetite; "" where it is proposed here
	Choice                 ChoiceID // that the paper looks at: options, all; nothing where there is no other
	Asked                  bool     // that choice is recommended
	Pays                   bool     // its NPV is above zero
	Recommend, Keep        int      // units with an option that is recommended, and without
	Options                bool     // some unit compares options
	OwnPays                bool     // what the units recommend pays
	Programmes             []programmeView
	Top                    []unitView // drive the worst years, first the largest
	Largest                []unitView // by expected loss
	Platforms              []platformView
	Fatter                 bool // sharing platforms makes the 1-in-100 year worse
	Below                  bool // the group's 1-in-100 year is below the sum of the units'
	Strong, Moderate, Weak int  // data grades
	Marked                 int  // units whose grade is below the best of the group
	Best                   string
	Currency               string
	Table                  bool // some rate is not the group file's
	Shown, Rest            int  // of a table or chart that shows the largest only
	Failed                 int  // checks
	Version, Program       string
	Prepared               []string

	// Of a row: a unit, a programme, a level, a rate.
	Row any
}

// levelView is a level of appetite; Loss to Then are IDs.
type levelView struct {
	Loss, Chance, Today, Then string // Then: with the choice that the paper looks at
	Outside, OutsideThen      bool
}

// unitView is a unit; ID is the beginning of the IDs of its figures.
type unitView struct {
	Name, Folder, Grade, Option string
	ID                          string
	Marked                      bool
}

// Of returns the ID of a figure of the unit.
func (u unitView) Of(figure string) string { return u.ID + figure }

// programmeView is a shared programme.
type programmeView struct {
	Name, Key     string
	ID            string
	Instead, Pays bool
	Parts         int
}

// Of returns the ID of a figure of the programme.
func (p programmeView) Of(figure string) string { return p.ID + figure }

// platformView is a shared platform.
type platformView struct {
	Name  string
	Units int
}

func (w *writer) view() *view {
	c := w.c
	v := &view{Name: pitch.Clean(c.Name), Units: len(c.Units), Of: c.Of(), Missing: len(c.Excluded), Years: w.Locale().Count(float64(c.Years)), Verdict: c.Verdict,
		Approved: w.Locale().Date(c.Approved.Time), Choice: c.Then().ID, Asked: c.Recommended > 0, Pays: c.Then().NPV > 0, Currency: c.Currency, Version: c.Fingerprint[:min(8, len(c.Fingerprint))], Program: pitch.Clean(c.Version),
		Best: c.best().String(), Below: c.Levels[2].Group < c.Levels[2].SumOfUnit, Fatter: c.Levels[2].Group > 1.005*c.Levels[2].Apart}
	for i, a := range c.Appetite {
		at := fmt.Sprintf("appetite:%d:", i+1)
		l := levelView{at + "loss", at + "chance", at + "today", at + "then", a.By[0] > a.Chance, a.By[c.Subject] > a.Chance}
		v.Levels = append(v.Levels, l)
		v.Outside, v.OutsideThen = v.Outside || l.Outside, v.OutsideThen || l.OutsideThen
	}
	for i := range v.Levels {
		if v.Level == nil || v.Levels[i].Outside && !v.Level.Outside {
			v.Level = &v.Levels[i]
		}
	}
	for _, u := range c.Units {
		v.Options = v.Options || u.Unit.Options > 0
		switch {
		case u.Option != "":
			v.Recommend++
		default:
			v.Keep++
		}
		switch u.Grade.Level {
		case Strong:
			v.Strong++
		case Moderate:
			v.Moderate++
		default:
			v.Weak++
		}
		if u.Grade.Level < c.best() {
			v.Marked++
		}
	}
	for _, x := range c.Choices {
		v.OwnPays = v.OwnPays || x.ID == UnitsOwn && x.NPV > 0
	}
	for _, p := range c.Programmes {
		v.Programmes = append(v.Programmes, programmeView{Name: pitch.Clean(p.Name), Key: p.Key, ID: "shared." + p.ID + ".", Instead: p.Instead, Pays: p.NPV > 0, Parts: len(p.Parts)})
	}
	for _, u := range c.byTail() {
		v.Top = append(v.Top, w.unit(&u))
	}
	for _, u := range c.BySize() {
		v.Largest = append(v.Largest, w.unit(&u))
	}
	for _, p := range c.Platforms {
		v.Platforms = append(v.Platforms, platformView{pitch.Clean(p.Name), len(p.Units)})
	}
	v.Table = slices.ContainsFunc(c.Rates, func(r Rate) bool { return !r.Given })
	for _, x := range c.Checks {
		if !x.OK {
			v.Failed++
		}
	}
	return v
}

// unit is how a text sees a unit.
func (w *writer) unit(m *Member) unitView {
	for i := range w.c.Units {
		if w.c.Units[i].Name == m.Name {
			return unitView{Name: pitch.Clean(m.Name), Folder: m.Folder, Grade: m.Grade.Level.String(), Option: pitch.Clean(m.Option), ID: fmt.Sprintf("unit.%d.", i+1), Marked: m.Grade.Level < w.c.best()}
		}
	}
	return unitView{}
}

// row returns the view with what a text speaks of.
func (w *writer) row(of []any) *view {
	if len(of) == 0 {
		return w.v
	}
	v := *w.v
	v.Row = of[0]
	return &v
}

func (w *writer) text(name string, of ...any) page.Text {
	return w.Texts.Text("group."+name, w.row(of))
}

func (w *writer) list(name string, of ...any) []page.Text {
	return w.Texts.List("group."+name, w.row(of))
}

func (w *writer) plain(name string, of ...any) string {
	return w.Texts.Plain("group."+name, w.row(of))
}

func (w *writer) label(name string, of ...any) page.Label {
	return w.Texts.Label("group."+name, w.row(of))
}

// titled begins a page; form is the form of its title that the figures call
// for.
func (w *writer) titled(id, form string) page.Page {
	return page.Page{ID: id, Bookmark: w.plain(id + ".bookmark"), Kicker: w.text(id + ".kicker"), Title: w.text(id + ".title." + form), Qualifier: w.text(id + ".qualifier")}
}

func (w *writer) paragraphs(name string, of ...any) []page.Block {
	var out []page.Block
	for _, t := range w.list(name, of...) {
		out = append(out, page.Paragraph{Text: t})
	}
	return out
}

func (w *writer) note(name string, of ...any) page.Block {
	return page.Paragraph{Style: page.Note, Text: w.text(name, of...)}
}

func (w *writer) heading(name string) page.Block { return page.Heading{Text: w.text(name)} }

// blocks leaves out what is empty.
func blocks(bs ...page.Block) []page.Block {
	return slices.DeleteFunc(bs, func(b page.Block) bool {
		switch b := b.(type) {
		case nil:
			return true
		case page.Paragraph:
			return b.Text.Empty()
		case page.Heading:
			return b.Text.Empty()
		case page.List:
			return len(b.Items) == 0
		case page.Table:
			return len(b.Rows) == 0
		case page.Panel:
			return len(b.Blocks) == 0
		}
		return false
	})
}

// grey returns a text in the colour of what is secondary.
func grey(t page.Text) page.Text {
	out := slices.Clone(t)
	for i := range out {
		out[i].Role = page.Grey
	}
	return out
}
