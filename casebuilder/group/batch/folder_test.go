package batch

import (
	"strings"
	"testing"
)

func TestFolder(t *testing.T) {
	for name, want := range map[string]string{
		"North":            "north",
		"  North   East  ": "north-east",
		"north east":       "north-east",
		"Unit 7":           "unit-7",
	} {
		if got := Folder(name); got != want {
			t.Errorf("%q: want %s, got %s", name, want, got)
		}
	}
	// What loses something has a readable part and a hash.
	seen := map[string]string{}
	for name, want := range map[string]string{
		"North-East": "north-east_", "East & West": "east-west_", "Übersee": "ubersee_", "日本": "unit_", "": "unit_", "..": "unit_", "a/../b": "a-b_",
		"con": "con_", "x_y": "x-y_", "x y.": "x-y_", "\x00": "unit_", "-": "unit_", strings.Repeat("long ", 50): "long-long-long-long-long-long-long-long-long-lon_",
		"🦊": "unit_", "\u202eabc": "abc_",
	} {
		got := Folder(name)
		if rest, ok := strings.CutPrefix(got, want); !ok || len(rest) != 10 {
			t.Errorf("%q: want %s and a hash, got %s", name, want, got)
		}
		if other, ok := seen[got]; ok {
			t.Errorf("%q and %q: want two folders, got %s", name, other, got)
		}
		seen[got] = name
	}
}

func TestParseShard(t *testing.T) {
	if k, n, err := ParseShard("2/3"); k != 2 || n != 3 || err != nil {
		t.Errorf("want 2 of 3, got %d, %d, %v", k, n, err)
	}
	for _, s := range []string{"", "0/3", "4/3", "1", "1/0", "a/b", "-1/3", "1/3/5", "9999999/9999999"} {
		if _, _, err := ParseShard(s); err == nil {
			t.Errorf("%q: want an error, got none", s)
		}
	}
}

func FuzzFolder(f *testing.F) {
	f.Add("East & West")
	f.Fuzz(func(t *testing.T, name string) {
		got := Folder(name)
		if got == "" || len(got) > 64 || strings.Trim(got, "abcdefghijklmnopqrstuvwxyz0123456789-_") != "" {
			t.Errorf("%q: got %q", name, got)
		}
	})
}
