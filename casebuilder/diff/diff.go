package diff

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/results"
)

// Options say how cases are computed.
type Options struct {
	// Headline computes a case with this program and its library.
	Headline func(p *company.Profile, seed uint64, trials int) (model.Headline, error)
	// Rebuild puts a profile together from its entries; the error is about a
	// profile that cannot be.
	Rebuild func(entries []company.Entry) (*company.Profile, error)
	// Together takes all changes of the inputs in one step.
	Together bool
}

// Report is the comparison of two cases.
type Report struct {
	Unit     string   `json:"unit"`
	Company  string   `json:"company"`
	Currency string   `json:"currency"`
	Old      Side     `json:"old"`
	New      Side     `json:"new"`
	Moved    []Moved  `json:"moved"`            // the headline, then the options
	Steps    []Step   `json:"steps"`            // why, that with the largest effect first
	Still    []string `json:"without_effect"`   // changed inputs that move nothing
	Doubts   []string `json:"doubts,omitempty"` // what stands in the way of comparing
	compared bool     // the steps were computed
}

// Side is one of the two cases.
type Side struct {
	AsOf        string `json:"as_of"`
	Version     string `json:"version"`
	Seed        uint64 `json:"seed"`
	Trials      int    `json:"trials"`
	Cases       int    `json:"cases"` // in the library
	Fingerprint string `json:"fingerprint"`
	Recommended string `json:"recommended"` // name of the option
	Verdict     string `json:"verdict"`
}

// Moved is one figure, before and after.
type Moved struct {
	ID    string  `json:"id"`
	Label string  `json:"label"`
	Unit  string  `json:"unit"`
	Old   float64 `json:"old"`
	New   float64 `json:"new"`
}

// Kind says what a step changes.
type Kind string

// The kinds of steps.
const (
	Input   Kind = "input"
	Seed    Kind = "seed"
	Program Kind = "program" // its version, or the library
	Rest    Kind = "rest"    // what computing again does not explain
)

// Step is one reason, and what it moves.
type Step struct {
	Kind   Kind     `json:"kind"`
	IDs    []string `json:"ids,omitempty"` // of inputs
	What   string   `json:"what"`          // in words
	From   string   `json:"from"`
	To     string   `json:"to"`
	Effect Effect   `json:"effect"`
	// Verdict and Recommended say what the step turns: "favourable to neutral".
	Verdict     string `json:"verdict,omitempty"`
	Recommended string `json:"recommended,omitempty"`
}

// Effect is what a step adds to the headline figures. Money is in the currency
// of the case.
type Effect struct {
	Chance    float64 `json:"chance"`    // of an incident in a year
	Incident  float64 `json:"incident"`  // median cost of one
	Marketing float64 `json:"marketing"` // median of marketing's part of it
	Expected  float64 `json:"expected"`  // loss in a year
	NPV       float64 `json:"npv"`
	Stake     float64 `json:"stake"` // marketing's part of the loss avoided
}

// Compare compares two results.
func Compare(old, new *results.BusinessCase, o Options) (*Report, error) {
	r := &Report{Unit: new.Company.Company.Unit, Company: new.Company.Company.Name, Currency: new.Currency, Old: side(old), New: side(new), Steps: []Step{}, Still: []string{}}
	if a, b := old.Company.Company.Unit, new.Company.Company.Unit; a != b {
		r.Doubts = append(r.Doubts, fmt.Sprintf("these are two units, %s and %s", a, b))
	}
	before, after := headline(old), headline(new)
	for _, f := range headlines {
		r.Moved = append(r.Moved, Moved{ID: f.id, Label: f.label, Unit: unitOf(f.unit, new.Currency), Old: f.of(&before), New: f.of(&after)})
	}
	r.options(old, new)
	if old.Currency != new.Currency {
		r.Doubts = append(r.Doubts, fmt.Sprintf("the currency changed from %s to %s: amounts are not compared", old.Currency, new.Currency))
		return r, nil
	}
	if old.Fingerprint == new.Fingerprint && before == after {
		r.compared = true
		return r, nil
	}
	return r, r.steps(old, new, before, after, o)
}

func side(r *results.BusinessCase) Side {
	s := Side{AsOf: r.AsOf.String(), Version: r.Tool.Version, Seed: r.Seed, Trials: r.Trials, Cases: r.Evidence.Cases, Fingerprint: r.Fingerprint, Recommended: "do nothing", Verdict: r.Decision.Verdict}
	for _, o := range r.Options {
		if o.ID == r.Decision.Recommended {
			s.Recommended = o.Name
		}
	}
	return s
}

// headlines are the figures that are compared, in their order.
var headlines = []struct {
	id, label, unit string
	of              func(h *Effect) float64
}{
	{"probability.year", "Chance of an incident in a year", "share", func(h *Effect) float64 { return h.Chance }},
	{"severity.total.p50", "What one incident costs, median", "money", func(h *Effect) float64 { return h.Incident }},
	{"severity.marketing.p50", "Marketing's part of it, median", "money", func(h *Effect) float64 { return h.Marketing }},
	{"ale.total", "Expected loss a year", "money/yr", func(h *Effect) float64 { return h.Expected }},
	{"npv", "NPV of the option looked at", "money", func(h *Effect) float64 { return h.NPV }},
	{"stake.share", "Marketing's stake", "share", func(h *Effect) float64 { return h.Stake }},
}

func unitOf(unit, currency string) string { return strings.Replace(unit, "money", currency, 1) }

// headline reads the headline figures off results.
func headline(r *results.BusinessCase) Effect {
	v := func(id string) float64 { return value(r.Quantities, id) }
	return Effect{Chance: v("probability.year"), Incident: v("severity.total.p50"), Marketing: v("severity.marketing.p50"), Expected: v("ale.total"), NPV: v("npv"), Stake: v("stake.share")}
}

func value(of map[string]results.Figure, id string) float64 {
	if f, ok := of[id]; ok && f.Value != nil {
		return *f.Value
	}
	return 0
}

func effectOf(h model.Headline) Effect {
	return Effect{Chance: h.Chance, Incident: h.Incident, Marketing: h.Marketing, Expected: h.Expected, NPV: h.NPV, Stake: h.Stake}
}

func (e Effect) less(o Effect) Effect {
	return Effect{e.Chance - o.Chance, e.Incident - o.Incident, e.Marketing - o.Marketing, e.Expected - o.Expected, e.NPV - o.NPV, e.Stake - o.Stake}
}

// nothing reports whether the effect is nothing but the rounding of figures as
// large as those of total.
func (e Effect) nothing(total Effect) bool {
	for _, f := range headlines {
		if math.Abs(f.of(&e)) > 1e-9*max(1e-3, math.Abs(f.of(&total))) {
			return false
		}
	}
	return true
}

// options adds what the options are worth, where both cases have them.
func (r *Report) options(old, new *results.BusinessCase) {
	for _, o := range new.Options {
		for _, before := range old.Options {
			if before.ID != o.ID {
				continue
			}
			for _, f := range []struct{ id, label, unit string }{{"npv", "NPV", "money"}, {"cost.yearly", "cost a year", "money/yr"}} {
				r.Moved = append(r.Moved, Moved{ID: "options." + o.ID + "." + f.id, Label: o.Name + ": " + f.label, Unit: unitOf(f.unit, new.Currency),
					Old: value(before.Quantities, f.id), New: value(o.Quantities, f.id)})
			}
		}
	}
}

// steps computes the way from the old case to the new one.
func (r *Report) steps(old, new *results.BusinessCase, before, after Effect, o Options) error {
	type state struct {
		Effect
		verdict, recommended string
	}
	at := state{before, old.Decision.Verdict, old.Decision.Recommended}
	turns := func(a, b string) string {
		if a == b {
			return ""
		}
		return a + " to " + b
	}
	add := func(s Step, h state) {
		s.Effect, s.Verdict, s.Recommended = h.less(at.Effect), turns(at.verdict, h.verdict), turns(at.recommended, h.recommended)
		if s.What == "" {
			s.What = s.name()
		}
		at = h
		switch {
		case !s.Effect.nothing(after) || s.Verdict+s.Recommended != "":
			r.Steps = append(r.Steps, s)
		case s.Kind == Input:
			r.Still = append(r.Still, s.What)
		}
	}
	compute := func(p *company.Profile, seed uint64, trials int) (state, error) {
		h, err := o.Headline(p, seed, trials)
		return state{effectOf(h), h.Verdict, h.Recommended}, err
	}
	h, err := compute(&old.Company, old.Seed, old.Trials)
	if err != nil {
		return fmt.Errorf("computing the old case again: %w", err)
	}
	add(Step{Kind: Program, From: program(r.Old), To: program(r.New)}, h)
	if old.Seed != new.Seed || old.Trials != new.Trials {
		if h, err = compute(&old.Company, new.Seed, new.Trials); err != nil {
			return err
		}
		add(Step{Kind: Seed, From: draws(r.Old), To: draws(r.New)}, h)
	}
	w := newWay(inputs(&old.Company), inputs(&new.Company), r.Currency)
	w.names(&old.Company, &new.Company)
	var taken []string
	for i, key := range w.keys {
		taken = append(taken, key)
		w.taken[key] = true
		if i < len(w.keys)-1 && (o.Together || len(r.Steps)+len(r.Still) >= maxSteps) {
			continue
		}
		p, err := o.Rebuild(w.entries())
		if err != nil { // not without the changes to come
			if i < len(w.keys)-1 {
				continue
			}
			p = &new.Company
		}
		if i == len(w.keys)-1 {
			p = &new.Company
		}
		if h, err = compute(p, new.Seed, new.Trials); err != nil {
			return err
		}
		s := Step{Kind: Input, IDs: taken, What: w.what(taken)}
		s.From, s.To = w.words(taken)
		add(s, h)
		taken = nil
	}
	add(Step{Kind: Rest, From: program(r.Old), To: program(r.New)}, state{after, new.Decision.Verdict, new.Decision.Recommended})
	slices.SortStableFunc(r.Steps, func(a, b Step) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Effect.NPV), math.Abs(a.Effect.NPV)), cmp.Compare(math.Abs(b.Effect.Expected), math.Abs(a.Effect.Expected)))
	})
	r.compared = true
	return nil
}

// maxSteps bounds how many changes are taken one by one; the rest is one step.
const maxSteps = 100

func program(s Side) string { return fmt.Sprintf("version %s, %d cases", s.Version, s.Cases) }

func draws(s Side) string { return fmt.Sprintf("seed %d, %d trials", s.Seed, s.Trials) }
