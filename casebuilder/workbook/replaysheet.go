package workbook

import (
	"fmt"
	"math"

	"casebuilder/casebuilder/book"
	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/quantity"
)

// replay lays out each case applied to the company: what was observed, what is
// in use, and the figures that follow.
func (m *maker) replay() {
	s := m.sheet(replaySheet, book.Output, "If what happened to them happened to us",
		"Output: each case's observed drivers (●) applied to this company, what was not observed (○) at the model's median. A case's own cost is never scaled.")
	s.Widths = []float64{34, 46, 16}
	s.FreezeRows, s.FreezeCols = headRow, 3
	heads := []string{"ID", "Label", "Unit"}
	for i, r := range m.c.Results.Replay {
		heads = append(heads, ">"+r.Organisation)
		s.Widths = setWidth(s.Widths, 4+i, 20)
	}
	header(s, headRow, heads...)
	row := firstRow
	s.Set(row, 1, book.Text("● Observed in the case (case facts, filed)", book.Heading))
	row++
	leaves := m.replayLeaves()
	observed := map[id]int{}
	for _, of := range leaves {
		q := m.quantity(of)
		s.SetRow(row, 1, book.Text("observed."+string(of), book.ID), book.Text(q.Label, book.Label), book.Text(m.replayUnit(of), book.Unit))
		for i, r := range m.c.Results.Replay {
			s.Set(row, 4+i, book.Cell{Style: book.Style{Look: book.Filed}})
			if v, ok := m.observed(r.ID, of); ok {
				s.Set(row, 4+i, book.Number(v, book.Filed, formatOf(q.Unit, of)))
			}
		}
		observed[of] = row
		row++
	}
	abroad := row
	s.SetRow(row, 1, book.Text("observed.abroad_only", book.ID), book.Text("Only visitors from abroad were shut out (1), else 0", book.Label), book.Text("count", book.Unit))
	for i := range m.c.Results.Replay {
		v := 0.0
		if _, ok := m.c.Replays[i].With["closed.margin_year"]; ok {
			v = 1
		}
		s.Set(row, 4+i, book.Number(v, book.Filed, book.Whole))
	}
	row += 2
	s.Set(row, 1, book.Text("In use: ● observed where there is an entry above, ○ the model's median where not", book.Heading))
	row++
	rows := map[id]int{}
	for _, of := range leaves {
		q := m.quantity(of)
		s.SetRow(row, 1, book.Text(string(of), book.ID), book.Text(q.Label, book.Label), book.Text(m.replayUnit(of), book.Unit))
		rows[of] = row
		for i, p := range m.c.Replays {
			col := 4 + i
			m.formula(s, row, col, book.Calc, formatOf(q.Unit, of), func() (string, any) {
				n := m.names(s.Name, rows[of], col)
				seen := n.address(address{s.Name, observed[of], col}, "")
				return "IF(" + seen + `="",` + m.assumed(n, of) + "," + seen + ")", p.With[of]
			})
		}
		row++
	}
	of := id("closed.margin_year")
	q := m.quantity(of)
	s.SetRow(row, 1, book.Text(string(of), book.ID), book.Text(q.Label, book.Label), book.Text(m.unit(q.Unit), book.Unit))
	rows[of] = row
	r := row
	for i, p := range m.c.Replays {
		col := 4 + i
		v, ok := p.With[of]
		if !ok {
			v = m.c.Run.Value(of)
		}
		m.formula(s, r, col, book.Calc, book.Whole, func() (string, any) {
			n := m.names(s.Name, r, col)
			return "IF(" + n.address(address{s.Name, abroad, col}, "") + "=1," + n.Cell("economics.revenue") + "*" + n.Cell("economics.abroad_share") + "*" + n.Cell("economics.contribution_margin") + "," + n.Cell(of) + ")", v
		})
	}
	row += 2
	s.Set(row, 1, book.Text("What follows for us", book.Heading))
	row++
	sources := append(append([]id{}, leaves...), of)
	targets := append([]id{}, model.ReplayTargets...)
	for _, l := range m.c.Lines() {
		if m.has(id("loss." + l)) {
			targets = append(targets, id("loss."+l))
		}
	}
	var cases []*quantity.Central
	for _, p := range m.c.Replays {
		cases = append(cases, m.c.Run.Central(p.With))
	}
	for _, of := range m.c.Graph().Between(sources, targets) {
		if _, leaf := rows[of]; leaf {
			continue
		}
		q := m.quantity(of)
		s.SetRow(row, 1, book.Text(string(of), book.ID), book.Text(q.Label, book.Label), book.Text(m.unit(q.Unit), book.Unit))
		rows[of] = row
		r := row
		for i := range m.c.Replays {
			col := 4 + i
			look := book.Calc
			if of == "severity.total" || of == "severity.marketing" {
				look = book.Total
			}
			m.formula(s, r, col, look, formatOf(q.Unit, of), func() (string, any) {
				v := cases[i].Value(of)
				if math.IsNaN(v) {
					m.fail(fmt.Errorf("workbook: a replay gives %s no number", of))
				}
				return m.inCase(s.Name, r, col, of, rows), v
			})
		}
		row++
	}
	row++
	s.Set(row, 1, book.Text("Direct cost that the case itself disclosed (case facts, filed)", book.Heading))
	row++
	s.SetRow(row, 1, book.Text("disclosed.amount", book.ID), book.Text("Amount", book.Label), book.Text("its own currency", book.Unit))
	s.SetRow(row+1, 1, book.Text("disclosed.currency", book.ID), book.Text("Currency and year", book.Label), book.Text("text", book.Unit))
	s.SetRow(row+2, 1, book.Text("disclosed.complete", book.ID), book.Text("Whole cost, or a floor", book.Label), book.Text("text", book.Unit))
	for i, p := range m.c.Results.Replay {
		d := p.DisclosedCost
		if d == nil {
			s.Set(row, 4+i, book.Text("no public figure", book.Filed))
			continue
		}
		kind := "a floor"
		if d.Complete {
			kind = "whole"
		}
		s.Set(row, 4+i, book.Number(d.Amount, book.Filed, book.Whole))
		s.Set(row+1, 4+i, book.Text(d.Currency+" "+itoa(d.Year), book.Filed))
		s.Set(row+2, 4+i, book.Text(kind, book.Filed))
	}
}

// replayLeaves are the quantities that a case sets.
func (m *maker) replayLeaves() []id {
	leaves := []id{"switch.headline", "switch.reaction", "switch.closed", "direct.headline_factor", "direct.contained_factor"}
	for _, d := range model.ReplayDrivers {
		leaves = append(leaves, id("driver."+d))
	}
	return leaves
}

func (m *maker) replayUnit(of id) string { return m.unit(m.quantity(of).Unit) }

// observed returns what a case says about a leaf. A replayed case is a
// headline by definition, with the median direct cost.
func (m *maker) observed(caseID string, of id) (float64, bool) {
	switch of {
	case "switch.headline":
		return 1, true
	case "direct.headline_factor", "direct.contained_factor":
		return 0, false
	}
	for _, r := range m.c.Results.Replay {
		if r.ID != caseID {
			continue
		}
		for _, d := range r.Drivers {
			if id(d.ID) == of && d.Observed {
				return d.Value, true
			}
		}
	}
	return 0, false
}

// assumed is what stands where nothing was observed.
func (m *maker) assumed(n names, of id) string {
	switch of {
	case "switch.headline", "direct.headline_factor", "direct.contained_factor":
		return "1"
	case "switch.reaction":
		return n.Cell("driver.reaction.p50")
	case "switch.closed":
		return "0"
	}
	return n.Cell(of + ".p50")
}
