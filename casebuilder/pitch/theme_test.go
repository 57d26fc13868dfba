package pitch_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/pitch"
	"casebuilder/templates"
)

// picture is a PNG image of one colour.
func picture(t *testing.T, w, h int) []byte {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = color.Gray{Y: 40}.Y
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestThemeProblems(t *testing.T) {
	files := map[string][]byte{
		"logo.png": picture(t, 60, 20), "wide.png": picture(t, 6001, 1), "text.png": []byte("no image"), "empty.png": {}, "huge.png": make([]byte, 4<<20+1),
	}
	open := func(name string) ([]byte, error) {
		if b, ok := files[name]; ok {
			return b, nil
		}
		return nil, fs.ErrNotExist
	}
	for _, tt := range []struct{ name, src, want string }{
		{"grey too pale", `colors: {grey: "9A9A9A"}`, "theme.yaml: colors: grey text on paper: want a contrast of at least 4.5:1, got 2.81:1 (9A9A9A on FFFFFF)"},
		{"stake and share alike", `colors: {stake: "12436D", share: "12436D"}`, "stake and share: want two colours, got 12436D for both"},
		{"no colour", `colors: {marketing: blue}`, `theme.yaml:1:21: colors.marketing: want a colour, got "blue"`},
		{"no role", `colors: {marketting: "12436D"}`, `theme.yaml:1:10: colors: want the name of a role, got "marketting"`},
		{"hint to a role", `colors: {marketting: "12436D"}`, "did you mean marketing?"},
		{"unknown key", "colour:\n  ink: \"000000\"", "did you mean colors?"},
		{"colours as a list", "colors: [a, b]", "theme.yaml:1:9: colors: want a mapping"},
		{"logo that is not there", "logo: gone.png", "logo: want a file that can be read"},
		{"logo upwards", "logo: ../logo.png", "logo: want a file beside the theme, such as logo.png"},
		{"logo from the root", "logo: /etc/passwd", "logo: want a file beside the theme"},
		{"logo of another kind", "logo: text.png", "logo: want a PNG or JPEG image, got another file"},
		{"empty logo", "logo: empty.png", "logo: want a file with something in it, got an empty one"},
		{"logo too wide", "logo: wide.png", "logo: want at most 6000 pixels a side, got a PNG of 6001 × 1"},
		{"logo too large", "logo: huge.png", "logo: want at most 4 MB"},
		{"font without files", "fonts: {name: Own}", "fonts.regular: want a name, and the files of a regular and a bold font, got nothing"},
		{"word twice", "words: {option: plan, Option: plan}", ""},
		{"word with a control character", `words: {option: "a\x01b"}`, "words.option: want a word without control characters"},
		{"word too long", "words: {option: " + strings.Repeat("x", 61) + "}", "words.option: want at most 60 bytes, got 61"},
		{"not YAML", "colors: {", "theme.yaml:1"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := pitch.ReadTheme("theme.yaml", []byte(tt.src), open)
			switch {
			case tt.want == "" && err != nil:
				t.Errorf("want no problem, got %v", err)
			case tt.want != "" && (err == nil || !strings.Contains(explain(err), tt.want)):
				t.Errorf("want %q, got %v", tt.want, err)
			}
		})
	}
	if _, err := pitch.ReadTheme("theme.yaml", []byte("logo: logo.png\nname: Own"), open); err != nil {
		t.Error(err)
	}
}

// explain returns problems with their hints.
func explain(err error) string {
	s := err.Error()
	if list, ok := err.(diag.List); ok {
		for _, p := range list {
			s += "\n" + p.Hint
		}
	}
	return s
}

// TestEmbeddedThemes reads the themes that the program carries.
func TestEmbeddedThemes(t *testing.T) {
	names, err := fs.Glob(templates.Themes, "themes/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		src, err := fs.ReadFile(templates.Themes, name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := pitch.ReadTheme(name, src, nil); err != nil {
			t.Error(err)
		}
	}
}

// TestThemeInPaper wants the logo, the colours and the company's own words in
// the paper, and a word that stands nowhere refused.
func TestThemeInPaper(t *testing.T) {
	r := example(t, "premium-retailer")
	logo := picture(t, 120, 40)
	opt := pitch.Options{ThemeName: "own.yaml", Theme: []byte("logo: logo.png\ncolors: {marketing: \"6A1B4D\", stake: \"6A1B4D\"}\nwords: {appetite: tolerance}"),
		Open: func(string) ([]byte, error) { return logo, nil }}
	d := draw(t, r, opt)
	for _, problem := range d.layout() {
		t.Error(problem)
	}
	text := d.doc.Outline()
	if strings.Contains(strings.ToLower(text), " appetite") || !strings.Contains(text, "outside tolerance at £5m") {
		t.Error("want tolerance wherever our texts say appetite")
	}
	if !d.doc.Pages[0].Logo || d.doc.Theme.Colors[page.Marketing] != (page.Color{R: 0x6A, G: 0x1B, B: 0x4D}) {
		t.Error("want the theme's logo and colours in the document")
	}
	opt.Theme = []byte("words: {apetite: tolerance}")
	if _, err := pitch.Make(r, opt); err == nil || !strings.Contains(explain(err), `own.yaml:1:9: words.apetite: want a word of the texts, got "apetite"`) || !strings.Contains(explain(err), "did you mean Appetite?") {
		t.Errorf("want a word that stands nowhere refused, got %v", err)
	}
}

func texts(src string) fs.FS {
	return fstest.MapFS{"texts/en/own.tmpl": {Data: []byte(src)}}
}

// TestOwnTexts replaces texts as a user would.
func TestOwnTexts(t *testing.T) {
	r := example(t, "premium-retailer")
	for _, tt := range []struct{ name, src, want string }{
		{"a text of one's own", `{{define "decision.claims"}}Only that it costs {{fig "cost.pv"}}.{{end}}`, ""},
		{"a name that is none", `{{define "decision.claim"}}x{{end}}`, `texts/en/own.tmpl:1: want the name of a text, got "decision.claim"`},
		{"a figure that is none", `{{define "decision.claims"}}{{fig "cost.pvv"}}{{end}}`, `texts/en/own.tmpl:1:31: decision.claims: want the ID of a figure that has a number here, got "cost.pvv"`},
		{"its neighbour", `{{define "decision.claims"}}{{fig "cost.pvv"}}{{end}}`, "did you mean cost.pv?"},
		{"a field that is none", `{{define "decision.claims"}}{{.Secret}}{{end}}`, "can't evaluate field Secret"},
		{"a function that is none", `{{define "decision.claims"}}{{printf "%d" 4}}{{end}}`, `function "printf" not defined`},
		{"call", `{{define "decision.claims"}}{{call .Subject.Of "npv"}}{{end}}`, `function "call" not defined`},
		{"a brace too few", "{{define \"decision.claims\"}}\n{{fig \"npv\"}{{end}}", "texts/en/own.tmpl:2"},
		{"text outside", `hello {{define "decision.claims"}}x{{end}}`, `want every text between {{define "name"}} and {{end}}, got text outside`},
		{"a control character", "{{define \"decision.claims\"}}\x01npv\x02£9m\x03{{end}}", "want text, got a control character"},
		{"twice", `{{define "decision.claims"}}x{{end}}{{define "decision.claims"}}y{{end}}`, `multiple definition of template "decision.claims"`},
		{"an empty title", `{{define "decision.title.favourable"}}{{end}}`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := pitch.Make(r, pitch.Options{Templates: texts(tt.src)})
			switch {
			case tt.want == "" && err != nil:
				t.Errorf("want no problem, got %v", err)
			case tt.want != "" && (err == nil || !strings.Contains(explain(err), tt.want)):
				t.Errorf("want %q, got %v", tt.want, err)
			}
		})
	}
	d := draw(t, r, pitch.Options{Templates: texts(`{{define "decision.claims"}}Only that it costs {{fig "cost.pv"}}.{{end}}`)})
	if !strings.Contains(d.doc.Outline(), "Only that it costs £536k‹cost.pv›.") {
		t.Error("want the text of one's own on page 1")
	}
}

// TestHostileTexts wants texts that would run for ever, or fill the memory,
// refused within seconds.
func TestHostileTexts(t *testing.T) {
	r := example(t, "premium-retailer")
	for _, tt := range []struct{ name, src string }{
		{"a loop in a loop", `{{define "decision.claims"}}{{range 100000}}{{range 100000}}x{{end}}{{end}}{{end}}`},
		{"an empty loop", `{{define "decision.claims"}}{{range 1000000000}}{{end}}{{end}}`},
		{"itself", `{{define "decision.claims"}}{{template "decision.claims" .}}{{end}}`},
		{"each other", `{{define "decision.claims"}}{{template "decision.turns" .}}{{end}}{{define "decision.turns"}}{{template "decision.claims" .}}{{end}}`},
		{"doubled and doubled", `{{define "decision.claims"}}{{$x := "xxxxxxxx"}}{{range 60}}{{$x = of $x $x}}{{end}}{{$x}}{{end}}`},
		{"bold in bold", `{{define "decision.claims"}}{{$x := "xxxxxxxx"}}{{range 10000}}{{$x = b $x}}{{end}}{{$x}}{{end}}`},
		{"too long", `{{define "decision.claims"}}` + strings.Repeat("many words ", 1000) + `{{end}}`},
		{"a file too large", `{{define "decision.claims"}}` + strings.Repeat("x", 300_000) + `{{end}}`},
		{"a nest too deep", `{{define "decision.claims"}}` + strings.Repeat("{{if .Subject}}", 3000) + strings.Repeat("{{end}}", 3001)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			start := time.Now()
			_, err := pitch.Make(r, pitch.Options{Templates: texts(tt.src)})
			if err == nil && !strings.Contains(tt.name, "nest") {
				t.Error("want the text refused")
			}
			if len(fmt.Sprint(err)) > 20_000 {
				t.Errorf("want a short message, got %d bytes", len(fmt.Sprint(err)))
			}
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("want an answer within seconds, it took %v", took)
			}
		})
	}
}

// TestEveryTextTooLong replaces every text of a page by as much as one may hold:
// the paper gets long, and is still drawn.
func TestEveryTextTooLong(t *testing.T) {
	var src strings.Builder
	for _, name := range []string{"decision.claims", "decision.ask", "decision.title.favourable", "decision.qualifier", "decision.kicker", "key.chance", "key.chance.label", "lineup.title", "lineup.option", "plan.limits", "choices.doubts", "stops", "stake.asked"} {
		fmt.Fprintf(&src, "{{define %q}}%s{{end}}\n", name, strings.Repeat("word ", 1500))
	}
	d := draw(t, example(t, "premium-retailer"), pitch.Options{Templates: texts(src.String())})
	if n := d.report.Sheets; n > 60 {
		t.Errorf("want some dozen sheets, got %d", n)
	}
}

// The theme file that the program carries says what the papers look like
// without one, and so is a start for one's own. The colours can be spelt either
// way.
func TestHouseTheme(t *testing.T) {
	src, err := fs.ReadFile(templates.Themes, "themes/house.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{string(src), strings.Replace(string(src), "\ncolors:", "\ncolours:", 1)} {
		theme, err := pitch.ReadTheme("house.yaml", []byte(text), nil)
		if err != nil {
			t.Fatal(err)
		}
		if theme.Colors != page.DefaultTheme().Colors {
			t.Errorf("want the colours of the papers, got %v", theme.Colors)
		}
		if n := strings.Count(text, "\n  "); n != 14 {
			t.Errorf("want a line for each of 14 roles, got %d", n)
		}
	}
}
