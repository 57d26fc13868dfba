package intake

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// flow reports whether a block or a list is written in brackets.
func (n *node) flow() bool {
	if n.source == nil {
		return false
	}
	switch v := n.source.node.(type) {
	case *ast.MappingNode:
		return v.IsFlowStyle
	case *ast.SequenceNode:
		return v.IsFlowStyle
	}
	return false
}

// offset returns the byte of a line and a column in characters, both from 1.
func (e *editor) offset(line, col int) int {
	at := 0
	for ; line > 1; line-- {
		i := strings.IndexByte(e.src[at:], '\n')
		if i < 0 {
			return len(e.src)
		}
		at += i + 1
	}
	for ; col > 1 && at < len(e.src); col-- {
		_, size := utf8.DecodeRuneInString(e.src[at:])
		at += size
	}
	return at
}

// span returns from where to where a value stands in the text.
func (e *editor) span(n *node) (from, to int) {
	return e.offset(n.at.Line, n.at.Col), e.end(n)
}

// end returns the byte behind a value.
func (e *editor) end(n *node) int {
	from := e.offset(n.at.Line, n.at.Col)
	if n.source == nil {
		return from
	}
	switch v := n.source.node.(type) {
	case *ast.MappingNode:
		if v.IsFlowStyle && v.End != nil {
			return e.offset(v.End.Position.Line, v.End.Position.Column) + 1
		}
	case *ast.SequenceNode:
		if v.IsFlowStyle && v.End != nil {
			return e.offset(v.End.Position.Line, v.End.Position.Column) + 1
		}
	case *ast.LiteralNode:
		return e.literalEnd(from, v)
	}
	switch {
	case n.form == block && len(n.entries) > 0:
		last := n.entries[len(n.entries)-1]
		if last.value.source.tag == token.ImplicitNullType {
			at := e.offset(last.at.Line, last.at.Col)
			return at + strings.IndexByte(e.src[at:], ':') + 1
		}
		return e.end(last.value)
	case n.form == list && len(n.items) > 0:
		return e.end(n.items[len(n.items)-1])
	case n.source.tag == token.ImplicitNullType:
		return from
	case n.source.tag == token.DoubleQuoteType:
		return from + quoted(e.src[from:], '"')
	case n.source.tag == token.SingleQuoteType:
		return from + quoted(e.src[from:], '\'')
	}
	raw := strings.TrimSpace(n.source.node.GetToken().Origin)
	if strings.HasPrefix(e.src[from:], raw) {
		return from + len(raw)
	}
	return from + len(n.text)
}

// quoted returns the length of a quoted text.
func quoted(s string, quote byte) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '\\' && quote == '"':
			i++
		case s[i] == quote && quote == '\'' && i+1 < len(s) && s[i+1] == quote:
			i++
		case s[i] == quote:
			return i + 1
		}
	}
	return len(s)
}

// literalEnd returns the end of the last line of a block scalar: of those
// below its head that are empty or indented deeper than the line of its key.
func (e *editor) literalEnd(from int, v *ast.LiteralNode) int {
	start := strings.LastIndexByte(e.src[:from], '\n') + 1
	head := e.src[start:]
	indent := len(head) - len(strings.TrimLeft(head, " -"))
	end := from + len(v.GetToken().Value)
	at := from
	for {
		i := strings.IndexByte(e.src[at:], '\n')
		if i < 0 {
			return end
		}
		at += i + 1
		line, _, _ := strings.Cut(e.src[at:], "\n")
		if strings.TrimSpace(line) == "" {
			if at >= len(e.src) {
				return end
			}
			continue
		}
		if len(line)-len(strings.TrimLeft(line, " ")) <= indent {
			return end
		}
		end = at + len(line)
	}
}

// leaves returns every scalar of a tree by its path, with a mark for what is
// empty.
func leaves(root *node) map[string]string {
	m := map[string]string{}
	var walk func(path string, n *node)
	walk = func(path string, n *node) {
		switch n.form {
		case block:
			for _, x := range n.entries {
				walk(path+"."+x.key, x.value)
			}
		case list:
			for i, item := range n.items {
				walk(fmt.Sprintf("%s[%d]", path, i), item)
			}
		case empty:
			m[path] = "\x00"
		default:
			m[path] = n.text
		}
	}
	walk("", root)
	return m
}

// leafOf returns the leaves that a value as written in YAML makes at a path.
func leafOf(path, written string) map[string]string {
	root, _ := parseYAML("", []byte("x: "+written+"\n"))
	if root == nil {
		return nil
	}
	m := map[string]string{}
	for p, text := range leaves(root) {
		m[path+strings.TrimPrefix(p, ".x")] = text
	}
	return m
}
