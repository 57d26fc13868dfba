package page_test

import (
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"casebuilder/casebuilder/page"
)

func hex(t *testing.T, s string) page.Color {
	t.Helper()
	c, err := page.Hex(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestContrast checks against the ratios that WCAG's own examples give, and
// against those that the design quotes for its palette.
func TestContrast(t *testing.T) {
	tests := []struct {
		a, b string
		want float64
	}{
		{"000000", "FFFFFF", 21},
		{"FFFFFF", "FFFFFF", 1},
		{"777777", "FFFFFF", 4.48}, // just too pale for text
		{"767676", "FFFFFF", 4.54}, // just dark enough
		{"12436D", "28A197", 3.24}, // neighbours of the palette: 3.09 to 3.24
		{"28A197", "801650", 3.09},
		{"12436D", "801650", 1.05}, // never side by side
		{"28A197", "F46A25", 1.05},
		{"6BACE6", "FFFFFF", 2.4}, // outline it
	}
	for _, tt := range tests {
		if got := page.Contrast(hex(t, tt.a), hex(t, tt.b)); math.Abs(got-tt.want) > 0.05 {
			t.Errorf("%s on %s: want %.2f, got %.2f", tt.a, tt.b, tt.want, got)
		}
		if page.Contrast(hex(t, tt.a), hex(t, tt.b)) != page.Contrast(hex(t, tt.b), hex(t, tt.a)) {
			t.Errorf("%s on %s: want the same both ways", tt.a, tt.b)
		}
	}
}

func TestLightness(t *testing.T) {
	for s, want := range map[string]float64{"000000": 0, "FFFFFF": 100, "777777": 50.03} {
		if got := hex(t, s).Lightness(); math.Abs(got-want) > 0.05 {
			t.Errorf("%s: want L* %.2f, got %.2f", s, want, got)
		}
	}
}

// TestDefaultThemePasses computes every pair of colours that the papers use.
func TestDefaultThemePasses(t *testing.T) {
	th := page.DefaultTheme()
	if err := th.Check(); err != nil {
		t.Error(err)
	}
	if n := len(page.Pairs()); n < 30 {
		t.Errorf("want at least 30 pairs checked, got %d", n)
	}
	// What the charts rely on beside the theme's own pairs: the light grey of
	// everyone else's losses has too little contrast for a mark on paper, so it
	// always has an outline in grey, which has enough.
	white := th.Colors[page.White]
	if c := page.Contrast(th.Colors[page.Other], white); c >= page.GraphicContrast {
		t.Errorf("other: want below %.0f:1, so that the outline is needed, got %.2f:1", page.GraphicContrast, c)
	}
}

func TestThemeRefused(t *testing.T) {
	tests := []struct {
		name string
		edit func(*page.Theme)
		want string
	}{
		{"yellow marketing", func(th *page.Theme) { th.Colors[page.Marketing] = page.Color{R: 0xff, G: 0xe0} }, "marketing text on paper: want a contrast of at least 4.5:1, got 1.32:1 (FFE000 on FFFFFF)"},
		{"a dark panel", func(th *page.Theme) { th.Colors[page.PanelGrey] = page.Color{R: 0x80, G: 0x80, B: 0x80} }, "grey text on panel: want a contrast of at least 4.5:1, got 1.77:1 (595959 on 808080)"},
		{"stake and share in one colour", func(th *page.Theme) { th.Colors[page.Share] = th.Colors[page.Stake] }, "stake and share: want two colours, got 12436D for both"},
		{"two greys alike in print", func(th *page.Theme) { th.Colors[page.After] = page.Color{R: 0x59, G: 0x59, B: 0x59} }, "before beside after: want a difference in lightness of at least 12 in greyscale, got 0.0 (595959 and 595959)"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			th := page.DefaultTheme()
			tt.edit(th)
			if err := th.Check(); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("want %q, got %v", tt.want, err)
			}
		})
	}
}

func TestHex(t *testing.T) {
	for _, bad := range []string{"", "12345", "1234567", "12345g", "#12345", "ÿÿÿ", "0x1234"} {
		if c, err := page.Hex(bad); err == nil {
			t.Errorf("%q: want an error, got %v", bad, c)
		}
	}
	for _, good := range []string{"12436d", "#12436D"} {
		if c, err := page.Hex(good); err != nil || c.String() != "12436D" {
			t.Errorf("%q: want 12436D, got %v, %v", good, c, err)
		}
	}
}

func TestRoleNames(t *testing.T) {
	for r := page.Ink; r <= page.Share; r++ {
		if got, ok := page.RoleNamed(r.String()); !ok || got != r {
			t.Errorf("%v: want it found by its name, got %v, %v", r, got, ok)
		}
	}
	if _, ok := page.RoleNamed("inherit"); ok {
		t.Error("inherit: want no colour of a theme, got one")
	}
}

func TestBoxesOverlap(t *testing.T) {
	a := page.Box{X: 0, Y: 0, W: 10, H: 10}
	tests := []struct {
		name string
		b    page.Box
		want bool
	}{
		{"apart", page.Box{X: 20, Y: 0, W: 5, H: 5}, false},
		{"touching", page.Box{X: 10, Y: 0, W: 5, H: 5}, false},
		{"within the tolerance", page.Box{X: 9.5, Y: 0, W: 5, H: 5}, false},
		{"over it", page.Box{X: 9, Y: 0, W: 5, H: 5}, true},
		{"beside it in x, over it in y", page.Box{X: 30, Y: 5, W: 5, H: 50}, false},
		{"inside", page.Box{X: 2, Y: 2, W: 1, H: 1}, true},
	}
	for _, tt := range tests {
		if got := a.Overlaps(tt.b, 0.75); got != tt.want {
			t.Errorf("%s: want %v, got %v", tt.name, tt.want, got)
		}
	}
}

func document(bs ...page.Block) *page.Document {
	return &page.Document{Title: "A paper", Language: "en", AsOf: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC),
		Pages: []page.Page{{ID: "one", Title: page.T("One"), Blocks: bs}}}
}

func TestCheckNamesEveryProblem(t *testing.T) {
	d := document(
		page.Heading{Text: page.T("twice"), Anchor: "one"},
		page.Paragraph{Text: page.Ref("1", "nowhere")},
		page.Table{Columns: []page.Column{{}, {}}, Rows: []page.Row{{Cells: []page.Text{page.T("a")}}}},
		page.Columns{Cells: []page.Cell{{Span: 7}, {Span: 6}}},
		page.Exhibit{},
		nil,
		page.Panel{Blocks: []page.Block{page.Space{Points: math.NaN()}}},
		page.Paragraph{Text: page.Text{{Text: "x", Link: "file:///etc/passwd"}}},
		page.KeyFigures{Items: make([]page.KeyFigure, 7)},
	)
	d.Language, d.AsOf = "", time.Time{}
	want := []string{
		"document: want a language such as en-GB, got none",
		"document: want an as-of date, got none",
		`page 1 (one), block 1: want each anchor once, got "one" twice`,
		"page 1 (one), block 3: want 2 cells in row 1, got 1",
		"page 1 (one), block 4: want at most 12 columns, got 13",
		"page 1 (one), block 5: want a chart, got none",
		"page 1 (one), block 6: want a block, got nil",
		"page 1 (one), block 7, block 1: want a space from 0 to 1000 points, got NaN",
		`page 1 (one), block 8: want a link to #anchor, https://, http:// or mailto:, got "file:///etc/passwd"`,
		"page 1 (one), block 9: want at most 6 key figures, got 7",
		`page 1 (one), block 2: want a link to an anchor of the document, got "#nowhere"`,
	}
	if diff := cmp.Diff(want, strings.Split(d.Check().Error(), "\n")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if err := document(page.Paragraph{Text: page.Ref("1", "one")}).Check(); err != nil {
		t.Errorf("a sound document: want no error, got %v", err)
	}
}

func TestCheckEndsOnDeepBlocks(t *testing.T) {
	var b page.Block = page.Divider{}
	for range 10_000 {
		b = page.Together{Blocks: []page.Block{b}}
	}
	if err := document(b).Check(); err == nil || !strings.Contains(err.Error(), "want blocks at most 8 deep") {
		t.Errorf("want blocks at most 8 deep, got %v", err)
	}
}

// chart is a drawing that draws nothing.
type chart struct{}

func (chart) Heights(page.Canvas, float64) (float64, float64) { return 0, 0 }
func (chart) Draw(page.Canvas, page.Box)                      {}
func (chart) Alt() string                                     { return "Bar chart: a 1." }
func (chart) Data() page.Table {
	return page.Table{Columns: []page.Column{{Head: page.T("name")}}, Rows: []page.Row{{Cells: []page.Text{page.T("a")}}}}
}

func TestOutline(t *testing.T) {
	d := document(
		page.Heading{Text: page.T("Head")},
		page.Paragraph{Text: page.Join(page.T("It costs "), page.F("cost", "£4m"), page.Ref("2", "one"), page.T("."))},
		page.List{Items: []page.Text{page.T("first")}},
		page.KeyFigures{Items: []page.KeyFigure{{Value: page.F("npv", "£1m"), Unit: "a year", Label: page.T("NPV"), Range: page.T("0 to 2")}}},
		page.Columns{Cells: []page.Cell{{Span: 6, Blocks: []page.Block{page.Table{Title: page.T("T"), Columns: []page.Column{{Head: page.T("H"), Unit: "£"}},
			Rows: []page.Row{{Kind: page.TotalRow, Cells: []page.Text{page.T("1")}}}, Source: page.T("S")}}}}},
		page.Exhibit{Title: page.T("E"), Chart: chart{}},
	)
	want := `document A paper
page one
  title: One
  heading: Head
  text: It costs £4m‹cost›[2].
  item: first
  figure: £1m‹npv› a year | NPV | 0 to 2
  column 6:
    table: T
      H £
      total: 1
      source: S
  exhibit: E |
    alt: Bar chart: a 1.
    data:
      name
      a
`
	if diff := cmp.Diff(want, d.Outline()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestPaper(t *testing.T) {
	if w, h := page.A4.Size(); math.Abs(w-210*72/25.4) > 0.01 || math.Abs(h-297*72/25.4) > 0.01 {
		t.Errorf("A4: want 210 × 297 mm, got %v × %v points", w, h)
	}
	if w, h := page.Letter.Size(); w != 8.5*72 || h != 11*72 {
		t.Errorf("Letter: want 8.5 × 11 in, got %v × %v points", w, h)
	}
}
