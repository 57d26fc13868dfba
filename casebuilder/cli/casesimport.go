package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/render/text"
	"casebuilder/casebuilder/store"
	"casebuilder/casestudies/veris"
)

func casesImport(c *cli.Context, s Streams) error {
	format, err := formatOf(c)
	if err != nil {
		return err
	}
	args := c.Args().Slice()
	dir := c.String("output")
	switch {
	case len(args) == 0 || args[0] != "veris":
		got := "nothing"
		if len(args) > 0 {
			got = diag.Quote(args[0])
		}
		return withHint(usage("want the format of the records, which is veris, got %s", got), "casebuilder cases import veris PATH... -o DIR")
	case len(args) == 1:
		return usage("want files or folders of records after veris")
	case dir == "":
		return usage("want a folder for the drafts: -o DIR")
	}
	var im veris.Importer
	for _, path := range args[1:] {
		if err := importPath(&im, path); err != nil {
			return err
		}
	}
	r := im.Report()
	files := make([]store.File, len(r.Drafts))
	for i, d := range r.Drafts {
		files[i] = store.File{Name: d.Name, Data: d.Data}
	}
	if err := keepFiles(dir, files, c.Bool("force")); err != nil {
		return err
	}
	if len(files) > 0 {
		if err := store.Write(dir, files...); err != nil {
			return failed(err)
		}
	}
	if err := printImport(s, format, r, dir); err != nil {
		return err
	}
	if len(r.Drafts) == 0 {
		return badInput(errors.New("want at least one record that can be a case, got none"))
	}
	return nil
}

func importPath(im *veris.Importer, path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return badInput(err)
	}
	if info.IsDir() {
		im.Folder(os.DirFS(path), filepath.ToSlash(path))
		return nil
	}
	f, err := os.Open(path)
	if err != nil {
		return badInput(err)
	}
	defer f.Close()
	im.File(filepath.ToSlash(path), f)
	return nil
}

// keepFiles refuses to overwrite what is there, unless it is forced to. All of
// the files that are there are counted, the first three named.
func keepFiles(dir string, files []store.File, force bool) error {
	if force {
		return nil
	}
	var there []string
	for _, f := range files {
		path := filepath.Join(dir, f.Name)
		if _, err := os.Lstat(path); err == nil {
			there = append(there, path)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return failed(fmt.Errorf("looking for %s: %w", path, reason(err)))
		}
	}
	switch n := len(there); {
	case n == 0:
		return nil
	case n == 1:
		return withHint(failed(fmt.Errorf("%s exists already; nothing was written", there[0])), "--force overwrites it")
	default:
		return withHint(failed(fmt.Errorf("%d files exist already, such as %s; nothing was written", n, strings.Join(there[:min(3, n)], ", "))), "--force overwrites them")
	}
}

func printImport(s Streams, format string, r *veris.Report, dir string) error {
	switch format {
	case asJSON:
		return printJSON(s.Out, importRecord(r))
	case asCSV:
		rs := []record{}
		for _, d := range r.Drafts {
			rs = append(rs, record{{"file", d.File}, {"record", d.Record}, {"result", "draft"}, {"text", d.Name}})
		}
		for _, n := range r.NotTaken {
			rs = append(rs, record{{"file", n.File}, {"record", n.Record}, {"result", "not taken"}, {"text", n.Text}})
		}
		for _, o := range r.Odd {
			rs = append(rs, record{{"file", o.File}, {"record", o.Record}, {"result", "odd"}, {"text", o.Text}})
		}
		return printRecords(s.Out, format, []string{"file", "record", "result", "text"}, rs)
	}
	p := text.NewPage(styleOf(s.Out))
	p.Para(fmt.Sprintf("%s in %s: %s written to %s, %d not taken, %s that %s odd and taken all the same.",
		count(r.Records, "record", "records"), count(r.Files, "file", "files"), count(len(r.Drafts), "draft", "drafts"), dir, len(r.NotTaken),
		count(len(r.Odd), "thing", "things"), map[bool]string{true: "is", false: "are"}[len(r.Odd) == 1]))
	if n := len(r.Other); n > 0 {
		const named = 20
		names := strings.Join(r.Other[:min(n, named)], ", ")
		if n > named {
			names += fmt.Sprintf(" and %d more", n-named)
		}
		p.Para(count(n, "other file was", "other files were") + " left alone, because the name does not end in .json: " + names + ".")
	}
	remarks := func(heading string, list []veris.Remark) {
		if len(list) > 0 {
			p.Heading(heading)
			for _, x := range list {
				p.Bullet(x.String(), "")
			}
		}
	}
	remarks("Not taken", r.NotTaken)
	remarks("Odd", r.Odd)
	fields := func(heading string, list []veris.FieldCount) {
		if len(list) > 0 {
			p.Heading(heading)
			t := text.Table{Columns: []text.Column{{Head: "records", Right: true}, {Head: "field", Min: 20}}}
			for _, f := range list {
				t.Add(strconv.Itoa(f.Records), f.Field)
			}
			p.Table(t)
		}
	}
	fields("Fields that went into drafts", r.Mapped)
	fields("Fields that were dropped", r.Dropped)
	fields("Where the records come from", r.SubSources)
	p.Heading("Before you use them")
	p.Para(veris.Terms)
	p.Para("Check each draft against its sources, then casebuilder cases check " + dir + ", then pass the folder with --cases.")
	_, err := p.WriteTo(s.Out)
	return err
}

func importRecord(r *veris.Report) record {
	drafts, notTaken, odd := []record{}, []record{}, []record{}
	for _, d := range r.Drafts {
		drafts = append(drafts, record{{"file", d.File}, {"record", d.Record}, {"draft", d.Name}})
	}
	remark := func(x veris.Remark) record {
		return record{{"file", x.File}, {"record", x.Record}, {"why", x.Text}}
	}
	for _, n := range r.NotTaken {
		notTaken = append(notTaken, remark(n))
	}
	for _, o := range r.Odd {
		odd = append(odd, remark(o))
	}
	fields := func(list []veris.FieldCount) []record {
		out := []record{}
		for _, f := range list {
			out = append(out, record{{"field", f.Field}, {"records", f.Records}})
		}
		return out
	}
	return record{{"files", r.Files}, {"other_files", r.Other}, {"records", r.Records}, {"drafts", drafts}, {"not_taken", notTaken}, {"odd", odd},
		{"mapped", fields(r.Mapped)}, {"dropped", fields(r.Dropped)}, {"sub_sources", fields(r.SubSources)}, {"terms", veris.Terms}}
}
