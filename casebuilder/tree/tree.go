// Package tree reads an untrusted YAML or JSON document into a tree that
// remembers where each value stands, decodes the tree into structs with all
// problems at once, and writes structs as readable YAML.
//
// It refuses what a data file has no need of: more than one document, anchors,
// aliases, tags, deep nesting and large files. It knows neither cases nor themes.
package tree

import (
	"fmt"
	"path"
	"strings"
	"unicode/utf8"

	"casebuilder/casebuilder/diag"
)

// Limits of one document.
const (
	MaxBytes = 1 << 20 // 1 MB
	MaxDepth = 20      // of lists and mappings within each other
	MaxText  = 4000    // characters of one text
)

// Kind is what a Node holds.
type Kind int

// The kinds of Node.
const (
	Null Kind = iota
	Bool
	Number
	Text
	List
	Map
)

// String returns the kind in the words of a message.
func (k Kind) String() string {
	return [...]string{"nothing", "true or false", "a number", "text", "a list", "a mapping"}[k]
}

// Node is one value of a document.
type Node struct {
	Kind  Kind
	Line  int     // from 1
	Col   int     // from 1, in characters
	Text  string  // of a Text; of a Bool or Number as it was written
	Items []*Node // of a List
	Pairs []Pair  // of a Map, in the order of the document
}

// Pair is one key of a Map with its value.
type Pair struct {
	Key   string
	Line  int
	Col   int
	Value *Node
}

// Describe returns what a message says was found: the user's own text for a
// scalar, the kind for the rest.
func (n *Node) Describe() string {
	switch n.Kind {
	case Bool, Number, Text:
		return diag.Quote(n.Text)
	}
	return n.Kind.String()
}

// Parse reads one document, JSON where name ends in ".json" (in any case), YAML
// otherwise. It returns nil and at least one problem when the document cannot
// be read; an empty document is a Null node.
func Parse(name string, data []byte) (*Node, diag.List) {
	fail := func(line, col int, want, got, hint string) (*Node, diag.List) {
		return nil, diag.List{{Place: diag.Place{File: name, Line: line, Col: col}, Want: want, Got: got, Hint: hint}}
	}
	if len(data) > MaxBytes {
		return fail(0, 0, fmt.Sprintf("a file of at most %d bytes", MaxBytes), fmt.Sprintf("%d bytes", len(data)),
			"split it: any number of cases may stand in files of their own")
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	if !utf8.ValidString(text) {
		line, col := invalidAt(text)
		return fail(line, col, "text in UTF-8", "bytes that are not", "save the file as UTF-8")
	}
	if i := strings.IndexByte(text, 0); i >= 0 {
		line, col := lineCol(text, i)
		return fail(line, col, "text", "a zero byte", "")
	}
	if strings.EqualFold(path.Ext(name), ".json") {
		return parseJSON(name, text)
	}
	return parseYAML(name, text)
}

// lineCol returns the line and column, in characters, of a byte offset.
func lineCol(text string, offset int) (line, col int) {
	before := text[:offset]
	line = strings.Count(before, "\n") + 1
	col = utf8.RuneCountInString(before[strings.LastIndexByte(before, '\n')+1:]) + 1
	return line, col
}

func invalidAt(text string) (line, col int) {
	for i, r := range text {
		if r == utf8.RuneError {
			if _, size := utf8.DecodeRuneInString(text[i:]); size == 1 {
				return lineCol(text, i)
			}
		}
	}
	return 1, 1
}

func tooDeep(name string, line, col int) diag.Problem {
	return diag.Problem{Place: diag.Place{File: name, Line: line, Col: col},
		Want: fmt.Sprintf("lists and mappings at most %d deep", MaxDepth), Got: "deeper nesting"}
}
