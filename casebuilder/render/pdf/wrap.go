package pdf

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebuilder/casebuilder/page"
)

// maxChars is the longest line of running text, in characters.
const maxChars = 78

// piece is a part of a line in one look.
type piece struct {
	text string
	span int // index into the text that was wrapped
	x, w float64
}

// line is one line of wrapped text, its pieces from left to right.
type line struct {
	pieces []piece
	w      float64
}

// word is what no line break may split.
type word struct {
	pieces []piece
	w      float64
	chars  int
	space  float64 // width of the space after it; 0: a break without one
	forced bool    // a line ends here
}

// measure of a text: size in points, and whether all of it is bold.
type measure struct {
	size float64
	bold bool
}

func (m measure) boldSpan(s page.Span) bool { return m.bold || s.Bold }

// markSize is the size of reference marks: the least size of any text.
const markSize = 7.5

func (m measure) sizeOf(s page.Span) float64 {
	if s.Mark {
		return min(m.size, markSize)
	}
	return m.size
}

// wrap breaks a text into lines of at most width points and, where chars is
// above 0, at most that many characters. Lines are chosen so that the right
// edge is even and no line of one short word is left at the end, in as few
// lines as possible. A word wider than the line is cut.
func (fs *fonts) wrap(t page.Text, m measure, width float64, chars int) []line {
	words := fs.words(t, m, width)
	if len(words) == 0 {
		return nil
	}
	var lines []line
	for _, part := range splitForced(words) {
		for _, l := range breaks(part, width, chars) {
			lines = append(lines, assemble(part[l[0]:l[1]]))
		}
	}
	return lines
}

// wrapMost is wrap of at most most lines; where the text goes on, the last line
// ends in an ellipsis.
func (fs *fonts) wrapMost(t page.Text, m measure, width float64, chars, most int) []line {
	t = firstRunes(t, int(float64(most+1)*width/(m.size*narrow))+10)
	ls := fs.wrap(t, m, width, chars)
	if len(ls) <= most {
		return ls
	}
	ls = ls[:most]
	last := ls[most-1]
	last.pieces = slices.Clone(last.pieces)
	p := &last.pieces[len(last.pieces)-1]
	s := t[p.span]
	size, bold := m.sizeOf(s), m.boldSpan(s)
	r := []rune(strings.TrimRight(p.text, " "))
	for len(r) > 0 && p.x+fs.width(string(r)+" …", size, bold) > width {
		r = r[:len(r)-1]
	}
	p.text = strings.TrimRight(string(r), " ") + " …"
	p.w = fs.width(p.text, size, bold)
	last.w = p.x + p.w
	ls[most-1] = last
	return ls
}

// narrow is less than the width of the narrowest letter, in sizes.
const narrow = 0.2

// firstRunes returns the first n characters of a text, so that no time is spent
// on what will be cut anyway.
func firstRunes(t page.Text, n int) page.Text {
	for i, s := range t {
		if c := utf8.RuneCountInString(s.Text); c <= n {
			n -= c
			continue
		}
		out := slices.Clone(t[:i+1])
		out[i].Text = string([]rune(s.Text)[:n])
		return out
	}
	return t
}

// splitForced cuts the words after each forced end of a line.
func splitForced(words []word) [][]word {
	var parts [][]word
	start := 0
	for i, w := range words {
		if w.forced {
			parts = append(parts, words[start:i+1])
			start = i + 1
		}
	}
	if start < len(words) {
		parts = append(parts, words[start:])
	}
	return parts
}

// maxEven bounds the words for which the evenest lines are sought.
const maxEven = 600

// breaks returns the word ranges of the lines.
func breaks(words []word, width float64, chars int) [][2]int {
	greedy := greedyBreaks(words, width, chars)
	if len(greedy) < 2 || len(words) > maxEven {
		return greedy
	}
	n := len(words)
	cost := make([]float64, n+1) // of setting words[i:]
	next := make([]int, n+1)
	for i := n - 1; i >= 0; i-- {
		cost[i] = math.Inf(1)
		w, c := 0.0, 0
		for j := i; j < n; j++ {
			w += words[j].w
			c += words[j].chars
			if j > i && (w > width || chars > 0 && c > chars) {
				break
			}
			slack := max(0, width-w) / width
			this := slack * slack
			if words[j].space == 0 && !words[j].forced && j < n-1 {
				this += 0.2 // inside a word
			}
			if j == n-1 {
				this = 0
				if w < width*0.25 && i > 0 { // a runt
					this = 0.3
				}
			}
			if total := 1.5 + this + cost[j+1]; total < cost[i] {
				cost[i], next[i] = total, j+1
			}
			w += words[j].space
			c++
		}
	}
	var out [][2]int
	for i := 0; i < n; i = next[i] {
		out = append(out, [2]int{i, next[i]})
	}
	if len(out) > len(greedy) {
		return greedy
	}
	return out
}

func greedyBreaks(words []word, width float64, chars int) [][2]int {
	var out [][2]int
	for i := 0; i < len(words); {
		w, c, j := 0.0, 0, i
		for ; j < len(words); j++ {
			if j > i && (w+words[j].w > width || chars > 0 && c+words[j].chars > chars) {
				break
			}
			w += words[j].w + words[j].space
			c += words[j].chars + 1
		}
		out = append(out, [2]int{i, j})
		i = j
	}
	return out
}

// assemble joins words into a line: neighbouring pieces of one span become one
// piece, with their spaces, and the last piece ends in a space where the text
// goes on, so that a reader that joins lines keeps words apart.
func assemble(words []word) line {
	var l line
	for i, w := range words {
		for j, p := range w.pieces {
			last := j == len(w.pieces)-1
			if last && (w.space > 0 || w.forced) {
				p.text += " "
				if i < len(words)-1 {
					p.w += w.space
				}
			}
			if n := len(l.pieces); n > 0 && l.pieces[n-1].span == p.span {
				l.pieces[n-1].text += p.text
				l.pieces[n-1].w += p.w
			} else {
				p.x = l.w
				l.pieces = append(l.pieces, p)
			}
			l.w += p.w
		}
	}
	return l
}

// words cuts a text at its break opportunities: spaces, and after hyphens,
// dashes and slashes inside a word.
func (fs *fonts) words(t page.Text, m measure, width float64) []word {
	var words []word
	var cur word
	end := func(space float64) {
		if len(cur.pieces) > 0 {
			cur.space = space
			words = append(words, fs.cut(cur, t, m, width)...)
			cur = word{}
		} else if n := len(words); n > 0 && space > 0 && words[n-1].space == 0 {
			words[n-1].space = space
		}
	}
	for i, s := range t {
		size, bold := m.sizeOf(s), m.boldSpan(s)
		add := func(str string) {
			if str == "" {
				return
			}
			w := fs.width(str, size, bold)
			cur.pieces = append(cur.pieces, piece{text: str, span: i, w: w})
			cur.w += w
			cur.chars += utf8.RuneCountInString(str)
		}
		text := bindUnits(strings.ToValidUTF8(s.Text, "\ufffd"))
		start := 0
		for at, r := range text {
			switch {
			case r == '\n':
				add(text[start:at])
				start = at + 1
				end(0)
				if n := len(words); n > 0 {
					words[n-1].forced = true
				}
			case r == ' ' || r == '\t' || r == '\r':
				add(text[start:at])
				start = at + 1
				end(fs.width(" ", size, bold))
			case r == '-' || r == '/' || r == '\u2010' || r == '\u2013' || r == '\u2014':
				stop := at + utf8.RuneLen(r)
				if breakAfter(text, at, stop) {
					add(text[start:stop])
					start = stop
					end(0)
				}
			}
		}
		add(text[start:])
	}
	end(0)
	return words
}

// breakAfter says whether a line may end after the sign text[at:stop]: between
// letters, never inside a number, a range or an address.
func breakAfter(text string, at, stop int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[stop:])
	return unicode.IsLetter(before) && unicode.IsLetter(after)
}

// bindUnits puts no-break spaces between a number and a short unit after it,
// and between a currency code and the number after it: "9 points", "GBP 4.1m".
func bindUnits(s string) string {
	if !strings.ContainsAny(s, "0123456789") {
		return s
	}
	b := []byte(s)
	var out []byte
	for i := 0; i < len(b); i++ {
		if b[i] == ' ' && i > 0 && i+1 < len(b) && (numberBefore(s[:i]) && unitAfter(s[i+1:]) || codeBefore(s[:i]) && isDigit(rune(b[i+1]))) {
			out = append(out, "\u00a0"...)
			continue
		}
		out = append(out, b[i])
	}
	return string(out)
}

func numberBefore(s string) bool {
	c := s[len(s)-1]
	if c == '%' {
		return true
	}
	// A year or another long number is bound to nothing.
	digits := len(s) - len(strings.TrimRight(s, "0123456789"))
	return digits > 0 && (digits < 4 || len(s) > digits && s[len(s)-digits-1] != ' ')
}

var units = map[string]bool{"million": true, "billion": true, "Mio": true, "Mrd": true, "points": true, "Punkte": true,
	"days": true, "Tage": true, "years": true, "Jahre": true, "months": true, "Monate": true, "people": true, "trials": true}

func unitAfter(s string) bool {
	n := strings.IndexFunc(s, func(r rune) bool { return r == ' ' || r == ',' || r == '.' || r == ';' || r == ')' || r == ':' })
	if n < 0 {
		n = len(s)
	}
	u := s[:n]
	r, _ := utf8.DecodeRuneInString(u)
	if u != "" && unicode.IsUpper(r) { // a day and its month
		return true
	}
	return u != "" && (units[u] || utf8.RuneCountInString(u) <= 2 && !isDigit(r) && r != '–' && r != '(' || len(u) == 3 && strings.ToUpper(u) == u && unicode.IsLetter(r))
}

func codeBefore(s string) bool {
	if len(s) < 3 || len(s) > 3 && s[len(s)-4] != ' ' && s[len(s)-4] != '(' {
		return false
	}
	for _, c := range s[len(s)-3:] {
		if c < 'A' || c > 'Z' {
			return false
		}
	}
	return true
}

// cut splits a word that is wider than a line, after a sign where there is one
// in its second half, else anywhere.
func (fs *fonts) cut(w word, t page.Text, m measure, width float64) []word {
	if w.w <= width {
		return []word{w}
	}
	var out []word
	var cur word
	for _, p := range w.pieces {
		size, bold := m.sizeOf(t[p.span]), m.boldSpan(t[p.span])
		if cur.w > 0 && cur.w+p.w > width && p.w <= width { // between two pieces
			out = append(out, cur)
			cur = word{}
		}
		start, soft, sofar := 0, 0, 0.0
		for at, r := range p.text {
			stop := at + utf8.RuneLen(r)
			sofar += fs.width(string(r), size, bold) // without kerning: never too narrow
			if sofar+cur.w > width && (at > start || cur.w > 0) {
				cutAt := at
				if soft > start+(at-start)/2 {
					cutAt = soft
				}
				cur.add(fs, p.text[start:cutAt], p.span, size, bold)
				out = append(out, cur)
				cur, start = word{}, cutAt
				sofar = fs.width(p.text[start:stop], size, bold)
			}
			if strings.ContainsRune("-_./@&,:;+", r) {
				soft = stop
			}
		}
		cur.add(fs, p.text[start:], p.span, size, bold)
	}
	cur.space, cur.forced = w.space, w.forced
	return append(out, cur)
}

func (w *word) add(fs *fonts, s string, span int, size float64, bold bool) {
	if s == "" {
		return
	}
	p := piece{text: s, span: span, w: fs.width(s, size, bold)}
	w.pieces = append(w.pieces, p)
	w.w += p.w
	w.chars += utf8.RuneCountInString(s)
}
