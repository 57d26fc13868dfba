package pitch_test

import (
	"io/fs"
	"sync"
	"testing"

	"casebuilder/casebuilder"
	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/pitch"
	"casebuilder/templates"
)

// packet builds the packet of an example, paper and workbook, once a language.
func packet(t testing.TB, name, lang string) *casebuilder.Packet {
	t.Helper()
	f, _ := once.LoadOrStore(name+" "+lang, sync.OnceValue(func() *casebuilder.Packet {
		p, err := casebuilder.Build(input(t, name, pitch.Options{Lang: lang}))
		if err != nil {
			t.Fatal(err)
		}
		return p
	}))
	return f.(func() *casebuilder.Packet)()
}

// input is what the packet of an example is built from. Fewer trials than usual
// make a smaller workbook.
func input(t testing.TB, name string, opt pitch.Options) casebuilder.Input {
	t.Helper()
	lib, err := library()
	if err != nil {
		t.Fatal(err)
	}
	rules, err := casebuilder.Rules(lib)
	if err != nil {
		t.Fatal(err)
	}
	src, err := fs.ReadFile(templates.Examples, "examples/"+name+".yaml")
	if err != nil {
		t.Fatal(err)
	}
	p, _, err := intake.Company(name+".yaml", src, intake.Options{Today: company.NewDate(2026, 12, 31), Rules: rules})
	if err != nil {
		t.Fatal(err)
	}
	return casebuilder.Input{Profile: p, Library: lib, Seed: 1, Trials: 256, Version: "test", Pitch: opt}
}
