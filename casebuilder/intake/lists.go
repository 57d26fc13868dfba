package intake

import (
	"fmt"
	"slices"
	"strings"

	"casebuilder/casebuilder/company"
)

// element is the ID of an element of a list, counted from 1.
func element(id string, i int) string { return fmt.Sprintf("%s.%d", id, i+1) }

// estimates reads the block of that name, in its order.
func (r *reader) estimates() {
	e := r.block(r.root, "", "estimates")
	if e == nil {
		return
	}
	r.checkKeys("estimates", e.value, keysOf(e.value)) // each once; Validate knows the IDs
	seen := map[string]bool{}
	for i := range e.value.entries {
		x := &e.value.entries[i]
		if seen[x.key] {
			continue
		}
		seen[x.key] = true
		id := "estimates." + x.key
		r.note(id, x.at, x.value)
		spec, ok := company.FindEstimate(r.opts.Rules.Estimates, x.key)
		if !ok {
			if r.opts.Rules.Estimates != nil {
				r.p.Estimates = append(r.p.Estimates, company.Estimate{ID: x.key})
				r.spots[id] = spot{at: x.at}
				continue
			}
			spec.Unit = "share" // not known: with % or without
		}
		n := r.number(id, x, "a number, or low and high", spec.Read)
		r.p.Estimates = append(r.p.Estimates, company.Estimate{ID: x.key, Number: n})
	}
}

// block returns the entry of a block under a key, or nil.
func (r *reader) block(parent *node, path, key string) *entry {
	e := parent.entry(key)
	if e == nil {
		return nil
	}
	id := strings.TrimPrefix(path+"."+key, ".")
	r.note(id, e.at, e.value)
	if e.value.form != block {
		hint := ""
		if e.value.form == empty {
			hint = hintEmpty
		}
		r.fail(id, e.value.at, "a block of keys", e.value.what(), hint)
		return nil
	}
	return e
}

// elements returns the elements of a list under a key that are blocks.
func (r *reader) elements(id string, e *entry) []*node {
	n := e.value
	r.note(id, e.at, n)
	if n.form != list {
		hint := "write each element after a dash"
		if n.form == empty {
			hint = hintEmpty
		}
		r.fail(id, n.at, "a list", n.what(), hint)
		return nil
	}
	var out []*node
	for i, item := range n.items {
		at := element(id, i)
		r.note(at, item.at, item)
		if item.form != block {
			r.fail(at, item.at, "a block of keys", item.what(), "")
			continue
		}
		out = append(out, item)
	}
	return out
}

func keysOf(n *node) []string {
	var keys []string
	for _, e := range n.entries {
		keys = append(keys, e.key)
	}
	return keys
}

// appetite reads the block of that name, of a company or of a group.
func (r *reader) appetite(id string, e *entry) company.Appetite {
	var a company.Appetite
	if e.value.form != block {
		r.fail(id, e.value.at, "a block with levels", e.value.what(), "")
		return a
	}
	r.checkKeys(id, e.value, []string{"approved", "levels"})
	if d := e.value.entry("approved"); d != nil {
		a.Approved = r.day(id+".approved", d, "a date such as 2026-05-14")
	}
	l := e.value.entry("levels")
	if l == nil {
		return a
	}
	for i, item := range r.elements(id+".levels", l) {
		at := element(id+".levels", i)
		r.checkKeys(at, item, []string{"loss", "chance"})
		a.Levels = append(a.Levels, company.Level{
			Loss:   r.part(at, item, "loss", company.FieldByID("appetite.levels.*.loss")),
			Chance: r.part(at, item, "chance", company.FieldByID("appetite.levels.*.chance")),
		})
	}
	return a
}

// part reads a number under a key of a block; the key may be missing.
func (r *reader) part(path string, n *node, key string, f *company.Field) company.Number {
	e := n.entry(key)
	if e == nil {
		return company.Number{}
	}
	r.note(path+"."+key, e.at, e.value)
	return r.number(path+"."+key, e, f.Want, f.Read)
}

// The keys of an option and of an initiative, in order.
var (
	optionKeys     = []string{"id", "name", "initiatives", "not_valued"}
	initiativeKeys = append([]string{"id"}, append(partKeys(), "cuts")...)
)

func partKeys() []string {
	var keys []string
	var i company.Initiative
	for k := range company.ListFields {
		f := &company.ListFields[k]
		if f.InitiativeNumber(&i) != nil || f.InitiativeText(&i) != nil {
			keys = append(keys, f.Key())
		}
	}
	return keys
}

// options reads the list of that name.
func (r *reader) options() {
	e := r.root.entry("options")
	if e == nil {
		return
	}
	items := r.elements("options", e)
	for i, item := range items {
		o := company.Option{ID: scalarOf(item, "id"), Name: scalarOf(item, "name")}
		at := "options." + o.ID
		if o.ID == "" {
			at = element("options", i)
		}
		r.note(at, item.at, item)
		r.checkKeys(at, item, optionKeys)
		r.named(at, item)
		if l := item.entry("not_valued"); l != nil {
			o.NotValued = r.texts(at+".not_valued", l)
		}
		if l := item.entry("initiatives"); l != nil {
			r.initiatives(at, &o, l)
		}
		r.p.Options = append(r.p.Options, o)
	}
}

// named checks that the ID and the name of a block, where given, are texts, and
// notes their places.
func (r *reader) named(at string, n *node) {
	for _, key := range []string{"id", "name"} {
		if e := n.entry(key); e != nil {
			r.text(at+"."+key, e, "a name")
		}
	}
}

// scalarOf returns the text under a key, "" where there is none.
func scalarOf(n *node, key string) string {
	if v := n.get(key); v != nil && v.form == scalar {
		return strings.TrimSpace(v.text)
	}
	return ""
}

func (r *reader) initiatives(at string, o *company.Option, e *entry) {
	items := r.elements(at+".initiatives", e)
	for _, item := range items {
		i := company.NewInitiative()
		i.ID, i.Name = scalarOf(item, "id"), scalarOf(item, "name")
		o.Initiatives = append(o.Initiatives, i)
	}
	if len(items) > company.MaxInitiatives {
		return // Validate says so
	}
	o.NameInitiatives()
	for k, item := range items {
		i := &o.Initiatives[k]
		id := at + "." + i.ID
		r.note(id, item.at, item)
		r.checkKeys(id, item, initiativeKeys)
		r.named(id, item)
		for j := range company.ListFields {
			f := &company.ListFields[j]
			e := item.entry(f.Key())
			if e == nil || f.Key() == "name" {
				continue
			}
			if n := f.InitiativeNumber(i); n != nil {
				*n = r.part(id, item, f.Key(), f)
			} else if s := f.InitiativeText(i); s != nil {
				*s = r.text(id+"."+f.Key(), e, f.Want)
			}
		}
		if c := r.block(item, id, "cuts"); c != nil {
			i.Cuts = r.cuts(id+".cuts", c.value)
		}
	}
}

// cuts reads what an initiative lowers, into the order of company.CutTargets.
func (r *reader) cuts(path string, n *node) company.Cuts {
	f := company.FieldByID("options.*.*.cuts.*.low")
	r.checkKeys(path, n, append([]string{company.EventRate}, company.CutTargets...))
	var cuts company.Cuts
	for i := range n.entries {
		e := &n.entries[i]
		target := e.key
		if target == company.EventRate {
			target = company.EventProbability
		}
		if !slices.Contains(company.CutTargets, target) {
			continue
		}
		id := path + "." + target
		if slices.ContainsFunc(cuts, func(c company.Cut) bool { return c.Target == target }) {
			if target != e.key || n.entry(company.EventRate) != nil && n.entry(company.EventProbability) != nil {
				r.fail(id, e.at, "event_rate or event_probability", "both", "they are two names of one target: leave one out")
			}
			continue
		}
		r.note(id, e.at, e.value)
		if e.value.form == scalar {
			r.fail(id, e.value.at, "low, mode and high", e.value.what(), "an effect is known only as a range: write {low: 0%, mode: 20%, high: 35%}")
			continue
		}
		cuts = append(cuts, company.Cut{Target: target, Number: r.number(id, e, f.Want, f.Read)})
	}
	slices.SortStableFunc(cuts, func(a, b company.Cut) int {
		return slices.Index(company.CutTargets, a.Target) - slices.Index(company.CutTargets, b.Target)
	})
	return cuts
}

// ownership reads the block of that name, in its order.
func (r *reader) ownership() {
	e := r.block(r.root, "", "ownership")
	if e == nil {
		return
	}
	r.checkKeys("ownership", e.value, keysOf(e.value))
	seen := map[string]bool{}
	for i := range e.value.entries {
		x := &e.value.entries[i]
		id := "ownership." + x.key
		if seen[x.key] {
			continue
		}
		seen[x.key] = true
		r.note(id, x.at, x.value)
		if x.value.form != block {
			r.fail(id, x.value.at, "a block of owners and a reason", x.value.what(), "write {marketing: 50%, operations: 50%, reason: shared shop}")
			continue
		}
		r.p.Ownership = append(r.p.Ownership, r.owner(id, x))
	}
}

func (r *reader) owner(id string, x *entry) company.Ownership {
	f := company.FieldByID("ownership.*.*")
	o := company.Ownership{Line: x.key}
	r.checkKeys(id, x.value, keysOf(x.value))
	seen := map[string]bool{}
	for i := range x.value.entries {
		s := &x.value.entries[i]
		switch {
		case seen[s.key]:
		case s.key == "reason":
			o.Reason = r.text(id+".reason", s, "a line of text")
		case !slices.Contains(company.OwnerNames, s.key): // Validate says so, at the key
			o.Shares = append(o.Shares, company.OwnerShare{Owner: s.key})
			r.spots[id+"."+s.key] = spot{at: s.at}
		default:
			o.Shares = append(o.Shares, company.OwnerShare{Owner: s.key, Share: r.part(id, x.value, s.key, f)})
		}
		seen[s.key] = true
	}
	return o
}

// group reads the block of that name of a defaults file.
func (r *reader) group() *company.Group {
	e := r.block(r.root, "", "group")
	if e == nil {
		return nil
	}
	n, g := e.value, &company.Group{}
	r.checkKeys("group", n, []string{"name", "currency", "rates", "appetite", "shared_programmes"})
	if x := n.entry("name"); x != nil {
		g.Name = r.text("group.name", x, "a name")
	}
	if x := n.entry("currency"); x != nil {
		g.Currency = r.text("group.currency", x, "a currency code of three letters, such as GBP")
	}
	if x := n.entry("appetite"); x != nil {
		r.note("group.appetite", x.at, x.value)
		g.Appetite = r.appetite("group.appetite", x)
	}
	if x := r.block(n, "group", "rates"); x != nil {
		r.checkKeys("group.rates", x.value, keysOf(x.value))
		for i := range x.value.entries {
			g.Rates = append(g.Rates, r.rate(&x.value.entries[i]))
		}
	}
	if x := n.entry("shared_programmes"); x != nil {
		for i, item := range r.elements("group.shared_programmes", x) {
			g.Shared = append(g.Shared, r.shared(element("group.shared_programmes", i), item))
		}
	}
	return g
}

func (r *reader) rate(e *entry) company.Rate {
	id := "group.rates." + e.key
	out := company.Rate{Currency: e.key}
	r.note(id, e.at, e.value)
	if e.value.form != block {
		r.fail(id, e.value.at, "a block with per_usd, date and source", e.value.what(), "")
		return out
	}
	r.checkKeys(id, e.value, []string{"per_usd", "date", "source"})
	out.PerUSD = r.part(id, e.value, "per_usd", company.FieldByID("company.per_usd"))
	if d := e.value.entry("date"); d != nil {
		out.Date = r.day(id+".date", d, "a date such as 2026-12-31")
	}
	if s := e.value.entry("source"); s != nil {
		out.Source = r.text(id+".source", s, "a line of text")
	}
	return out
}

func (r *reader) shared(id string, n *node) company.Shared {
	cost := company.FieldByID("options.*.*.one_off")
	yearly := company.FieldByID("options.*.*.per_year")
	s := company.Shared{OneOff: company.Number{Set: true}, PerYear: company.Number{Set: true}}
	r.checkKeys(id, n, []string{"name", "one_off", "per_year", "cuts", "units", "key"})
	if e := n.entry("name"); e != nil {
		s.Name = r.text(id+".name", e, "a name")
	}
	if n.get("one_off") != nil {
		s.OneOff = r.part(id, n, "one_off", cost)
	}
	if n.get("per_year") != nil {
		s.PerYear = r.part(id, n, "per_year", yearly)
	}
	if e := n.entry("key"); e != nil {
		s.Key = r.text(id+".key", e, "one of "+strings.Join(company.SharedKeys, ", "))
	}
	if e := r.block(n, id, "cuts"); e != nil {
		s.Cuts = r.cuts(id+".cuts", e.value)
	}
	if e := n.entry("units"); e != nil {
		if e.value.form == scalar && e.value.text == "all" {
			return s
		}
		s.Units = r.texts(id+".units", e)
	} else {
		r.fail(id+".units", n.at, "the units that it protects", company.Nothing, "write all, or a list of names of units")
	}
	return s
}
