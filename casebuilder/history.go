package casebuilder

import (
	"math"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/results"
	"casebuilder/casebuilder/workbook"
)

// accepted makes the history of a case out of the accepted changes of its
// company: each with its effect, which is the headline less what it would be
// with the old value put back. A change whose value the company no longer has
// stays without an effect.
func accepted(in Input, c *model.Case) (*results.Review, error) {
	h, err := newHistorian(in, c)
	if err != nil {
		return nil, err
	}
	out := &results.Review{Questions: workbook.Questions(c.Results), Changes: make([]results.Change, len(in.Profile.Reviewed))}
	now, err := h.headline(in.Profile)
	if err != nil {
		return nil, err
	}
	errs := make([]error, len(out.Changes))
	// One run each; the model itself uses all processors, so few at a time.
	limit := make(chan struct{}, max(1, runtime.GOMAXPROCS(0)))
	var wg sync.WaitGroup
	for i, x := range in.Profile.Reviewed {
		change := &out.Changes[i]
		*change = h.change(x)
		before, why := h.without(x)
		if change.NoEffect = why; why != "" {
			continue
		}
		wg.Go(func() {
			limit <- struct{}{}
			defer func() { <-limit }()
			var then model.Headline
			if then, errs[i] = h.headline(before); errs[i] == nil {
				change.NPV, change.Stake = now.NPV-then.NPV, now.Stake-then.Stake
			}
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}

// historian knows what accepted changes are about.
type historian struct {
	in      Input
	rules   company.Rules
	entries []company.Entry // of the company as it is
	named   func(field string) (label, unit string)
	money   money.Currency
}

func newHistorian(in Input, c *model.Case) (*historian, error) {
	h := &historian{in: in, entries: company.Flatten(in.Profile), named: workbook.Named(c)}
	code := in.Profile.Company.Currency
	var ok bool
	if h.money, ok = money.LookUp(code); !ok {
		h.money = money.Currency{Code: code}
	}
	var err error
	h.rules, err = Rules(in.Library)
	return h, err
}

// headline computes a company with the library, the seed and the trials of the
// case.
func (h *historian) headline(p *company.Profile) (model.Headline, error) {
	m, err := model.New(model.Input{Profile: p, Library: h.in.Library, Seed: h.in.Seed, Trials: h.in.Trials, Version: h.in.Version})
	if err != nil {
		return model.Headline{}, err
	}
	return m.Headline(), nil
}

// change is a change as the papers show it, without its effect.
func (h *historian) change(x company.Reviewed) results.Change {
	label, unit := h.named(x.Field)
	if x.Field == "estimates."+company.EventProbability {
		unit = "share"
	}
	return results.Change{ID: workbook.RowID(x.Field), Label: label, Unit: unit, From: h.print(x.Field, unit, x.Was), To: h.print(x.Field, unit, x.Now),
		Reason: x.Reason, Who: x.By, Date: x.Date.String()}
}

// print prints a value in its unit, as the workbook does; what cannot be read
// as one is printed as it was written.
func (h *historian) print(field, unit, text string) string {
	parts, shown := company.ReadChanged(text)
	if len(parts) == 0 {
		if shown == "" {
			return text
		}
		return shown
	}
	out := make([]string, len(parts))
	for i, p := range parts {
		v, ok := h.read(field, p)
		if !ok {
			return text
		}
		if strings.HasPrefix(field, "estimates.") {
			v = short(v)
		}
		out[i] = strings.TrimSpace(strings.ReplaceAll(p.Name, "_", " ") + " " + money.English.Format(unit, h.money).Measured().Number(v))
	}
	return strings.Join(out, ", ")
}

// short cuts a computed end of an interval to three digits; what somebody
// wrote has fewer than ten.
func short(v float64) float64 {
	if len(strconv.FormatFloat(math.Abs(v), 'e', -1, 64)) > len("1.23456789e-01") {
		v, _ = strconv.ParseFloat(strconv.FormatFloat(v, 'g', 3, 64), 64)
	}
	return v
}

// read reads the number of a part.
func (h *historian) read(field string, p company.Part) (v float64, ok bool) {
	if name, own := strings.CutPrefix(field, "estimates."); own {
		spec, known := company.FindEstimate(h.rules.Estimates, name)
		if !known {
			return 0, false
		}
		v, _, ok = spec.Read(p.Value)
		return v, ok
	}
	for _, id := range []string{id(field, p.Name), field, field + ".low"} {
		if f := company.FieldByID(id); f != nil && f.Kind == company.Quantity {
			v, _, ok = f.Read(p.Value)
			return v, ok
		}
	}
	return 0, false
}

// id is that of a part of a field.
func id(field, part string) string { return strings.TrimSuffix(field+"."+part, ".") }

// without returns the company with the old value of a change put back, or why
// that cannot be done.
func (h *historian) without(x company.Reviewed) (p *company.Profile, why string) {
	entries := slices.Clone(h.entries)
	at := func(part string) int {
		i := slices.IndexFunc(entries, func(e company.Entry) bool { return e.ID == id(x.Field, part) })
		if i < 0 && part == "" { // the number itself, where there is a range
			i = slices.IndexFunc(entries, func(e company.Entry) bool { return e.ID == x.Field+".mode" })
		}
		return i
	}
	was, _ := company.ReadChanged(x.Was)
	now, _ := company.ReadChanged(x.Now)
	for _, part := range now {
		i := at(part.Name)
		if i < 0 || !h.holds(entries[i], x.Field, part) {
			return nil, results.ChangedSince
		}
	}
	whole := len(was) == 0 || strings.HasPrefix(x.Field, "estimates.") || strings.HasPrefix(x.Field, "ownership.")
	if whole && !slices.EqualFunc(now, h.partsOf(x.Field), func(a company.Part, name string) bool { return a.Name == name }) {
		return nil, results.ChangedSince
	}
	first := slices.IndexFunc(entries, func(e company.Entry) bool { return e.ID == x.Field || strings.HasPrefix(e.ID, x.Field+".") })
	if whole {
		// All parts go, and with what the file left out the source and the
		// reason as well.
		entries = slices.DeleteFunc(entries, func(e company.Entry) bool {
			name, ok := strings.CutPrefix(e.ID, x.Field+".")
			return e.ID == x.Field || ok && (len(was) == 0 || name != "source" && name != "reason")
		})
	}
	for k, part := range was {
		e := company.Entry{ID: id(x.Field, part.Name), Kind: company.Quantity}
		i := at(part.Name)
		if i >= 0 {
			e = entries[i]
		}
		if e.Kind == company.Bool {
			if e.Text = part.Value; e.Text != "yes" && e.Text != "no" {
				return nil, results.Unknown
			}
		} else if v, ok := h.read(x.Field, part); ok {
			e.Number = v
		} else {
			return nil, results.Unknown
		}
		if i >= 0 {
			entries[i] = e
		} else {
			entries = slices.Insert(entries, min(first+k, len(entries)), e)
		}
	}
	p, _, err := intake.Unflatten("", entries, nil, intake.Options{Rules: h.rules})
	if err != nil {
		return nil, results.Unknown
	}
	return p, ""
}

// partsOf names the parts that a field has now.
func (h *historian) partsOf(field string) (names []string) {
	for _, e := range h.entries {
		switch name, ok := strings.CutPrefix(e.ID, field+"."); {
		case e.ID == field:
			names = append(names, "")
		case ok && name != "source" && name != "reason":
			names = append(names, name)
		}
	}
	return names
}

// holds reports whether an entry has the value of a part.
func (h *historian) holds(e company.Entry, field string, part company.Part) bool {
	if e.Kind == company.Bool {
		return e.Text == part.Value
	}
	v, ok := h.read(field, part)
	return ok && math.Abs(e.Number-v) <= 1e-12*math.Max(math.Abs(e.Number), math.Abs(v))
}
