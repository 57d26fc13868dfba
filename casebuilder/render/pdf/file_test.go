package pdf_test

import (
	"bytes"
	"math"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"casebuilder/casebuilder/chart"
	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/render/pdf"
	"casebuilder/casebuilder/render/pdf/internal/specimen"
	"casebuilder/casebuilder/render/pdf/pdftest"
)

func render(t testing.TB, d *page.Document) ([]byte, *pdf.Report) {
	t.Helper()
	file, report, err := pdf.Render(d)
	if err != nil {
		t.Fatal(err)
	}
	return file, report
}

// TestLayoutFromOutside reads the finished files as pdftotext sees them.
func TestLayoutFromOutside(t *testing.T) {
	for _, paper := range []page.Paper{page.A4, page.Letter} {
		for name, d := range map[string]*page.Document{"specimen": specimen.Document(paper), "nasty": specimen.Nasty(paper)} {
			t.Run(name+"-"+paper.String(), func(t *testing.T) {
				file, _ := render(t, d)
				pdftest.Check(t, file)
			})
		}
	}
}

// TestFileIsSound lets other programs read the file; package strict has one more.
func TestFileIsSound(t *testing.T) {
	for name, d := range map[string]*page.Document{"specimen": specimen.Document(page.A4), "nasty": specimen.Nasty(page.Letter)} {
		t.Run(name, func(t *testing.T) {
			file, _ := render(t, d)
			if out := pdftest.Run(t, file, "qpdf", "--check", "{}"); !strings.Contains(out, "No syntax or stream encoding errors") {
				t.Errorf("qpdf --check: %s", out)
			}
			lines := strings.Split(strings.TrimSpace(pdftest.Run(t, file, "pdffonts", "{}")), "\n")
			for _, l := range lines[2:] {
				if f := strings.Fields(l); len(f) < 8 || strings.Join(f[len(f)-5:len(f)-2], " ") != "yes yes yes" {
					t.Errorf("want every font embedded, as a subset, with a map to Unicode; got %s", l)
				}
			}
		})
	}
}

// TestProperties reads what the file says of itself.
func TestProperties(t *testing.T) {
	file, _ := render(t, specimen.Document(page.A4))
	info := pdftest.Run(t, file, "pdfinfo", "-isodates", "{}")
	for _, want := range []string{"Title:           Alder & Finch: the case for funding security", "Author:          Office of the CIO", "CreationDate:    2026-12-31T00:00:00Z", "ModDate:         2026-12-31T00:00:00Z",
		"Tagged:          yes", "Metadata Stream: yes", "Page size:       595.28 x 841.89 pts (A4)", "PDF version:     1.7", "Encrypted:       no", "JavaScript:      no"} {
		if !strings.Contains(info, want) {
			t.Errorf("pdfinfo: want %q, got\n%s", want, info)
		}
	}
	xmp := pdftest.Run(t, file, "pdfinfo", "-meta", "{}")
	for _, want := range []string{`<rdf:li xml:lang="x-default">Alder &amp; Finch: the case for funding security</rdf:li>`, "<xmp:CreateDate>2026-12-31T00:00:00Z</xmp:CreateDate>", "<rdf:li>en-GB</rdf:li>"} {
		if !strings.Contains(xmp, want) {
			t.Errorf("metadata: want %q, got\n%s", want, xmp)
		}
	}
	if strings.Contains(xmp, "pdfuaid") || strings.Contains(xmp, "pdfaid") {
		t.Error("want no claim of conformance, got one")
	}
	qdf := pdftest.Run(t, file, "qpdf", "--qdf", "--object-streams=disable", "{}", "-")
	for _, want := range []string{"/DisplayDocTitle true", "/Lang (en-GB)", "/Marked true", "/PageLabels", "/Outlines", "/ParentTreeNextKey", "/Tabs /S"} {
		if !strings.Contains(qdf, want) {
			t.Errorf("want %s in the file, got none", want)
		}
	}
	if got := strings.Count(qdf, "/Type /OBJR"); got != strings.Count(qdf, "/Subtype /Link") || got < 40 {
		t.Errorf("want a reference from the structure to each of the links, got %d to %d", got, strings.Count(qdf, "/Subtype /Link"))
	}
	if got, want := strings.Count(qdf, "/StructParents "), 12; got != want {
		t.Errorf("pages with structure: want %d, got %d", want, got)
	}
}

// TestReadsAsDocument reads the structure tree back.
func TestReadsAsDocument(t *testing.T) {
	file, _ := render(t, specimen.Document(page.A4))
	out := pdftest.Run(t, file, "pdfinfo", "-struct-text", "{}")
	flat := strings.Join(strings.Fields(out), " ")
	for _, want := range []string{
		`Document Sect P (block) "Alder & Finch · Group · for decision" H1 (block) "Approve £620k a year to cut the yearly chance of losing over £5m from 5.9% to 3.1%" P (block) "Compared with keeping today’s controls. Modelled, 4,096 trials; costs are mid-year 2026 prices before tax."`,
		`H2 (block) "What we ask the board to decide" P (block) "The audit committee`,
		`L (block) LI (block) Lbl (block) "•" LBody (block) "Today the chance of losing over £5m in a year is 5.9%, outside the 5% that the board set in May 2026." Link (inline)`,
		`TH: /Scope /Column "Cost a year"`, `TH: /Scope /Row "Core programme" TD "0.62" TD "3.1%" TD "1.4"`,
		`Figure: /Placement /Block`, `Read: a 3-in-100 chance in a year of losing more than £3.2m`,
	} {
		if !strings.Contains(flat, want) {
			t.Errorf("want the structure to read %q, got\n%s", want, out[:min(len(out), 6000)])
		}
	}
	if strings.Contains(flat, "Board confidential") || strings.Contains(flat, "Page 1 of") {
		t.Error("want header and footer left out of the structure, got them in")
	}
	// Headings come in order: H1 once a page, H2 only after it.
	level := 0
	for _, m := range regexp.MustCompile(`\n\s+(Sect|H1|H2)\b`).FindAllStringSubmatch(out, -1) {
		switch m[1] {
		case "Sect":
			level = 0
		case "H1":
			level = 1
		case "H2":
			if level < 1 {
				t.Error("want a section head after the title of its page, got one before")
			}
		}
	}
}

// TestSameBytes draws a paper several times, also with one processor.
func TestSameBytes(t *testing.T) {
	first, _ := render(t, specimen.Document(page.A4))
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	for range 5 {
		if again, _ := render(t, specimen.Document(page.A4)); !bytes.Equal(first, again) {
			t.Fatal("want the same bytes each time, got others")
		}
	}
	other := specimen.Document(page.A4)
	other.Pages[0].Title = page.T("Another title")
	id := regexp.MustCompile(`/ID\[<([0-9A-F]{32})>`)
	changed, _ := render(t, other)
	if a, b := id.FindSubmatch(first), id.FindSubmatch(changed); a == nil || b == nil || bytes.Equal(a[1], b[1]) {
		t.Errorf("want an identifier that follows the content, got %s and %s", a, b)
	}
}

// TestGlyphs copies characters without a glyph out of the file.
func TestGlyphs(t *testing.T) {
	d := one(page.Paragraph{Text: page.T("Firma 株式会社 und 😀, ₹ 12, ✓, a\u00a0b, 1\u202f000 and a\u00adb\u202e.")})
	file, report := render(t, d)
	if got, want := string(report.Missing), "会式株社😀"; got != want {
		t.Errorf("characters without a glyph: want %q, got %q", want, got)
	}
	text := strings.Join(strings.Fields(pdftest.Run(t, file, "pdftotext", "{}", "-")), " ")
	if want := "Firma 株式会社 und 😀, ₹ 12, ✓, a b, 1 000 and ab."; !strings.Contains(text, want) {
		t.Errorf("copied text: want %q, got %q", want, text)
	}
}

// one is a document of one page with these blocks.
func one(bs ...page.Block) *page.Document {
	d := specimen.Document(page.A4)
	d.Pages = []page.Page{{ID: "p", Title: page.T("One page"), Blocks: bs}}
	return d
}

// spike is a chart that draws outside the numbers.
type spike struct{ chart.Bars }

func (spike) Draw(c page.Canvas, b page.Box) {
	c.Line(b.X, b.Y, b.X+math.Inf(1), math.NaN(), page.Stroke{Paint: page.Paint{Role: page.Ink}, Width: 1})
}

type broken struct{ chart.Bars }

func (broken) Draw(page.Canvas, page.Box) { panic("a bug of a chart") }

// TestRefuses holds what is no document, with the words of the refusal.
func TestRefuses(t *testing.T) {
	dark := page.DefaultTheme()
	dark.Colors[page.Grey] = page.Color{R: 0x9a, G: 0x9a, B: 0x9a}
	tests := []struct {
		name string
		edit func(*page.Document)
		want string
	}{
		{"coordinates that are not finite", func(d *page.Document) {
			d.Pages[0].Blocks = []page.Block{page.Exhibit{Title: page.T("x"), Chart: spike{}}}
		}, "page 1: want coordinates of finite size, got +Inf"},
		{"a chart that panics", func(d *page.Document) {
			d.Pages[0].Blocks = []page.Block{page.Exhibit{Title: page.T("x"), Chart: broken{}}}
		}, "drawing the document: a bug of a chart"},
		{"no title", func(d *page.Document) { d.Title = " " }, "document: want a title, got none"},
		{"a link to nowhere", func(d *page.Document) { d.Pages[0].Blocks = []page.Block{page.Paragraph{Text: page.Ref("1", "gone")}} }, `page 1 (p), block 1: want a link to an anchor of the document, got "#gone"`},
		{"a link that runs", func(d *page.Document) {
			d.Pages[0].Blocks = []page.Block{page.Paragraph{Text: page.Text{{Text: "x", Link: "javascript:alert(1)"}}}}
		}, "want a link to #anchor, https://, http:// or mailto:"},
		{"a pale theme", func(d *page.Document) { d.Theme = dark }, "grey text on paper: want a contrast of at least 4.5:1, got 2.81:1 (9A9A9A on FFFFFF)"},
		{"a logo of another format", func(d *page.Document) { d.Theme = page.DefaultTheme(); d.Theme.Logo = []byte("GIF89a") }, "logo: want a PNG or JPEG image"},
		{"a font of another format", func(d *page.Document) {
			d.Theme = page.DefaultTheme()
			d.Theme.Fonts = &page.FontData{Name: "x", Regular: []byte("OTTO"), Bold: nil}
		}, "want a TrueType font (.ttf), got another format"},
		{"a fixed page too many", func(d *page.Document) {
			d.Pages[0].Fixed = true
			d.Pages[0].Blocks = []page.Block{page.Paragraph{Text: page.T(strings.Repeat("many words ", 2000))}}
		}, "page p: want blocks that fit on one sheet, got"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := one()
			tt.edit(d)
			_, _, err := pdf.Render(d)
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("want an error with %q, got %v", tt.want, err)
			}
		})
	}
}

// BenchmarkSpecimen draws the paper of ten pages and an appendix.
func BenchmarkSpecimen(b *testing.B) {
	size := 0
	for b.Loop() {
		file, _ := render(b, specimen.Document(page.A4))
		size = len(file)
	}
	b.ReportMetric(float64(size)/1000, "kB")
}
