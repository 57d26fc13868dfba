//go:build !linux

package store

import "errors"

// exchange swaps the names of two folders in one step, which this system
// cannot do.
func exchange(a, b string) error { return errors.ErrUnsupported }
