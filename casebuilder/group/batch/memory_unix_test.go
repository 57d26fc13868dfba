//go:build unix

package batch_test

import (
	"path/filepath"
	"syscall"
	"testing"
)

// Ten times as many units need about as much memory: a unit's case is let go
// when its folder is written. CASEBUILDER_UNITS is the larger number.
func TestMemory(t *testing.T) {
	n := number("CASEBUILDER_UNITS", 12)
	peak := func(n int) float64 {
		table, defaults := units(t, n)
		c := start(t, table, defaults, filepath.Join(t.TempDir(), "out"), "--jobs", "2")
		c.must(t)
		usage, ok := c.ProcessState.SysUsage().(*syscall.Rusage)
		if !ok {
			t.Skip("the system does not say what a process used")
		}
		return float64(usage.Maxrss)
	}
	few, many := peak(max(2, n/10)), peak(n)
	t.Logf("%d units have %.2f times the peak of %d", n, many/few, max(2, n/10))
	if many > 1.5*few {
		t.Errorf("want at most 1.5 times the memory for %d units, got %.2f times", n, many/few)
	}
}
