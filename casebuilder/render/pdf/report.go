package pdf

import (
	"fmt"

	"casebuilder/casebuilder/page"
)

// Item is one piece of drawn text.
type Item struct {
	Sheet     int      // from 1
	Box       page.Box // what the letters cover, points from the top left corner of the paper
	Size      float64  // points
	Bold      bool
	Text      string
	Figure    string // ID of the figure that it prints; "" for words
	Furniture bool   // header or footer
	Chart     bool   // inside a chart
}

// Printed is a figure as it is printed, whole, also where a line break splits it.
type Printed struct {
	Sheet  int
	Figure string // ID in results
	Text   string
}

// PageReport says how one page of the document came out.
type PageReport struct {
	ID        string
	First     int     // its first sheet, from 1
	Sheets    int     // how many it takes
	Slack     float64 // points left free at the foot of its last sheet
	Overflow  float64 // points by which its blocks exceed one sheet, set as close as can be; 0 when they fit
	Tightened bool    // gaps were narrowed to make it fit
	Compacted bool    // gaps and rows were narrowed once more
	Dense     bool    // and body text was set in 9 pt
	Title     float64 // size of the title in points: 19 unless it was shrunk
	Cut       bool    // the title was too long even at its least size and was cut
}

// Report is what the layout did: for tests, and for whoever must say that
// something did not fit.
type Report struct {
	Items   []Item
	Figures []Printed
	Pages   []PageReport
	Missing []rune   // characters without a glyph, drawn as □, in order
	Margins page.Box // no text stands outside
	Sheets  int

	stray []string
}

// strays notes the texts of a chart, from an item on, that leave its box.
func (r *Report) strays(from int, box page.Box) {
	for _, it := range r.Items[from:] {
		if b := it.Box; b.X < box.X-1 || b.Right() > box.Right()+1 || b.Y < box.Y-1 || b.Bottom() > box.Bottom()+1.5 {
			r.stray = append(r.stray, fmt.Sprintf("sheet %d: %q leaves its chart: x %.1f to %.1f of %.1f to %.1f, y %.1f to %.1f of %.1f to %.1f", it.Sheet, it.Text,
				b.X, b.Right(), box.X, box.Right(), b.Y, b.Bottom(), box.Y, box.Bottom()))
		}
	}
}

func (r *Report) add(i Item) { r.Items = append(r.Items, i) }

// Problems lists what is wrong with the layout: texts that overlap, that stand
// outside the margins or outside their chart, or that are smaller than 7.5 points.
func (r *Report) Problems() []string {
	out := append([]string{}, r.stray...)
	bySheet := map[int][]Item{}
	for _, it := range r.Items {
		if it.Size < markSize-0.001 {
			out = append(out, fmt.Sprintf("sheet %d: %q is set in %.2f pt, want at least %.1f", it.Sheet, it.Text, it.Size, markSize))
		}
		b, m := it.Box, r.Margins
		if b.X < m.X-0.5 || b.Right() > m.Right()+0.5 || b.Y < m.Y-0.5 || b.Bottom() > m.Bottom()+0.5 {
			out = append(out, fmt.Sprintf("sheet %d: %q stands outside the margins: x %.1f to %.1f, y %.1f to %.1f",
				it.Sheet, it.Text, b.X, b.Right(), b.Y, b.Bottom()))
		}
		for _, o := range bySheet[it.Sheet] {
			if b.Overlaps(o.Box, 0.75) {
				out = append(out, fmt.Sprintf("sheet %d: %q overlaps %q at x %.1f, y %.1f", it.Sheet, it.Text, o.Text, b.X, b.Y))
			}
		}
		bySheet[it.Sheet] = append(bySheet[it.Sheet], it)
	}
	return out
}
