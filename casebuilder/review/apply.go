package review

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/workbook"
)

// group is the edits of one number, switch, driver or loss line: one change.
type group struct {
	of    string
	kind  kind
	edits []*found
}

// groups gathers edits by what they change, in the order of the sheets.
func groups(edits []*found) []*group {
	var out []*group
	for _, e := range edits {
		i := slices.IndexFunc(out, func(g *group) bool { return g.of == e.of })
		if i < 0 {
			out = append(out, &group{of: e.of, kind: e.kind})
			i = len(out) - 1
		}
		out[i].edits = append(out[i].edits, e)
	}
	return out
}

// values are the entries of a profile that changes are put into.
type values struct {
	entries []company.Entry
	at      map[string]diag.Place // of what came from the workbook
	edits   map[string]*found     // by entry
}

func (v *values) index(id string) int {
	return slices.IndexFunc(v.entries, func(e company.Entry) bool { return e.ID == id })
}

func (v *values) get(id string) (company.Entry, bool) {
	if i := v.index(id); i >= 0 {
		return v.entries[i], true
	}
	return company.Entry{}, false
}

// set puts an entry in its place, or behind the last of those whose ID begins
// with after.
func (v *values) set(e company.Entry, after string, from *found) {
	if from != nil {
		v.edits[e.ID] = from
		v.at[e.ID] = from.cell()
	}
	if i := v.index(e.ID); i >= 0 {
		v.entries[i] = e
		return
	}
	at := len(v.entries)
	for i := range v.entries {
		if id := v.entries[i].ID; id == after || strings.HasPrefix(id, after+".") {
			at = i + 1
		}
	}
	v.entries = slices.Insert(v.entries, at, e)
}

// replace puts entries in the place of all parts of an estimate, or behind the
// last of the estimates.
func (v *values) replace(id string, with []company.Entry) {
	at, last := -1, len(v.entries)
	var rest []company.Entry
	for _, e := range v.entries {
		of, _ := company.SplitPart(e.ID)
		switch {
		case e.ID != id && of != id:
			rest = append(rest, e)
			if strings.HasPrefix(e.ID, "estimates.") {
				last = len(rest)
			}
		case at < 0:
			at = len(rest)
		}
	}
	if at < 0 {
		at = min(last, len(rest))
	}
	v.entries = slices.Insert(rest, at, with...)
}

func (v *values) remove(id string) {
	v.entries = slices.DeleteFunc(v.entries, func(e company.Entry) bool { return e.ID == id })
}

// given marks every part of a number as given by somebody.
func (v *values) given(of string) {
	for i := range v.entries {
		if id, _ := company.SplitPart(v.entries[i].ID); id == of || v.entries[i].ID == of {
			v.entries[i].Default = false
		}
	}
}

// cell is the place of the first value that was entered.
func (e *found) cell() diag.Place { return firstOf(e.row.Yours...).At }

// apply puts changes into the company as it is now.
func (m *maker) apply(gs []*group) *values {
	v := &values{entries: company.Flatten(m.now), at: map[string]diag.Place{}, edits: map[string]*found{}}
	for _, g := range gs {
		switch g.kind {
		case aSwitch:
			e := g.edits[0]
			v.set(company.Entry{ID: g.of, Kind: company.Bool, Text: e.flag}, "", e)
		case aNumber:
			m.applyNumber(v, g)
		case aConstant:
			e, id := g.edits[0], "estimates."+g.of
			v.set(company.Entry{ID: id, Kind: company.Quantity, Number: *e.yours[0]}, "estimates", e)
			v.source(id, "", g, true)
		case aDriver:
			m.applyDriver(v, g)
		case aShare:
			m.applyShares(v, g)
		}
	}
	return v
}

// applyNumber sets a number, or some of the low end, the mode and the high end
// of a range.
func (m *maker) applyNumber(v *values, g *group) {
	_, ranged := v.get(g.of + ".low")
	unit := ""
	if f := company.FieldByID(g.of); f != nil {
		unit = f.Unit
	}
	whole := !ranged
	for _, e := range g.edits {
		id, after := e.row.ID, g.of
		if ranged && e.part == "" {
			id, after = g.of+".mode", g.of+".low"
		}
		v.set(company.Entry{ID: id, Kind: company.Quantity, Unit: unit, Number: *e.yours[0]}, after, e)
	}
	v.given(g.of)
	if ranged {
		_, mode := v.get(g.of + ".mode")
		whole = len(g.edits) == map[bool]int{true: 3, false: 2}[mode]
	}
	old := ""
	if e, ok := v.get(g.of + ".source"); ok {
		old = e.Text
	}
	v.source(g.of, old, g, whole)
}

// source credits the reviewer: alone where the whole number was changed, else
// behind the source that was there.
func (v *values) source(of, old string, g *group, whole bool) {
	credit := g.credit()
	if !whole {
		var parts []string
		for _, e := range g.edits {
			parts = append(parts, e.parts()...)
		}
		credit = strings.Join(parts, " and ") + ": " + credit
		if old != "" {
			credit = clip(old, 300) + "; " + credit
		}
	}
	v.set(company.Entry{ID: of + ".source", Kind: company.Text, Text: credit}, of, nil)
}

// parts names what of a number was changed.
func (e *found) parts() []string {
	if e.kind != aDriver {
		return []string{cmp.Or(e.part, "mode")}
	}
	var out []string
	for i, name := range []string{"low", "high"} {
		if e.yours[i] != nil {
			out = append(out, name)
		}
	}
	return out
}

// credit names who changed a number, when and why.
func (g *group) credit() string {
	return workbook.Credit(g.who())
}

// who joins the names, dates and reasons of the edits.
func (g *group) who() (who, date, why string) {
	join := func(of func(*found) string) string {
		var out []string
		for _, e := range g.edits {
			if s := of(e); !slices.Contains(out, s) {
				out = append(out, s)
			}
		}
		return strings.Join(out, "; ")
	}
	return join(func(e *found) string { return e.who }), join(func(e *found) string { return e.date }), join(func(e *found) string { return e.why })
}

// applyDriver replaces a company's own estimate of a driver, or adds one. An
// end that was left empty stays as it was filed.
func (m *maker) applyDriver(v *values, g *group) {
	e := g.edits[0]
	name := strings.TrimPrefix(g.of, "driver.")
	id, back := "estimates."+name, func(x float64) float64 { return x }
	if name == company.EventRate {
		for _, x := range m.now.Estimates {
			if x.ID == company.EventProbability {
				// The file gives a chance in a year; the sheet shows the rate.
				id, back = "estimates."+x.ID, func(rate float64) float64 { return -math.Expm1(-rate) }
			}
		}
	}
	_, own := v.get(id + ".low")
	source, _ := v.get(id + ".source")
	var ends []company.Entry
	for i, part := range []string{"low", "high"} {
		x, had := v.get(id + "." + part)
		filed, _ := e.row.Filed[i].Value.(float64)
		switch {
		case e.yours[i] != nil:
			x.Number = back(*e.yours[i])
		case !had:
			x.Number = back(filed)
		}
		ends = append(ends, company.Entry{ID: id + "." + part, Kind: company.Quantity, Number: x.Number})
	}
	v.replace(id, ends)
	for _, x := range ends {
		v.edits[x.ID], v.at[x.ID] = e, e.cell()
	}
	v.source(id, source.Text, g, e.yours[0] != nil && e.yours[1] != nil || !own)
}

// applyShares sets the shares of a loss line. The first change of a line gives
// it owners of its own, with the reviewer's reason.
func (m *maker) applyShares(v *values, g *group) {
	line := strings.TrimPrefix(g.of, "ownership.")
	given := slices.ContainsFunc(m.now.Ownership, func(o company.Ownership) bool { return o.Line == line })
	if !given {
		for _, id := range sortedIDs(m.current.rows) {
			row := m.current.rows[id]
			share, _ := row.Filed[0].Value.(float64)
			if strings.HasPrefix(id, g.of+".") && share != 0 {
				v.set(company.Entry{ID: id, Kind: company.Quantity, Unit: "share", Number: share}, "ownership", nil)
			}
		}
	}
	for _, e := range g.edits {
		v.set(company.Entry{ID: e.row.ID, Kind: company.Quantity, Unit: "share", Number: *e.yours[0]}, g.of, e)
		if *e.yours[0] == 0 && !given {
			v.remove(e.row.ID)
		}
	}
	reason := g.credit()
	if old, ok := v.get(g.of + ".reason"); ok {
		reason = clip(old.Text, 300) + "; " + reason
	}
	v.set(company.Entry{ID: g.of + ".reason", Kind: company.Text, Text: reason}, g.of, nil)
}

func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}
