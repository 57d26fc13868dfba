package page

import (
	"errors"
	"fmt"
	"math"
)

// Role is what a colour stands for. Papers and charts name roles; a Theme says
// which colour each one is.
type Role uint8

// Roles of colours.
const (
	Inherit     Role = iota // the colour of the surrounding text; on a canvas, nothing
	Ink                     // text, axes, zero lines
	Grey                    // secondary text
	Rule                    // hairlines
	PanelGrey               // tinted boxes
	White                   // the paper
	Marketing               // what marketing loses
	Other                   // what everyone else loses; always with a dark outline
	Recommended             // the recommended option
	Appetite                // the appetite for loss
	Warning                 // sparingly: what is exceeded
	Before                  // today
	After                   // with the option
	Stake                   // what marketing stands to lose: solid
	Share                   // what marketing is asked to fund: outlined
	roles
)

var roleNames = [roles]string{"inherit", "ink", "grey", "rule", "panel", "paper", "marketing", "other",
	"recommended", "appetite", "warning", "before", "after", "stake", "share"}

// String returns the role's name in a theme file.
func (r Role) String() string {
	if r < roles {
		return roleNames[r]
	}
	return fmt.Sprintf("role(%d)", uint8(r))
}

// RoleNamed returns the role of a name in a theme file.
func RoleNamed(name string) (Role, bool) {
	for r := Ink; r < roles; r++ {
		if roleNames[r] == name {
			return r, true
		}
	}
	return Inherit, false
}

// Color is an sRGB colour.
type Color struct{ R, G, B uint8 }

// Hex returns the colour of six hexadecimal digits, with or without a leading #.
func Hex(s string) (Color, error) {
	if len(s) == 7 && s[0] == '#' {
		s = s[1:]
	}
	var v [3]uint8
	for i := range v {
		for j := range 2 {
			if len(s) != 6 {
				return Color{}, fmt.Errorf("want six hexadecimal digits, got %q", s)
			}
			d := s[2*i+j]
			switch {
			case d >= '0' && d <= '9':
				d -= '0'
			case d >= 'a' && d <= 'f':
				d -= 'a' - 10
			case d >= 'A' && d <= 'F':
				d -= 'A' - 10
			default:
				return Color{}, fmt.Errorf("want six hexadecimal digits, got %q", s)
			}
			v[i] = v[i]<<4 | d
		}
	}
	return Color{v[0], v[1], v[2]}, nil
}

// String returns six hexadecimal digits.
func (c Color) String() string { return fmt.Sprintf("%02X%02X%02X", c.R, c.G, c.B) }

// Mix returns the colour t of the way from c to d, t from 0 to 1.
func (c Color) Mix(d Color, t float64) Color {
	m := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + (float64(b)-float64(a))*t)) }
	return Color{m(c.R, d.R), m(c.G, d.G), m(c.B, d.B)}
}

// Luminance is the relative luminance of WCAG 2.1, from 0 (black) to 1 (white).
func (c Color) Luminance() float64 {
	lin := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*lin(c.R) + 0.7152*lin(c.G) + 0.0722*lin(c.B)
}

// Lightness is the lightness L* of CIE 1976, 0 to 100: how light a greyscale
// print of the colour is.
func (c Color) Lightness() float64 {
	y := c.Luminance()
	if y <= 216.0/24389 {
		return y * 24389 / 27
	}
	return 116*math.Cbrt(y) - 16
}

// Contrast is the contrast ratio of WCAG 2.1, from 1 to 21.
func Contrast(a, b Color) float64 {
	x, y := a.Luminance(), b.Luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// The least contrast of WCAG 2.1 for text (1.4.3) and for graphics (1.4.11),
// and the least difference in lightness at which two greys are told apart in
// a print (our judgement).
const (
	TextContrast    = 4.5
	GraphicContrast = 3.0
	GreyDistance    = 12.0
)

// FontData is a family of two TrueType fonts as the bytes of their files.
type FontData struct {
	Name          string
	Regular, Bold []byte
}

// Theme is what a company may change of the look.
type Theme struct {
	Name   string
	Colors [roles]Color
	Fonts  *FontData // nil: the fonts that come with the program
	Logo   []byte    // PNG or JPEG; nil: none
}

// DefaultTheme returns the theme of the design.
func DefaultTheme() *Theme {
	t := &Theme{Name: "default"}
	for r, hex := range map[Role]string{
		Ink: "1A1A1A", Grey: "595959", Rule: "D0D0D0", PanelGrey: "F5F6F8", White: "FFFFFF",
		Marketing: "12436D", Other: "9AA5B1", Recommended: "28A197", Appetite: "801650", Warning: "F46A25",
		Before: "595959", After: "28A197", Stake: "12436D", Share: "28A197",
	} {
		c, err := Hex(hex)
		if err != nil {
			panic(err) // a bug of ours: the table above
		}
		t.Colors[r] = c
	}
	return t
}

// Color returns the colour of a paint.
func (t *Theme) Color(p Paint) Color {
	return t.Colors[p.Role].Mix(t.Colors[White], p.Tint)
}

// RowTint is the share of paper in the tint of a recommended row, and
// PanelTint in that of a panel in a role's colour.
const (
	RowTint   = 0.86
	PanelTint = 0.92
)

// Pair is two colours that meet on a page, and the contrast that they need.
type Pair struct {
	Name       string
	Front      Paint
	Back       Paint
	Least      float64 // contrast ratio
	Difference float64 // in lightness; 0: not asked for
}

// Pairs returns every pair of colours that the papers use.
func Pairs() []Pair {
	var ps []Pair
	text := func(front Role, back Paint) {
		ps = append(ps, Pair{fmt.Sprintf("%v text on %v", front, back.Role), Paint{Role: front}, back, TextContrast, 0})
	}
	for _, front := range []Role{Ink, Grey} {
		for _, back := range []Paint{{Role: White}, {Role: PanelGrey}, {Recommended, RowTint},
			{Recommended, PanelTint}, {Appetite, PanelTint}, {Marketing, PanelTint}, {Warning, PanelTint}} {
			text(front, back)
		}
	}
	for _, front := range []Role{Marketing, Appetite} {
		text(front, Paint{Role: White})
	}
	text(White, Paint{Role: Stake})
	for _, front := range []Role{Ink, Grey, Marketing, Recommended, Appetite, Warning, Before, After, Stake, Share} {
		ps = append(ps, Pair{fmt.Sprintf("%v marks on paper", front), Paint{Role: front}, Paint{Role: White}, GraphicContrast, 0})
	}
	near := func(a, b Role) {
		ps = append(ps, Pair{fmt.Sprintf("%v beside %v", a, b), Paint{Role: a}, Paint{Role: b}, 1, GreyDistance})
	}
	near(Marketing, Other)
	near(Before, After)
	near(Recommended, Marketing)
	near(Recommended, Appetite)
	near(Stake, Share)
	return ps
}

// Check returns an error that lists every pair of colours that is too close,
// with the numbers, or nil. It also wants stake and share in two colours.
func (t *Theme) Check() error {
	var errs []error
	for _, p := range Pairs() {
		a, b := t.Color(p.Front), t.Color(p.Back)
		if got := Contrast(a, b); got < p.Least {
			errs = append(errs, fmt.Errorf("%s: want a contrast of at least %.1f:1, got %.2f:1 (%v on %v)", p.Name, p.Least, got, a, b))
		}
		if got := math.Abs(a.Lightness() - b.Lightness()); got < p.Difference {
			errs = append(errs, fmt.Errorf("%s: want a difference in lightness of at least %.0f in greyscale, got %.1f (%v and %v)", p.Name, p.Difference, got, a, b))
		}
	}
	if t.Colors[Stake] == t.Colors[Share] {
		errs = append(errs, fmt.Errorf("stake and share: want two colours, got %v for both", t.Colors[Stake]))
	}
	return errors.Join(errs...)
}
