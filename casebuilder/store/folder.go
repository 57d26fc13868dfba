package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// aside is the ending of a folder that was moved away to make room for its
// successor, where the system cannot exchange two folders.
const aside = "old"

// WriteFolder puts a whole folder in its place. The files are written and
// synced in a temporary folder beside it, which then takes the name; the
// folder that had it goes. A full disk or a kill leaves the old folder, with
// everything in it, or the new one.
//
// owned are the names that belong to the caller: those that are not written
// are gone afterwards. Other files of the old folder, a person's notes, move
// along; other folders and links in it are an error.
//
// Where the system cannot exchange two folders in one step, the old one is
// moved aside first; CleanFolders puts it back after a kill in between.
func WriteFolder(dir string, owned []string, files ...File) (err error) {
	parent, name := filepath.Split(filepath.Clean(dir))
	if parent == "" {
		parent = "."
	}
	if err := MakeFolder(parent); err != nil {
		return err
	}
	work, err := os.MkdirTemp(parent, temporary+name+".*")
	if err != nil {
		return fmt.Errorf("writing %s: %w", dir, err)
	}
	defer func() {
		if err != nil {
			os.RemoveAll(work)
		}
	}()
	if err := os.Chmod(work, 0o755); err != nil {
		return fmt.Errorf("writing %s: %w", dir, err)
	}
	for _, f := range files {
		if err := writeNew(filepath.Join(work, f.Name), f.Data); err != nil {
			return fmt.Errorf("writing %s: %w", filepath.Join(dir, f.Name), plain(err))
		}
	}
	if err := carryOver(filepath.Join(parent, name), work, owned); err != nil {
		return fmt.Errorf("writing %s: %w", dir, err)
	}
	if err := syncDir(work); err != nil {
		return err
	}
	if err := replaceFolder(work, filepath.Join(parent, name), filepath.Join(parent, temporary+name+"."+aside)); err != nil {
		return fmt.Errorf("writing %s: %w", dir, err)
	}
	return syncDir(parent)
}

// writeNew writes and syncs a file that is not there yet.
func writeNew(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// carryOver links the files of a person into the folder that takes over.
func carryOver(old, work string, owned []string) error {
	entries, err := os.ReadDir(old)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		name := e.Name()
		if slices.Contains(owned, name) || strings.HasPrefix(name, temporary) {
			continue
		}
		if !e.Type().IsRegular() {
			return fmt.Errorf("want nothing but files in it, got %q", name)
		}
		from, to := filepath.Join(old, name), filepath.Join(work, name)
		if os.Link(from, to) == nil {
			continue
		}
		data, err := os.ReadFile(from)
		if err != nil {
			return err
		}
		if err := writeNew(to, data); err != nil {
			return err
		}
	}
	return nil
}

// replaceFolder gives work the name dir, and removes what had it.
func replaceFolder(work, dir, old string) error {
	if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
		return os.Rename(work, dir)
	} else if err != nil {
		return err
	}
	if exchange(work, dir) == nil {
		return os.RemoveAll(work)
	}
	if err := os.RemoveAll(old); err != nil {
		return err
	}
	if err := os.Rename(dir, old); err != nil {
		return err
	}
	if err := os.Rename(work, dir); err != nil {
		return errors.Join(err, os.Rename(old, dir))
	}
	return os.RemoveAll(old)
}

// CleanFolders removes what killed runs left of the folders of dir that mine
// names, and puts a folder back that was moved aside and not replaced.
// Folders that another run is writing at this moment must not be named.
func CleanFolders(dir string, mine func(name string) bool) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, e := range entries {
		rest, ok := strings.CutPrefix(e.Name(), temporary)
		dot := strings.LastIndexByte(rest, '.')
		if !ok || !e.IsDir() || dot < 0 || !mine(rest[:dot]) {
			continue
		}
		path, name := filepath.Join(dir, e.Name()), filepath.Join(dir, rest[:dot])
		if _, err := os.Lstat(name); rest[dot+1:] == aside && errors.Is(err, fs.ErrNotExist) {
			if err := os.Rename(path, name); err != nil {
				return err
			}
			continue
		}
		if err := os.RemoveAll(path); err != nil {
			return err
		}
	}
	return nil
}

// BusyError says that another run is writing into a folder.
type BusyError struct{ Dir string }

// Error returns the message.
func (e *BusyError) Error() string {
	return fmt.Sprintf("%s: another run is writing into this folder", e.Dir)
}

// Lock keeps a folder for one run, or for several that share it: while one has
// it alone nobody else gets it, and the other way round. It is a *BusyError
// when somebody has it. A killed run lets go. No file is left behind; systems
// without such locks are let be.
func Lock(dir string, shared bool) (unlock func(), err error) {
	d, err := os.Open(dir)
	if err != nil {
		return nil, err
	}
	if !tryLock(d, shared) {
		d.Close()
		return nil, &BusyError{Dir: dir}
	}
	return func() { d.Close() }, nil
}

// patience is how long WriteAlone waits for another run.
const patience = 10 * time.Second

// WriteAlone is Write while no other run writes into the folder, so that files
// of two runs do not mix. It waits a few seconds for the other one; the error
// is then a *BusyError.
func WriteAlone(dir string, files ...File) error {
	if err := MakeFolder(dir); err != nil {
		return err
	}
	for until := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		unlock, err := Lock(dir, false)
		if err == nil {
			defer unlock()
			return Write(dir, files...)
		}
		var busy *BusyError
		if !errors.As(err, &busy) {
			return Write(dir, files...) // a folder that cannot be read can be written into
		}
		if time.Now().After(until) {
			return err
		}
	}
}
