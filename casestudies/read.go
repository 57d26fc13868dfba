package casestudies

import (
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/tree"
)

// Limits of a folder of own cases.
const (
	MaxFiles = 1000     // case files
	MaxCases = 2000     // cases in all
	MaxTotal = 32 << 20 // bytes in all
)

// ReadCases reads the case files in fsys and the folders below it: YAML or JSON,
// a case or a list of cases a file. Files with other endings, and files and
// folders whose names begin with a dot, are left alone. The files are untrusted:
// see the limits here and in package tree.
//
// The cases come in the order of the files; those with a problem are left out.
// Warnings are what a reader should look at: a sector, attack, data type, theme
// or other word that the library does not know is taken, with a warning. All
// problems are returned at once, in file order, each with its place; root is
// put in front of the file names.
func ReadCases(fsys fs.FS, root string) (cases []*Case, warnings, problems diag.List) {
	r := &reader{seen: map[string]*Case{}}
	total := int64(0)
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		place := diag.Place{File: path.Join(root, name)}
		if err != nil {
			r.problems.Add(diag.Problem{Place: place, Want: "a readable file or folder", Got: reason(err)})
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if name != "." && strings.HasPrefix(d.Name(), ".") {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if d.IsDir() || !isCaseFile(name) {
			return nil
		}
		if !d.Type().IsRegular() {
			r.warnings.Add(diag.Problem{Place: place, Want: "a regular file", Got: "a link or a device", Hint: "it is left alone"})
			return nil
		}
		if r.files++; r.files > MaxFiles {
			r.problems.Add(diag.Problem{Place: diag.Place{File: root}, Want: fmt.Sprintf("at most %d case files", MaxFiles), Got: "more"})
			return fs.SkipAll
		}
		data, err := readFile(fsys, name)
		if err != nil {
			r.problems.Add(diag.Problem{Place: place, Want: "a readable file", Got: reason(err)})
			return nil
		}
		if total += int64(len(data)); total > MaxTotal {
			r.problems.Add(diag.Problem{Place: diag.Place{File: root}, Want: fmt.Sprintf("case files of at most %d bytes in all", MaxTotal), Got: "more"})
			return fs.SkipAll
		}
		r.read(place.File, data)
		if len(r.seen) > MaxCases {
			r.problems.Add(diag.Problem{Place: diag.Place{File: root}, Want: fmt.Sprintf("at most %d cases", MaxCases), Got: "more"})
			return fs.SkipAll
		}
		return nil
	})
	if err != nil {
		r.problems.Add(diag.Problem{Place: diag.Place{File: root}, Want: "a readable folder", Got: reason(err)})
	}
	if r.files == 0 && len(r.problems) == 0 {
		r.problems.Add(diag.Problem{Place: diag.Place{File: root}, Want: "at least one case file (.yaml, .yml or .json)", Got: "none"})
	}
	return r.cases, r.warnings, r.problems
}

// ReadCaseFile reads the cases of one file, as ReadCases does; name is the file
// in messages, and its ending says whether it is JSON.
func ReadCaseFile(name string, data []byte) (cases []*Case, warnings, problems diag.List) {
	r := &reader{seen: map[string]*Case{}}
	r.read(name, data)
	return r.cases, r.warnings, r.problems
}

// maxProblems is how many problems of one file are told.
const maxProblems = 200

func isCaseFile(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".yaml", ".yml", ".json":
		return true
	}
	return false
}

// readFile reads one byte more than a case file may have, so that a file that
// is too large is known for it and never held in memory.
func readFile(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, tree.MaxBytes+1))
}

// reason returns an error of the file system without the path, which the
// message has already.
func reason(err error) string {
	if p, ok := err.(*fs.PathError); ok {
		return p.Err.Error()
	}
	return err.Error()
}

type reader struct {
	files    int
	seen     map[string]*Case // by ID
	cases    []*Case
	warnings diag.List
	problems diag.List
}

func (r *reader) read(file string, data []byte) {
	root, problems := tree.Parse(file, data)
	if root == nil {
		r.problems = append(r.problems, problems...)
		return
	}
	nodes := []*tree.Node{root}
	switch root.Kind {
	case tree.Map:
	case tree.List:
		nodes = root.Items
	default:
		nodes = nil // said below
	}
	if len(nodes) == 0 {
		r.problems.Add(diag.Problem{Place: diag.Place{File: file, Line: 1, Col: 1}, Want: "a case, or a list of cases", Got: root.Describe()})
	}
	before := len(r.problems)
	for _, n := range nodes {
		if len(r.problems)-before >= maxProblems {
			r.problems.Add(diag.Problem{Place: diag.Place{File: file, Line: n.Line, Col: n.Col}, Want: "a file with fewer problems",
				Got: fmt.Sprintf("%d before this place", len(r.problems)-before), Hint: "what comes after it was not looked at"})
			return
		}
		if n.Kind != tree.Map {
			r.problems.Add(diag.Problem{Place: diag.Place{File: file, Line: n.Line, Col: n.Col}, Want: "a case", Got: n.Describe()})
			continue
		}
		r.one(file, n)
	}
}

func (r *reader) one(file string, n *tree.Node) {
	c := &Case{}
	d := tree.Decode(file, n, c)
	c.place = diag.Place{File: file, Line: n.Line, Col: n.Col}
	rates, _ := LoadRates() // nil, were the table broken: then no currency is warned of
	problems, warnings := check(c, d, rates)
	problems = append(d.Problems, withoutPlacesOf(d.Problems, problems)...)
	warnings.Sort()
	r.warnings = append(r.warnings, warnings...)
	if first := r.seen[c.ID]; first != nil && c.ID != "" {
		problems.Add(diag.Problem{Place: d.Place("id"), Field: "id", Want: "an id that no other case has",
			Got: diag.Quote(c.ID), Hint: "it stands in " + first.place.String() + " too"})
	} else if c.ID != "" {
		r.seen[c.ID] = c
	}
	problems.Sort()
	r.problems = append(r.problems, problems...)
	if len(problems) == 0 {
		r.cases = append(r.cases, c)
	}
}

// withoutPlacesOf leaves out what was already said of the same field: a value
// that could not be read is not missing.
func withoutPlacesOf(said, more diag.List) diag.List {
	fields := map[string]bool{}
	for _, p := range said {
		if p.Field != "" {
			fields[p.Field] = true
		}
	}
	var out diag.List
	for _, p := range more {
		if !fields[p.Field] {
			out = append(out, p)
		}
	}
	return out
}
