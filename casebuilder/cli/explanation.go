package cli

import (
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/quantity"
	"casebuilder/casebuilder/results"
	"casebuilder/casestudies"
)

// explanation is all that is said of one figure.
type explanation struct {
	ID   string `json:"id"`
	Kind string `json:"kind"` // input, calculated, driver, check, case
	results.Figure
	Numbers string           `json:"numbers,omitempty"` // the formula with numbers in the place of names
	Inputs  []ingredient     `json:"inputs"`
	UsedBy  []string         `json:"used_by"`
	Field   *fieldHelp       `json:"field,omitempty"`
	Driver  *results.Driver  `json:"driver,omitempty"`
	Check   *results.Check   `json:"check,omitempty"`
	Publics []results.Source `json:"publications"`
	Case    *caseUse         `json:"case,omitempty"`
	Bar     *results.Bar     `json:"sensitivity,omitempty"`

	distribution bool
}

// ingredient is a quantity that the formula names.
type ingredient struct {
	ID      string   `json:"id"`
	Label   string   `json:"label"`
	Unit    string   `json:"unit"`
	Value   *float64 `json:"value"`
	Central *float64 `json:"central,omitempty"`
	Text    string   `json:"text,omitempty"`
	Input   bool     `json:"input"` // given, not calculated
}

// fieldHelp is what the table of fields says of an input.
type fieldHelp struct {
	Help    string          `json:"help"`
	Want    string          `json:"want"`
	Where   string          `json:"where,omitempty"`
	Example string          `json:"example,omitempty"`
	Given   *company.Number `json:"given,omitempty"` // as the company file has it, with its range
}

// caseUse is how a case counts for the company.
type caseUse struct {
	Name     string            `json:"name"`
	Headline string            `json:"headline"`
	Rank     int               `json:"rank"`
	Weight   float64           `json:"weight"`
	Why      []string          `json:"why"`
	Drivers  map[string]caseOn `json:"drivers"`
}

// caseOn is what a case says of a driver.
type caseOn struct {
	Value  float64 `json:"value"`
	Weight float64 `json:"weight"`
	Why    string  `json:"why"`
}

func (e *explainer) explain(id string) (*explanation, error) {
	q, ok := e.find(id)
	if !ok || q.Draw {
		if k, ok := e.library.ByID(id); ok {
			return e.explainCase(k), nil
		}
		if x := e.explainText(id); x != nil {
			return x, nil
		}
		if b := e.bar(id); b != nil { // several drivers with one draw
			return &explanation{ID: b.ID, Kind: "driver", Inputs: []ingredient{}, UsedBy: []string{}, Publics: []results.Source{}, Bar: b,
				Figure: results.Figure{Label: b.Label, Unit: b.Unit, Value: &b.Mid, Definition: "one draw that moves several drivers together; at its ends the result is as below"}}, nil
		}
		return nil, e.unknown(id)
	}
	f, ok := e.figure(q.ID)
	if !ok { // not in stored results
		f = results.Figure{Label: q.Label, Unit: e.unit(q.Unit), Definition: q.Note, Owner: q.Owner, Sources: q.Sources, Text: "not stored"}
	}
	x := &explanation{ID: string(q.ID), Kind: "calculated", Figure: f, Inputs: []ingredient{}, UsedBy: []string{}, Publics: []results.Source{},
		distribution: e.graph.Axis(q.ID) == quantity.Column}
	if x.Formula == "" {
		x.Formula = e.words(q.ID, func(r quantity.Quantity) string { return lowerFirst(r.Label) })
	}
	for _, r := range e.graph.Uses(q.ID) {
		x.Inputs = append(x.Inputs, e.ingredient(r))
	}
	x.Numbers = e.numbers(x)
	for _, user := range e.graph.All() {
		if !strings.Contains(string(user.ID), "@") && slices.Contains(e.graph.Uses(user.ID), q.ID) {
			x.UsedBy = append(x.UsedBy, string(user.ID))
		}
	}
	if q.Expr.Zero() {
		x.Kind = "input"
		x.Field = e.field(string(q.ID))
	}
	if d, ok := e.results.Drivers[string(q.ID)]; ok {
		x.Kind, x.Driver = "driver", &d
		x.Sources = append(slices.Clone(x.Sources), d.Sources...)
	}
	for i := range e.results.Checks {
		if e.results.Checks[i].ID == string(q.ID) {
			x.Kind, x.Check = "check", &e.results.Checks[i]
		}
	}
	x.Bar = e.bar(x.ID)
	for _, src := range e.results.Sources {
		if slices.Contains(x.Sources, src.ID) {
			x.Publics = append(x.Publics, src)
		}
	}
	return x, nil
}

// bar returns what a driver or an input moves, nil where it is not among the
// bars of the tornado.
func (e *explainer) bar(id string) *results.Bar {
	for i := range e.results.Tornado {
		if e.results.Tornado[i].ID == id {
			return &e.results.Tornado[i]
		}
	}
	return nil
}

// lowerFirst lowers the first letter of a label, unless it begins with an
// abbreviation.
func lowerFirst(s string) string {
	first, n := utf8.DecodeRuneInString(s)
	second, _ := utf8.DecodeRuneInString(s[n:])
	if unicode.IsUpper(second) {
		return s
	}
	return string(unicode.ToLower(first)) + s[n:]
}

func (e *explainer) words(id quantity.ID, name func(quantity.Quantity) string) string {
	return e.graph.Words(id, func(r quantity.ID) string {
		q, _ := e.graph.Get(r)
		return name(q)
	}, money.English.Exact)
}

// ingredient returns a quantity that a formula names, with its number.
func (e *explainer) ingredient(id quantity.ID) ingredient {
	q, _ := e.graph.Get(id)
	in := ingredient{ID: string(id), Label: q.Label, Unit: e.unit(q.Unit), Input: q.Expr.Zero()}
	if q.Draw {
		in.Label, in.Text = "Random draw", "a number for each trial"
		return in
	}
	if f, ok := e.figure(id); ok {
		in.Value, in.Central, in.Text = f.Value, f.Central, f.Text
	} else {
		in.Text = "not stored"
	}
	return in
}

// numbers returns the formula with numbers: those of the figure itself, and
// where it is a number a trial those of the central case. It is "" where a
// number is missing.
func (e *explainer) numbers(x *explanation) string {
	missing := len(x.Inputs) == 0
	at := map[string]float64{}
	for _, in := range x.Inputs {
		v := in.Value
		if x.distribution {
			v = in.Central
		}
		if v == nil {
			missing = true
			continue
		}
		at[in.ID] = *v
	}
	if missing {
		return ""
	}
	return e.words(quantity.ID(x.ID), func(q quantity.Quantity) string {
		s := worked(at[string(q.ID)])
		if strings.HasPrefix(s, "-") || strings.HasPrefix(s, "−") {
			return "(" + s + ")"
		}
		return s
	})
}

// worked prints a number of a worked formula: six figures.
func worked(v float64) string {
	if v == 0 || math.IsNaN(v) || math.IsInf(v, 0) {
		return money.English.Exact(v)
	}
	return money.English.Exact(money.Round(v, max(0, 5-int(math.Floor(math.Log10(math.Abs(v)))))))
}

// field returns the help of an input of the company file, nil for a constant.
func (e *explainer) field(id string) *fieldHelp {
	f := company.FieldByID(id)
	if f == nil {
		return nil
	}
	h := &fieldHelp{Help: f.Help, Want: f.Want, Where: f.Where, Example: f.Example}
	if n := f.Number(&e.results.Company); n != nil && n.Set {
		h.Given = n
	}
	return h
}

// explainText explains an input of the company file that is no number; nil
// where there is none of that ID.
func (e *explainer) explainText(id string) *explanation {
	f := company.FieldByID(id)
	if f == nil || strings.Contains(f.ID, "*") {
		return nil
	}
	x := &explanation{ID: id, Kind: "input", Inputs: []ingredient{}, UsedBy: []string{}, Publics: []results.Source{}, Field: e.field(id),
		Figure: results.Figure{Label: f.Label, Unit: f.Unit, Definition: f.Help, Owner: f.Owner, Text: "left out"}}
	for _, entry := range company.Flatten(&e.results.Company) {
		if entry.ID == id && entry.Text != "" {
			x.Text = entry.Text
		}
	}
	return x
}

func (e *explainer) explainCase(k *casestudies.Case) *explanation {
	use := &caseUse{Name: k.Organisation, Headline: k.Headline(), Drivers: map[string]caseOn{}}
	for i, r := range e.ranking {
		if r.Case.ID == k.ID {
			use.Rank, use.Weight, use.Why = i+1, r.Weights.Total(), r.Weights.Why
		}
	}
	for id, d := range e.results.Drivers {
		for _, v := range d.Cases {
			if v.ID == k.ID {
				use.Drivers[id] = caseOn{Value: v.Value, Weight: v.Weight, Why: v.Why}
			}
		}
	}
	weight := use.Weight
	return &explanation{ID: k.ID, Kind: "case", Case: use, Inputs: []ingredient{}, UsedBy: []string{}, Publics: []results.Source{},
		Figure: results.Figure{Label: k.Organisation, Unit: "ratio", Value: &weight, Definition: "how much the case counts for the company: 1 is a twin"}}
}

// records returns the figure and its inputs as rows.
func (x *explanation) records() []record {
	num := func(v *float64) any {
		if v == nil {
			return nil
		}
		return *v
	}
	rs := []record{{{"role", "figure"}, {"id", x.ID}, {"label", x.Label}, {"unit", x.Unit}, {"value", num(x.Value)}, {"central", num(x.Central)}}}
	for _, in := range x.Inputs {
		rs = append(rs, record{{"role", "input"}, {"id", in.ID}, {"label", in.Label}, {"unit", in.Unit}, {"value", num(in.Value)}, {"central", num(in.Central)}})
	}
	return rs
}
