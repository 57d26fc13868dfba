// Package chart draws the charts of the board papers, by hand, on a
// page.Canvas: exceedance curves, waterfalls, dot plots, tornados and the
// rest, all of one look. No frames, no legends, labels beside what they name.
//
// A chart is a struct of plain data. It computes nothing but positions: every
// printed number comes as a page.Label from the caller, or, for ticks, from a
// function that the caller passes in. All words on a chart are the caller's,
// so that a chart knows no language; Kind, the one word of the alternative
// text, has an English default.
//
// The charts hold no colours. They name roles, and the theme of the document
// says which colour a role has. What is modelled is drawn lighter and with an
// outline, or hatched; solid marks are observed.
package chart

import (
	"math"
	"strconv"
	"strings"

	"casebuilder/casebuilder/page"
)

// The text of charts, in points.
const (
	size    = 8.0
	leading = 9.5
	up      = 5.8 // of a capital letter over its baseline
)

// Tints of modelled marks, as shares of paper.
const (
	modelledTint = 0.35
	areaTint     = 0.8
)

var (
	hair    = page.Stroke{Paint: page.Paint{Role: page.Rule}, Width: 0.25}
	leader  = page.Stroke{Paint: page.Paint{Role: page.Grey}, Width: 0.4}
	axis    = page.Stroke{Paint: page.Paint{Role: page.Ink}, Width: 0.75}
	whisker = page.Stroke{Paint: page.Paint{Role: page.Ink}, Width: 0.5}
	none    = page.Stroke{}
)

func ink(r page.Role) page.Paint { return page.Paint{Role: r} }

func tint(r page.Role, t float64) page.Paint { return page.Paint{Role: r, Tint: t} }

func line(r page.Role, w float64) page.Stroke { return page.Stroke{Paint: ink(r), Width: w} }

// outlined is the stroke around a modelled mark: in its own colour, but dark
// around the light grey of everyone else's losses.
func outlined(r page.Role) page.Stroke {
	if r == page.Other {
		r = page.Grey
	}
	return line(r, 0.75)
}

// modelled is the fill of a modelled mark.
func modelled(r page.Role) page.Paint {
	if r == page.Other {
		return ink(r)
	}
	return tint(r, modelledTint)
}

// Format prints a number for a tick.
type Format func(float64) string

func (f Format) of(v float64) string {
	if f == nil {
		return ""
	}
	return f(v)
}

// scale maps values to places.
type scale func(float64) float64

// linear maps a to p and b to q. Where a and b are equal everything is at p.
func linear(a, b, p, q float64) scale {
	if b == a {
		return func(float64) float64 { return p }
	}
	return func(v float64) float64 { return p + (v-a)/(b-a)*(q-p) }
}

// logarithmic maps a to p and b to q on a logarithmic scale; a and b are positive.
func logarithmic(a, b, p, q float64) scale {
	l := linear(math.Log(a), math.Log(b), p, q)
	return func(v float64) float64 { return l(math.Log(v)) }
}

// ticks returns round values from lo to hi, about n of them, at steps of 1, 2,
// 2.5 or 5 times a power of ten. Nothing comes of values that are not finite.
func ticks(lo, hi float64, n int) []float64 {
	if !(hi > lo) || math.IsInf(hi-lo, 0) || n < 1 {
		return nil
	}
	raw := (hi - lo) / float64(n)
	p := math.Pow(10, math.Floor(math.Log10(raw)))
	if p == 0 || math.IsInf(p, 0) {
		return nil
	}
	step := 10 * p
	for _, m := range []float64{1, 2, 2.5, 5} {
		if m*p >= raw*(1-1e-9) {
			step = m * p
			break
		}
	}
	var out []float64
	for i := math.Ceil(lo/step - 1e-9); i*step <= hi+step*1e-9 && len(out) < 50; i++ {
		v, _ := strconv.ParseFloat(strconv.FormatFloat(i*step, 'g', 12, 64), 64) // 0.6, not 0.6000000000000001
		if n := len(out); v >= lo-step*1e-9 && v <= hi+step*1e-9 && (n == 0 || v > out[n-1]) {
			out = append(out, v+0) // never minus zero
		}
	}
	return out
}

// decades returns the powers of ten from lo to hi.
func decades(lo, hi float64) []float64 {
	if !(lo > 0 && hi >= lo) || math.IsInf(hi, 0) {
		return nil
	}
	var out []float64
	for e := math.Ceil(math.Log10(lo) - 1e-9); e <= math.Log10(hi)+1e-9; e++ {
		out = append(out, math.Pow(10, e))
	}
	return out
}

// extent returns the least and greatest of the finite values; 0, 0 of none.
func extent(vs ...float64) (lo, hi float64) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, v := range vs {
		if !math.IsNaN(v) && !math.IsInf(v, 0) {
			lo, hi = min(lo, v), max(hi, v)
		}
	}
	if lo > hi {
		return 0, 0
	}
	return lo, hi
}

// spread returns an interval of some width around values that are all equal.
func spread(lo, hi float64) (float64, float64) {
	if hi > lo {
		return lo, hi
	}
	by := math.Abs(lo) / 2
	if by == 0 {
		by = 1
	}
	return lo - by, lo + by
}

// wrap breaks s into lines of at most width, at most most of them, of about
// equal length; the last one ends in an ellipsis where the text goes on.
func wrap(c page.Canvas, s string, width float64, bold bool, most int) []string {
	out := greedy(c, s, width, bold, most)
	if n := len(out); n > 1 && !anyCut(out) {
		for w := width * 0.96; w > width*0.5; w -= width * 0.04 {
			next := greedy(c, s, w, bold, most)
			if len(next) > n || anyCut(next) {
				break
			}
			out = next
		}
	}
	return out
}

// anyCut says whether a line was shortened.
func anyCut(lines []string) bool {
	for _, l := range lines {
		if strings.HasSuffix(l, "…") {
			return true
		}
	}
	return false
}

// greedy fills line after line.
func greedy(c page.Canvas, s string, width float64, bold bool, most int) []string {
	var out []string
	cur := ""
	words := strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' }) // no-break spaces stay
	for i, w := range words {
		next := w
		if cur != "" {
			next = cur + " " + w
		}
		if cur != "" && c.Width(next, size, bold) > width {
			out = append(out, cur)
			if len(out) == most {
				out[most-1] = shorten(c, cur+" "+strings.Join(words[i:], " "), width, bold)
				return out
			}
			next = w
		}
		cur = next
	}
	if cur != "" {
		out = append(out, cur)
	}
	for i, l := range out {
		out[i] = shorten(c, l, width, bold)
	}
	return out
}

// shorten cuts s to a width, with an ellipsis.
func shorten(c page.Canvas, s string, width float64, bold bool) string {
	if len(s) < 2000 && c.Width(s, size, bold) <= width {
		return s
	}
	r := []rune(s)
	lo, hi := 0, min(len(r), 500) // no line is that long
	for lo < hi {
		n := (lo + hi + 1) / 2
		if c.Width(string(r[:n])+"…", size, bold) <= width {
			lo = n
		} else {
			hi = n - 1
		}
	}
	return strings.TrimRight(string(r[:lo]), " ") + "…"
}

// text styles.
func left(r page.Role) page.TextStyle { return page.TextStyle{Size: size, Role: r} }

func right(r page.Role) page.TextStyle {
	return page.TextStyle{Size: size, Role: r, Align: page.Right}
}

func center(r page.Role) page.TextStyle {
	return page.TextStyle{Size: size, Role: r, Align: page.Center}
}

func bold(st page.TextStyle) page.TextStyle { st.Bold = true; return st }

func figure(st page.TextStyle, id string) page.TextStyle { st.Figure = id; return st }

// put draws a label and returns its width.
func put(c page.Canvas, x, y float64, l page.Label, st page.TextStyle) float64 {
	if l.Text == "" {
		return 0
	}
	c.Text(x, y, l.Text, figure(st, l.Figure))
	return c.Width(l.Text, st.Size, st.Bold)
}

// fit returns a label cut to a width.
func fit(c page.Canvas, l page.Label, width float64, bold bool) page.Label {
	if l.Text != "" {
		l.Text = shorten(c, l.Text, width, bold)
	}
	return l
}

// block draws lines of text, the first baseline at y.
func block(c page.Canvas, x, y float64, lines []string, st page.TextStyle) {
	for i, l := range lines {
		c.Text(x, y+float64(i)*leading, l, st)
	}
}

// widest returns the width of the widest string.
func widest(c page.Canvas, bold bool, ss ...string) (w float64) {
	for _, s := range ss {
		w = max(w, c.Width(s, size, bold))
	}
	return w
}

// kindOr returns the kind of a chart, or its English name.
func kindOr(kind, english string) string {
	if kind != "" {
		return kind
	}
	return english
}

// describe joins a kind and key values into alternative text.
func describe(kind string, values ...string) string {
	var vs []string
	for _, v := range values {
		if v = strings.TrimSpace(v); v != "" {
			vs = append(vs, v)
		}
	}
	if len(vs) == 0 {
		return kind + "."
	}
	return kind + ": " + strings.TrimSuffix(strings.Join(vs, "; "), ".") + "."
}

// say joins a name and its value.
func say(name, value string) string { return strings.TrimSpace(name + " " + value) }

// column and row help to write the data of a chart as a table.
func column(head string) page.Column { return page.Column{Head: page.T(head)} }

func number(head string) page.Column { return page.Column{Head: page.T(head), Align: page.Decimal} }

func cell(l page.Label) page.Text {
	if l.Figure != "" {
		return page.F(l.Figure, l.Text)
	}
	return page.T(l.Text)
}

// diamond draws a small diamond around a point.
func diamond(c page.Canvas, x, y, r float64, fill page.Paint, s page.Stroke) {
	c.Path([]page.Point{{X: x, Y: y - r}, {X: x + r, Y: y}, {X: x, Y: y + r}, {X: x - r, Y: y}}, true, fill, s)
}
