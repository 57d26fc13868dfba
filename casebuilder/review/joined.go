package review

import (
	"slices"
	"strings"

	"casebuilder/casebuilder/company"
)

// join works out what the changes add to the accepted changes of the company.
func (r *Report) join() {
	for i := range r.Changes {
		r.joined = append(r.joined, r.reviewed(&r.Changes[i]))
	}
	r.Profile.Reviewed = slices.Concat(r.Profile.Reviewed, r.joined)
}

// reviewed is a change as the company file keeps it: values as they are
// written there, so that the one can be put back for the other.
func (r *Report) reviewed(c *Change) company.Reviewed {
	x := company.Reviewed{Field: c.ID, By: clip(c.Who, company.MaxText), Reason: clip(c.Reason, company.MaxText)}
	if of, ok := strings.CutPrefix(c.entries[0], "estimates."); ok {
		x.Field = "estimates." + of
	}
	for date := range strings.SplitSeq(c.Date, "; ") { // the last one, where a number was changed in parts
		if d, err := company.ParseDate(date); err == nil && d.After(x.Date.Time) {
			x.Date = d
		}
	}
	before, after := index(r.before), index(r.after)
	// An estimate and the owners of a line are replaced as a whole; of other
	// numbers only what differs.
	whole := strings.HasPrefix(x.Field, "estimates.") || strings.HasPrefix(x.Field, "ownership.")
	parts := func(list []company.Entry, other map[string]company.Entry) (parts []company.Part) {
		for _, e := range list {
			name, ok := partOf(x.Field, e.ID)
			if o, both := other[e.ID]; !ok || !whole && both && o.Number == e.Number && o.Text == e.Text {
				continue
			}
			parts = append(parts, company.Part{Name: name, Value: r.written(e)})
		}
		if len(parts) == 1 && parts[0].Name == "mode" {
			parts[0].Name = ""
		}
		return parts
	}
	x.Was = clip(company.WriteChanged(parts(r.before, after), c.From()), company.MaxText)
	x.Now = clip(company.WriteChanged(parts(r.after, before), c.To()), company.MaxText)
	return x
}

// partOf reports whether an entry of the company file holds a part of the
// value of a field, and names it; the source and the reason are none.
func partOf(field, entry string) (name string, ok bool) {
	if entry == field {
		return "", true
	}
	name, ok = strings.CutPrefix(entry, field+".")
	return name, ok && (slices.Contains([]string{"low", "mode", "high"}, name) || slices.Contains(company.OwnerNames, name))
}
