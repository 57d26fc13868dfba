package intake

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"casebuilder/casebuilder/diag"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// The limits of a YAML file.
const (
	MaxFile  = 1 << 20 // bytes
	maxDepth = 20      // of brackets and indentation
	maxMarks = 40_000  // words, colons, brackets …
)

// origin is where a YAML node stands in the text, for editing.
type origin struct {
	node ast.Node
	tag  token.Type // of the value's first token
}

// parseYAML reads a YAML file into a tree, or says why it cannot. The tree has
// no anchors, aliases, tags or second documents: each is a problem.
func parseYAML(name string, src []byte) (root *node, problems diag.List) {
	y := &yamlReader{name: name}
	defer func() {
		if r := recover(); r != nil { // a bug of the YAML parser
			root, problems = nil, diag.List{y.problem(1, 1, "", "a YAML file", "something that cannot be read as one", hintSyntax)}
		}
	}()
	src, ok := y.look(src)
	if !ok {
		return nil, y.problems
	}
	// the lexer loses count of lines that end in a carriage return
	tokens := lexer.Tokenize(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(string(src)))
	if !y.measure(tokens) {
		return nil, y.problems
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		y.syntax(err)
		return nil, y.problems
	}
	var docs []*ast.DocumentNode
	for _, d := range file.Docs {
		if d.Body != nil {
			docs = append(docs, d)
		}
	}
	if len(docs) == 0 {
		y.add(1, 1, "", "a company file", "an empty file", hintInit)
		return nil, y.problems
	}
	if len(docs) > 1 {
		second := (&yamlReader{name: name}).convert(docs[1].Body).at
		y.add(second.Line, second.Col, "", "one document", "a second one after ---", "write one file for each company")
	}
	root = y.convert(docs[0].Body)
	if root.form != block && len(y.problems) > 0 {
		return nil, y.problems
	}
	if root.form != block {
		y.problems.Add(diag.Problem{Place: root.at, Want: "keys and values", Got: root.what(), Hint: hintInit})
		return nil, y.problems
	}
	return root, y.problems
}

const (
	hintSyntax = "look for a missing colon, quote or bracket here or just before"
	hintInit   = "casebuilder init writes a file with every field explained"
)

type yamlReader struct {
	name     string
	problems diag.List
}

func (y *yamlReader) problem(line, col int, field, want, got, hint string) diag.Problem {
	return diag.Problem{Place: diag.Place{File: y.name, Line: line, Col: col}, Field: field, Want: want, Got: got, Hint: hint}
}

func (y *yamlReader) add(line, col int, field, want, got, hint string) {
	y.problems.Add(y.problem(line, col, field, want, got, hint))
}

// look checks the bytes before anything parses them, and takes a byte order
// mark off.
func (y *yamlReader) look(src []byte) ([]byte, bool) {
	if len(src) > MaxFile {
		y.add(0, 0, "", "a file of at most 1 MB", fmt.Sprintf("%.1f MB", float64(len(src))/(1<<20)), "")
		return nil, false
	}
	src, p := lookText(y.name, src)
	if p != nil {
		y.problems.Add(*p)
		return nil, false
	}
	for i, line := range bytes.Split(bytes.ReplaceAll(src, []byte("\r\n"), []byte("\n")), []byte("\n")) {
		indent := line[:len(line)-len(bytes.TrimLeft(line, " \t"))]
		if col := bytes.IndexByte(indent, '\t'); col >= 0 && len(bytes.TrimSpace(line)) > 0 {
			y.add(i+1, col+1, "", "spaces in front of a line", "a tab", "indent with spaces")
		}
	}
	return src, len(y.problems) == 0
}

// lookText checks that bytes are text, and takes a byte order mark off.
func lookText(name string, src []byte) ([]byte, *diag.Problem) {
	if bytes.HasPrefix(src, []byte{0xff, 0xfe}) || bytes.HasPrefix(src, []byte{0xfe, 0xff}) {
		return nil, &diag.Problem{Place: diag.Place{File: name, Line: 1}, Want: "UTF-8 text", Got: "UTF-16", Hint: "save the file as UTF-8"}
	}
	src = bytes.TrimPrefix(src, []byte("\ufeff"))
	line, col := 1, 1
	for i := 0; i < len(src); {
		r, size := utf8.DecodeRune(src[i:])
		place := diag.Place{File: name, Line: line, Col: col}
		switch {
		case r == utf8.RuneError && size == 1:
			return nil, &diag.Problem{Place: place, Want: "UTF-8 text", Got: fmt.Sprintf("the byte %#02x", src[i]), Hint: "save the file as UTF-8"}
		case r < 0x20 && r != '\t' && r != '\n' && r != '\r', r == 0x7f:
			return nil, &diag.Problem{Place: place, Want: "text", Got: fmt.Sprintf("the control character %U", r), Hint: "take the character out"}
		}
		if col++; r == '\n' {
			line, col = line+1, 1
		}
		i += size
	}
	return src, nil
}

// measure bounds the number of marks and the depth of a file before it is
// parsed: the parser's work grows with the square of both.
func (y *yamlReader) measure(tokens token.Tokens) bool {
	if len(tokens) > maxMarks {
		y.add(0, 0, "", fmt.Sprintf("at most %d words and marks", maxMarks), fmt.Sprint(len(tokens)), "")
		return false
	}
	flow, heads := 0, 0
	var columns []int // of the keys and dashes that are open
	for i, t := range tokens {
		switch t.Type {
		case token.DocumentHeaderType:
			if heads++; heads > 2 {
				y.add(t.Position.Line, t.Position.Column, "", "one document", "several, with --- between them", "write one file for each company")
				return false
			}
		case token.MappingStartType, token.SequenceStartType:
			flow++
		case token.MappingEndType, token.SequenceEndType:
			flow = max(0, flow-1)
		case token.SequenceEntryType, token.MappingValueType, token.MappingKeyType:
			col := t.Position.Column
			if t.Type == token.MappingValueType && i > 0 && tokens[i-1].Position.Line == t.Position.Line {
				col = tokens[i-1].Position.Column
			}
			for len(columns) > 0 && columns[len(columns)-1] >= col {
				columns = columns[:len(columns)-1]
			}
			columns = append(columns, col)
		}
		if flow > maxDepth || len(columns) > 2*maxDepth {
			y.add(t.Position.Line, t.Position.Column, "", fmt.Sprintf("at most %d levels of nesting", maxDepth), "more", "")
			return false
		}
	}
	return true
}

// syntax adds the parser's complaint.
func (y *yamlReader) syntax(err error) {
	var ye yaml.Error
	if !errors.As(err, &ye) {
		y.add(1, 1, "", "a YAML file", diag.Printable(err.Error()), hintSyntax)
		return
	}
	line, col := 1, 1
	if t := ye.GetToken(); t != nil && t.Position != nil {
		line, col = t.Position.Line, t.Position.Column
	}
	message, _, _ := strings.Cut(ye.GetMessage(), "\n")
	y.add(line, col, "", "a YAML file", "an error in its form: "+diag.Printable(message), hintSyntax)
}

// convert makes a tree of a YAML syntax tree.
func (y *yamlReader) convert(n ast.Node) *node {
	if n == nil {
		return &node{form: empty, at: diag.Place{File: y.name, Line: 1, Col: 1}}
	}
	t := n.GetToken()
	out := &node{at: y.place(t), source: &origin{n, t.Type}}
	switch v := n.(type) {
	case *ast.MappingNode:
		out.form = block
		for _, pair := range v.Values {
			y.pair(out, pair)
		}
		if !v.IsFlowStyle && len(out.entries) > 0 {
			out.at = out.entries[0].at
		}
	case *ast.MappingValueNode:
		out.form = block
		y.pair(out, v)
		if len(out.entries) > 0 {
			out.at = out.entries[0].at
		}
	case *ast.SequenceNode:
		out.form = list
		for _, item := range v.Values {
			out.items = append(out.items, y.convert(item))
		}
	case *ast.NullNode:
		out.form = empty
	case *ast.LiteralNode:
		out.text = strings.TrimRight(v.Value.Value, "\n")
	case *ast.StringNode:
		out.text = v.Value
	case *ast.AnchorNode:
		y.refuse(t, "an anchor, &", "YAML anchors are not taken: write the value out")
		if v.Value != nil {
			return y.convert(v.Value)
		}
	case *ast.AliasNode:
		y.refuse(t, "an alias, *", "YAML aliases are not taken: write the value out; in front of a text use quotes")
		out.form = broken
	case *ast.TagNode:
		y.refuse(t, "a tag, !", "YAML tags are not taken: leave it out; in front of a text use quotes")
		if v.Value != nil {
			return y.convert(v.Value)
		}
	case *ast.DirectiveNode:
		y.refuse(t, "a directive, %", "YAML directives are not taken: leave it out; in front of a text use quotes")
		out.form = broken
	default: // numbers, booleans, .nan, .inf: as they are written
		out.text = t.Value
	}
	return out
}

// pair adds one key and its value to a block.
func (y *yamlReader) pair(out *node, v *ast.MappingValueNode) {
	t := v.Key.GetToken()
	switch v.Key.(type) {
	case *ast.MergeKeyNode:
		y.refuse(t, "a merge key, <<", "YAML merges are not taken: write the keys out")
		return
	case *ast.MappingKeyNode:
		y.refuse(t, "a complex key, ?", "write key: value")
		return
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode:
		y.refuse(t, "an anchor, alias or tag as a key", "write the key out")
		return
	}
	value := y.convert(v.Value)
	if value.form == empty && v.Value != nil && v.Value.GetToken().Type == token.ImplicitNullType {
		value.at = y.place(t)
	}
	out.entries = append(out.entries, entry{key: t.Value, at: y.place(t), value: value})
}

func (y *yamlReader) place(t *token.Token) diag.Place {
	return diag.Place{File: y.name, Line: t.Position.Line, Col: t.Position.Column}
}

func (y *yamlReader) refuse(t *token.Token, got, hint string) {
	y.add(t.Position.Line, t.Position.Column, "", "plain YAML", got, hint)
}
