//go:build unix

package cli

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"casebuilder/casebuilder/store"
)

// The files of a packet, in the order in which they are renamed.
var packetFiles = []string{"pitch.pdf", "workbook.xlsx", "results.json"}

// number is a number of the environment, for the long form of a test.
func number(name string, short int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return short
}

// program is a run of casebuilder as a process of its own, in dir.
func program(dir string, args ...string) *exec.Cmd {
	c := exec.Command("casebuilder", args...)
	c.Dir = dir
	return c
}

// packet holds the hashes of what is in a folder, by name.
func packet(t *testing.T, dir string) map[string][32]byte {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil && !os.IsNotExist(err) {
		t.Fatal(err)
	}
	found := map[string][32]byte{}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		found[e.Name()] = sha256.Sum256(data)
	}
	return found
}

// built makes a packet from a seed and returns its files.
func built(t *testing.T, dir string, seed int) map[string][32]byte {
	t.Helper()
	if out, err := program(dir, "build", "--trials", "256", "--seed", fmt.Sprint(seed), "-o", "out").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	p := packet(t, filepath.Join(dir, "out"))
	if len(p) != len(packetFiles) {
		t.Fatalf("want a packet of %d files, got %d", len(packetFiles), len(p))
	}
	return p
}

// oldOrNew wants each file of a packet to be that of one or the other, the
// first ones new and the rest old, and says whether all are of one.
func oldOrNew(t *testing.T, what string, got, before, after map[string][32]byte) (whole bool) {
	t.Helper()
	news := 0
	for i, name := range packetFiles {
		switch got[name] {
		case after[name]:
			if news != i {
				t.Errorf("%s: %s is new, and one before it old", what, name)
			}
			news++
		case before[name]:
		default:
			t.Errorf("%s: %s is neither the old file nor the new one", what, name)
		}
	}
	return news == 0 || news == len(packetFiles)
}

// A disk that is full after so many bytes: the packet stays the old one, whole,
// nothing temporary is left, the message names the file. The limit is that on
// the size of a file of a process.
func TestFullDisk(t *testing.T) {
	if testing.Short() {
		t.Skip("runs builds")
	}
	dir := t.TempDir()
	before := built(t, dir, 1)
	after := built(t, t.TempDir(), 2)
	largest := 0
	for _, blocks := range []int{0, 1, 100, 200, 300, 700, 900} {
		script := fmt.Sprintf("ulimit -f %d; exec casebuilder build --trials 256 --seed 2 -o out", blocks)
		c := exec.Command("sh", "-c", script)
		c.Dir = dir
		out, err := c.CombinedOutput()
		got := packet(t, filepath.Join(dir, "out"))
		if err == nil {
			if !oldOrNew(t, "a limit that was not reached", got, after, after) {
				t.Error("want the new packet")
			}
			break
		}
		largest = blocks
		if !strings.Contains(string(out), "writing out"+string(filepath.Separator)) || !strings.Contains(string(out), "file too large") {
			t.Errorf("%d blocks: want a message that names the file, got\n%s", blocks, out)
		}
		if len(got) != len(packetFiles) || !oldOrNew(t, fmt.Sprint(blocks, " blocks"), got, before, before) {
			t.Errorf("%d blocks: want the old packet, got %d files", blocks, len(got))
		}
	}
	if largest < 100 {
		t.Errorf("want a run that fails in the middle of a file, got none above %d blocks", largest)
	}
}

// A real full disk, where mounting is allowed.
func TestFullTmpfs(t *testing.T) {
	if testing.Short() {
		t.Skip("runs builds")
	}
	dir := t.TempDir()
	small := filepath.Join(dir, "small")
	if err := os.Mkdir(small, 0o777); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", small).CombinedOutput(); err != nil {
		t.Skipf("mounting is not allowed here: %s", bytes.TrimSpace(out))
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", small).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, out)
		}
	})
	out, err := program(dir, "build", "--trials", "256", "-o", "small").CombinedOutput()
	if err == nil || !strings.Contains(string(out), "no space left on device") {
		t.Errorf("want no space left, got %v\n%s", err, out)
	}
	if left := packet(t, small); len(left) != 0 {
		t.Errorf("want nothing left behind, got %d files", len(left))
	}
}

// A folder that may not be written into, as somebody who is not root.
func TestReadOnlyFolder(t *testing.T) {
	if testing.Short() {
		t.Skip("runs builds")
	}
	dir, err := os.MkdirTemp("", "readonly")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if err := os.Chmod(dir, 0o555); err != nil {
		t.Fatal(err)
	}
	binary, err := exec.LookPath("casebuilder")
	if err != nil {
		t.Fatal(err)
	}
	c := program(dir, "build", "--trials", "256", "-o", dir)
	if os.Getuid() == 0 {
		// The test's own folders are root's: the program is copied to where
		// nobody can run it.
		data, err := os.ReadFile(binary)
		if err != nil {
			t.Fatal(err)
		}
		open, err := os.MkdirTemp("", "nobody")
		if err != nil {
			t.Fatal(err)
		}
		defer os.RemoveAll(open)
		c.Path = filepath.Join(open, "casebuilder")
		if err := os.WriteFile(c.Path, data, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Chmod(open, 0o755); err != nil {
			t.Fatal(err)
		}
		c.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	out, err := c.CombinedOutput()
	if err == nil || !strings.Contains(string(out), "permission denied") {
		t.Errorf("want permission denied, got %v\n%s", err, out)
	}
	if left := packet(t, dir); len(left) != 0 {
		t.Errorf("want nothing, got %d files", len(left))
	}
}

// Killed, or interrupted, at random moments: every file is old or new; a packet
// caught between renames is named by the command that reads it next, and put
// right by the next build; nothing temporary stays after that.
func TestKilledBuild(t *testing.T) {
	if testing.Short() {
		t.Skip("runs builds")
	}
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	second := built(t, dir, 2)
	began := time.Now()
	first := built(t, dir, 1)
	took := time.Since(began)
	random := rand.New(rand.NewPCG(1, 1))
	torn := 0
	for k := range number("CASEBUILDER_KILLS", 8) {
		seed, before, after := 2, first, second
		if k%2 == 1 {
			seed, before, after = 1, second, first
		}
		c := program(dir, "build", "--trials", "256", "--seed", fmt.Sprint(seed), "-o", "out")
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(random.Int64N(int64(took + took/4))))
		signal := syscall.SIGKILL
		if k%4 >= 2 {
			signal = syscall.SIGINT
		}
		_ = c.Process.Signal(signal) // it may have ended
		_ = c.Wait()
		what := fmt.Sprintf("run %d, %v", k, signal)
		if !oldOrNew(t, what, packet(t, out), before, after) {
			torn++
			said, err := program(dir, "explain", "npv", "out/results.json").CombinedOutput()
			if err != nil || !strings.Contains(string(said), "want the file of the same build") {
				t.Errorf("%s: want a warning that the packet is torn, got %v\n%s", what, err, said)
			}
		}
		if after := built(t, dir, seed); !oldOrNew(t, what, after, before, after) {
			t.Errorf("%s: the next build did not put the packet right", what)
		}
	}
	t.Logf("%d packets were caught between renames", torn)
}

// A packet caught between renames is named, one that was only edited is not.
func TestTornPacket(t *testing.T) {
	if testing.Short() {
		t.Skip("runs builds")
	}
	dir, other := t.TempDir(), t.TempDir()
	built(t, dir, 1)
	built(t, other, 2)
	for _, n := range []int{1, 2} {
		for i := range n {
			data, err := os.ReadFile(filepath.Join(other, "out", packetFiles[i]))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, "out", packetFiles[i]), data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		for _, args := range [][]string{{"explain", "npv", "out/results.json"}, {"render", "out/results.json", "-o", "pages"}, {"diff", "out/results.json", "out/results.json"}} {
			said, err := program(dir, args...).CombinedOutput()
			if err != nil || strings.Count(string(said), "want the file of the same build as out/results.json") < n {
				t.Errorf("%v: want %d files of another build named, got %v\n%s", args, n, err, said)
			}
		}
	}
	built(t, dir, 1)
	if said, err := program(dir, "explain", "npv", "out/results.json").CombinedOutput(); err != nil || strings.Contains(string(said), "warning") {
		t.Errorf("want no warning after the next build, got %v\n%s", err, said)
	}
}

// Runs into one folder at the same time leave the packet of one of them.
func TestTwoRunsIntoOneFolder(t *testing.T) {
	if testing.Short() {
		t.Skip("runs builds")
	}
	dir := t.TempDir()
	packets := map[int]map[string][32]byte{}
	for seed := 1; seed <= 3; seed++ {
		packets[seed] = built(t, dir, seed)
	}
	for range number("CASEBUILDER_PAIRS", 3) {
		var running []*exec.Cmd
		for seed := range packets {
			c := program(dir, "build", "--trials", "256", "--seed", fmt.Sprint(seed), "-o", "out")
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			running = append(running, c)
		}
		for _, c := range running {
			if err := c.Wait(); err != nil {
				t.Errorf("%v: %v", c.Args, err)
			}
		}
		got := packet(t, filepath.Join(dir, "out"))
		if !slices.ContainsFunc([]int{1, 2, 3}, func(seed int) bool { return fmt.Sprint(packets[seed]) == fmt.Sprint(got) }) {
			t.Errorf("want the packet of one run, got a mixture of %d files", len(got))
		}
	}
}

// The same bytes on one processor and on many, in any time zone and locale,
// without a folder for temporary files.
func TestSurroundings(t *testing.T) {
	if testing.Short() {
		t.Skip("runs builds")
	}
	want := built(t, t.TempDir(), 1)
	for _, env := range []string{"GOMAXPROCS=1", "GOMAXPROCS=7", "TZ=Pacific/Kiritimati", "TZ=:nonsense", "LC_ALL=tr_TR.UTF-8", "LANG=de_DE", "TMPDIR=/nonexistent", "HOME="} {
		dir := t.TempDir()
		c := program(dir, "build", "--trials", "256", "--seed", "1", "-o", "out")
		c.Env = append(os.Environ(), env)
		if out, err := c.CombinedOutput(); err != nil {
			t.Errorf("%s: %v\n%s", env, err, out)
			continue
		}
		if got := packet(t, filepath.Join(dir, "out")); fmt.Sprint(got) != fmt.Sprint(want) {
			t.Errorf("%s: want the same bytes, got others", env)
		}
	}
}

// Links in the output folder are replaced, not followed, and a missing parent
// is made.
func TestLinksAreReplaced(t *testing.T) {
	if testing.Short() {
		t.Skip("runs builds")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "precious"), []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "out"), 0o777); err != nil {
		t.Fatal(err)
	}
	for _, name := range packetFiles {
		if err := os.Symlink("../precious", filepath.Join(dir, "out", name)); err != nil {
			t.Fatal(err)
		}
	}
	built(t, dir, 1)
	if data, err := os.ReadFile(filepath.Join(dir, "precious")); string(data) != "mine" || err != nil {
		t.Errorf("want the file behind the links untouched, got %q, %v", data, err)
	}
	if out, err := program(dir, "build", "--trials", "256", "-o", "a/b/c").CombinedOutput(); err != nil {
		t.Errorf("want missing parents made, got %v\n%s", err, out)
	}
}

// A file that goes away, cannot be read, or never ends.
func TestStrangeInputs(t *testing.T) {
	dir := t.TempDir()
	if err := os.Symlink("gone.yaml", filepath.Join(dir, "link.yaml")); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ file, want string }{
		{"link.yaml", "link.yaml: want a file that can be read, got no such file or directory"},
		{".", "link.yaml: want a company file, got a file that cannot be read"},
		{"/dev/zero", "want a file of at most"},
		{"/proc/self/mem", "want a file that can be read, got input/output error"},
		{strings.Repeat("a", 5000), "file name too long"},
	} {
		if _, err := os.Stat(c.file); strings.HasPrefix(c.file, "/") && err != nil {
			continue
		}
		out, err := program(dir, "check", c.file).CombinedOutput()
		if exit, ok := err.(*exec.ExitError); !ok || exit.ExitCode() != codeInput || !strings.Contains(string(out), c.want) {
			t.Errorf("%.40s: want %q and exit code 3, got %v\n%s", c.file, c.want, err, out)
		}
	}
}

// The hashes in results.json are those of the papers beside it.
func TestResultsNameThePapers(t *testing.T) {
	if testing.Short() {
		t.Skip("runs builds")
	}
	dir := t.TempDir()
	built(t, dir, 1)
	data, err := os.ReadFile(filepath.Join(dir, "out", "results.json"))
	if err != nil {
		t.Fatal(err)
	}
	var r struct{ Files map[string]string }
	if err := json.Unmarshal(data, &r); err != nil || len(r.Files) != 2 {
		t.Fatalf("want two papers, got %v (%v)", r.Files, err)
	}
	for name, hash := range r.Files {
		if got, err := store.HashFile(filepath.Join(dir, "out", name)); got != hash {
			t.Errorf("%s: want %s, got %s (%v)", name, hash, got, err)
		}
	}
}
