package intake

import (
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
)

// Units are the business units of a batch: the rows of a table, or the files of
// a folder. Each is read when it is asked for, so that a batch holds few
// profiles at a time.
type Units struct {
	opts  Options
	units []raw
}

// raw is a unit that is not read yet.
type raw struct {
	name  string     // company.unit, "" where it has none
	at    diag.Place // of its row or file
	row   func() (root *node, blank map[string]diag.Place, problems diag.List)
	other *diag.Place // where another unit of this name stands
	yaml  bool
}

// Unit is one unit of a batch, read or refused.
type Unit struct {
	Name     string           // company.unit, "" where it has none
	Place    diag.Place       // of its row or file
	Profile  *company.Profile // nil where there are problems
	Warnings diag.List
	Problems diag.List
}

// Len returns the number of units, refused ones included.
func (u *Units) Len() int { return len(u.units) }

// Name returns the name of a unit, "" where it has none.
func (u *Units) Name(i int) string { return u.units[i].name }

// Place returns the row or the file of a unit.
func (u *Units) Place(i int) diag.Place { return u.units[i].at }

// Unit reads a unit. Calls may run at the same time.
func (u *Units) Unit(i int) Unit {
	raw := u.units[i]
	out := Unit{Name: raw.name, Place: raw.at}
	root, blank, problems := raw.row()
	if root == nil {
		out.Problems = problems
		return out
	}
	r := newReader(root, u.opts)
	r.problems, r.blank = problems, blank
	if raw.yaml {
		r.schema()
	}
	if n := root.get("company"); (n == nil || n.get("unit") == nil) && raw.name == "" {
		at, got := raw.at, company.Nothing
		if b, ok := blank["company.unit"]; ok {
			at, got = b, "an empty cell"
		}
		r.fail("company.unit", at, "a name", got, "needed because it names the unit's folder and papers")
	}
	if raw.other != nil {
		at := raw.at
		if n := root.get("company").get("unit"); n != nil {
			at = n.at
		}
		r.fail("company.unit", at, "a name that no other unit has", diag.Quote(raw.name), "it stands at "+raw.other.String()+" as well; both are refused")
	}
	var err error
	out.Profile, out.Warnings, err = r.finish()
	if err != nil {
		out.Problems = r.problems
	}
	return out
}

// twins finds units of one name. Names that differ in letter case or in spaces
// only are one name.
func (u *Units) twins() {
	first := map[string]int{}
	for i := range u.units {
		raw := &u.units[i]
		key := strings.ToLower(strings.Join(strings.Fields(raw.name), " "))
		if key == "" {
			continue
		}
		if k, ok := first[key]; ok {
			raw.other = &u.units[k].at
			if u.units[k].other == nil {
				u.units[k].other = &raw.at
			}
			continue
		}
		first[key] = i
	}
}

// shared checks that the shared programmes of the defaults name units that are
// there.
func (u *Units) shared() error {
	if u.opts.Defaults == nil || u.opts.Defaults.Group == nil {
		return nil
	}
	var problems diag.List
	var names []string
	for i := range u.units {
		names = append(names, u.units[i].name)
	}
	for i, s := range u.opts.Defaults.Group.Shared {
		for k, name := range s.Units {
			if slices.Contains(names, name) {
				continue
			}
			id := element(element("group.shared_programmes", i)+".units", k)
			problems.Add(diag.Problem{Place: u.opts.Defaults.spots[id].at, Field: id, Want: "a unit of this batch",
				Got: diag.Quote(name), Hint: nearest(name, names)})
		}
	}
	return problems.Err()
}

// maxUnits bounds the rows of a table and the files of a folder.
const maxUnits = 100_000

// UnitsFolder returns the company files (.yaml, .yml) of a folder, by name. The
// files of folders inside it are not read. The error is a diag.List, or that
// of fsys.
func UnitsFolder(name string, fsys fs.FS, opts Options) (*Units, error) {
	files, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	u := &Units{opts: opts}
	for _, f := range files {
		ext := strings.ToLower(path.Ext(f.Name()))
		if f.IsDir() || ext != ".yaml" && ext != ".yml" || strings.HasPrefix(f.Name(), ".") {
			continue
		}
		place := diag.Place{File: path.Join(name, f.Name())}
		raw := raw{at: place, yaml: true, row: func() (*node, map[string]diag.Place, diag.List) {
			src, err := readFile(fsys, f.Name())
			if err != nil {
				return nil, nil, diag.List{{Place: place, Want: "a company file", Got: "a file that cannot be read: " + diag.Printable(err.Error())}}
			}
			root, problems := parseYAML(place.File, src)
			return root, nil, problems
		}}
		root, _, _ := raw.row()
		raw.name = scalarOf(root.get("company"), "unit")
		u.units = append(u.units, raw)
		if len(u.units) > maxUnits {
			return nil, tooMany(place, "files")
		}
	}
	if len(u.units) == 0 {
		return nil, diag.List{{Place: diag.Place{File: name}, Want: "company files, .yaml, one a unit", Got: "none in this folder"}}
	}
	u.twins()
	return u, u.shared()
}

// readFile reads a file up to just over the limit of a company file.
func readFile(fsys fs.FS, name string) ([]byte, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readLimited(f, MaxFile)
}

func tooMany(at diag.Place, what string) diag.List {
	return diag.List{{Place: at, Want: fmt.Sprintf("at most %d %s", maxUnits, what), Got: "more"}}
}
