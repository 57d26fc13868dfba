package intake

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/money"

	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/token"
)

// SetValue writes one value into the text of a company file and returns the new
// text. All other bytes stay as they are, but for the comment, which is put
// behind the line. The ID is that of the Inputs sheet: "customers.retention",
// "estimates.extra_churn.low", "options.core.mfa-everywhere.cuts.closure.high",
// "appetite.levels.1.loss" (counted from 1). The value is written as a person
// would write it: "72%", "2.4M", "yes", a line of text, a list joined by ";".
//
// What is missing is put into its block. Where the file has a range and the ID
// means the number itself, its mode is set. Where the file has a plain number
// and the ID means an end of a range, a range with that end alone takes its
// place, which becomes whole with the next call.
//
// The result is read again, and returned only if exactly the one value changed.
// The error is a diag.List. Whether the value fits the others is for Company to
// say.
func SetValue(src []byte, id, value, comment string) ([]byte, error) {
	return edited(src, id, func(e *editor) (string, *diag.Problem) {
		if p := e.locate(); p != nil {
			return "", p
		}
		written, p := e.written(value)
		if p != nil {
			return "", p
		}
		out, ok := e.apply(e.change(written), comment)
		if !ok {
			return "", e.cannot()
		}
		return out, nil
	})
}

// Remove takes a part of a number ("estimates.extra_churn.mode") out of the
// text of a company file and returns the new text. All other bytes stay as they
// are. The number is one of a section or of the estimates, and has other parts.
// The result is read again, and returned only if exactly that part is gone. The
// error is a diag.List.
func Remove(src []byte, id string) ([]byte, error) {
	return edited(src, id, func(e *editor) (string, *diag.Problem) {
		path := split(id)
		parent := e.root
		for _, key := range path[:len(path)-1] {
			parent = parent.get(key)
		}
		i := -1
		if parent != nil {
			i = slices.IndexFunc(parent.entries, func(x entry) bool { return x.key == path[len(path)-1] })
		}
		if i < 0 || len(parent.entries) < 2 {
			p := e.problem("a part of a number of the file", diag.Quote(id), "")
			return "", &p
		}
		from, to := e.offset(parent.entries[i].at.Line, parent.entries[i].at.Col), e.end(parent.entries[i].value)
		switch {
		case parent.flow() && i > 0:
			from = e.end(parent.entries[i-1].value)
		case parent.flow():
			to = e.offset(parent.entries[1].at.Line, parent.entries[1].at.Col)
		default: // its line, with the comment on it
			from = strings.LastIndexByte(e.src[:from], '\n') + 1
			if n := strings.IndexByte(e.src[to:], '\n'); n >= 0 {
				to += n + 1
			} else {
				to = len(e.src)
			}
		}
		out, ok := e.apply(edit{from: from, to: to, gone: "." + strings.Join(path, ".")}, "")
		if !ok {
			return "", e.cannot()
		}
		return out, nil
	})
}

// edited runs change on the text of a company file; a mark at its beginning and
// its line ends stay as they are.
func edited(src []byte, id string, change func(*editor) (string, *diag.Problem)) ([]byte, error) {
	mark, text := []byte(nil), src
	if rest, ok := bytes.CutPrefix(src, []byte("\ufeff")); ok {
		mark, text = src[:len(src)-len(rest)], rest
	}
	eol := "\n"
	if crlf := bytes.Count(text, []byte("\r\n")); crlf > 0 && crlf == bytes.Count(text, []byte("\n")) && crlf == bytes.Count(text, []byte("\r")) {
		eol = "\r\n"
		text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	} else if bytes.Contains(text, []byte("\r")) {
		return nil, diag.List{{Field: id, Want: "a file with line ends of one kind", Got: "two kinds", Hint: "save it again with an editor"}}
	}
	root, problems := parseYAML("", text)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	out, p := change(&editor{src: string(text), root: root, id: id})
	if p != nil {
		return nil, diag.List{*p}
	}
	return append(slices.Clone(mark), strings.ReplaceAll(out, "\n", eol)...), nil
}

// editor changes one value in the text of a company file.
type editor struct {
	src  string
	root *node
	id   string

	outer entry    // of the value on the way to the target that begins a line of its own
	last  entry    // of the deepest value that is there
	n     *node    // that value
	path  string   // its path in the tree
	rest  []string // the keys below it that are missing
}

// edit is one replacement in the text and what it does to the leaves of the
// tree.
type edit struct {
	from, to int
	text     string
	gone     string            // the path below which leaves go
	leaves   map[string]string // the leaves that come
}

func (e *editor) problem(want, got, hint string) diag.Problem {
	return diag.Problem{Field: e.id, Want: want, Got: got, Hint: hint}
}

// cannot is the problem of a file in which a value cannot be edited.
func (e *editor) cannot() *diag.Problem {
	p := e.problem("a place in the file for the value", "a form that cannot be edited", "write it by hand")
	return &p
}

// locate finds the deepest value that is there on the way to the ID.
func (e *editor) locate() *diag.Problem {
	if want, hint := columnProblem(e.id, company.Rules{}); want != "" {
		p := e.problem(want, diag.Quote(e.id), hint)
		return &p
	}
	e.n, e.rest = e.root, split(e.id)
	switch e.rest[0] {
	case "options":
		if !e.option() {
			p := e.problem("an option and an initiative of the file", diag.Quote(e.id), "")
			return &p
		}
	case "appetite":
		if e.rest[1] != "levels" {
			break
		}
		level, _ := strconv.Atoi(e.rest[2])
		if !e.down("appetite") || !e.down("levels") || !e.item(level-1) {
			p := e.problem("a level of the file", "level "+strconv.Itoa(level), "")
			return &p
		}
		e.rest = e.rest[1:]
	}
	for len(e.rest) > 0 && e.down(e.rest[0]) {
	}
	if len(e.rest) > 0 && e.n.form == list {
		p := e.problem("a block of keys at "+e.path, e.n.what(), "write it by hand")
		return &p
	}
	return nil
}

// down goes to the value of a key, if it is there.
func (e *editor) down(key string) bool {
	x := e.n.entry(key)
	if x == nil && key == company.EventProbability && strings.HasSuffix(e.path, ".cuts") {
		x = e.n.entry(company.EventRate)
	}
	if x == nil {
		return false
	}
	if !e.n.flow() {
		e.outer = *x
	}
	e.last, e.n, e.path = *x, x.value, e.path+"."+x.key
	if len(e.rest) > 0 && e.rest[0] == key {
		e.rest = e.rest[1:]
	}
	return true
}

// item goes to an element of a list.
func (e *editor) item(i int) bool {
	if e.n.form != list || i < 0 || i >= len(e.n.items) {
		return false
	}
	e.n, e.path = e.n.items[i], fmt.Sprintf("%s[%d]", e.path, i)
	return true
}

// option goes to the option, and the initiative, of the ID.
func (e *editor) option() bool {
	ids := e.rest
	if !e.down("options") || e.n.form != list {
		return false
	}
	k := slices.IndexFunc(e.n.items, func(n *node) bool { return scalarOf(n, "id") == ids[1] })
	if !e.item(k) {
		return false
	}
	if e.rest = ids[2:]; len(ids) == 3 {
		return true
	}
	if !e.down("initiatives") || e.n.form != list {
		return false
	}
	var o company.Option
	for _, n := range e.n.items {
		o.Initiatives = append(o.Initiatives, company.Initiative{ID: scalarOf(n, "id"), Name: scalarOf(n, "name")})
	}
	o.NameInitiatives()
	k = slices.IndexFunc(o.Initiatives, func(i company.Initiative) bool { return i.ID == ids[2] })
	e.rest = ids[3:]
	return e.item(k)
}

// written checks a value and returns it as it is written in YAML.
func (e *editor) written(value string) (string, *diag.Problem) {
	value = strings.TrimSpace(value)
	refuse := func(want, hint string) (string, *diag.Problem) {
		p := e.problem(want, diag.Quote(value), hint)
		return "", &p
	}
	if value == "" {
		return refuse("a value", "")
	}
	of, part := company.SplitPart(e.id)
	f := company.FieldByID(e.id)
	switch {
	case part == "source":
	case f == nil && company.FieldByID(of) != nil:
		f = company.FieldByID(of)
	}
	kind := company.Text
	if f != nil && part != "source" {
		kind = f.Kind
	}
	switch {
	case strings.HasPrefix(e.id, "estimates.") && part != "source":
		if _, err := money.Read(value); err != nil {
			return refuse("a number", err.(*money.ReadError).Hint)
		}
	case kind == company.Quantity:
		if _, hint, ok := f.Read(value); !ok {
			return refuse(f.Want, hint)
		}
	case kind == company.Word && !slices.Contains(f.Words, value):
		return refuse(f.Want, nearest(value, f.Words))
	case kind == company.Bool && value != "yes" && value != "no":
		return refuse(f.Want, "")
	case kind == company.Day:
		if _, err := company.ParseDate(value); err != nil {
			return refuse(f.Want, "write year, month and day: 2026-12-31")
		}
	case kind == company.Words || kind == company.Texts:
		var items []string
		for _, s := range company.SplitList(value) {
			items = append(items, yamlText(s))
		}
		return "[" + strings.Join(items, ", ") + "]", nil
	}
	return yamlText(value), nil
}

// yamlText writes a text as a YAML scalar that may stand anywhere: plain where
// that is safe, in double quotes otherwise.
func yamlText(s string) string {
	safe := s != "" && !slices.Contains([]string{"null", "Null", "NULL", "true", "false"}, s) && s[len(s)-1] != ' '
	for i, r := range s {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9'
		switch {
		case letter:
		case i == 0 && r == '-' && len(s) > 1 && s[1] >= '0' && s[1] <= '9':
		case i > 0 && strings.ContainsRune(" _.%+-/()", r):
		default:
			safe = false
		}
	}
	if safe {
		return s
	}
	var b bytes.Buffer
	w := json.NewEncoder(&b)
	w.SetEscapeHTML(false)
	if err := w.Encode(s); err != nil { // a string always encodes
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// change says what to do to the text.
func (e *editor) change(written string) edit {
	n := e.n
	switch {
	case len(e.rest) == 0 && n.form == block: // a range: its mode, or a plain {value}
		key := "mode"
		if n.get("value") != nil {
			key = "value"
		}
		if x := n.entry(key); x != nil {
			from, to := e.span(x.value)
			return edit{from, to, written, e.path + "." + key, leafOf(e.path+"."+key, written)}
		}
		return e.insert(n, key, written, e.path+"."+key)
	case len(e.rest) == 0 && n.form == empty:
		return e.fill(written, leafOf(e.path, written))
	case len(e.rest) == 0:
		from, to := e.span(n)
		return edit{from, to, written, e.path, leafOf(e.path, written)}
	case n.form == block:
		key, path := e.rest[0], e.path+"."+strings.Join(e.rest, ".")
		return e.insert(n, key, nested(e.rest[1:], written), path, written)
	case n.form == empty:
		return e.fill(nested(e.rest, written), leafOf(e.path+"."+strings.Join(e.rest, "."), written))
	}
	// a plain number where a range is wanted
	from, to := e.span(n)
	key := e.rest[0]
	leaves := leafOf(e.path+"."+key, written)
	text := "{" + key + ": " + written + "}"
	switch {
	case key == "value":
	case key == "source":
		old := yamlText(n.text)
		text = "{value: " + old + ", source: " + written + "}"
		maps.Copy(leaves, leafOf(e.path+".value", old))
	}
	return edit{from, to, text, e.path, leaves}
}

// nested writes the keys below a new key as blocks in braces.
func nested(keys []string, written string) string {
	for _, key := range slices.Backward(keys) {
		written = "{" + key + ": " + written + "}"
	}
	return written
}

// fill puts a text behind the colon of a key without a value.
func (e *editor) fill(text string, leaves map[string]string) edit {
	at := e.offset(e.last.at.Line, e.last.at.Col)
	if e.n.source.tag == token.NullType { // null or ~
		from, to := e.span(e.n)
		return edit{from, to, text, e.path, leaves}
	}
	colon := at + strings.IndexByte(e.src[at:], ':') + 1
	return edit{colon, colon, " " + text, e.path, leaves}
}

// insert adds a key to a block: behind its last value in braces, else on a line
// of its own.
func (e *editor) insert(n *node, key, text, path string, leaf ...string) edit {
	leaves := leafOf(path, append(leaf, text)[0])
	if n.flow() && len(n.entries) == 0 {
		at := e.offset(n.at.Line, n.at.Col) + 1
		return edit{at, at, key + ": " + text, "", leaves}
	}
	end := e.end(n)
	if n.flow() {
		end = e.end(n.entries[len(n.entries)-1].value)
		return edit{end, end, ", " + key + ": " + text, "", leaves}
	}
	line := strings.IndexByte(e.src[end:], '\n')
	indent := strings.Repeat(" ", n.entries[0].at.Col-1)
	if line < 0 {
		return edit{len(e.src), len(e.src), "\n" + indent + key + ": " + text, "", leaves}
	}
	at := end + line + 1
	return edit{at, at, indent + key + ": " + text + "\n", "", leaves}
}

// apply changes the text, adds the comment and checks the result by reading it
// again.
func (e *editor) apply(c edit, comment string) (string, bool) {
	want := leaves(e.root)
	if c.gone != "" {
		maps.DeleteFunc(want, func(path, _ string) bool {
			return path == c.gone || strings.HasPrefix(path, c.gone+".") || strings.HasPrefix(path, c.gone+"[")
		})
	}
	maps.Copy(want, c.leaves)
	ok := func(text string) bool {
		root, problems := parseYAML("", []byte(text))
		return root != nil && len(problems) == 0 && maps.Equal(leaves(root), want)
	}
	text := e.src[:c.from] + c.text + e.src[c.to:]
	if comment = remark(comment); comment == "" {
		return text, ok(text)
	}
	at := c.from + len(strings.TrimRight(c.text, "\n"))
	if behind := behindLine(text, at, comment); ok(behind) {
		return behind, true
	}
	// the line ends inside a text: the comment goes above the whole value
	if e.outer.at.Line == 0 {
		return "", false
	}
	start := e.offset(e.outer.at.Line, 1)
	above := text[:start] + strings.Repeat(" ", e.outer.at.Col-1) + "# " + comment + "\n" + text[start:]
	return above, ok(above)
}

// remark makes one line of a comment.
func remark(s string) string {
	r := []rune(strings.Join(strings.Fields(diag.Printable(strings.Join(strings.Fields(s), " "))), " "))
	return string(r[:min(len(r), 400)])
}

// behindLine puts a comment behind the line of an offset, after any comment
// that is there.
func behindLine(text string, at int, comment string) string {
	end := len(text)
	if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
		end = at + i
	}
	line := strings.Count(text[:at], "\n") + 1
	sep := "  # "
	for _, t := range lexer.Tokenize(text) {
		if t.Type == token.CommentType && t.Position.Line == line {
			sep = "; "
		}
	}
	return text[:end] + sep + comment + text[end:]
}
