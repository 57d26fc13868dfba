package pdf_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifregular"

	"casebuilder/casebuilder/chart"
	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/render/pdf"
	"casebuilder/casebuilder/render/pdf/internal/specimen"
	"casebuilder/casebuilder/render/pdf/pdftest"
)

// find returns the first item with a text.
func find(t *testing.T, r *pdf.Report, text string) pdf.Item {
	t.Helper()
	for _, it := range r.Items {
		if strings.HasPrefix(it.Text, text) {
			return it
		}
	}
	t.Fatalf("%q was not drawn", text)
	return pdf.Item{}
}

// A heading never stands alone at the foot of a sheet, and a paragraph never
// leaves one line behind or takes one along: tried at every height.
func TestNoOrphansNoWidows(t *testing.T) {
	for filler := range 14 {
		body := strings.Repeat("words that fill lines and lines of a paragraph ", 14) // six to eight lines
		d := one(page.Paragraph{Text: page.T(strings.TrimSuffix(strings.Repeat("filler\n", filler+36), "\n"))},
			page.Heading{Text: page.T("Heading")}, page.Paragraph{Text: page.T(body)}, page.Paragraph{Text: page.T("the end " + body)})
		_, r := render(t, d)
		head := find(t, r, "Heading")
		lines := map[int]int{} // of the first paragraph by sheet
		for _, it := range r.Items {
			if strings.HasPrefix(it.Text, "words") || strings.Contains(it.Text, "that fill") {
				lines[it.Sheet]++
			}
		}
		if lines[head.Sheet] < 2 {
			t.Errorf("%d filler lines: want two lines with their heading on sheet %d, got %d", filler+36, head.Sheet, lines[head.Sheet])
		}
		for sheet, n := range lines {
			if n < 2 {
				t.Errorf("%d filler lines: want at least two lines of a paragraph on sheet %d, got %d", filler+36, sheet, n)
			}
		}
	}
}

// Texts of one leading stand on one grid, also across columns.
func TestBaselineGrid(t *testing.T) {
	_, r := render(t, one(page.Columns{Cells: []page.Cell{
		{Span: 6, Blocks: []page.Block{page.Heading{Text: page.T("Left")}, page.Paragraph{Text: page.T("left body")}}},
		{Span: 6, Blocks: []page.Block{page.Panel{Title: page.T("Right"), Blocks: []page.Block{page.Paragraph{Text: page.T("right body")}}}, page.Paragraph{Text: page.T("below")}}},
	}}))
	left := find(t, r, "left body")
	for _, s := range []string{"right body", "below"} {
		d := math.Mod(find(t, r, s).Box.Y-left.Box.Y, 4.5)
		if math.Abs(d) > 0.01 && math.Abs(math.Abs(d)-4.5) > 0.01 {
			t.Errorf("%q: want it on the grid of 4.5 points, got it off by %.2f", s, d)
		}
	}
}

// Twelve columns and gutters of 4 mm: a cell of five begins after seven.
func TestColumns(t *testing.T) {
	_, r := render(t, one(page.Columns{Cells: []page.Cell{{Span: 7, Blocks: []page.Block{page.Paragraph{Text: page.T("left")}}}, {Span: 5, Blocks: []page.Block{page.Paragraph{Text: page.T("right")}}}}}))
	const mm = 72 / 25.4
	width := 595.28 - 2*18*mm
	column := (width - 11*4*mm) / 12
	if got, want := find(t, r, "left").Box.X, 18*mm; math.Abs(got-want) > 0.01 {
		t.Errorf("left: want x %.2f, got %.2f", want, got)
	}
	if got, want := find(t, r, "right").Box.X, 18*mm+7*(column+4*mm); math.Abs(got-want) > 0.01 {
		t.Errorf("right: want x %.2f, got %.2f", want, got)
	}
}

// Numbers stand with their decimal signs under one another, the longest at the
// right edge of the column.
func TestDecimalAlignment(t *testing.T) {
	_, r := render(t, one(page.Table{Columns: []page.Column{{Head: page.T("name")}, {Head: page.T("NPV"), Align: page.Decimal}},
		Rows: []page.Row{{Cells: []page.Text{page.T("a"), page.T("1.25")}}, {Cells: []page.Text{page.T("b"), page.T("1,234.5")}}, {Cells: []page.Text{page.T("c"), page.T("−7")}}}}))
	digit := 8.5 * 0.556 // of Liberation Sans
	point := find(t, r, "1.25").Box.X + digit
	if got := find(t, r, "1,234.5").Box.X + 4*digit + 8.5*0.278; math.Abs(got-point) > 0.05 {
		t.Errorf("1,234.5: want its point at %.2f, got %.2f", point, got)
	}
	if got := find(t, r, "−7").Box.Right(); math.Abs(got-point) > 0.05 {
		t.Errorf("−7: want its end at %.2f, got %.2f", point, got)
	}
	if got, want := find(t, r, "1.25").Box.Right(), 595.28-18*72/25.4; math.Abs(got-want) > 0.05 {
		t.Errorf("1.25: want it to end at the margin %.2f, got %.2f", want, got)
	}
}

// Titles shrink before they are cut, and never take three lines.
func TestLongTitles(t *testing.T) {
	word := "several words of a title "
	for n := 1; n < 40; n++ {
		d := one()
		d.Pages[0].Title = page.T(strings.TrimSpace(strings.Repeat(word, n)))
		_, r := render(t, d)
		p := r.Pages[0]
		ys := map[string]bool{}
		for _, it := range r.Items {
			if it.Bold && it.Size == p.Title {
				ys[fmt.Sprintf("%.1f", it.Box.Y)] = true
			}
		}
		if len(ys) > 2 || len(ys) == 0 {
			t.Errorf("%d words: want one or two lines, got %d", n*5, len(ys))
		}
		if n <= 3 && (p.Title != 19 || p.Cut) {
			t.Errorf("%d words: want 19 points, whole, got %.1f, cut %v", n*5, p.Title, p.Cut)
		}
		if p.Cut && p.Title != 14.5 {
			t.Errorf("%d words: want a title shrunk to 14.5 before it is cut, got %.1f", n*5, p.Title)
		}
	}
}

// A page that does not fit goes on on a further sheet, with the head of its
// table; the report says so.
func TestTableGoesOn(t *testing.T) {
	tb := page.Table{Columns: []page.Column{{Head: page.T("Name")}, {Head: page.T("Amount"), Align: page.Decimal}}}
	for i := range 90 {
		tb.Rows = append(tb.Rows, page.Row{Cells: []page.Text{page.T(fmt.Sprintf("row %d", i)), page.T("1.5")}})
	}
	file, r := render(t, one(tb, page.Paragraph{Style: page.Note, Text: page.T("source")}))
	heads, rows := 0, 0
	for _, it := range r.Items {
		if it.Text == "Amount" {
			heads++
		}
		if strings.HasPrefix(it.Text, "row ") {
			rows++
		}
	}
	if p := r.Pages[0]; p.Sheets != 3 || heads != 3 || rows != 90 || p.Overflow <= 0 {
		t.Errorf("want 90 rows on 3 sheets with 3 heads, got %d rows on %d with %d, overflow %.0f", rows, p.Sheets, heads, p.Overflow)
	}
	// For a screen reader it is one table with one head.
	out := pdftest.Run(t, file, "pdfinfo", "-struct-text", "{}")
	if n := strings.Count(out, "Table (block)"); n != 1 {
		t.Errorf("want one table in the structure, got %d", n)
	}
	if n := strings.Count(out, `"Amount"`); n != 1 {
		t.Errorf("want its head once, got %d times", n)
	}
}

// Charts take up the slack of a page, up to their greatest height.
func TestChartsTakeUpSlack(t *testing.T) {
	ex := page.Exhibit{Title: page.T("Chart"), Chart: chart.Exceedance{Before: chart.Curve{Name: page.L("x"), Points: []chart.XY{{X: 0, Y: 1}, {X: 9, Y: 0.1}}}}}
	_, alone := render(t, one(ex))
	_, crowded := render(t, one(ex, page.Paragraph{Text: page.T(strings.Repeat("line\n", 31) + "foot")}))
	if a, c := alone.Pages[0].Slack, crowded.Pages[0].Slack; a < 300 || c > 30 || crowded.Sheets != 1 {
		t.Errorf("want slack beside a chart alone and none on a crowded page of one sheet, got %.0f and %.0f on %d", a, c, crowded.Sheets)
	}
	ex.Greatest = 150
	if _, low := render(t, one(ex)); math.Abs(low.Pages[0].Slack-alone.Pages[0].Slack-99) > 4.5 { // 150 instead of 250, on the grid
		t.Errorf("want a chart bounded to 150 points to leave 99 more, got slack %.0f after %.0f", low.Pages[0].Slack, alone.Pages[0].Slack)
	}
	if crowded.Pages[0].Tightened {
		t.Error("want the chart to give way before gaps do, got narrowed gaps")
	}
}

// Every figure that is printed is reported with its ID and its whole text.
func TestFiguresAreReported(t *testing.T) {
	_, r := render(t, specimen.Document(page.A4))
	got := map[string]string{}
	for _, f := range r.Figures {
		got[f.Figure] = f.Text
	}
	for id, want := range map[string]string{"cost.yearly": "£620k", "severity.total": "4.60", "npv.chance_positive": "35 of 50 above zero", "share.proposed": "41%, £254k a year", "replay.a": "£5.1m"} {
		if got[id] != want {
			t.Errorf("%s: want %q reported, got %q", id, want, got[id])
		}
	}
}

func TestLogoAndThemeFonts(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 300, 80))
	for y := range 80 {
		for x := range 300 {
			img.Set(x, y, color.NRGBA{uint8(x), 40, uint8(y), uint8(x)})
		}
	}
	var asPNG, asJPEG bytes.Buffer
	if err := png.Encode(&asPNG, img); err != nil {
		t.Fatal(err)
	}
	if err := jpeg.Encode(&asJPEG, img, nil); err != nil {
		t.Fatal(err)
	}
	for name, logo := range map[string][]byte{"png": asPNG.Bytes(), "jpeg": asJPEG.Bytes()} {
		d := specimen.Document(page.A4)
		d.Pages[0].Logo = true
		d.Theme = page.DefaultTheme()
		d.Theme.Logo = logo
		d.Theme.Fonts = &page.FontData{Name: "House (Serif)/", Regular: liberationserifregular.TTF, Bold: liberationserifbold.TTF}
		file, r := render(t, d)
		for _, p := range r.Problems() {
			t.Error(name, p)
		}
		if out := pdftest.Run(t, file, "pdfimages", "-list", "{}"); !strings.Contains(out, "300    80  rgb") {
			t.Errorf("%s: want the logo in the file, got\n%s", name, out)
		}
		out := pdftest.Run(t, file, "pdffonts", "{}")
		if !strings.Contains(out, "+HouseSerif ") || !strings.Contains(out, "+HouseSerif-Bold ") || strings.Contains(out, "LiberationSans") {
			t.Errorf("%s: want the theme's fonts, got\n%s", name, out)
		}
		pdftest.Run(t, file, "qpdf", "--check", "{}")
		pdftest.Check(t, file)
	}
}

// Whatever a user's text holds, the paper is drawn and nothing collides.
func FuzzText(f *testing.F) {
	f.Add("A title", "Some text with £4.1m, 9 points and a/b-c.")
	f.Add(strings.Repeat("x", 300), "\u202e\x00\xff\n\n\t")
	f.Add("中文 שם 😀", "1-2-3 --- /// GBP 12 20 March \u00ad\u2028")
	f.Fuzz(func(t *testing.T, title, text string) {
		if len(title) > 3000 || len(text) > 6000 || strings.TrimSpace(title) == "" {
			return
		}
		d := one(page.Heading{Text: page.T(text)}, page.Paragraph{Text: page.T(text)}, page.KeyFigures{Items: []page.KeyFigure{{Value: page.T(title), Unit: "a year", Label: page.T(text)}, {Value: page.T(text)}}},
			page.Columns{Cells: []page.Cell{{Span: 8, Blocks: []page.Block{page.List{Items: []page.Text{page.T(text), page.T(title)}}}}, {Span: 4, Blocks: []page.Block{page.Panel{Title: page.T(title), Blocks: []page.Block{page.Paragraph{Text: page.T(text)}}}}}}},
			page.Table{Columns: []page.Column{{Head: page.T(title)}, {Head: page.T(text), Align: page.Decimal}}, Rows: []page.Row{{Cells: []page.Text{page.T(text), page.T(title)}}, {Cells: []page.Text{page.T(title), page.T(text)}}}},
			page.Exhibit{Title: page.T(text), Chart: chart.Options{Points: []chart.OptionPoint{{Name: page.L(title)}, {Name: page.L(text), Cost: 1}}}})
		d.Title, d.Classification, d.Footer = title, text, []string{title, text}
		d.Pages[0].Title, d.Pages[0].Kicker, d.Pages[0].Qualifier = page.Join(page.T("T "), page.T(title)), page.T(text), page.T(title)
		file, r, err := pdf.Render(d)
		if err != nil || len(file) == 0 {
			t.Fatalf("want a file, got %v", err)
		}
		for _, p := range r.Problems() {
			t.Error(p)
		}
	})
}

// Papers are drawn side by side, as a batch does.
func TestSideBySide(t *testing.T) {
	want, _ := render(t, specimen.Document(page.A4))
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if got, _, err := pdf.Render(specimen.Document(page.A4)); err != nil || !bytes.Equal(want, got) {
				t.Errorf("want the same file, got another, %v", err)
			}
		})
	}
	wg.Wait()
}

// A theme's files are read as untrusted data.
func FuzzThemeFiles(f *testing.F) {
	f.Add(liberationserifregular.TTF[:4000], []byte("\x89PNG\r\n\x1a\n"))
	f.Add([]byte("true\x00\x01"), []byte("\xff\xd8\xff"))
	f.Fuzz(func(t *testing.T, font, logo []byte) {
		d := one(page.Paragraph{Text: page.T("text")})
		d.Theme = page.DefaultTheme()
		d.Theme.Logo = logo
		d.Theme.Fonts = &page.FontData{Name: "fuzz", Regular: font, Bold: font}
		if file, _, err := pdf.Render(d); err == nil && len(file) == 0 {
			t.Error("want a file or an error, got neither")
		}
	})
}

// A font file that is damaged somewhere gives a file or an error, never a
// panic, and soon.
func TestDamagedFonts(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	refused := 0
	for range 25 {
		font := bytes.Clone(liberationserifregular.TTF)
		for range 1 + r.IntN(20) {
			at := r.IntN(len(font))
			if r.IntN(2) == 0 {
				at = r.IntN(4000) // the directory and the small tables
			}
			font[at] = byte(r.IntN(256))
		}
		d := one(page.Paragraph{Text: page.T("text in a damaged font")})
		d.Theme = page.DefaultTheme()
		d.Theme.Fonts = &page.FontData{Name: "damaged", Regular: font, Bold: liberationserifbold.TTF}
		if _, _, err := pdf.Render(d); err != nil {
			refused++
		}
	}
	t.Logf("%d of 25 damaged fonts refused", refused)
}

// A cell of two lines asks for the width of the longer line, not of both.
func TestColumnsOfCellsWithTwoLines(t *testing.T) {
	table := page.Table{Columns: []page.Column{{Head: page.T("Option")}, {Head: page.T("NPV"), Align: page.Right}},
		Rows: []page.Row{{Cells: []page.Text{page.T("A name of some length"), page.T("0.33\n−0.27 to 1.2")}}}}
	doc := &page.Document{Title: "T", Language: "en", AsOf: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC), Pages: []page.Page{{Title: page.T("Title"),
		Blocks: []page.Block{page.Columns{Cells: []page.Cell{{Span: 4, Blocks: []page.Block{table}}}}}}}}
	_, report, err := pdf.Render(doc)
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for _, it := range report.Items {
		if strings.Contains("A name of some length", strings.TrimSpace(it.Text)) && strings.TrimSpace(it.Text) != "" {
			lines++
		}
	}
	if lines != 1 {
		t.Errorf("want the name on one line beside the narrow column, got %d pieces", lines)
	}
}
