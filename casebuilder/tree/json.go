package tree

import (
	"encoding/json"
	"errors"
	"io"
	"strings"

	"casebuilder/casebuilder/diag"
)

// parseJSON reads one JSON document.
func parseJSON(name, text string) (*Node, diag.List) {
	j := &jsonReader{name: name, text: text, dec: json.NewDecoder(strings.NewReader(text))}
	j.dec.UseNumber()
	if strings.TrimSpace(text) == "" {
		return &Node{Kind: Null, Line: 1, Col: 1}, nil
	}
	root, err := j.value(0)
	if err == nil {
		at := int(j.dec.InputOffset())
		if _, err2 := j.dec.Token(); !errors.Is(err2, io.EOF) {
			line, col := lineCol(text, j.skip(at))
			return nil, diag.List{{Place: diag.Place{File: name, Line: line, Col: col}, Want: "one document", Got: "more after its end"}}
		}
		return root, nil
	}
	var deep *depthError
	if errors.As(err, &deep) {
		return nil, diag.List{tooDeep(name, deep.line, deep.col)}
	}
	at := j.skip(int(j.dec.InputOffset()))
	got := "text that is not (" + err.Error() + ")"
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		at, got = len(text), "an end in the middle"
	}
	line, col := lineCol(text, min(at, len(text)))
	return nil, diag.List{{Place: diag.Place{File: name, Line: line, Col: col}, Want: "JSON", Got: got}}
}

type jsonReader struct {
	name string
	text string
	dec  *json.Decoder

	// A cursor that counts lines, so that a place costs only the way from
	// the last one.
	offset, line, lineStart int
}

type depthError struct{ line, col int }

func (*depthError) Error() string { return "nested too deeply" }

// skip returns the offset of the next token at or after at.
func (j *jsonReader) skip(at int) int {
	for at < len(j.text) && strings.IndexByte(" \t\r\n,:", j.text[at]) >= 0 {
		at++
	}
	return at
}

// next returns the next token and where it begins.
func (j *jsonReader) next() (t json.Token, line, col int, err error) {
	start := j.skip(int(j.dec.InputOffset()))
	t, err = j.dec.Token()
	for ; j.offset < start; j.offset++ {
		if j.text[j.offset] == '\n' {
			j.line++
			j.lineStart = j.offset + 1
		}
	}
	_, col = lineCol(j.text[j.lineStart:], start-j.lineStart)
	return t, j.line + 1, col, err
}

func (j *jsonReader) value(depth int) (*Node, error) {
	t, line, col, err := j.next()
	if err != nil {
		return nil, err
	}
	n := &Node{Line: line, Col: col}
	switch v := t.(type) {
	case nil:
	case bool:
		n.Kind, n.Text = Bool, "false"
		if v {
			n.Text = "true"
		}
	case json.Number:
		n.Kind, n.Text = Number, v.String()
	case string:
		n.Kind, n.Text = Text, v
	case json.Delim:
		if depth++; depth > MaxDepth {
			return nil, &depthError{line, col}
		}
		if v == '[' {
			n.Kind = List
			for j.dec.More() {
				item, err := j.value(depth)
				if err != nil {
					return nil, err
				}
				n.Items = append(n.Items, item)
			}
		} else {
			n.Kind = Map
			for j.dec.More() {
				k, line, col, err := j.next()
				if err != nil {
					return nil, err
				}
				key, _ := k.(string)
				val, err := j.value(depth)
				if err != nil {
					return nil, err
				}
				n.Pairs = append(n.Pairs, Pair{Key: key, Line: line, Col: col, Value: val})
			}
		}
		if _, err := j.dec.Token(); err != nil { // the closing bracket
			return nil, err
		}
	}
	return n, nil
}
