package diff

import (
	"fmt"
	"slices"
	"strings"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/money"
)

// way leads from the entries of one profile to those of another, a change at a
// time.
type way struct {
	old, new []company.Entry
	currency string
	keys     []string // of the changes, in the order of the new profile; what is gone comes last
	taken    map[string]bool

	called      map[string]string // names of options and initiatives, by ID
	there, here map[string]bool   // options and initiatives of the old and the new profile
}

func newWay(old, new []company.Entry, currency string) *way {
	w := &way{old: old, new: new, currency: currency, taken: map[string]bool{}}
	there := map[string]bool{} // options and initiatives of the old profile
	for _, e := range old {
		for _, p := range parents(e.ID) {
			there[p] = true
		}
	}
	here := map[string]bool{}
	for _, e := range new {
		for _, p := range parents(e.ID) {
			here[p] = true
		}
	}
	w.there, w.here = there, here
	before, after := w.byKey(old), w.byKey(new)
	seen := map[string]bool{}
	for _, list := range [][]company.Entry{new, old} {
		for _, e := range list {
			k := w.key(e.ID)
			if !seen[k] && !slices.EqualFunc(before[k], after[k], equal) {
				w.keys = append(w.keys, k)
			}
			seen[k] = true
		}
	}
	return w
}

// inputs are the entries of a profile without the accepted changes, which are
// history and lead to no figure.
func inputs(p *company.Profile) []company.Entry {
	return slices.DeleteFunc(company.Flatten(p), func(e company.Entry) bool { return strings.HasPrefix(e.ID, "reviewed.") })
}

func equal(a, b company.Entry) bool {
	return a.ID == b.ID && a.Number == b.Number && a.Text == b.Text
}

func (w *way) byKey(list []company.Entry) map[string][]company.Entry {
	m := map[string][]company.Entry{}
	for _, e := range list {
		k := w.key(e.ID)
		m[k] = append(m[k], e)
	}
	return m
}

// parents are the option and the initiative that an entry belongs to.
func parents(id string) []string {
	parts := strings.Split(id, ".")
	if parts[0] != "options" || len(parts) < 3 {
		return nil
	}
	out := []string{strings.Join(parts[:2], ".")}
	if len(parts) > 3 {
		out = append(out, strings.Join(parts[:3], "."))
	}
	return out
}

// key names the change that an entry belongs to: a number with its range, a
// whole option or initiative that is new or gone, the appetite, who owns a
// line.
func (w *way) key(id string) string {
	for _, p := range parents(id) {
		if w.there[p] != w.here[p] {
			return p
		}
	}
	parts := strings.Split(id, ".")
	switch {
	case parts[0] == "appetite":
		return "appetite"
	case parts[0] == "ownership" && len(parts) > 2:
		return strings.Join(parts[:2], ".")
	}
	of, _ := company.SplitPart(id)
	return of
}

// entries are those of the old profile with the changes that are taken.
func (w *way) entries() []company.Entry {
	changed := map[string]bool{}
	for _, k := range w.keys {
		changed[k] = true
	}
	before := w.byKey(w.old)
	var out []company.Entry
	done := map[string]bool{}
	for _, e := range w.new {
		k := w.key(e.ID)
		switch {
		case !changed[k] || w.taken[k]:
			out = append(out, e)
		case !done[k]:
			out = append(out, before[k]...)
		}
		done[k] = true
	}
	for _, e := range w.old {
		if k := w.key(e.ID); !done[k] && !w.taken[k] {
			out = append(out, e)
		}
	}
	return out
}

// words say what changes: "78%" to "80%".
func (w *way) words(keys []string) (from, to string) {
	if len(keys) > 1 {
		return "", ""
	}
	cur, _ := money.LookUp(w.currency)
	say := func(list []company.Entry) string {
		entries := w.byKey(list)[keys[0]]
		if strings.HasPrefix(keys[0], "options.") && w.there[keys[0]] != w.here[keys[0]] {
			if len(entries) == 0 {
				return "not there"
			}
			return "there"
		}
		var parts []string
		for _, e := range entries {
			s := e.Text
			if e.Kind == company.Quantity {
				s = money.English.Format(unitOfEntry(e), cur).Measured().Number(e.Number)
			}
			_, part := company.SplitPart(e.ID)
			switch {
			case part == "source":
				continue
			case part == "mode":
				s = "mode " + s
			case len(entries) > 3 && part == "":
				s = strings.TrimPrefix(e.ID, keys[0]+".") + " " + s
			}
			parts = append(parts, s)
		}
		if len(parts) == 0 {
			return "nothing"
		}
		return strings.Join(parts, ", ")
	}
	return say(w.old), say(w.new)
}

// unitOfEntry is the unit of a number; chances have none of their own.
func unitOfEntry(e company.Entry) string {
	of, _ := company.SplitPart(e.ID)
	if e.Unit == "" && (strings.HasSuffix(of, "probability") || strings.HasPrefix(of, "estimates.") && e.Number > 0 && e.Number < 1) {
		return "share"
	}
	return e.Unit
}

// names notes what options and initiatives are called, the new name first.
func (w *way) names(old, new *company.Profile) {
	w.called = map[string]string{}
	for _, p := range []*company.Profile{old, new} {
		for _, o := range p.Options {
			at := "options." + o.ID
			w.called[at] = o.Name
			for _, i := range o.Initiatives {
				w.called[at+"."+i.ID] = i.Name
			}
		}
	}
}

// what names changes for people.
func (w *way) what(keys []string) string {
	if n := len(keys); n > 3 {
		return w.what(keys[:3]) + fmt.Sprintf(" and %d more inputs", n-3)
	}
	var out []string
	for _, k := range keys {
		out = append(out, w.label(k))
	}
	return strings.Join(out, ", ")
}

func (w *way) label(key string) string {
	parts := strings.Split(key, ".")
	lower := func(s string) string { return strings.ToLower(s[:1]) + s[1:] }
	words := func(s string) string { return strings.ReplaceAll(s, "_", " ") }
	switch {
	case parts[0] == "options" && len(parts) == 2:
		return "option " + w.called[key]
	case parts[0] == "options" && len(parts) == 3 && w.called[key] != "":
		return w.called["options."+parts[1]] + ": initiative " + w.called[key]
	case parts[0] == "options":
		of := w.called["options."+parts[1]]
		if len(parts) > 3 {
			of += ": " + w.called[strings.Join(parts[:3], ".")]
		}
		if len(parts) == 5 && parts[3] == "cuts" {
			return of + ", cut of " + words(parts[4])
		}
		return of + ", " + words(parts[len(parts)-1])
	case key == "appetite":
		return "appetite"
	case parts[0] == "estimates":
		return "own estimate of " + words(strings.Join(parts[1:], "."))
	case parts[0] == "ownership" && len(parts) == 2:
		return "who carries " + words(parts[1])
	}
	if f := company.FieldByID(key); f != nil && f.Label != "" {
		return lower(f.Label)
	}
	return key
}
