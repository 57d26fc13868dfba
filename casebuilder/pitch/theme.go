package pitch

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	_ "image/jpeg" // logos
	_ "image/png"
	"path"
	"slices"
	"strings"

	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/tree"
)

// Limits of a theme.
const (
	maxLogo  = 4 << 20 // bytes
	maxSide  = 6000    // pixels
	maxFont  = 8 << 20
	maxWords = 100
)

// Theme is what a company changes of the look and of the words.
type Theme struct {
	*page.Theme
	Words []Word // in the order of the file

	name   string
	places map[string]diag.Place // of the words
}

// themeFile is a theme as it is written. Keys left out keep the house theme.
type themeFile struct {
	Name  string `yaml:"name"`
	Logo  string `yaml:"logo"` // file, PNG or JPEG
	Fonts *struct {
		Name    string `yaml:"name"`
		Regular string `yaml:"regular"` // file, TrueType
		Bold    string `yaml:"bold"`
	} `yaml:"fonts"`
}

// ReadTheme reads a theme: a YAML file with the keys name, logo, fonts (name,
// regular, bold), colors or colours (a colour by role, six hexadecimal digits) and words
// (a word of the texts: the company's own word for it). open reads the files
// that it names. Every problem is in the diag.List that is returned: unknown
// keys and roles, colours that are none or come too close to one another, with
// the numbers, files that cannot be read.
func ReadTheme(name string, src []byte, open func(name string) ([]byte, error)) (*Theme, error) {
	root, problems := tree.Parse(name, src)
	if root == nil {
		return nil, problems
	}
	t := &Theme{Theme: page.DefaultTheme(), name: name, places: map[string]diag.Place{}}
	rest := &tree.Node{Kind: root.Kind, Line: root.Line, Col: root.Col, Text: root.Text, Items: root.Items}
	for _, p := range root.Pairs {
		switch p.Key {
		case "colors", "colours", "words":
			at := diag.Place{File: name, Line: p.Value.Line, Col: p.Value.Col}
			if p.Value.Kind != tree.Map {
				problems.Add(diag.Problem{Place: at, Field: p.Key, Want: "a mapping", Got: p.Value.Describe()})
				continue
			}
			for _, q := range p.Value.Pairs {
				place := diag.Place{File: name, Line: q.Line, Col: q.Col}
				if p.Key != "words" {
					t.color(&problems, place, q)
				} else {
					t.word(&problems, place, q)
				}
			}
		default:
			rest.Pairs = append(rest.Pairs, p)
		}
	}
	var f themeFile
	d := tree.Decode(name, rest, &f)
	for _, p := range d.Problems {
		if p.Want == "a known field" && p.Field == "" {
			p = unknownKey(p, root)
		}
		problems.Add(p)
	}
	if f.Name != "" {
		t.Name = f.Name
	}
	read := func(field, file string, most int) []byte {
		if file == "" {
			return nil
		}
		data, p := readNamed(open, file, most)
		if p != nil {
			p.Place, p.Field = d.Place(field), field
			problems.Add(*p)
		}
		return data
	}
	if t.Logo = read("logo", f.Logo, maxLogo); t.Logo != nil {
		if p := checkLogo(t.Logo); p != nil {
			p.Place, p.Field = d.Place("logo"), "logo"
			problems.Add(*p)
		}
	}
	if f.Fonts != nil {
		t.Fonts = &page.FontData{Name: f.Fonts.Name, Regular: read("fonts.regular", f.Fonts.Regular, maxFont), Bold: read("fonts.bold", f.Fonts.Bold, maxFont)}
		for _, field := range []struct{ name, value string }{{"fonts.name", f.Fonts.Name}, {"fonts.regular", f.Fonts.Regular}, {"fonts.bold", f.Fonts.Bold}} {
			if field.value == "" {
				problems.Add(diag.Problem{Place: d.Place("fonts"), Field: field.name, Want: "a name, and the files of a regular and a bold font", Got: "nothing"})
			}
		}
	}
	if len(problems) == 0 {
		for _, e := range joined(t.Check()) {
			p := diag.Problem{Place: diag.Place{File: name}, Field: "colors"}
			p.Field, p.Want, p.Got = splitCheck(e)
			p.Hint = "the papers must be legible on screen, on paper and in greyscale: choose colours further apart"
			problems.Add(p)
		}
	}
	problems.Sort()
	return t, problems.Err()
}

// joined returns the errors of errors.Join.
func joined(err error) []error {
	if err == nil {
		return nil
	}
	var many interface{ Unwrap() []error }
	if errors.As(err, &many) {
		return many.Unwrap()
	}
	return []error{err}
}

// splitCheck takes "grey text on paper: want …, got …" apart.
func splitCheck(err error) (field, want, got string) {
	s := err.Error()
	field, s, _ = strings.Cut(s, ": want ")
	want, got, _ = strings.Cut(s, ", got ")
	return "colors: " + field, want, got
}

// keys of a theme file, for those who mistype them.
var themeKeys = []string{"name", "logo", "fonts", "colors", "words"}

func unknownKey(p diag.Problem, root *tree.Node) diag.Problem {
	for _, pair := range root.Pairs {
		if pair.Line == p.Place.Line && pair.Col == p.Place.Col {
			p.Hint = "known are " + strings.Join(themeKeys, ", ")
			if near := diag.Nearest(pair.Key, themeKeys); near != "" {
				p.Hint = "did you mean " + near + "?"
			}
		}
	}
	return p
}

func (t *Theme) color(problems *diag.List, at diag.Place, p tree.Pair) {
	role, ok := page.RoleNamed(p.Key)
	if !ok {
		x := diag.Problem{Place: at, Field: "colors", Want: "the name of a role", Got: diag.Quote(p.Key)}
		var names []string
		for r := page.Ink; ; r++ {
			if _, ok := page.RoleNamed(r.String()); !ok {
				break
			}
			names = append(names, r.String())
		}
		x.Hint = "known are " + strings.Join(names, ", ")
		if near := diag.Nearest(p.Key, names); near != "" {
			x.Hint = "did you mean " + near + "?"
		}
		problems.Add(x)
		return
	}
	c, err := page.Hex(p.Value.Text)
	if p.Value.Kind != tree.Text && p.Value.Kind != tree.Number || err != nil {
		hint := `write six hexadecimal digits in quotes, such as "12436D"`
		problems.Add(diag.Problem{Place: diag.Place{File: t.name, Line: p.Value.Line, Col: p.Value.Col}, Field: "colors." + p.Key, Want: "a colour", Got: p.Value.Describe(), Hint: hint})
		return
	}
	t.Colors[role] = c
}

func (t *Theme) word(problems *diag.List, at diag.Place, p tree.Pair) {
	bad := func(want, got string) {
		problems.Add(diag.Problem{Place: at, Field: "words." + p.Key, Want: want, Got: got})
	}
	own := strings.TrimSpace(p.Value.Text)
	switch {
	case p.Value.Kind != tree.Text || own == "":
		bad("a word in its place", p.Value.Describe())
	case len(own) > 60 || len(p.Key) > 60:
		bad("at most 60 bytes", fmt.Sprint(max(len(own), len(p.Key))))
	case strings.TrimSpace(p.Key) == "":
		bad("a word of the texts", diag.Quote(p.Key))
	case strings.ContainsFunc(own, isControl), diag.Printable(own) != own:
		bad("a word without control characters", diag.Quote(own))
	case len(t.Words) >= maxWords:
		bad(fmt.Sprintf("at most %d words", maxWords), "more")
	case slices.ContainsFunc(t.Words, func(w Word) bool { return w.Of == p.Key }):
		bad("each word once", "a second one")
	default:
		t.Words = append(t.Words, Word{p.Key, own})
		t.places[p.Key] = at
	}
}

// unused says which words stand nowhere in the texts.
func (t *Theme) unused(words []Word, texts *texts) error {
	all := map[string]bool{}
	for _, tr := range texts.trees {
		eachWord(tr.Root, func(s string) { all[s] = true })
	}
	names := slices.Sorted(mapsKeys(all))
	var problems diag.List
	for _, w := range words {
		p := diag.Problem{Place: t.places[w.Of], Field: "words." + w.Of, Want: "a word of the texts", Got: diag.Quote(w.Of)}
		if near := diag.Nearest(w.Of, names); near != "" {
			p.Hint = "did you mean " + near + "?"
		}
		problems.Add(p)
	}
	return problems
}

// readNamed reads a file that a theme names.
func readNamed(open func(string) ([]byte, error), name string, most int) ([]byte, *diag.Problem) {
	switch {
	case open == nil:
		return nil, &diag.Problem{Want: "no files", Got: diag.Quote(name), Hint: "a theme that is read here cannot name files"}
	case path.IsAbs(name), strings.ContainsAny(name, "\\:"), path.Clean(name) != name, strings.HasPrefix(name, ".."):
		return nil, &diag.Problem{Want: "a file beside the theme, such as logo.png", Got: diag.Quote(name)}
	}
	data, err := open(name)
	switch {
	case err != nil:
		return nil, &diag.Problem{Want: "a file that can be read", Got: diag.Printable(err.Error())}
	case len(data) > most:
		return nil, &diag.Problem{Want: fmt.Sprintf("at most %d MB", most>>20), Got: fmt.Sprintf("%d bytes", len(data))}
	case len(data) == 0:
		return nil, &diag.Problem{Want: "a file with something in it", Got: "an empty one"}
	}
	return data, nil
}

func checkLogo(data []byte) *diag.Problem {
	c, form, err := image.DecodeConfig(bytes.NewReader(data))
	switch {
	case err != nil:
		return &diag.Problem{Want: "a PNG or JPEG image", Got: "another file"}
	case c.Width < 1 || c.Height < 1 || c.Width > maxSide || c.Height > maxSide:
		return &diag.Problem{Want: fmt.Sprintf("at most %d pixels a side", maxSide), Got: fmt.Sprintf("a %s of %d × %d", strings.ToUpper(form), c.Width, c.Height)}
	}
	return nil
}

func (o Options) readTheme() (*Theme, error) {
	if o.Theme == nil {
		return nil, nil
	}
	name := o.ThemeName
	if name == "" {
		name = "theme.yaml"
	}
	return ReadTheme(name, o.Theme, o.Open)
}
