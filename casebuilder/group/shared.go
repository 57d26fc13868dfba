package group

import (
	"strconv"

	"casebuilder/casebuilder/company"
)

// Programme is one shared programme: paid for once, allocated by its key.
type Programme struct {
	ID      string // "1", "2" … in the order of the group file
	Name    string
	Key     string // benefit, customers, revenue: what the cost is divided by
	Instead bool   // the key gave nothing to divide by, and revenue stands in for it
	Cuts    company.Cuts
	OneOff  float64 // in the group's currency, without uplift
	PerYear float64
	CostPV  float64 // over the horizon, with the units' uplifts
	Yearly  float64 // the same spread evenly over the discounted years
	Avoided float64 // loss avoided over the horizon, on top of what the units recommend
	NPV     float64
	Parts   []Part // by unit name
}

// Part is one unit's part of a programme, in the group's currency. Each unit
// discounts it at its own rate and with its own uplift, as it does its own
// costs.
type Part struct {
	Unit    int     // in Case.Units
	Basis   float64 // what the key counts: loss avoided, customers, revenue
	Share   float64 // of the cost
	OneOff  float64
	PerYear float64
	CostPV  float64
	Yearly  float64
	Avoided float64
	ALE     float64 // expected yearly loss avoided, in full effect
	NPV     float64
}

// share allocates the shared programmes. A
// programme of which no unit is in the group is left out of its money, as its
// units are.
func (c *Case) share(all []company.Shared) {
	for k, s := range all {
		p := Programme{ID: strconv.Itoa(k + 1), Name: s.Name, Key: s.Key, Cuts: s.Cuts, OneOff: s.OneOff.Value, PerYear: s.PerYear.Value}
		for i := range c.Units {
			m := &c.Units[i]
			if len(covering(m.Name, all[k:k+1])) == 0 {
				continue
			}
			a := Part{Unit: i}
			if e := m.effect(len(covering(m.Name, all[:k])), s.Name); e != nil {
				a.Avoided, a.ALE = e.Avoided*m.Factor, e.ALE*m.Factor
			}
			p.Parts = append(p.Parts, a)
		}
		if len(p.Parts) == 0 {
			p.OneOff, p.PerYear = 0, 0
		}
		p.basis(c.Units)
		sum := 0.0
		for _, a := range p.Parts {
			sum += a.Basis
		}
		for j := range p.Parts {
			a, m := &p.Parts[j], &c.Units[p.Parts[j].Unit]
			a.Share = a.Basis / sum
			a.OneOff, a.PerYear = p.OneOff*a.Share, p.PerYear*a.Share
			a.CostPV = (1 + m.Uplift) * (a.OneOff + a.PerYear*m.Discounts)
			if m.Discounts > 0 {
				a.Yearly = a.CostPV / m.Discounts
			}
			a.NPV = a.Avoided - a.CostPV
			p.CostPV, p.Yearly, p.Avoided, p.NPV = p.CostPV+a.CostPV, p.Yearly+a.Yearly, p.Avoided+a.Avoided, p.NPV+a.NPV
			m.SharedCostPV, m.SharedCostYearly = m.SharedCostPV+a.CostPV, m.SharedCostYearly+a.Yearly
			m.SharedAvoided, m.SharedNPV = m.SharedAvoided+a.Avoided, m.SharedNPV+a.NPV
		}
		c.Programmes = append(c.Programmes, p)
	}
}

// effect returns what the k-th of the programmes that cover the unit does
// there; nil where that is not known.
func (u *Unit) effect(k int, name string) *Effect {
	if u.Effects == nil || k >= len(u.Effects.Programmes) || u.Effects.Programmes[k].Name != name {
		return nil
	}
	return &u.Effects.Programmes[k]
}

// basis fills in what the key counts. Where it counts nothing, as the benefit
// of a programme without cuts, revenue stands in for it; where that is nothing
// as well, all pay alike.
func (p *Programme) basis(units []Member) {
	fill := func(of func(a *Part, m *Member) float64) bool {
		sum := 0.0
		for j := range p.Parts {
			a := &p.Parts[j]
			a.Basis = max(0, of(a, &units[a.Unit]))
			sum += a.Basis
		}
		return sum > 0
	}
	revenue := func(_ *Part, m *Member) float64 { return m.Revenue }
	ok := false
	switch p.Key {
	case "benefit":
		ok = fill(func(a *Part, _ *Member) float64 { return a.Avoided })
	case "customers":
		ok = fill(func(_ *Part, m *Member) float64 { return m.Customers })
	default:
		ok = fill(revenue)
	}
	if ok {
		return
	}
	p.Instead = true
	if !fill(revenue) {
		fill(func(*Part, *Member) float64 { return 1 })
	}
}
