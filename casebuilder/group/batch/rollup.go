package batch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/group"
	"casebuilder/casebuilder/results"
	"casebuilder/casebuilder/store"
)

// Papers makes the files of the group's papers.
type Papers func(c *group.Case) ([]store.File, error)

// RollupOptions of Rollup.
type RollupOptions struct {
	Tool   results.Tool
	Group  *company.Group // stands in for that of the manifests; nil keeps theirs
	Papers func(s Settings) (Papers, error)
}

// Rollup makes the group's papers from the finished units of a folder: those
// of its manifest, those of the shards that were put together there, or,
// without any manifest, every folder that holds a case.
func Rollup(dir string, o RollupOptions) (*Manifest, error) {
	unlock, err := store.Lock(dir, false)
	if err != nil {
		return nil, err
	}
	defer unlock()
	store.Clean(dir)
	m, names, err := manifestOf(dir)
	if err != nil {
		return nil, err
	}
	m.Tool, m.Files = o.Tool, map[string]string{}
	if o.Group != nil {
		m.Group = o.Group
	}
	papers, err := o.Papers(m.Settings)
	if err != nil {
		return nil, err
	}
	if err := rollUp(dir, m, papers); err != nil {
		return m, err
	}
	// All that the shards' manifests say is in the whole one now.
	for _, name := range names {
		if name != ManifestFile {
			if err := os.Remove(filepath.Join(dir, name)); err != nil {
				return m, err
			}
		}
	}
	return m, nil
}

// manifestOf returns what a folder holds, and the names of the manifests that
// say so.
func manifestOf(dir string) (*Manifest, []string, error) {
	all, names, err := readManifests(dir)
	if err != nil {
		return nil, nil, err
	}
	if len(all) == 0 {
		m, err := found(dir)
		return m, nil, err
	}
	m, err := merge(all, names)
	return m, names, err
}

// found makes a manifest of the cases that stand in the folders of dir.
func found(dir string) (*Manifest, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	m := &Manifest{Schema: manifestSchema}
	for _, e := range entries {
		if !e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		path := filepath.Join(dir, e.Name(), resultsFile)
		data, err := store.Read(path, maxResults)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return nil, err
		}
		u, err := group.Read(path, data)
		if err != nil {
			return nil, err
		}
		m.Units = append(m.Units, Entry{Name: u.Name, Folder: e.Name(), Place: e.Name(), Status: Done, Version: u.Version, Fingerprint: u.Fingerprint,
			Files: map[string]string{resultsFile: store.Hash(data)}})
		m.Settings.Seed, m.Settings.Trials = u.Seed, u.Trials
	}
	if len(m.Units) == 0 {
		return nil, diag.List{{Place: diag.Place{File: dir}, Want: "a folder of finished units, each in its own folder", Got: "no " + resultsFile,
			Hint: "casebuilder batch builds units"}}
	}
	seen := map[string]string{}
	for _, e := range m.Units {
		key := strings.ToLower(strings.Join(strings.Fields(e.Name), " "))
		if other, ok := seen[key]; ok {
			return nil, diag.List{{Place: diag.Place{File: filepath.Join(dir, e.Folder, resultsFile)}, Field: "company.unit", Want: "a name that no other unit has",
				Got: diag.Quote(e.Name), Hint: "it stands in the folder " + other + " as well"}}
		}
		seen[key] = e.Folder
	}
	return m, nil
}

// rollUp solves the group of what is done and writes its papers, the manifest
// last. Without a finished unit there are no papers.
func rollUp(dir string, m *Manifest, papers Papers) error {
	units, excluded, err := read(dir, m)
	if err != nil {
		return err
	}
	c, err := group.Solve(group.Input{Group: m.Group, Units: units, Excluded: excluded, Version: m.Tool.Version, Texts: m.Settings.Texts})
	if errors.Is(err, group.ErrNoUnits) {
		return m.write(dir)
	}
	if err != nil {
		return errors.Join(err, m.write(dir))
	}
	leftOut(m, c)
	files, err := papers(c)
	if err != nil {
		return errors.Join(err, m.write(dir))
	}
	for _, f := range files {
		m.Files[f.Name] = store.Hash(f.Data)
	}
	data, err := m.encode()
	if err != nil {
		return err
	}
	return store.Write(dir, append(files, store.File{Name: ManifestFile, Data: data})...)
}

// leftOut notes why the group leaves out a unit that is done.
func leftOut(m *Manifest, c *group.Case) {
	for i := range m.Units {
		e := &m.Units[i]
		if e.Status != Done {
			continue
		}
		e.Reasons = nil
		for _, x := range c.Excluded {
			if x.Name == e.Name {
				e.Reasons = x.Reasons
			}
		}
	}
}

// read reads the finished units, and lists what is left out.
func read(dir string, m *Manifest) (units []*group.Unit, excluded []group.Excluded, err error) {
	found := make([]*group.Unit, len(m.Units))
	bad := make([]error, len(m.Units))
	each(len(m.Units), func(i int) {
		if e := &m.Units[i]; e.Status == Done {
			found[i], bad[i] = readUnit(dir, e)
		}
	})
	for i, e := range m.Units {
		if bad[i] != nil {
			m.Units[i].Status, m.Units[i].Reasons = Failed, []string{withoutFolder(bad[i].Error(), dir)}
			e = m.Units[i]
		}
		switch {
		case e.Status == Done:
			units = append(units, found[i])
		case e.Status == Pending:
			excluded = append(excluded, group.Excluded{Name: e.Name, Place: e.Place, Reasons: []string{"not built yet"}})
		default:
			excluded = append(excluded, group.Excluded{Name: e.Name, Place: e.Place, Reasons: e.Reasons})
		}
	}
	return units, excluded, nil
}

// readUnit reads what the group needs of a unit's folder, and checks that it
// is what the manifest speaks of.
func readUnit(dir string, e *Entry) (*group.Unit, error) {
	path := filepath.Join(dir, e.Folder, resultsFile)
	data, err := store.Read(path, maxResults)
	if err != nil {
		return nil, err
	}
	if want := e.Files[resultsFile]; want != "" && store.Hash(data) != want {
		return nil, fmt.Errorf("%s is not the file that the manifest speaks of: build the unit again", path)
	}
	u, err := group.Read(path, data)
	if err != nil {
		return nil, err
	}
	if u.Name != e.Name {
		return nil, fmt.Errorf("%s is the case of another unit, %s", path, diag.Quote(u.Name))
	}
	u.Folder = e.Folder
	path = filepath.Join(dir, e.Folder, group.EffectsFile)
	data, err = store.Read(path, maxResults)
	if errors.Is(err, fs.ErrNotExist) {
		return u, nil
	}
	if err != nil {
		return nil, err
	}
	return u, u.ReadEffects(path, data)
}

// withoutFolder takes the path of the batch out of a message, which is written
// where no path may be.
func withoutFolder(message, dir string) string {
	return strings.ReplaceAll(message, filepath.Clean(dir)+string(filepath.Separator), "")
}

// each calls f for 0 to n−1, side by side.
func each(n int, f func(i int)) {
	var wg sync.WaitGroup
	next := make(chan int)
	for range min(n, runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wg.Wait()
}

// Load solves the group of a folder without writing anything: what Rollup
// would make papers of.
func Load(dir string, tool results.Tool) (*Manifest, *group.Case, error) {
	m, _, err := manifestOf(dir)
	if err != nil {
		return nil, nil, err
	}
	units, excluded, err := read(dir, m)
	if err != nil {
		return nil, nil, err
	}
	c, err := group.Solve(group.Input{Group: m.Group, Units: units, Excluded: excluded, Version: tool.Version, Texts: m.Settings.Texts})
	return m, c, err
}
