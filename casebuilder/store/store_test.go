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
