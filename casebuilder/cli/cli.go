// Package cli is the command line: commands and flags, opening and writing
// files, exit codes, and everything that is printed.
//
// Results go to standard output, everything else to standard error.
package cli

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
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

// badInput is an error about a file that a user gave. What the file system says
// gets the action and the path in front of it.
func badInput(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		err = fmt.Errorf("reading %s: %w", path.Path, path.Err)
	}
	return &codeError{code: codeInput, err: err}
}

// reason returns an error of the file system without the action and the path,
// which the message around it has.
func reason(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	if inner := errors.Unwrap(err); inner != nil {
		return inner
	}
	return err
}

// Run runs a command line and returns its exit code.
func Run(args []string, s Streams) (code int) {
	out := &output{Writer: s.Out}
	s.Out = out
	defer func() {
		if r := recover(); r != nil {
			fmt.Fprintf(s.Err, "casebuilder: error: a bug: %v\n  hint: please report it, with the command and its input\n", r)
			code = codeFailed
		}
	}()
	err := run(args, s)
	if err == nil {
		err = out.failure()
	}
	return report(s.Err, err)
}

func run(args []string, s Streams) error {
	if n := len(args); n > 1 && args[n-1] == completeFlag {
		printCompletions(s, args[1:n-1])
		return nil
	}
	app := newApp(s)
	l, err := parse(app, args)
	switch {
	case err != nil:
		return err
	case l.version:
		fmt.Fprintf(s.Out, "casebuilder %s\n", Version())
		return nil
	case l.help, l.command() == nil, len(l.command().Subcommands) > 0:
		printHelp(s.Out, styleOf(s.Out), app, l.path)
		return nil
	}
	return app.Run(l.args)
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
	for i, line := range strings.Split(strings.TrimSpace(err.Error()), "\n") {
		if i == 0 {
			line = "casebuilder: error: " + line
		}
		fmt.Fprintln(w, diag.Printable(line))
	}
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
		Name:            "casebuilder",
		Usage:           summary,
		Reader:          s.In,
		Writer:          s.Out,
		ErrWriter:       s.Err,
		HideHelp:        true, // help, versions and completion are ours
		HideVersion:     true,
		HideHelpCommand: true,
		Commands:        commands(s),
		ExitErrHandler:  func(*cli.Context, error) {},
		OnUsageError:    func(_ *cli.Context, err error, _ bool) error { return badFlag(err) },
	}
	var each func(cs []*cli.Command)
	each = func(cs []*cli.Command) {
		for _, c := range cs {
			c.OnUsageError = app.OnUsageError
			c.HideHelp, c.HideHelpCommand = true, true
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
		initCommand(s),
		checkCommand(s),
		batchCommand(s),
		rollupCommand(s),
		diffCommand(s),
		reviewCommand(s),
		casesCommand(s),
		explainCommand(s),
		backtestCommand(s),
		renderCommand(s),
		templatesCommand(s),
		schemaCommand(s),
		completionCommand(s),
		helpCommand(s),
		referenceCommand(s),
	}
}

// withHint adds what to do to an error of ours.
func withHint(err error, hint string) error {
	var coded *codeError
	if errors.As(err, &coded) {
		coded.hint = hint
	}
	return err
}
