package cli

import (
	"fmt"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casestudies"
)

func checkCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "check", Usage: "say all that is wrong with company files, and what follows from them", ArgsUsage: "FILE...",
		Description: "Example:\n  casebuilder check company.yaml",
		Flags:       []cli.Flag{&cli.StringFlag{Name: "cases", Usage: "`DIR` of own cases that join the library"}, &cli.StringFlag{Name: "as-of", Usage: "`DATE` of the case, such as 2026-12-31"}},
		Action:      func(c *cli.Context) error { return check(c, s) },
	}
}

func check(c *cli.Context, s Streams) error {
	if !c.Args().Present() {
		return usage("want at least one file")
	}
	lib, err := library(c, s)
	if err != nil {
		return err
	}
	opts, err := intakeOptions(c, lib)
	if err != nil {
		return err
	}
	rates, err := casestudies.LoadRates()
	if err != nil {
		return err
	}
	var all diag.List
	for _, file := range c.Args().Slice() {
		p, err := readCompany(s, file, opts)
		if list, ok := err.(diag.List); ok {
			all = append(all, list...)
			continue
		} else if err != nil {
			return err
		}
		perUSD := p.Company.PerUSD.Value
		if !p.Company.PerUSD.Set {
			r, err := rates.PerUSD(p.Company.Currency, p.Company.AsOf.Year())
			if err != nil {
				return err
			}
			perUSD = r.PerUSD
		}
		fmt.Fprintf(s.Out, "%s: %s, %s: no problems\n", diag.Printable(file), diag.Printable(p.Company.Name), diag.Printable(p.Company.Unit))
		w := tabwriter.NewWriter(s.Out, 2, 8, 2, ' ', 0)
		for _, d := range company.Sanity(p, perUSD) {
			note := ""
			if d.Outside() {
				note = d.Note
			}
			fmt.Fprintf(w, "  %s\t%.4g %s\t%s\n", d.Label, d.Value, d.Unit, note)
		}
		w.Flush()
	}
	return all.Err()
}
