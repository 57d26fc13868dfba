package diff

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"casebuilder/casebuilder/group"
	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/render/text"
)

// Batches is the comparison of two batches.
type Batches struct {
	Group    string    `json:"group"`
	Currency string    `json:"currency"`
	Old      Total     `json:"old"`
	New      Total     `json:"new"`
	Units    []*Report `json:"units"`  // that moved, the largest effect on the expected loss first
	Same     []string  `json:"same"`   // names of the others
	Added    []string  `json:"added"`  // only in the new batch
	Gone     []string  `json:"gone"`   // only in the old one
	Doubts   []string  `json:"doubts"` // what stands in the way of comparing
	factors  []float64 // of Units: to the group's currency
}

// Total is one of the two groups.
type Total struct {
	Units    int     `json:"units"`
	Of       int     `json:"of"`
	Expected float64 `json:"expected"`    // loss a year
	P95      float64 `json:"one_in_20"`   // year
	P99      float64 `json:"one_in_100"`  // year
	Asked    float64 `json:"cost_yearly"` // of options and programmes
	NPV      float64 `json:"npv"`
	Verdict  string  `json:"verdict"`
}

// CompareGroups begins the comparison of two batches with their groups; units
// are added with Add.
func CompareGroups(old, new *group.Case) *Batches {
	b := &Batches{Group: new.Name, Currency: new.Currency, Old: total(old), New: total(new), Units: []*Report{}, Same: []string{}, Added: []string{}, Gone: []string{}, Doubts: []string{}}
	if old.Currency != new.Currency {
		b.Doubts = append(b.Doubts, fmt.Sprintf("the group's currency changed from %s to %s: its amounts are not compared", old.Currency, new.Currency))
	}
	has := func(c *group.Case, name string) bool {
		return slices.ContainsFunc(c.Units, func(u group.Member) bool { return u.Name == name })
	}
	for _, u := range new.Units {
		if !has(old, u.Name) {
			b.Added = append(b.Added, u.Name)
		}
	}
	for _, u := range old.Units {
		if !has(new, u.Name) {
			b.Gone = append(b.Gone, u.Name)
		}
	}
	return b
}

func total(c *group.Case) Total {
	return Total{Units: len(c.Units), Of: c.Of(), Expected: c.ALE, P95: c.Levels[1].Group, P99: c.Levels[2].Group, Asked: c.Choices[c.Recommended].CostYearly, NPV: c.Choices[c.Recommended].NPV, Verdict: c.Verdict}
}

// Add adds a unit that is in both batches; factor brings its money to the
// group's currency.
func (b *Batches) Add(r *Report, factor float64) {
	if !r.Changed() && len(r.Doubts) == 0 {
		b.Same = append(b.Same, r.Unit)
		return
	}
	b.Units, b.factors = append(b.Units, r), append(b.factors, factor)
}

// moved is by how much the expected loss of the k-th unit moved, in the
// group's currency.
func (b *Batches) moved(k int) float64 {
	for _, m := range b.Units[k].Moved {
		if m.ID == "ale.total" {
			return (m.New - m.Old) * b.factors[k]
		}
	}
	return 0
}

// Sort puts the units with the largest effect first.
func (b *Batches) Sort() {
	order := make([]int, len(b.Units))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(x, y int) int { return cmp.Compare(math.Abs(b.moved(y)), math.Abs(b.moved(x))) })
	units, factors := make([]*Report, len(order)), make([]float64, len(order))
	for to, from := range order {
		units[to], factors[to] = b.Units[from], b.factors[from]
	}
	b.Units, b.factors = units, factors
}

// Print writes the comparison for people.
func (b *Batches) Print(p *text.Page) {
	cur, _ := money.LookUp(b.Currency)
	p.Heading(fmt.Sprintf("%s: %d of %d units moved", b.Group, len(b.Units), len(b.Units)+len(b.Same)))
	for _, d := range b.Doubts {
		p.Para("! " + d)
	}
	for _, x := range []struct {
		what  string
		names []string
	}{{"New in the group", b.Added}, {"No longer in the group", b.Gone}} {
		if len(x.names) > 0 {
			p.Para(fmt.Sprintf("%s: %s.", x.what, list(x.names)))
		}
	}
	if b.Old.Verdict != b.New.Verdict {
		p.Para(fmt.Sprintf("The verdict was %s and is now %s.", b.Old.Verdict, b.New.Verdict))
	}
	p.Gap()
	t := text.Table{Columns: []text.Column{{Head: "The group", Min: 20}, {Head: "Old", Right: true}, {Head: "New", Right: true}, {Head: "Change", Right: true}}}
	t.Add("Units in it", fmt.Sprint(b.Old.Units), fmt.Sprint(b.New.Units), fmt.Sprintf("%+d", b.New.Units-b.Old.Units))
	for _, x := range []struct {
		label    string
		old, new float64
	}{{"Expected loss a year", b.Old.Expected, b.New.Expected}, {"1-in-20 year: more than", b.Old.P95, b.New.P95}, {"1-in-100 year: more than", b.Old.P99, b.New.P99},
		{"Asked for a year", b.Old.Asked, b.New.Asked}, {"NPV", b.Old.NPV, b.New.NPV}} {
		t.Add(x.label, money.English.Amount(x.old, cur), money.English.Amount(x.new, cur), change(b.Currency, x.new-x.old, max(math.Abs(x.old), math.Abs(x.new)), cur))
	}
	p.Table(t)
	if len(b.Units) > 0 {
		p.Gap()
		t := text.Table{Columns: []text.Column{{Head: "Unit", Min: 12}, {Head: "Expected loss", Right: true}, {Head: "NPV", Right: true}, {Head: "Why", Min: 30, Wrap: true}}}
		for _, r := range b.Units {
			cur, _ := money.LookUp(r.Currency)
			by := map[string]Moved{}
			for _, m := range r.Moved {
				by[m.ID] = m
			}
			say := func(id string) string {
				m := by[id]
				return change(r.Currency, m.New-m.Old, r.size(id), cur)
			}
			why := ""
			for i, s := range r.Steps {
				if i > 0 {
					why += "; "
				}
				why += s.What
			}
			t.Add(r.Unit, say("ale.total"), say("npv"), join("; ", append(slices.Clone(r.Doubts), why)...))
		}
		p.Table(t)
	}
}

// list names a few.
func list(names []string) string {
	s := ""
	for i, n := range names {
		if i == 12 {
			return s + fmt.Sprintf(" and %d more", len(names)-12)
		}
		if i > 0 {
			s += ", "
		}
		s += n
	}
	return s
}
