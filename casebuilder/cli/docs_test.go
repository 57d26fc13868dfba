package cli

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"casebuilder/casebuilder/company"
	"casebuilder/casestudies"
)

// documents are the README and the topics of casebuilder help.
func documents(t *testing.T) []string {
	t.Helper()
	docs, err := filepath.Glob("../../templates/docs/*.md")
	if err != nil || len(docs) == 0 {
		t.Fatalf("want topics, got %d (%v)", len(docs), err)
	}
	return append(docs, "../../README.md", "../../.github/CONTRIBUTING.md")
}

// TestDocuments runs every block of a document that begins with "$", in the
// order of the document and in one folder, and wants what the block shows. A
// block that is marked with a file name, as in "```yaml group.yaml", is
// written to that file. -update puts in what the commands print.
func TestDocuments(t *testing.T) {
	if testing.Short() {
		t.Skip("runs builds")
	}
	if _, err := exec.LookPath("sh"); err != nil || runtime.GOOS == "windows" {
		t.Skip("the documents are written for a POSIX shell")
	}
	for _, name := range documents(t) {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			src, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			got := runDocument(t, string(src))
			if steady(got) == steady(string(src)) {
				return
			}
			if *update {
				if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			t.Errorf("want what the commands print (go test ./casebuilder/cli -run TestDocuments -update puts it in):\n%s", cmp.Diff(strings.Split(steady(string(src)), "\n"), strings.Split(steady(got), "\n")))
		})
	}
}

// moving are the sizes of files and the versions of cases: they move with every
// word of the papers, so they are shown as they were and not compared.
var moving = regexp.MustCompile(`\d+(\.\d)? [kM]B|\b[0-9a-f]{16}\b`)

func steady(s string) string { return moving.ReplaceAllString(s, "…") }

// runDocument returns a document with what its commands print now.
func runDocument(t *testing.T, src string) string {
	t.Helper()
	const fence = "```"
	dir := t.TempDir()
	var out strings.Builder
	lines := strings.SplitAfter(src, "\n")
	for i := 0; i < len(lines); i++ {
		out.WriteString(lines[i])
		if entry, ok := strings.CutPrefix(lines[i], "<!-- fill "); ok {
			fillWorkbook(t, dir, strings.TrimSuffix(strings.TrimSpace(entry), " -->"))
		}
		mark, opens := strings.CutPrefix(strings.TrimSpace(lines[i]), fence)
		if !opens {
			continue
		}
		var block []string
		for i++; i < len(lines) && !strings.HasPrefix(lines[i], fence); i++ {
			block = append(block, lines[i])
		}
		if i == len(lines) {
			t.Fatalf("a block without an end: %s", mark)
		}
		text := strings.Join(block, "")
		switch _, file, _ := strings.Cut(mark, " "); {
		case file != "":
			path := filepath.Join(dir, filepath.FromSlash(file))
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644)); err != nil {
				t.Fatal(err)
			}
		case strings.HasPrefix(text, "$ "):
			text = runBlock(t, dir, block)
		}
		out.WriteString(text + lines[i])
	}
	return out.String()
}

// runBlock runs the commands of a block and returns them with what they print.
func runBlock(t *testing.T, dir string, block []string) string {
	t.Helper()
	var out strings.Builder
	for i := 0; i < len(block); i++ {
		command, ok := strings.CutPrefix(block[i], "$ ")
		if !ok {
			continue
		}
		out.WriteString(block[i])
		for strings.HasSuffix(command, "\\\n") && i+1 < len(block) {
			i++
			command += block[i]
			out.WriteString(block[i])
		}
		run := exec.Command("sh", "-c", command)
		run.Dir = dir
		run.Env = append(os.Environ(), "NO_COLOR=1", "CI=")
		printed, err := run.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", strings.TrimSpace(command), err, printed)
		}
		out.Write(printed)
		if n := len(printed); n > 0 && printed[n-1] != '\n' {
			out.WriteByte('\n')
		}
	}
	return out.String()
}

// fillWorkbook fills a row of the Inputs sheet, as a reviewer would: "FILE ID
// VALUE DATE NAME: REASON".
func fillWorkbook(t *testing.T, dir, entry string) {
	t.Helper()
	what, reason, _ := strings.Cut(entry, ": ")
	words := strings.SplitN(what, " ", 5)
	if len(words) != 5 || reason == "" {
		t.Fatalf("want FILE ID VALUE DATE NAME: REASON, got %q", entry)
	}
	file := filepath.Join(dir, words[0])
	value, err := strconv.ParseFloat(words[2], 64)
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := f.GetRows("Inputs")
	if err != nil {
		t.Fatal(err)
	}
	column := map[string]int{}
	for i, row := range rows {
		switch {
		case len(row) == 0:
		case row[0] == "ID":
			for col, head := range row {
				column[head] = col + 1
			}
		case row[0] == words[1]:
			for head, v := range map[string]any{"Yours": value, "Date": words[3], "Name": words[4], "Reason": reason} {
				cell, err := excelize.CoordinatesToCellName(column[head], i+1)
				if err := errors.Join(err, f.SetCellValue("Inputs", cell, v)); err != nil {
					t.Fatal(err)
				}
			}
			if err := f.Save(); err != nil {
				t.Fatal(err)
			}
			return
		}
	}
	t.Fatalf("%s: no input %s", words[0], words[1])
}

// TestGenerated holds those parts of the documents true that are made from the
// program's own tables.
func TestGenerated(t *testing.T) {
	var reference strings.Builder
	markdown(&reference, newApp(Streams{}))
	generated(t, "../../templates/docs/commands.md", "", reference.String())
	generated(t, "../../templates/docs/inputs.md", "all inputs", inputTable(func(f *company.Field) bool { return f.ID != "company.name" }))
	generated(t, "../../README.md", "required inputs", inputTable(func(f *company.Field) bool { return f.Needed != "" && f.Where != "" }))
}

// generated compares a part of a document with what it should be. The part
// stands between two comments; without a name it is the whole document.
func generated(t *testing.T, name, part, want string) {
	t.Helper()
	src, err := os.ReadFile(name)
	if err != nil && !*update {
		t.Fatal(err)
	}
	before, rest, after := "", string(src), ""
	if part != "" {
		begin, end := fmt.Sprintf("<!-- %s -->\n", part), fmt.Sprintf("<!-- end of %s -->\n", part)
		var ok, ok2 bool
		before, rest, ok = strings.Cut(rest, begin)
		rest, after, ok2 = strings.Cut(rest, end)
		if !ok || !ok2 {
			t.Fatalf("%s: want %q and %q", name, begin, end)
		}
		before, after = before+begin, end+after
	}
	if rest == want {
		return
	}
	if !*update {
		t.Errorf("%s, %s (-want +got; go test ./casebuilder/cli -run %s -update puts it in):\n%s", name, part, t.Name(), cmp.Diff(want, rest))
		return
	}
	if err := os.WriteFile(name, []byte(before+want+after), 0o644); err != nil {
		t.Fatal(err)
	}
}

// inputTable is the table of the inputs that are wanted.
func inputTable(want func(*company.Field) bool) string {
	var b strings.Builder
	b.WriteString("| key | unit | what it is | where to find it | left out |\n|---|---|---|---|---|\n")
	cell := strings.NewReplacer("|", `\|`, "\n", " ")
	for i := range company.Fields {
		f := &company.Fields[i]
		if !want(f) {
			continue
		}
		left := "required: " + f.Needed
		switch {
		case f.Needed == "" && f.Basis != "":
			left = f.Basis
			if n, ok := f.Default.(float64); ok {
				left = fmt.Sprintf("%v; %s", n, f.Basis)
			}
		case f.Needed == "":
			left = "not used"
		}
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s | %s |\n", f.ID, cell.Replace(f.Unit), cell.Replace(f.Help), cell.Replace(f.Where), cell.Replace(left))
	}
	return b.String()
}

// TestTopicsAreNamed wants every topic in the README, so that one finds it, and
// the number of cases that it begins with.
func TestTopicsAreNamed(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	lib, err := casestudies.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf("%d real breach cases", len(lib.Cases)); !strings.Contains(string(readme), want) {
		t.Errorf("README.md: want %q", want)
	}
	for _, name := range topics() {
		if !strings.Contains(string(readme), "templates/docs/"+name+".md") {
			t.Errorf("README.md: want a link to templates/docs/%s.md", name)
		}
	}
	if got := topics(); !slices.IsSorted(got) {
		t.Errorf("want topics in alphabetical order, got %v", got)
	}
}
