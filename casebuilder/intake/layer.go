package intake

import (
	"strings"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
)

// Defaults is a company file whose values fill what a unit of a batch leaves
// out, with the block "group".
type Defaults struct {
	Name  string
	Group *company.Group // nil where the file has no such block

	root  *node
	spots map[string]spot
}

// ReadDefaults reads a defaults file: a company file in which nothing but the
// schema is required. The error is a diag.List.
func ReadDefaults(name string, src []byte, opts Options) (d *Defaults, warnings diag.List, err error) {
	root, problems := parseYAML(name, src)
	if root == nil {
		return nil, nil, problems
	}
	opts.Defaults = nil
	r := newReader(root, opts)
	r.partial, r.problems = true, problems
	r.schema()
	d = &Defaults{Name: name, root: root, spots: r.spots}
	if d.Group = r.group(); d.Group != nil {
		asOf := opts.AsOf
		if asOf.IsZero() {
			asOf = opts.Today
		}
		bad, warn := company.ValidateGroup(d.Group, asOf)
		for _, p := range bad {
			if !r.known(diag.Problem{Field: p.Field}) {
				r.problems.Add(r.placed(p))
			}
		}
		for _, p := range warn {
			warnings.Add(r.placed(p))
		}
	}
	if n := root.get("company"); n != nil && n.get("unit") != nil {
		r.fail("company.unit", n.get("unit").at, "no name of a unit here", n.get("unit").what(), "each unit has its own")
	}
	_, _, err = r.finish()
	if err != nil {
		return nil, warnings, err
	}
	return d, warnings, nil
}

// layered returns a tree with what n leaves out taken from under. Blocks of
// fields, estimates and ownership are filled key by key; every other value is
// whole: a unit that has options has none of the defaults' options. Each value
// keeps its place.
func layered(n, under *node) *node { return layer("", n, under) }

func layer(path string, n, under *node) *node {
	if n == nil {
		return under
	}
	if under == nil || n.form != block || under.form != block || !fillable(path) {
		return n
	}
	out := *n
	out.entries = nil
	for _, e := range n.entries {
		e.value = layer(strings.TrimPrefix(path+"."+e.key, "."), e.value, under.get(e.key))
		out.entries = append(out.entries, e)
	}
	for _, e := range under.entries {
		if n.entry(e.key) == nil && !(path == "" && (e.key == "group" || e.key == "schema")) {
			out.entries = append(out.entries, e)
		}
	}
	return &out
}

// fillable reports whether a block is filled key by key.
func fillable(path string) bool {
	return path == "" || path == "estimates" || path == "ownership" || len(fieldTree[path]) > 0
}
