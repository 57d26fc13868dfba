package cli

import (
	"bytes"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"casebuilder/casebuilder"
	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/render/text"
	"casebuilder/casebuilder/store"
	"casebuilder/casestudies"
	"casebuilder/templates"
)

func schemaCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "schema", Usage: "print the JSON Schema of the company file, for editors that complete and check", ArgsUsage: " ",
		Description: "Example:\n  casebuilder schema > company.schema.json",
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				return usage("want no files, got %s", diag.Quote(c.Args().First()))
			}
			lib, err := casestudies.Embedded()
			if err != nil {
				return err
			}
			rules, err := casebuilder.Rules(lib)
			if err != nil {
				return err
			}
			_, err = s.Out.Write(append(bytes.TrimRight(company.Schema(rules.Estimates), "\n"), '\n'))
			return err
		},
	}
}

func templatesCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "templates", Usage: "list and export the texts, themes and examples that the program carries",
		Subcommands: []*cli.Command{
			{
				Name: "list", Usage: "list the files", ArgsUsage: " ",
				Description: "Example:\n  casebuilder templates list",
				Flags:       formatFlags(),
				Action:      func(c *cli.Context) error { return templatesList(c, s) },
			},
			{
				Name: "export", Usage: "write the files into a folder, to change and pass back with --templates", ArgsUsage: "DIR",
				Description: "Example:\n  casebuilder templates export my-templates",
				Flags: []cli.Flag{
					&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "`DIR`, as in the other commands"},
					&cli.BoolFlag{Name: "force", Usage: "overwrite files that are there"},
				},
				Action: func(c *cli.Context) error { return templatesExport(c, s) },
			},
		},
	}
}

// templateKinds say what the folders of templates hold.
var templateKinds = map[string]string{
	"docs":     "help topic",
	"examples": "example company",
	"texts":    "words of the papers",
	"themes":   "theme",
}

func templatesList(c *cli.Context, s Streams) error {
	format, err := formatOf(c)
	if err != nil {
		return err
	}
	if c.Args().Present() {
		return usage("want no files, got %s", diag.Quote(c.Args().First()))
	}
	names, err := templates.List()
	if err != nil {
		return err
	}
	t := text.Table{Columns: []text.Column{{Head: "file", Min: 20}, {Head: "bytes", Right: true}, {Head: "what"}}}
	rs := []record{}
	for _, name := range names {
		data, err := fs.ReadFile(templates.Files(), name)
		if err != nil {
			return err
		}
		folder, _, _ := strings.Cut(name, "/")
		t.Add(name, fmt.Sprint(len(data)), templateKinds[folder])
		rs = append(rs, record{{"file", name}, {"bytes", len(data)}, {"what", templateKinds[folder]}})
	}
	if format != asText {
		return printRecords(s.Out, format, keysOf(rs), rs)
	}
	p := text.NewPage(styleOf(s.Out))
	p.Table(t)
	_, err = p.WriteTo(s.Out)
	return err
}

func templatesExport(c *cli.Context, s Streams) error {
	dirs := c.Args().Slice()
	if dir := c.String("output"); dir != "" {
		dirs = append(dirs, dir)
	}
	if len(dirs) != 1 {
		return usage("want one folder to write to, got %d", len(dirs))
	}
	dir := dirs[0]
	names, err := templates.List()
	if err != nil {
		return err
	}
	byFolder := map[string][]store.File{}
	var folders []string
	var all []store.File
	for _, name := range names {
		data, err := fs.ReadFile(templates.Files(), name)
		if err != nil {
			return err
		}
		folder, file := filepath.Split(filepath.FromSlash(name))
		if byFolder[folder] == nil {
			folders = append(folders, folder)
		}
		byFolder[folder] = append(byFolder[folder], store.File{Name: file, Data: data})
		all = append(all, store.File{Name: filepath.FromSlash(name)})
	}
	if err := keepFiles(dir, all, c.Bool("force")); err != nil {
		return err
	}
	for _, folder := range folders {
		if err := store.Write(filepath.Join(dir, folder), byFolder[folder]...); err != nil {
			return failed(err)
		}
	}
	fmt.Fprintf(s.Out, "wrote %s to %s\n", count(len(all), "file", "files"), text.Clean(dir))
	return nil
}
