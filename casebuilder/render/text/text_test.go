package text

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestWidth(t *testing.T) {
	for _, c := range []struct {
		s    string
		want int
	}{
		{"", 0}, {"abc", 3}, {"Zürich", 6}, {"Zu\u0308rich", 6}, // one letter and a combining mark
		{"日本", 4}, {"ﾊﾝ", 2}, {"£4.1m", 5}, {"×0.5…", 5}, {"→ ✓", 3}, {"🙂", 2}, {"a\u200bb", 2},
	} {
		if got := Width(c.s); got != c.want {
			t.Errorf("Width(%q): want %d, got %d", c.s, c.want, got)
		}
	}
}

func TestCut(t *testing.T) {
	for _, c := range []struct {
		s    string
		n    int
		want string
	}{
		{"short", 5, "short"}, {"shorter", 5, "shor…"}, {"two words", 5, "two…"}, {"日本語", 5, "日本…"}, {"日本語", 4, "日…"}, {"日本語", 6, "日本語"}, {"abc", 1, "…"}, {"abc", 0, ""},
	} {
		if got := Cut(c.s, c.n); got != c.want {
			t.Errorf("Cut(%q, %d): want %q, got %q", c.s, c.n, c.want, got)
		}
	}
}

func TestWrap(t *testing.T) {
	for _, c := range []struct {
		s    string
		n    int
		want []string
	}{
		{"", 10, []string{""}},
		{"one two three", 7, []string{"one two", "three"}},
		{"one\n two\tthree", 20, []string{"one two three"}},
		{"abcdefghij", 4, []string{"abcd", "efgh", "ij"}},
		{"ab cdefghij k", 4, []string{"ab", "cdef", "ghij", "k"}},
		{"日本語です", 4, []string{"日本", "語で", "す"}},
	} {
		if got := Wrap(c.s, c.n); !slices.Equal(got, c.want) {
			t.Errorf("Wrap(%q, %d): want %q, got %q", c.s, c.n, c.want, got)
		}
	}
}

// What comes from files never steers a terminal: escapes, a bell, a line that
// goes back over another, text that runs the wrong way.
func TestCleaned(t *testing.T) {
	const nasty = "a\x1b[31mred\x07\rb\x9b2J\u202egnp.exe\u2066"
	p := NewPage(Style{Colour: false, Width: 40})
	p.Heading(nasty)
	p.Para(nasty)
	p.Bullet(nasty, nasty)
	p.Facts(Fact{Label: nasty, Text: nasty})
	p.Linef("%s", nasty)
	p.Verbatim(2, nasty)
	tab := Table{Columns: []Column{{Head: nasty}, {Head: nasty, Min: 5}, {Head: nasty, Min: 5, Wrap: true}}}
	tab.Add(nasty, nasty, nasty)
	p.Table(tab)
	for _, r := range p.String() {
		if r != '\n' && (r < 0x20 || r >= 0x7f && r < 0xa0 || r == 0x202e || r == 0x2066) {
			t.Errorf("want no control characters, got %U in %q", r, p)
			break
		}
	}
}

func TestTableFits(t *testing.T) {
	tab := Table{Columns: []Column{{Head: "id"}, {Head: "amount", Right: true}, {Head: "story", Min: 10}, {Head: "why", Min: 10, Wrap: true}}}
	tab.Add("zappos-2012", "£4.1m", "Phones dark for days, all of head office on e-mail", "same sector; same positioning; six of six kinds of data")
	tab.Add("tjx-2007", "£120m", "日本語の名前がここにあります、とても長い名前です", "another sector")
	for _, w := range []int{24, 40, 60, 100, 200} {
		for _, l := range tab.Lines(Style{Width: w}) {
			if Width(l) > w {
				t.Errorf("width %d: want no wider line, got %d: %q", w, Width(l), l)
			}
		}
	}
}

func TestTableAsItStands(t *testing.T) {
	tab := Table{Columns: []Column{{Head: "case"}, {Head: "weight", Right: true}, {Head: "why", Min: 12, Wrap: true}}}
	tab.Add("zappos-2012", "0.64", "same sector, same positioning")
	tab.Add("tjx-2007", "12.5")
	want := []string{
		"CASE         WEIGHT  WHY",
		"zappos-2012    0.64  same sector,",
		"                     same positioning",
		"tjx-2007       12.5",
	}
	got := tab.Lines(Style{Width: 37})
	if !slices.Equal(got, want) {
		t.Errorf("want\n%s\ngot\n%s", strings.Join(want, "\n"), strings.Join(got, "\n"))
	}
	tab.NoHead = true
	const first = "zappos-2012  0.64  same sector, same"
	if got := tab.Lines(Style{Width: 37}); got[0] != first {
		t.Errorf("without heads: want %q first, got %q", first, got[0])
	}
}

// What someone will type is cut last.
func TestWholeColumn(t *testing.T) {
	tab := Table{Columns: []Column{{Head: "case", Whole: true}, {Head: "sector"}, {Head: "story", Min: 10}}}
	tab.Add("british-airways-2018", "travel and hospitality", "Card skimming on the web site for two weeks")
	if got, want := tab.Lines(Style{Width: 36})[1], "british-airways-2018  trave…  Card…"; got != want {
		t.Errorf("want %q, got %q", want, got)
	}
}

// Colour is a second carrier: taken away, the same text is left.
func TestColourSaysNothing(t *testing.T) {
	page := func(colour bool) string {
		p := NewPage(Style{Width: 60, Colour: colour})
		p.Heading("Files")
		p.Indented(2, Good, "✓ holds")
		p.Facts(Fact{Label: "value", Text: "£4.1m", Tone: Strong})
		p.Bullet("a fact", "a source")
		p.Table(Table{Columns: []Column{{Head: "a"}, {Head: "b", Right: true}}, Rows: [][]Cell{{{Text: "x", Tone: Bad}, {Text: "1", Tone: Warn}}}})
		return p.String()
	}
	plain, colour := page(false), page(true)
	if !strings.Contains(colour, "\x1b[") {
		t.Fatal("want colour, got none")
	}
	for _, code := range []string{"0", "1", "2", "31", "32", "33"} {
		colour = strings.ReplaceAll(colour, "\x1b["+code+"m", "")
	}
	if plain != colour {
		t.Errorf("want the same text, got\n%s\nand\n%s", plain, colour)
	}
}

func ExamplePage() {
	p := NewPage(Style{Width: 45})
	p.Heading("Headline")
	p.Facts(Fact{Label: "what one costs", Text: "£4.4m"}, Fact{Label: "left out", Text: ""}, Fact{Label: "unit", Text: "GBP"})
	p.Bullet("Phones off: 4 days", "Las Vegas Review-Journal, 2012-01-20")
	fmt.Print(p)
	// Output:
	// Headline
	// what one costs  £4.4m
	// unit            GBP
	//   - Phones off: 4 days
	//     [Las Vegas Review-Journal, 2012-01-20]
}
