package lint

import (
	"strings"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/diag"
)

// workbook checks what concerns the whole file.
func (c *checker) workbook() {
	for _, n := range c.parts.names {
		low := strings.ToLower(n)
		switch {
		case strings.HasPrefix(low, "xl/externallinks/"), low == "xl/connections.xml", strings.HasPrefix(low, "xl/querytables/"):
			c.report("", "", "external link", "no links to other files", n)
		case strings.Contains(low, "vbaproject"), strings.HasPrefix(low, "xl/macrosheets/"):
			c.report("", "", "macro", "no macros", n)
		case strings.HasPrefix(low, "xl/comments"), strings.HasPrefix(low, "xl/threadedcomments"):
			c.report("", "", "comment", "notes in a printed column", n)
		}
	}
	seen := map[string]bool{}
	unique := func(kind, name string) {
		low := strings.ToLower(name)
		if seen[low] {
			c.report("", "", kind, "names that stand once", diag.Quote(name))
		}
		seen[low] = true
	}
	for _, t := range c.parts.tables {
		unique("table", t.Name)
	}
	for _, d := range c.parts.defs {
		if strings.HasPrefix(d.Name, "_xlnm.") {
			continue
		}
		unique("name", d.Name)
		if strings.Contains(d.Ref, "[") || strings.Contains(d.Ref, "#REF!") {
			c.report("", "", "name", "names of cells of this workbook", d.Name+" for "+d.Ref)
		}
	}
}

// table checks that the columns of a table are named as their headers read,
// and that no row within it is blank.
func (c *checker) table(g *book.Grid, info *sheetInfo) {
	for _, t := range info.tables {
		a, err := book.ParseArea(t.Ref)
		if err != nil {
			c.report(g.Name, t.Ref, "table", "a range", diag.Quote(t.Ref))
			continue
		}
		for i, column := range t.Columns {
			head, _ := g.At(a.Row1, a.Col1+i).Value.(string)
			if head != column.Name {
				c.report(g.Name, book.CellName(a.Row1, a.Col1+i), "table", "the header "+diag.Quote(column.Name), diag.Quote(head))
			}
		}
		for row := a.Row1; row <= a.Row2; row++ {
			blank := true
			for col := a.Col1; col <= a.Col2; col++ {
				blank = blank && g.At(row, col).Empty()
			}
			if blank {
				c.report(g.Name, book.CellName(row, a.Col1), "table", "no blank rows in a table", "one")
			}
		}
	}
}
