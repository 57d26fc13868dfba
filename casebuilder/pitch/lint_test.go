package pitch_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"io"
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"casebuilder/casebuilder"
	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/render/pdf/pdftest"
	"casebuilder/templates"
)

// rule is one thing that our papers never say.
type rule struct {
	pattern *regexp.Regexp
	why     string
}

func rules(langs map[string][]rule, lang, why string, patterns ...string) {
	for _, p := range patterns {
		langs[lang] = append(langs[lang], rule{regexp.MustCompile(`(?i)` + p), why})
	}
}

// wording are the rules a language; those of "" are for every language. The
// library of cases has a test of its own.
var wording = func() map[string][]rule {
	m := map[string][]rule{}
	const (
		promise  = "promises what nobody can"
		average  = "calls a mean or a maximum what it is not"
		returns  = "a return period without the chance in a year"
		fear     = "a fear word"
		assured  = "a word of assurance"
		accurate = "more precise than the inputs"
	)
	rules(m, "en", promise, `\bwill save\b`, `\bguarantee`, `\bprevents?\b`, `\beliminat`, `\bproven\b`, `\bindustry[- ]leading\b`, `\bunhackable\b`, `\bwhen,? not if\b`)
	rules(m, "de", promise, `\bwird sparen\b`, `\bgarantie`, `\bverhinder(t|n)\b`, `\bbeseitigt\b`, `\b(bewiesen|erwiesen)\b`, `\bmarktführend`, `\bunhackbar`, `nicht ob, sondern wann`)
	rules(m, "en", average, `\btypical (loss|cost|year|incident|breach|company|case)`, `\baverage company\b`, `\bworst[- ]case\b`)
	rules(m, "de", average, `\btypische[rn]? (Verlust|Kosten|Jahr|Vorfall|Unternehmen|Fall)`, `\bDurchschnittsunternehmen\b`, `\bschlimmste[rn]? Fall\b`)
	rules(m, "en", returns, `\bonce (in|every) [\d,]+ years\b`, `\breturn period\b`)
	rules(m, "de", returns, `\b(einmal in|alle) \d+ Jahren?\b`, `\bWiederkehrperiode\b`)
	rules(m, "en", fear, `\bcatastroph`, `\bdevastat`, `\bnightmare`, `\bdisaster`)
	rules(m, "de", fear, `\bkatastroph`, `\bverheerend`, `\balbtraum`, `\bdesaster`)
	rules(m, "en", assured, `\bsecure\b`, `\bfully protected\b`, `\bzero risk\b`)
	rules(m, "de", assured, `\bvollständig geschützt\b`, `\bnull risiko\b`, `\babsolut sicher\b`)
	const percent = `\b([1-9]|[1-8]\d|9[0-8]|\d{3,})` // a share just below the whole has to say so: 99.98%
	rules(m, "en", accurate, percent+`\.\d{2,}%`, `[£$€¥][\d,]{4,}\.\d{2}\b(?:[^\dkmbt]|$)`)
	rules(m, "de", accurate, percent+`,\d{2,}[\x{202f}\x{a0} ]?%`, `[\d.]{4,},\d{2}[\x{202f}\x{a0} ]?[£$€¥]`)
	return m
}()

// amiss lists what a text should not say. What stands in quotation marks is
// somebody else's.
func amiss(lang, s string) (out []string) {
	s = quoted.ReplaceAllString(s, "")
	for _, l := range []string{lang, ""} {
		for _, r := range wording[l] {
			if m := r.pattern.FindString(s); m != "" {
				out = append(out, fmt.Sprintf("%q is %s, in %.120q", m, r.why, s))
			}
		}
	}
	return out
}

var quoted = regexp.MustCompile(`[“„][^“”„]*[”“]|"[^"]*"`)

// lint reads everything that a paper says.
func lint(lang string, d *page.Document) (out []string) {
	for line := range strings.Lines(d.Outline()) {
		out = append(out, amiss(lang, figureID.ReplaceAllString(line, ""))...)
	}
	return out
}

var figureID = regexp.MustCompile(`‹[^›]*›`)

// TestLintFinds keeps the lint from falling asleep.
func TestLintFinds(t *testing.T) {
	for _, s := range []string{"This will save £4m.", "It guarantees that.", "A proven method", "a typical loss", "the worst case", "once in 20 years", "a devastating loss", "we are secure", "12.37%", "It costs £1,212.37 a month."} {
		if len(amiss("en", s)) != 1 {
			t.Errorf("want one thing amiss in %q, got %q", s, amiss("en", s))
		}
	}
	for _, s := range []string{"expected loss avoided", "security budget", "0.48%", "99.9%", "£4.12m", "“the worst case”, said the chairman", "Approve it", "1.000"} {
		if got := amiss("en", s); len(got) > 0 {
			t.Errorf("want nothing amiss in %q, got %q", s, got)
		}
	}
}

// TestWordingOfTexts reads our templates as they are written.
func TestWordingOfTexts(t *testing.T) {
	action := regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	err := fs.WalkDir(templates.Texts, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		src, err := fs.ReadFile(templates.Texts, name)
		lang := strings.Split(name, "/")[1]
		for line := range strings.Lines(action.ReplaceAllString(string(src), "")) {
			for _, a := range amiss(lang, line) {
				t.Errorf("%s: %s", name, a)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestWordingOfFiles reads the finished paper and the finished workbook of
// every example.
func TestWordingOfFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("draws and builds for long")
	}
	for _, e := range examples {
		for _, lang := range []string{"en", "de"} {
			p := packet(t, e.name, lang)
			for line := range strings.Lines(pdftest.Run(t, p.Pitch, "pdftotext", "{}", "-")) {
				for _, a := range amiss(lang, line) {
					t.Errorf("%s in %s: the paper: %s", e.name, lang, a)
				}
			}
		}
		for _, s := range cellTexts(t, packet(t, e.name, "en")) {
			for _, a := range amiss("en", s) {
				if !strings.Contains(a, "more precise") { // sources are quoted to the cent
					t.Errorf("%s: the workbook: %s", e.name, a)
				}
			}
		}
	}
}

var cellText = regexp.MustCompile(`<t[^>]*>([^<]*)</t>`)

// cellTexts returns the texts of the cells of a workbook.
func cellTexts(t *testing.T, p *casebuilder.Packet) (out []string) {
	z, err := zip.NewReader(bytes.NewReader(p.Workbook), int64(len(p.Workbook)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open("xl/sharedStrings.xml")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	src, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range cellText.FindAllSubmatch(src, -1) {
		out = append(out, html.UnescapeString(string(m[1])))
	}
	return out
}
