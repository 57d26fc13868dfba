// Package pdf draws a page.Document as a tagged PDF file: it breaks lines and
// pages, sets tables, lets charts draw on its canvas and writes the structure
// that a screen reader follows.
//
// It draws what it is given and decides nothing. The same document gives the
// same bytes. The file is PDF 1.7 with embedded fonts, a structure tree,
// bookmarks, page labels and metadata; it claims no conformance with PDF/UA
// or PDF/A, which nothing at hand can verify.
//
// Page content, structure and cross-references are written here; fpdf makes
// the font subsets and the image streams (see assemble.go).
package pdf

import (
	"errors"
	"fmt"
	"strings"

	"casebuilder/casebuilder/page"
)

// OverflowError says that a page marked Fixed does not fit on one sheet.
type OverflowError struct {
	Page   string  // ID or number of the page
	Excess float64 // points too much, set as close as can be
}

func (e *OverflowError) Error() string {
	return fmt.Sprintf("page %s: want blocks that fit on one sheet, got %.0f points too much", e.Page, e.Excess)
}

// Render draws the document and returns the bytes of the file and a report of
// what was drawn. It refuses a document that page.Check or Theme.Check refuses,
// coordinates that are not finite, theme fonts and logos that it cannot read,
// and, as *OverflowError, fixed pages that do not fit; all problems at once.
func Render(d *page.Document) (file []byte, report *Report, err error) {
	defer func() {
		if r := recover(); r != nil {
			file, report, err = nil, nil, fmt.Errorf("drawing the document: %v", r)
		}
	}()
	theme := d.Theme
	if theme == nil {
		theme = page.DefaultTheme()
	}
	fs, fontErr := newFonts(theme)
	logo, logoErr := readLogo(theme.Logo)
	if err := errors.Join(d.Check(), theme.Check(), fontErr, logoErr); err != nil {
		return nil, nil, err
	}
	w, h := d.Paper.Size()
	report = &Report{Margins: page.Box{X: marginSide, Y: marginEnd, W: w - 2*marginSide, H: h - 2*marginEnd}}
	p := newPainter(fs, theme, w, h, report)
	p.decimal = d.Decimal
	if p.decimal == "" {
		p.decimal = "."
	}
	c := &composer{painter: p, doc: d, logo: logo}
	if err := c.compose(); err != nil {
		return nil, nil, err
	}
	report.Missing, report.Sheets = fs.missingRunes(), len(p.sheets)
	file, err = c.assemble()
	if err != nil {
		return nil, nil, err
	}
	return file, report, nil
}

// composer lays pages out on sheets.
type composer struct {
	*painter
	doc  *page.Document
	logo *logo
}

const (
	headerH = 13.5 // classification and its rule
	footerH = 18.0
)

// sheetPlan is what stands on one sheet.
type sheetPlan struct {
	page  int
	first bool
	body  stack
	head  pageHead
	under float64 // the gap under the head
}

// pageHead is the top of a page: kicker, title, qualifier.
type pageHead struct {
	kicker, title, qualifier []line
	titleText                page.Text
	size, leading            float64
	height                   float64
}

// compose lays every page out, then draws: the number of sheets stands in
// every footer.
func (c *composer) compose() error {
	var plans []sheetPlan
	var errs []error
	for i, pg := range c.doc.Pages {
		c.where = fmt.Sprintf("page %d", i+1)
		ps, err := c.plan(i, pg)
		plans = append(plans, ps...)
		errs = append(errs, err)
	}
	if err := errors.Join(append(errs, c.errs...)...); err != nil {
		return err
	}
	c.report.Sheets = len(plans)
	for n, plan := range plans {
		c.drawSheet(n, len(plans), plan)
	}
	return errors.Join(c.errs...)
}

// body is where the blocks of a page stand.
func (c *composer) bodyBox() page.Box {
	b := c.report.Margins
	return page.Box{X: b.X, Y: b.Y + headerH, W: b.W, H: b.H - headerH - footerH}
}

// plan breaks one page into sheets.
func (c *composer) plan(i int, pg page.Page) ([]sheetPlan, error) {
	box := c.bodyBox()
	head, cut := c.pageHead(pg, box.W)
	s := c.stackOf(pg.Blocks, box.W, false)
	under := gapGroup
	room := func(first bool) float64 {
		h := box.H - grid
		if first {
			return h - head.height - under
		}
		return h - continuedH - gapText
	}
	r := PageReport{ID: pg.ID, Title: head.size, Cut: cut}
	if least, _ := s.heights(); least > room(true)+1e-6 && !s.hasBreak() {
		s.tight, r.Tightened = true, true
		if least, _ = s.heights(); least > room(true)+1e-6 {
			r.Overflow = least - room(true)
			for _, small := range []bool{false, true} {
				c.compact, c.dense = true, small
				if small {
					under = gapTight
				}
				closer := c.stackOf(pg.Blocks, box.W, false)
				c.compact, c.dense = false, false
				if least, _ = closer.heights(); least <= room(true)+1e-6 {
					s, r.Compacted, r.Dense, r.Overflow = closer, true, small, 0
					break
				}
				r.Overflow = least - room(true)
			}
			if !r.Compacted { // no use: the page goes on
				s.tight, r.Tightened, under = false, false, gapGroup
			}
		}
	}
	var plans []sheetPlan
	for first := true; first || len(s.nodes) > 0; first = false {
		here, rest := s, stack{}
		if least, _ := s.heights(); least > room(first)+1e-6 || s.hasBreak() {
			here, rest = s.split(room(first))
			if len(here.nodes) == 0 && !first {
				here.nodes, rest.nodes = s.nodes[:1], s.nodes[1:]
				c.fail("want blocks that fit on one sheet, got one of %.0f points", here.nodes[0].least)
			}
		}
		rest = rest.trimmed()
		plans = append(plans, sheetPlan{i, first, here, head, under})
		_, most := here.heights()
		r.Slack = max(0, room(first)-most)
		s = rest
		if len(plans) > 200 {
			return nil, fmt.Errorf("page %d: want at most 200 sheets, got more", i+1)
		}
	}
	r.Sheets = len(plans)
	r.First = 1
	for _, q := range c.report.Pages {
		r.First += q.Sheets
	}
	c.report.Pages = append(c.report.Pages, r)
	if pg.Fixed && len(plans) > 1 {
		name := pg.ID
		if name == "" {
			name = fmt.Sprint(i + 1)
		}
		return plans, &OverflowError{name, r.Overflow}
	}
	return plans, nil
}

const continuedH = 13.5 // of the title repeated on a further sheet

// titleSizes are tried in turn until a title fits on two lines.
var titleSizes = []float64{19, 17.5, 16, 14.5}

// pageHead sets the title: two even lines at most, shrunk where it is long,
// and cut with an ellipsis where even that is not enough.
func (c *composer) pageHead(pg page.Page, width float64) (h pageHead, cut bool) {
	titleWidth := width
	h.kicker = c.fonts.wrapMost(pg.Kicker, bodyFace.measure(), width*0.7, 0, 2)
	h.titleText = pg.Title
	pg.Title = firstRunes(pg.Title, 1000)
	for _, size := range titleSizes {
		h.size, h.leading = size, size*titleFace.leading/titleFace.size
		h.title = c.fonts.wrap(pg.Title, measure{size, true}, titleWidth, 0)
		if len(h.title) <= 2 {
			break
		}
	}
	if len(h.title) > 2 {
		cut = true
		h.titleText, h.title = c.cutTitle(pg.Title, h.size, titleWidth)
	} else if len(h.title) == 2 { // even lines: the narrowest width that needs two
		for w := titleWidth * 0.97; w > titleWidth*0.5; w -= titleWidth * 0.03 {
			ls := c.fonts.wrap(pg.Title, measure{h.size, true}, w, 0)
			if len(ls) > 2 {
				break
			}
			h.title = ls
			if ls[1].w > 0.6*ls[0].w {
				break
			}
		}
	}
	h.qualifier = c.fonts.wrapMost(pg.Qualifier, qualifierFace.measure(), width, 0, 3)
	if len(h.kicker) > 0 {
		h.height += bodyFace.height(len(h.kicker)) + grid
	}
	h.height += snap(float64(len(h.title)) * h.leading)
	if len(h.qualifier) > 0 {
		h.height += grid + qualifierFace.height(len(h.qualifier))
	}
	return h, cut
}

// cutTitle shortens a title to two lines, at a word, with an ellipsis.
func (c *composer) cutTitle(t page.Text, size, width float64) (page.Text, []line) {
	words := strings.Fields(t.String())
	lo, hi := 0, len(words) // the most words that fit
	for lo < hi {
		n := (lo + hi + 1) / 2
		if len(c.fonts.wrap(page.T(strings.Join(words[:n], " ")+" …"), measure{size, true}, width, 0)) <= 2 {
			lo = n
		} else {
			hi = n - 1
		}
	}
	short := strings.Join(words[:lo], " ") + " …"
	if lo == 0 { // one endless word
		r := []rune(t.String())
		n := len(r)
		for n > 1 && len(c.fonts.wrap(page.T(string(r[:n])+"…"), measure{size, true}, width, 0)) > 2 {
			n = n * 9 / 10
		}
		short = string(r[:n]) + "…"
	}
	text := page.T(short)
	return text, c.fonts.wrap(text, measure{size, true}, width, 0)
}

// drawSheet draws one sheet: furniture, head, blocks.
func (c *composer) drawSheet(n, of int, plan sheetPlan) {
	pg := c.doc.Pages[plan.page]
	c.where = fmt.Sprintf("page %d", plan.page+1)
	label := pg.Label
	if !plan.first {
		label = ""
	}
	c.newSheet(label)
	box := c.bodyBox()
	c.header(box)
	c.footer(box, n, of)
	y := box.Y + grid
	if plan.first {
		c.begin("Sect", "")
		c.anchor(pg.ID, box.X, box.Y)
		mark := pg.Bookmark
		if mark == "" {
			mark = pg.Title.String()
		}
		c.bookmarks = append(c.bookmarks, bookmark{mark, 0, place{c.sheet.index, box.X, box.Y}})
		y = c.drawHead(pg, plan.head, box.X, y, box)
		y += plan.under
	} else {
		c.elem = c.root.kids[len(c.root.kids)-1].elem // the section goes on
		word := c.doc.Continued
		if word == "" {
			word = "continued"
		}
		c.furniture(func() {
			text := page.T(pg.Title.String() + " (" + word + ")")
			ls := c.fonts.wrapMost(text, chartFace.measure(), box.W, 0, 1)
			c.lines(text, chartFace.measure(), ls, box.X, y+chartFace.base, 9.5, page.Grey)
		})
		y += continuedH + gapText
	}
	plan.body.draw(box.X, y, box.Bottom()-y)
	c.elem = c.root
}

func (c *composer) drawHead(pg page.Page, h pageHead, x, y float64, box page.Box) float64 {
	if pg.Logo && c.logo != nil {
		c.drawLogo(box.Right(), y)
	}
	if len(h.kicker) > 0 {
		c.in("P", func() {
			c.lines(pg.Kicker, bodyFace.measure(), h.kicker, x, y+bodyFace.base, bodyFace.leading, page.Grey)
		})
		y += bodyFace.height(len(h.kicker)) + grid
	}
	c.in("H1", func() {
		c.lines(h.titleText, measure{h.size, true}, h.title, x, y+h.size+0.5, h.leading, page.Ink)
	})
	y += snap(float64(len(h.title)) * h.leading)
	if len(h.qualifier) > 0 {
		y += grid
		c.in("P", func() {
			c.lines(pg.Qualifier, qualifierFace.measure(), h.qualifier, x, y+qualifierFace.base, qualifierFace.leading, page.Grey)
		})
		y += qualifierFace.height(len(h.qualifier))
	}
	c.print(page.Join(pg.Kicker, h.titleText, pg.Qualifier))
	return y
}

// header draws the classification and a rule.
func (c *composer) header(box page.Box) {
	c.furniture(func() {
		if s := c.fit(c.doc.Classification, box.W); s != "" {
			c.string(box.Right()-c.fonts.width(s, noteFace.size, false), box.Y-7, s, noteFace.size, false, page.Grey, "")
		}
		c.rule(box.X, box.Y-3, box.Right(), box.Y-3, thin)
	})
}

// footer draws unit, version, date and the page number.
func (c *composer) footer(box page.Box, n, of int) {
	format := c.doc.PageOf
	if strings.Count(format, "%d") != 2 || strings.Count(format, "%") != 2 {
		format = "Page %d of %d"
	}
	right := fmt.Sprintf(format, n+1, of)
	y := box.Bottom() + footerH - 2.5
	c.furniture(func() {
		w := c.fonts.width(right, noteFace.size, false)
		if s := c.fit(strings.Join(c.doc.Footer, " · "), box.W-w-gapGroup); s != "" {
			c.string(box.X, y, s, noteFace.size, false, page.Grey, "")
		}
		c.string(box.Right()-w, y, right, noteFace.size, false, page.Grey, "")
	})
}

// fit shortens a line of furniture to a width, with an ellipsis.
func (c *composer) fit(s string, width float64) string {
	if len(s) < 4000 && c.fonts.width(s, noteFace.size, false) <= width {
		return s
	}
	r := []rune(s)
	r = r[:min(len(r), 400)]
	for len(r) > 0 && c.fonts.width(string(r)+"…", noteFace.size, false) > width {
		r = r[:len(r)-1-len(r)/50]
	}
	return strings.TrimSpace(string(r)) + "…"
}
