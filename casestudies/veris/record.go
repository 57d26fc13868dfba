package veris

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"casebuilder/casebuilder/diag"
)

// record reads the fields of one VERIS record, leniently: what has the wrong
// kind is odd, and as good as missing.
type record struct {
	used      map[string]bool // paths that were mapped
	odd       []string
	reasons   []string // why it cannot be a case
	subSource string
}

func (r *record) note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	if !slices.Contains(r.odd, text) {
		r.odd = append(r.odd, text)
	}
}

func (r *record) cannot(format string, args ...any) {
	r.reasons = append(r.reasons, fmt.Sprintf(format, args...))
}

// object is a JSON object with its path.
type object struct {
	r    *record
	path string
	m    map[string]any // nil: not there
}

func (o object) at(key string) string {
	if o.path == "" {
		return key
	}
	return o.path + "." + key
}

func (o object) wrong(key, want string, got any) {
	o.r.note("%s: want %s, got %s", o.at(key), want, describe(got))
}

// object returns an object inside.
func (o object) object(key string) object {
	in := object{r: o.r, path: o.at(key)}
	switch v := o.m[key].(type) {
	case nil:
	case map[string]any:
		in.m = v
	default:
		o.wrong(key, "an object", v)
	}
	return in
}

// text returns a text, cleaned and cut to at most n characters.
func (o object) text(key string, n int) string {
	switch v := o.m[key].(type) {
	case nil:
	case string:
		o.r.used[o.at(key)] = true
		return clean(v, n)
	default:
		o.wrong(key, "text", v)
	}
	return ""
}

// texts returns a list of words, each once. A single text is taken for a list
// of one.
func (o object) texts(key string) []string {
	var items []any
	switch v := o.m[key].(type) {
	case nil:
		return nil
	case []any:
		items = v
		o.r.used[o.at(key)+"[]"] = true
		if len(v) == 0 {
			o.r.note("%s: an empty list", o.at(key))
		}
	case string:
		items = []any{v}
		o.r.used[o.at(key)] = true
		o.wrong(key, "a list", v)
	default:
		o.wrong(key, "a list", v)
		return nil
	}
	var out []string
	for _, item := range items {
		s, ok := item.(string)
		if !ok {
			o.wrong(key, "a list of texts", item)
			continue
		}
		if s = clean(s, 60); s == "" {
			continue
		}
		if slices.Contains(out, s) {
			o.r.note("%s: %s twice", o.at(key), diag.Quote(s))
			continue
		}
		if out = append(out, s); len(out) >= 20 {
			break
		}
	}
	return out
}

// objects returns a list of objects.
func (o object) objects(key string) []object {
	switch v := o.m[key].(type) {
	case nil:
	case []any:
		var out []object
		for _, item := range v {
			m, ok := item.(map[string]any)
			if !ok {
				o.wrong(key, "a list of objects", item)
				continue
			}
			if out = append(out, object{r: o.r, path: o.at(key) + "[]", m: m}); len(out) >= 50 {
				break
			}
		}
		if len(v) == 0 {
			o.r.note("%s: an empty list", o.at(key))
		}
		return out
	default:
		o.wrong(key, "a list", v)
	}
	return nil
}

// number returns a number from 0 up; ok is false when there is none.
func (o object) number(key string) (x float64, ok bool) {
	n, is := o.m[key].(json.Number)
	if !is {
		if o.m[key] != nil {
			o.wrong(key, "a number", o.m[key])
		}
		return 0, false
	}
	x, err := n.Float64()
	if err != nil || math.IsInf(x, 0) || x < 0 || x > 1e15 {
		o.wrong(key, "a number from 0 to 10^15", n)
		return 0, false
	}
	o.r.used[o.at(key)] = true
	return x, true
}

// whole returns a whole number between two bounds, 0 when there is none.
func (o object) whole(key string, low, high float64) int {
	if o.m[key] == nil {
		return 0
	}
	x, ok := o.number(key)
	if !ok {
		return 0
	}
	if x != math.Trunc(x) || x < low || x > high {
		o.r.note("%s: want a whole number from %g to %g, got %g", o.at(key), low, high, x)
		delete(o.r.used, o.at(key))
		return 0
	}
	return int(x)
}

// describe returns a JSON value for a message.
func describe(v any) string {
	switch v := v.(type) {
	case nil:
		return "nothing"
	case string:
		return diag.Quote(v)
	case json.Number:
		return diag.Quote(v.String())
	case bool:
		return fmt.Sprint(v)
	case []any:
		return "a list"
	}
	return "an object"
}

// clean makes a text printable and single-spaced, and cuts it after n
// characters.
func clean(s string, n int) string {
	s = strings.Map(func(r rune) rune {
		if r == '�' {
			return ' '
		}
		return r
	}, diag.Printable(s))
	s = strings.Join(strings.Fields(s), " ")
	if r := []rune(s); len(r) > n {
		return strings.TrimSpace(string(r[:n])) + "…"
	}
	return s
}

// leaves returns the paths of all values in a record, [] for the elements of a
// list.
func leaves(v any, path string) map[string]bool {
	out := map[string]bool{}
	var walk func(v any, path string, depth int)
	walk = func(v any, path string, depth int) {
		switch v := v.(type) {
		case map[string]any:
			if len(v) > 0 && depth < 12 {
				for k, in := range v {
					p := clean(k, 40)
					if path != "" {
						p = path + "." + p
					}
					walk(in, p, depth+1)
				}
				return
			}
		case []any:
			if len(v) > 0 && depth < 12 {
				for _, in := range v {
					walk(in, path+"[]", depth+1)
				}
				return
			}
		}
		out[path] = true
	}
	walk(v, path, 0)
	return out
}
