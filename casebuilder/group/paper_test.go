package group

import (
	"os"
	"testing"

	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/pitch"
	"casebuilder/casebuilder/render/pdf"
)

// TestPaper draws the group's paper in every shape; with -demo it keeps the
// specimen's.
func TestPaper(t *testing.T) {
	shapes := groups(t)
	shapes["forty units"] = specimen(t, 40)
	for name, c := range shapes {
		for _, opt := range []pitch.Options{{Lang: "en"}, {Lang: "en", Paper: page.Letter}} {
			doc, _, err := Paper(c, opt)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			file, report, err := pdf.Render(doc)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			for _, p := range report.Problems() {
				t.Errorf("%s, %s: %s", name, opt.Paper, p)
			}
			if *demo != "" {
				if err := os.WriteFile(*demo+"/"+name+"-"+opt.Paper.String()+".pdf", file, 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}
