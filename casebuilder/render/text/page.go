package text

import (
	"fmt"
	"io"
	"strings"

	"casebuilder/casebuilder/diag"
)

// Page collects what one command shows.
type Page struct {
	Style Style
	b     strings.Builder
}

// NewPage returns an empty page.
func NewPage(s Style) *Page { return &Page{Style: s} }

// WriteTo writes the page.
func (p *Page) WriteTo(w io.Writer) (int64, error) {
	n, err := io.WriteString(w, p.b.String())
	return int64(n), err
}

// String returns the page.
func (p *Page) String() string { return p.b.String() }

func (p *Page) line(s string) { p.b.WriteString(strings.TrimRight(s, " ") + "\n") }

// Gap leaves a line empty, but for the first line of the page and beside
// another empty one.
func (p *Page) Gap() {
	if s := p.b.String(); s != "" && !strings.HasSuffix(s, "\n\n") {
		p.b.WriteByte('\n')
	}
}

// Heading starts a section.
func (p *Page) Heading(s string) {
	p.Gap()
	for _, l := range Wrap(s, p.Style.width()) {
		p.line(p.Style.paint(Strong, l))
	}
}

// Para writes a paragraph.
func (p *Page) Para(s string) { p.Indented(0, Plain, s) }

// Linef writes one line, cut to the width.
func (p *Page) Linef(format string, args ...any) {
	p.line(Cut(Clean(fmt.Sprintf(format, args...)), p.Style.width()))
}

// Verbatim writes one line as it stands, some columns from the left and however
// wide it is: a command that someone will copy.
func (p *Page) Verbatim(indent int, s string) {
	p.line(strings.Repeat(" ", indent) + diag.Printable(s))
}

// Indented writes a paragraph in a tone, some columns from the left.
func (p *Page) Indented(indent int, t Tone, s string) {
	for _, l := range Wrap(s, p.Style.width()-indent) {
		p.line(strings.Repeat(" ", indent) + p.Style.paint(t, l))
	}
}

// Bullet writes one element of a list, with what stands beside it in a faint
// tone (a source, a basis) where that is not empty.
func (p *Page) Bullet(s, beside string) {
	const mark = "  - "
	lines := Wrap(s, p.Style.width()-len(mark))
	for i, l := range lines {
		if i == 0 {
			l = mark + l
		} else {
			l = "    " + l
		}
		if i == len(lines)-1 && beside != "" {
			rest := "[" + Clean(beside) + "]"
			if Width(l)+1+Width(rest) <= p.Style.width() {
				p.line(l + " " + p.Style.paint(Faint, rest))
				return
			}
			p.line(l)
			p.Indented(4, Faint, rest)
			return
		}
		p.line(l)
	}
}

// Fact is one line of a list of facts.
type Fact struct {
	Label, Text string
	Tone        Tone
}

// Facts writes labels with what is said of each beside them; facts without a
// text are left out.
func (p *Page) Facts(facts ...Fact) {
	const most = 26
	w := 0
	for _, f := range facts {
		if f.Text != "" {
			w = max(w, min(most, Width(Clean(f.Label))))
		}
	}
	w = min(w, p.Style.width()/3)
	for _, f := range facts {
		if f.Text == "" {
			continue
		}
		label := Cut(Clean(f.Label), w)
		for i, l := range Wrap(f.Text, p.Style.width()-w-gap) {
			if i > 0 {
				label = ""
			}
			p.line(p.Style.paint(Faint, label) + strings.Repeat(" ", w-Width(label)+gap) + p.Style.paint(f.Tone, l))
		}
	}
}

// Table writes a table.
func (p *Page) Table(t Table) {
	for _, l := range t.Lines(p.Style) {
		p.line(l)
	}
}
