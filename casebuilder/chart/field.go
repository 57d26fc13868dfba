package chart

import (
	"math"
	"slices"

	"casebuilder/casebuilder/page"
)

// field finds free places for labels: it knows what is drawn already.
type field struct {
	area  page.Box
	boxes []page.Box
	texts []page.Box // labels that have found their place
	lines [][2]page.Point
	grid  [][2]page.Point // hairlines: better not crossed
	erase bool            // they give way to a label, on white
	solid []page.Box      // where the ground is not white
}

func (f *field) block(b page.Box) { f.boxes = append(f.boxes, b) }

func (f *field) curve(pts []page.Point) {
	for i := 1; i < len(pts); i++ {
		f.lines = append(f.lines, [2]page.Point{pts[i-1], pts[i]})
	}
}

// rule notes a horizontal or vertical hairline.
func (f *field) rule(x1, y1, x2, y2 float64) {
	f.grid = append(f.grid, [2]page.Point{{X: x1, Y: y1}, {X: x2, Y: y2}})
}

// clearance kept between a label and everything else: above and below it, and
// at its sides; another label at its side stands further off.
const (
	clearance = 2.5
	aside     = 4.0
	apart     = 7.0
)

// find returns the free box of a size that lies nearest to one of the targets,
// and that target. Places right of and above a target are liked a little more.
// Where nothing is free the box that hides least is returned.
func (f *field) find(w, h float64, targets ...page.Point) (page.Box, page.Point, float64) {
	const step = 3.0
	best, bestAt, bestScore := page.Box{X: f.area.X, Y: f.area.Y, W: w, H: h}, page.Point{}, math.Inf(1)
	if len(targets) > 0 {
		bestAt = targets[0]
	}
	for y := f.area.Y; y+h <= f.area.Bottom()+0.01; y += step {
		for x := f.area.X; x+w <= f.area.Right()+0.01; x += step {
			b := page.Box{X: x, Y: y, W: w, H: h}
			near, score := page.Point{}, bestScore
			for _, t := range targets {
				d := distance(b, t)
				if t.X > b.Right() {
					d += 3
				}
				if t.Y < b.Y {
					d += 2
				}
				if d < 3 {
					d += 6 // not on the mark itself
				}
				if d < score {
					near, score = t, d
				}
			}
			if score >= bestScore {
				continue
			}
			if score += f.cost(b); score >= bestScore {
				continue
			}
			if score += f.lead(b, near); score < bestScore {
				best, bestAt, bestScore = b, near, score
			}
		}
	}
	return best, bestAt, bestScore
}

// hidden is the cost from which on a label would be printed over another mark:
// it is left out instead, and the table beside the chart has it.
const hidden = 1900.0

// beside is the distance up to which a label needs no line to its target.
const beside = 9.0

// leadLine returns the hairline from a box to its target; it stops short of
// the mark.
func leadLine(b page.Box, t page.Point) (from, to page.Point, needed bool) {
	d := distance(b, t)
	if d <= beside {
		return from, to, false
	}
	from = page.Point{X: min(max(t.X, b.X), b.Right()), Y: min(max(t.Y, b.Y), b.Bottom())}
	k := (d - 3.5) / d
	return from, page.Point{X: from.X + (t.X-from.X)*k, Y: from.Y + (t.Y-from.Y)*k}, true
}

// lead is what the line from a box to its target would cross.
func (f *field) lead(b page.Box, t page.Point) (cost float64) {
	p, q, needed := leadLine(b, t)
	if !needed {
		return 0
	}
	cost = 4
	for _, boxes := range [][]page.Box{f.boxes, f.texts} {
		for _, o := range boxes {
			if distance(o, t) > 1 && crosses(o, p, q) {
				cost += 200
			}
		}
	}
	for _, l := range f.lines {
		if intersect(p, q, l[0], l[1]) {
			cost += 40
		}
	}
	return cost
}

// intersect says whether two segments cross.
func intersect(a, b, c, d page.Point) bool {
	side := func(p, q, r page.Point) float64 { return (q.X-p.X)*(r.Y-p.Y) - (q.Y-p.Y)*(r.X-p.X) }
	return side(a, b, c)*side(a, b, d) < 0 && side(c, d, a)*side(c, d, b) < 0
}

// cost is what a box would hide.
func (f *field) cost(b page.Box) (cost float64) {
	grown := func(x, y float64) page.Box {
		return page.Box{X: b.X - x, Y: b.Y - y, W: b.W + 2*x, H: b.H + 2*y}
	}
	wide := grown(aside, clearance)
	for _, o := range f.boxes {
		if grown(clearance, clearance).Overlaps(o, 0) {
			cost += 2000
		}
	}
	for _, o := range f.texts {
		if grown(clearance, clearance).Overlaps(o, 0) {
			cost += 2000
		} else if grown(apart, 0).Overlaps(o, 0) {
			cost += 100
		}
	}
	for _, l := range f.lines {
		if crosses(wide, l[0], l[1]) {
			cost += 300
		}
	}
	for _, l := range f.grid {
		if crosses(page.Box{X: b.X, Y: b.Y - 1, W: b.W, H: b.H + 2}, l[0], l[1]) {
			cost += 45
		}
	}
	return cost
}

// distance from a box to a point; 0 inside.
func distance(b page.Box, p page.Point) float64 {
	return math.Hypot(max(b.X-p.X, 0, p.X-b.Right()), max(b.Y-p.Y, 0, p.Y-b.Bottom()))
}

// crosses says whether a segment touches a box (Liang and Barsky 1984).
func crosses(b page.Box, p, q page.Point) bool {
	if max(p.X, q.X) < b.X || min(p.X, q.X) > b.Right() || max(p.Y, q.Y) < b.Y || min(p.Y, q.Y) > b.Bottom() {
		return false
	}
	t0, t1 := 0.0, 1.0
	dx, dy := q.X-p.X, q.Y-p.Y
	for _, e := range [4][2]float64{{-dx, p.X - b.X}, {dx, b.Right() - p.X}, {-dy, p.Y - b.Y}, {dy, b.Bottom() - p.Y}} {
		if e[0] == 0 {
			if e[1] < 0 {
				return false
			}
			continue
		}
		t := e[1] / e[0]
		if e[0] < 0 {
			t0 = max(t0, t)
		} else {
			t1 = min(t1, t)
		}
		if t0 > t1 {
			return false
		}
	}
	return true
}

// place draws a label of one to three lines at a free place near a target,
// with a hairline to the target where it is not beside it.
func (f *field) place(c page.Canvas, l page.Label, width float64, st page.TextStyle, targets ...page.Point) {
	f.placeLines(c, []labelLine{{l, st}}, width, targets...)
}

// labelLine is one part of a label with its look.
type labelLine struct {
	label page.Label
	style page.TextStyle
}

// placement is a label at its place.
type placement struct {
	rows     []labelRow
	box      page.Box
	from, to page.Point // of the line to its target
	led      bool
	clears   []page.Box // pieces of hairlines that give way
}

type labelRow struct {
	s  string
	st page.TextStyle
}

// placeLines is place for a label of several parts, one under the other.
func (f *field) placeLines(c page.Canvas, parts []labelLine, width float64, targets ...page.Point) {
	if p, ok := f.settle(c, parts, width, targets...); ok {
		p.draw(c)
	}
}

// settle finds the place of a label and takes it: at its width, or narrower,
// or, where there is no room, its first part alone and cut. It returns false
// where the label would be printed over another mark.
func (f *field) settle(c page.Canvas, parts []labelLine, width float64, targets ...page.Point) (placement, bool) {
	if len(targets) == 0 {
		return placement{}, false
	}
	var best placement
	var t page.Point
	score := math.Inf(1)
	for _, w := range []float64{width, width * 0.7, width * 0.5} {
		rows, wide := labelRows(c, parts, w)
		if len(rows) == 0 {
			return placement{}, false
		}
		if box, at, s := f.find(wide, float64(len(rows))*leading, targets...); s < score-8 {
			best, t, score = placement{rows: rows, box: box}, at, s
		}
		if score < 60 {
			break
		}
	}
	for _, w := range []float64{width * 0.6, width * 0.35} {
		if score < hidden {
			break
		}
		p := parts[0]
		s := shorten(c, p.label.Text, w, p.style.Bold)
		if box, at, got := f.find(c.Width(s, size, p.style.Bold), leading, targets...); s != "…" && got < score {
			best, t, score = placement{rows: []labelRow{{s, figure(p.style, p.label.Figure)}}, box: box}, at, got
		}
	}
	if score >= hidden {
		return placement{}, false
	}
	best.clears = f.under(best.box)
	best.from, best.to, best.led = leadLine(best.box, t)
	if best.led {
		f.curve([]page.Point{best.from, best.to})
	}
	f.texts = append(f.texts, best.box)
	return best, true
}

// under returns the pieces of level hairlines that a label hides, where nothing
// else is drawn.
func (f *field) under(b page.Box) (out []page.Box) {
	for _, g := range f.grid {
		if y := g[0].Y; f.erase && y == g[1].Y && y > b.Y-1 && y < b.Bottom()+1 {
			piece := page.Box{X: b.X - 2, Y: y - 0.75, W: b.W + 4, H: 1.5}
			coloured := slices.ContainsFunc(f.solid, func(o page.Box) bool { return piece.Overlaps(o, 0) })
			if !coloured && !slices.ContainsFunc(f.lines, func(l [2]page.Point) bool { return crosses(piece, l[0], l[1]) }) {
				out = append(out, piece)
			}
		}
	}
	return out
}

func (p placement) draw(c page.Canvas) {
	for _, b := range p.clears {
		c.Rect(b, ink(page.White), none)
	}
	if p.led {
		c.Line(p.from.X, p.from.Y, p.to.X, p.to.Y, leader)
	}
	for i, r := range p.rows {
		c.Text(p.box.X, p.box.Y+float64(i)*leading+7.3, r.s, r.st)
	}
}

// clone returns a field on which labels can be tried.
func (f *field) clone() *field {
	return &field{f.area, slices.Clone(f.boxes), slices.Clone(f.texts), slices.Clone(f.lines), f.grid, f.erase, f.solid}
}

// labelRows wraps the parts of a label and returns the width that they take.
func labelRows(c page.Canvas, parts []labelLine, width float64) (rows []labelRow, wide float64) {
	for _, p := range parts {
		if p.label.Text == "" {
			continue
		}
		for _, s := range wrap(c, p.label.Text, width, p.style.Bold, 3) {
			rows = append(rows, labelRow{s, figure(p.style, p.label.Figure)})
			wide = max(wide, c.Width(s, size, p.style.Bold))
		}
	}
	return rows, wide
}
