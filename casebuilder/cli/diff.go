package cli

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"casebuilder/casebuilder"
	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diff"
	"casebuilder/casebuilder/group/batch"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/render/text"
	"casebuilder/casebuilder/results"
)

func diffCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "diff", Usage: "say what moved between two results, or two batches, and why", ArgsUsage: "OLD NEW",
		Description: "OLD and NEW are two results.json, or two folders that batch wrote. Why is found by\ncomputing the way from the one to the other again, a change at a time.\n\nExample:\n  casebuilder diff 2025/results.json 2026/results.json",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "cases", Usage: "`DIR` of own cases that join the library"},
		}, formatFlags()...),
		Action: func(c *cli.Context) error { return runDiff(c, s) },
	}
}

func runDiff(c *cli.Context, s Streams) error {
	if c.Args().Len() != 2 {
		return usage("want an old and a new result, got %d arguments", c.Args().Len())
	}
	format, err := formatOf(c)
	if err != nil {
		return err
	}
	lib, err := library(c, s)
	if err != nil {
		return err
	}
	opts, err := intakeOptions(c, lib)
	if err != nil {
		return err
	}
	o := diff.Options{
		Headline: func(p *company.Profile, seed uint64, trials int) (model.Headline, error) {
			m, err := model.New(model.Input{Profile: p, Library: lib, Seed: seed, Trials: trials, Version: Version()})
			if err != nil {
				return model.Headline{}, err
			}
			return m.Headline(), nil
		},
		Rebuild: func(entries []company.Entry) (*company.Profile, error) {
			p, _, err := intake.Unflatten("", entries, nil, intake.Options{Today: opts.Today, Rules: opts.Rules})
			return p, err
		},
	}
	oldPath, isBatch, err := compared(c.Args().Get(0))
	if err != nil {
		return err
	}
	newPath, isAlso, err := compared(c.Args().Get(1))
	if err != nil {
		return err
	}
	if isBatch != isAlso {
		return usage("want two results, or two batches, got one of each")
	}
	if isBatch {
		return diffBatches(s, format, oldPath, newPath, o)
	}
	before, err := openResults(s, oldPath)
	if err != nil {
		return err
	}
	now, err := openResults(s, newPath)
	if err != nil {
		return err
	}
	r, err := diff.Compare(before, now, o)
	if err != nil {
		return err
	}
	switch format {
	case asJSON:
		return printJSON(s.Out, r)
	case asCSV:
		return printRecords(s.Out, format, stepKeys, stepRecords(r))
	}
	p := text.NewPage(styleOf(s.Out))
	r.Print(p)
	_, err = p.WriteTo(s.Out)
	return err
}

// compared finds out what an argument of diff is: a results.json, the folder of
// a packet, or that of a batch.
func compared(path string) (file string, isBatch bool, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", false, badInput(err)
	}
	if !info.IsDir() {
		return path, false, nil
	}
	inside := filepath.Join(path, casebuilder.ResultsFile)
	if _, err := os.Stat(inside); err == nil {
		return inside, false, nil
	}
	return path, true, nil
}

// diffBatches compares two batches, unit by unit.
func diffBatches(s Streams, format, oldDir, newDir string, o diff.Options) error {
	tool := results.Tool{Name: "casebuilder", Version: Version()}
	_, before, err := batch.Load(oldDir, tool)
	if err != nil {
		return fmt.Errorf("%s: %w", oldDir, err)
	}
	_, now, err := batch.Load(newDir, tool)
	if err != nil {
		return fmt.Errorf("%s: %w", newDir, err)
	}
	b := diff.CompareGroups(before, now)
	o.Together = true
	folders := map[string]string{}
	for _, u := range before.Units {
		folders[u.Name] = u.Folder
	}
	for _, u := range now.Units {
		folder, ok := folders[u.Name]
		if !ok {
			continue
		}
		x, err := readResults(filepath.Join(oldDir, folder, casebuilder.ResultsFile))
		if err != nil {
			return err
		}
		y, err := readResults(filepath.Join(newDir, u.Folder, casebuilder.ResultsFile))
		if err != nil {
			return err
		}
		r, err := diff.Compare(x, y, o)
		if err != nil {
			return fmt.Errorf("%s: %w", u.Name, err)
		}
		b.Add(r, u.Factor)
	}
	b.Sort()
	switch format {
	case asJSON:
		return printJSON(s.Out, b)
	case asCSV:
		var rs []record
		for _, r := range b.Units {
			rs = append(rs, stepRecords(r)...)
		}
		return printRecords(s.Out, format, stepKeys, rs)
	}
	p := text.NewPage(styleOf(s.Out))
	b.Print(p)
	_, err = p.WriteTo(s.Out)
	return err
}

// stepKeys are the columns of the CSV: a row a reason.
var stepKeys = []string{"unit", "kind", "what", "from", "to", "currency", "npv", "expected_loss", "chance", "incident", "marketing", "stake"}

func stepRecords(r *diff.Report) []record {
	var out []record
	for _, s := range r.Steps {
		e := s.Effect
		out = append(out, record{{"unit", r.Unit}, {"kind", string(s.Kind)}, {"what", s.What}, {"from", s.From}, {"to", s.To}, {"currency", r.Currency},
			{"npv", e.NPV}, {"expected_loss", e.Expected}, {"chance", e.Chance}, {"incident", e.Incident}, {"marketing", e.Marketing}, {"stake", e.Stake}})
	}
	return out
}
