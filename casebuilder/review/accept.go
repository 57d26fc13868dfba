package review

import (
	"strconv"
	"strings"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/money"
)

// Accept writes the changes that were taken in into the text of the company
// file. Each change says who made it, when, why and from what, in its source,
// in a comment and in the list of accepted changes, from which the next
// workbook has its history; all other bytes stay as they are. Changes that the
// text cannot take come back as problems, and the rest is written.
func (r *Report) Accept(src []byte) (out []byte, problems diag.List) {
	add := func(id string, err error) {
		list, ok := err.(diag.List)
		if !ok {
			list = diag.List{{Field: id, Want: "a place in the file for the value", Got: err.Error()}}
		}
		for _, p := range list {
			p.Place.File = r.CompanyFile
			problems.Add(p)
		}
	}
	var written []company.Reviewed
	for i := range r.Changes {
		text, err := r.write(src, &r.Changes[i])
		if err != nil {
			add(r.Changes[i].ID, err)
			continue
		}
		src = text
		if i < len(r.joined) {
			written = append(written, r.joined[i])
		}
	}
	text, err := intake.AppendReviewed(src, written...)
	if err != nil {
		add("reviewed", err)
		return src, problems
	}
	return text, problems
}

// write writes one change: what is gone first, then what is new.
func (r *Report) write(text []byte, c *Change) ([]byte, error) {
	before, after := index(r.before), index(r.after)
	remark := "was " + c.From() + "; " + c.Who + ", " + c.Date
	if !c.credited { // else the source, or the reason beside the shares, says why
		remark += ": " + c.Reason
	}
	var err error
	for _, e := range r.before {
		if _, stays := after[e.ID]; stays || !c.owns(e.ID) {
			continue
		}
		id := e.ID
		if _, part := company.SplitPart(id); part == "" {
			if _, beside := before[id+".source"]; !beside {
				continue // a plain number: the range takes its place
			}
			id += ".value"
		}
		if text, err = intake.Remove(text, id); err != nil {
			return nil, err
		}
	}
	for _, e := range r.after {
		old, had := before[e.ID]
		if !c.owns(e.ID) || had && old.Number == e.Number && old.Text == e.Text {
			continue
		}
		if text, err = intake.SetValue(text, e.ID, r.written(e), remark); err != nil {
			return nil, err
		}
		remark = "" // once a change
	}
	return text, nil
}

func index(entries []company.Entry) map[string]company.Entry {
	m := make(map[string]company.Entry, len(entries))
	for _, e := range entries {
		m[e.ID] = e
	}
	return m
}

// owns reports whether an entry of the company file belongs to a change.
func (c *Change) owns(entry string) bool {
	of, _ := company.SplitPart(entry)
	for _, id := range c.entries {
		if of == id || strings.HasPrefix(entry, "ownership.") && strings.HasPrefix(entry, id+".") {
			return true
		}
	}
	return false
}

// written is a value as a person would write it into the file, so that it
// reads back as the same number.
func (r *Report) written(e company.Entry) string {
	if e.Kind != company.Quantity {
		return e.Text
	}
	v, exact := e.Number, strconv.FormatFloat(e.Number, 'f', -1, 64)
	of, part := company.SplitPart(e.ID)
	f := company.FieldByID(e.ID)
	if f == nil && part != "" {
		f = company.FieldByID(of)
	}
	if f == nil {
		spec, ok := company.FindEstimate(r.rules.Estimates, strings.TrimPrefix(of, "estimates."))
		if way := percent(v); ok && (spec.Unit == "share" || spec.Unit == "contacts/people") {
			if got, _, ok := spec.Read(way); ok && got == v {
				return way
			}
		}
		return exact
	}
	candidates := []string{}
	switch {
	case f.Points:
		candidates = append(candidates, percentDigits(v)+" points")
	case f.Unit == "share":
		candidates = append(candidates, percent(v))
	case strings.HasPrefix(f.Unit, "money") || f.Unit == "customers" || f.Unit == "people" || f.Unit == "customers/yr":
		for _, s := range []struct {
			scale float64
			word  string
		}{{1e6, "M"}, {1e3, "k"}} {
			if x := v / s.scale; v >= s.scale*10 || v >= s.scale && s.word == "M" {
				candidates = append(candidates, strconv.FormatFloat(x, 'f', -1, 64)+s.word)
			}
		}
	}
	for _, c := range candidates {
		if got, _, ok := f.Read(c); ok && got == v && len(c) <= len(exact)+1 {
			return c
		}
	}
	return exact
}

func percentDigits(v float64) string { return strconv.FormatFloat(money.Round(v*100, 10), 'f', -1, 64) }

func percent(v float64) string { return percentDigits(v) + "%" }
