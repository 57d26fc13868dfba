package group

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/quantity"
	"casebuilder/casebuilder/results"
)

// EffectsFile is the name of the file of a unit's folder that holds what the
// group's shared programmes do there. A unit's own papers know nothing of
// them: they are the same alone and in a group, and the unit decides on what
// it can decide on. The programmes are the group's decision.
const EffectsFile = "shared.json"

// Effects are what the shared programmes do in one unit, on top of the option
// that is recommended there: its model runs again with the cuts of the first
// programme added, then of the first and the second, and so on. Each programme
// is credited with what it adds to those before it, so that the effects add up
// to that of all together. Costs are no part of it: they are allocated.
type Effects struct {
	Schema      int       `json:"schema"`
	Unit        string    `json:"unit"`
	Fingerprint string    `json:"fingerprint"` // of the case, its recommended option and the programmes
	Option      string    `json:"option"`      // the recommended one, "nothing" for none
	Programmes  []Effect  `json:"programmes"`  // those that cover the unit, in the order of the group file
	Rate        []float64 `json:"rate"`        // by trial, with the option and all programmes
	Loss        []float64 `json:"loss"`
}

// Effect is what one programme adds in one unit, in the unit's currency.
type Effect struct {
	Name      string             `json:"name"`
	Avoided   float64            `json:"avoided_pv"`           // loss avoided over the horizon
	Marketing float64            `json:"avoided_marketing_pv"` // marketing's part of it
	ALE       float64            `json:"ale_avoided"`          // expected yearly loss avoided in full effect
	Owners    map[string]float64 `json:"ale_avoided_by_owner"` // the same by owner
}

// covering returns the programmes that cover a unit, in their order.
func covering(unit string, all []company.Shared) []company.Shared {
	var out []company.Shared
	for _, s := range all {
		if s.Units == nil || slices.Contains(s.Units, unit) {
			out = append(out, s)
		}
	}
	return out
}

// effectsFingerprint identifies what the effects are computed from.
func effectsFingerprint(caseFingerprint, option string, programmes []company.Shared) string {
	type cut struct {
		Name string
		Cuts company.Cuts
	}
	var cuts []cut // the costs change nothing here
	for _, s := range programmes {
		cuts = append(cuts, cut{s.Name, s.Cuts})
	}
	data, _ := json.Marshal(cuts)
	h := sha256.New()
	for _, part := range []string{caseFingerprint, option, string(data)} {
		fmt.Fprintf(h, "%d:%s\n", len(part), part)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// EffectsCurrent reports whether the effects of a unit's folder are those of
// the case with that fingerprint and of these programmes; data is nil where
// the folder has none.
func EffectsCurrent(data []byte, fingerprint, unit string, programmes []company.Shared) bool {
	programmes = covering(unit, programmes)
	if len(programmes) == 0 {
		return data == nil
	}
	var e Effects
	if data == nil || json.Unmarshal(data, &e) != nil {
		return false
	}
	return e.Fingerprint == effectsFingerprint(fingerprint, e.Option, programmes)
}

// NewEffects computes what the shared programmes do in the unit of a solved
// case; nil where none covers it.
func NewEffects(in model.Input, r *results.BusinessCase, programmes []company.Shared) (*Effects, error) {
	programmes = covering(in.Profile.Company.Unit, programmes)
	if len(programmes) == 0 {
		return nil, nil
	}
	own := company.Option{Initiatives: nil}
	for _, o := range in.Profile.Options {
		if o.ID == r.Decision.Recommended {
			own = o
		}
	}
	// Options "with-0", "with-1" …: the recommended one, then with the first
	// programme, with the first two …
	p := *in.Profile
	p.Options = nil
	initiatives := slices.Clone(own.Initiatives)
	for k := range len(programmes) + 1 {
		id := "with-" + strconv.Itoa(k)
		p.Options = append(p.Options, company.Option{ID: id, Name: id, Initiatives: slices.Clone(initiatives)})
		if k < len(programmes) {
			shared := company.NewInitiative()
			shared.ID, shared.Name, shared.Cuts = "shared-"+strconv.Itoa(k+1), programmes[k].Name, programmes[k].Cuts
			initiatives = append(initiatives, shared)
		}
	}
	in.Profile = &p
	m, err := model.New(in)
	if err != nil {
		return nil, err
	}
	of := func(k int, name string) quantity.ID {
		return quantity.ID("options.with-" + strconv.Itoa(k) + "." + name)
	}
	last := len(programmes)
	only := []quantity.ID{of(last, "driver.event_rate"), of(last, "severity.total")}
	var owners []string
	for _, o := range company.OwnerNames {
		if _, ok := m.Graph().Get(of(0, "ale."+o)); ok {
			owners = append(owners, o)
		}
	}
	for k := range last + 1 {
		only = append(only, of(k, "avoided.pv"), of(k, "avoided.marketing.pv"), of(k, "ale.total"))
		for _, o := range owners {
			only = append(only, of(k, "ale."+o))
		}
	}
	run := m.RunTrials(only...)
	e := &Effects{Schema: results.Schema, Unit: in.Profile.Company.Unit, Option: r.Decision.Recommended,
		Fingerprint: effectsFingerprint(r.Fingerprint, r.Decision.Recommended, programmes),
		Rate:        run.Column(of(last, "driver.event_rate")), Loss: run.Column(of(last, "severity.total"))}
	for k, s := range programmes {
		step := func(name string) float64 { return run.Value(of(k+1, name)) - run.Value(of(k, name)) }
		x := Effect{Name: s.Name, Avoided: step("avoided.pv"), Marketing: step("avoided.marketing.pv"), ALE: -step("ale.total"), Owners: map[string]float64{}}
		for _, o := range owners {
			x.Owners[o] = -step("ale." + o)
		}
		e.Programmes = append(e.Programmes, x)
	}
	return e, nil
}

// ReadEffects adds to a unit what the file of its folder says of the shared
// programmes.
func (u *Unit) ReadEffects(name string, data []byte) error {
	var e Effects
	if err := json.Unmarshal(data, &e); err != nil || e.Schema != results.Schema || e.Unit != u.Name {
		return unreadable(name, "something else")
	}
	v := *u
	v.RateAfter, v.LossAfter = e.Rate, e.Loss
	if problem := v.check(); problem != "" {
		return unreadable(name, problem)
	}
	u.Effects = &e
	return nil
}
