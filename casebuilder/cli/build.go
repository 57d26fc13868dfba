package cli

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"casebuilder/casebuilder"
	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/pitch"
	"casebuilder/casebuilder/store"
	"casebuilder/casestudies"
	"casebuilder/templates"
)

// The largest files that are read.
const (
	maxCompany = 1 << 20
	maxBook    = 64 << 20
	maxTheme   = 8 << 20
)

// buildFlags are the flags of the commands that build.
func buildFlags() []cli.Flag {
	return append([]cli.Flag{
		&cli.Uint64Flag{Name: "seed", Value: 1, Usage: "`NUMBER` that the random draws start from"},
		&cli.IntFlag{Name: "trials", Value: 4096, Usage: "`NUMBER` of trials, a power of two from 256 to 16384"},
		&cli.StringFlag{Name: "cases", Usage: "`DIR` of own cases that join the library"},
		&cli.StringFlag{Name: "as-of", Usage: "`DATE` of the case, such as 2026-12-31"},
	}, paperFlags()...)
}

// paperFlags are the flags of what draws the pitch.
func paperFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "profile", Value: "full", Usage: "`PROFILE` of pages: full, short or marketing"},
		&cli.StringFlag{Name: "paper", Value: "a4", Usage: "`SIZE` of the paper: a4 or letter"},
		&cli.StringFlag{Name: "lang", Value: "en", Usage: "`LANGUAGE` of the pitch: en or de"},
		&cli.StringFlag{Name: "theme", Usage: "`FILE` with logo, colours, fonts and words"},
		&cli.StringFlag{Name: "templates", Usage: "`DIR` of texts that replace the embedded ones"},
	}
}

func buildCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "build", Usage: "make the pitch, the workbook and the results of one company", ArgsUsage: "[FILE]",
		Description: "FILE is a company file (YAML) or a reviewed workbook (.xlsx); without it the\nembedded example company is used.\n\nExample:\n  casebuilder build company.yaml -o out",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "`DIR` for pitch.pdf, workbook.xlsx and results.json"},
			&cli.BoolFlag{Name: "force", Usage: "overwrite a workbook that holds a reviewer's entries"},
			&cli.StringFlag{Name: "password-file", Usage: "encrypt the workbook with the first line of `FILE`"},
		}, buildFlags()...),
		Action: func(c *cli.Context) error { return build(c, s) },
	}
}

func build(c *cli.Context, s Streams) error {
	if c.Args().Len() > 1 {
		return usage("want one company file, got %d", c.Args().Len())
	}
	dir := c.String("output")
	if dir == "" {
		return usage("want a folder for the files: -o DIR")
	}
	in, err := input(c, s, c.Args().First())
	if err != nil {
		return err
	}
	if !c.Bool("force") {
		if err := keepReviewed(dir, in.Password); err != nil {
			return err
		}
	}
	p, err := casebuilder.Build(*in)
	if err != nil {
		return err
	}
	if err := store.WriteAlone(dir, p.Files()...); err != nil {
		return failed(err)
	}
	printSummary(s, p, dir)
	return nil
}

// input gathers what a case is computed from: the company, the library, the
// flags.
func input(c *cli.Context, s Streams, file string) (*casebuilder.Input, error) {
	in := &casebuilder.Input{Seed: c.Uint64("seed"), Trials: c.Int("trials"), Version: Version()}
	if err := checkTrials(in.Trials); err != nil {
		return nil, err
	}
	var err error
	if in.Pitch, err = pitchOptions(c); err != nil {
		return nil, err
	}
	if in.Library, err = library(c, s); err != nil {
		return nil, err
	}
	if in.Password, err = password(c.String("password-file")); err != nil {
		return nil, err
	}
	opts, err := intakeOptions(c, in.Library)
	if err != nil {
		return nil, err
	}
	if file != "" && isBook(file) {
		in.Profile, in.Review, err = reviewedCompany(s, file, in.Password, opts, in.Library)
		return in, err
	}
	in.Profile, err = readCompany(s, file, opts, in.Library)
	return in, err
}

// intakeOptions are the rules and dates for reading a company file.
func intakeOptions(c *cli.Context, lib *casestudies.Library) (intake.Options, error) {
	rules, err := casebuilder.Rules(lib)
	if err != nil {
		return intake.Options{}, err
	}
	opts := intake.Options{Today: today(), Rules: rules}
	if c.String("as-of") != "" {
		opts.AsOf, err = asOf(c)
	}
	return opts, err
}

// asOf is the date of the flag --as-of, or today.
func asOf(c *cli.Context) (company.Date, error) {
	s := c.String("as-of")
	if s == "" {
		return today(), nil
	}
	d, err := company.ParseDate(s)
	if err != nil || d.Year() < 1990 || d.Year() > 2100 {
		return d, usage("--as-of: want a date from 1990 to 2100, such as 2026-12-31, got %s", diag.Quote(s))
	}
	return d, nil
}

func today() company.Date {
	now := time.Now()
	return company.NewDate(now.Year(), now.Month(), now.Day())
}

// readCompany reads a company file, or a reviewed workbook; "" is the embedded
// example. Warnings are printed.
func readCompany(s Streams, file string, opts intake.Options, lib *casestudies.Library) (*company.Profile, error) {
	p, warnings, err := readProfile(file, opts, lib)
	printWarnings(s.Err, warnings)
	return p, err
}

// readProfile is readCompany without printing.
func readProfile(file string, opts intake.Options, lib *casestudies.Library) (*company.Profile, diag.List, error) {
	if file != "" && isBook(file) {
		r, err := reviewed(file, "", opts, lib)
		if r == nil {
			return nil, nil, err
		}
		return r.Profile, reviewWarnings(r), err
	}
	name, src := file, []byte(nil)
	var err error
	if file == "" {
		name = filepath.Base(templates.DefaultExample)
		src, err = fs.ReadFile(templates.Examples, templates.DefaultExample)
	} else {
		src, err = store.Read(file, maxCompany)
	}
	if err != nil {
		return nil, nil, badInput(err)
	}
	return intake.Company(name, src, opts)
}

// library returns the case library, with a user's own cases where given.
func library(c *cli.Context, s Streams) (*casestudies.Library, error) {
	lib, err := casestudies.Embedded()
	if err != nil {
		return nil, err
	}
	dir := c.String("cases")
	if dir == "" {
		return lib, nil
	}
	if i, err := os.Stat(dir); err != nil {
		return nil, badInput(err)
	} else if !i.IsDir() {
		return nil, badInput(fmt.Errorf("%s: want a folder of case files, got a file", dir))
	}
	own, warnings, problems := casestudies.ReadCases(os.DirFS(dir), dir)
	printWarnings(s.Err, warnings)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return lib.With(own)
}

func pitchOptions(c *cli.Context) (pitch.Options, error) {
	o := pitch.Options{Profile: c.String("profile"), Lang: c.String("lang")}
	switch o.Profile {
	case "full", "short", "marketing":
	default:
		return o, usage("--profile: want full, short or marketing, got %s", diag.Quote(o.Profile))
	}
	switch p := strings.ToLower(c.String("paper")); p {
	case "a4":
	case "letter":
		o.Paper = page.Letter
	default:
		return o, usage("--paper: want a4 or letter, got %s", diag.Quote(p))
	}
	switch o.Lang {
	case "en", "de":
	default:
		return o, usage("--lang: want en or de, got %s", diag.Quote(o.Lang))
	}
	if f := c.String("theme"); f != "" {
		var err error
		if o.Theme, err = store.Read(f, maxTheme); err != nil {
			return o, badInput(err)
		}
		o.ThemeName = f
		o.Open = func(name string) ([]byte, error) { // its logo and fonts stand beside it
			return store.Read(filepath.Join(filepath.Dir(f), filepath.FromSlash(name)), maxTheme)
		}
	}
	if d := c.String("templates"); d != "" {
		if i, err := os.Stat(d); err != nil {
			return o, badInput(err)
		} else if !i.IsDir() {
			return o, badInput(fmt.Errorf("%s: want a folder of texts, got a file", d))
		}
		o.Templates, o.TemplatesName = os.DirFS(d), filepath.ToSlash(d)
	}
	return o, nil
}

func password(file string) (string, error) {
	if file == "" {
		return "", nil
	}
	b, err := store.Read(file, 1<<16)
	if err != nil {
		return "", badInput(err)
	}
	line, _, _ := strings.Cut(string(b), "\n")
	line = strings.TrimRight(line, "\r")
	if line == "" {
		return "", badInput(fmt.Errorf("%s: want a password in the first line, got an empty line", file))
	}
	return line, nil
}
