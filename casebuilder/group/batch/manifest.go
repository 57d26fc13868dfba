package batch

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/results"
	"casebuilder/casebuilder/store"
)

// ManifestFile is the manifest of a whole batch.
const ManifestFile = "manifest.json"

// manifestSchema is the version of its shape.
const manifestSchema = 1

// Status says how far a unit is.
type Status string

// The states of a unit.
const (
	Done    Status = "done"
	Refused Status = "refused" // its inputs have problems
	Failed  Status = "failed"  // it could not be computed, or written
	Pending Status = "pending" // not built yet, or by another shard
)

// Manifest says what a batch consists of and what became of each unit. It
// holds no clock time.
type Manifest struct {
	Schema   int               `json:"schema"`
	Tool     results.Tool      `json:"tool"`
	Shard    string            `json:"shard,omitempty"` // "1/3" of a part of the batch
	Settings Settings          `json:"settings"`
	Group    *company.Group    `json:"group"`
	Done     int               `json:"done"`
	Of       int               `json:"of"`
	Units    []Entry           `json:"units"` // in the order of the table
	Files    map[string]string `json:"files"` // of the group: name to SHA-256
}

// Settings are the flags and the library that all units were built with.
type Settings struct {
	Seed        uint64 `json:"seed"`
	Trials      int    `json:"trials"`
	AsOf        string `json:"as_of,omitempty"` // where a flag sets it for all units
	Profile     string `json:"profile"`
	Paper       string `json:"paper"`
	Lang        string `json:"lang"`
	Library     string `json:"library"`              // fingerprint of the cases
	Assumptions string `json:"assumptions"`          // fingerprint of the priors and rates
	Texts       string `json:"texts"`                // fingerprint of texts, theme and the flags of the papers
	UnitPages   bool   `json:"unit_pages,omitempty"` // group.pdf has a page for each unit
}

// Entry is one unit.
type Entry struct {
	Name        string            `json:"name"`
	Folder      string            `json:"folder,omitempty"` // where it has a name
	Place       string            `json:"place"`            // row or file that it comes from
	Status      Status            `json:"status"`
	Reasons     []string          `json:"reasons,omitempty"`
	Version     string            `json:"version,omitempty"`     // of the program that built it
	Fingerprint string            `json:"fingerprint,omitempty"` // of inputs, library, texts, seed and version
	Files       map[string]string `json:"files,omitempty"`       // name to SHA-256
}

// encode writes a manifest as people read it.
func (m *Manifest) encode() ([]byte, error) {
	m.Done, m.Of = 0, len(m.Units)
	for _, e := range m.Units {
		if e.Status == Done {
			m.Done++
		}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(m); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// name is the file that a manifest belongs into.
func (m *Manifest) name() string {
	k, n, ok := shardOf(m.Shard)
	if !ok {
		return ManifestFile
	}
	return fmt.Sprintf("manifest-%d-of-%d.json", k, n)
}

func (m *Manifest) write(dir string) error {
	data, err := m.encode()
	if err != nil {
		return err
	}
	return store.Write(dir, store.File{Name: m.name(), Data: data})
}

var (
	shardText = regexp.MustCompile(`^([1-9]\d{0,5})/([1-9]\d{0,5})$`)
	partName  = regexp.MustCompile(`^manifest-[1-9]\d{0,5}-of-[1-9]\d{0,5}\.json$`)
)

// shardOf reads "1/3".
func shardOf(s string) (k, n int, ok bool) {
	m := shardText.FindStringSubmatch(s)
	if m == nil {
		return 0, 0, false
	}
	k, _ = strconv.Atoi(m[1])
	n, _ = strconv.Atoi(m[2])
	return k, n, k <= n
}

// ParseShard reads the shard of a command line: "1/3" is the first of three.
func ParseShard(s string) (k, n int, err error) {
	k, n, ok := shardOf(s)
	if !ok {
		return 0, 0, fmt.Errorf("want a shard such as 1/3, the first of three, got %s", diag.Quote(s))
	}
	return k, n, nil
}

// maxManifest bounds a manifest that is read.
const maxManifest = 256 << 20

// readManifest reads one manifest.
func readManifest(path string) (*Manifest, error) {
	data, err := store.Read(path, maxManifest)
	if err != nil {
		return nil, err
	}
	var m Manifest
	if err := json.Unmarshal(data, &m); err != nil {
		return nil, badManifest(path, "JSON that cannot be read: "+diag.Printable(err.Error()))
	}
	if m.Schema != manifestSchema {
		return nil, badManifest(path, fmt.Sprintf("schema %d", m.Schema))
	}
	for _, e := range m.Units {
		if e.Folder != "" && (e.Folder != filepath.Base(e.Folder) || !filepath.IsLocal(e.Folder) || e.Folder == ".") {
			return nil, badManifest(path, "a folder "+diag.Quote(e.Folder)+" for the unit "+diag.Quote(e.Name))
		}
	}
	return &m, nil
}

func badManifest(path, got string) error {
	return diag.List{{Place: diag.Place{File: path}, Want: "a manifest, as batch writes it", Got: got}}
}

// readManifests reads the manifest of a folder and those of shards, by name;
// the whole one first. None is no error.
func readManifests(dir string) ([]*Manifest, []string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, nil, err
	}
	var all []*Manifest
	var names []string
	m, err := readManifest(filepath.Join(dir, ManifestFile))
	switch {
	case err == nil:
		all, names = append(all, m), append(names, ManifestFile)
	case !errors.Is(err, fs.ErrNotExist):
		return nil, nil, err
	}
	for _, e := range entries {
		if !partName.MatchString(e.Name()) {
			continue
		}
		m, err := readManifest(filepath.Join(dir, e.Name()))
		if err != nil {
			return nil, nil, err
		}
		all, names = append(all, m), append(names, e.Name())
	}
	return all, names, nil
}

// merge puts the manifests of shards together. They must be parts of one
// batch: the same units, group and settings.
func merge(all []*Manifest, names []string) (*Manifest, error) {
	out := *all[0]
	out.Shard, out.Units = "", slices.Clone(all[0].Units)
	for i, m := range all[1:] {
		if what := differs(all[0], m); what != "" {
			return nil, diag.List{{Place: diag.Place{File: names[i+1]}, Want: "a shard of the same batch as " + names[0], Got: what,
				Hint: "build all shards from one table, with the same flags"}}
		}
		for k, e := range m.Units {
			if e.Status != Pending {
				out.Units[k] = e
			}
		}
	}
	return &out, nil
}

// differs says how two manifests are not of one batch, "" where they are.
func differs(a, b *Manifest) string {
	if a.Settings != b.Settings {
		return "other flags, another library or other texts"
	}
	ga, _ := json.Marshal(a.Group)
	gb, _ := json.Marshal(b.Group)
	if !bytes.Equal(ga, gb) {
		return "another group"
	}
	same := slices.EqualFunc(a.Units, b.Units, func(x, y Entry) bool { return x.Name == y.Name && x.Place == y.Place })
	if !same {
		return "other units"
	}
	return ""
}
