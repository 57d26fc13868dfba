package store

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

var owned = []string{"a", "b"}

func names(t *testing.T, dir string) (out []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}

func content(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// A folder is replaced as a whole: a file that the new one lacks is gone.
func TestWriteFolderReplacesAll(t *testing.T) {
	dir := t.TempDir()
	unit := filepath.Join(dir, "north")
	if err := WriteFolder(unit, owned, File{"a", []byte("1")}, File{"b", []byte("1")}); err != nil {
		t.Fatal(err)
	}
	if err := WriteFolder(unit, owned, File{"a", []byte("2")}); err != nil {
		t.Fatal(err)
	}
	if got := names(t, unit); len(got) != 1 || content(t, filepath.Join(unit, "a")) != "2" {
		t.Errorf("want the new folder alone, got %v", got)
	}
	if got := names(t, dir); len(got) != 1 {
		t.Errorf("want nothing beside the folder, got %v", got)
	}
}

// What a person put into the folder stays; what cannot be taken along stops it.
func TestWriteFolderKeepsNotes(t *testing.T) {
	unit := filepath.Join(t.TempDir(), "north")
	if err := WriteFolder(unit, owned, File{"a", []byte("1")}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(unit, "notes.txt"), []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := WriteFolder(unit, owned, File{"a", []byte("2")}); err != nil {
		t.Fatal(err)
	}
	if got := content(t, filepath.Join(unit, "notes.txt")); got != "mine" {
		t.Errorf("want the notes, got %q", got)
	}
	if err := os.Mkdir(filepath.Join(unit, "drafts"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := WriteFolder(unit, owned, File{"a", []byte("3")}); err == nil || content(t, filepath.Join(unit, "a")) != "2" {
		t.Errorf("want an error and the folder as it was, got %v", err)
	}
}

// A system that cannot exchange folders moves the old one aside first.
func TestReplaceFolderByMovingAside(t *testing.T) {
	dir := t.TempDir()
	for _, d := range []string{"work", "north"} {
		if err := WriteFolder(filepath.Join(dir, d), owned, File{"a", []byte(d)}); err != nil {
			t.Fatal(err)
		}
	}
	old := filepath.Join(dir, temporary+"north."+aside)
	if err := os.Rename(filepath.Join(dir, "north"), old); err != nil {
		t.Fatal(err)
	}
	// Killed here: the next run finds the folder again.
	if err := CleanFolders(dir, func(string) bool { return true }); err != nil {
		t.Fatal(err)
	}
	if got := content(t, filepath.Join(dir, "north", "a")); got != "north" {
		t.Errorf("want the old folder back, got %q", got)
	}
}

// Only what killed runs left of one's own folders goes.
func TestCleanFolders(t *testing.T) {
	dir := t.TempDir()
	for _, d := range []string{"north", temporary + "north.123", temporary + "north-east.123", temporary + "south.9", temporary + "north." + aside} {
		if err := os.Mkdir(filepath.Join(dir, d), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if err := CleanFolders(dir, func(name string) bool { return name == "north" }); err != nil {
		t.Fatal(err)
	}
	want := []string{temporary + "north-east.123", temporary + "south.9", "north"}
	got := names(t, dir)
	if len(got) != 3 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("want %v, got %v", want, got)
	}
	if err := CleanFolders(filepath.Join(dir, "none"), nil); err != nil {
		t.Errorf("want no error for a folder that is not there, got %v", err)
	}
}

// A folder that cannot be written leaves the old one and nothing else.
func TestWriteFolderFails(t *testing.T) {
	dir := t.TempDir()
	unit := filepath.Join(dir, "north")
	if err := WriteFolder(unit, owned, File{"a", []byte("1")}); err != nil {
		t.Fatal(err)
	}
	if err := WriteFolder(unit, owned, File{"a", []byte("2")}, File{"no/such", nil}); err == nil {
		t.Fatal("want an error, got none")
	}
	if got := content(t, filepath.Join(unit, "a")); got != "1" {
		t.Errorf("want the old folder, got %q", got)
	}
	if got := names(t, dir); len(got) != 1 {
		t.Errorf("want nothing beside the folder, got %v", got)
	}
}

func TestLock(t *testing.T) {
	dir := t.TempDir()
	busy := func(shared, want bool) func() {
		t.Helper()
		unlock, err := Lock(dir, shared)
		var b *BusyError
		if errors.As(err, &b) != want {
			t.Errorf("shared %v: want busy %v, got %v", shared, want, err)
		}
		return unlock
	}
	first := busy(true, false)
	second := busy(true, false)
	busy(false, true)
	first()
	second()
	alone := busy(false, false)
	busy(true, true)
	alone()
}
