package group

import (
	"os"
	"testing"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/pitch"
	"casebuilder/casebuilder/render/pdf"
)

// TestPaper draws the group's paper in every shape; with -demo it keeps the
// specimen's.
func TestPaper(t *testing.T) {
	shapes := groups(t)
	shapes["forty units"] = specimen(t, 40)
	shapes["shared alone"] = sharedAlone(t, 200)
	shapes["shared alone, too dear"] = sharedAlone(t, 20)
	shapes["all but one unit's"] = solve(t, nil, unit("a", "", 0.1, 1e9, 1), unit("b", "", 0.1, 1, 1))
	for name, c := range shapes {
		for _, opt := range []pitch.Options{{Lang: "en"}, {Lang: "en", Paper: page.Letter}, {Lang: "de"}} {
			doc, figures, err := Paper(c, opt, len(c.Units) < 10)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			file, report, err := pdf.Render(doc)
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			for _, p := range report.Problems() {
				t.Errorf("%s, %s, %s: %s", name, opt.Lang, opt.Paper, p)
			}
			var printed []pitch.Printed
			for _, f := range report.Figures {
				printed = append(printed, pitch.Printed{Figure: f.Figure, Text: f.Text, Sheet: f.Sheet})
			}
			if err := pitch.Tie(figures, opt.Lang, printed); err != nil {
				t.Errorf("%s, %s: %v", name, opt.Lang, err)
			}
			if *demo != "" {
				if err := os.WriteFile(*demo+"/"+name+"-"+opt.Lang+"-"+opt.Paper.String()+".pdf", file, 0o644); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// sharedAlone is a group in which no unit recommends an option of its own, and
// a programme for all avoids some loss.
func sharedAlone(t testing.TB, avoided float64) *Case {
	t.Helper()
	var units []*Unit
	for _, name := range []string{"a", "b"} {
		u := unit(name, "", 0.1, 1000, 1)
		u.Option, u.OptionID = "", "nothing"
		u.Effects = &Effects{Programmes: []Effect{{Name: "Watch", Avoided: avoided, ALE: 20}}, Rate: u.Rate, Loss: u.Loss}
		units = append(units, u)
	}
	return solve(t, &company.Group{Name: "G", Currency: "GBP", Shared: []company.Shared{{Name: "Watch", OneOff: company.Plain(100), Key: "benefit"}}}, units...)
}
