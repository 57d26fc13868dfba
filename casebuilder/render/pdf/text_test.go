package pdf

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"casebuilder/casebuilder/page"
)

func testFonts(t testing.TB) *fonts {
	t.Helper()
	fs, err := newFonts(page.DefaultTheme())
	if err != nil {
		t.Fatal(err)
	}
	return fs
}

// Figures are tabular in both weights, also where a font would kern them.
func TestFiguresAreTabular(t *testing.T) {
	fs := testFonts(t)
	for _, bold := range []bool{false, true} {
		want := fs.width("0000", 10, bold)
		for _, s := range []string{"1111", "1010", "9472", "7777"} {
			if got := fs.width(s, 10, bold); got != want {
				t.Errorf("%s, bold %v: want %.3f points as 0000, got %.3f", s, bold, want, got)
			}
		}
	}
}

// Letters are kerned: in Liberation Sans an A and a V stand closer together.
func TestKerning(t *testing.T) {
	fs := testFonts(t)
	if pair, apart := fs.thousandths("AV", false), fs.thousandths("A", false)+fs.thousandths("V", false); pair >= apart {
		t.Errorf("AV: want less than %d, got %d", apart, pair)
	}
	if pair, apart := fs.thousandths("A b", false), fs.thousandths("A", false)+fs.thousandths(" ", false)+fs.thousandths("b", false); pair != apart {
		t.Errorf("spaces are not kerned: want %d, got %d", apart, pair)
	}
}

func TestShape(t *testing.T) {
	tests := []struct {
		name, in, drawn, meant string
	}{
		{"plain", "abc", "abc", "abc"},
		{"no-break spaces are spaces", "a\u00a0b\u202fc\u2009d", "a b c d", "a b c d"},
		{"no-break hyphen", "a\u2011b", "a-b", "a-b"},
		{"soft hyphen, marks of direction, zero width", "a\u00adb\u202ec\u200bd\ufeff", "abcd", "abcd"},
		{"control characters", "a\x00b\x1bc\td", "abc d", "abc d"},
		{"from the spare font", "₹✓", "₹✓", "₹✓"},
		{"Chinese", "中", "□", "中"},
		{"emoji above U+FFFF", "😀", "□", "😀"},
		{"broken UTF-8", "a\xffb", "a□b", "a\ufffdb"},
		{"Hebrew keeps its order", "שם", "שם", "שם"},
	}
	fs := testFonts(t)
	for _, tt := range tests {
		var drawn, meant []rune
		for _, g := range fs.shape(tt.in, false) {
			drawn, meant = append(drawn, g.r), append(meant, g.from)
			if g.face.glyph(g.r) == 0 {
				t.Errorf("%s: %q has no glyph in its face", tt.name, g.r)
			}
		}
		if string(drawn) != tt.drawn || string(meant) != tt.meant {
			t.Errorf("%s: want %q for %q, got %q for %q", tt.name, tt.drawn, tt.meant, string(drawn), string(meant))
		}
	}
}

func lineTexts(ls []line) []string {
	var out []string
	for _, l := range ls {
		s := ""
		for _, p := range l.pieces {
			s += p.text
		}
		out = append(out, s)
	}
	return out
}

func TestWrap(t *testing.T) {
	long := "The programme brings the chance of losing over five million in a year down to three in a hundred and costs two million in present value over three years."
	tests := []struct {
		name  string
		text  page.Text
		width float64
		want  []string
	}{
		{"fits", page.T("one two"), 200, []string{"one two"}},
		{"nothing", page.T("  "), 200, nil},
		{"forced", page.T("one\ntwo"), 200, []string{"one ", "two"}},
		{"after a hyphen between letters", page.T("customer-service"), 50, []string{"customer-", "service"}},
		{"not inside a range", page.T("from 12-15"), 35, []string{"from ", "12-15"}},
		{"a word too long is cut", page.T("xxxxxxxxxxxxxxxxxxxx"), 50, []string{"xxxxxxxxxx", "xxxxxxxxxx"}},
		{"amount and unit stay together", page.T("it costs us about 9 points"), 90, []string{"it costs us about ", "9\u00a0points"}},
		{"currency and amount stay together", page.T("we lose about GBP 4.1m"), 80, []string{"we lose about ", "GBP\u00a04.1m"}},
		{"broken UTF-8", page.T("a\xff/\xffb xxxxxxxxxxxxxxx\xff\xff\xff"), 50, []string{"a\ufffd/\ufffdb ", "xxxxxxxxxx", "xxxxx\ufffd"}},
		{"day and month stay together", page.T("approved by 20 March 2027"), 72, []string{"approved by ", "20\u00a0March 2027"}},
	}
	fs := testFonts(t)
	for _, tt := range tests {
		got := lineTexts(fs.wrap(tt.text, bodyFace.measure(), tt.width, 0))
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: -want +got:\n%s", tt.name, diff)
		}
	}
	// Whatever the width: no line too wide, none over 78 characters, no word
	// lost, and no last line of one short word.
	for width := 60.0; width < 500; width += 7 {
		ls := fs.wrap(page.T(long), bodyFace.measure(), width, maxChars)
		texts := lineTexts(ls)
		if got := strings.Join(texts, ""); got != long {
			t.Errorf("width %.0f: want the text whole, got %q", width, got)
		}
		for i, l := range ls {
			if l.w > width+0.01 || utf8.RuneCountInString(strings.TrimRight(texts[i], " ")) > maxChars {
				t.Errorf("width %.0f: line %q is %.1f points and %d characters", width, texts[i], l.w, utf8.RuneCountInString(texts[i]))
			}
		}
		if last := texts[len(texts)-1]; len(texts) > 2 && width > 150 && last == "years." {
			t.Errorf("width %.0f: want no lonely last word, got %q", width, last)
		}
	}
}

// Spans keep their looks over a line break, and a line's pieces follow one
// another without a gap.
func TestWrapKeepsSpans(t *testing.T) {
	fs := testFonts(t)
	text := page.Join(page.T("costs "), page.F("cost", "£4.1m a year"), page.T(", or less"))
	for width := 30.0; width < 200; width += 10 {
		got := map[int]string{}
		for _, l := range fs.wrap(text, bodyFace.measure(), width, 0) {
			x := 0.0
			for _, p := range l.pieces {
				if d := p.x - x; d > 0.01 || d < -0.01 {
					t.Errorf("width %.0f: %q begins at %.2f, want %.2f", width, p.text, p.x, x)
				}
				x += p.w
				got[p.span] += p.text
			}
		}
		if s := got[1]; strings.ReplaceAll(s, "\u00a0", " ") != "£4.1m a year" {
			t.Errorf("width %.0f: want the figure whole, got %q", width, s)
		}
	}
}

func TestWrapMost(t *testing.T) {
	fs := testFonts(t)
	ls := fs.wrapMost(page.T(strings.Repeat("many words ", 100)), bodyFace.measure(), 100, 0, 3)
	if got := lineTexts(ls); len(got) != 3 || !strings.HasSuffix(got[2], " …") || ls[2].w > 100 {
		t.Errorf("want three lines, the last with an ellipsis, got %q", got)
	}
}

func TestNumberEnd(t *testing.T) {
	tests := []struct{ in, decimal, whole string }{
		{"12.5", ".", "12"}, {"12", ".", "12"}, {"−0.004", ".", "−0"}, {"£1,234.5m", ".", "£1,234"}, {"1.234,5", ",", "1.234"},
		{"1\u202f234,5", ",", "1\u202f234"}, {"5.9%", ".", "5"}, {"none", ".", "none"}, {"", ".", ""}, {"3 of 20", ".", "3"}, {"12.", ".", "12"}, {"£.5", ".", "£.5"},
	}
	for _, tt := range tests {
		if got := tt.in[:numberEnd(tt.in, tt.decimal)]; got != tt.whole {
			t.Errorf("%q with %q: want %q before the sign, got %q", tt.in, tt.decimal, tt.whole, got)
		}
	}
}

func TestShare(t *testing.T) {
	words, number := page.Column{}, page.Column{Align: page.Decimal}
	tests := []struct {
		name           string
		cols           []page.Column
		least, natural []float64
		want           []float64
	}{
		{"room for all: the texts take what is left", []page.Column{words, number}, []float64{20, 30}, []float64{50, 30}, []float64{170, 30}},
		{"two texts in proportion", []page.Column{words, words}, []float64{10, 10}, []float64{30, 10}, []float64{150, 50}},
		{"what needs little gets it, the rest is shared", []page.Column{words, words}, []float64{10, 10}, []float64{40, 900}, []float64{40, 160}},
		{"shares as asked", []page.Column{{Share: 1}, {Share: 3}}, []float64{10, 10}, []float64{100, 100}, []float64{50, 150}},
		{"numbers before an endless word", []page.Column{words, number}, []float64{900, 120}, []float64{900, 120}, []float64{80, 120}},
	}
	for _, tt := range tests {
		got := share(tt.cols, tt.least, tt.natural, 200)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("%s: -want +got:\n%s", tt.name, diff)
		}
	}
}
