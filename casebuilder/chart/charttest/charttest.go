// Package charttest is a canvas that writes down what was drawn on it, for
// tests of charts and of papers: which texts stand where, in which colours,
// and whether any of them collide.
package charttest

import (
	"fmt"
	"math"
	"strings"
	"sync"

	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"casebuilder/casebuilder/page"
)

// Text is one drawn text; its box is what the letters cover.
type Text struct {
	S     string
	Box   page.Box
	Style page.TextStyle
}

// Mark is one drawn shape.
type Mark struct {
	Kind   string // line, rect, circle, path, hatch
	Box    page.Box
	Fill   page.Paint
	Stroke page.Stroke
}

// Recorder is a page.Canvas that keeps everything.
type Recorder struct {
	Texts []Text
	Marks []Mark
	Bad   []string // coordinates that are not finite

	widths map[rune][2]float64 // of the regular and the bold face, at size 1
}

var fonts = sync.OnceValue(func() (fs [2]*sfnt.Font) {
	for i, b := range [][]byte{liberationsansregular.TTF, liberationsansbold.TTF} {
		f, err := sfnt.Parse(b)
		if err != nil {
			panic(err) // a font of a module of ours
		}
		fs[i] = f
	}
	return fs
})

// Width returns the width of s in Liberation Sans, without kerning.
func (r *Recorder) Width(s string, size float64, bold bool) float64 {
	if r.widths == nil {
		r.widths = map[rune][2]float64{}
	}
	w, face := 0.0, 0
	if bold {
		face = 1
	}
	for _, c := range s {
		v, ok := r.widths[c]
		if !ok {
			v = advances(c)
			r.widths[c] = v
		}
		w += v[face]
	}
	return w * size
}

func advances(c rune) (out [2]float64) {
	var buf sfnt.Buffer
	for i, f := range fonts() {
		g, err := f.GlyphIndex(&buf, c)
		if err != nil {
			continue
		}
		if a, err := f.GlyphAdvance(&buf, g, fixed.I(1000), font.HintingNone); err == nil {
			out[i] = float64(a) / 64 / 1000
		}
	}
	return out
}

func (r *Recorder) check(what string, vs ...float64) {
	for _, v := range vs {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			r.Bad = append(r.Bad, fmt.Sprintf("%s at %v", what, vs))
			return
		}
	}
}

// Text records a text.
func (r *Recorder) Text(x, y float64, s string, st page.TextStyle) {
	r.check(fmt.Sprintf("text %q", s), x, y)
	if strings.TrimSpace(s) == "" {
		return
	}
	w := r.Width(s, st.Size, st.Bold)
	switch st.Align {
	case page.Right:
		x -= w
	case page.Center:
		x -= w / 2
	}
	r.Texts = append(r.Texts, Text{s, page.Box{X: x, Y: y - 0.74*st.Size, W: w, H: 0.95 * st.Size}, st})
}

// Line records a line.
func (r *Recorder) Line(x1, y1, x2, y2 float64, s page.Stroke) {
	r.check("line", x1, y1, x2, y2)
	r.Marks = append(r.Marks, Mark{"line", page.Box{X: min(x1, x2), Y: min(y1, y2), W: math.Abs(x2 - x1), H: math.Abs(y2 - y1)}, page.Paint{}, s})
}

// Rect records a rectangle.
func (r *Recorder) Rect(b page.Box, fill page.Paint, s page.Stroke) {
	r.check("rect", b.X, b.Y, b.W, b.H)
	if b.W < 0 || b.H < 0 {
		r.Bad = append(r.Bad, fmt.Sprintf("rect of negative size %v", b))
	}
	r.Marks = append(r.Marks, Mark{"rect", b, fill, s})
}

// Circle records a circle.
func (r *Recorder) Circle(x, y, rad float64, fill page.Paint, s page.Stroke) {
	r.check("circle", x, y, rad)
	r.Marks = append(r.Marks, Mark{"circle", page.Box{X: x - rad, Y: y - rad, W: 2 * rad, H: 2 * rad}, fill, s})
}

// Path records a polyline or an area by the box around it.
func (r *Recorder) Path(pts []page.Point, closed bool, fill page.Paint, s page.Stroke) {
	if len(pts) == 0 {
		return
	}
	x0, y0, x1, y1 := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, p := range pts {
		r.check("path", p.X, p.Y)
		x0, y0, x1, y1 = min(x0, p.X), min(y0, p.Y), max(x1, p.X), max(y1, p.Y)
	}
	r.Marks = append(r.Marks, Mark{"path", page.Box{X: x0, Y: y0, W: x1 - x0, H: y1 - y0}, fill, s})
}

// Hatch records a hatched box.
func (r *Recorder) Hatch(b page.Box, s page.Stroke) {
	r.check("hatch", b.X, b.Y, b.W, b.H)
	r.Marks = append(r.Marks, Mark{"hatch", b, page.Paint{}, s})
}

// Problems lists what is wrong with a chart that was drawn in a box: texts
// that overlap or are smaller than 8 points, texts and marks outside the box
// (by more than 1.5 and 6 points), coordinates that are not finite.
func (r *Recorder) Problems(box page.Box) []string {
	out := append([]string{}, r.Bad...)
	for i, t := range r.Texts {
		if t.Style.Size < 8 {
			out = append(out, fmt.Sprintf("%q is set in %.1f pt, want at least 8", t.S, t.Style.Size))
		}
		if outside(t.Box, box, 1.5) {
			out = append(out, fmt.Sprintf("%q leaves the chart: %.0f,%.0f to %.0f,%.0f of %.0f,%.0f to %.0f,%.0f", t.S,
				t.Box.X, t.Box.Y, t.Box.Right(), t.Box.Bottom(), box.X, box.Y, box.Right(), box.Bottom()))
		}
		for _, o := range r.Texts[:i] {
			if t.Box.Overlaps(o.Box, 0.75) {
				out = append(out, fmt.Sprintf("%q overlaps %q", t.S, o.S))
			}
		}
	}
	for _, m := range r.Marks {
		if outside(m.Box, box, 6) {
			out = append(out, fmt.Sprintf("a %s leaves the chart: %v of %v", m.Kind, m.Box, box))
		}
	}
	return out
}

func outside(b, in page.Box, by float64) bool {
	return b.X < in.X-by || b.Y < in.Y-by || b.Right() > in.Right()+by || b.Bottom() > in.Bottom()+by
}

// Has says whether a text was drawn, whole or as a part of another.
func (r *Recorder) Has(s string) bool {
	for _, t := range r.Texts {
		if strings.Contains(t.S, s) {
			return true
		}
	}
	return false
}
