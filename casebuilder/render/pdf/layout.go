package pdf

import (
	"math"

	"casebuilder/casebuilder/page"
)

// The design in points. Heights of blocks are multiples of the grid.
const (
	grid = 4.5

	gapText    = 9.0  // inside a group
	gapGroup   = 18.0 // between groups
	gapSection = 27.0 // between sections
	gapTight   = 13.5 // between groups, where a page would not fit otherwise

	marginSide = 18 * mm
	marginEnd  = 16 * mm // top and bottom
	gutter     = 4 * mm
	mm         = 72 / 25.4
)

// typeface is one role of the type scale.
type typeface struct {
	size, leading float64
	bold          bool
	base          float64 // of the first baseline below the top of the line
}

// The type scale. First baselines stand 1.5 points under a line of the grid,
// so that texts of one leading line up across columns.
var (
	titleFace     = typeface{19, 23.5, true, 19.5}
	qualifierFace = typeface{11, 15.5, false, 10.5}
	figureFace    = typeface{26, 27, true, 24}
	unitFace      = typeface{11, 27, false, 24}
	headFace      = typeface{11.5, 13.5, true, 10.5}
	bodyFace      = typeface{9.5, 13.5, false, 10.5}
	denseFace     = typeface{9, 11.25, false, 9} // body of a page that would not fit otherwise
	boldFace      = typeface{9.5, 13.5, true, 10.5}
	tableFace     = typeface{8.5, 13.5, false, 10.5}
	chartFace     = typeface{8, 9.5, false, 7.5}
	noteFace      = typeface{7.5, 9, false, 6.5}
)

func (f typeface) measure() measure { return measure{f.size, f.bold} }

// snap rounds a height up to the grid.
func snap(h float64) float64 { return math.Ceil(h/grid-1e-6) * grid }

// height returns the height of n lines, on the grid.
func (f typeface) height(n int) float64 {
	if n == 0 {
		return 0
	}
	return snap(float64(n) * f.leading)
}

// kind groups blocks by the gap that they want around them.
type kind uint8

const (
	kText kind = iota
	kHeading
	kNote
	kGroup // exhibits, tables, bands, columns, panels
	kSpace
	kBreak
)

// node is a block measured at a width.
type node struct {
	kind  kind
	least float64 // heights, multiples of the grid
	most  float64
	keep  bool // with the next

	draw func(x, y, h float64)

	// split cuts the node so that the head is at most room high; nil when it
	// cannot be cut or nothing useful fits.
	split func(room float64) (head, tail *node)

	// force is split for a node that is never cut as long as it fits on a sheet
	// of its own.
	force func(room float64) (head, tail *node)
}

// gap returns the space between two nodes.
func gap(a, b kind, tight, compact, nested bool) float64 {
	group, section, text := gapGroup, gapSection, gapText
	if nested {
		section = gapGroup
	}
	if tight {
		group, section = gapTight, gapGroup
		if nested {
			section = gapTight
		}
	}
	if compact {
		group, section, text = gapText, gapTight, grid
		if nested {
			section = gapText
		}
	}
	switch {
	case a == kSpace || b == kSpace || a == kBreak || b == kBreak:
		return 0
	case a == kHeading:
		return grid
	case b == kHeading:
		return section
	case b == kNote:
		return grid
	case a == kText && b == kText:
		return text
	}
	return group
}

// stack is nodes one under the other.
type stack struct {
	nodes   []*node
	tight   bool
	compact bool
	nested  bool
}

func (s stack) gap(i int) float64 {
	if i == 0 {
		return 0
	}
	return gap(s.nodes[i-1].kind, s.nodes[i].kind, s.tight, s.compact, s.nested)
}

// heights returns the least and greatest height of the stack.
func (s stack) heights() (least, most float64) {
	for i, n := range s.nodes {
		least += s.gap(i) + n.least
		most += s.gap(i) + n.most
	}
	return least, most
}

// draw draws the nodes from y downwards, in a height of h: what is more than
// the least goes to the nodes that can grow. It returns the y of its foot.
func (s stack) draw(x, y, h float64) float64 {
	least, most := s.heights()
	spare := min(max(0, h-least), most-least)
	for i, n := range s.nodes {
		y += s.gap(i)
		grow := 0.0
		if most > least {
			grow = math.Floor(spare*(n.most-n.least)/(most-least)/grid+1e-6) * grid
		}
		n.draw(x, y, n.least+grow)
		y += n.least + grow
	}
	return y
}

// rigid returns a node of one height.
func rigid(k kind, h float64, draw func(x, y, h float64)) *node {
	return &node{kind: k, least: h, most: h, draw: draw}
}

// split cuts the stack at a height: as many nodes as fit, a node that can be
// cut is cut, and a node that stays with its next goes on with it. head is
// empty where nothing fits.
func (s stack) split(room float64) (head, tail stack) {
	empty := stack{tight: s.tight, compact: s.compact, nested: s.nested}
	head, tail = empty, empty
	used := 0.0
	for i, n := range s.nodes {
		if n.kind == kBreak {
			head.nodes, tail.nodes = s.nodes[:i], s.nodes[i+1:]
			return head, tail
		}
		need := s.gap(i) + n.least
		if used+need <= room+1e-6 {
			used += need
			continue
		}
		if n.split != nil {
			if a, b := n.split(room - used - s.gap(i)); a != nil {
				head.nodes = append(append(head.nodes, s.nodes[:i]...), a)
				tail.nodes = append(append(tail.nodes, b), s.nodes[i+1:]...)
				return head, tail
			}
		}
		if n.force != nil && i == 0 {
			if a, b := n.force(room); a != nil {
				head.nodes = []*node{a}
				tail.nodes = append([]*node{b}, s.nodes[1:]...)
				return head, tail
			}
		}
		cut := i
		for cut > 0 && (s.nodes[cut-1].keep || s.nodes[cut].kind == kNote || s.nodes[cut-1].kind == kSpace) {
			cut--
		}
		if cut == 0 {
			cut = i // everything belongs together: cut where it must be
		}
		head.nodes, tail.nodes = s.nodes[:cut], s.nodes[cut:]
		return head, tail
	}
	return s, tail
}

// trimmed returns the stack without the spaces and breaks that it begins with:
// what they ask for is done by a new sheet.
func (s stack) trimmed() stack {
	for len(s.nodes) > 0 && (s.nodes[0].kind == kSpace || s.nodes[0].kind == kBreak) {
		s.nodes = s.nodes[1:]
	}
	return s
}

// hasBreak says whether a page break stands among the nodes.
func (s stack) hasBreak() bool {
	for _, n := range s.nodes {
		if n.kind == kBreak {
			return true
		}
	}
	return false
}

// columnWidth returns the width of span columns of twelve in a width.
func columnWidth(width float64, span int) float64 {
	one := (width - 11*gutter) / 12
	return float64(span)*one + float64(span-1)*gutter
}

// marks of the charts and rules.
var (
	hairline = page.Stroke{Paint: page.Paint{Role: page.Rule}, Width: 0.25}
	thin     = page.Stroke{Paint: page.Paint{Role: page.Rule}, Width: 0.5}
	heavy    = page.Stroke{Paint: page.Paint{Role: page.Ink}, Width: 0.75}
)
