package pdf

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"slices"
	"sync"

	"github.com/go-fonts/dejavu/dejavusans"
	"github.com/go-fonts/dejavu/dejavusansbold"
	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"casebuilder/casebuilder/page"
)

// missing stands for a character that no font at hand can draw.
const missing = '□'

// em is the size at which glyphs are measured: PDF counts widths in
// thousandths of the size, as whole numbers.
const em = 1000

// face is one font file, and the characters that the document uses of it.
type face struct {
	name string // as it is embedded: "LiberationSans-Bold"
	key  string // of the resource in content streams: "R", "B", "r", "b"
	data []byte
	font *sfnt.Font
	buf  sfnt.Buffer

	index map[rune]sfnt.GlyphIndex
	width map[rune]int
	kern  map[[2]rune]int
	used  map[rune]bool
}

func newFace(name, key string, data []byte, f *sfnt.Font) *face {
	return &face{name: name, key: key, data: data, font: f, index: map[rune]sfnt.GlyphIndex{},
		width: map[rune]int{}, kern: map[[2]rune]int{}, used: map[rune]bool{}}
}

// glyph returns the index of a rune's glyph, 0 where the font has none. Runes
// above U+FFFF count as missing: fpdf cannot write them.
func (f *face) glyph(r rune) sfnt.GlyphIndex {
	if r > 0xffff {
		return 0
	}
	g, ok := f.index[r]
	if !ok {
		var err error
		if g, err = f.font.GlyphIndex(&f.buf, r); err != nil {
			g = 0
		}
		f.index[r] = g
	}
	return g
}

// advance returns the width of a rune in thousandths of the size, rounded as
// the embedded font's width table is.
func (f *face) advance(r rune) int {
	w, ok := f.width[r]
	if !ok {
		a, err := f.font.GlyphAdvance(&f.buf, f.glyph(r), fixed.Int26_6(f.font.UnitsPerEm())<<6, font.HintingNone)
		if err == nil {
			w = int(math.Round(float64(a) / 64 * em / float64(f.font.UnitsPerEm())))
		}
		f.width[r] = w
	}
	return w
}

// kerning returns how much closer (negative) two runes stand, in thousandths.
// Figures are never kerned, so that they stay tabular: Liberation Sans would
// set 11 narrower than 10. Nor are spaces, so that the width of a line is the
// sum of its words and spaces.
func (f *face) kerning(a, b rune) int {
	if isDigit(a) || isDigit(b) || a == ' ' || b == ' ' {
		return 0
	}
	k := [2]rune{a, b}
	w, ok := f.kern[k]
	if !ok {
		d, err := f.font.Kern(&f.buf, f.glyph(a), f.glyph(b), fixed.Int26_6(f.font.UnitsPerEm())<<6, font.HintingNone)
		if err == nil {
			w = int(math.Round(float64(d) / 64 * em / float64(f.font.UnitsPerEm())))
		}
		f.kern[k] = w
	}
	return w
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' }

// fonts are the four faces of a document: regular and bold, each with one to
// fall back on.
type fonts struct {
	main, spare [2]*face // [regular, bold]
	widths      map[wordKey]int
	lacking     map[rune]bool
}

type wordKey struct {
	s    string
	bold bool
}

// builtin are the fonts of the program, parsed once; reading them is safe for
// many documents at a time.
var builtin = sync.OnceValues(func() ([4]*sfnt.Font, error) {
	var fs [4]*sfnt.Font
	for i, b := range [][]byte{liberationsansregular.TTF, liberationsansbold.TTF, dejavusans.TTF, dejavusansbold.TTF} {
		f, err := sfnt.Parse(b)
		if err != nil {
			return fs, fmt.Errorf("parsing a built-in font: %w", err)
		}
		fs[i] = f
	}
	return fs, nil
})

// newFonts returns the faces of a theme. Its own fonts are checked first.
func newFonts(t *page.Theme) (*fonts, error) {
	b, err := builtin()
	if err != nil {
		return nil, err
	}
	fs := &fonts{widths: map[wordKey]int{}, lacking: map[rune]bool{}}
	fs.main[0] = newFace("LiberationSans", "R", liberationsansregular.TTF, b[0])
	fs.main[1] = newFace("LiberationSans-Bold", "B", liberationsansbold.TTF, b[1])
	fs.spare[0] = newFace("DejaVuSans", "r", dejavusans.TTF, b[2])
	fs.spare[1] = newFace("DejaVuSans-Bold", "b", dejavusansbold.TTF, b[3])
	if t.Fonts == nil {
		return fs, nil
	}
	name := fontName(t.Fonts.Name)
	var errs []error
	for i, data := range [][]byte{t.Fonts.Regular, t.Fonts.Bold} {
		weight := []string{"regular", "bold"}[i]
		f, err := parseTTF(data)
		if err != nil {
			errs = append(errs, fmt.Errorf("theme font %q, %s: %w", t.Fonts.Name, weight, err))
			continue
		}
		fs.main[i] = newFace(name+[]string{"", "-Bold"}[i], fs.main[i].key, data, f)
	}
	return fs, errors.Join(errs...)
}

// fontName returns s as the name of a font in a file: letters, digits, hyphens.
func fontName(s string) string {
	var b []byte
	for _, c := range []byte(s) {
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' {
			b = append(b, c)
		}
	}
	if len(b) == 0 {
		return "ThemeFont"
	}
	return string(b[:min(len(b), 60)])
}

// maxFont bounds the bytes of a theme's font file.
const maxFont = 8 << 20

// parseTTF reads a TrueType font and refuses what fpdf would read wrongly or
// not at all; fpdf itself prints such problems and goes on.
func parseTTF(data []byte) (*sfnt.Font, error) {
	if len(data) > maxFont {
		return nil, fmt.Errorf("want at most %d MB, got %d bytes", maxFont>>20, len(data))
	}
	if len(data) < 12 || !(bytes.HasPrefix(data, []byte{0, 1, 0, 0}) || bytes.HasPrefix(data, []byte("true"))) {
		return nil, errors.New("want a TrueType font (.ttf), got another format")
	}
	tables := map[string][]byte{}
	n := int(binary.BigEndian.Uint16(data[4:]))
	for i := range n {
		at := 12 + 16*i
		if at+16 > len(data) {
			return nil, errors.New("want a whole TrueType font, got one cut short")
		}
		off, size := uint64(binary.BigEndian.Uint32(data[at+8:])), uint64(binary.BigEndian.Uint32(data[at+12:]))
		if off+size > uint64(len(data)) {
			return nil, errors.New("want a whole TrueType font, got one cut short")
		}
		tables[string(data[at:at+4])] = data[off : off+size]
	}
	least := map[string]int{"cmap": 4, "glyf": 1, "head": 54, "hhea": 36, "hmtx": 4, "loca": 2, "maxp": 6, "name": 6, "post": 32, "OS/2": 78}
	for _, t := range []string{"cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post", "OS/2"} {
		if len(tables[t]) < least[t] {
			return nil, fmt.Errorf("want a TrueType font with a table %q, got none", t)
		}
	}
	if u := binary.BigEndian.Uint16(tables["head"][18:]); u < 16 || u > 16384 {
		return nil, fmt.Errorf("want 16 to 16384 units an em, got %d", u)
	}
	if fs := binary.BigEndian.Uint16(tables["OS/2"][8:]); fs == 2 || fs&0x300 != 0 {
		return nil, errors.New("want a font whose licence bits allow embedding, got one that forbids it")
	}
	u16 := func(table string, at int) uint16 { return binary.BigEndian.Uint16(tables[table][at:]) }
	if u16("name", 0) != 0 || oddNames(tables["name"]) {
		return nil, errors.New("want a name table of format 0, got another")
	}
	if u16("head", 50) > 1 || u16("head", 52) != 0 || u16("hhea", 32) != 0 || u16("hhea", 34) == 0 {
		return nil, errors.New("want the formats of TrueType in head and hhea, got others")
	}
	if !hasFormat4(tables["cmap"]) {
		return nil, errors.New("want a Unicode character map of format 4, got none")
	}
	f, err := sfnt.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("want a TrueType font: %w", err)
	}
	var buf sfnt.Buffer
	for r := 'A'; r <= 'z'; r++ {
		if g, err := f.GlyphIndex(&buf, r); (err != nil || g == 0) && (r <= 'Z' || r >= 'a') {
			return nil, fmt.Errorf("want a font with the Latin alphabet, got none for %q", r)
		}
	}
	return f, nil
}

// oddNames says whether an English name in UTF-16 has half a character.
func oddNames(name []byte) bool {
	for i := range int(binary.BigEndian.Uint16(name[2:])) {
		at := 6 + 12*i
		if at+12 > len(name) {
			return true
		}
		f := func(k int) uint16 { return binary.BigEndian.Uint16(name[at+2*k:]) }
		if f(0) == 3 && f(1) == 1 && f(2) == 0x409 && f(4)%2 != 0 {
			return true
		}
	}
	return false
}

func hasFormat4(cmap []byte) bool {
	n := int(binary.BigEndian.Uint16(cmap[2:]))
	for i := range n {
		at := 4 + 8*i
		if at+8 > len(cmap) {
			return false
		}
		platform, enc := binary.BigEndian.Uint16(cmap[at:]), binary.BigEndian.Uint16(cmap[at+2:])
		off := int(binary.BigEndian.Uint32(cmap[at+4:]))
		if (platform == 0 || platform == 3 && enc == 1) && off+2 <= len(cmap) && binary.BigEndian.Uint16(cmap[off:]) == 4 {
			return true
		}
	}
	return false
}

// all returns the four faces in their order of embedding.
func (fs *fonts) all() []*face { return []*face{fs.main[0], fs.main[1], fs.spare[0], fs.spare[1]} }

// missingRunes returns, in order, the characters that were replaced.
func (fs *fonts) missingRunes() []rune {
	var rs []rune
	for r := range fs.lacking {
		rs = append(rs, r)
	}
	slices.Sort(rs)
	return rs
}

func weight(bold bool) int {
	if bold {
		return 1
	}
	return 0
}
