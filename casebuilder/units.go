package casebuilder

import (
	"bytes"
	"encoding/json"
	"fmt"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/group"
	"casebuilder/casebuilder/group/batch"
	"casebuilder/casebuilder/pitch"
	"casebuilder/casebuilder/render/pdf"
	"casebuilder/casebuilder/render/xlsx"
	"casebuilder/casebuilder/store"
)

// The files of a group, in the order in which they are put in place, before
// the manifest.
const (
	GroupPitchFile = "group.pdf"
	GroupBookFile  = "group.xlsx"
)

// Fingerprint identifies the case of an input before it is solved.
func Fingerprint(in Input) (string, error) {
	of, err := in.model()
	if err != nil {
		return "", err
	}
	return of.Fingerprint(), nil
}

// BuildUnit makes the packet of a business unit: the same as that of a company
// alone and, where shared programmes of the group cover the unit, what they do
// there.
func BuildUnit(in Input, shared []company.Shared) (*batch.Packet, error) {
	p, err := Build(in)
	if err != nil {
		return nil, err
	}
	out := &batch.Packet{Files: p.Files(), Version: in.Version}
	of, err := in.model()
	if err != nil {
		return nil, err
	}
	effects, err := group.NewEffects(of, p.Results, shared)
	if err != nil || effects == nil {
		return out, err
	}
	data, err := json.Marshal(effects)
	if err != nil {
		return nil, err
	}
	out.Files = append(out.Files, store.File{Name: group.EffectsFile, Data: data})
	return out, nil
}

// GroupPapers makes the papers of a group; unitPages adds a page for each unit
// to the printed one.
func GroupPapers(c *group.Case, opt pitch.Options, unitPages bool) ([]store.File, error) {
	var book bytes.Buffer
	if err := xlsx.Write(&book, group.Book(c, group.BookOptions{Letter: opt.Paper != 0}), xlsx.WriteOptions{}); err != nil {
		return nil, fmt.Errorf("writing the group's workbook: %w", err)
	}
	doc, figures, err := group.Paper(c, opt, unitPages)
	if err != nil {
		return nil, err
	}
	paper, report, err := pdf.Render(doc)
	if err != nil {
		return nil, fmt.Errorf("drawing the group's paper: %w", err)
	}
	printed := make([]pitch.Printed, len(report.Figures))
	for i, f := range report.Figures {
		printed[i] = pitch.Printed{Figure: f.Figure, Text: f.Text, Sheet: f.Sheet}
	}
	if err := pitch.Tie(figures, opt.Lang, printed); err != nil {
		return nil, err
	}
	return []store.File{{Name: GroupPitchFile, Data: paper}, {Name: GroupBookFile, Data: book.Bytes()}}, nil
}
