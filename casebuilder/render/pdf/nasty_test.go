package pdf_test

import (
	"os"
	"path/filepath"
	"testing"

	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/render/pdf"
	"casebuilder/casebuilder/render/pdf/internal/specimen"
)

// TestNastyInputs draws papers with endless names, amounts from 0.01 to 10¹⁴,
// scripts without a glyph, twelve options, none, and empty blocks: nothing may
// overlap, leave the margins or panic.
func TestNastyInputs(t *testing.T) {
	for _, paper := range []page.Paper{page.A4, page.Letter} {
		file, report, err := pdf.Render(specimen.Nasty(paper))
		if err != nil {
			t.Fatal(err)
		}
		for i, p := range report.Problems() {
			if i < 20 {
				t.Error(paper, p)
			}
		}
		if want := "サ会保光社険株式"; len(report.Missing) == 0 {
			t.Errorf("want characters without a glyph reported, such as %q, got none", want)
		}
		if *demo != "" {
			if err := os.WriteFile(filepath.Join(*demo, "nasty-"+paper.String()+".pdf"), file, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
