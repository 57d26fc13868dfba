package pdf

import (
	"fmt"
	"strings"
	"unicode"
)

// glyph is one character as it is drawn.
type glyph struct {
	face *face
	r    rune // drawn
	from rune // meant; differs from r where a font lacks it
	w    int  // width with kerning to the next, thousandths of the size
}

// thinSpace is the width of a thin or narrow no-break space, in thousandths.
const thinSpace = 200

// shape turns a string into glyphs. It is the one door that every printed
// string goes through:
//
//   - a character that the font lacks comes from the spare font, and where
//     both lack it (Chinese, emoji, everything above U+FFFF) it is drawn as □
//     and kept as itself in the text that a reader copies;
//   - spaces of all widths are written as plain spaces, set to their width, so
//     that a search finds "4,1 Mio." however it was typed;
//   - control characters, soft hyphens and marks of direction are left out.
//
// Right-to-left scripts are set in logical order, left to right, unjoined: a
// name in Hebrew or Arabic letters can be copied and recognised, not read
// comfortably.
func (fs *fonts) shape(s string, bold bool) []glyph {
	gs := make([]glyph, 0, len(s))
	for _, r := range s {
		g := glyph{face: fs.main[weight(bold)], r: r, from: r}
		switch {
		case r == '\u00a0', r == '\n', r == '\t', r == '\r', r == '\u2028', r == '\u2029':
			g.r, g.from = ' ', ' '
		case r == '\u2009', r == '\u202f', r == '\u2006', r == '\u200a':
			g.r, g.from, g.w = ' ', ' ', thinSpace
		case r == '\u2007':
			g.r, g.from, g.w = ' ', ' ', g.face.advance('0')
		case r == '\u2011':
			g.r, g.from = '-', '-'
		case r == '\u00ad', r == '\u200b', unicode.Is(unicode.Cf, r), unicode.IsControl(r):
			continue
		case r == unicode.ReplacementChar:
			g.r = missing
		}
		if g.face.glyph(g.r) == 0 {
			g.face = fs.spare[weight(bold)]
			if g.face.glyph(g.r) == 0 {
				fs.lacking[r] = true
				g.r, g.face = missing, fs.main[weight(bold)]
				if g.face.glyph(missing) == 0 {
					g.face = fs.spare[weight(bold)]
				}
			}
		}
		if g.w == 0 {
			g.w = g.face.advance(g.r)
		}
		if n := len(gs); n > 0 && gs[n-1].face == g.face {
			gs[n-1].w += g.face.kerning(gs[n-1].r, g.r)
		}
		gs = append(gs, g)
	}
	return gs
}

// segment is a stretch of a string that is drawn as it is meant, or not.
type segment struct {
	text     string
	replaced bool
}

// segments cuts a string where it changes between characters that have a glyph
// and characters that have none.
func (fs *fonts) segments(s string, bold bool) []segment {
	if fs.drawable(s, bold) {
		return []segment{{s, false}}
	}
	var out []segment
	for _, r := range s {
		gs := fs.shape(string(r), bold)
		replaced := len(gs) == 1 && gs[0].r != gs[0].from
		if len(gs) == 0 && len(out) > 0 { // nothing is drawn of it
			out[len(out)-1].text += string(r)
			continue
		}
		if n := len(out); n > 0 && out[n-1].replaced == replaced {
			out[n-1].text += string(r)
		} else {
			out = append(out, segment{string(r), replaced})
		}
	}
	return out
}

// drawable says whether every character of s has a glyph.
func (fs *fonts) drawable(s string, bold bool) bool {
	for _, r := range s {
		if r >= 0x7f && fs.main[weight(bold)].glyph(r) == 0 {
			return false
		}
	}
	return true
}

// thousandths returns the width of s in thousandths of its size.
func (fs *fonts) thousandths(s string, bold bool) int {
	k := wordKey{s, bold}
	w, ok := fs.widths[k]
	if !ok {
		for _, g := range fs.shape(s, bold) {
			w += g.w
		}
		fs.widths[k] = w
	}
	return w
}

// width returns the width of s in points.
func (fs *fonts) width(s string, size float64, bold bool) float64 {
	return float64(fs.thousandths(s, bold)) * size / em
}

// operators writes the text operators for s at the current position, and notes
// the glyphs as used. The font operator is written by the caller through set.
func (fs *fonts) operators(b *strings.Builder, s string, bold bool, set func(*face)) {
	gs := fs.shape(s, bold)
	for i := 0; i < len(gs); {
		j, replaced := i, gs[i].r != gs[i].from
		for j < len(gs) && gs[j].face == gs[i].face && (gs[j].r != gs[j].from) == replaced {
			j++
		}
		set(gs[i].face)
		if replaced {
			b.WriteString("/Span<</ActualText")
			meant := make([]rune, 0, j-i)
			for _, g := range gs[i:j] {
				meant = append(meant, g.from)
			}
			b.WriteString(textString(string(meant)))
			b.WriteString(">>BDC ")
		}
		b.WriteString("[<")
		for k, g := range gs[i:j] {
			g.face.used[g.r] = true
			fmt.Fprintf(b, "%04X", g.r)
			if d := g.face.advance(g.r) - g.w; d != 0 && i+k < len(gs)-1 {
				fmt.Fprintf(b, ">%d<", d)
			}
		}
		b.WriteString(">]TJ")
		if replaced {
			b.WriteString(" EMC")
		}
		b.WriteByte('\n')
		i = j
	}
}
