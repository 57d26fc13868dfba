package cli

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/urfave/cli/v2"
)

// Every command has an example, and each example works as it is pasted, beside
// the files that it names.
func TestExamplesWork(t *testing.T) {
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("runs builds, in a POSIX shell")
	}
	dir := t.TempDir()
	run := func(line string) {
		t.Helper()
		cmd := exec.Command("sh", "-c", line)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", line, err, out)
		}
	}
	const group = "schema: 1\ngroup: {name: Finch Holdings, currency: GBP, rates: {GBP: {per_usd: 0.78, date: 2026-12-31, source: treasury}}}\n"
	records := filepath.Join(dir, "records")
	if err := errors.Join(os.WriteFile(filepath.Join(dir, "group.yaml"), []byte(group), 0o644),
		os.CopyFS(records, os.DirFS("../../casestudies/veris/testdata/records"))); err != nil {
		t.Fatal(err)
	}
	run("casebuilder init company.yaml && casebuilder init --batch units.csv")
	run("casebuilder build company.yaml -o 2025 --trials 256 && cp -r 2025 2026 && cp 2025/workbook.xlsx reviewed.xlsx")
	run("mv company.yaml started.yaml") // the example of init writes it again
	examples := map[string]string{}
	var order []string
	app := newApp(Streams{})
	eachCommand(app.Commands, nil, func(path []*cli.Command) {
		_, example := aboutAndExample(path[len(path)-1])
		if !strings.HasPrefix(example, commandName(path)) {
			t.Errorf("%s: want an example that calls it, got %q", commandName(path), example)
			return
		}
		order = append(order, commandName(path))
		examples[commandName(path)] = example
	})
	run(examples["casebuilder init"])
	for _, name := range order {
		if name != "casebuilder init" {
			run(examples[name])
		}
	}
}
