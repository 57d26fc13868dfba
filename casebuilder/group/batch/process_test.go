package batch_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"casebuilder/casebuilder/store"
)

// These tests run the program itself, in processes of their own. Their size is
// small; CASEBUILDER_UNITS and CASEBUILDER_KILLS make the long series.

var program = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "casebuilder-test-")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "casebuilder")
	out, err := exec.Command("go", "build", "-o", path, "casebuilder").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("building the program: %w\n%s", err, out)
	}
	return path, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if path, err := program(); err == nil {
		os.RemoveAll(filepath.Dir(path))
	}
	os.Exit(code)
}

func number(name string, otherwise int) int {
	if n, err := strconv.Atoi(os.Getenv(name)); err == nil {
		return n
	}
	return otherwise
}

// units writes a table of n units and the defaults of their group. broken are
// rows, from 0, that have a retention above one.
func units(t testing.TB, n int, broken ...int) (table, defaults string) {
	t.Helper()
	dir := t.TempDir()
	var b strings.Builder
	b.WriteString("company.unit,company.currency,company.shared_platform,customers.active,customers.retention,economics.revenue\n")
	for i := range n {
		retention, platform := "78%", ""
		for _, k := range broken {
			if k == i {
				retention = "178%"
			}
		}
		if i%5 < 2 {
			platform = "shop"
		}
		fmt.Fprintf(&b, "Unit %02d,%s,%s,%d,%s,%d\n", i, []string{"GBP", "EUR"}[i%2], platform, 2_000_000+100_000*i, retention, 300_000_000+10_000_000*i)
	}
	table, defaults = filepath.Join(dir, "units.csv"), filepath.Join(dir, "group.yaml")
	for path, text := range map[string]string{table: b.String(), defaults: groupFile} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return table, defaults
}

const groupFile = `schema: 1
company: {name: Finch Holdings, sector: retail, country: GB, positioning: premium, as_of: 2026-12-31}
customers: {on_file: 12M, new_per_year: 80k, acquisition_cost: 31, data_held: [name, email, phone]}
economics: {contribution_margin: 34%, margin_premium: 9 points, online_share: 80%, discount_rate: 9%}
marketing: {budget: 3M, voucher: 10}
staffing: {employees: 300, head_office: 90, contact_agents: 20, contacts_per_agent_day: 55, spare_capacity: 20%, day_cost: 290}
security: {budget: 200k, it_budget: 2M}
options:
  - id: core
    name: Core
    initiatives:
      - {name: Second factor, one_off: 40k, per_year: 20k, cuts: {event_probability: {low: 5%, mode: 20%, high: 35%}}}
group:
  name: Finch Holdings
  currency: GBP
  rates:
    GBP: {per_usd: 0.75, date: 2026-12-31, source: treasury}
    EUR: {per_usd: 0.88, date: 2026-12-31, source: treasury}
  appetite: {approved: 2026-05-14, levels: [{loss: 10M, chance: 5%}]}
  shared_programmes:
    - {name: Watch, one_off: 50k, per_year: 100k, units: all, key: benefit, cuts: {closed_days: {low: 5%, mode: 25%, high: 50%}}}
`

// child is the program in a process of its own.
type child struct {
	*exec.Cmd
	out  bytes.Buffer // what it prints; read it when it has ended
	done chan struct{}
	err  error
}

// limit is how long a test waits for a process.
const limit = 10 * time.Minute

// start starts a batch.
func start(t testing.TB, table, defaults, dir string, more ...string) *child {
	t.Helper()
	return launch(t, append([]string{"batch", table, "--defaults", defaults, "-o", dir, "--trials", "256"}, more...)...)
}

func launch(t testing.TB, args ...string) *child {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	c := &child{Cmd: exec.Command(path, args...), done: make(chan struct{})}
	c.Stdout, c.Stderr = &c.out, &c.out
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		c.err = c.Wait()
		close(c.done)
	}()
	t.Cleanup(func() {
		_ = c.Process.Kill()
		<-c.done
	})
	return c
}

// until waits for something that the process is to do.
func (c *child) until(t testing.TB, what string, there func() bool) {
	t.Helper()
	for begin := time.Now(); !there(); time.Sleep(10 * time.Millisecond) {
		select {
		case <-c.done:
			if there() {
				return
			}
			t.Fatalf("want %s, but the process ended: %v\n%s", what, c.err, &c.out)
		default:
		}
		if time.Since(begin) > limit {
			_ = c.Process.Kill()
			<-c.done
			t.Fatalf("want %s within %v\n%s", what, limit, &c.out)
		}
	}
}

// finish waits for the process and returns its exit code and what it printed.
func (c *child) finish(t testing.TB) (int, string) {
	t.Helper()
	select {
	case <-c.done:
	case <-time.After(limit):
		_ = c.Process.Kill()
		<-c.done
		t.Fatalf("want the process to end within %v\n%s", limit, &c.out)
	}
	var exit *exec.ExitError
	if c.err != nil && !errors.As(c.err, &exit) {
		t.Fatal(c.err)
	}
	return c.ProcessState.ExitCode(), c.out.String()
}

func (c *child) must(t testing.TB) {
	t.Helper()
	if code, text := c.finish(t); code != 0 {
		t.Fatalf("want exit 0, got %d\n%s", code, text)
	}
}

// hashes are those of every file of a folder, by path.
func hashes(t testing.TB, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, _ := filepath.Rel(dir, path)
		out[rel], err = store.HashFile(path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Two broken rows of a table: the others are built, the group says so, both
// reasons name row and column, and the exit code is 1.
func TestBrokenRows(t *testing.T) {
	table, defaults := units(t, number("CASEBUILDER_UNITS", 6), 1, 4)
	dir := filepath.Join(t.TempDir(), "out")
	code, text := start(t, table, defaults, dir).finish(t)
	if code != 1 {
		t.Errorf("want exit 1, got %d", code)
	}
	n := number("CASEBUILDER_UNITS", 6)
	for _, want := range []string{fmt.Sprintf("Finch Holdings: %d of %d units", n-2, n), `units.csv:3:26: customers.retention: want a share`, `units.csv:6:22: customers.retention: want a share`} {
		if !strings.Contains(text, want) {
			t.Errorf("want %q in\n%s", want, text)
		}
	}
	folders, _ := filepath.Glob(filepath.Join(dir, "*", "pitch.pdf"))
	if len(folders) != n-2 {
		t.Errorf("want %d packets, got %d", n-2, len(folders))
	}
}

// Killed at random moments and resumed, a batch ends with the bytes of an
// undisturbed run. At every moment a unit's folder is there whole or not.
func TestKilled(t *testing.T) {
	table, defaults := units(t, number("CASEBUILDER_UNITS", 5))
	want, dir := filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "out")
	begin := time.Now()
	start(t, table, defaults, want).must(t)
	whole := time.Since(begin)
	kills := number("CASEBUILDER_KILLS", 2)
	for k := range kills {
		args := []string{"--resume"}
		if k == 0 {
			args = nil // no folder to resume yet
		}
		c := start(t, table, defaults, dir, args...)
		wait := time.Duration(rand.Float64() * float64(whole) * 1.5 / float64(kills))
		time.Sleep(wait)
		if err := c.Process.Kill(); err != nil {
			t.Logf("after %v it was done", wait)
		}
		<-c.done
		t.Logf("killed after %v: %d units there", wait, wholeUnits(t, dir))
	}
	start(t, table, defaults, dir, "--resume").must(t)
	if d := cmp.Diff(hashes(t, want), hashes(t, dir)); d != "" {
		t.Errorf("-undisturbed +killed and resumed\n%s", d)
	}
}

// wholeUnits counts the folders of units, and fails where one is in part.
func wholeUnits(t testing.TB, dir string) int {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		return 0 // killed before the folder was made
	}
	n := 0
	for _, e := range entries {
		if !e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		n++
		data, err := os.ReadFile(filepath.Join(dir, e.Name(), "results.json"))
		if err != nil {
			t.Errorf("want a whole folder, got %v", err)
			continue
		}
		var r struct{ Files map[string]string }
		if err := json.Unmarshal(data, &r); err != nil || len(r.Files) != 2 {
			t.Errorf("%s: want whole results, got %v", e.Name(), err)
		}
		for name, hash := range r.Files {
			if got, err := store.HashFile(filepath.Join(dir, e.Name(), name)); got != hash {
				t.Errorf("%s/%s: want the file that the results speak of, got another (%v)", e.Name(), name, err)
			}
		}
	}
	return n
}

// Ctrl-C finishes the units in hand and leaves a manifest that says what is
// done.
func TestInterrupted(t *testing.T) {
	table, defaults := units(t, 30)
	dir := filepath.Join(t.TempDir(), "out")
	c := start(t, table, defaults, dir, "--jobs", "2")
	c.until(t, "two units", func() bool {
		found, _ := filepath.Glob(filepath.Join(dir, "*", "results.json"))
		return len(found) >= 2
	})
	if err := c.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	code, text := c.finish(t)
	if code != 1 || !strings.Contains(text, "--resume goes on") {
		t.Errorf("want exit 1 and what to do, got %d\n%s", code, text)
	}
	data, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m struct {
		Done, Of int
		Units    []struct{ Status string }
	}
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatal(err)
	}
	if whole := wholeUnits(t, dir); m.Done != whole || m.Of != 30 || m.Done == 30 {
		t.Errorf("want a manifest of the %d units that are there, got %d of %d", whole, m.Done, m.Of)
	}
}

// Three shards in three processes at the same time, rolled up, give the bytes
// of one run.
func TestShardProcesses(t *testing.T) {
	table, defaults := units(t, number("CASEBUILDER_UNITS", 4))
	want, dir := filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "out")
	start(t, table, defaults, want).must(t)
	var shards []*child
	for k := range 3 {
		shards = append(shards, start(t, table, defaults, dir, "--jobs", "1", "--shard", fmt.Sprintf("%d/3", k+1)))
	}
	for _, c := range shards {
		c.must(t)
	}
	launch(t, "rollup", dir).must(t)
	if d := cmp.Diff(hashes(t, want), hashes(t, dir)); d != "" {
		t.Errorf("-one run +three shards\n%s", d)
	}
}

// A unit alone has the bytes that it has in the batch, on one processor and in
// another time zone as well.
func TestAlone(t *testing.T) {
	table, defaults := units(t, 3)
	batch, alone := filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "out")
	start(t, table, defaults, batch).must(t)
	rows, err := os.ReadFile(table)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(string(rows), "\n")
	one := filepath.Join(t.TempDir(), "one.csv")
	if err := os.WriteFile(one, []byte(lines[0]+lines[3]), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("GOMAXPROCS", "1")
	t.Setenv("TZ", "Pacific/Kiritimati")
	start(t, one, defaults, alone).must(t)
	if d := cmp.Diff(hashes(t, filepath.Join(batch, "unit-02")), hashes(t, filepath.Join(alone, "unit-02"))); d != "" {
		t.Errorf("-in the batch +alone\n%s", d)
	}
}
