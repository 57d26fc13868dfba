package casestudies

import (
	"errors"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func embedded(t testing.TB) *Library {
	t.Helper()
	l, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestEmbedded(t *testing.T) {
	l := embedded(t)
	if len(l.Cases) != 113 {
		t.Errorf("got %d cases, want 113", len(l.Cases))
	}
	if !slices.IsSortedFunc(l.Cases, func(a, b *Case) int { return strings.Compare(a.ID, b.ID) }) {
		t.Error("the cases are not in the order of their IDs")
	}
	c, ok := l.ByID("zappos-2012")
	if !ok || c.Organisation != "Zappos.com" || c.Model.People.Value != 24e6 || c.Model.Reaction.Seen != nil || *c.Model.Closure.Days != 4 {
		t.Errorf("zappos-2012: got %+v", c)
	}
	if _, ok := l.ByID("zappos"); ok {
		t.Error("there is a case zappos")
	}
}

// Each file of cases/ is named for its case and laid out as Case.YAML lays it
// out, so that a diff of a case file shows what changed and nothing else.
func TestLayoutOfCaseFiles(t *testing.T) {
	l := embedded(t)
	entries, err := os.ReadDir("cases")
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != len(l.Cases) {
		t.Errorf("%d files for %d cases", len(entries), len(l.Cases))
	}
	for _, c := range l.Cases {
		got, err := os.ReadFile("cases/" + c.ID + ".yaml")
		if err != nil {
			t.Error(err)
			continue
		}
		if diff := cmp.Diff(string(c.YAML()), string(got)); diff != "" {
			t.Errorf("cases/%s.yaml (-layout +file):\n%s", c.ID, diff)
		}
	}
}

func TestFind(t *testing.T) {
	l := embedded(t)
	if c, err := l.Find("target-2013"); err != nil || c.ID != "target-2013" {
		t.Errorf("target-2013: got %v, %v", c, err)
	}
	for id, want := range map[string]string{
		"zapos-2012":  `the library has no case "zapos-2012"; did you mean zappos-2012?`,
		"Zappos":      `the library has no case "Zappos"; did you mean zappos-2012?`,
		"xyzzy-plugh": `the library has no case "xyzzy-plugh"`,
		"":            `the library has no case ""`,
	} {
		_, err := l.Find(id)
		var unknown *UnknownCaseError
		if !errors.As(err, &unknown) || err.Error() != want {
			t.Errorf("Find(%q): got %v, want %s", id, err, want)
		}
	}
}

func TestWith(t *testing.T) {
	l := embedded(t)
	own, _, _ := ReadCaseFile("own.yaml", []byte(least))
	more, err := l.With(own)
	if err != nil || len(more.Cases) != len(l.Cases)+1 {
		t.Fatalf("got %v, %v", more, err)
	}
	if _, ok := more.ByID("small-2024"); !ok {
		t.Error("the own case is not there")
	}
	if _, ok := l.ByID("small-2024"); ok || len(l.Cases) != 113 {
		t.Error("the library itself was changed")
	}
	if more.Fingerprint() == l.Fingerprint() {
		t.Error("another library has the same fingerprint")
	}
	if less := more.Without("small-2024"); less.Fingerprint() != l.Fingerprint() {
		t.Error("with and without a case it is another library")
	}
	twice, _, _ := ReadCaseFile("own.yaml", []byte(strings.Replace(least, "small-2024", "zappos-2012", 1)))
	_, err = l.With(append(twice, own[0], own[0]))
	want := `own.yaml:1:1: id: want an id that no other case has, got "zappos-2012"` + "\n  hint: the library has a case of that id\n" +
		`own.yaml:1:1: id: want an id that no other case has, got "small-2024"` + "\n  hint: it stands in own.yaml:1:1 too"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

// The fingerprint is of the data, not of the file.
func TestFingerprintOfACase(t *testing.T) {
	a, _, _ := ReadCaseFile("a.yaml", []byte(least))
	b, _, _ := ReadCaseFile("b.yaml", []byte("# a comment\n"+strings.Replace(least, "Small Shop", "'Small Shop'", 1)))
	c, _, _ := ReadCaseFile("c.yaml", []byte(strings.Replace(least, "Small Shop", "Small shop", 1)))
	if a[0].Fingerprint() != b[0].Fingerprint() {
		t.Error("the same case written in another way has another fingerprint")
	}
	if a[0].Fingerprint() == c[0].Fingerprint() {
		t.Error("another case has the same fingerprint")
	}
	if n := len(a[0].Fingerprint()); n != 64 {
		t.Errorf("got %d characters, want 64", n)
	}
}

func TestCite(t *testing.T) {
	c, _ := embedded(t).ByID("zappos-2012")
	for id, want := range map[string]string{"s2": "Las Vegas Review-Journal, 2012-01-16", "s1": "DataBreaches.net", "s99": ""} {
		if got := c.Cite(id); got != want {
			t.Errorf("Cite(%s) = %q, want %q", id, got, want)
		}
	}
}

// Every ID of a source that a case names is there; so is a source for each
// figure. ReadCases refuses the rest, and the library passes it.
func TestLibraryPassesItsOwnCheck(t *testing.T) {
	cases, warnings, problems := ReadCases(os.DirFS("cases"), "cases")
	if len(cases) != 113 || len(warnings) > 0 || len(problems) > 0 {
		t.Errorf("%d cases, warnings %v, problems %v", len(cases), warnings, problems)
	}
}
