package results

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"casebuilder/casebuilder/diag"
)

// MaxBytes is the size of the largest results file that is read.
const MaxBytes = 32 << 20

// Read reads a results.json. The file is untrusted: its size, the length of
// its texts and lists and the size of its numbers are bounded, and what belongs
// together is checked, so that papers can be drawn from the result. Keys that
// this version does not know are left alone: within one schema keys are only
// ever added. The error is a diag.List without file names.
func Read(r io.Reader) (*BusinessCase, error) {
	src, err := io.ReadAll(io.LimitReader(r, MaxBytes+1))
	if err != nil {
		return nil, err
	}
	if len(src) > MaxBytes {
		return nil, diag.List{{Want: fmt.Sprintf("a results file of at most %d MB", MaxBytes>>20), Got: "a larger one"}}
	}
	var head struct {
		Schema *int `json:"schema"`
		Tool   Tool `json:"tool"`
	}
	d := json.NewDecoder(bytes.NewReader(src))
	if err := d.Decode(&head); err != nil {
		return nil, unreadable(src, err)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, diag.List{{Want: "one JSON object", Got: "more behind it"}}
	}
	switch {
	case head.Schema == nil:
		return nil, diag.List{{Field: "schema", Want: fmt.Sprint(Schema), Got: "nothing", Hint: "this is no results.json of casebuilder"}}
	case *head.Schema != Schema:
		return nil, diag.List{{Field: "schema", Want: fmt.Sprint(Schema), Got: fmt.Sprint(*head.Schema),
			Hint: "the file was made by version " + diag.Printable(head.Tool.Version) + "; build it again with this one"}}
	}
	b := &BusinessCase{}
	if err := json.Unmarshal(src, b); err != nil {
		return nil, unreadable(src, err)
	}
	if err := b.Check().Err(); err != nil {
		return nil, err
	}
	return b, nil
}

// unreadable says why a file cannot be decoded, and where.
func unreadable(src []byte, err error) error {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	p := diag.Problem{Want: "a results.json of casebuilder"}
	switch {
	case errors.As(err, &syntax):
		p.Place.Line, p.Place.Col = at(src, syntax.Offset)
		p.Got = "broken JSON: " + diag.Printable(syntax.Error())
	case errors.As(err, &kind):
		p.Place.Line, p.Place.Col = at(src, kind.Offset)
		p.Field, p.Want, p.Got = kind.Field, "a value that fits", "a JSON "+diag.Printable(kind.Value)
	case errors.Is(err, io.EOF):
		p.Got = "an empty file"
	case errors.Is(err, io.ErrUnexpectedEOF):
		p.Got = "JSON that ends in the middle"
	default:
		p.Got = "JSON that does not fit: " + diag.Printable(err.Error())
	}
	return diag.List{p}
}

// at returns the line and the column of a place in a text.
func at(src []byte, offset int64) (line, col int) {
	before := src[:min(max(offset-1, 0), int64(len(src)))]
	return 1 + bytes.Count(before, []byte("\n")), len([]rune(string(before[bytes.LastIndexByte(before, '\n')+1:]))) + 1
}
