package cli

import (
	"errors"
	"fmt"
	"os"

	"github.com/urfave/cli/v2"

	"casebuilder/casebuilder"
	"casebuilder/casebuilder/group"
	"casebuilder/casebuilder/group/batch"
	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/pitch"
	"casebuilder/casebuilder/results"
	"casebuilder/casebuilder/store"
)

func rollupCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "rollup", Usage: "make the group's papers from finished units", ArgsUsage: "DIR",
		Description: "DIR is what batch wrote, what several shards of a batch wrote into one folder, or\nany folder with finished units in folders of their own.\n\nExample:\n  casebuilder rollup out",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "defaults", Usage: "company `FILE` whose block group stands in for that of the batch"},
			asOfFlag(),
			unitPagesFlag(),
		}, paperFlags()...),
		Action: func(c *cli.Context) error { return rollup(c, s) },
	}
}

func rollup(c *cli.Context, s Streams) error {
	if c.Args().Len() != 1 {
		return usage("want one folder of finished units, got %d", c.Args().Len())
	}
	dir := c.Args().First()
	if info, err := os.Stat(dir); err != nil {
		return badInput(err)
	} else if !info.IsDir() {
		return badInput(fmt.Errorf("%s: want a folder of finished units, got a file", dir))
	}
	o := batch.RollupOptions{Tool: results.Tool{Name: "casebuilder", Version: Version()}}
	if file := c.String("defaults"); file != "" {
		lib, err := library(c, s)
		if err != nil {
			return err
		}
		opts, err := intakeOptions(c, lib)
		if err != nil {
			return err
		}
		d, err := readDefaults(s, file, opts)
		if err != nil {
			return err
		}
		if o.Group = d.Group; o.Group == nil {
			return badInput(fmt.Errorf("%s: want a block group, got none", file))
		}
	}
	paper, err := pitchOptions(c)
	if err != nil {
		return err
	}
	var solved *group.Case
	o.Papers = func(set batch.Settings) (batch.Papers, error) {
		paper, err := likeBatch(c, s, paper, set)
		return func(g *group.Case) ([]store.File, error) {
			solved = g
			return casebuilder.GroupPapers(g, paper, set.UnitPages || c.Bool("unit-pages"))
		}, err
	}
	m, err := batch.Rollup(dir, o)
	var busy *store.BusyError
	if errors.As(err, &busy) {
		return failed(err)
	}
	if m != nil && err != nil {
		return withoutPapers(s, err)
	}
	if err != nil {
		return err
	}
	return toldGroup(s, m, solved, dir)
}

// likeBatch fills in what the flags leave to the batch: profile, paper and
// language. Texts and theme must be given again; it is said where they differ.
func likeBatch(c *cli.Context, s Streams, o pitch.Options, set batch.Settings) (pitch.Options, error) {
	if set.Texts == "" {
		return o, nil
	}
	if !c.IsSet("profile") {
		o.Profile = set.Profile
	}
	if !c.IsSet("lang") {
		o.Lang = set.Lang
	}
	if !c.IsSet("paper") {
		o.Paper = page.A4
		if set.Paper == page.Letter.String() {
			o.Paper = page.Letter
		}
	}
	texts, err := o.Fingerprint()
	if err != nil {
		return o, err
	}
	if texts != set.Texts {
		fmt.Fprintln(s.Err, "warning: the units were built with other texts, another theme or other flags of the papers; give the same --theme and --templates for papers of one look")
	}
	return o, nil
}
