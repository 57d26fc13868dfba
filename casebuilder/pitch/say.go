package pitch

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
	"text/template"
	"unicode"
	"unicode/utf8"

	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/results"
)

// The signs that the functions of the texts put around what they print. They
// are control characters, which no text and no name contains (see clean).
const (
	figureStart = '\x01'
	figureText  = '\x02'
	figureEnd   = '\x03'
	boldStart   = '\x04'
	boldEnd     = '\x05'
	markStart   = '\x06'
	markEnd     = '\x07'
	linkStart   = '\x0e'
	linkText    = '\x0f'
	linkEnd     = '\x10'
)

// clean drops what could be mistaken for a sign, and line breaks.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\r':
			return ' '
		case isControl(r):
			return -1
		}
		return r
	}, s)
}

// writer writes one paper.
type writer struct {
	r     *results.BusinessCase
	opt   Options
	loc   money.Locale
	cur   money.Currency
	texts *texts
	set   *template.Template
	view  View
	marks *marks
	look  *page.Theme // nil: the house theme

	steps    int // of the text that is being written
	problems diag.List
	seen     map[string]bool // problems that are known
	has      map[string]bool // pages that this paper has, by their anchor
}

// bounded refuses what no text can print: parts that are put together again and
// again must not grow without end.
func bounded(s string) (string, error) {
	if len(s) > maxText {
		return "", &inTexts{want: fmt.Sprintf("a text of at most %d bytes", maxText), got: "more"}
	}
	return s, nil
}

// bare takes the signs off a printed figure.
func bare(s string) string {
	_, s, _ = strings.Cut(s, string(figureText))
	return strings.TrimSuffix(s, string(figureEnd))
}

func (w *writer) step() (string, error) {
	if w.steps++; w.steps > maxSteps {
		return "", &inTexts{want: fmt.Sprintf("a text of at most %d steps", maxSteps), got: "more", hint: "look for a loop that does not end"}
	}
	return "", nil
}

// number finds a figure for a text.
func (w *writer) number(id string) (number, error) {
	n, err := lookUp(w.r, id)
	if err != nil {
		e := &inTexts{want: "the ID of a figure that has a number here", got: diag.Quote(id)}
		if near := w.nearest(id); near != "" {
			e.hint = "did you mean " + near + "?"
		}
		return n, e
	}
	return n, nil
}

func (w *writer) nearest(id string) string {
	var ids []string
	for k := range w.r.Quantities {
		ids = append(ids, k)
	}
	for _, o := range w.r.Options {
		for k := range o.Quantities {
			ids = append(ids, "options."+o.ID+"."+k)
		}
	}
	return diag.Nearest(strings.TrimPrefix(id, "-"), ids)
}

// format is how a figure is printed.
func (w *writer) format(n number) money.Format {
	unit := n.unit
	switch unit {
	case "contacts/person", "contacts/people":
		unit = "share"
	}
	f := w.loc.Format(unit, w.cur)
	switch n.kind {
	case measured:
		return f.Measured()
	case budgeted:
		return f.Figures(3)
	}
	return f
}

func sign(id, text string) string {
	return string(figureStart) + id + string(figureText) + text + string(figureEnd)
}

func (w *writer) print(id string, how func(money.Format, float64) string) (string, error) {
	n, err := w.number(id)
	if err != nil {
		return "", err
	}
	text := how(w.format(n), n.value)
	if n.unit == "ratio" && strings.HasPrefix(id, "tornado:") { // the level of the average loss: a factor
		text = w.loc.Times(n.value)
	}
	return sign(id, text), nil
}

// hundred prints a chance in hundredths, alone: "60", "less than 1".
func (w *writer) hundred(id string) (string, error) {
	n, err := w.number(id)
	if err != nil {
		return "", err
	}
	return sign(id+"/%", strings.TrimSuffix(w.loc.Odds(n.value, 100), strings.TrimPrefix(w.loc.Odds(0.5, 100), "50"))), nil
}

func (w *writer) span(low, high string) (string, error) {
	a, err := w.number(low)
	if err != nil {
		return "", err
	}
	b, err := w.number(high)
	if err != nil {
		return "", err
	}
	if a.unit == "ratio" && strings.HasPrefix(low, "tornado:") {
		return sign(low, w.loc.Times(a.value)) + w.loc.To() + sign(high, w.loc.Times(b.value)), nil
	}
	f := w.format(a)
	if a.value > 0 && b.value/a.value > 200 { // on one scale the low end would lose its figures
		return sign(low, f.Number(a.value)) + w.loc.To() + sign(high, f.Text(b.value)), nil
	}
	if a.kind != measured {
		f = f.Column(a.value, b.value)
	}
	return sign(low, f.Number(a.value)) + w.loc.To() + sign(high, f.Text(b.value)), nil
}

func (w *writer) name(id string) string {
	if l := w.levelNamed(id); l != nil {
		return w.raw("name.appetite", l)
	}
	if t := "name." + id; w.texts.trees[t] != nil {
		return strings.TrimSpace(w.raw(t, nil))
	}
	if f, ok := figureOf(w.r, id); ok {
		return clean(f.Label)
	}
	if d, ok := w.r.Drivers[id]; ok {
		return clean(d.Label)
	}
	if b := bar(w.r, id); b != nil {
		return clean(b.Label)
	}
	return clean(id)
}

func (w *writer) means(id string) string {
	if l := w.levelNamed(id); l != nil {
		return w.raw("means.appetite", l)
	}
	if t := "means." + id; w.texts.trees[t] != nil {
		return strings.TrimSpace(w.raw(t, nil))
	}
	if f, ok := figureOf(w.r, id); ok {
		return clean(f.Definition)
	}
	return ""
}

// levelNamed returns the level of appetite whose chance today an ID names.
func (w *writer) levelNamed(id string) *Level {
	for i := range w.view.Levels {
		if w.view.Levels[i].Today == id {
			return &w.view.Levels[i]
		}
	}
	return nil
}

// join lists names: "a, b and c".
func (w *writer) join(names []string) string {
	switch n := len(names); n {
	case 0:
		return ""
	case 1:
		return names[0]
	default:
		return strings.Join(names[:n-1], ", ") + w.raw("word.and", nil) + names[n-1]
	}
}

func (w *writer) see(id string) string {
	if !w.has[id] {
		return ""
	}
	return string(linkStart) + "#" + id + string(linkText) + strings.TrimSpace(w.raw(id+".bookmark", nil)) + string(linkEnd)
}

func (w *writer) spell(n int) string {
	if t := "number." + itoa(n); w.texts.trees[t] != nil {
		return strings.TrimSpace(w.raw(t, nil))
	}
	return w.loc.Count(float64(n))
}

func upperFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

var errLong = errors.New("too long")

// short is a buffer for one text.
type short struct{ strings.Builder }

func (s *short) Write(p []byte) (int, error) {
	if s.Len()+len(p) > maxText {
		return 0, errLong
	}
	return s.Builder.Write(p)
}

// raw executes a text; row is what it speaks of where it is printed once for
// each of several things.
func (w *writer) raw(name string, row any) string {
	v := w.view
	v.Row = row
	if w.steps > maxSteps {
		return ""
	}
	var b short
	if err := w.set.ExecuteTemplate(&b, name, &v); err != nil {
		w.fail(name, err)
		return ""
	}
	return b.String()
}

// fail notes a problem of a text once.
func (w *writer) fail(name string, err error) {
	p := problemOf(err, w.texts.files[name], name)
	if errors.Is(err, errLong) {
		p.Want, p.Got = fmt.Sprintf("a text of at most %d bytes", maxText), "more"
	}
	if key := p.Error(); !w.seen[key] {
		w.seen[key] = true
		w.problems.Add(p)
	}
}

// text executes a text. Several paragraphs become one.
func (w *writer) text(name string, row ...any) page.Text {
	return page.Join(w.list(name, row...)...)
}

// list executes a text and returns its paragraphs: blank lines part them.
func (w *writer) list(name string, row ...any) []page.Text {
	var of any
	if len(row) > 0 {
		of = row[0]
	}
	w.steps = 0
	var out []page.Text
	for _, s := range blankLine.Split(w.raw(name, of), -1) {
		if t := w.spans(s); !t.Empty() {
			out = append(out, t)
		}
	}
	return out
}

var blankLine = regexp.MustCompile(`\n[ \t\r]*\n`)

// plain executes a text that has no figures, such as a head or a unit.
func (w *writer) plain(name string, row ...any) string { return w.text(name, row...).String() }

// label executes a text for a chart.
func (w *writer) label(name string, row ...any) page.Label { return labelOf(w.text(name, row...)) }

// labelOf returns a text as the label of a chart. Its figures are noted as
// "ID=printed", joined by ";".
func labelOf(t page.Text) page.Label {
	l := page.Label{Text: t.String()}
	var figures []string
	for _, s := range t {
		if s.Figure != "" {
			figures = append(figures, s.Figure+"="+s.Text)
		}
	}
	l.Figure = strings.Join(figures, ";")
	return l
}

// spans reads the signs of the functions and makes every run of blanks one.
func (w *writer) spans(s string) page.Text {
	var out page.Text
	var b strings.Builder
	var cur page.Span
	blank := true // the text so far is empty or ends in a blank
	flush := func() {
		if b.Len() > 0 {
			cur.Text = b.String()
			out = append(out, cur)
			b.Reset()
		}
	}
	take := func(from, to rune) string { // what stands between two signs
		_, rest, _ := strings.Cut(s, string(from))
		in, after, _ := strings.Cut(rest, string(to))
		s = string(to) + after
		return in
	}
	for s != "" {
		r, size := utf8.DecodeRuneInString(s)
		switch r {
		case figureStart:
			flush()
			cur.Figure = take(figureStart, figureText)
		case figureEnd:
			flush()
			cur.Figure = ""
		case boldStart, boldEnd:
			flush()
			cur.Bold = r == boldStart
		case linkStart:
			flush()
			cur.Link = take(linkStart, linkText)
		case linkEnd:
			flush()
			cur.Link = ""
		case markStart:
			flush()
			id := take(markStart, markEnd)
			if n := w.marks.number(id); n > 0 {
				if k := len(out); k > 0 && out[k-1].Mark {
					out = append(out, page.Span{Text: ",", Mark: true})
				}
				out = append(out, page.Span{Text: w.loc.Count(float64(n)), Mark: true, Link: "#" + anchor(n)})
			}
		case figureText, linkText, markEnd:
		case ' ', '\n', '\t', '\r':
			if !blank {
				b.WriteByte(' ')
				blank = true
			}
		default:
			b.WriteRune(r)
			blank = false
		}
		s = s[size:] // where take was called, past the sign that it ended at: one byte as well
	}
	flush()
	if n := len(out); n > 0 && !out[n-1].Mark { // no blank at the end
		if out[n-1].Text = strings.TrimRight(out[n-1].Text, " "); out[n-1].Text == "" {
			out = out[:n-1]
		}
	}
	return out
}

// foreign prints an amount in another currency than the case's.
func (w *writer) foreign(id, code string) string {
	n, err := lookUp(w.r, id)
	c, ok := money.LookUp(code)
	if err != nil || !ok {
		return ""
	}
	return sign(id, w.loc.Amount(n.value, c))
}
