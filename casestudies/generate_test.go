package casestudies

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"testing"

	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/tree"
)

var update = flag.Bool("update", false, "write library.json and assumptions.json")

// readYAML reads the files that the embedded JSON is made from.
func readYAML(t testing.TB) ([]*Case, *assumptions) {
	t.Helper()
	cases, warnings, problems := ReadCases(os.DirFS("cases"), "cases")
	for _, p := range problems {
		t.Errorf("problem: %v", p)
	}
	for _, p := range warnings {
		t.Errorf("warning: %v", p)
	}
	a := &assumptions{}
	readList(t, "priors.yaml", &a.Priors)
	var d struct {
		Defaults []Default `json:"defaults"`
	}
	readList(t, "defaults.yaml", &d)
	a.Defaults = d.Defaults
	var e struct {
		Evidence []Parameter `json:"evidence"`
	}
	readList(t, "evidence.yaml", &e)
	a.Evidence = e.Evidence
	return cases, a
}

func readList(t testing.TB, name string, into any) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	root, problems := tree.Parse(name, data)
	if root != nil {
		problems = tree.Decode(name, root, into).Problems
	}
	for _, p := range problems {
		t.Errorf("problem: %v", diag.Problem(p))
	}
}

func compact(t testing.TB, v any) []byte {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// The embedded JSON is the YAML. With -update (go generate) it is written.
func TestGeneratedFilesAreFresh(t *testing.T) {
	cases, a := readYAML(t)
	for _, f := range []struct {
		name     string
		embedded []byte
		v        any
	}{
		{"library.json", libraryJSON, newLibrary(cases).Cases},
		{"assumptions.json", assumptionsJSON, a},
	} {
		want := compact(t, f.v)
		if *update && !t.Failed() {
			if err := os.WriteFile(f.name, want, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if !bytes.Equal(want, f.embedded) {
			t.Errorf("%s is stale: run go generate ./casestudies", f.name)
		}
	}
}
