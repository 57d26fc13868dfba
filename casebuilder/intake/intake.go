package intake

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"

	"github.com/xuri/excelize/v2"
)

// Options is what reading needs to know beside the file.
type Options struct {
	Today    company.Date  // the as-of date where the file has none
	AsOf     company.Date  // beats the file's, where it is set
	Rules    company.Rules // what values are checked against
	Defaults *Defaults     // fills what the file leaves out; may be nil
}

// Schema is the version of the company file.
const Schema = "1"

// Company reads a company file. The error is a diag.List of every problem, in
// the order of the file; the profile is nil then. Warnings are for the reader
// to look at, and come with a profile as well as without.
func Company(name string, src []byte, opts Options) (p *company.Profile, warnings diag.List, err error) {
	root, problems := parseYAML(name, src)
	if root == nil {
		return nil, nil, problems
	}
	r := newReader(root, opts)
	r.problems = problems
	r.schema()
	return r.finish()
}

// Unflatten puts a profile together from the entries that company.Flatten made
// of it, or that a reviewed workbook holds. Problems name the file, and the
// place that at gives for the index of an entry; at may be nil.
func Unflatten(file string, entries []company.Entry, at func(i int) diag.Place, opts Options) (p *company.Profile, warnings diag.List, err error) {
	cells := make([]cell, len(entries))
	for i, e := range entries {
		c := cell{id: e.ID, text: e.Text, at: diag.Place{File: file}, byDefault: e.Default}
		if e.Kind == company.Quantity {
			c.number = &e.Number
		}
		if at != nil {
			c.at = at(i)
		}
		cells[i] = c
	}
	root, problems := treeOf(diag.Place{File: file}, cells)
	r := newReader(root, opts)
	r.problems = problems
	return r.finish()
}

// maxProblems bounds the problems that are told at once.
const maxProblems = 500

// spot is where the value of an ID stands, and how it was written.
type spot struct {
	at   diag.Place
	text string // quoted, for a message; "" for blocks and lists
}

// reader makes a profile of a tree.
type reader struct {
	opts     Options
	root     *node
	p        *company.Profile
	problems diag.List
	partial  bool            // a defaults file: what is required may be missing
	spots    map[string]spot // by ID
	blank    map[string]diag.Place
	failed   map[string]bool // IDs that have a problem already
}

func newReader(root *node, opts Options) *reader {
	if opts.Defaults != nil {
		root = layered(root, opts.Defaults.root)
	}
	return &reader{opts: opts, root: root, p: company.New(opts.Today), spots: map[string]spot{}, failed: map[string]bool{}}
}

// note remembers where a value stands.
func (r *reader) note(id string, at diag.Place, n *node) {
	s := spot{at: at}
	if n.form == scalar {
		s = spot{n.at, diag.Quote(n.text)}
	}
	r.spots[id] = s
}

// fail adds a problem with a place of its own.
func (r *reader) fail(id string, at diag.Place, want, got, hint string) {
	r.failed[id] = true
	if got == "" { // of a broken node, which has its problem
		return
	}
	r.problems.Add(diag.Problem{Place: at, Field: id, Want: want, Got: got, Hint: hint})
}

// finish checks the whole profile and returns it, or all its problems.
func (r *reader) finish() (*company.Profile, diag.List, error) {
	r.profile()
	problems, warnings := company.Validate(r.p, r.opts.Rules)
	for _, p := range problems {
		if !r.known(p) {
			r.problems.Add(r.placed(p))
		}
	}
	for i := range warnings {
		warnings[i] = r.placed(warnings[i])
	}
	inOrder(r.problems)
	inOrder(warnings)
	if more := len(r.problems) - maxProblems; more > 0 {
		last := r.problems[maxProblems-1]
		r.problems = append(r.problems[:maxProblems], diag.Problem{Place: last.Place, Want: "a file with fewer problems", Got: fmt.Sprintf("%d more after this one", more)})
	}
	if err := r.problems.Err(); err != nil {
		return nil, warnings, err
	}
	return r.p, warnings, nil
}

// known reports whether a problem says again what was said while reading, or
// what a defaults file need not have.
func (r *reader) known(p diag.Problem) bool {
	if r.partial && p.Got == company.Nothing && !strings.HasPrefix(p.Field, "options.") && company.FieldByID(p.Field) != nil {
		return true
	}
	for id := range r.failed {
		if id == p.Field || strings.HasPrefix(id, p.Field+".") || strings.HasPrefix(p.Field, id+".") {
			return true
		}
	}
	return false
}

// placed gives a problem of the profile its place in the file and the user's
// own writing. What is missing stands at its block, or at the top.
func (r *reader) placed(p diag.Problem) diag.Problem {
	if at, ok := r.blank[p.Field]; ok && p.Got == company.Nothing {
		p.Place, p.Got = at, "an empty cell"
		return p
	}
	for id := p.Field; ; {
		if s, ok := r.spots[id]; ok {
			p.Place = s.at
			if id == p.Field && s.text != "" {
				p.Got = s.text
			}
			return p
		}
		i := strings.LastIndexByte(id, '.')
		if i < 0 {
			p.Place = r.root.at
			return p
		}
		id = id[:i]
	}
}

// schema checks the version of the format.
func (r *reader) schema() {
	const want = "1, the version of the file format"
	switch n := r.root.get("schema"); {
	case n == nil:
		r.fail("schema", r.root.at, want, company.Nothing, "write schema: 1 as the first line")
	case n.form != scalar || n.text != Schema:
		r.fail("schema", n.at, want, n.what(), "this program reads version 1")
	}
}

// profile reads the whole tree.
func (r *reader) profile() {
	r.keys("", r.root)
	for i := range company.Fields {
		f := &company.Fields[i]
		if e := r.find(f.ID); e != nil {
			r.field(f, e)
		}
	}
	r.blocks()
	r.estimates()
	if e := r.root.entry("appetite"); e != nil {
		r.note("appetite", e.at, e.value)
		r.p.Appetite = r.appetite("appetite", e)
	}
	r.options()
	r.ownership()
	if e := r.root.entry("replay"); e != nil {
		r.p.Replay = r.texts("replay", e)
	}
	r.reviewed()
	if !r.opts.AsOf.IsZero() {
		r.p.Company.AsOf = r.opts.AsOf
	}
}

// find returns the entry of a dotted ID in the tree, noting the blocks on the
// way, or nil.
func (r *reader) find(id string) *entry {
	n, path := r.root, ""
	for {
		key, rest, more := strings.Cut(id, ".")
		e := n.entry(key)
		if e == nil {
			return nil
		}
		path += key
		if !more {
			return e
		}
		if _, ok := r.spots[path]; !ok {
			r.note(path, e.at, e.value)
			if e.value.form != block {
				r.fail(path, e.value.at, "a block of keys: "+strings.Join(fieldTree[path], ", "), e.value.what(), "")
			}
		}
		n, id, path = e.value, rest, path+"."
	}
}

// blocks adds one problem for each section with required fields that is not
// there at all, in place of one for each field.
func (r *reader) blocks() {
	for _, section := range fieldTree[""] {
		e := r.root.entry(section)
		if e != nil || r.partial {
			continue
		}
		var needed []string
		blanks := false
		for i := range company.Fields {
			f := &company.Fields[i]
			if strings.HasPrefix(f.ID, section+".") && f.Needed != "" {
				needed = append(needed, f.Key())
				_, blank := r.blank[f.ID]
				blanks = blanks || blank
			}
		}
		if len(needed) > 0 && !blanks {
			r.fail(section, r.root.at, "a block with "+strings.Join(needed, ", "), company.Nothing, hintInit)
		}
	}
}

// field reads the value of one field into the profile.
func (r *reader) field(f *company.Field, e *entry) {
	r.note(f.ID, e.at, e.value)
	switch f.Kind {
	case company.Quantity:
		*f.Number(r.p) = r.number(f.ID, e, f.Want, f.Read)
	case company.Text, company.Word:
		*f.Text(r.p) = r.text(f.ID, e, f.Want)
	case company.Words, company.Texts:
		*f.List(r.p) = r.texts(f.ID, e)
	case company.Bool:
		*f.Flag(r.p) = r.flag(f.ID, e, f.Want)
	case company.Day:
		if d := r.day(f.ID, e, f.Want); !d.IsZero() {
			*f.Day(r.p) = d
		}
	}
}

// fieldTree holds the keys under each block of Fields, in order: "" has
// company, customers …; "marketing" has budget, …, share_keys.
var fieldTree = func() map[string][]string {
	m := map[string][]string{}
	seen := map[string]bool{}
	for _, f := range company.Fields {
		for id := f.ID; id != "" && !seen[id]; {
			seen[id] = true
			parent, key := "", id
			if i := strings.LastIndexByte(id, '.'); i >= 0 {
				parent, key = id[:i], id[i+1:]
			}
			m[parent] = append(m[parent], key)
			id = parent
		}
	}
	return m
}()

// topKeys are the keys of a company file, in order.
var topKeys = []string{"schema", "company", "customers", "economics", "marketing", "staffing", "security",
	"estimates", "appetite", "options", "ownership", "replay", "reviewed", "paper"}

// keys checks the keys of the blocks of Fields, from path down: each known, and
// each once.
func (r *reader) keys(path string, n *node) {
	known := fieldTree[path]
	if path == "" {
		known = topKeys
		if r.partial {
			known = slices.DeleteFunc(append([]string{"group"}, topKeys...), func(key string) bool { return key == "reviewed" }) // each unit has its own
		}
	}
	r.checkKeys(path, n, known)
	for _, e := range n.entries {
		id := strings.TrimPrefix(path+"."+e.key, ".")
		if len(fieldTree[id]) > 0 && e.value.form == block {
			r.keys(id, e.value)
		}
	}
}

// checkKeys adds a problem for each key of a block that is not known, or there
// twice.
func (r *reader) checkKeys(path string, n *node, known []string) {
	first, have := map[string]diag.Place{}, map[string]bool{}
	for _, e := range n.entries {
		have[e.key] = true
	}
	for _, e := range n.entries {
		id := strings.TrimPrefix(path+"."+e.key, ".")
		if at, ok := first[e.key]; ok {
			r.problems.Add(diag.Problem{Place: e.at, Field: id, Want: "each key once", Got: diag.Quote(e.key) + " again",
				Hint: fmt.Sprintf("it stands in line %d already", at.Line)})
			continue
		}
		first[e.key] = e.at
		if slices.Contains(known, e.key) {
			continue
		}
		near := ""
		if len(r.problems) < maxHints {
			near = diag.Nearest(e.key, known)
		}
		if near != "" && !have[near] {
			r.failed[strings.TrimPrefix(path+"."+near, ".")] = true // one problem, not two
		}
		r.problems.Add(diag.Problem{Place: e.at, Field: path, Want: "a known key", Got: diag.Quote(e.key), Hint: keyHint(path, e, near, known)})
	}
}

// maxHints bounds the problems with a "did you mean", which takes time to find.
const maxHints = 200

// keyHint says what to do about a key that is not known.
func keyHint(path string, e entry, near string, known []string) string {
	if near != "" {
		return "did you mean " + near + "?"
	}
	if e.key != "" && strings.Trim(e.key, "0123456789") == "" {
		return "inside { } a comma separates: write 1200000 or 1.2M, or put quotes around the number"
	}
	if path == "" && e.key == "group" {
		return "group belongs in the file of defaults of a batch"
	}
	for _, f := range company.Fields {
		if f.Key() == e.key {
			return "it belongs under " + strings.TrimSuffix(f.ID, "."+e.key)
		}
	}
	return "the keys here are " + strings.Join(known, ", ")
}

// inOrder puts problems in the order in which a reader meets them. Those of a
// workbook go by row and column.
func inOrder(list diag.List) {
	slices.SortStableFunc(list, func(a, b diag.Problem) int {
		ac, ar, _ := excelize.CellNameToCoordinates(a.Place.Cell)
		bc, br, _ := excelize.CellNameToCoordinates(b.Place.Cell)
		return cmp.Or(cmp.Compare(ar, br), cmp.Compare(ac, bc))
	})
	list.Sort()
}
