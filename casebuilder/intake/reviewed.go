package intake

import (
	"fmt"
	"maps"
	"strings"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
)

// reviewed reads the list of accepted changes.
func (r *reader) reviewed() {
	e := r.root.entry("reviewed")
	if e == nil || r.partial {
		return
	}
	for i, item := range r.elements("reviewed", e) {
		at := element("reviewed", i)
		r.checkKeys(at, item, reviewedKeys)
		text := func(key string) string {
			if x := item.entry(key); x != nil {
				return r.text(at+"."+key, x, company.FieldByID(at+"."+key).Want)
			}
			return ""
		}
		x := company.Reviewed{Field: text("field"), Was: text("was"), Now: text("now"), By: text("by"), Reason: text("reason")}
		if d := item.entry("date"); d != nil {
			x.Date = r.day(at+".date", d, company.FieldByID(at+".date").Want)
		}
		r.p.Reviewed = append(r.p.Reviewed, x)
	}
}

// reviewedKeys are the keys of an accepted change, in order.
var reviewedKeys = []string{"field", "was", "now", "by", "date", "reason"}

// AppendReviewed writes accepted changes into the text of a company file,
// behind those that it has, and returns the new text. All other bytes stay as
// they are. The result is read again, and returned only if exactly the new
// changes came to it. The error is a diag.List.
func AppendReviewed(src []byte, changes ...company.Reviewed) ([]byte, error) {
	if len(changes) == 0 {
		return src, nil
	}
	return edited(src, "reviewed", func(e *editor) (string, *diag.Problem) {
		have := e.root.get("reviewed")
		n := 0
		if have != nil {
			if n = len(have.items); have.form != list {
				return "", e.cannot()
			}
		}
		if most := company.MaxReviewed; n+len(changes) > most {
			p := e.problem(fmt.Sprintf("at most %d accepted changes", most), fmt.Sprint(n+len(changes)), "take the oldest out")
			return "", &p
		}
		lines, leaves := make([]string, len(changes)), map[string]string{}
		for i, x := range changes {
			var pairs []string
			for k, value := range []string{x.Field, x.Was, x.Now, x.By, x.Date.String(), x.Reason} {
				pairs = append(pairs, reviewedKeys[k]+": "+yamlText(value))
				maps.Copy(leaves, leafOf(fmt.Sprintf(".reviewed[%d].%s", n+i, reviewedKeys[k]), yamlText(value)))
			}
			lines[i] = "{" + strings.Join(pairs, ", ") + "}"
		}
		at, text, ok := e.listEnd(have, lines)
		if !ok {
			return "", e.cannot()
		}
		out, ok := e.apply(edit{from: at, to: at, text: text, leaves: leaves}, "")
		if !ok {
			return "", e.cannot()
		}
		return out, nil
	})
}

// listEnd says where new elements of the list of accepted changes go, and how
// they are written there: in brackets behind the last one, else each on a line
// of its own.
func (e *editor) listEnd(have *node, lines []string) (at int, text string, ok bool) {
	if have == nil && e.root.flow() {
		text = "reviewed: [" + strings.Join(lines, ", ") + "]"
		return e.end(e.root.entries[len(e.root.entries)-1].value), ", " + text, true
	}
	if have != nil && have.flow() {
		if len(have.items) == 0 {
			return e.offset(have.at.Line, have.at.Col) + 1, strings.Join(lines, ", "), true
		}
		return e.end(have.items[len(have.items)-1]), ", " + strings.Join(lines, ", "), true
	}
	indent, head := "", ""
	if have == nil {
		key := strings.Repeat(" ", e.root.entries[0].at.Col-1)
		indent, head, at = key+"  ", key+"reviewed:  # accepted changes, newest last\n", len(e.src)
		if !strings.HasSuffix(e.src, "\n") {
			head = "\n" + head
		}
	} else {
		last := have.items[len(have.items)-1]
		from := e.offset(last.at.Line, last.at.Col)
		before := e.src[strings.LastIndexByte(e.src[:from], '\n')+1 : from]
		indent, _, ok = strings.Cut(before, "-")
		if !ok || strings.TrimSpace(before) != "-" {
			return 0, "", false
		}
		at = len(e.src)
		if i := strings.IndexByte(e.src[e.end(last):], '\n'); i >= 0 {
			at = e.end(last) + i + 1
		} else {
			head = "\n"
		}
	}
	for _, line := range lines {
		head += indent + "- " + line + "\n"
	}
	return at, head, true
}
