package cli

import (
	"regexp"
	"strings"

	"casebuilder/casebuilder/render/text"
)

// tellTopic writes a topic of the documentation for a terminal: headings,
// paragraphs, lists and tables fit its width, blocks stand as they are.
func tellTopic(p *text.Page, doc string) {
	t := &topic{page: p}
	fenced := false
	for line := range strings.Lines(doc) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "```"):
			t.end()
			fenced = !fenced
		case fenced:
			p.Verbatim(4, line)
		case strings.HasPrefix(line, "    ") && t.kind == 0:
			p.Verbatim(4, line[4:])
		default:
			t.line(line)
		}
	}
	t.end()
}

// topic collects the lines of one paragraph, list element or table.
type topic struct {
	page *text.Page
	kind byte // 'p' a paragraph, '-' an element of a list, '|' a table; 0 none
	text string
	rows [][]string
}

var (
	numbered  = regexp.MustCompile(`^\d+\. `)
	tableRule = regexp.MustCompile(`^\|[-|: ]+\|$`)
	link      = regexp.MustCompile(`\[([^]]+)\]\([^)]+\)`)
)

// plain takes the marks out of a line.
func plain(s string) string {
	s = link.ReplaceAllString(s, "$1")
	return strings.NewReplacer("**", "", "`", "", `\|`, "|").Replace(s)
}

// line takes the next line outside of a block.
func (t *topic) line(s string) {
	switch {
	case s == "" || strings.HasPrefix(s, "<!--"):
		t.end()
		t.page.Gap()
	case strings.HasPrefix(s, "#"):
		t.end()
		t.page.Heading(plain(strings.TrimLeft(s, "# ")))
	case tableRule.MatchString(s):
	case strings.HasPrefix(s, "|"):
		t.start('|')
		s = strings.ReplaceAll(strings.Trim(s, "|"), `\|`, "\x00")
		var row []string
		for cell := range strings.SplitSeq(s, "|") {
			row = append(row, plain(strings.ReplaceAll(strings.TrimSpace(cell), "\x00", "|")))
		}
		t.rows = append(t.rows, row)
	case strings.HasPrefix(s, "- "):
		t.end()
		t.start('-')
		t.text = plain(s[2:])
	case numbered.MatchString(s):
		t.end()
		t.start('p')
		t.text = plain(s)
	default:
		if t.kind == 0 {
			t.start('p')
		}
		t.text = strings.TrimSpace(t.text + " " + plain(strings.TrimSpace(s)))
	}
}

func (t *topic) start(kind byte) {
	if t.kind != kind {
		t.end()
	}
	t.kind = kind
}

// end writes what was collected.
func (t *topic) end() {
	switch t.kind {
	case 'p':
		t.page.Para(t.text)
	case '-':
		t.page.Bullet(t.text, "")
	case '|':
		if len(t.rows[0]) > maxColumns {
			t.facts()
			break
		}
		table := text.Table{}
		for i, head := range t.rows[0] {
			c := text.Column{Head: head, Min: 12, Wrap: true}
			if i == 0 {
				c.Min, c.Whole = 0, true
			}
			table.Columns = append(table.Columns, c)
		}
		for _, row := range t.rows[1:] {
			table.Add(row...)
		}
		t.page.Table(table)
	}
	*t = topic{page: t.page}
}

// maxColumns is how many columns with sentences in them can be read on a
// terminal.
const maxColumns = 3

// facts writes a table of many columns row by row.
func (t *topic) facts() {
	heads := t.rows[0]
	for _, row := range t.rows[1:] {
		t.page.Heading(row[0])
		var facts []text.Fact
		for i := 1; i < min(len(row), len(heads)); i++ {
			facts = append(facts, text.Fact{Label: heads[i], Text: row[i]})
		}
		t.page.Facts(facts...)
	}
}
