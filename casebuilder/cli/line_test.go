package cli

import (
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"
)

func quiet() Streams { return Streams{In: strings.NewReader(""), Out: io.Discard, Err: io.Discard} }

func TestParse(t *testing.T) {
	for _, c := range []struct {
		line string
		want string // as the library gets it
		name string
	}{
		{"build a.yaml -o out", "build -o out -- a.yaml", "casebuilder build"},
		{"build -o out a.yaml", "build -o out -- a.yaml", "casebuilder build"},
		{"build --output=out a.yaml --force", "build --output=out --force -- a.yaml", "casebuilder build"},
		{"build -- -o out", "build -- -o out", "casebuilder build"},
		{"build a.yaml -- --force", "build -- a.yaml --force", "casebuilder build"},
		{"build - -o out", "build -o out -- -", "casebuilder build"},
		{"cases list --year -2015", "cases list --year -2015", "casebuilder cases list"},
		{"cases search phones staff --json", "cases search --json -- phones staff", "casebuilder cases search"},
		{"cases search build --sector retail", "cases search --sector retail -- build", "casebuilder cases search"},
	} {
		l, err := parse(newApp(quiet()), append([]string{"casebuilder"}, strings.Fields(c.line)...))
		if err != nil {
			t.Errorf("%s: %v", c.line, err)
			continue
		}
		if got := strings.Join(l.args[1:], " "); got != c.want || l.name() != c.name {
			t.Errorf("%s: want %q of %q, got %q of %q", c.line, c.want, c.name, got, l.name())
		}
	}
}

// Whatever is typed, completion and parsing answer; they never break.
func FuzzLine(f *testing.F) {
	for _, s := range []string{"build --t", "cases show", "cases list --sector", "--", "-", "--=", "help", "cases -- list", "build -o", "explain --depth=", "\x00 \xff"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		words := strings.Fields(s)
		app := newApp(quiet())
		_, _ = parse(app, append([]string{"casebuilder"}, words...))
		if len(words) > 0 && words[0] == "explain" {
			return // asks the model: slow
		}
		complete(app, words)
	})
}

func TestComplete(t *testing.T) {
	for _, c := range []struct {
		words string
		want  string
	}{
		{"build --t", "--trials --theme --templates"},
		{"build --trials 512 --t", "--theme --templates"},
		{"build --profile", "full short marketing"},
		{"build --force", "--force"},
		{"cases", "list show search compare check import"},
		{"cases import", "veris"},
		{"completion", "bash zsh fish powershell"},
		{"templates export", ""},
		{"build -- --t", ""},
		{"nonsense", ""},
	} {
		got := strings.Join(complete(newApp(quiet()), strings.Fields(c.words)), " ")
		if got != c.want {
			t.Errorf("%s: want %q, got %q", c.words, c.want, got)
		}
	}
}

// Every command tells about itself and ends in an example that begins with its
// own name; no two commands have the same flag twice.
func TestEveryCommandHasAnExample(t *testing.T) {
	app := newApp(quiet())
	n := 0
	eachCommand(app.Commands, nil, func(path []*cli.Command) {
		n++
		c := path[len(path)-1]
		_, example := aboutAndExample(c)
		if !strings.HasPrefix(example, commandName(path)) {
			t.Errorf("%s: want an example of it, got %q", commandName(path), example)
		}
		if l, err := parse(app, strings.Fields(strings.Split(example, " > ")[0])); err != nil {
			t.Errorf("%s: the example is wrong usage: %v", commandName(path), err)
		} else if l.command() != c {
			t.Errorf("%s: the example runs %s", commandName(path), l.name())
		}
		var names []string
		for _, f := range c.Flags {
			for _, name := range f.Names() {
				if slices.Contains(names, name) {
					t.Errorf("%s: two flags %s", commandName(path), name)
				}
				names = append(names, name)
			}
		}
	})
	if n < 20 {
		t.Errorf("want at least 20 commands, got %d", n)
	}
}

func TestOutput(t *testing.T) {
	var b bytes.Buffer
	if err := printCSV(&b, []string{"a", "b", "c", "d"}, []record{{{"a", "=1+1"}, {"b", -2.5}, {"c", []string{"@x", "y"}}, {"d", nil}}, {{"a", "-\ttab"}, {"b", 3}, {"c", []string{}}, {"d", true}}}); err != nil {
		t.Fatal(err)
	}
	if want := "a,b,c,d\n'=1+1,-2.5,'@x; y,\n'- tab,3,,true\n"; b.String() != want {
		t.Errorf("CSV: want %q, got %q", want, b.String())
	}
	b.Reset()
	if err := printJSON(&b, record{{"name", "a\x1b[31m\u009b\u202eb\x7f<&>"}, {"n", 1.5}}); err != nil {
		t.Fatal(err)
	}
	if want := "{\n  \"name\": \"a\\u001b[31m\\u009b\\u202eb\\u007f<&>\",\n  \"n\": 1.5\n}\n"; b.String() != want {
		t.Errorf("JSON: want %q, got %q", want, b.String())
	}
}

// brokenWriter fails as a full disk does.
type brokenWriter struct{ err error }

func (b brokenWriter) Write([]byte) (int, error) { return 0, b.err }

func TestOutputThatCannotBeWritten(t *testing.T) {
	var errs bytes.Buffer
	run := func(w io.Writer) int {
		errs.Reset()
		return Run([]string{"casebuilder", "cases", "list"}, Streams{In: strings.NewReader(""), Out: w, Err: &errs})
	}
	if code := run(brokenWriter{io.ErrShortWrite}); code != codeFailed || !strings.Contains(errs.String(), "writing to standard output: short write") {
		t.Errorf("full disk: want code 1 and a message, got %d and %q", code, errs.String())
	}
	if code := run(brokenWriter{io.ErrClosedPipe}); code != codeDone || errs.Len() > 0 {
		t.Errorf("a reader that went away: want code 0 and silence, got %d and %q", code, errs.String())
	}
}

// Names that come from the command line or a file never steer the terminal.
func TestNamesAreCleaned(t *testing.T) {
	for _, args := range [][]string{
		{"check", "a\x1b[31m.yaml"}, {"build\x1b[2J"}, {"build", "--x\x1b[2J"}, {"cases", "show", "a\x1b]0;x\x07"}, {"explain", "\u202enpv"},
		{"build", "a\x1b.yaml", "-o", "x"}, {"render", "a\x1b.json", "-o", "x"}, {"cases", "check", "\x9b2J"}, {"cases", "list", "--sector", "\x1b[31m"},
		{"init", "--sector", "\x1b[31m", "x.yaml"}, {"help", "\x1b[31m"}, {"build", "--trials", "\x1b[31m", "-o", "x"}, {"completion", "\x1b[31m"},
	} {
		var out, errs bytes.Buffer
		if code := Run(append([]string{"casebuilder"}, args...), Streams{In: strings.NewReader(""), Out: &out, Err: &errs}); code < codeUsage {
			t.Errorf("%q: want an error, got code %d", args, code)
		}
		for _, r := range out.String() + errs.String() {
			if r != '\n' && (r < 0x20 || r >= 0x7f && r < 0xa0 || r == 0x202e) {
				t.Errorf("%q: want no control characters, got %q", args, errs.String())
				break
			}
		}
	}
}
