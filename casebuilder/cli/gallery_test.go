package cli

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// message is one entry of the gallery: files, a command and what it says.
type message struct {
	title   string
	files   [][2]string // name and content
	command string
	want    string // standard error and exit code
}

// gallery reads testdata/gallery.txt.
func gallery(t *testing.T) (head string, all []message) {
	t.Helper()
	src, err := os.ReadFile("testdata/gallery.txt")
	if err != nil {
		t.Fatal(err)
	}
	head, rest, _ := strings.Cut(string(src), "\n\n")
	for entry := range strings.SplitSeq(strings.TrimSpace(rest), "\n\n") {
		var m message
		var want []string
		for line := range strings.SplitSeq(entry, "\n") {
			switch {
			case strings.HasPrefix(line, "# "):
				m.title = line[2:]
			case strings.HasPrefix(line, ">> "):
				m.files = append(m.files, [2]string{line[3:], ""})
			case strings.HasPrefix(line, "|"):
				f := &m.files[len(m.files)-1]
				f[1] += strings.TrimPrefix(line[1:], " ") + "\n"
			case strings.HasPrefix(line, "$ casebuilder ") && m.command == "":
				m.command = strings.TrimPrefix(line, "$ casebuilder ")
			default:
				want = append(want, line)
			}
		}
		m.want = strings.Join(want, "\n")
		all = append(all, m)
	}
	return head, all
}

// TestGallery runs every entry of the gallery of messages, and wants the exit
// code and the words. Nothing is written besides the inputs.
func TestGallery(t *testing.T) {
	if testing.Short() {
		t.Skip("builds many packets")
	}
	head, all := gallery(t)
	packet := t.TempDir()
	if code := Run([]string{"casebuilder", "build", "--trials", "256", "-o", packet}, quiet()); code != 0 {
		t.Fatalf("building the packet: exit %d", code)
	}
	if group, err := os.ReadFile("../intake/testdata/group.yaml"); err != nil || os.WriteFile(filepath.Join(packet, "group.yaml"), group, 0o644) != nil {
		t.Fatalf("no group.yaml: %v", err)
	}
	out := head + "\n"
	seen := map[string]bool{}
	for i, m := range all {
		if seen[m.title] {
			t.Errorf("%s: twice", m.title)
		}
		seen[m.title] = true
		var got string
		t.Run(m.title, func(t *testing.T) {
			got = m.run(t, packet)
			if got != m.want && !*update {
				t.Errorf("-want +got (-update puts it in)\n%s", cmp.Diff(m.want, got))
			}
		})
		if *update {
			all[i].want = got
		}
		out += "\n# " + m.title + "\n"
		for _, f := range m.files {
			out += ">> " + f[0] + "\n"
			for line := range strings.SplitSeq(strings.TrimSuffix(f[1], "\n"), "\n") {
				out += strings.TrimRight("| "+line, " ") + "\n"
			}
		}
		out += "$ casebuilder " + m.command + "\n" + got + "\n"
	}
	if *update {
		if err := os.WriteFile("testdata/gallery.txt", []byte(out), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	generated(t, "../../templates/docs/errors.md", "messages", messages(t, all))
}

// run plays an entry in a folder with its files, and with company.yaml, the
// starter of a retailer, results.json and workbook.xlsx of the example.
func (m *message) run(t *testing.T, packet string) string {
	t.Helper()
	dir := t.TempDir()
	t.Chdir(dir)
	if code := Run([]string{"casebuilder", "init", "company.yaml"}, quiet()); code != 0 {
		t.Fatal("no company.yaml")
	}
	for _, name := range []string{"results.json", "workbook.xlsx", "group.yaml"} {
		data, err := os.ReadFile(filepath.Join(packet, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range m.files {
		m.put(t, f[0], f[1])
	}
	before := tree(t, dir)
	var stdout, stderr bytes.Buffer
	code := Run(append([]string{"casebuilder"}, strings.Fields(m.command)...), Streams{In: strings.NewReader(""), Out: &stdout, Err: &stderr})
	if code == 0 && stderr.Len() == 0 {
		t.Errorf("%s: no message", m.title)
	}
	if diff := cmp.Diff(before, tree(t, dir)); diff != "" && code == codeInput {
		t.Errorf("%s: files changed:\n%s", m.title, diff)
	}
	return fmt.Sprintf("%sexit %d", stderr.String(), code)
}

// put writes a file of an entry. "name ~ of" is the file of with one line
// changed: "- old" and "+ new".
func (m *message) put(t *testing.T, name, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if base, of, ok := strings.Cut(name, " ~ "); ok {
		src, err := os.ReadFile(of)
		if err != nil {
			t.Fatal(err)
		}
		old, new, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(content, "- "), "\n"), "\n+ ")
		if n := strings.Count(string(src), old); n == 0 {
			t.Fatalf("%s: %s does not have %q", m.title, of, old)
		}
		name, content = base, strings.Replace(string(src), old, new, 1)
	}
	if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}

// tree lists the files below a folder with their sizes.
func tree(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		info, err := d.Info()
		if err == nil {
			out = append(out, fmt.Sprintf("%s %d", strings.TrimPrefix(path, dir), info.Size()))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// messages is the gallery as a part of the documentation, that of company
// files included.
func messages(t *testing.T, all []message) string {
	t.Helper()
	var b strings.Builder
	b.WriteString("\n## Company files\n\n")
	src, err := os.ReadFile("../intake/testdata/errors.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(src), "\n\n")
	for entry := range strings.SplitSeq(strings.TrimSpace(rest), "\n\n") {
		title, body, _ := strings.Cut(entry, "\n")
		fmt.Fprintf(&b, "%s:\n\n", upper(strings.TrimPrefix(title, "# ")))
		for line := range strings.SplitSeq(body, "\n") {
			b.WriteString("    " + line + "\n")
		}
		b.WriteString("\n")
	}
	b.WriteString("## Other files, and the command line\n\n")
	for _, m := range all {
		fmt.Fprintf(&b, "%s:\n\n", upper(m.title))
		for _, f := range m.files {
			b.WriteString("    " + f[0] + ":\n")
			for line := range strings.SplitSeq(strings.TrimSuffix(f[1], "\n"), "\n") {
				b.WriteString(strings.TrimRight("    | "+line, " ") + "\n")
			}
		}
		b.WriteString("    > casebuilder " + m.command + "\n")
		for line := range strings.SplitSeq(m.want, "\n") {
			b.WriteString("    " + line + "\n")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
