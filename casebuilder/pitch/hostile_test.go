package pitch_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/render/pdf/pdftest"
)

// hostile are companies that a layout would like to be spared.
var hostile = []struct {
	name string
	bend func(*sketch)
}{
	{"no options", func(s *sketch) { s.options = nil }},
	{"one option that costs nothing", func(s *sketch) {
		s.options = steps(1, 0)
	}},
	{"twelve options", func(s *sketch) { s.options = steps(12, 0.3) }},
	{"no appetite", func(s *sketch) { s.levels = nil }},
	{"ten levels of appetite", func(s *sketch) {
		s.levels = nil
		for i := range 10 {
			s.levels = append(s.levels, [2]float64{0.002 * float64(i+1), 0.06 - 0.005*float64(i)})
		}
	}},
	{"nothing but what is needed", func(s *sketch) {
		s.options, s.levels, s.paper, s.keys, s.insured, s.premium = nil, nil, false, false, false, 0
		s.goodwill, s.campaign = false, false
	}},
	{"long names", func(s *sketch) {
		long := strings.Repeat("Interdepartmental Harmonisation of Customer-Facing Authentication ", 8)
		s.name, s.unit, s.classification = long, long, long
		for i := range s.options {
			s.options[i].name = fmt.Sprint(i, " ", long)
			for j := range s.options[i].initiatives {
				in := &s.options[i].initiatives[j]
				in.name, in.owner, in.supplier = fmt.Sprint(j, " ", long), long, long
			}
		}
	}},
	{"one endless word", func(s *sketch) {
		word := strings.Repeat("Donaudampfschifffahrtsgesellschaft", 12)
		s.name, s.unit = word, word
		for i := range s.options {
			s.options[i].name = fmt.Sprint(i, word)
			for j := range s.options[i].initiatives {
				s.options[i].initiatives[j].name, s.options[i].initiatives[j].owner = fmt.Sprint(j, word), word
			}
		}
	}},
	{"yen in trillions", func(s *sketch) {
		s.currency, s.country, s.scale, s.revenue, s.active, s.onFile = "JPY", "JP", 190, 50e9, 4e7, 9e7
		s.options = steps(4, 200)
	}},
	{"dinars, a handful", func(s *sketch) {
		s.currency, s.country, s.scale, s.revenue, s.active, s.onFile, s.newPerYear, s.agents, s.budget = "KWD", "KW", 0.4, 900, 20, 30, 4, 0.5, 9
		s.options = steps(2, 1e-5)
	}},
	{"as large as it gets", func(s *sketch) {
		s.scale, s.revenue, s.active, s.onFile, s.newPerYear = 1, 9e14, 9e9, 9.9e9, 1e9
		s.budget = 1e14
		s.options = steps(3, 1e7)
	}},
	{"right to left", func(s *sketch) {
		s.name, s.unit = "شركة البيع بالتجزئة", "קבוצה"
		s.options[1].name = "סגירת הדלתות"
		s.options[2].initiatives[0].owner = "رئيس تقنية المعلومات"
	}},
	{"Chinese, Japanese and Korean", func(s *sketch) {
		s.name, s.unit = "株式会社サービス小売", "온라인"
		s.options[0].name = "关上大门"
		s.options[2].initiatives[1].name = "すべてのログインに第二要素"
	}},
	{"signs of templates and of markup", func(s *sketch) {
		s.name, s.unit = "{{.Secret}} <b>& %d %s", `\1 (paren) ‹npv›`
		s.options[0].name = `a=b;c=d {{fig "npv"}}`
	}},
	{"it never happens", func(s *sketch) { s.event = 1e-5 }},
	{"it happens all the time", func(s *sketch) { s.event = 0.47 }},
	{"a dear programme", func(s *sketch) { s.options = steps(5, 500) }},
	{"one year, no rate", func(s *sketch) { s.horizon, s.rate = 1, 0 }},
	{"five years, dear money", func(s *sketch) { s.horizon, s.rate = 5, 0.4 }},
	{"for endorsement", func(s *sketch) { s.kind = "endorsement" }},
	{"for information", func(s *sketch) { s.kind = "information" }},
	{"an American registrant", func(s *sketch) { s.country, s.currency = "US", "USD" }},
}

// TestHostile draws hostile companies and reads the finished files. Each is
// drawn in full and in one other way; CASEBUILDER_SWEEP draws it in every way.
func TestHostile(t *testing.T) {
	for i, h := range hostile {
		t.Run(h.name, func(t *testing.T) {
			t.Parallel()
			s := ordinary()
			h.bend(&s)
			r := solve(t, s.yaml(), 256)
			ways := []paper{{"full", "en", page.A4}, papers[i%len(papers)]}
			if os.Getenv("CASEBUILDER_SWEEP") != "" {
				ways = papers
			}
			for k, p := range ways {
				d := draw(t, r, p.options())
				for _, problem := range slices.Concat(d.layout(), messages(r, d.doc), lint(p.lang, d.doc)) {
					t.Errorf("%s: %s", p, problem)
				}
				if k == 0 && (everything() || i%4 == 0) {
					pdftest.Check(t, d.file)
				}
			}
		})
	}
}

// TestMissingCharacters wants a note on page 1 where the fonts lack characters.
func TestMissingCharacters(t *testing.T) {
	s := ordinary()
	s.name = "株式会社"
	d := draw(t, solve(t, s.yaml(), 256), paper{"full", "en", page.A4}.options())
	first := page.Document{Pages: d.doc.Pages[:1]}
	if !strings.Contains(first.Outline(), "□ stands for a character that the fonts of this paper lack") {
		t.Error("want page 1 to say what the boxes stand for")
	}
}
