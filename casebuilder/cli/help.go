package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"github.com/urfave/cli/v2"

	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/render/text"
	"casebuilder/templates"
)

const summary = "the business case for a security budget, from real breach cases and your own numbers"

func helpCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "help", Usage: "tell about a command or a topic", ArgsUsage: "[COMMAND|TOPIC]",
		Description: "Example:\n  casebuilder help exit-codes",
		Action:      func(c *cli.Context) error { return help(s, c.Args().Slice()) },
	}
}

// help prints the help of a command, or a topic of the documentation.
func help(s Streams, words []string) error {
	app := newApp(s)
	if len(words) == 1 {
		doc, err := fs.ReadFile(templates.Docs, "docs/"+words[0]+".md")
		if err == nil {
			p := text.NewPage(styleOf(s.Out))
			tellTopic(p, string(doc))
			if app.Command(words[0]) != nil {
				p.Gap()
				p.Para("Its flags: casebuilder " + words[0] + " --help")
			}
			_, err = p.WriteTo(s.Out)
			return err
		}
	}
	l, err := parse(app, append([]string{"casebuilder"}, words...))
	var wrong *codeError
	if errors.As(err, &wrong) && len(words) == 1 {
		names := topics()
		for _, c := range app.Commands {
			names = append(names, c.Name)
		}
		wrong.err = fmt.Errorf("want a command or a topic, got %s", diag.Quote(words[0]))
		wrong.hint = "topics are " + strings.Join(topics(), ", ")
		if near := diag.Nearest(words[0], names); near != "" {
			wrong.hint = "did you mean " + near + "?"
		}
	}
	if err != nil {
		return err
	}
	printHelp(s.Out, styleOf(s.Out), app, l.path)
	return nil
}

// topics returns the topics of the documentation.
func topics() []string {
	files, _ := fs.Glob(templates.Docs, "docs/*.md")
	out := make([]string, len(files))
	for i, f := range files {
		out[i] = strings.TrimSuffix(path.Base(f), ".md")
	}
	return out
}

// topicLine returns the title of a topic.
func topicLine(name string) string {
	doc, _ := fs.ReadFile(templates.Docs, "docs/"+name+".md")
	title, _, _ := strings.Cut(string(doc), "\n")
	return strings.TrimPrefix(title, "# ")
}

// printHelp prints the help of a command, or of the program. It ends in an
// example that works as it stands.
func printHelp(w io.Writer, style text.Style, app *cli.App, path []*cli.Command) {
	p := text.NewPage(style)
	subs := app.Commands
	example := "casebuilder build -o out"
	if len(path) == 0 {
		p.Para("casebuilder: " + summary)
		p.Gap()
		p.Linef("Usage: casebuilder COMMAND [flags] [FILES]")
	} else {
		c := path[len(path)-1]
		subs = c.Subcommands
		p.Para(commandName(path) + ": " + c.Usage)
		p.Gap()
		p.Para("Usage: " + usageLine(path))
		about, ex := aboutAndExample(c)
		for _, para := range about {
			p.Gap()
			p.Para(para)
		}
		example = ex
	}
	if len(subs) > 0 {
		p.Heading("Commands")
		t := text.Table{NoHead: true, Columns: []text.Column{{}, {}, {Min: 30, Wrap: true}}}
		for _, c := range subs {
			if !c.Hidden {
				t.Add("", c.Name, c.Usage)
			}
		}
		p.Table(t)
	}
	if len(path) == 0 {
		p.Heading("Topics (casebuilder help TOPIC)")
		t := text.Table{NoHead: true, Columns: []text.Column{{}, {}, {Min: 30, Wrap: true}}}
		for _, name := range topics() {
			t.Add("", name, topicLine(name))
		}
		p.Table(t)
	} else if len(subs) == 0 {
		p.Heading("Flags")
		t := text.Table{NoHead: true, Columns: []text.Column{{}, {}, {}, {Min: 30, Wrap: true}}}
		for _, f := range path[len(path)-1].Flags {
			short, long, what := flagHelp(f)
			t.Add("", short, long, what)
		}
		t.Add("", "-h", "--help", "show this help")
		p.Table(t)
	}
	if len(subs) > 0 {
		p.Gap()
		p.Para(commandName(path) + " COMMAND --help tells about one of them." + map[bool]string{true: " Flags are understood before and after file names; -- ends them."}[len(path) == 0])
	}
	if example != "" {
		p.Heading("Example")
		for l := range strings.SplitSeq(example, "\n") {
			p.Verbatim(2, l)
		}
	}
	p.WriteTo(w)
}

// usageLine returns how a command is called.
func usageLine(path []*cli.Command) string {
	c := path[len(path)-1]
	line := commandName(path)
	if len(c.Subcommands) > 0 {
		return line + " COMMAND"
	}
	if c.ArgsUsage != "" {
		line += " " + c.ArgsUsage
	}
	return line + " [flags]"
}

// aboutAndExample splits the description of a command: its paragraphs, and the
// lines under "Example:".
func aboutAndExample(c *cli.Command) (about []string, example string) {
	prose, example, _ := strings.Cut("\n"+c.Description, "\nExample:")
	for para := range strings.SplitSeq(prose, "\n\n") {
		if para = strings.TrimSpace(para); para != "" {
			about = append(about, para)
		}
	}
	var lines []string
	for l := range strings.Lines(example) {
		if l = strings.TrimSpace(l); l != "" {
			lines = append(lines, l)
		}
	}
	return about, strings.Join(lines, "\n")
}

// flagHelp returns a flag as it is typed, short and long, and what it is for.
func flagHelp(f cli.Flag) (short, long, what string) {
	for _, n := range f.Names() {
		if len(n) == 1 {
			short = "-" + n
		} else if long == "" {
			long = "--" + n
		}
	}
	d, ok := f.(cli.DocGenerationFlag)
	if !ok {
		return short, long, ""
	}
	what = strings.ReplaceAll(d.GetUsage(), "`", "")
	if d.TakesValue() {
		long += " " + wantOf(f)
		if v := d.GetValue(); v != "" && v != "0" {
			what += " (default " + v + ")"
		}
	}
	return short, long, what
}
