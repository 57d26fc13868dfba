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
	"slices"
	"strings"
	"syscall"
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
// new. What an earlier run left of files of these names is removed; the other
// files of the folder may be those of a run that goes on beside this one.
func Write(dir string, files ...File) (err error) {
	if err := MakeFolder(dir); err != nil {
		return err
	}
	clean(dir, files)
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

// MakeFolder makes a folder, with those above it, where it is missing.
func MakeFolder(dir string) error {
	err := os.MkdirAll(dir, 0o777)
	if errors.Is(err, syscall.ENOTDIR) || errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s: want a folder, got a file of that name", dir)
	}
	if err != nil {
		return fmt.Errorf("making the folder %s: %w", dir, plain(err))
	}
	return nil
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

// Clean removes the temporary files that killed runs left in a folder into
// which nobody else writes.
func Clean(dir string) {
	remove(dir, func(string) bool { return true })
}

// clean removes those of some files.
func clean(dir string, files []File) {
	remove(dir, func(rest string) bool {
		return slices.ContainsFunc(files, func(f File) bool { return strings.HasPrefix(rest, f.Name+"-") })
	})
}

// remove removes the temporary files whose names go on as wanted.
func remove(dir string, wanted func(rest string) bool) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, e := range entries {
		if rest, ok := strings.CutPrefix(e.Name(), temporary); ok && e.Type().IsRegular() && wanted(rest) {
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
