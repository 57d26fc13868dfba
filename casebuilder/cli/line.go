package cli

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"casebuilder/casebuilder/diag"
)

// commandLine is a command line that was looked through before the library
// sees it.
type commandLine struct {
	path []*cli.Command // from the top down; empty for the program itself
	// args are the arguments as the library wants them: flags before files,
	// which stand behind "--".
	args          []string
	help, version bool
}

// name returns the command as it is typed: "casebuilder cases show".
func (l *commandLine) name() string { return commandName(l.path) }

func commandName(path []*cli.Command) string {
	s := "casebuilder"
	for _, c := range path {
		s += " " + c.Name
	}
	return s
}

// command returns the command that is to run, nil for the program itself.
func (l *commandLine) command() *cli.Command {
	if len(l.path) == 0 {
		return nil
	}
	return l.path[len(l.path)-1]
}

// parse finds the command, and moves its flags in front of its files, where
// the library looks for them: people write them on either side. "--" ends the
// flags. A flag or a command that is not there is wrong usage.
func parse(app *cli.App, args []string) (*commandLine, error) {
	l := &commandLine{args: []string{"casebuilder"}}
	if len(args) < 2 {
		return l, nil
	}
	rest, subs := args[1:], app.Commands
	for len(rest) > 0 && len(subs) > 0 {
		word := rest[0]
		if isFlag(word) {
			switch name, _ := flagName(word); {
			case slices.Contains([]string{"help", "h"}, name):
				l.help = true
			case len(l.path) == 0 && slices.Contains([]string{"version", "v"}, name):
				l.version = true
			default:
				return l, unknownFlag(word, nil, l.name())
			}
			rest = rest[1:]
			continue
		}
		i := slices.IndexFunc(subs, func(c *cli.Command) bool { return slices.Contains(c.Names(), word) })
		if i < 0 {
			if l.help {
				return l, nil
			}
			return l, unknownCommand(subs, word, l.name())
		}
		l.path, l.args = append(l.path, subs[i]), append(l.args, word)
		rest, subs = rest[1:], subs[i].Subcommands
	}
	if len(subs) > 0 || l.command() == nil {
		return l, nil
	}
	return l, l.parseFlags(rest)
}

// parseFlags sorts the flags and the files of a command.
func (l *commandLine) parseFlags(rest []string) error {
	known := map[string]cli.Flag{}
	for _, f := range l.command().Flags {
		for _, n := range f.Names() {
			known[n] = f
		}
	}
	var flags, files []string
	for i := 0; i < len(rest); i++ {
		a := rest[i]
		if a == "--" {
			files = append(files, rest[i+1:]...)
			break
		}
		if !isFlag(a) {
			files = append(files, a)
			continue
		}
		name, hasValue := flagName(a)
		f, ok := known[name]
		switch {
		case !ok && (name == "help" || name == "h"):
			l.help = true
			continue
		case !ok:
			return unknownFlag(a, l.command().Flags, l.name())
		}
		flags = append(flags, a)
		if _, isBool := f.(*cli.BoolFlag); isBool || hasValue {
			continue
		}
		if i++; i == len(rest) || isKnownFlag(rest[i], known) {
			if l.help {
				return nil
			}
			return usage("want %s %s, got nothing after %s", a, wantOf(f), a)
		}
		flags = append(flags, rest[i])
	}
	l.args = append(l.args, flags...)
	if len(files) > 0 {
		l.args = append(append(l.args, "--"), files...)
	}
	return nil
}

// isFlag reports whether an argument is written like a flag. A lone "-" is a
// file, and so is a negative number.
func isFlag(a string) bool {
	return len(a) > 1 && a[0] == '-' && a != "--" && (a[1] < '0' || a[1] > '9')
}

func isKnownFlag(a string, known map[string]cli.Flag) bool {
	if !isFlag(a) {
		return false
	}
	name, _ := flagName(a)
	return known[name] != nil
}

// flagName returns the name in an argument such as "--format=json".
func flagName(a string) (name string, hasValue bool) {
	a = strings.TrimPrefix(strings.TrimPrefix(a, "-"), "-")
	name, _, hasValue = strings.Cut(a, "=")
	return name, hasValue
}

// wantOf says what stands behind a flag: "DIR", "a value".
func wantOf(f cli.Flag) string {
	if d, ok := f.(cli.DocGenerationFlag); ok {
		if _, rest, ok := strings.Cut(d.GetUsage(), "`"); ok {
			if name, _, ok := strings.Cut(rest, "`"); ok {
				return name
			}
		}
	}
	return "a value"
}

func unknownFlag(a string, flags []cli.Flag, command string) error {
	name, _ := flagName(a)
	candidates := []string{"--help"}
	for _, f := range flags {
		for _, n := range f.Names() {
			if len(n) > 1 {
				candidates = append(candidates, "--"+n)
			}
		}
	}
	e := &codeError{code: codeUsage, err: fmt.Errorf("want a flag of %s, got %s", command, diag.Quote(a)), hint: "see " + command + " --help"}
	if near := diag.Nearest("--"+name, candidates); near != "" && len(name) > 1 {
		e.hint = "did you mean " + near + "?"
	}
	return e
}

func unknownCommand(cs []*cli.Command, name, command string) error {
	var names []string
	for _, c := range cs {
		if !c.Hidden {
			names = append(names, c.Names()...)
		}
	}
	of := "a command"
	if command != "casebuilder" {
		of += " of " + command
	}
	e := &codeError{code: codeUsage, err: fmt.Errorf("want %s, got %s", of, diag.Quote(name)), hint: "see " + command + " --help"}
	if near := diag.Nearest(name, names); near != "" {
		e.hint = "did you mean " + command + " " + near + "?"
	}
	return e
}

// badFlag puts an error of the library about a flag's value into our words.
func badFlag(err error) error {
	value, rest, ok := strings.Cut(strings.TrimPrefix(err.Error(), "invalid value "), " for flag -")
	if !ok {
		value, rest, ok = strings.Cut(strings.TrimPrefix(err.Error(), "invalid boolean value "), " for -")
	}
	if !ok {
		return usage("%w", err)
	}
	name, _, _ := strings.Cut(rest, ":")
	dash := "--"
	if len(name) == 1 {
		dash = "-"
	}
	return usage("%s%s: want %s, got %s", dash, name, map[bool]string{true: "yes or no", false: "a whole number"}[strings.HasPrefix(err.Error(), "invalid boolean")], diag.Printable(value))
}
