package pitch

import (
	"fmt"
	"strings"

	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/results"
)

// Printed is one figure as it stands on a page.
type Printed struct {
	// Figure is its ID (see lookUp). It ends in /k, /m, /bn or /tn where the
	// text stands in a column of that scale, and in /% in a column of per cent.
	// On a chart it is a list of "ID=text", joined by ";": a label may hold
	// words beside its figures, and be cut.
	Figure string
	Text   string
	Sheet  int // page of the file, from 1
}

// DisagreementError says that papers and results disagree: what is printed is
// not what the results hold at the precision shown.
type DisagreementError struct{ Figures []Disagreement }

// Disagreement is one figure that does not agree.
type Disagreement struct {
	Printed
	Want string // the figure in the results, or why there is none
}

func (e *DisagreementError) Error() string {
	var b strings.Builder
	b.WriteString("papers and results disagree")
	for i, d := range e.Figures {
		if i == 20 {
			fmt.Fprintf(&b, "\n  and %d more", len(e.Figures)-i)
			break
		}
		fmt.Fprintf(&b, "\n  page %d: %s: printed %q, in the results %s", d.Sheet, d.Figure, d.Text, d.Want)
	}
	return b.String()
}

// Tie compares every printed figure with the results at the precision shown.
// lang is the language of the paper. The error is a *DisagreementError.
func Tie(r *results.BusinessCase, lang string, printed []Printed) error {
	loc, ok := money.LocaleOf(lang)
	if !ok && lang != "" {
		return fmt.Errorf("want the language en or de, got %q", lang)
	}
	e := &DisagreementError{}
	seen := map[string]bool{}
	for _, p := range printed {
		for _, one := range apart(p) {
			key := one.Figure + "=" + one.Text
			if seen[key] {
				continue
			}
			seen[key] = true
			if want := differs(r, loc, one); want != "" {
				e.Figures = append(e.Figures, Disagreement{one, want})
			}
		}
	}
	if len(e.Figures) == 0 {
		return nil
	}
	return e
}

// apart returns the figures of a label.
func apart(p Printed) []Printed {
	if !strings.Contains(p.Figure, "=") {
		return []Printed{p}
	}
	var out []Printed
	for _, part := range strings.Split(p.Figure, ";") {
		id, text, _ := strings.Cut(part, "=")
		out = append(out, Printed{id, text, p.Sheet})
	}
	return out
}

// scales are the endings of IDs of figures in columns.
var scales = map[string]float64{"k": 1e3, "m": 1e6, "bn": 1e9, "tn": 1e12, "%": 0.01}

// differs returns what the results hold where it is not what is printed.
func differs(r *results.BusinessCase, loc money.Locale, p Printed) string {
	id, scale := p.Figure, 1.0
	if i := strings.LastIndexByte(id, '/'); i >= 0 && scales[id[i+1:]] != 0 {
		id, scale = id[:i], scales[id[i+1:]]
	}
	n, err := lookUp(r, id)
	if err != nil {
		return "nothing"
	}
	text := strings.TrimPrefix(p.Text, "+")
	if got, err := loc.Parse(text); err == nil {
		got.Value, got.Step = got.Value*scale, got.Step*scale
		if got.Agrees(n.value) || text == loc.Share(n.value) { // a share just below the whole is never printed as 100%
			return ""
		}
		return fmt.Sprint(n.value)
	}
	// "less than 1 in 100" and the like
	if odds := loc.Odds(n.value, 100); text == odds || scale == 0.01 && strings.HasPrefix(odds, text+" ") {
		return ""
	}
	// A share that is all but whole is printed as near to it as it gets.
	if share := loc.Share(n.value); n.unit == "share" && (text == share || scale == 0.01 && strings.HasPrefix(share, text)) {
		return ""
	}
	return fmt.Sprint(n.value)
}
