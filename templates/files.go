package templates

import (
	"embed"
	"io/fs"
	"path"
	"strings"
)

//go:embed *
var all embed.FS

// Files are the texts, themes, topics and examples that the program carries,
// by their paths in this folder.
func Files() fs.FS { return all }

// List returns the paths of Files in alphabetical order. The package's own Go
// files are none of them.
func List() ([]string, error) {
	var paths []string
	err := fs.WalkDir(all, ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path.Ext(name) != ".go" && strings.Contains(name, "/") {
			paths = append(paths, name)
		}
		return err
	})
	return paths, err
}
