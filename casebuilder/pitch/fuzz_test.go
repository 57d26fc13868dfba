package pitch_test

import (
	"errors"
	"io/fs"
	"testing"
	"testing/fstest"
	"time"

	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/pitch"
)

// A theme of any bytes is taken or refused with its problems; one that is taken
// can be read on paper.
func FuzzTheme(f *testing.F) {
	for _, s := range []string{
		"name: House\n", "colors: {ink: \"1A1A1A\", marketing: \"12436D\"}\nwords: {customer: guest}\n", "logo: logo.png\nfonts: {name: Own, regular: a.ttf, bold: a.ttf}\n",
		"colors: {ink: \"CCCCCC\"}", "words: {option: \"a\\x01b\"}", "a: &b [*b]", "",
	} {
		f.Add([]byte(s), []byte("\x89PNG\r\n\x1a\n"))
	}
	f.Fuzz(func(t *testing.T, src, file []byte) {
		open := func(name string) ([]byte, error) {
			if name == "gone.png" {
				return nil, fs.ErrNotExist
			}
			return file, nil
		}
		theme, err := pitch.ReadTheme("theme.yaml", src, open)
		var list diag.List
		switch {
		case err == nil && theme == nil:
			t.Error("want a theme or an error, got neither")
		case err != nil && (!errors.As(err, &list) || len(list) == 0):
			t.Errorf("want a list of problems, got %T: %v", err, err)
		case err == nil:
			for _, role := range []page.Role{page.Ink, page.Grey} {
				if c := page.Contrast(theme.Color(page.Paint{Role: role}), theme.Color(page.Paint{Role: page.White})); c < 4.5 {
					t.Errorf("want text that can be read, got a contrast of %.2f", c)
				}
			}
		}
	})
}

// A user's own text of any bytes makes a page or is refused, in little time and
// without a way out of the results.
func FuzzTexts(f *testing.F) {
	for _, s := range []string{
		`{{define "plan.bookmark"}}Our plan{{end}}`, `{{define "plan.bookmark"}}{{.Company}}{{end}}`, `{{define "plan.bookmark"}}{{range 1000000000}}a{{end}}{{end}}`,
		`{{define "plan.bookmark"}}{{template "plan.bookmark"}}{{end}}`, `{{define "decision.title"}}{{fig "npv"}} {{printf "%999999999d" 1}}{{end}}`,
		`{{define "plan.bookmark"}}{{call .}}{{html .}}{{js .}}{{slice "abc" 1}}{{index . 1}}{{end}}`, `{{`, "",
	} {
		f.Add(s)
	}
	r := example(f, "value-retailer")
	f.Fuzz(func(t *testing.T, src string) {
		began := time.Now()
		doc, err := pitch.Make(r, pitch.Options{Templates: fstest.MapFS{"texts/en/own.tmpl": {Data: []byte(src)}}})
		if took := time.Since(began); took > 20*time.Second {
			t.Errorf("want an end in little time, got %v", took)
		}
		if (err == nil) == (doc == nil) {
			t.Errorf("want a document or an error, got %v and %v", doc != nil, err)
		}
		var list diag.List
		if err != nil && (!errors.As(err, &list) || len(list) == 0) {
			t.Errorf("want a list of problems, got %T: %v", err, err)
		}
	})
}
