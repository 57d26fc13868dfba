package pdf_test

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/render/pdf"
	"casebuilder/casebuilder/render/pdf/internal/specimen"
)

var demo = flag.String("demo", "", "folder to write the specimens to")

// TestDemo draws the specimen on both papers; with -demo it keeps the files.
func TestDemo(t *testing.T) {
	for _, paper := range []page.Paper{page.A4, page.Letter} {
		file, report, err := pdf.Render(specimen.Document(paper))
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range report.Problems() {
			t.Error(p)
		}
		for _, p := range report.Pages {
			t.Logf("%s %+v", paper, p)
		}
		if *demo != "" {
			if err := os.WriteFile(filepath.Join(*demo, "specimen-"+paper.String()+".pdf"), file, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}
