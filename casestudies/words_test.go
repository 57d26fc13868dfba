package casestudies_test

import (
	"slices"
	"testing"

	"casebuilder/casebuilder/company"
	"casebuilder/casestudies"
)

// A company and a case are described in the same words.
func TestWordsOfTheCompanyFile(t *testing.T) {
	for _, w := range []struct {
		name      string
		got, want []string
	}{
		{"sectors", casestudies.Sectors, company.Sectors},
		{"positionings", casestudies.Positionings, company.Positionings},
		{"data types", casestudies.DataTypes, company.DataTypes},
	} {
		if !slices.Equal(w.got, w.want) {
			t.Errorf("%s: got %v, the company file has %v", w.name, w.got, w.want)
		}
	}
}
