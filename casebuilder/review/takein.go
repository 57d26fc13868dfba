package review

import (
	"slices"
	"strings"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/workbook"
)

// takeIn checks the edits together with all other values. What does not fit is
// refused; the rest are the changes.
func (m *maker) takeIn() error {
	_, before, problems := m.unflatten(company.Flatten(m.now), nil)
	if err := problems.Err(); err != nil {
		return err // the company file itself
	}
	edits := m.found
	for {
		gs := groups(edits)
		v := m.apply(gs)
		p, warnings, problems := m.unflatten(v.entries, v.at)
		if len(problems) == 0 {
			m.report.Profile, m.report.before, m.report.after = p, company.Flatten(m.now), v.entries
			m.newWarnings(before, warnings)
			m.changes(gs, v)
			if m.in.Company != nil {
				m.report.join()
			}
			return nil
		}
		bad := m.blame(edits, v, problems)
		for _, e := range bad {
			m.refuse(e.row, e.problems(problems)...)
		}
		edits = slices.DeleteFunc(slices.Clone(edits), func(e *found) bool { return slices.Contains(bad, e) })
	}
}

// blame says which edits problems are about: those that they name; else the
// first without which there are fewer; else all. It names one at least.
func (m *maker) blame(edits []*found, v *values, problems diag.List) []*found {
	var bad []*found
	for _, e := range edits {
		if len(e.named(problems)) > 0 {
			bad = append(bad, e)
		}
	}
	if len(bad) > 0 {
		return bad
	}
	for _, e := range edits {
		rest := slices.DeleteFunc(slices.Clone(edits), func(x *found) bool { return x == e })
		without := m.apply(groups(rest))
		if _, _, left := m.unflatten(without.entries, without.at); len(left) < len(problems) {
			return []*found{e}
		}
	}
	return edits
}

// named returns the problems at the cells of an edit, or of the number that it
// changes.
func (e *found) named(problems diag.List) diag.List {
	var out diag.List
	for _, p := range problems {
		field := strings.TrimPrefix(p.Field, "estimates.")
		of, part := company.SplitPart(field)
		switch {
		case slices.ContainsFunc(e.row.Yours, func(c workbook.Cell) bool { return c.At == p.Place }):
		case field == e.of, field == e.row.ID, e.kind == aDriver && "driver."+of == e.of:
		case of == e.of && part == e.part:
		default:
			continue
		}
		out = append(out, p)
	}
	// What is wrong with one end says more than what is wrong with the range.
	if own := slices.DeleteFunc(slices.Clone(out), func(p diag.Problem) bool { return strings.TrimPrefix(p.Field, "estimates.") == e.of }); len(own) > 0 {
		return own
	}
	return out
}

// problems are those of an edit, at its cell and in its words.
func (e *found) problems(all diag.List) []diag.Problem {
	out := e.named(all)
	if len(out) == 0 {
		out = slices.Clone(all[:1])
		out[0].Hint = strings.TrimPrefix(out[0].Hint+"; the change of "+e.row.ID+" does not fit "+out[0].Field, "; ")
	}
	for i := range out {
		if !slices.ContainsFunc(e.row.Yours, func(c workbook.Cell) bool { return c.At == out[i].Place }) {
			out[i].Place = e.cell()
		}
		if len(e.named(all)) > 0 {
			out[i].Field = e.row.ID
		}
	}
	return out
}

// newWarnings tells what the changes make worth a second look.
func (m *maker) newWarnings(before, after diag.List) {
	for _, w := range after {
		if !slices.ContainsFunc(before, func(x diag.Problem) bool { return x.Field == w.Field && x.Want == w.Want && x.Got == w.Got }) {
			m.report.Remarks.Add(w)
		}
	}
}

// changes lists what was taken in.
func (m *maker) changes(gs []*group, v *values) {
	m.taken = gs
	for _, g := range gs {
		c := Change{ID: g.of, Unit: g.edits[0].row.Unit, Label: m.label(g), credited: g.kind != aSwitch}
		c.Who, c.Date, c.Reason = g.who()
		for _, e := range v.entries {
			if x := v.edits[e.ID]; x != nil && slices.Contains(g.edits, x) {
				of, _ := company.SplitPart(e.ID)
				c.entries = append(c.entries, of)
			}
		}
		if g.kind == aShare {
			c.entries = append(c.entries, g.of)
		}
		for _, e := range g.edits {
			c.Edits = append(c.Edits, m.shown(e, len(g.edits) > 1)...)
		}
		m.report.Changes = append(m.report.Changes, c)
	}
}

// label names what a change is about: the number, not its low end.
func (m *maker) label(g *group) string {
	for _, id := range []string{g.of, g.of + ".mode"} {
		if row := m.filed.rows[id]; row != nil && !(g.kind == aShare) {
			return row.Label
		}
	}
	label := g.edits[0].row.Label
	if row := m.filed.rows[g.edits[0].row.ID]; row != nil {
		label = row.Label
	}
	if g.kind == aShare {
		label, _, _ = strings.Cut(label, ":")
	}
	return label
}

// shown are the edits of a row as they are printed; beside others, the number
// itself is the mode.
func (m *maker) shown(e *found, beside bool) []Edit {
	filed, now := m.filed.rows[e.row.ID], m.current.rows[e.row.ID]
	one := func(i int, part string) Edit {
		c := e.row.Yours[i]
		x := Edit{ID: e.row.ID, Part: part, At: c.At, Filed: m.printCell(filed, filed.Filed[i]), Yours: m.printCell(filed, c), FiledValue: filed.Filed[i].Value, FromFormula: c.Formula}
		if now != nil {
			x.Now = m.printCell(now, now.Filed[i])
		}
		if e.kind == aSwitch {
			x.Yours, x.YoursValue = e.flag, e.flag
			return x
		}
		x.YoursValue, x.Yours = *e.yours[i], m.printNumber(filed, *e.yours[i])
		return x
	}
	if e.kind != aDriver {
		part := e.part
		if part == "" && beside {
			part = "mode"
		}
		return []Edit{one(0, part)}
	}
	var out []Edit
	for i, part := range []string{"low", "high"} {
		if e.yours[i] != nil {
			out = append(out, one(i, part))
		}
	}
	return out
}
