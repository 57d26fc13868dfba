package casestudies

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/tree"
)

// Library is a set of cases. It is not to be changed: With returns a new one.
type Library struct {
	Cases []*Case // in the order of their IDs
	byID  map[string]*Case
}

// library.json and assumptions.json hold the YAML files beside them in a form
// that is quick to read; a test says when they are stale.
//
//go:generate go test -run TestGeneratedFilesAreFresh -update .

//go:embed library.json
var libraryJSON []byte

// Embedded returns the library that the program carries. It is decoded once,
// on the first call, and shared: do not change it.
func Embedded() (*Library, error) { return loadLibrary() }

var loadLibrary = sync.OnceValues(func() (*Library, error) {
	var cases []*Case
	if err := json.Unmarshal(libraryJSON, &cases); err != nil {
		return nil, fmt.Errorf("reading the embedded case library: %w", err)
	}
	return newLibrary(cases), nil
})

func newLibrary(cases []*Case) *Library {
	l := &Library{Cases: slices.Clone(cases), byID: make(map[string]*Case, len(cases))}
	slices.SortFunc(l.Cases, func(a, b *Case) int { return cmp.Compare(a.ID, b.ID) })
	for _, c := range l.Cases {
		l.byID[c.ID] = c
	}
	return l
}

// ByID returns the case with that ID.
func (l *Library) ByID(id string) (*Case, bool) {
	c, ok := l.byID[id]
	return c, ok
}

// UnknownCaseError says that the library has no case of an ID.
type UnknownCaseError struct {
	ID      string
	Nearest []string // at most three IDs that look like it, the likeliest first
}

// Error returns the message.
func (e *UnknownCaseError) Error() string {
	s := "the library has no case " + diag.Quote(e.ID)
	if len(e.Nearest) > 0 {
		s += "; did you mean " + strings.Join(e.Nearest, ", ") + "?"
	}
	return s
}

// Find returns the case with that ID, or an *UnknownCaseError that names cases
// that look like it.
func (l *Library) Find(id string) (*Case, error) {
	if c, ok := l.byID[id]; ok {
		return c, nil
	}
	e := &UnknownCaseError{ID: id}
	want := strings.ToLower(strings.TrimSpace(id))
	var ids []string
	for _, c := range l.Cases {
		ids = append(ids, c.ID)
		if want != "" && (strings.HasPrefix(c.ID, want) || strings.Contains(strings.ToLower(c.Organisation), want)) {
			e.Nearest = append(e.Nearest, c.ID)
		}
	}
	if near := diag.Nearest(want, ids); near != "" && !slices.Contains(e.Nearest, near) {
		e.Nearest = append(e.Nearest, near)
	}
	e.Nearest = e.Nearest[:min(3, len(e.Nearest))]
	return nil, e
}

// With returns a library that holds own cases too. An ID that the library has
// already is refused: the error is a diag.List.
func (l *Library) With(own []*Case) (*Library, error) {
	all := slices.Clone(l.Cases)
	seen := map[string]*Case{}
	var problems diag.List
	for _, c := range own {
		p := diag.Problem{Place: c.place, Field: "id", Want: "an id that no other case has", Got: diag.Quote(c.ID)}
		if _, ok := l.byID[c.ID]; ok {
			p.Hint = "the library has a case of that id"
			problems.Add(p)
		} else if seen[c.ID] != nil {
			p.Hint = "it stands in " + seen[c.ID].place.String() + " too"
			problems.Add(p)
		}
		seen[c.ID] = c
		all = append(all, c)
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return newLibrary(all), nil
}

// Without returns a library without one case, for predictions that must not
// have seen it.
func (l *Library) Without(id string) *Library {
	return newLibrary(slices.DeleteFunc(slices.Clone(l.Cases), func(c *Case) bool { return c.ID == id }))
}

// YAML returns the case as a case file, in the layout of the library's files.
func (c *Case) YAML() []byte { return tree.Encode(c) }

// Fingerprint returns the SHA-256 of the case in hexadecimal. Cases that hold
// the same data have the same fingerprint, however their files are written.
func (c *Case) Fingerprint() string {
	sum := sha256.Sum256(canonical(c))
	return hex.EncodeToString(sum[:])
}

// Fingerprint returns the SHA-256 of all cases in hexadecimal. Together with
// AssumptionsFingerprint it stands for everything that this package gives a
// model.
func (l *Library) Fingerprint() string {
	h := sha256.New()
	for _, c := range l.Cases {
		h.Write(canonical(c))
		h.Write([]byte{'\n'})
	}
	return hex.EncodeToString(h.Sum(nil))
}

// AssumptionsFingerprint returns the SHA-256 of priors, defaults, evidence and
// rates in hexadecimal.
func AssumptionsFingerprint() string {
	h := sha256.New()
	h.Write(assumptionsJSON)
	h.Write([]byte(ratesCSV))
	return hex.EncodeToString(h.Sum(nil))
}

// canonical returns a value as JSON: struct fields in their order, no blanks.
func canonical(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic("casestudies: " + err.Error()) // only NaN and Inf do this, and no reader lets them in
	}
	return b
}
