package pdf

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"casebuilder/casebuilder/page"
)

// elem is one element of the structure tree: what a piece of the page is.
type elem struct {
	tag    string
	attrs  string // further entries of its dictionary
	parent *elem
	kids   []kid
	num    int // of its object, when the file is written
}

// kid is a child element, a piece of marked content, or an annotation.
type kid struct {
	elem  *elem
	sheet int // with mcid or annot: from 0
	mcid  int
	annot *annotation
}

// annotation is one clickable rectangle.
type annotation struct {
	box    page.Box
	target string // "#anchor" or an address
	words  string // what it leads to, for those who do not see it
	elem   *elem
	num    int
}

// place is where an anchor stands.
type place struct {
	sheet int
	x, y  float64
}

// bookmark is one entry of the outline.
type bookmark struct {
	title string
	level int
	at    place
}

// begin opens a structure element inside the current one; end closes it.
func (p *painter) begin(tag, attrs string) {
	e := &elem{tag: tag, attrs: attrs, parent: p.elem}
	p.elem.kids = append(p.elem.kids, kid{elem: e})
	p.elem = e
}

func (p *painter) end() { p.elem = p.elem.parent }

// in draws f inside an element of its own.
func (p *painter) in(tag string, f func()) {
	p.begin(tag, "")
	f()
	p.end()
}

// mark draws f as marked content of the current element.
func (p *painter) mark(f func()) {
	if p.inArt {
		f()
		return
	}
	s := p.sheet
	id := len(s.owners)
	s.owners = append(s.owners, p.elem)
	p.elem.kids = append(p.elem.kids, kid{sheet: s.index, mcid: id})
	fmt.Fprintf(&s.ops, "/%s<</MCID %d>>BDC\n", p.elem.tag, id)
	f()
	s.ops.WriteString("EMC\n")
}

// artifact draws f as something that is no content: rules, tints, furniture.
func (p *painter) artifact(f func()) {
	if p.inArt {
		f()
		return
	}
	p.sheet.ops.WriteString("/Artifact BMC\n")
	f()
	p.sheet.ops.WriteString("EMC\n")
}

// furniture draws f, texts included, as an artifact: what stands on a page for
// the eye alone.
func (p *painter) furniture(f func()) {
	p.artifact(func() {
		was := p.inArt
		p.inArt = true
		f()
		p.inArt = was
	})
}

// textString returns s as a PDF text string: UTF-16 with a byte order mark, in
// hexadecimal, so that nothing in it can end the string.
func textString(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	b.WriteString(">")
	return b.String()
}

// byteString returns s as a PDF string of bytes in hexadecimal.
func byteString(s string) string { return fmt.Sprintf("<%X>", s) }
