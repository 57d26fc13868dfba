package tree

import (
	"errors"
	"fmt"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"casebuilder/casebuilder/diag"
)

// parseYAML reads one YAML document. The tokens are looked at before they are
// parsed, because the parser's time and memory grow beyond reason with depth.
func parseYAML(name, text string) (root *Node, problems diag.List) {
	// The parser is not ours, and files come from everywhere: a panic in it
	// becomes a problem of the file.
	defer func() {
		if r := recover(); r != nil {
			root, problems = nil, diag.List{{Place: diag.Place{File: name}, Want: "YAML", Got: "text that the YAML reader cannot take"}}
		}
	}()
	if line := blankRun(text); line > 0 {
		return nil, diag.List{{Place: diag.Place{File: name, Line: line}, Want: fmt.Sprintf("at most %d blank lines in a row", maxBlank), Got: "more"}}
	}
	tokens := lexer.Tokenize(text)
	y := &yamlReader{name: name}
	if y.scan(tokens); len(y.problems) > 0 {
		return nil, y.problems
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		return nil, diag.List{syntaxProblem(name, err)}
	}
	if len(file.Docs) > 1 {
		p := y.place(file.Docs[1].GetToken())
		if file.Docs[1].Start != nil {
			p = y.place(file.Docs[1].Start)
		}
		return nil, diag.List{{Place: p, Want: "one document", Got: "a second one", Hint: "several cases stand in one list, or in files of their own"}}
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		return &Node{Kind: Null, Line: 1, Col: 1}, nil
	}
	root = y.node(file.Docs[0].Body)
	if len(y.problems) > 0 {
		return nil, y.problems
	}
	return root, nil
}

// Limits of a YAML document that keep the lexer and the parser, whose time
// grows with the square of some of them, within a second.
const (
	maxBlank   = 100 // lines in a row
	maxTokens  = 200_000
	maxKeys    = 500    // of one mapping
	maxEntries = 10_000 // of one list
)

type yamlReader struct {
	name     string
	problems diag.List
}

func (y *yamlReader) place(t *token.Token) diag.Place {
	p := diag.Place{File: y.name}
	if t != nil && t.Position != nil {
		p.Line, p.Col = t.Position.Line, t.Position.Column
	}
	return p
}

func (y *yamlReader) refuse(t *token.Token, want, got string) {
	y.problems.Add(diag.Problem{Place: y.place(t), Want: want, Got: got})
}

// blankRun returns the line at which there are more than maxBlank blank lines
// in a row, 0 when there are not.
func blankRun(text string) int {
	line, run := 1, 0
	for i := range len(text) {
		switch c := text[i]; {
		case c == '\n', c == '\r' && !(i+1 < len(text) && text[i+1] == '\n'):
			line++
			if run++; run > maxBlank+1 { // the first one ends a line that is not blank
				return line - 1
			}
		case c != ' ' && c != '\t' && c != '\r':
			run = 0
		}
	}
	return 0
}

// frame is an open list or mapping in block style.
type frame struct {
	col           int
	keys, entries int // so far
}

// scan refuses the parts of YAML that a case file has no need of, nesting
// beyond MaxDepth, and lists and mappings that are too long. Flow depth is the
// number of open brackets, block depth the number of columns at which an open
// list or mapping stands.
func (y *yamlReader) scan(tokens token.Tokens) {
	const plain = "plain values"
	if len(tokens) > maxTokens {
		y.refuse(tokens[maxTokens], fmt.Sprintf("a file of at most %d words and signs", maxTokens), "more")
		return
	}
	var open []frame
	flow := 0
	block := func(col int) *frame {
		for len(open) > 0 && open[len(open)-1].col > col {
			open = open[:len(open)-1]
		}
		if len(open) == 0 || open[len(open)-1].col < col {
			open = append(open, frame{col: col})
		}
		return &open[len(open)-1]
	}
	for _, t := range tokens {
		switch t.Type {
		case token.AnchorType:
			y.refuse(t, plain, "an anchor (&)")
		case token.AliasType:
			y.refuse(t, plain, "an alias (*)")
		case token.TagType:
			y.refuse(t, plain, "a tag (!)")
		case token.MergeKeyType:
			y.refuse(t, plain, "a merge key (<<)")
		case token.DirectiveType:
			y.refuse(t, plain, "a directive (%)")
		case token.MappingKeyType:
			y.refuse(t, "a key such as \"id:\"", "a complex key (?)")
		case token.SequenceStartType, token.MappingStartType:
			flow++
		case token.SequenceEndType, token.MappingEndType:
			flow = max(0, flow-1)
		case token.SequenceEntryType:
			if flow == 0 {
				if f := block(t.Position.Column); f.entries >= maxEntries {
					y.refuse(t, fmt.Sprintf("a list of at most %d entries", maxEntries), "more")
					return
				} else {
					f.entries++
				}
			}
		case token.MappingValueType:
			if flow == 0 && t.Prev != nil {
				if f := block(t.Prev.Position.Column); f.keys >= maxKeys {
					y.refuse(t.Prev, fmt.Sprintf("a mapping of at most %d fields", maxKeys), "more")
					return
				} else {
					f.keys++
				}
			}
		}
		if len(open)+flow > MaxDepth {
			y.problems.Add(tooDeep(y.name, t.Position.Line, t.Position.Column))
			return
		}
		if len(y.problems) >= 20 { // the file is not meant for us
			return
		}
	}
}

// node turns one value of the syntax tree into a Node.
func (y *yamlReader) node(n ast.Node) *Node {
	if n == nil {
		return &Node{Kind: Null}
	}
	p := y.place(n.GetToken())
	out := &Node{Line: p.Line, Col: p.Col}
	switch v := n.(type) {
	case *ast.NullNode:
	case *ast.BoolNode:
		out.Kind, out.Text = Bool, v.Token.Value
	case *ast.IntegerNode:
		out.Kind, out.Text = Number, v.Token.Value
	case *ast.FloatNode:
		out.Kind, out.Text = Number, v.Token.Value
	case *ast.InfinityNode:
		out.Kind, out.Text = Number, v.Token.Value
	case *ast.NanNode:
		out.Kind, out.Text = Number, v.Token.Value
	case *ast.StringNode:
		out.Kind, out.Text = Text, v.Value
		if v.Token.Type == token.StringType && decimal.MatchString(v.Value) {
			out.Kind = Number // too large for the parser: 1e999
		}
	case *ast.LiteralNode:
		out.Kind, out.Text = Text, v.Value.Value
	case *ast.SequenceNode:
		out.Kind = List
		for _, item := range v.Values {
			out.Items = append(out.Items, y.node(item))
		}
	case *ast.MappingNode:
		out.Kind = Map
		for _, pair := range v.Values {
			y.pair(out, pair)
		}
		if len(out.Pairs) > 0 && !v.IsFlowStyle {
			out.Line, out.Col = out.Pairs[0].Line, out.Pairs[0].Col
		}
	case *ast.MappingValueNode:
		out.Kind = Map
		y.pair(out, v)
		if len(out.Pairs) > 0 {
			out.Line, out.Col = out.Pairs[0].Line, out.Pairs[0].Col
		}
	default:
		y.refuse(n.GetToken(), "plain values", "a part of YAML that is not taken here")
	}
	return out
}

func (y *yamlReader) pair(m *Node, v *ast.MappingValueNode) {
	t := v.Key.GetToken()
	key := t.Value
	if s, ok := v.Key.(*ast.StringNode); ok {
		key = s.Value
	}
	p := y.place(t)
	m.Pairs = append(m.Pairs, Pair{Key: key, Line: p.Line, Col: p.Col, Value: y.node(v.Value)})
}

func syntaxProblem(name string, err error) diag.Problem {
	p := diag.Problem{Place: diag.Place{File: name}, Want: "YAML", Got: "text that is not"}
	var syntax yaml.Error
	if errors.As(err, &syntax) {
		p.Got = fmt.Sprintf("text that is not (%s)", syntax.GetMessage())
		if t := syntax.GetToken(); t != nil && t.Position != nil {
			p.Place.Line, p.Place.Col = t.Position.Line, t.Position.Column
		}
	}
	return p
}
