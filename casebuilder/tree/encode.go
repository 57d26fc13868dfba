package tree

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

// width is where Encode folds long texts, in characters.
const width = 100

// Encode writes a struct, or a slice of structs, as YAML for people: keys in
// the order of the fields, long texts folded, short lists on one line. Fields
// with omitempty or omitzero in their json tag are left out when empty. Parse
// and Decode give the same struct back, with runs of blanks in texts kept.
func Encode(v any) []byte {
	var e encoder
	rv := reflect.Indirect(reflect.ValueOf(v))
	if rv.Kind() == reflect.Slice {
		e.items(rv, 0)
	} else {
		e.fields(rv, 0)
	}
	return []byte(e.b.String())
}

type encoder struct{ b strings.Builder }

func (e *encoder) fields(v reflect.Value, indent int) {
	t := v.Type()
	first := true
	for i := range t.NumField() {
		name, options := key(t.Field(i))
		f := v.Field(i)
		if name == "" || (strings.Contains(options, "omit") && empty(f)) || (f.Kind() == reflect.Pointer && f.IsNil()) {
			continue
		}
		if !first || indent == 0 {
			e.b.WriteString(strings.Repeat(" ", indent))
		}
		first = false
		e.b.WriteString(name + ":")
		e.value(f, indent, len(name)+1)
	}
	if first { // nothing was written
		e.b.WriteString("{}\n")
	}
}

func empty(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice:
		return v.Len() == 0
	case reflect.Struct:
		for i := range v.NumField() {
			if !empty(v.Field(i)) {
				return false
			}
		}
		return true
	}
	return v.IsZero()
}

// value writes what stands after "key:" with its line end. The key stands at
// indent and used characters of the line are taken.
func (e *encoder) value(v reflect.Value, indent, used int) {
	switch v.Kind() {
	case reflect.Pointer:
		e.value(v.Elem(), indent, used)
	case reflect.Struct:
		if empty(v) {
			e.b.WriteString(" {}\n")
			return
		}
		e.b.WriteString("\n" + strings.Repeat(" ", indent+2))
		e.fields(v, indent+2)
	case reflect.Slice:
		if s, ok := oneLine(v); ok && indent+used+len(s) < width {
			e.b.WriteString(" " + s + "\n")
			return
		}
		e.b.WriteString("\n")
		e.items(v, indent+2)
	case reflect.String:
		e.text(v.String(), indent+2, indent+used+1)
	case reflect.Bool:
		fmt.Fprintf(&e.b, " %t\n", v.Bool())
	case reflect.Int:
		fmt.Fprintf(&e.b, " %d\n", v.Int())
	case reflect.Float64:
		e.b.WriteString(" " + number(v.Float()) + "\n")
	default:
		panic("tree: no encoding of " + v.Type().String())
	}
}

func (e *encoder) items(v reflect.Value, indent int) {
	for i := range v.Len() {
		item := reflect.Indirect(v.Index(i))
		e.b.WriteString(strings.Repeat(" ", indent) + "-")
		if item.Kind() == reflect.Struct {
			e.b.WriteString(" ")
			e.fieldsAfterDash(item, indent+2)
			continue
		}
		e.value(item, indent, 1)
	}
}

// fieldsAfterDash writes the fields of a list's element: the first stands
// behind the dash.
func (e *encoder) fieldsAfterDash(v reflect.Value, indent int) {
	if empty(v) {
		e.b.WriteString("{}\n")
		return
	}
	e.fields(v, indent)
}

// oneLine returns a list of short words as [a, b].
func oneLine(v reflect.Value) (string, bool) {
	if v.Len() == 0 {
		return "[]", true
	}
	words := make([]string, v.Len())
	for i := range v.Len() {
		item := v.Index(i)
		if item.Kind() != reflect.String || !flowWord.MatchString(item.String()) || isSpecial(item.String()) {
			return "", false
		}
		words[i] = item.String()
	}
	return "[" + strings.Join(words, ", ") + "]", true
}

var (
	flowWord = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*$`)
	plain    = regexp.MustCompile(`^[\p{L}\p{N}][^\x00-\x1f\x7f\x{80}-\x{9f}]*$`)
	numeric  = regexp.MustCompile(`^[-+.0-9][-+.:_0-9a-fA-FxXoO]*$`)
)

// isSpecial reports whether YAML would read a plain word as something else
// than text.
func isSpecial(s string) bool {
	switch strings.ToLower(s) {
	case "", "~", "null", "true", "false", "yes", "no", "on", "off", "y", "n":
		return true
	}
	return numeric.MatchString(s) && !day.MatchString(s)
}

// day is a date with a month, which is plain text to a reader of YAML 1.2.
var day = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}(-[0-9]{2})?$`)

// text writes a text, plain where YAML allows it, folded where it is long,
// quoted where it must be. used is how much of the line is taken.
func (e *encoder) text(s string, indent, used int) {
	n := utf8.RuneCountInString(s)
	switch {
	case isPlain(s) && (used+n <= width || !strings.Contains(s, " ")): // an address stays on its line
		e.b.WriteString(" " + s + "\n")
	case used+n <= width || !isFoldable(s):
		e.b.WriteString(" " + quote(s) + "\n")
	default:
		e.b.WriteString(" >-\n")
		pad := strings.Repeat(" ", indent)
		line := ""
		for word := range strings.SplitSeq(s, " ") {
			switch {
			case line == "":
				line = word
			case indent+utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= width:
				line += " " + word
			default:
				e.b.WriteString(pad + line + "\n")
				line = word
			}
		}
		e.b.WriteString(pad + line + "\n")
	}
}

func isPlain(s string) bool {
	return plain.MatchString(s) && !isSpecial(s) && !strings.Contains(s, ": ") && !strings.Contains(s, " #") &&
		!strings.HasSuffix(s, ":") && !strings.HasSuffix(s, " ") && printable(s)
}

// isFoldable reports whether a text survives folding: words between single
// blanks, nothing that needs an escape.
func isFoldable(s string) bool {
	return s != "" && !strings.HasPrefix(s, " ") && !strings.HasSuffix(s, " ") && !strings.Contains(s, "  ") && printable(s)
}

// printable reports whether a text has no character that YAML wants escaped.
func printable(s string) bool {
	for _, r := range s {
		switch {
		case r < 0x20, r >= 0x7f && r <= 0xa0, r == 0x2028, r == 0x2029, r == 0xfeff, r == utf8.RuneError, r >= 0xfffe && r <= 0xffff:
			return false
		}
	}
	return true
}

// quote returns a text in double quotes.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case !printable(string(r)):
			if r > 0xffff {
				fmt.Fprintf(&b, `\U%08X`, r)
			} else {
				fmt.Fprintf(&b, `\u%04X`, r)
			}
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// number writes a float64 without an exponent where that is short.
func number(x float64) string {
	if x == math.Trunc(x) && math.Abs(x) < 1e18 {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	if math.Abs(x) >= 1e-6 && math.Abs(x) < 1e18 {
		return strconv.FormatFloat(x, 'f', -1, 64)
	}
	return strconv.FormatFloat(x, 'e', -1, 64)
}
