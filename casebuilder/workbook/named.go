package workbook

import (
	"strings"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/model"
)

// RowID is the ID under which the sheets have an input of the company file: a
// driver for "estimates.extra_churn", a constant by its own name.
func RowID(field string) string {
	name, own := strings.CutPrefix(field, "estimates.")
	switch {
	case !own:
		return field
	case IsConstant(name):
		return name
	}
	return DriverOf(name)
}

// Named returns what the sheets of a case call an input of the company file,
// and its unit. Where they no longer have it, that is what the company file
// calls it.
func Named(c *model.Case) func(field string) (label, unit string) {
	m := &maker{c: c}
	rows := m.entries()
	return func(field string) (label, unit string) {
		of := RowID(field)
		for _, d := range c.Drivers() {
			if q := id("driver." + d.ID); string(q) == of && m.has(q) {
				return d.Label, m.unit(m.quantity(q).Unit)
			}
		}
		for _, e := range rows {
			if strings.HasPrefix(of, ownershipList+".") && strings.HasPrefix(e.id, of+".") && e.unit == "share" {
				label, _, _ = strings.Cut(e.label, ":")
				return label, e.unit
			}
		}
		for _, name := range []string{of, of + ".mode", of + ".low"} {
			for _, e := range rows {
				if e.id == name {
					return e.label, e.unit
				}
			}
		}
		for _, name := range []string{field, field + ".low"} {
			if f := company.FieldByID(name); f != nil {
				return f.Label, f.Unit
			}
		}
		return field, ""
	}
}
