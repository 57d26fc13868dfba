package intake

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
)

// cell is one value of a table under the dotted ID of the company file.
type cell struct {
	id        string
	text      string
	number    *float64
	at        diag.Place
	byDefault bool
	broken    bool // a problem already
}

// bare is the key of a number that has parts beside it: "customers.retention"
// next to "customers.retention.low". It becomes the mode of the range, or the
// value beside a source.
const bare = "="

// treeOf makes the tree of a company file out of cells. IDs go down the blocks
// at their points; options, levels and accepted changes become lists in the
// order in which they first appear.
func treeOf(at diag.Place, cells []cell) (*node, diag.List) {
	var problems diag.List
	root := &node{form: block, at: at}
	for _, c := range cells {
		if !root.put(split(c.id), c) {
			problems.Add(diag.Problem{Place: c.at, Field: c.id, Want: "one value", Got: "a second one"})
		}
	}
	root.bares()
	if n := root.get("options"); n != nil && n.form == block {
		listOptions(n)
	}
	if n := root.get("appetite"); n != nil {
		if l := n.get("levels"); l != nil && l.form == block {
			listNumbered(l)
		}
	}
	if n := root.get("reviewed"); n != nil && n.form == block {
		listNumbered(n)
	}
	return root, problems
}

// put puts a cell below a block and reports whether its place was free.
func (n *node) put(path []string, c cell) bool {
	for _, key := range path[:len(path)-1] {
		e := n.entry(key)
		switch {
		case e == nil:
			n.entries = append(n.entries, entry{key, c.at, &node{form: block, at: c.at}})
			e = &n.entries[len(n.entries)-1]
		case e.value.form == scalar:
			e.value = &node{form: block, at: e.at, entries: []entry{{bare, e.at, e.value}}}
		}
		n = e.value
	}
	key := path[len(path)-1]
	if e := n.entry(key); e != nil {
		if e.value.form != block || e.value.get(bare) != nil {
			return false
		}
		n, key = e.value, bare
	}
	v := &node{text: c.text, number: c.number, at: c.at, cell: true, byDefault: c.byDefault}
	if c.number != nil {
		v.text = strconv.FormatFloat(*c.number, 'f', -1, 64)
	}
	if c.broken {
		v.form = broken
	}
	n.entries = append(n.entries, entry{key, c.at, v})
	return true
}

// bares names the bare numbers: mode where there is an end of a range, value
// otherwise.
func (n *node) bares() {
	for i := range n.entries {
		e := &n.entries[i]
		if e.key == bare {
			e.key = "value"
			if n.get("low") != nil || n.get("high") != nil {
				e.key = "mode"
			}
		}
		e.value.bares()
	}
}

// split cuts an ID into the keys of the file. The ID of an estimate has points
// of its own.
func split(id string) []string {
	if rest, ok := strings.CutPrefix(id, "estimates."); ok {
		if of, part := company.SplitPart(rest); part != "" {
			return []string{"estimates", of, part}
		}
		return []string{"estimates", rest}
	}
	return strings.Split(id, ".")
}

// listOptions turns options by ID into the list of the company file.
func listOptions(n *node) {
	for _, o := range n.entries {
		if o.value.form != block {
			n.items = append(n.items, o.value)
			continue
		}
		option := &node{form: block, at: o.at}
		option.entries = append(option.entries, entry{"id", o.at, &node{text: o.key, at: o.at, cell: true}})
		initiatives := &node{form: list, at: o.at}
		for _, e := range o.value.entries {
			if e.value.form != block {
				option.entries = append(option.entries, e)
				continue
			}
			i := e.value
			i.entries = slices.Insert(i.entries, 0, entry{"id", e.at, &node{text: e.key, at: e.at, cell: true}})
			initiatives.items = append(initiatives.items, i)
		}
		if len(initiatives.items) > 0 {
			option.entries = append(option.entries, entry{"initiatives", o.at, initiatives})
		}
		n.items = append(n.items, option)
	}
	n.form, n.entries = list, nil
}

// listNumbered turns levels, or accepted changes, by number into the list of
// the company file.
func listNumbered(n *node) {
	slices.SortStableFunc(n.entries, func(a, b entry) int {
		x, _ := strconv.Atoi(a.key)
		y, _ := strconv.Atoi(b.key)
		return x - y
	})
	for _, e := range n.entries {
		n.items = append(n.items, e.value)
	}
	n.form, n.entries = list, nil
}

// columnProblem says why an ID cannot be a column of a table, or an entry; ""
// when it can. The hint says what to write.
func columnProblem(id string, rules company.Rules) (want, hint string) {
	want = "the dotted name of a value of the company file"
	if rest, ok := strings.CutPrefix(id, "estimates."); ok {
		of, _ := company.SplitPart(rest)
		if rules.Estimates == nil {
			return "", ""
		}
		if _, ok := company.FindEstimate(rules.Estimates, of); ok {
			return "", ""
		}
		var ids []string
		for _, s := range rules.Estimates {
			ids = append(ids, "estimates."+s.ID)
		}
		return "a driver or a constant of the model", nearest(id, ids)
	}
	if f := company.FieldByID(id); f != nil {
		switch {
		case f.Key() == "id":
			return want, "the ID of an option or an initiative stands in the names of its columns"
		case strings.HasPrefix(id, "appetite.levels.") && !counted(strings.Split(id, ".")[2], company.MaxLevels):
			return want, fmt.Sprintf("count the levels from 1 to %d", company.MaxLevels)
		case strings.HasPrefix(id, "reviewed.") && !counted(strings.Split(id, ".")[1], company.MaxReviewed):
			return want, fmt.Sprintf("count the accepted changes from 1 to %d", company.MaxReviewed)
		}
		return "", ""
	}
	of, part := company.SplitPart(id)
	if f := company.FieldByID(of); part != "" && f != nil && f.Kind == company.Quantity {
		if f.Ranges || part == "value" || part == "source" {
			return "", ""
		}
		return want, "it takes a plain number: " + of
	}
	var ids []string
	for _, f := range company.Fields {
		ids = append(ids, f.ID)
	}
	for _, f := range company.Fields {
		if f.Key() == id {
			return want, "did you mean " + f.ID + "?"
		}
	}
	return want, nearest(id, ids)
}

// counted reports whether a key is a number from 1 to most.
func counted(key string, most int) bool {
	n, err := strconv.Atoi(key)
	return err == nil && n >= 1 && n <= most && strconv.Itoa(n) == key
}

func nearest(s string, candidates []string) string {
	if near := diag.Nearest(s, candidates); near != "" {
		return "did you mean " + near + "?"
	}
	return ""
}
