package workbook_test

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casebuilder/casebuilder"
	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/render/xlsx"
	"casebuilder/casebuilder/render/xlsx/recalc"
	"casebuilder/casebuilder/workbook"
	"casebuilder/casestudies"
)

func open(t testing.TB, raw []byte) *xlsx.File {
	t.Helper()
	f, err := xlsx.Open(bytes.NewReader(raw), int64(len(raw)), xlsx.ReadOptions{Name: "book.xlsx"})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func returned(t testing.TB, raw []byte) *workbook.Returned {
	t.Helper()
	r, err := workbook.Read(open(t, raw), "book.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Problems {
		t.Error(p)
	}
	return r
}

func rules(t testing.TB) company.Rules {
	t.Helper()
	lib, err := casestudies.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := casebuilder.Rules(lib)
	if err != nil {
		t.Fatal(err)
	}
	return rules
}

// profileOf puts the filed values of a workbook together.
func profileOf(t testing.TB, r *workbook.Returned) *company.Profile {
	t.Helper()
	entries, at, problems := r.Entries()
	for _, p := range problems {
		t.Error(p)
	}
	p, _, err := intake.Unflatten(r.Name, entries, func(i int) diag.Place { return at[i] }, intake.Options{Rules: rules(t)})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func solve(t testing.TB, p *company.Profile, trials int) *model.Case {
	t.Helper()
	lib, err := casestudies.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	m, err := model.New(model.Input{Profile: p, Library: lib, Seed: 7, Trials: trials, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	c, err := m.Solve()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A workbook without edits gives exactly the profile that it was built from.
func TestProfilesComeBack(t *testing.T) {
	r := profiles{rand.New(rand.NewPCG(3, 4))}
	n := 60
	if testing.Short() {
		n = 10
	}
	for i := range n {
		p := r.profile()
		if problems, _ := company.Validate(p, rules(t)); len(problems) > 0 {
			t.Fatalf("profile %d is not valid: %v", i, problems)
		}
		back := returned(t, file(t, solve(t, p, 256)))
		if diff := cmp.Diff(p, profileOf(t, back)); diff != "" {
			t.Fatalf("profile %d: -want +got\n%s", i, diff)
		}
		if got, want := back.Checksum().String(), back.Facts.Filed; got != want {
			t.Errorf("profile %d: checksum: want %s, got %s", i, want, got)
		}
	}
}

// So do files that other programs saved.
func TestProfilesComeBackFromOtherPrograms(t *testing.T) {
	if testing.Short() {
		t.Skip("builds many packets")
	}
	c := solved(t, "premium-retailer", 256, nil)
	raw := file(t, c)
	for name, save := range map[string]func() []byte{
		"excelize":    func() []byte { return recalc.Resave(t, raw, "Inputs", "Estimates", "About", "Changes") },
		"LibreOffice": func() []byte { return recalc.Save(t, raw) },
		"openpyxl":    func() []byte { return recalc.Openpyxl(t, raw) },
	} {
		t.Run(name, func(t *testing.T) {
			back := returned(t, save())
			if diff := cmp.Diff(&c.Results.Company, profileOf(t, back)); diff != "" {
				t.Errorf("-want +got\n%s", diff)
			}
			want := workbook.Facts{Schema: 1, Tool: "test", Fingerprint: c.Results.Fingerprint, Trials: 256, Seed: 1, Library: back.Facts.Library, Filed: back.Facts.Filed}
			if diff := cmp.Diff(want, back.Facts); diff != "" || back.Facts.Library == "" {
				t.Errorf("facts: -want +got\n%s", diff)
			}
			if got := back.Checksum().String(); got != back.Facts.Filed {
				t.Errorf("checksum: want %s, got %s", back.Facts.Filed, got)
			}
		})
	}
}

// Sorted rows give the same profile: order stands in rows of its own.
func TestSortedRowsComeBack(t *testing.T) {
	if testing.Short() {
		t.Skip("builds many packets")
	}
	r, order := profiles{rand.New(rand.NewPCG(3, 4))}, rand.New(rand.NewPCG(5, 6))
	for range 10 {
		p := r.profile()
		back := returned(t, file(t, solve(t, p, 256)))
		order.Shuffle(len(back.Rows), func(i, j int) { back.Rows[i], back.Rows[j] = back.Rows[j], back.Rows[i] })
		if diff := cmp.Diff(p, profileOf(t, back)); diff != "" {
			t.Fatalf("-want +got\n%s", diff)
		}
	}
}
