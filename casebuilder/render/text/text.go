// Package text lays out what the terminal shows: tables, paragraphs and lists
// that fit a width.
//
// It draws what it is given and decides nothing. Whatever it is given is
// cleaned: control characters, and marks that reorder text, never reach the
// terminal. Colour is only ever a second carrier: without it every word, mark
// and number is still there.
package text

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"casebuilder/casebuilder/diag"
)

// DefaultWidth is how many columns are used where a terminal does not say.
const DefaultWidth = 100

// minWidth is the narrowest width that is laid out for.
const minWidth = 24

// Style is what the terminal can show.
type Style struct {
	Width  int // columns; 0 is DefaultWidth
	Colour bool
}

func (s Style) width() int {
	if s.Width <= 0 {
		return DefaultWidth
	}
	return max(s.Width, minWidth)
}

// Tone is how a piece of text stands out where there is colour.
type Tone int

// The tones.
const (
	Plain Tone = iota
	Strong
	Faint
	Good
	Bad
	Warn
)

// Paint returns clean text in a tone.
func (s Style) Paint(t Tone, text string) string { return s.paint(t, Clean(text)) }

func (s Style) paint(t Tone, text string) string {
	if !s.Colour || t == Plain || text == "" {
		return text
	}
	code := map[Tone]string{Strong: "1", Faint: "2", Good: "32", Bad: "31", Warn: "33"}[t]
	return "\x1b[" + code + "m" + text + "\x1b[0m"
}

// Clean returns s on one line, in characters that a terminal can show.
func Clean(s string) string { return diag.Printable(strings.Join(strings.Fields(s), " ")) }

// Width returns how many columns a clean text takes.
func Width(s string) int {
	n := 0
	for _, r := range s {
		n += runeWidth(r)
	}
	return n
}

func runeWidth(r rune) int {
	if r < 0x300 {
		return 1
	}
	if unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
		return 0
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	}
	return 1
}

// Cut returns a clean text that takes at most n columns; where something is cut
// off it ends in "…".
func Cut(s string, n int) string {
	if Width(s) <= n {
		return s
	}
	if n < 1 {
		return ""
	}
	var b strings.Builder
	at := 0
	for _, r := range s {
		if at += runeWidth(r); at > n-1 {
			break
		}
		b.WriteRune(r)
	}
	return strings.TrimRight(b.String(), " ") + "…"
}

// Wrap breaks a text into lines of at most n columns, between words where it
// can. It returns at least one line.
func Wrap(s string, n int) []string {
	n = max(n, 1)
	var lines []string
	line, at := "", 0
	flush := func() {
		lines = append(lines, line)
		line, at = "", 0
	}
	for word := range strings.FieldsSeq(diag.Printable(oneLine(s))) {
		w := Width(word)
		if at > 0 && at+1+w > n {
			flush()
		}
		for w > n { // a word that fits no line is cut
			head := ""
			for _, r := range word {
				if Width(head)+runeWidth(r) > n && head != "" {
					break
				}
				head += string(r)
			}
			line = head
			flush()
			word = word[len(head):]
			w = Width(word)
		}
		if word == "" {
			continue
		}
		if at > 0 {
			line, at = line+" ", at+1
		}
		line, at = line+word, at+w
	}
	if at > 0 || len(lines) == 0 {
		flush()
	}
	return lines
}

// oneLine puts blanks in the place of line breaks and tabs, which are no
// characters to be marked as unprintable.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '\n' || r == '\r' || r == '\t' {
			return ' '
		}
		return r
	}, s)
}
