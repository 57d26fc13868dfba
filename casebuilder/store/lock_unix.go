//go:build unix && !aix && !solaris

package store

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// tryLock reports whether a folder is free. A file system that has no locks
// gives it to everybody.
func tryLock(d *os.File, shared bool) bool {
	how := unix.LOCK_EX
	if shared {
		how = unix.LOCK_SH
	}
	return !errors.Is(unix.Flock(int(d.Fd()), how|unix.LOCK_NB), unix.EWOULDBLOCK)
}
