package company

import (
	"fmt"
	"slices"
	"strings"

	"casebuilder/casebuilder/diag"
)

// Reviewed is a change that came out of a review of the workbook and was
// accepted. Its values are kept as they were written.
type Reviewed struct {
	Field  string `json:"field"` // "customers.retention", "estimates.extra_churn", "ownership.closed_sales"
	Was    string `json:"was"`   // see ReadChanged
	Now    string `json:"now"`
	By     string `json:"by"`
	Date   Date   `json:"date"`
	Reason string `json:"reason"`
}

// Part is one part of a changed value: the number itself, or the mode of its
// range, where Name is "", else its low or high end, or an owner's share.
type Part struct{ Name, Value string }

// leftOut begins the value of what the company file did not have.
const leftOut = "left out"

// WriteChanged writes the value of a change as one line: "78%", or "low 74%,
// high 82%". What the file left out has no parts; shown is then what was in
// use in its place.
func WriteChanged(parts []Part, shown string) string {
	if len(parts) == 0 {
		if shown == "" {
			return leftOut
		}
		return leftOut + " (" + shown + ")"
	}
	out := make([]string, len(parts))
	for i, p := range parts {
		out[i] = strings.TrimSpace(strings.ReplaceAll(p.Name, "_", " ") + " " + p.Value)
	}
	return strings.Join(out, ", ")
}

// ReadChanged reads what WriteChanged wrote. What was left out has no parts.
func ReadChanged(s string) (parts []Part, shown string) {
	if rest, ok := strings.CutPrefix(s, leftOut); ok {
		return nil, strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(rest), "("), ")")
	}
	for text := range strings.SplitSeq(s, ", ") {
		p := Part{Value: text}
		for _, name := range slices.Concat(Parts, OwnerNames) {
			if rest, ok := strings.CutPrefix(text, strings.ReplaceAll(name, "_", " ")+" "); ok {
				p = Part{name, rest}
			}
		}
		parts = append(parts, p)
	}
	return parts, ""
}

// reviewed checks the accepted changes: what they are about, and that their
// texts are there and can be printed. What they say of a value is history, and
// is not compared with it.
func (c *checker) reviewed() {
	list := c.p.Reviewed
	if len(list) > MaxReviewed {
		c.bad("reviewed", fmt.Sprintf("at most %d accepted changes", MaxReviewed), fmt.Sprint(len(list)), "take the oldest out")
		return
	}
	for i, x := range list {
		at := fmt.Sprintf("reviewed.%d", i+1)
		texts := []struct{ key, value string }{{"field", x.Field}, {"was", x.Was}, {"now", x.Now}, {"by", x.By}, {"date", x.Date.String()}, {"reason", x.Reason}}
		for _, t := range texts {
			f := FieldByID("reviewed.*." + t.key)
			c.text(at+"."+t.key, f, t.value)
			if t.key == "field" && t.value != "" && !c.changeable(t.value) {
				hint := ""
				if FieldByID(t.value) == nil {
					hint = didYouMean(t.value, c.changeables())
				}
				c.bad(at+".field", f.Want, diag.Quote(t.value), hint)
			}
		}
		c.day(at+".date", x.Date)
	}
}

// changeable reports whether an ID is that of an input which a review can
// change. Options and initiatives may be gone since.
func (c *checker) changeable(id string) bool {
	if name, ok := strings.CutPrefix(id, "estimates."); ok {
		_, known := FindEstimate(c.rules.Estimates, name)
		return known || c.rules.Estimates == nil
	}
	if line, ok := strings.CutPrefix(id, "ownership."); ok {
		return slices.Contains(LossLines, line)
	}
	for _, f := range []*Field{FieldByID(id), FieldByID(id + ".low")} { // a cut has a low end
		if f != nil && (f.Kind == Quantity || f.Kind == Bool) {
			return true
		}
	}
	return false
}

// changeables are the IDs that are offered in place of one that is not known.
func (c *checker) changeables() []string {
	var ids []string
	for _, f := range Fields {
		if f.Kind == Quantity || f.Kind == Bool {
			ids = append(ids, f.ID)
		}
	}
	for _, id := range estimateIDs(c.rules.Estimates) {
		ids = append(ids, "estimates."+id)
	}
	for _, line := range LossLines {
		ids = append(ids, "ownership."+line)
	}
	return ids
}
