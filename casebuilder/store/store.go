// Package store writes files so that each is either old or new, never partial:
// to a temporary file beside its place, synced, then renamed. It is the only
// package that writes into a user's folders.
package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// File is one file to be written.
type File struct {
	Name string // without a folder
	Data []byte
}

// Hash returns the SHA-256 of data in hexadecimal.
func Hash(data []byte) string {
	h := sha256.Sum256(data)
	return hex.EncodeToString(h[:])
}

// temporary is how the names of unfinished files begin; Clean removes them.
const temporary = ".casebuilder-"

// Write puts files into a folder, which is made when it is missing. All are
// written and synced under temporary names first and then renamed in the given
// order: a full disk, a read-only folder or a kill leaves every file old or
// new. Temporary files that an earlier run left behind are removed.
func Write(dir string, files ...File) (err error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return fmt.Errorf("making the folder: %w", err)
	}
	Clean(dir)
	var names []string
	defer func() {
		for _, n := range names {
			os.Remove(n)
		}
	}()
	for _, f := range files {
		n, err := writeTemporary(dir, f)
		if err != nil {
			return fmt.Errorf("writing %s: %w", filepath.Join(dir, f.Name), plain(err))
		}
		names = append(names, n)
	}
	for i, f := range files {
		if err := os.Rename(names[i], filepath.Join(dir, f.Name)); err != nil {
			return fmt.Errorf("writing %s: %w", filepath.Join(dir, f.Name), plain(err))
		}
	}
	names = nil
	return syncDir(dir)
}

// WriteFile writes one file; where it exists it is replaced.
func WriteFile(path string, data []byte) error {
	return Write(filepath.Dir(path), File{Name: filepath.Base(path), Data: data})
}

// plain returns an error of the file system without the action and the
// temporary names, which say nothing to a reader.
func plain(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}

func writeTemporary(dir string, f File) (name string, err error) {
	t, err := os.CreateTemp(dir, temporary+f.Name+"-*")
	if err != nil {
		return "", err
	}
	defer func() {
		if err != nil {
			t.Close()
			os.Remove(t.Name())
		}
	}()
	if _, err = t.Write(f.Data); err != nil {
		return "", err
	}
	if err = t.Chmod(0o644); err != nil {
		return "", err
	}
	if err = t.Sync(); err != nil {
		return "", err
	}
	if err = t.Close(); err != nil {
		return "", err
	}
	return t.Name(), nil
}

// syncDir makes renames last. Systems that cannot sync a folder are let be.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return nil
	}
	defer d.Close()
	_ = d.Sync()
	return nil
}

// Clean removes the temporary files that a killed run left in a folder.
func Clean(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), temporary) && e.Type().IsRegular() {
			os.Remove(filepath.Join(dir, e.Name()))
		}
	}
}

// TooLargeError says that a file is larger than what is read.
type TooLargeError struct {
	Name  string
	Limit int64
}

// Error returns the message.
func (e *TooLargeError) Error() string {
	return fmt.Sprintf("%s: want a file of at most %d MB, got a larger one", e.Name, e.Limit>>20)
}

// Read reads a file of at most limit bytes.
func Read(path string, limit int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if s, err := f.Stat(); err == nil && s.IsDir() {
		return nil, &os.PathError{Op: "read", Path: path, Err: errors.New("is a folder")}
	}
	data, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err != nil {
		return nil, err
	}
	if int64(len(data)) > limit {
		return nil, &TooLargeError{Name: path, Limit: limit}
	}
	return data, nil
}

// HashFile returns the SHA-256 of a file in hexadecimal.
func HashFile(path string) (string, error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
