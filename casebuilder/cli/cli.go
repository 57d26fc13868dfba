// Package cli is the command line: commands and flags, opening and writing
// files, exit codes, and everything that is printed.
//
// Results go to standard output, everything else to standard error.
package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"casebuilder/casebuilder/diag"
	"casebuilder/casestudies"
)

// Streams are where a command reads and prints.
type Streams struct {
	In  io.Reader
	Out io.Writer
	Err io.Writer
}

// Exit codes.
const (
	codeDone   = 0
	codeFailed = 1 // cannot write, a unit of a batch failed, papers and results disagree
	codeUsage  = 2 // flags, unknown command, ID or case
	codeInput  = 3 // the inputs are missing, unreadable or wrong
)

// codeError is an error with the exit code that it leads to.
type codeError struct {
	code int
	err  error
	hint string
}

func (e *codeError) Error() string { return e.err.Error() }
func (e *codeError) Unwrap() error { return e.err }

func usage(format string, a ...any) error {
	return &codeError{code: codeUsage, err: fmt.Errorf(format, a...)}
}

func failed(err error) error { return &codeError{code: codeFailed, err: err} }

// badInput is an error about a file that a user gave.
func badInput(err error) error { return &codeError{code: codeInput, err: err} }

// Run runs a command line and returns its exit code.
func Run(args []string, s Streams) (code int) {
	defer func() {
		if r := recover(); r != nil {
			fmt.Fprintf(s.Err, "casebuilder: error: a bug: %v\n  hint: please report it, with the command and its input\n", r)
			code = codeFailed
		}
	}()
	app := newApp(s)
	err := app.Run(reorder(app, args))
	return report(s.Err, err)
}

// report prints an error and returns the exit code.
func report(w io.Writer, err error) int {
	if err == nil {
		return codeDone
	}
	code, hint := codeFailed, ""
	var coded *codeError
	if errors.As(err, &coded) {
		code, hint = coded.code, coded.hint
	}
	var problems diag.List
	switch {
	case errors.As(err, &problems):
		code = codeInput
		for _, p := range problems {
			fmt.Fprintln(w, p.Error())
		}
		fmt.Fprintf(w, "casebuilder: error: %s in the inputs; nothing was written\n", count(len(problems), "problem", "problems"))
		return code
	case isUnknown(err):
		code = codeUsage
	case isRate(err):
		code = codeInput
	}
	fmt.Fprintln(w, "casebuilder: error: "+diag.Printable(strings.TrimSpace(err.Error())))
	if hint != "" {
		fmt.Fprintln(w, "  hint: "+hint)
	}
	return code
}

func isUnknown(err error) bool {
	var c *casestudies.UnknownCaseError
	return errors.As(err, &c)
}

func isRate(err error) bool {
	var r *casestudies.NoRateError
	return errors.As(err, &r)
}

func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func newApp(s Streams) *cli.App {
	app := &cli.App{
		Name:                   "casebuilder",
		Usage:                  "the business case for a security budget, from real breach cases and your own numbers",
		Version:                Version(),
		Reader:                 s.In,
		Writer:                 s.Out,
		ErrWriter:              s.Err,
		Suggest:                true,
		EnableBashCompletion:   true,
		UseShortOptionHandling: false,
		HideHelpCommand:        true,
		Commands:               commands(s),
		ExitErrHandler:         func(*cli.Context, error) {},
		OnUsageError: func(_ *cli.Context, err error, _ bool) error {
			return usage("%w", err)
		},
		CommandNotFound: nil,
		Action: func(c *cli.Context) error {
			if c.Args().Present() {
				return unknownCommand(c.App.Commands, c.Args().First(), "casebuilder --help")
			}
			return cli.ShowAppHelp(c)
		},
	}
	var each func(cs []*cli.Command)
	each = func(cs []*cli.Command) {
		for _, c := range cs {
			c.OnUsageError = app.OnUsageError
			c.HideHelpCommand = true
			each(c.Subcommands)
		}
	}
	each(app.Commands)
	return app
}

// commands lists the commands in the order of the help.
func commands(s Streams) []*cli.Command {
	return []*cli.Command{
		buildCommand(s),
		checkCommand(s),
	}
}

func unknownCommand(cs []*cli.Command, name, help string) error {
	var names []string
	for _, c := range cs {
		names = append(names, c.Names()...)
	}
	e := &codeError{code: codeUsage, err: fmt.Errorf("want a command, got %s", diag.Quote(name)), hint: "see " + help}
	if near := diag.Nearest(name, names); near != "" {
		e.hint = fmt.Sprintf("did you mean %q?", near)
	}
	return e
}

// reorder moves the flags that stand after file names in front of them, where
// the library looks for them; "--" ends the flags.
func reorder(app *cli.App, args []string) []string {
	if len(args) < 2 {
		return args
	}
	out := []string{args[0]}
	rest := args[1:]
	flags, subs := app.Flags, app.Commands
	for len(rest) > 0 {
		i := slices.IndexFunc(subs, func(c *cli.Command) bool { return slices.Contains(c.Names(), rest[0]) })
		if i < 0 {
			break
		}
		out, rest = append(out, rest[0]), rest[1:]
		flags, subs = subs[i].Flags, subs[i].Subcommands
	}
	takesValue := map[string]bool{}
	for _, f := range flags {
		_, isBool := f.(*cli.BoolFlag)
		for _, n := range f.Names() {
			takesValue[n] = !isBool
		}
	}
	var front, files []string
	for i := 0; i < len(rest); i++ {
		a := rest[i]
		if a == "--" {
			files = append(files, rest[i+1:]...)
			break
		}
		if len(a) < 2 || a[0] != '-' || isNumber(a) {
			files = append(files, a)
			continue
		}
		front = append(front, a)
		name := strings.TrimLeft(a, "-")
		if !strings.Contains(name, "=") && takesValue[name] && i+1 < len(rest) {
			i++
			front = append(front, rest[i])
		}
	}
	out = append(out, front...)
	if len(files) > 0 && (len(subs) == 0 || len(front) > 0) {
		out = append(out, "--")
	}
	return append(out, files...)
}

// isNumber reports whether an argument is a negative number, not a flag.
func isNumber(s string) bool { return len(s) > 1 && s[0] == '-' && s[1] >= '0' && s[1] <= '9' }

// terminal reports whether a stream is a terminal.
func terminal(w any) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	s, err := f.Stat()
	return err == nil && s.Mode()&os.ModeCharDevice != 0
}
