package casebuilder

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"sync"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/pitch"
	"casebuilder/casebuilder/render/pdf"
	"casebuilder/casebuilder/render/xlsx"
	"casebuilder/casebuilder/results"
	"casebuilder/casebuilder/store"
	"casebuilder/casebuilder/workbook"
	"casebuilder/casestudies"
)

// The files of a packet, in the order in which they are put in place.
const (
	PitchFile    = "pitch.pdf"
	WorkbookFile = "workbook.xlsx"
	ResultsFile  = "results.json"
)

// Input is everything that a packet is made from.
type Input struct {
	Profile  *company.Profile
	Library  *casestudies.Library
	Seed     uint64
	Trials   int // a power of two from 256 to 16384
	Version  string
	Pitch    pitch.Options
	Password string          // encrypts the workbook; "" for none
	Review   *results.Review // of a reviewed workbook; nil: the profile's accepted changes are the history
}

// Packet is what a build makes.
type Packet struct {
	Results  *results.BusinessCase
	Pitch    []byte
	Workbook []byte
	JSON     []byte
}

// Files returns the files of the packet, results last.
func (p *Packet) Files() []store.File {
	return []store.File{{Name: PitchFile, Data: p.Pitch}, {Name: WorkbookFile, Data: p.Workbook}, {Name: ResultsFile, Data: p.JSON}}
}

// model returns what the model of an input is computed from.
func (in Input) model() (model.Input, error) {
	texts, err := in.Pitch.Fingerprint()
	return model.Input{Profile: in.Profile, Library: in.Library, Seed: in.Seed, Trials: in.Trials, Version: in.Version, Texts: texts}, err
}

// Solve runs the model of an input.
func Solve(in Input) (*model.Case, error) {
	of, err := in.model()
	if err != nil {
		return nil, err
	}
	m, err := model.New(of)
	if err != nil {
		return nil, err
	}
	c, err := m.Solve()
	if err != nil {
		return nil, err
	}
	if c.Results.Review = in.Review; in.Review == nil && len(in.Profile.Reviewed) > 0 {
		c.Results.Review, err = accepted(in, c)
	}
	return c, err
}

// Build makes the packet of one company. The papers are drawn side by side;
// the result does not depend on it.
func Build(in Input) (*Packet, error) {
	c, err := Solve(in)
	if err != nil {
		return nil, err
	}
	p := &Packet{Results: c.Results}
	book, cells, err := workbook.Build(c, workbook.Options{Letter: in.Pitch.Paper != 0, History: history(c.Results.Review)})
	if err != nil {
		return nil, err
	}
	Cells(c.Results, cells)
	var wg sync.WaitGroup
	var bookErr error
	wg.Go(func() {
		var out bytes.Buffer
		bookErr = xlsx.Write(&out, book, xlsx.WriteOptions{Password: in.Password})
		p.Workbook = out.Bytes()
	})
	var pitchErr error
	p.Pitch, pitchErr = Draw(c.Results, in.Pitch)
	wg.Wait()
	if bookErr != nil {
		return nil, fmt.Errorf("writing the workbook: %w", bookErr)
	}
	if pitchErr != nil {
		return nil, pitchErr
	}
	p.Results.Files = map[string]string{PitchFile: store.Hash(p.Pitch), WorkbookFile: store.Hash(p.Workbook)}
	if p.JSON, err = Encode(p.Results); err != nil {
		return nil, err
	}
	return p, nil
}

func history(r *results.Review) []workbook.Change {
	if r == nil {
		return nil
	}
	return r.Changes
}

// Cells notes in the results where the workbook shows each figure live.
func Cells(r *results.BusinessCase, cells map[string]string) {
	place := func(prefix string, figures map[string]results.Figure) {
		for name, f := range figures {
			f.Cell = cells[prefix+name]
			figures[name] = f
		}
	}
	place("", r.Quantities)
	for _, o := range r.Options {
		place("options."+o.ID+".", o.Quantities)
	}
}

// Draw draws the pitch from results alone. Where the fonts lack characters of
// the paper, or a page does not fit on its sheet, it is drawn again: with a
// note that says so, with less on that page. What is printed is compared with
// the results: the error is then a *pitch.DisagreementError.
func Draw(r *results.BusinessCase, opt pitch.Options) ([]byte, error) {
	doc, err := pitch.Make(r, opt)
	if err != nil {
		return nil, err
	}
	out, report, err := pdf.Render(doc)
	if err != nil {
		return nil, fmt.Errorf("drawing the pitch: %w", err)
	}
	if next, again := redraw(opt, report); again {
		return Draw(r, next)
	}
	printed := make([]pitch.Printed, len(report.Figures))
	for i, f := range report.Figures {
		printed[i] = pitch.Printed{Figure: f.Figure, Text: f.Text, Sheet: f.Sheet}
	}
	if err := pitch.Tie(r, opt.Lang, printed); err != nil {
		return nil, err
	}
	return out, nil
}

// redraw returns the options for drawing a paper again, where how it came out
// asks for that.
func redraw(opt pitch.Options, report *pdf.Report) (next pitch.Options, again bool) {
	if len(report.Missing) > 0 && len(opt.Missing) == 0 {
		opt.Missing, again = report.Missing, true
	}
	for _, p := range report.Pages {
		if p.Sheets > 1 && pitch.CanBeBrief(p.ID) && !slices.Contains(opt.Brief, p.ID) {
			opt.Brief, again = append(slices.Clip(opt.Brief), p.ID), true
		}
	}
	return opt, again
}

// Encode writes results as results.json: keys in order, a line a figure.
func Encode(r *results.BusinessCase) ([]byte, error) {
	return json.Marshal(r)
}
