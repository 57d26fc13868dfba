package casestudies

import (
	"encoding/json"
	"os"
	"testing"
)

// Decoding the embedded library, as the first call of Embedded does.
func BenchmarkEmbedded(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		var cases []*Case
		if err := json.Unmarshal(libraryJSON, &cases); err != nil {
			b.Fatal(err)
		}
		newLibrary(cases)
	}
}

func BenchmarkAssumptions(b *testing.B) {
	for b.Loop() {
		var a assumptions
		if err := json.Unmarshal(assumptionsJSON, &a); err != nil {
			b.Fatal(err)
		}
		if err := a.check(newEvidence(a.Evidence)); err != nil {
			b.Fatal(err)
		}
	}
}

// The YAML files that the library is made from: what the generated file saves.
func BenchmarkReadCases(b *testing.B) {
	for b.Loop() {
		if _, _, problems := ReadCases(os.DirFS("cases"), "cases"); len(problems) > 0 {
			b.Fatal(problems)
		}
	}
}

func BenchmarkSearch(b *testing.B) {
	l, _ := Embedded()
	for b.Loop() {
		if _, err := l.Search(Filter{Words: "voucher loyalty"}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkFingerprint(b *testing.B) {
	l, _ := Embedded()
	for b.Loop() {
		l.Fingerprint()
	}
}
