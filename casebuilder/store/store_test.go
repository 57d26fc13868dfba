package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A file that cannot be put in place: the message names it, not the temporary
// one, and no temporary file stays.
func TestWriteNamesTheFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.MkdirAll(filepath.Join(dir, "a", "full"), 0o777); err != nil {
		t.Fatal(err)
	}
	err := Write(dir, File{"a", []byte("1")})
	if err == nil || !strings.HasPrefix(err.Error(), "writing "+filepath.Join(dir, "a")+": ") || strings.Contains(err.Error(), temporary) {
		t.Errorf("want an error that names the file, got %v", err)
	}
	if got := names(t, dir); len(got) != 1 {
		t.Errorf("want the folder alone, got %v", got)
	}
}

// Two runs write files of different names into one folder: neither takes the
// other's unfinished files away. What is left of one's own goes.
func TestWriteBesideOthers(t *testing.T) {
	dir := t.TempDir()
	for _, n := range []string{"a-1", "b-1", "a.json-7"} {
		if err := os.WriteFile(filepath.Join(dir, temporary+n), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := Write(dir, File{"a", []byte("1")}); err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(names(t, dir), " "), temporary+"a.json-7 "+temporary+"b-1 a"; got != want {
		t.Errorf("want %s, got %s", want, got)
	}
	Clean(dir)
	if got := strings.Join(names(t, dir), " "); got != "a" {
		t.Errorf("want a alone, got %s", got)
	}
}
