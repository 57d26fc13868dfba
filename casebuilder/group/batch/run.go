package batch

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/group"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/results"
	"casebuilder/casebuilder/store"
)

// Source gives the units of a batch; intake.Units is one.
type Source interface {
	Len() int
	Name(i int) string
	Place(i int) diag.Place
	Unit(i int) intake.Unit // may be called from several goroutines
}

// Packet is a built unit.
type Packet struct {
	Files   []store.File
	Version string // of the program
}

// The files that a unit's folder may hold, and that belong to the program.
var packetFiles = []string{"pitch.pdf", "workbook.xlsx", resultsFile, group.EffectsFile}

const resultsFile = "results.json"

// Options of a run.
type Options struct {
	Dir           string // of the batch; made when it is missing
	Tool          results.Tool
	Settings      Settings
	Group         *company.Group // nil where there is none
	Jobs          int            // units at a time, at least 1
	Resume        bool           // skip what is done and unchanged
	Shard, Shards int            // build the units of shard 1, 2 … of Shards; 0 for all

	// Fingerprint identifies a unit's case before it is built.
	Fingerprint func(p *company.Profile) (string, error)
	// Build makes the packet of a unit. It is called from several goroutines.
	Build func(p *company.Profile) (*Packet, error)
	// Keep refuses to replace the folder of a unit; nil lets all be replaced.
	Keep func(dir string) error
	// Papers makes the group's papers.
	Papers Papers
	// Tell is called after each unit, by one goroutine at a time; may be nil.
	Tell func(Event)
}

// Event is what became of one unit.
type Event struct {
	Entry    *Entry
	Place    diag.Place // of its row or file, as it was given
	Skipped  bool       // done and unchanged
	Warnings diag.List
	Problems diag.List // of a refused one, with places as they were given
	Err      error     // of a failed one
}

// ErrStopped says that a run was stopped before all units were built.
var ErrStopped = errors.New("stopped: the manifest says what is done; --resume goes on")

// Run builds the units of a batch, or of a shard of it, and rolls them up: a
// shard leaves that to Rollup. A unit that cannot be built stops nothing. The
// manifest says what became of each; the error is about the batch as a whole,
// or ErrStopped.
func Run(ctx context.Context, src Source, o Options) (*Manifest, error) {
	m := &Manifest{Schema: manifestSchema, Tool: o.Tool, Settings: o.Settings, Group: o.Group, Files: map[string]string{}}
	if o.Shards > 0 {
		m.Shard = fmt.Sprintf("%d/%d", o.Shard, o.Shards)
	}
	m.Units = plan(src)
	if err := store.MakeFolder(o.Dir); err != nil {
		return nil, err
	}
	unlock, err := store.Lock(o.Dir, o.Shards > 0)
	if err != nil {
		return nil, err
	}
	defer unlock()
	mine := map[string]bool{}
	for i, e := range m.Units {
		if e.Folder != "" && o.mine(i) {
			mine[e.Folder] = true
		}
	}
	if err := store.CleanFolders(o.Dir, func(name string) bool { return mine[name] }); err != nil {
		return nil, fmt.Errorf("cleaning up after an earlier run: %w", err)
	}
	if o.Shards == 0 {
		store.Clean(o.Dir)
	}
	r := &runner{Options: o, src: src, before: map[string]Entry{}}
	if old, err := readManifest(filepath.Join(o.Dir, m.name())); err == nil {
		for _, e := range old.Units {
			r.before[e.Name] = e
		}
	}
	// From here on the manifest promises nothing that is not there yet.
	if err := m.write(o.Dir); err != nil {
		return nil, err
	}
	r.all(ctx, m)
	if ctx.Err() != nil && pending(m, o) {
		return m, errors.Join(ErrStopped, m.write(o.Dir))
	}
	if o.Shards > 0 {
		return m, m.write(o.Dir)
	}
	return m, rollUp(o.Dir, m, o.Papers)
}

// plan lists the units, none of them built yet.
func plan(src Source) []Entry {
	out := make([]Entry, src.Len())
	for i := range out {
		out[i] = Entry{Name: src.Name(i), Place: base(src.Place(i)).String(), Status: Pending}
		if out[i].Name != "" {
			out[i].Folder = Folder(out[i].Name)
		}
	}
	return out
}

// base drops the folders of a place: what is written holds no path.
func base(p diag.Place) diag.Place {
	p.File = filepath.Base(p.File)
	return p
}

func (o *Options) mine(i int) bool { return o.Shards == 0 || i%o.Shards == o.Shard-1 }

func pending(m *Manifest, o Options) bool {
	for i, e := range m.Units {
		if e.Status == Pending && o.mine(i) {
			return true
		}
	}
	return false
}

// runner is one run at work.
type runner struct {
	Options
	src    Source
	before map[string]Entry // what the manifest of an earlier run says, by name
}

// all builds the units, several at a time. When ctx ends, those in hand are
// finished and no other is begun.
func (r *runner) all(ctx context.Context, m *Manifest) {
	var wg sync.WaitGroup
	var told sync.Mutex
	next := make(chan int)
	for range max(1, r.Jobs) {
		wg.Go(func() {
			for i := range next {
				event := r.unit(m.Units[i], i)
				told.Lock()
				m.Units[i] = *event.Entry
				if r.Tell != nil {
					r.Tell(event)
				}
				told.Unlock()
			}
		})
	}
	for i := range m.Units {
		if !r.mine(i) {
			continue
		}
		select {
		case <-ctx.Done():
		case next <- i:
			continue
		}
		break
	}
	close(next)
	wg.Wait()
}

// unit builds one unit.
func (r *runner) unit(e Entry, i int) (event Event) {
	event.Entry, event.Place = &e, r.src.Place(i)
	defer func() {
		if p := recover(); p != nil {
			event.Err = fmt.Errorf("a bug: %v", p)
			e.Status, e.Reasons = Failed, []string{event.Err.Error()}
		}
	}()
	u := r.src.Unit(i)
	event.Warnings = u.Warnings
	if len(u.Problems) > 0 || u.Profile == nil {
		event.Problems = u.Problems
		e.Status, e.Reasons = Refused, reasons(u.Problems)
		return event
	}
	fail := func(err error) Event {
		event.Err = err
		e.Status, e.Reasons = Failed, []string{r.without(err)}
		return event
	}
	fingerprint, err := r.Fingerprint(u.Profile)
	if err != nil {
		return fail(err)
	}
	dir := filepath.Join(r.Dir, e.Folder)
	if r.Resume {
		if files := r.current(dir, e.Name, fingerprint); files != nil {
			e.Status, e.Fingerprint, e.Files, e.Version, event.Skipped = Done, fingerprint, files, r.Tool.Version, true
			return event
		}
	}
	if r.Keep != nil {
		if err := r.Keep(dir); err != nil {
			return fail(err)
		}
	}
	p, err := r.Build(u.Profile)
	if err != nil {
		return fail(err)
	}
	if err := store.WriteFolder(dir, packetFiles, p.Files...); err != nil {
		return fail(err)
	}
	e.Status, e.Fingerprint, e.Version, e.Files = Done, fingerprint, p.Version, map[string]string{}
	for _, f := range p.Files {
		e.Files[f.Name] = store.Hash(f.Data)
	}
	return event
}

// reasons writes problems down, without the folders of their files.
func reasons(problems diag.List) []string {
	var out []string
	for _, p := range problems {
		p.Place = base(p.Place)
		out = append(out, p.Error())
	}
	return out
}

// without takes the folder of the batch out of an error.
func (r *runner) without(err error) string {
	var list diag.List
	if errors.As(err, &list) {
		return list.Error()
	}
	return withoutFolder(err.Error(), r.Dir)
}

// current returns the files of a unit's folder when it holds the finished case
// with that fingerprint, undamaged; nil otherwise.
func (r *runner) current(dir, unit, fingerprint string) map[string]string {
	data, err := store.Read(filepath.Join(dir, resultsFile), maxResults)
	if err != nil {
		return nil
	}
	var head struct {
		Fingerprint string
		Files       map[string]string
	}
	if json.Unmarshal(data, &head) != nil || head.Fingerprint != fingerprint {
		return nil
	}
	effects, err := store.Read(filepath.Join(dir, group.EffectsFile), maxResults)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil
	}
	var shared []company.Shared
	if r.Group != nil {
		shared = r.Group.Shared
	}
	if !group.EffectsCurrent(effects, fingerprint, unit, shared) {
		return nil
	}
	files := map[string]string{resultsFile: store.Hash(data)}
	if effects != nil {
		files[group.EffectsFile] = store.Hash(effects)
	}
	for name, want := range head.Files {
		hash, err := store.HashFile(filepath.Join(dir, name))
		if err != nil || hash != want {
			return nil
		}
		files[name] = hash
	}
	// What the manifest says of the same case must hold as well.
	if b := r.before[unit]; b.Status == Done && b.Fingerprint == fingerprint {
		for name, want := range b.Files {
			if files[name] != want {
				return nil
			}
		}
	}
	return files
}

// maxResults bounds a results.json that is read.
const maxResults = 256 << 20
