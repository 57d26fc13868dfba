package tree

import (
	"fmt"
	"math"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"casebuilder/casebuilder/diag"
)

// Decoded says where the decoded values stand, by path: "id",
// "costs[2].amount".
type Decoded struct {
	File     string
	Places   map[string]diag.Place
	Problems diag.List
}

// Place returns where the value at path stands, or, when it is not in the
// document, the nearest value around it.
func (d *Decoded) Place(path string) diag.Place {
	for {
		if p, ok := d.Places[path]; ok {
			return p
		}
		i := strings.LastIndexAny(path, ".[")
		if i < 0 {
			break
		}
		path = path[:i]
	}
	if p, ok := d.Places[""]; ok {
		return p
	}
	return diag.Place{File: d.File}
}

// Decode fills the struct that into points to from a Map node. A field's key
// is the name in its json tag, else in its yaml tag. A null, or a missing key,
// leaves a field as it is. Unknown keys, keys given twice and values of the
// wrong kind are problems; the rest is decoded all the same.
func Decode(file string, n *Node, into any) *Decoded {
	d := &Decoded{File: file, Places: map[string]diag.Place{}}
	d.value(n, reflect.ValueOf(into).Elem(), "")
	return d
}

func (d *Decoded) problem(n *Node, path, want, hint string) {
	d.Problems.Add(diag.Problem{Place: d.at(n.Line, n.Col), Field: path, Want: want, Got: n.Describe(), Hint: hint})
}

func (d *Decoded) at(line, col int) diag.Place { return diag.Place{File: d.File, Line: line, Col: col} }

func (d *Decoded) value(n *Node, v reflect.Value, path string) {
	d.Places[path] = d.at(n.Line, n.Col)
	if n.Kind == Null {
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.value(n, v.Elem(), path)
	case reflect.Struct:
		d.structure(n, v, path)
	case reflect.Slice:
		if n.Kind != List {
			d.problem(n, path, "a list", "write a list, such as [a, b]")
			return
		}
		for i, item := range n.Items {
			p := path + "[" + strconv.Itoa(i) + "]"
			if item.Kind == Null {
				d.problem(item, p, "a value", "")
				continue
			}
			elem := reflect.New(v.Type().Elem()).Elem()
			d.value(item, elem, p)
			v.Set(reflect.Append(v, elem))
		}
	case reflect.String:
		// Numbers are taken as they were written: 2012 is a fine date.
		if n.Kind != Text && n.Kind != Number {
			d.problem(n, path, "text", "")
			return
		}
		text := strings.NewReplacer("\r\n", " ", "\n", " ", "\t", " ").Replace(strings.TrimSpace(n.Text))
		switch length := utf8.RuneCountInString(text); {
		case length > MaxText:
			d.Problems.Add(diag.Problem{Place: d.at(n.Line, n.Col), Field: path,
				Want: fmt.Sprintf("at most %d characters", MaxText), Got: fmt.Sprintf("%d", length)})
			return
		case diag.Printable(text) != text:
			d.problem(n, path, "text without control characters", "characters that steer a terminal or turn the direction of writing are not taken")
			return
		}
		v.SetString(text)
	case reflect.Bool:
		if n.Kind != Bool {
			d.problem(n, path, "true or false", "")
			return
		}
		v.SetBool(strings.EqualFold(n.Text, "true"))
	case reflect.Float64, reflect.Int:
		x, ok := d.number(n, path)
		if !ok {
			return
		}
		if v.Kind() == reflect.Float64 {
			v.SetFloat(x)
			return
		}
		if x != math.Trunc(x) || math.Abs(x) > 1e9 {
			d.problem(n, path, "a whole number", "")
			return
		}
		v.SetInt(int64(x))
	default:
		panic("tree: no decoding into " + v.Type().String())
	}
}

// decimal is a number as JSON writes it. YAML's other forms are refused: 012
// would be ten, 1_000 a thousand, .inf no number at all.
var decimal = regexp.MustCompile(`^-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?$`)

func (d *Decoded) number(n *Node, path string) (float64, bool) {
	const want = "a number"
	if n.Kind != Number {
		hint := ""
		if n.Kind == Text && decimal.MatchString(n.Text) {
			hint = "leave out the quotes"
		} else if n.Kind == Text && strings.ContainsAny(n.Text, "0123456789") {
			hint = "write plain digits, such as 24000000 or 0.024"
		}
		d.problem(n, path, want, hint)
		return 0, false
	}
	if !decimal.MatchString(n.Text) {
		d.problem(n, path, want, "write plain digits, such as 24000000 or 0.024")
		return 0, false
	}
	x, err := strconv.ParseFloat(n.Text, 64)
	if err != nil || math.IsInf(x, 0) || math.IsNaN(x) {
		d.problem(n, path, "a number that a computer can hold", "")
		return 0, false
	}
	return x, true
}

func (d *Decoded) structure(n *Node, v reflect.Value, path string) {
	if n.Kind != Map {
		d.problem(n, path, "a mapping of fields", "")
		return
	}
	names, index := fields(v.Type())
	seen := map[string]bool{}
	for _, pair := range n.Pairs {
		p := pair.Key
		if path != "" {
			p = path + "." + pair.Key
		}
		place := d.at(pair.Line, pair.Col)
		i, ok := index[pair.Key]
		switch {
		case !ok:
			problem := diag.Problem{Place: place, Field: path, Want: "a known field", Got: diag.Quote(pair.Key)}
			if near := diag.Nearest(pair.Key, names); near != "" {
				problem.Hint = "did you mean " + near + "?"
			} else if len(names) <= 12 {
				problem.Hint = "known are " + strings.Join(names, ", ")
			}
			d.Problems.Add(problem)
		case seen[pair.Key]:
			d.Problems.Add(diag.Problem{Place: place, Field: p, Want: "each field once", Got: "a second one"})
		default:
			seen[pair.Key] = true
			d.value(pair.Value, v.Field(i), p)
		}
	}
}

// fields returns the keys of a struct, in order, and the field that each
// stands for.
func fields(t reflect.Type) (names []string, index map[string]int) {
	index = make(map[string]int, t.NumField())
	for i := range t.NumField() {
		name, _ := key(t.Field(i))
		if name == "" {
			continue
		}
		names = append(names, name)
		index[name] = i
	}
	return names, index
}

// key returns a field's key and the options of its tag.
func key(f reflect.StructField) (name, options string) {
	if !f.IsExported() {
		return "", ""
	}
	tag := f.Tag.Get("json")
	if tag == "" {
		tag = f.Tag.Get("yaml")
	}
	name, options, _ = strings.Cut(tag, ",")
	if name == "-" {
		return "", ""
	}
	return name, options
}
