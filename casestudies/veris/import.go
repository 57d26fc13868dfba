package veris

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"

	"casebuilder/casebuilder/diag"
	"casebuilder/casestudies"
)

// Limits of an import.
const (
	MaxFiles       = 20_000
	MaxFileBytes   = 64 << 20
	MaxRecordBytes = 1 << 20
	MaxRecords     = 50_000
	maxFields      = 500 // distinct fields that a report counts
)

// Draft is a case file made from a record.
type Draft struct {
	File     string // the record's file
	Record   int    // its place in an array, from 1; 0 for a file with one record
	Name     string // of the draft's file: "veris-….yaml"
	Case     *casestudies.Case
	Data     []byte // YAML, passing the check of case files
	Warnings diag.List
}

// Remark is something said of one record.
type Remark struct {
	File   string
	Record int // its place in an array, from 1; 0 for a file with one record
	Text   string
}

// String returns the remark behind its place.
func (r Remark) String() string {
	place := diag.Printable(r.File)
	if r.Record > 0 {
		place += fmt.Sprintf(" (record %d)", r.Record)
	}
	return place + ": " + diag.Printable(r.Text)
}

// FieldCount says in how many records a field occurs.
type FieldCount struct {
	Field   string // path in the record, [] for the elements of a list
	Records int
}

// Report says what became of the records.
type Report struct {
	Files      int          // with names that end in .json, in any case
	Other      []string     // files with other names, left alone
	Records    int          // in those files
	Drafts     []Draft      // in the order of the files
	NotTaken   []Remark     // with the reason
	Odd        []Remark     // taken all the same
	Mapped     []FieldCount // the most frequent first
	Dropped    []FieldCount // of the records taken
	SubSources []FieldCount // "vcdb", "vcdb/priority" …
}

// Terms is what a report says of the records' use.
const Terms = "VERIS is licensed CC BY-SA 4.0; check the terms of the database that the records come from. " +
	"Counts of records are not rates: databases of incidents are samples, and some of their subsets (sub_source) are biased by how they were collected."

// Importer collects drafts. Its zero value is ready.
type Importer struct {
	report  Report
	ids     map[string]string // draft ID to the file it came from
	mapped  map[string]int
	dropped map[string]int
	subs    map[string]int
}

// Folder reads all records in fsys and the folders below it. root is put in
// front of the file names.
func (im *Importer) Folder(fsys fs.FS, root string) {
	err := fs.WalkDir(fsys, ".", func(name string, d fs.DirEntry, err error) error {
		file := path.Join(root, name)
		if err != nil {
			im.refuse(file, 0, "cannot be read: "+reason(err))
			if d != nil && d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if name != "." && strings.HasPrefix(d.Name(), ".") {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		switch {
		case d.IsDir():
			return nil
		case !strings.EqualFold(path.Ext(name), ".json"):
			im.report.Other = append(im.report.Other, file)
			return nil
		case !d.Type().IsRegular():
			im.report.Files++
			im.refuse(file, 0, "not a regular file")
			return nil
		case im.report.Files >= MaxFiles:
			im.refuse(file, 0, fmt.Sprintf("more than %d files: this one and the rest are left out", MaxFiles))
			return fs.SkipAll
		}
		f, err := fsys.Open(name)
		if err != nil {
			im.report.Files++
			im.refuse(file, 0, "cannot be read: "+reason(err))
			return nil
		}
		defer f.Close()
		im.File(file, f)
		return nil
	})
	if err != nil {
		im.refuse(root, 0, "cannot be read: "+reason(err))
	}
}

func reason(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}

// File reads the records of one file: one record, or an array of them. name is
// the file in the report.
func (im *Importer) File(name string, r io.Reader) {
	im.report.Files++
	limited := &io.LimitedReader{R: r, N: MaxFileBytes + 1}
	dec := json.NewDecoder(skipBOM(limited))
	fail := func(record int, err error) {
		why := "not JSON: " + err.Error()
		switch {
		case limited.N <= 0:
			why = fmt.Sprintf("more than %d bytes", MaxFileBytes)
		case errors.Is(err, io.EOF):
			why = "an empty file"
		case errors.Is(err, io.ErrUnexpectedEOF):
			why = "not JSON: it ends in the middle"
		}
		im.refuse(name, record, why)
	}
	if !startsWithArray(dec) {
		var first json.RawMessage
		if err := dec.Decode(&first); err != nil {
			fail(0, err)
			return
		}
		im.record(name, 0, first)
		if _, err := dec.Token(); !errors.Is(err, io.EOF) {
			im.odd(name, 0, "more after the record: left out; several records stand in an array")
		}
		return
	}
	if _, err := dec.Token(); err != nil { // the opening bracket
		fail(0, err)
		return
	}
	n := 0
	for dec.More() {
		n++
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			fail(n, err)
			return
		}
		if im.report.Records >= MaxRecords {
			im.refuse(name, n, fmt.Sprintf("more than %d records: this one and the rest are left out", MaxRecords))
			return
		}
		im.record(name, n, raw)
	}
	if _, err := dec.Token(); err != nil {
		if errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		fail(n, err)
		return
	}
	if n == 0 {
		im.refuse(name, 0, "an array without records")
	}
}

// skipBOM returns a reader without a leading byte order mark.
func skipBOM(r io.Reader) io.Reader {
	head := make([]byte, 3)
	n, _ := io.ReadFull(r, head)
	head = bytes.TrimPrefix(head[:n], []byte("\ufeff"))
	return io.MultiReader(bytes.NewReader(head), r)
}

// startsWithArray reports whether the next value is an array, without taking
// it.
func startsWithArray(dec *json.Decoder) bool {
	if !dec.More() {
		return false
	}
	buffered, ok := dec.Buffered().(*bytes.Reader)
	if !ok {
		return false
	}
	for {
		b, err := buffered.ReadByte()
		if err != nil {
			return false
		}
		switch b {
		case ' ', '\t', '\n', '\r':
		default:
			return b == '['
		}
	}
}

func (im *Importer) refuse(file string, record int, why string) {
	im.report.NotTaken = append(im.report.NotTaken, Remark{file, record, why})
}

func (im *Importer) odd(file string, record int, what string) {
	im.report.Odd = append(im.report.Odd, Remark{file, record, what})
}

// record reads one record, and keeps the draft or the reason why there is none.
func (im *Importer) record(file string, n int, raw json.RawMessage) {
	im.report.Records++
	if len(raw) > MaxRecordBytes {
		im.refuse(file, n, fmt.Sprintf("a record of more than %d bytes", MaxRecordBytes))
		return
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	var v any
	if err := dec.Decode(&v); err != nil {
		im.refuse(file, n, "not JSON: "+err.Error())
		return
	}
	m, ok := v.(map[string]any)
	if !ok {
		im.refuse(file, n, "want a record, got "+describe(v))
		return
	}
	rec := &record{used: map[string]bool{}}
	if inner, ok := m["incident"].(map[string]any); ok && m["schema_version"] == nil {
		rec.note("the record stands inside another object, under incident")
		m = inner
	}
	c := rec.toCase(m)
	if c == nil {
		why := strings.Join(rec.reasons, "; ")
		if len(rec.odd) > 0 {
			why += "; also odd: " + strings.Join(rec.odd, "; ")
		}
		im.refuse(file, n, why)
		return
	}
	if other, ok := im.ids[c.ID]; ok {
		im.refuse(file, n, "incident_id: the same as in "+other)
		return
	}
	draft := Draft{File: file, Record: n, Name: c.ID + ".yaml", Case: c, Data: append([]byte(header), c.YAML()...)}
	_, warnings, problems := casestudies.ReadCaseFile(draft.Name, draft.Data)
	if len(problems) > 0 {
		im.refuse(file, n, "the draft does not pass the check of case files: "+problems[0].Error())
		return
	}
	draft.Warnings = warnings
	if im.ids == nil {
		im.ids, im.mapped, im.dropped, im.subs = map[string]string{}, map[string]int{}, map[string]int{}, map[string]int{}
	}
	im.ids[c.ID] = file
	im.report.Drafts = append(im.report.Drafts, draft)
	for _, o := range rec.odd {
		im.odd(file, n, o)
	}
	for p := range leaves(m, "") {
		if rec.used[p] {
			tally(im.mapped, p)
		} else {
			tally(im.dropped, p)
		}
	}
	tally(im.subs, rec.subSource)
}

// header stands on top of each draft.
const header = `# Draft from a VERIS record: check each field against the sources before it is used.
# Text behind "From the record" in the notes is third-party text.
`

// tally counts a field; after maxFields distinct ones the rest are one.
func tally(counts map[string]int, field string) {
	if _, ok := counts[field]; !ok && len(counts) >= maxFields {
		field = "(others)"
	}
	counts[field]++
}

// Report returns what became of the records so far.
func (im *Importer) Report() *Report {
	r := im.report
	r.Mapped, r.Dropped, r.SubSources = counted(im.mapped), counted(im.dropped), counted(im.subs)
	return &r
}

func counted(m map[string]int) []FieldCount {
	out := make([]FieldCount, 0, len(m))
	for f, n := range m {
		out = append(out, FieldCount{f, n})
	}
	slices.SortFunc(out, func(a, b FieldCount) int {
		return cmp.Or(cmp.Compare(b.Records, a.Records), cmp.Compare(a.Field, b.Field))
	})
	return out
}
