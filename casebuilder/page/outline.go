package page

import (
	"fmt"
	"strings"
)

// Outline returns the document as indented text, a line a block: what a
// golden file keeps and what a lint of wording reads. A figure stands as
// text‹ID›, a reference mark as [mark], bold as it is.
func (d *Document) Outline() string {
	var b strings.Builder
	line := func(depth int, kind string, parts ...string) {
		fmt.Fprintf(&b, "%s%s", strings.Repeat("  ", depth), kind)
		for _, p := range parts {
			if p != "" {
				b.WriteString(" " + p)
			}
		}
		b.WriteByte('\n')
	}
	line(0, "document", d.Title)
	for _, p := range d.Pages {
		line(0, "page", p.ID)
		for _, t := range []struct {
			kind string
			text Text
		}{{"kicker:", p.Kicker}, {"title:", p.Title}, {"qualifier:", p.Qualifier}} {
			if !t.text.Empty() {
				line(1, t.kind, marked(t.text))
			}
		}
		outlineBlocks(line, p.Blocks, 1)
	}
	return b.String()
}

func outlineBlocks(line func(int, string, ...string), bs []Block, depth int) {
	for _, b := range bs {
		switch b := b.(type) {
		case Heading:
			line(depth, "heading:", marked(b.Text))
		case Paragraph:
			line(depth, [...]string{"text:", "lead:", "note:"}[b.Style], marked(b.Text))
		case List:
			for _, t := range b.Items {
				line(depth, "item:", marked(t))
			}
		case KeyFigures:
			for _, k := range b.Items {
				line(depth, "figure:", marked(k.Value), k.Unit, "|", marked(k.Label), "|", marked(k.Range))
			}
		case Table:
			outlineTable(line, "table:", b, depth)
		case Exhibit:
			line(depth, "exhibit:", marked(b.Title), "|", marked(b.Subtitle))
			if b.Chart != nil {
				line(depth+1, "alt:", b.Chart.Alt())
				outlineTable(line, "data:", b.Chart.Data(), depth+1)
			}
			if !b.Caption.Empty() {
				line(depth+1, "caption:", marked(b.Caption))
			}
			if !b.Source.Empty() {
				line(depth+1, "source:", marked(b.Source))
			}
		case Columns:
			for _, c := range b.Cells {
				line(depth, fmt.Sprintf("column %d:", c.Span))
				outlineBlocks(line, c.Blocks, depth+1)
			}
		case Panel:
			line(depth, "panel:", marked(b.Title))
			outlineBlocks(line, b.Blocks, depth+1)
		case Together:
			outlineBlocks(line, b.Blocks, depth)
		case Break:
			line(depth, "break")
		}
	}
}

func outlineTable(line func(int, string, ...string), kind string, t Table, depth int) {
	line(depth, kind, marked(t.Title), marked(t.Subtitle))
	heads := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		heads[i] = strings.TrimSpace(marked(c.Head) + " " + c.Unit)
	}
	line(depth+1, strings.Join(heads, " | "))
	for _, r := range t.Rows {
		cells := make([]string, len(r.Cells))
		for i, c := range r.Cells {
			cells[i] = marked(c)
		}
		line(depth+1, [...]string{"", "tint: ", "total: ", "group: ", "muted: "}[r.Kind]+strings.Join(cells, " | "))
	}
	for _, n := range t.Notes {
		line(depth+1, "note:", marked(n))
	}
	if !t.Source.Empty() {
		line(depth+1, "source:", marked(t.Source))
	}
}

func marked(t Text) string {
	var b strings.Builder
	for _, s := range t {
		switch {
		case s.Mark:
			b.WriteString("[" + s.Text + "]")
		case s.Figure != "":
			b.WriteString(s.Text + "‹" + s.Figure + "›")
		default:
			b.WriteString(s.Text)
		}
	}
	return b.String()
}
