package pdf

import (
	"fmt"
	"math"
	"strings"

	"casebuilder/casebuilder/page"
)

// sheet is one finished page: its drawing operators, and who owns each piece
// of marked content.
type sheet struct {
	index  int
	ops    strings.Builder
	owners []*elem
	annots []*annotation
	label  string
}

// painter draws on sheets and remembers what it drew.
type painter struct {
	fonts   *fonts
	theme   *page.Theme
	decimal string
	w, h    float64 // of the paper
	sheet   *sheet
	sheets  []*sheet
	root    *elem
	elem    *elem

	anchors   map[string]place
	bookmarks []bookmark
	report    *Report
	inArt     bool // furniture is being drawn
	inChart   bool
	errs      []error
	where     string // block being drawn, for errors
	compact   bool   // blocks are measured for a page that would not fit otherwise
	dense     bool   // and their body text is set smaller

	font        string // state of the current sheet
	fill, line  string
	width, dash string
}

func newPainter(fs *fonts, t *page.Theme, w, h float64, r *Report) *painter {
	root := &elem{tag: "Document"}
	return &painter{fonts: fs, theme: t, w: w, h: h, root: root, elem: root, anchors: map[string]place{}, report: r}
}

// newSheet begins a page.
func (p *painter) newSheet(label string) {
	p.sheet = &sheet{index: len(p.sheets), label: label}
	p.sheets = append(p.sheets, p.sheet)
	p.font, p.fill, p.line, p.width, p.dash = "", "", "", "", ""
	p.sheet.ops.WriteString("1 J 1 j\n") // round ends and joins
}

// num prints a coordinate. NaN and infinities are refused: they would make the
// whole file unreadable.
func (p *painter) num(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) || math.Abs(v) > 1e5 {
		p.fail("want coordinates of finite size, got %v", v)
		return "0"
	}
	s := fmt.Sprintf("%.2f", v)
	s = strings.TrimRight(s, "0")
	s = strings.TrimSuffix(s, ".")
	if s == "-0" || s == "" {
		return "0"
	}
	return s
}

// fail notes a mistake in what is drawn; the first ones are kept.
func (p *painter) fail(format string, args ...any) {
	if len(p.errs) < 20 {
		p.errs = append(p.errs, fmt.Errorf("%s: %w", p.where, fmt.Errorf(format, args...)))
	}
}

func (p *painter) xy(x, y float64) string { return p.num(x) + " " + p.num(p.h-y) }

func (p *painter) op(parts ...string) {
	p.sheet.ops.WriteString(strings.Join(parts, " "))
	p.sheet.ops.WriteByte('\n')
}

// rgb returns the operands of a colour.
func rgb(c page.Color) string {
	f := func(v uint8) string {
		s := strings.TrimRight(fmt.Sprintf("%.3f", float64(v)/255), "0")
		return strings.TrimSuffix(s, ".")
	}
	return f(c.R) + " " + f(c.G) + " " + f(c.B)
}

func (p *painter) setFill(q page.Paint) {
	if s := rgb(p.theme.Color(q)); s != p.fill {
		p.fill = s
		p.op(s, "rg")
	}
}

func (p *painter) setStroke(s page.Stroke) {
	if c := rgb(p.theme.Color(s.Paint)); c != p.line {
		p.line = c
		p.op(c, "RG")
	}
	if w := p.num(s.Width); w != p.width {
		p.width = w
		p.op(w, "w")
	}
	d := make([]string, len(s.Dash))
	for i, v := range s.Dash {
		d[i] = p.num(v)
	}
	if dash := "[" + strings.Join(d, " ") + "]"; dash != p.dash {
		if p.dash != "" || dash != "[]" {
			p.op(dash, "0 d")
		}
		p.dash = dash
	}
}

// string draws s at x with its baseline at y and returns its width.
func (p *painter) string(x, y float64, s string, size float64, bold bool, role page.Role, figure string) float64 {
	w := p.fonts.width(s, size, bold)
	if strings.TrimSpace(s) == "" {
		return w
	}
	p.setFill(page.Paint{Role: role})
	p.op("BT", p.xy(x, y), "Td")
	p.fonts.operators(&p.sheet.ops, s, bold, func(f *face) {
		if key := fmt.Sprintf("/%s %s Tf", f.key, p.num(size)); key != p.font {
			p.font = key
			p.op(key)
		}
	})
	p.op("ET")
	p.report.add(Item{
		Sheet: p.sheet.index + 1, Text: strings.TrimRight(s, " "), Figure: figure, Size: size, Bold: bold,
		Box:       page.Box{X: x, Y: y - ascent*size, W: p.fonts.width(strings.TrimRight(s, " "), size, bold), H: (ascent + descent) * size},
		Furniture: p.inArt, Chart: p.inChart,
	})
	return w
}

// ascent and descent of what letters cover, as shares of the size: the tallest
// capital and the longest tail of the built-in fonts.
const (
	ascent  = 0.74
	descent = 0.21
)

func (p *painter) rule(x1, y1, x2, y2 float64, s page.Stroke) {
	if s.Width <= 0 {
		return
	}
	p.setStroke(s)
	p.op(p.xy(x1, y1), "m", p.xy(x2, y2), "l S")
}

// paintOp returns the operator that fills, strokes or does both, "" for neither.
func (p *painter) paintOp(fill page.Paint, s page.Stroke, closed bool) string {
	filled, stroked := fill.Role != page.Inherit, s.Width > 0 && s.Paint.Role != page.Inherit
	if filled {
		p.setFill(fill)
	}
	if stroked {
		p.setStroke(s)
	}
	switch {
	case filled && stroked && closed:
		return "b"
	case filled && stroked:
		return "B"
	case filled:
		return "f"
	case stroked && closed:
		return "s"
	case stroked:
		return "S"
	}
	return ""
}

func (p *painter) rect(b page.Box, fill page.Paint, s page.Stroke) {
	if op := p.paintOp(fill, s, false); op != "" {
		p.op(p.xy(b.X, b.Bottom()), p.num(b.W), p.num(b.H), "re", op)
	}
}

func (p *painter) circle(x, y, r float64, fill page.Paint, s page.Stroke) {
	op := p.paintOp(fill, s, true)
	if op == "" {
		return
	}
	const k = 0.5523 // control points of a quarter circle
	p.op(p.xy(x+r, y), "m")
	p.op(p.xy(x+r, y-k*r), p.xy(x+k*r, y-r), p.xy(x, y-r), "c")
	p.op(p.xy(x-k*r, y-r), p.xy(x-r, y-k*r), p.xy(x-r, y), "c")
	p.op(p.xy(x-r, y+k*r), p.xy(x-k*r, y+r), p.xy(x, y+r), "c")
	p.op(p.xy(x+k*r, y+r), p.xy(x+r, y+k*r), p.xy(x+r, y), "c", op)
}

func (p *painter) path(pts []page.Point, closed bool, fill page.Paint, s page.Stroke) {
	if len(pts) < 2 {
		return
	}
	op := p.paintOp(fill, s, closed)
	if op == "" {
		return
	}
	for i, q := range pts {
		o := "l"
		if i == 0 {
			o = "m"
		}
		p.op(p.xy(q.X, q.Y), o)
	}
	p.op(op)
}

// hatch fills a box with lines at 45 degrees, each cut at the box's edges.
func (p *painter) hatch(b page.Box, s page.Stroke) {
	const gap = 3.0
	if !(b.W > 0 && b.H > 0 && b.W < 5000 && b.H < 5000) {
		return
	}
	for d := gap; d < b.W+b.H; d += gap {
		x1, y1 := b.X+d, b.Y
		if x1 > b.Right() {
			x1, y1 = b.Right(), b.Y+d-b.W
		}
		x2, y2 := b.X, b.Y+d
		if y2 > b.Bottom() {
			x2, y2 = b.X+d-b.H, b.Bottom()
		}
		p.rule(x1, y1, x2, y2, s)
	}
}

// anchor remembers where an anchor stands.
func (p *painter) anchor(id string, x, y float64) {
	if id != "" {
		p.anchors[id] = place{p.sheet.index, x, y}
	}
}

// lines draws wrapped text, its first baseline at y, and tags it as content of
// the current element, with links as elements of their own.
func (p *painter) lines(t page.Text, m measure, ls []line, x, y, leading float64, role page.Role) {
	p.alignedLines(t, m, ls, leading, role, func(int) float64 { return x }, y)
}

// alignedLines is lines with an x for each line.
func (p *painter) alignedLines(t page.Text, m measure, ls []line, leading float64, role page.Role, x func(int) float64, y float64) {
	type run struct {
		link  string
		meant string // of characters without a glyph: what they stand for
		parts []func()
		boxes []page.Box
		words strings.Builder
	}
	var runs []*run
	for i, l := range ls {
		base := y + float64(i)*leading
		for _, pc := range l.pieces {
			s := t[pc.span]
			size, bold := m.sizeOf(s), m.boldSpan(s)
			at, up := x(i)+pc.x, 0.0
			if s.Mark {
				up = min(3, m.size*0.3)
			}
			color := role
			if s.Role != page.Inherit {
				color = s.Role
			}
			for _, part := range p.fonts.segments(pc.text, bold) {
				meant := ""
				if part.replaced {
					meant = part.text
				}
				if len(runs) == 0 || runs[len(runs)-1].link != s.Link || runs[len(runs)-1].meant != meant {
					runs = append(runs, &run{link: s.Link, meant: meant})
				}
				r := runs[len(runs)-1]
				x0, w := at, p.fonts.width(part.text, size, bold)
				r.parts = append(r.parts, func() {
					p.string(x0, base-up, part.text, size, bold, color, s.Figure)
					if strings.HasPrefix(s.Link, "http") && !s.Mark {
						p.rule(x0, base+1.6, x0+p.fonts.width(strings.TrimRight(part.text, " "), size, bold), base+1.6,
							page.Stroke{Paint: page.Paint{Role: page.Grey}, Width: 0.25})
					}
				})
				r.words.WriteString(part.text)
				r.boxes = append(r.boxes, page.Box{X: x0, Y: base - up - ascent*size, W: w, H: (ascent + descent) * size})
				at += w
			}
		}
	}
	draw := func(r *run) {
		if r.meant != "" && !p.inArt {
			p.begin("Span", "/ActualText"+textString(r.meant))
			defer p.end()
		}
		p.mark(func() {
			for _, f := range r.parts {
				f()
			}
		})
	}
	for _, r := range runs {
		if r.link == "" || p.inArt {
			draw(r)
			continue
		}
		p.begin("Link", "")
		draw(r)
		for _, b := range r.boxes {
			a := &annotation{box: b, target: r.link, words: strings.TrimSpace(r.words.String()), elem: p.elem}
			p.sheet.annots = append(p.sheet.annots, a)
			p.elem.kids = append(p.elem.kids, kid{sheet: p.sheet.index, annot: a})
		}
		p.end()
	}
}
