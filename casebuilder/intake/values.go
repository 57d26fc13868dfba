package intake

import (
	"strings"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
)

// The readers of single values. Each adds its problems and returns a zero value
// where there is any.

const hintEmpty = "write a value, or leave the line out"

// number reads a number: alone, as {value, source}, or as {low, mode, high,
// source}.
func (r *reader) number(id string, e *entry, want string, read func(string) (float64, string, bool)) company.Number {
	n := e.value
	given := !n.byDefault
	switch n.form {
	case scalar:
		v, ok := r.float(id, n, want, read)
		return company.Number{Value: v, Set: ok, Given: given && ok}
	case empty:
		r.fail(id, n.at, want, company.Nothing, hintEmpty)
		return company.Number{}
	case list, broken:
		r.fail(id, n.at, want, n.what(), "")
		return company.Number{}
	}
	before, whole := len(r.problems), true
	r.checkKeys(id, n, company.Parts)
	var out company.Number
	ends := map[string]float64{}
	for _, part := range []string{"low", "mode", "high", "value"} {
		if pe := n.entry(part); pe != nil {
			r.note(id+"."+part, pe.at, pe.value)
			v, ok := r.float(id+"."+part, pe.value, want, read)
			ends[part], whole = v, whole && ok
			given = given && !pe.value.byDefault
		}
	}
	if s := n.entry("source"); s != nil {
		out.Source = r.text(id+".source", s, "a line of text")
	}
	has := func(part string) bool { return n.get(part) != nil }
	switch {
	case !whole || len(r.problems) > before:
		whole = false
	case has("value") && (has("low") || has("mode") || has("high")):
		r.fail(id, n.at, "a value, or low and high", "both", "leave one of them out")
	case has("value"):
		out.Value = ends["value"]
	case !has("low") || !has("high"):
		got := "no low and no high"
		if has("low") {
			got = "no high"
		} else if has("high") {
			got = "no low"
		}
		r.fail(id, e.at, "low and high, the ends of a 90% interval", got, "")
	default:
		source := out.Source
		if out = company.Between(ends["low"], ends["high"]); has("mode") {
			out = company.Around(ends["low"], ends["mode"], ends["high"])
		}
		out.Source = source
	}
	if !whole || len(r.problems) > before {
		r.failed[id] = true
		return company.Number{}
	}
	out.Set, out.Given = true, given
	return out
}

// float reads one number.
func (r *reader) float(id string, n *node, want string, read func(string) (float64, string, bool)) (float64, bool) {
	switch {
	case n.number != nil:
		return *n.number, true
	case n.form == empty:
		r.fail(id, n.at, want, company.Nothing, hintEmpty)
		return 0, false
	case n.form != scalar:
		r.fail(id, n.at, want, n.what(), "")
		return 0, false
	}
	v, hint, ok := read(n.text)
	if !ok {
		r.fail(id, n.at, want, diag.Quote(n.text), hint)
	}
	return v, ok
}

// text reads a line of text. Spaces around it are dropped.
func (r *reader) text(id string, e *entry, want string) string {
	n := e.value
	r.note(id, e.at, n)
	switch n.form {
	case scalar:
		if s := strings.TrimSpace(n.text); s != "" {
			return s
		}
		r.fail(id, n.at, want, "an empty text", hintEmpty)
	case empty:
		r.fail(id, n.at, want, company.Nothing, hintEmpty)
	default:
		r.fail(id, n.at, want, n.what(), "")
	}
	return ""
}

// texts reads a list of words or lines of text.
func (r *reader) texts(id string, e *entry) []string {
	const want = "a list"
	n := e.value
	r.note(id, e.at, n)
	switch {
	case n.form == scalar && n.cell:
		return company.SplitList(n.text)
	case n.form == scalar:
		r.fail(id, n.at, want, n.what(), "write it in [ ], or after a dash")
		return nil
	case n.form == empty:
		r.fail(id, n.at, want, company.Nothing, hintEmpty)
		return nil
	case n.form != list:
		r.fail(id, n.at, want, n.what(), "")
		return nil
	}
	var out []string
	for i, item := range n.items {
		at := element(id, i)
		r.note(at, item.at, item)
		if item.form != scalar {
			r.fail(at, item.at, "a line of text", item.what(), "")
			continue
		}
		out = append(out, strings.TrimSpace(item.text))
	}
	return out
}

// flag reads yes or no.
func (r *reader) flag(id string, e *entry, want string) bool {
	n := e.value
	switch strings.ToLower(strings.TrimSpace(n.text)) {
	case "yes", "true", "on":
		return true
	case "no", "false", "off":
		return false
	case "1":
		if n.cell {
			return true
		}
	case "0":
		if n.cell {
			return false
		}
	}
	hint := ""
	if n.form == empty {
		hint = hintEmpty
	}
	r.fail(id, n.at, want, n.what(), hint)
	return false
}

// day reads a date.
func (r *reader) day(id string, e *entry, want string) company.Date {
	n := e.value
	r.note(id, e.at, n)
	if n.form == empty {
		r.fail(id, n.at, want, company.Nothing, hintEmpty)
		return company.Date{}
	}
	d, err := company.ParseDate(strings.TrimSpace(n.text))
	if n.form != scalar || err != nil {
		r.fail(id, n.at, want, n.what(), "write year, month and day: 2026-12-31")
	}
	return d
}
