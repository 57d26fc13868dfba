package cli

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/model"
	"casebuilder/casestudies"
)

//go:embed completion
var completionScripts embed.FS

// completeFlag is how the scripts ask for completions: the words so far, the
// last of them only where it begins with "-", and then this.
const completeFlag = "--generate-bash-completion"

// shells are those that there is a script for.
var shells = []string{"bash", "zsh", "fish", "powershell"}

func completionCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "completion", Usage: "print a script that completes commands, flags and names in a shell", ArgsUsage: "SHELL",
		Description: `SHELL is bash, zsh, fish or powershell. To have it in every shell, add the line to its start-up file:

bash, in ~/.bashrc: source <(casebuilder completion bash)

zsh, in ~/.zshrc: source <(casebuilder completion zsh)

fish: casebuilder completion fish > ~/.config/fish/completions/casebuilder.fish

PowerShell, in $PROFILE: casebuilder completion powershell | Out-String | Invoke-Expression

Example:
  casebuilder completion bash`,
		Action: func(c *cli.Context) error {
			shell := strings.ToLower(c.Args().First())
			if c.Args().Len() != 1 || !slices.Contains(shells, shell) {
				return usage("want one of %s, got %s", strings.Join(shells, ", "), diag.Quote(strings.Join(c.Args().Slice(), " ")))
			}
			script, err := fs.ReadFile(completionScripts, "completion/"+shell)
			if err != nil {
				return err
			}
			_, err = s.Out.Write(script)
			return err
		},
	}
}

// complete returns what can stand next on a command line, one a line for the
// script of a shell. It prints nothing where a file is wanted: the shell
// completes those itself.
func complete(app *cli.App, words []string) []string {
	var path []*cli.Command
	subs := app.Commands
	for len(words) > 0 {
		i := slices.IndexFunc(subs, func(c *cli.Command) bool { return slices.Contains(c.Names(), words[0]) })
		if i < 0 {
			break
		}
		path, words = append(path, subs[i]), words[1:]
		subs = subs[i].Subcommands
	}
	if slices.Contains(words, "--") {
		return nil
	}
	var flags []cli.Flag
	if len(path) > 0 {
		flags = path[len(path)-1].Flags
	}
	last := ""
	if len(words) > 0 {
		last = words[len(words)-1]
	}
	if f := flagOf(last, flags); f != nil && !strings.Contains(last, "=") {
		if _, isBool := f.(*cli.BoolFlag); !isBool {
			return flagWords(commandName(path), f.Names()[0])
		}
	}
	switch {
	case strings.HasPrefix(last, "-"):
		var out []string
		for _, name := range append(flagNames(flags), "--help") {
			if strings.HasPrefix(name, last) && (name == last || !slices.Contains(words, name)) {
				out = append(out, name)
			}
		}
		return out
	case len(subs) > 0 && len(words) == 0:
		var out []string
		for _, c := range subs {
			if !c.Hidden {
				out = append(out, c.Name)
			}
		}
		return out
	}
	return argumentWords(app, commandName(path), len(words) > 0)
}

func flagOf(word string, flags []cli.Flag) cli.Flag {
	if !isFlag(word) {
		return nil
	}
	name, _ := flagName(word)
	for _, f := range flags {
		if slices.Contains(f.Names(), name) {
			return f
		}
	}
	return nil
}

func flagNames(flags []cli.Flag) []string {
	var out []string
	for _, f := range flags {
		for _, n := range f.Names() {
			if len(n) > 1 {
				out = append(out, "--"+n)
			} else {
				out = append(out, "-"+n)
			}
		}
	}
	return out
}

// flagWords returns the words that a flag takes, nil for a file or a free text.
func flagWords(command, flag string) []string {
	ofLibrary := strings.HasPrefix(command, "casebuilder cases")
	switch {
	case flag == "format":
		return []string{asText, asJSON, asCSV}
	case flag == "profile":
		return []string{"full", "short", "marketing"}
	case flag == "paper":
		return []string{"a4", "letter"}
	case flag == "lang":
		return []string{"en", "de"}
	case flag == "sector":
		return company.Sectors
	case flag == "positioning":
		return company.Positionings
	case flag == "data" && ofLibrary:
		return casestudies.DataTypes
	case flag == "theme" && ofLibrary:
		return casestudies.Themes
	case flag == "kind" && ofLibrary:
		return casestudies.Kinds
	}
	return nil
}

// argumentWords returns the words that a command takes, nil for files. more says
// that something stands behind the command already.
func argumentWords(app *cli.App, command string, more bool) []string {
	switch command {
	case "casebuilder explain":
		if more {
			return nil
		}
		return exampleIDs()
	case "casebuilder cases show":
		lib, err := casestudies.Embedded()
		if err != nil {
			return nil
		}
		out := make([]string, len(lib.Cases))
		for i, c := range lib.Cases {
			out[i] = c.ID
		}
		return out
	case "casebuilder completion":
		return shells
	case "casebuilder help":
		out := topics()
		for _, c := range app.Commands {
			if !c.Hidden {
				out = append(out, c.Name)
			}
		}
		return out
	case "casebuilder cases import":
		return []string{"veris"}
	}
	return nil
}

// exampleIDs returns what can be explained of the embedded example company.
func exampleIDs() []string {
	lib, err := casestudies.Embedded()
	if err != nil {
		return nil
	}
	opts, err := startOptions(lib)
	if err != nil {
		return nil
	}
	p, _, err := readProfile("", opts, lib)
	if err != nil {
		return nil
	}
	m, err := model.New(model.Input{Profile: p, Library: lib, Seed: 1, Trials: 256})
	if err != nil {
		return nil
	}
	e := &explainer{graph: m.Graph()}
	return e.ids()
}

// printCompletions answers a shell.
func printCompletions(s Streams, words []string) {
	for _, w := range complete(newApp(s), words) {
		fmt.Fprintln(s.Out, w)
	}
}
