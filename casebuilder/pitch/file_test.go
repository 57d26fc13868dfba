package pitch_test

import (
	"bytes"
	"runtime"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"casebuilder/casebuilder"
	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/pitch"
	"casebuilder/casebuilder/render/pdf/pdftest"
)

// TestFilesAreSound checks the finished papers of every example with qpdf and,
// in its strict mode, with pdfcpu, and reads their layout from outside.
func TestFilesAreSound(t *testing.T) {
	api.DisableConfigDir()
	for i, e := range examples {
		full := paper{"full", "en", page.A4}
		if i%2 == 1 {
			full = paper{"full", "de", page.Letter}
		}
		for _, p := range []paper{full, papers[(4+3*i)%len(papers)]} {
			t.Run(e.name+" "+p.String(), func(t *testing.T) {
				t.Parallel()
				file := draw(t, example(t, e.name), p.options()).file
				conf := model.NewDefaultConfiguration()
				conf.ValidationMode = model.ValidationStrict
				if err := api.Validate(bytes.NewReader(file), conf); err != nil {
					t.Errorf("pdfcpu: %v", err)
				}
				if len(file) > 300_000 {
					t.Errorf("want at most 300 kB, got %d bytes", len(file))
				}
				if out := pdftest.Run(t, file, "qpdf", "--check", "{}"); !strings.Contains(out, "No syntax or stream encoding errors found") {
					t.Errorf("qpdf: %s", out)
				}
				pdftest.Check(t, file)
			})
		}
	}
}

// TestReadsAsDocument reads the structure as a screen reader would.
func TestReadsAsDocument(t *testing.T) {
	if testing.Short() {
		t.Skip("draws and builds for long")
	}
	d := draw(t, example(t, "premium-retailer"), pitch.Options{})
	out := pdftest.Run(t, d.file, "pdfinfo", "-struct-text", "{}")
	count := func(tag string) int {
		return strings.Count(out, "\n"+strings.Repeat(" ", 4)+tag) + strings.Count(out, " "+tag+" ")
	}
	for _, p := range d.doc.Pages {
		if title := p.Title.String(); !strings.Contains(spaces.ReplaceAllString(out, ""), spaces.ReplaceAllString(title, "")) {
			t.Errorf("the structure lacks the title %q", title)
		}
	}
	if got := strings.Count(out, "H1"); got != len(d.doc.Pages) {
		t.Errorf("want a first-level heading a page, %d, got %d", len(d.doc.Pages), got)
	}
	for _, tag := range []string{"H2", "Table", "TR", "TH", "TD", "Figure", "L", "LI", "Link"} {
		if !strings.Contains(out, tag) {
			t.Errorf("want the structure to have a %s (%d)", tag, count(tag))
		}
	}
	if strings.Contains(out, "Page 1 of") {
		t.Error("the footer stands in the structure: want it to be an artifact")
	}
	info := pdftest.Run(t, d.file, "pdfinfo", "{}")
	for _, want := range []string{"Alder & Finch: the case for funding security", "Tagged:          yes", "PDF version:     1.7"} {
		if !strings.Contains(info, want) {
			t.Errorf("want pdfinfo to say %q, got\n%s", want, info)
		}
	}
}

// TestUnfavourableFirstPage reads the first page of the finished file of a case
// that does not pay.
func TestUnfavourableFirstPage(t *testing.T) {
	text := pdftest.Run(t, packet(t, "value-retailer", "en").Pitch, "pdftotext", "-l", "1", "{}", "-")
	if !strings.Contains(text, "No option pays for itself") || !strings.Contains(text, "No approval is asked for") {
		t.Errorf("want the verdict on page 1, got\n%s", text)
	}
	if strings.Contains(text, "Approve") || strings.Contains(text, "for decision") {
		t.Errorf("want no approval asked on page 1, got\n%s", text)
	}
}

// TestSameBytes draws twice, on one processor and on several.
func TestSameBytes(t *testing.T) {
	r := example(t, "mobile-operator")
	for _, p := range []paper{papers[0], papers[len(papers)-1]} {
		first, err := casebuilder.Draw(r, p.options())
		if err != nil {
			t.Fatal(err)
		}
		was := runtime.GOMAXPROCS(1)
		again, err := casebuilder.Draw(r, p.options())
		runtime.GOMAXPROCS(was)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, again) {
			t.Errorf("%s: drawn twice, the files differ", p)
		}
	}
}
