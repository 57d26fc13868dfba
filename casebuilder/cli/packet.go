package cli

import (
	"bytes"
	"path/filepath"
	"slices"

	"casebuilder/casebuilder"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/render/xlsx"
	"casebuilder/casebuilder/results"
	"casebuilder/casebuilder/store"
	"casebuilder/casebuilder/workbook"
)

// openResults reads a results.json, and says so where the papers beside it are
// not those of its build.
func openResults(s Streams, file string) (*results.BusinessCase, error) {
	r, err := readResults(file)
	if err == nil {
		printWarnings(s.Err, strangers(file, r))
	}
	return r, err
}

// strangers are the papers beside a results.json that another build wrote: a
// run was killed between the renames of its files. A workbook in which somebody
// entered something is still that of its build.
func strangers(file string, r *results.BusinessCase) (found diag.List) {
	dir := filepath.Dir(file)
	names := make([]string, 0, len(r.Files))
	for name := range r.Files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		path := filepath.Join(dir, filepath.Base(name))
		hash, err := store.HashFile(path)
		if err != nil || hash == r.Files[name] {
			continue // not there, or whole
		}
		got := "the file of another build"
		if name == casebuilder.WorkbookFile {
			src, err := store.Read(path, maxBook)
			if err != nil {
				continue
			}
			if book, err := xlsx.Open(bytes.NewReader(src), int64(len(src)), xlsx.ReadOptions{Name: path}); err == nil {
				f := workbook.FactsOf(book)
				if f.Fingerprint == r.Fingerprint || f.Fingerprint == "" {
					continue // edited, or not ours
				}
				got = "version " + f.Fingerprint
			} else {
				continue // with a password, or being saved
			}
		}
		found.Add(diag.Problem{Place: diag.Place{File: path}, Want: "the file of the same build as " + file + ", version " + r.Fingerprint, Got: got,
			Hint: "a run may have been stopped while it wrote; build the packet again"})
	}
	return found
}
