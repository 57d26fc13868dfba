package cli

import (
	"fmt"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"casebuilder/casebuilder"
	"casebuilder/casebuilder/render/text"
	"casebuilder/casebuilder/store"
)

func renderCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "render", Usage: "draw pitch.pdf again from stored results", ArgsUsage: "RESULTS.json -o DIR",
		Description: "With another theme, language, profile or size of paper, and without computing anything. The workbook comes from build.\n\nExample:\n  casebuilder render out/results.json -o out-short --profile short --paper letter",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "`DIR` for pitch.pdf"},
		}, paperFlags()...),
		Action: func(c *cli.Context) error { return renderPitch(c, s) },
	}
}

func renderPitch(c *cli.Context, s Streams) error {
	if c.Args().Len() != 1 {
		return usage("want one results.json, got %d files", c.Args().Len())
	}
	dir := c.String("output")
	if dir == "" {
		return usage("want a folder for the pitch: -o DIR")
	}
	opt, err := pitchOptions(c)
	if err != nil {
		return err
	}
	r, err := openResults(s, c.Args().First())
	if err != nil {
		return err
	}
	pdf, err := casebuilder.Draw(r, opt)
	if err != nil {
		return err
	}
	files := []store.File{{Name: casebuilder.PitchFile, Data: pdf}}
	if sameFile(c.Args().First(), filepath.Join(dir, casebuilder.ResultsFile)) && r.Files != nil {
		// The packet stays one: its results name the papers beside them.
		r.Files[casebuilder.PitchFile] = store.Hash(pdf)
		data, err := casebuilder.Encode(r)
		if err != nil {
			return err
		}
		files = append(files, store.File{Name: casebuilder.ResultsFile, Data: data})
	}
	if err := store.WriteAlone(dir, files...); err != nil {
		return failed(err)
	}
	fmt.Fprintf(s.Out, "wrote %s (%s)\n", text.Clean(filepath.Join(dir, casebuilder.PitchFile)), sizeText(len(pdf)))
	return nil
}

// sizeText is the size of a file for people.
func sizeText(n int) string {
	switch {
	case n >= 1<<20:
		return fmt.Sprintf("%.1f MB", float64(n)/(1<<20))
	case n >= 1<<10:
		return fmt.Sprintf("%d kB", (n+512)/(1<<10))
	}
	return fmt.Sprintf("%d bytes", n)
}
