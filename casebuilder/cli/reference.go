package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/urfave/cli/v2"

	"casebuilder/casebuilder/diag"
)

// referenceCommand writes the manual page and the Markdown reference. It is
// hidden: packagers and the documentation use it.
func referenceCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "reference", Hidden: true, Usage: "write the manual page or the Markdown reference of all commands", ArgsUsage: "man|markdown",
		Description: "Example:\n  casebuilder reference man > casebuilder.1",
		Action: func(c *cli.Context) error {
			app := newApp(s)
			switch form := c.Args().First(); {
			case c.Args().Len() != 1 || form != "man" && form != "markdown":
				return usage("want man or markdown, got %s", diag.Quote(strings.Join(c.Args().Slice(), " ")))
			case form == "man":
				manual(s.Out, app)
			default:
				markdown(s.Out, app)
			}
			return nil
		},
	}
}

// eachCommand calls f for every command that runs, with the way to it.
func eachCommand(cs []*cli.Command, path []*cli.Command, f func(path []*cli.Command)) {
	for _, c := range cs {
		if c.Hidden {
			continue
		}
		here := append(append([]*cli.Command{}, path...), c)
		if len(c.Subcommands) > 0 {
			eachCommand(c.Subcommands, here, f)
			continue
		}
		f(here)
	}
}

// markdown writes the reference in Markdown.
func markdown(w io.Writer, app *cli.App) {
	fmt.Fprintf(w, "# casebuilder: all commands\n\nFlags are understood before and after file names; `--` ends them. `-h` and `--help` tell about a command.\n")
	eachCommand(app.Commands, nil, func(path []*cli.Command) {
		c := path[len(path)-1]
		about, example := aboutAndExample(c)
		fmt.Fprintf(w, "\n## %s\n\n%s.\n\n    %s\n", commandName(path), strings.ToUpper(c.Usage[:1])+c.Usage[1:], usageLine(path))
		for _, p := range about {
			fmt.Fprintf(w, "\n%s\n", strings.Join(strings.Fields(p), " "))
		}
		if len(c.Flags) > 0 {
			fmt.Fprint(w, "\n| flag | |\n|---|---|\n")
		}
		for _, f := range c.Flags {
			short, long, what := flagHelp(f)
			if short != "" {
				long = "`" + short + "`, `" + long + "`"
			} else {
				long = "`" + long + "`"
			}
			fmt.Fprintf(w, "| %s | %s |\n", long, strings.ReplaceAll(what, "|", `\|`))
		}
		if example != "" {
			fmt.Fprintf(w, "\nExample:\n\n    %s\n", strings.ReplaceAll(example, "\n", "\n    "))
		}
	})
}

// manual writes the manual page, in the macros of man(7).
func manual(w io.Writer, app *cli.App) {
	esc := func(s string) string {
		s = strings.NewReplacer(`\`, `\e`, "-", `\-`).Replace(strings.Join(strings.Fields(s), " "))
		if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
			s = `\&` + s
		}
		return s
	}
	fmt.Fprintf(w, ".TH CASEBUILDER 1 \"\" \"casebuilder %s\" \"User commands\"\n", esc(Version()))
	fmt.Fprintf(w, ".SH NAME\ncasebuilder \\- %s\n.SH SYNOPSIS\n.B casebuilder\n.I COMMAND\n[flags] [FILES]\n", esc(summary))
	fmt.Fprint(w, ".SH DESCRIPTION\nFlags are understood before and after file names; \\-\\- ends them. \\-h and \\-\\-help tell about a command.\n.SH COMMANDS\n")
	eachCommand(app.Commands, nil, func(path []*cli.Command) {
		c := path[len(path)-1]
		about, example := aboutAndExample(c)
		fmt.Fprintf(w, ".SS %s\n%s.\n", esc(usageLine(path)), esc(strings.ToUpper(c.Usage[:1])+c.Usage[1:]))
		for _, p := range about {
			fmt.Fprintf(w, ".PP\n%s\n", esc(p))
		}
		for _, f := range c.Flags {
			short, long, what := flagHelp(f)
			if short != "" {
				long = short + ", " + long
			}
			fmt.Fprintf(w, ".TP\n.B %s\n%s\n", esc(long), esc(what))
		}
		if example != "" {
			fmt.Fprintf(w, ".PP\nExample:\n.PP\n.nf\n")
			for l := range strings.SplitSeq(example, "\n") {
				fmt.Fprintf(w, "    %s\n", esc(l))
			}
			fmt.Fprint(w, ".fi\n")
		}
	})
	fmt.Fprint(w, ".SH EXIT STATUS\n")
	for _, l := range []string{"0  done; warnings never change it", "1  failed: a file cannot be written, a unit of a batch failed, papers and results disagree",
		"2  wrong usage: flags, unknown command, ID or case", "3  the inputs have problems: missing, unreadable or wrong; all of them are listed"} {
		code, what, _ := strings.Cut(l, "  ")
		fmt.Fprintf(w, ".TP\n.B %s\n%s\n", code, esc(what))
	}
}
