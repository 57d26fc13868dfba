package batch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/group"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/results"
	"casebuilder/casebuilder/store"
)

// table is a source whose units are named in a list. A name that begins with
// "!" has a problem in its row.
type table []string

func (t table) Len() int               { return len(t) }
func (t table) Name(i int) string      { return strings.TrimPrefix(t[i], "!") }
func (t table) Place(i int) diag.Place { return diag.Place{File: "some/folder/units.csv", Line: i + 2} }

func (t table) Unit(i int) intake.Unit {
	u := intake.Unit{Name: t.Name(i), Place: t.Place(i)}
	if strings.HasPrefix(t[i], "!") {
		at := t.Place(i)
		at.Col = 4
		u.Problems = diag.List{{Place: at, Field: "customers.retention", Want: "a share from 0% to 99%", Got: `"120%"`}}
		return u
	}
	u.Profile = &company.Profile{Company: company.Company{Name: "Alder & Finch", Unit: u.Name, Currency: "GBP", AsOf: company.NewDate(2026, 12, 31)}}
	return u
}

// packet makes the smallest results that a group can be made of.
func packet(p *company.Profile) (*Packet, error) {
	one := 1.0
	rate, loss := make([]float64, 256), make([]float64, 256)
	for i := range rate {
		rate[i], loss[i] = 0.1, float64(1000+i)
	}
	pitch := store.File{Name: "pitch.pdf", Data: []byte("pitch of " + p.Company.Unit)}
	book := store.File{Name: "workbook.xlsx", Data: []byte("workbook of " + p.Company.Unit)}
	r := &results.BusinessCase{Schema: 1, Tool: results.Tool{Name: "casebuilder", Version: "test"}, Company: *p, AsOf: p.Company.AsOf, Seed: 1, Trials: 256,
		Currency: "GBP", Fingerprint: fingerprint(p), Quantities: map[string]results.Figure{"ale.total": {Value: &one}},
		Decision: results.Decision{Recommended: "nothing"}, Samples: map[string][]float64{"driver.event_rate": rate, "severity.total": loss},
		Files: map[string]string{pitch.Name: store.Hash(pitch.Data), book.Name: store.Hash(book.Data)}}
	data, err := json.Marshal(r)
	return &Packet{Version: "test", Files: []store.File{pitch, book, {Name: resultsFile, Data: data}}}, err
}

func fingerprint(p *company.Profile) string {
	return store.Hash([]byte(p.Company.Unit + p.Company.Name))[:16]
}

// papers are the group's figures as text.
func papers(c *group.Case) ([]store.File, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "%d of %d, %g, %g\n", len(c.Units), c.Of(), c.ALE, c.Mean)
	for _, x := range c.Excluded {
		fmt.Fprintf(&b, "%s %s %s\n", x.Name, x.Place, strings.Join(x.Reasons, "; "))
	}
	return []store.File{{Name: "group.txt", Data: []byte(b.String())}}, nil
}

func options(dir string) Options {
	return Options{Dir: dir, Tool: results.Tool{Name: "casebuilder", Version: "test"}, Settings: Settings{Seed: 1, Trials: 256}, Jobs: 3,
		Fingerprint: func(p *company.Profile) (string, error) { return fingerprint(p), nil }, Build: packet, Papers: papers}
}

// tree returns every file of a folder with its content.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		rel, _ := filepath.Rel(dir, path)
		out[rel] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func run(t *testing.T, src Source, o Options) *Manifest {
	t.Helper()
	m, err := Run(context.Background(), src, o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

var units = table{"North", "South", "!Broken", "East & West", "Übersee", "日本", "a/../b", "con"}

// A bad unit stops nothing; the group says how many of how many, and why.
func TestBadUnitStopsNothing(t *testing.T) {
	dir := t.TempDir()
	m := run(t, units, options(dir))
	if m.Done != 7 || m.Of != 8 {
		t.Errorf("want 7 of 8, got %d of %d", m.Done, m.Of)
	}
	e := m.Units[2]
	if want := []string{`units.csv:4:4: customers.retention: want a share from 0% to 99%, got "120%"`}; e.Status != Refused || !slices.Equal(e.Reasons, want) {
		t.Errorf("want %q, got %s %q", want, e.Status, e.Reasons)
	}
	files := tree(t, dir)
	if !strings.HasPrefix(files["group.txt"], "7 of 8, 7, ") || !strings.Contains(files["group.txt"], "Broken units.csv:4") {
		t.Errorf("want the group to say it, got %s", files["group.txt"])
	}
	for name := range files {
		if strings.Contains(name, "broken") {
			t.Errorf("want no folder of the refused unit, got %s", name)
		}
	}
}

// Alone, in a batch, in any order, with any number of workers: the same bytes.
func TestSameBytes(t *testing.T) {
	a, b, alone := t.TempDir(), t.TempDir(), t.TempDir()
	o := options(a)
	o.Jobs = 1
	run(t, units, o)
	back := slices.Clone(units)
	slices.Reverse(back)
	run(t, back, options(b))
	run(t, table{"Übersee"}, options(alone))
	x, y, z := tree(t, a), tree(t, b), tree(t, alone)
	for name, data := range z {
		if strings.Contains(name, "/") && x[name] != data {
			t.Errorf("want %s alone as in the batch", name)
		}
	}
	delete(x, ManifestFile) // its units are in the order of the table
	delete(y, ManifestFile)
	x["group.txt"], y["group.txt"] = strings.ReplaceAll(x["group.txt"], ":4", ""), strings.ReplaceAll(strings.ReplaceAll(y["group.txt"], ":7", ""), ":4", "")
	if d := cmp.Diff(x, y); d != "" {
		t.Errorf("-one order +another\n%s", d)
	}
}

// Resuming skips what is done and unchanged, rebuilds what is changed or
// damaged, and ends with the bytes of an undisturbed run.
func TestResume(t *testing.T) {
	want, dir := t.TempDir(), t.TempDir()
	run(t, units, options(want))
	o := options(dir)
	ctx, stop := context.WithCancel(context.Background())
	built := 0
	o.Jobs, o.Tell = 1, func(Event) {
		if built++; built == 3 {
			stop()
		}
	}
	m, err := Run(ctx, units, o)
	if !errors.Is(err, ErrStopped) {
		t.Fatalf("want ErrStopped, got %v", err)
	}
	if m.Done >= len(units)-2 || m.Done < 2 {
		t.Errorf("want some units done, got %d", m.Done)
	}
	if kept, err := readManifest(filepath.Join(dir, ManifestFile)); err != nil || kept.Done != m.Done {
		t.Errorf("want a manifest that says so, got %v, %v", kept, err)
	}
	// A unit is damaged meanwhile, and a temporary folder is left behind.
	if err := os.WriteFile(filepath.Join(dir, "north", "workbook.xlsx"), []byte("half"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, ".casebuilder-south.77"), 0o755); err != nil {
		t.Fatal(err)
	}
	var skipped []string
	o = options(dir)
	o.Resume, o.Tell = true, func(e Event) {
		if e.Skipped {
			skipped = append(skipped, e.Entry.Name)
		}
	}
	run(t, units, o)
	if slices.Contains(skipped, "North") || !slices.Contains(skipped, "South") {
		t.Errorf("want South skipped and the damaged North built again, got %v skipped", skipped)
	}
	if d := cmp.Diff(tree(t, want), tree(t, dir)); d != "" {
		t.Errorf("-undisturbed +resumed\n%s", d)
	}
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			t.Errorf("want nothing left behind, got %s", e.Name())
		}
	}
	// Once more: all is done.
	skipped = nil
	run(t, units, o)
	if len(skipped) != 7 {
		t.Errorf("want all 7 skipped, got %v", skipped)
	}
	// A results file that was changed by hand is not what the manifest says.
	path := filepath.Join(dir, "south", resultsFile)
	data, _ := os.ReadFile(path)
	if err := os.WriteFile(path, append(data, '\n'), 0o644); err != nil {
		t.Fatal(err)
	}
	skipped = nil
	run(t, units, o)
	if len(skipped) != 6 || slices.Contains(skipped, "South") {
		t.Errorf("want South built again, got %v skipped", skipped)
	}
	if d := cmp.Diff(tree(t, want), tree(t, dir)); d != "" {
		t.Errorf("-undisturbed +mended\n%s", d)
	}
}

// Shards in any order, rolled up, give the bytes of one run.
func TestShards(t *testing.T) {
	want, dir := t.TempDir(), t.TempDir()
	run(t, units, options(want))
	for _, k := range []int{2, 3, 1} {
		o := options(dir)
		o.Shard, o.Shards = k, 3
		run(t, units, o)
	}
	roll := RollupOptions{Tool: results.Tool{Name: "casebuilder", Version: "test"}, Papers: func(Settings) (Papers, error) { return papers, nil }}
	for range 2 { // and again
		if _, err := Rollup(dir, roll); err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(tree(t, want), tree(t, dir)); d != "" {
			t.Errorf("-one run +shards\n%s", d)
		}
	}
}

// A shard that is missing is told, and can be added later.
func TestMissingShard(t *testing.T) {
	want, dir := t.TempDir(), t.TempDir()
	run(t, units, options(want))
	roll := RollupOptions{Tool: results.Tool{Name: "casebuilder", Version: "test"}, Papers: func(Settings) (Papers, error) { return papers, nil }}
	for _, k := range []int{1, 2} {
		o := options(dir)
		o.Shard, o.Shards = k, 2
		run(t, units, o)
		m, err := Rollup(dir, roll)
		if err != nil {
			t.Fatal(err)
		}
		if k == 1 && (m.Done != 3 || !strings.Contains(tree(t, dir)["group.txt"], "South units.csv:3 not built yet")) {
			t.Errorf("want what is missing told, got %d done, %s", m.Done, tree(t, dir)["group.txt"])
		}
	}
	if d := cmp.Diff(tree(t, want), tree(t, dir)); d != "" {
		t.Errorf("-one run +shards\n%s", d)
	}
}

// Shards of two batches do not make one.
func TestShardsThatDisagree(t *testing.T) {
	dir := t.TempDir()
	for k := 1; k <= 2; k++ {
		o := options(dir)
		o.Shard, o.Shards, o.Settings.Seed = k, 2, uint64(k)
		run(t, units, o)
	}
	_, err := Rollup(dir, RollupOptions{Papers: func(Settings) (Papers, error) { return papers, nil }})
	if err == nil || !strings.Contains(err.Error(), "manifest-2-of-2.json: want a shard of the same batch as manifest-1-of-2.json, got other flags") {
		t.Errorf("want it said which shard disagrees, got %v", err)
	}
}

// Without a manifest every folder with a case is a unit.
func TestRollupOfFolders(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"North", "South"} {
		p, _ := packet(table{name}.Unit(0).Profile)
		if err := store.Write(filepath.Join(dir, "any "+name), p.Files...); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, "drafts"), 0o755); err != nil {
		t.Fatal(err)
	}
	roll := RollupOptions{Papers: func(Settings) (Papers, error) { return papers, nil }}
	for range 2 {
		m, err := Rollup(dir, roll)
		if err != nil || m.Done != 2 || m.Of != 2 {
			t.Fatalf("want 2 of 2, got %v, %v", m, err)
		}
	}
	if _, err := Rollup(t.TempDir(), roll); err == nil {
		t.Error("want an error for a folder without units, got none")
	}
}

// What fails, fails alone: an error, a bug, a reviewer's work that is kept.
func TestFailures(t *testing.T) {
	dir := t.TempDir()
	o := options(dir)
	o.Build = func(p *company.Profile) (*Packet, error) {
		switch p.Company.Unit {
		case "South":
			return nil, errors.New("no exchange rate")
		case "Übersee":
			panic("index out of range")
		}
		return packet(p)
	}
	o.Keep = func(dir string) error {
		if filepath.Base(dir) == "north" {
			return fmt.Errorf("%s: holds a reviewer's entries", filepath.Join(dir, "workbook.xlsx"))
		}
		return nil
	}
	m := run(t, units, o)
	for i, want := range map[int]string{0: "north/workbook.xlsx: holds a reviewer's entries", 1: "no exchange rate", 4: "a bug: index out of range"} {
		if e := m.Units[i]; e.Status != Failed || len(e.Reasons) != 1 || filepath.ToSlash(e.Reasons[0]) != want {
			t.Errorf("%s: want %q, got %s %q", e.Name, want, e.Status, e.Reasons)
		}
	}
	if m.Done != 4 {
		t.Errorf("want the other 4 done, got %d", m.Done)
	}
}

// Where no unit is finished there are no papers, and the manifest says why.
func TestNothingDone(t *testing.T) {
	dir := t.TempDir()
	m := run(t, table{"!a", "!b"}, options(dir))
	if files := tree(t, dir); m.Done != 0 || len(files) != 1 || files[ManifestFile] == "" {
		t.Errorf("want the manifest alone, got %d done, %v", m.Done, files)
	}
}

// Two runs into one folder: the second is told; shards share it.
func TestBusy(t *testing.T) {
	dir := t.TempDir()
	unlock, err := store.Lock(dir, false)
	if err != nil {
		t.Fatal(err)
	}
	var busy *store.BusyError
	if _, err := Run(context.Background(), units, options(dir)); !errors.As(err, &busy) {
		t.Errorf("want a *store.BusyError, got %v", err)
	}
	unlock()
	unlock, err = store.Lock(dir, true)
	if err != nil {
		t.Fatal(err)
	}
	defer unlock()
	o := options(dir)
	o.Shard, o.Shards = 1, 2
	run(t, units, o)
}

// A manifest names folders of its own folder, nothing else.
func TestForeignFolder(t *testing.T) {
	for _, folder := range []string{"../x", "/etc", "a/b", ".."} {
		dir := t.TempDir()
		m := Manifest{Schema: 1, Units: []Entry{{Name: "x", Folder: folder, Status: Done}}}
		if err := m.write(dir); err != nil {
			t.Fatal(err)
		}
		if _, err := Rollup(dir, RollupOptions{}); err == nil || !strings.Contains(err.Error(), "want a manifest") {
			t.Errorf("%s: want the manifest refused, got %v", folder, err)
		}
	}
}
