package diff

import (
	"fmt"
	"math"
	"strings"

	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/render/text"
)

// Print writes a report for people: what moved, why, in words and money.
func (r *Report) Print(p *text.Page) {
	cur, _ := money.LookUp(r.Currency)
	p.Heading(join(", ", r.Company, r.Unit))
	for _, d := range r.Doubts {
		p.Para("! " + d)
	}
	for _, s := range r.Sentences() {
		p.Para(s)
	}
	if !r.Changed() && len(r.Still) == 0 {
		return
	}
	p.Gap()
	t := text.Table{Columns: []text.Column{{Head: "What moved", Min: 20}, {Head: "Old", Right: true}, {Head: "New", Right: true}, {Head: "Change", Right: true}}}
	for _, m := range r.Moved {
		if m.Old == 0 && m.New == 0 {
			continue
		}
		f := money.English.Format(m.Unit, cur)
		t.Add(m.Label, f.Number(m.Old), f.Number(m.New), change(m.Unit, m.New-m.Old, max(math.Abs(m.Old), math.Abs(m.New)), cur))
	}
	p.Table(t)
	if len(r.Steps) > 0 {
		p.Gap()
		t := text.Table{Columns: []text.Column{{Head: "Why", Min: 24, Wrap: true}, {Head: "From", Min: 8, Wrap: true}, {Head: "To", Min: 8, Wrap: true}, {Head: "NPV", Right: true}, {Head: "Expected loss", Right: true}, {Head: "Chance", Right: true}}}
		for _, s := range r.Steps {
			what := s.What
			if s.Verdict != "" {
				what += "; turns the verdict from " + s.Verdict
			}
			if s.Recommended != "" {
				what += "; turns the recommendation from " + s.Recommended
			}
			t.Add(what, s.From, s.To, change(r.Currency, s.Effect.NPV, r.size("npv"), cur), change(r.Currency, s.Effect.Expected, r.size("ale.total"), cur),
				change("share", s.Effect.Chance, r.size("probability.year"), cur))
		}
		p.Table(t)
	}
	if n := len(r.Still); n > 0 {
		p.Gap()
		list := r.Still
		more := ""
		if n > 12 {
			list, more = list[:12], fmt.Sprintf(" and %d more", n-12)
		}
		p.Para("Changed without moving a figure: " + strings.Join(list, "; ") + more + ".")
	}
}

// size is how large a figure of the headline is, to tell a change from its
// rounding.
func (r *Report) size(id string) float64 {
	for _, m := range r.Moved {
		if m.ID == id {
			return max(math.Abs(m.Old), math.Abs(m.New))
		}
	}
	return 0
}

// Changed reports whether a figure moved, or why was found.
func (r *Report) Changed() bool {
	for _, m := range r.Moved {
		if math.Abs(m.New-m.Old) > 1e-9*max(math.Abs(m.New), math.Abs(m.Old)) {
			return true
		}
	}
	return len(r.Steps) > 0 || r.Old.Verdict != r.New.Verdict || r.Old.Recommended != r.New.Recommended
}

// Sentences say the difference in words, the most important first.
func (r *Report) Sentences() []string {
	if !r.Changed() {
		return []string{"Nothing moved."}
	}
	cur, _ := money.LookUp(r.Currency)
	amount := func(v float64) string { return money.English.Amount(v, cur) }
	var out []string
	if r.Old.Recommended != r.New.Recommended {
		out = append(out, fmt.Sprintf("Recommended was %s and is now %s.", r.Old.Recommended, r.New.Recommended))
	}
	if r.Old.Verdict != r.New.Verdict {
		out = append(out, fmt.Sprintf("The verdict was %s and is now %s.", r.Old.Verdict, r.New.Verdict))
	}
	if len(r.Doubts) > 0 {
		return out
	}
	tell := func(what, id string, of func(Effect) float64) {
		for _, m := range r.Moved {
			by := m.New - m.Old
			if m.ID != id || math.Abs(by) <= 1e-9*max(math.Abs(m.Old), math.Abs(m.New)) {
				continue
			}
			verb := "rises"
			if by < 0 {
				verb = "falls"
			}
			s := fmt.Sprintf("%s %s by %s, from %s to %s", what, verb, amount(math.Abs(by)), amount(m.Old), amount(m.New))
			if len(r.Steps) > 0 {
				largest := r.Steps[0]
				for _, x := range r.Steps {
					if math.Abs(of(x.Effect)) > math.Abs(of(largest.Effect)) {
						largest = x
					}
				}
				s += fmt.Sprintf("; the largest reason is %s (%s)", largest.because(), change(r.Currency, of(largest.Effect), r.size(id), cur))
			}
			out = append(out, s+".")
		}
	}
	tell("The net present value", "npv", func(e Effect) float64 { return e.NPV })
	tell("The expected loss a year", "ale.total", func(e Effect) float64 { return e.Expected })
	return out
}

// name says what a step changes, where that is no input.
func (s Step) name() string {
	switch s.Kind {
	case Program:
		if s.From == s.To {
			return "other cases, or another build of the program"
		}
		return "program and library"
	case Seed:
		return "random draws"
	}
	return "not explained: the new case was computed with other cases, or by another build"
}

func (s Step) because() string {
	if s.Kind == Input && len(s.IDs) == 1 && s.From != "" {
		return fmt.Sprintf("%s, from %s to %s", s.What, s.From, s.To)
	}
	return s.What
}

// change prints a difference with its sign; what is only rounding is none.
func change(unit string, by, size float64, cur money.Currency) string {
	if math.Abs(by) <= 1e-9*max(size, 1e-12) {
		return "0"
	}
	sign := "+"
	if by < 0 {
		sign = "−"
	}
	if strings.HasPrefix(unit, "share") {
		if math.Abs(by) < 0.5e-4 { // not a hundredth of a point
			return "0"
		}
		return sign + money.English.Number(100*math.Abs(by)) + " points"
	}
	return sign + money.English.Format(unit, cur).Number(math.Abs(by))
}

func join(sep string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, sep)
}
