package company

import (
	"fmt"
	"strings"

	"casebuilder/casebuilder/money"
)

// Kind is how a field is written.
type Kind int

// The kinds of field.
const (
	Quantity Kind = iota // a number, {value, source}, or {low, mode, high, source} where Ranges
	Text                 // a line of text
	Word                 // one of Words
	Words                // a list of words out of Words
	Texts                // a list of lines of text, or IDs
	Bool                 // yes or no
	Day                  // 2026-12-31
)

// Field is one input: what it is called, what it means and what it may hold.
type Field struct {
	ID      string // dotted; "*" stands for an element of a list
	Kind    Kind
	Label   string
	Unit    string  // "money/yr", "customers", "share" …; for other kinds "text", "date", "yes/no"
	Want    string  // for messages: "a share from 0% to 99%"
	Min     float64 // of a Quantity, inclusive unless Above
	Max     float64 // inclusive unless Below
	Above   bool    // the value must be above Min
	Below   bool    // the value must be below Max
	Whole   bool    // whole numbers only
	Ranges  bool    // {low, mode, high, source} is taken
	Points  bool    // "9 points" is taken for 0.09
	Words   []string
	Default any    // float64, string, bool; nil: required, or simply absent
	Basis   string // where the default comes from
	Needed  string // why a required field is needed; "" when it is optional
	Help    string // what it is, for the starter file and the documentation
	Where   string // where one finds it in a company
	Example string // as one would write it
	Owner   string // whose number it is
	Live    bool   // the workbook follows a change of it at once

	number func(*Profile) *Number
	text   func(*Profile) *string
	list   func(*Profile) *[]string
	flag   func(*Profile) *bool
	date   func(*Profile) *Date

	part     func(*Initiative) *Number
	partText func(*Initiative) *string
}

// Number returns the place of a Quantity field in p, nil for other kinds and
// for fields inside lists.
func (f *Field) Number(p *Profile) *Number { return call(f.number, p) }

// Text returns the place of a Text or Word field in p, or nil.
func (f *Field) Text(p *Profile) *string { return call(f.text, p) }

// List returns the place of a Words or Texts field in p, or nil.
func (f *Field) List(p *Profile) *[]string { return call(f.list, p) }

// Flag returns the place of a Bool field in p, or nil.
func (f *Field) Flag(p *Profile) *bool { return call(f.flag, p) }

// Day returns the place of a Day field in p, or nil.
func (f *Field) Day(p *Profile) *Date { return call(f.date, p) }

// InitiativeNumber returns the place of a Quantity field of an initiative, nil
// for other fields.
func (f *Field) InitiativeNumber(i *Initiative) *Number { return call(f.part, i) }

// InitiativeText returns the place of a Text field of an initiative, or nil.
func (f *Field) InitiativeText(i *Initiative) *string { return call(f.partText, i) }

func call[P, T any](get func(*P) *T, p *P) *T {
	if get == nil {
		return nil
	}
	return get(p)
}

// Key is the last part of the field's ID: its key in the file.
func (f *Field) Key() string { return f.ID[strings.LastIndexByte(f.ID, '.')+1:] }

// Read reads a number as people write it into the field's base unit: "78%" is
// 0.78 for a share, and "78" is refused. Where ok is false the hint says how to
// write it. The range of the field is checked by Validate.
func (f *Field) Read(s string) (v float64, hint string, ok bool) {
	if f.Whole && grouped(s) {
		return 0, hintGrouped(s), false
	}
	return readNumber(s, f.Unit, f.Max, f.Points)
}

// grouped reports whether a number has a point where half of the world writes
// one between thousands: "900.000".
func grouped(s string) bool {
	s = strings.TrimLeft(strings.TrimSpace(s), "+-")
	before, after, _ := strings.Cut(s, ".")
	digits := func(s string) bool { return strings.Trim(s, "0123456789") == "" }
	return len(before) >= 1 && len(before) <= 3 && before != "0" && len(after) == 3 && digits(before) && digits(after)
}

func hintGrouped(s string) string {
	before, after, _ := strings.Cut(strings.TrimSpace(s), ".")
	return fmt.Sprintf("a point is for decimals: write %s,%s for thousands, or fewer decimals", before, after)
}

// readNumber reads a number in a unit, at most max where it is a share.
func readNumber(s, unit string, max float64, points bool) (v float64, hint string, ok bool) {
	r, err := money.Read(s)
	if err != nil {
		return 0, err.(*money.ReadError).Hint, false
	}
	switch {
	case r.Kind == money.Points && !points:
		return 0, "points are for the margin premium: write a share with %", false
	case r.Kind == money.Percent && !takesPercent(unit):
		return 0, "write a number without %", false
	case grouped(s) && (unit == "money" || unit == "money/yr" || unit == "money/staff/yr"):
		return 0, hintGrouped(s), false
	case r.Kind == money.Plain && unit == "share" && r.Value > max && r.Value > 1 && r.Value <= 100:
		plain, share := money.English.Exact(r.Value), money.English.Exact(money.Hundredth(r.Value))
		if points {
			return 0, fmt.Sprintf("write %s points, %s%% or %s", plain, plain, share), false
		}
		return 0, fmt.Sprintf("write %s%% or %s", plain, share), false
	}
	return r.Value, "", true
}

// takesPercent reports whether a number of this unit may be written with %.
func takesPercent(unit string) bool {
	switch unit {
	case "share", "ratio", "1/day", "contacts/people":
		return true
	}
	return false
}

// FieldByID returns the field with that ID, or nil. The ID of an element of a
// list has its own names in it ("options.core.mfa-everywhere.per_year") or "*".
func FieldByID(id string) *Field {
	if f := byID[id]; f != nil {
		return f
	}
	parts := strings.Split(id, ".")
	for i := range ListFields {
		if matches(strings.Split(ListFields[i].ID, "."), parts) {
			return &ListFields[i]
		}
	}
	return nil
}

// matches reports whether an ID has the form of a pattern with "*" in it.
func matches(pattern, id []string) bool {
	if len(pattern) != len(id) {
		return false
	}
	for i, p := range pattern {
		if p != "*" && p != id[i] {
			return false
		}
	}
	return true
}

var byID = func() map[string]*Field {
	m := make(map[string]*Field, len(Fields)+len(ListFields))
	for i := range Fields {
		m[Fields[i].ID] = &Fields[i]
	}
	for i := range ListFields {
		m[ListFields[i].ID] = &ListFields[i]
	}
	return m
}()

// Parts are the keys of a number that is not written as a number alone.
var Parts = []string{"low", "mode", "high", "value", "source"}

// SplitPart cuts the part off an ID: "customers.retention.low" is
// "customers.retention" and "low". The cuts of an initiative have no value of
// their own, but they split as well.
func SplitPart(id string) (of, part string) {
	if i := strings.LastIndexByte(id, '.'); i > 0 {
		for _, p := range Parts {
			if id[i+1:] == p {
				return id[:i], p
			}
		}
	}
	return id, ""
}
