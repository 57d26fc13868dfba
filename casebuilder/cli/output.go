package cli

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"syscall"

	"github.com/urfave/cli/v2"
	"golang.org/x/term"

	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/render/text"
)

// output is a stream that remembers its first error, so that commands print
// without looking at every line. A reader that has gone away, as head does, is
// no error.
type output struct {
	io.Writer
	err error
}

func (o *output) Write(p []byte) (int, error) {
	if o.err != nil {
		return len(p), nil
	}
	_, o.err = o.Writer.Write(p)
	return len(p), nil
}

// failure is the error that a command ends with because of the stream.
func (o *output) failure() error {
	var path *fs.PathError
	switch {
	case o.err == nil, errors.Is(o.err, syscall.EPIPE), errors.Is(o.err, io.ErrClosedPipe):
		return nil
	case errors.As(o.err, &path):
		return failed(fmt.Errorf("writing to standard output: %w", path.Err))
	}
	return failed(fmt.Errorf("writing to standard output: %w", o.err))
}

// file returns the file behind a stream, nil where there is none.
func file(w any) *os.File {
	if o, ok := w.(*output); ok {
		w = o.Writer
	}
	f, _ := w.(*os.File)
	return f
}

// terminal reports whether a stream is a terminal.
func terminal(w any) bool {
	f := file(w)
	return f != nil && term.IsTerminal(int(f.Fd()))
}

// widest is how wide tables get on a wide terminal.
const widest = 160

// styleOf says what a stream can show. Colour is for terminals alone, and off
// where NO_COLOR is set to anything, or TERM is dumb.
func styleOf(w io.Writer) text.Style {
	s := text.Style{}
	if !terminal(w) {
		return s
	}
	if cols, _, err := term.GetSize(int(file(w).Fd())); err == nil && cols > 0 {
		s.Width = min(cols, widest)
	}
	s.Colour = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	return s
}

// The formats of what prints a table.
const (
	asText = "text"
	asJSON = "json"
	asCSV  = "csv"
)

// formatFlags are the flags of what prints a table.
func formatFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "format", Value: asText, Usage: "`FORMAT` to print: text, json or csv"},
		&cli.BoolFlag{Name: "json", Usage: "short for --format json"},
	}
}

// formatOf reads the flags of formatFlags.
func formatOf(c *cli.Context) (string, error) {
	f := c.String("format")
	switch f {
	case asText, asJSON, asCSV:
	default:
		return "", usage("--format: want text, json or csv, got %s", diag.Quote(f))
	}
	if c.Bool("json") {
		if c.IsSet("format") && f != asJSON {
			return "", usage("want --json or --format %s, got both", f)
		}
		return asJSON, nil
	}
	return f, nil
}

// field is one field of a record.
type field struct {
	key   string
	value any // string, float64, int, bool, []string or nil
}

// record is a row for other programs: fields in their order.
type record []field

// MarshalJSON writes an object with the fields in their order.
func (r record) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	b.WriteByte('{')
	for i, f := range r {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, "%q:", f.key)
		if err := e.Encode(f.value); err != nil {
			return nil, err
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// printRecords writes records as JSON or CSV; keys are the columns of the CSV.
func printRecords(w io.Writer, format string, keys []string, rs []record) error {
	if format == asCSV {
		return printCSV(w, keys, rs)
	}
	if rs == nil {
		rs = []record{}
	}
	return printJSON(w, rs)
}

// printJSON writes a value as JSON that people can read too. Characters that
// could steer a terminal are written as escapes.
func printJSON(w io.Writer, v any) error {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		return err
	}
	var out strings.Builder
	for _, r := range b.String() {
		if r > 0x7e && diag.Printable(string(r)) != string(r) {
			fmt.Fprintf(&out, `\u%04x`, r)
			continue
		}
		out.WriteRune(r)
	}
	_, err := io.WriteString(w, out.String())
	return err
}

// printCSV writes records as CSV. Texts that a spreadsheet would take for a
// formula are escaped.
func printCSV(w io.Writer, keys []string, rs []record) error {
	c := csv.NewWriter(w)
	c.Write(keys)
	for _, r := range rs {
		row := make([]string, len(r))
		for i, f := range r {
			row[i] = csvCell(f.value)
		}
		c.Write(row)
	}
	c.Flush()
	return c.Error()
}

func csvCell(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []string:
		return intake.EscapeCell(text.Clean(strings.Join(v, "; ")))
	case string:
		return intake.EscapeCell(text.Clean(v))
	}
	return fmt.Sprint(v)
}

// keysOf returns the keys of the first record, for CSV.
func keysOf(rs []record) []string {
	var keys []string
	if len(rs) > 0 {
		for _, f := range rs[0] {
			keys = append(keys, f.key)
		}
	}
	return keys
}
