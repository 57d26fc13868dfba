package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"casebuilder/casebuilder/render/text"
)

// The completion scripts work in the shells themselves.
func TestCompletionInShells(t *testing.T) {
	const bash = `source <(casebuilder completion bash)
COMP_WORDS=(casebuilder "$@"); COMP_CWORD=$#; _casebuilder; printf '%s\n' "${COMPREPLY[@]}"`
	const fish = `casebuilder completion fish | source; complete -C "casebuilder $argv"`
	tests := []struct{ line, want string }{
		{"buil", "build"},
		{"cases show zap", "zappos-2012"},
		{"build --prof", "--profile"},
		{"build company.yaml --lang d", "de"},
		{"explain premium.arith", "premium.arithmetic"},
		{"help value", "value-retailer"},
	}
	for _, shell := range []struct {
		name string
		args func(line string) []string
	}{
		{"bash", func(line string) []string { return append([]string{"-c", bash, "bash"}, strings.Fields(line)...) }},
		{"fish", func(line string) []string { return []string{"-c", fish, line} }},
	} {
		t.Run(shell.name, func(t *testing.T) {
			if _, err := exec.LookPath(shell.name); err != nil {
				t.Skip(err)
			}
			for _, tt := range tests {
				cmd := exec.Command(shell.name, shell.args(tt.line)...)
				cmd.Env = append(os.Environ(), "HOME="+t.TempDir())
				out, err := cmd.CombinedOutput()
				if err != nil {
					t.Fatalf("%s: %v\n%s", tt.line, err, out)
				}
				if got := strings.TrimSpace(string(out)); got != tt.want {
					t.Errorf("%s: want %q, got %q", tt.line, tt.want, got)
				}
			}
		})
	}
}

// The scripts for the other shells are at least taken by them.
func TestCompletionParses(t *testing.T) {
	for shell, check := range map[string][]string{"bash": {"-n"}, "zsh": {"-n"}, "fish": {"--no-execute"}} {
		t.Run(shell, func(t *testing.T) {
			if _, err := exec.LookPath(shell); err != nil {
				t.Skip(err)
			}
			out, err := exec.Command(shell, append(check, filepath.Join("completion", shell))...).CombinedOutput()
			if err != nil {
				t.Errorf("%v\n%s", err, out)
			}
		})
	}
}

func TestTellTopic(t *testing.T) {
	const doc = "# A title\n\nSome `code`, **bold** and a [link](x.md)\nover two lines.\n\n- one\n- two\n  goes on\n\n1. first\n2. second\n\n" +
		"<!-- not shown -->\n```\n$ casebuilder\n```\n\n    as it stands\n\n| a | b |\n|---|---|\n| `x` | y \\| z |\n\n" +
		"| a | b | c | d |\n|---|---|---|---|\n| k | 1 | 2 | |\n"
	const want = `A title

Some code, bold and a link over two
lines.

  - one
  - two goes on

1. first
2. second

    $ casebuilder

    as it stands

A  B
x  y | z

k
b  1
c  2
`
	p := text.NewPage(text.Style{Width: 40})
	tellTopic(p, doc)
	if got := p.String(); got != want {
		t.Errorf("want:\n%s\ngot:\n%s", want, got)
	}
}
