package page

import (
	"errors"
	"fmt"
	"math"
	"strings"
)

// Check returns an error that lists everything in the document that cannot be
// drawn as it stands, or nil: pages without a title, anchors used twice, links
// that lead nowhere or to other schemes, tables whose rows do not fit their
// columns, column spans beyond twelve, exhibits without a chart or without
// words for those who do not see it.
func (d *Document) Check() error {
	c := checker{anchors: map[string]bool{}}
	if strings.TrimSpace(d.Title) == "" {
		c.add("document", "want a title, got none")
	}
	if d.Language == "" {
		c.add("document", "want a language such as en-GB, got none")
	}
	if d.AsOf.IsZero() {
		c.add("document", "want an as-of date, got none")
	}
	if len(d.Pages) == 0 {
		c.add("document", "want at least one page, got none")
	}
	for i, p := range d.Pages {
		where := fmt.Sprintf("page %d", i+1)
		if p.ID != "" {
			where += " (" + p.ID + ")"
		}
		if p.Title.Empty() {
			c.add(where, "want a title, got none")
		}
		c.anchor(where, p.ID)
		for _, t := range []Text{p.Kicker, p.Title, p.Qualifier} {
			c.text(where, t)
		}
		c.blocks(where, p.Blocks, 0)
	}
	for _, l := range c.links {
		if !c.anchors[l.to] {
			c.add(l.where, fmt.Sprintf("want a link to an anchor of the document, got %q", "#"+l.to))
		}
	}
	return errors.Join(c.errs...)
}

type link struct{ where, to string }

type checker struct {
	anchors map[string]bool
	links   []link
	errs    []error
}

// maxDepth bounds how deep blocks stand in blocks.
const maxDepth = 8

func (c *checker) add(where, what string) {
	c.errs = append(c.errs, fmt.Errorf("%s: %s", where, what))
}

func (c *checker) anchor(where, id string) {
	if id == "" {
		return
	}
	if c.anchors[id] {
		c.add(where, fmt.Sprintf("want each anchor once, got %q twice", id))
	}
	c.anchors[id] = true
}

func (c *checker) text(where string, t Text) {
	for _, s := range t {
		switch {
		case s.Link == "":
		case strings.HasPrefix(s.Link, "#"):
			c.links = append(c.links, link{where, s.Link[1:]})
		case strings.HasPrefix(s.Link, "https://"), strings.HasPrefix(s.Link, "http://"), strings.HasPrefix(s.Link, "mailto:"):
		default:
			c.add(where, fmt.Sprintf("want a link to #anchor, https://, http:// or mailto:, got %q", s.Link))
		}
		if s.Role >= roles {
			c.add(where, fmt.Sprintf("want a role, got %v", s.Role))
		}
	}
}

func (c *checker) blocks(where string, bs []Block, depth int) {
	if depth > maxDepth {
		c.add(where, fmt.Sprintf("want blocks at most %d deep, got more", maxDepth))
		return
	}
	for i, b := range bs {
		at := fmt.Sprintf("%s, block %d", where, i+1)
		switch b := b.(type) {
		case nil:
			c.add(at, "want a block, got nil")
		case Heading:
			c.anchor(at, b.Anchor)
			c.text(at, b.Text)
		case Paragraph:
			c.anchor(at, b.Anchor)
			c.text(at, b.Text)
		case List:
			for _, t := range b.Items {
				c.text(at, t)
			}
		case KeyFigures:
			if n := len(b.Items); n > 6 {
				c.add(at, fmt.Sprintf("want at most 6 key figures, got %d", n))
			}
			for _, k := range b.Items {
				c.text(at, Join(k.Value, k.Label, k.Range))
			}
		case Table:
			c.anchor(at, b.Anchor)
			c.table(at, b)
		case Exhibit:
			c.anchor(at, b.Anchor)
			c.text(at, Join(b.Title, b.Subtitle, b.Caption, b.Source))
			if b.Chart == nil {
				c.add(at, "want a chart, got none")
			} else if b.Title.Empty() && b.Chart.Alt() == "" {
				c.add(at, "want a title or words for the chart, got neither")
			}
		case Columns:
			n := 0
			for _, cell := range b.Cells {
				if cell.Span < 1 {
					c.add(at, fmt.Sprintf("want a span from 1 to 12, got %d", cell.Span))
				}
				n += cell.Span
				c.blocks(at, cell.Blocks, depth+1)
			}
			if n > 12 {
				c.add(at, fmt.Sprintf("want at most 12 columns, got %d", n))
			}
		case Panel:
			c.text(at, b.Title)
			c.blocks(at, b.Blocks, depth+1)
		case Together:
			c.blocks(at, b.Blocks, depth+1)
		case Space:
			if !(b.Points >= 0 && b.Points <= 1000) { // NaN too
				c.add(at, fmt.Sprintf("want a space from 0 to 1000 points, got %v", b.Points))
			}
		case Break, Divider:
		default:
			c.add(at, fmt.Sprintf("want a block of this package, got %T", b))
		}
	}
}

func (c *checker) table(where string, t Table) {
	if len(t.Columns) == 0 {
		c.add(where, "want a table with columns, got none")
	}
	c.text(where, Join(t.Title, t.Subtitle, t.Source))
	for _, n := range t.Notes {
		c.text(where, n)
	}
	for _, col := range t.Columns {
		c.text(where, col.Head)
		if math.IsNaN(col.Share) || col.Share < 0 || col.Share > 1000 {
			c.add(where, fmt.Sprintf("want a share of width from 0 to 1000, got %v", col.Share))
		}
	}
	for i, r := range t.Rows {
		c.anchor(where, r.Anchor)
		if r.Kind != GroupRow && len(r.Cells) != len(t.Columns) || len(r.Cells) == 0 {
			c.add(where, fmt.Sprintf("want %d cells in row %d, got %d", len(t.Columns), i+1, len(r.Cells)))
		}
		for _, cell := range r.Cells {
			c.text(where, cell)
		}
	}
}
