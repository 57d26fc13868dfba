package casestudies

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSearch(t *testing.T) {
	l := embedded(t)
	for _, test := range []struct {
		name  string
		f     Filter
		first []string // the first hits, in order
		n     int      // hits in all; 0: not checked
	}{
		{"all", Filter{}, nil, 113},
		{"the name comes first", Filter{Words: "zappos"}, []string{"zappos-2012"}, 0},
		{"all words must occur, in any order and case", Filter{Words: "ZAPPOS phones"}, []string{"zappos-2012"}, 1},
		{"a word that nobody uses", Filter{Words: "zappos xylophone"}, nil, 0},
		{"theme", Filter{Theme: "staff_diverted"}, nil, 4},
		{"sector", Filter{Sector: "telecom"}, nil, 8},
		{"country in small letters, latest first", Filter{Country: "jp"}, []string{"askul-2025", "asahi-2025"}, 6},
		{"data type", Filter{DataType: "passport"}, nil, 7},
		{"years", Filter{From: 2005, To: 2005}, []string{"cardsystems-2005", "choicepoint-2005"}, 2},
		{"disclosed cost", Filter{HasCost: true}, nil, 70},
		{"customers reacted", Filter{Reaction: Reacted}, nil, 23},
		{"customers did not react", Filter{Reaction: NotReacted}, nil, 20},
		{"nobody measured it", Filter{Reaction: NotMeasured}, nil, 70},
		{"together", Filter{Sector: "telecom", Country: "KR", Reaction: Reacted}, nil, 2},
		{"nothing fits all", Filter{Sector: "education", Country: "GB"}, nil, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			hits, err := l.Search(test.f)
			if err != nil {
				t.Fatal(err)
			}
			var ids []string
			for _, h := range hits {
				ids = append(ids, h.Case.ID)
			}
			if len(test.first) > 0 && (len(ids) < len(test.first) || !slices.Equal(ids[:len(test.first)], test.first)) {
				t.Errorf("got %v, want %v first", ids, test.first)
			}
			if (test.n > 0 || len(test.first) == 0) && len(ids) != test.n {
				t.Errorf("got %d hits, want %d: %v", len(ids), test.n, ids)
			}
		})
	}
}

func TestSearchSaysWhere(t *testing.T) {
	hits, err := embedded(t).Search(Filter{Words: "zappos phones"})
	if err != nil || len(hits) != 1 {
		t.Fatalf("got %v, %v", hits, err)
	}
	// "zappos" in the ID (10), "phones" in the headline (5)
	if diff := cmp.Diff([]string{"id", "headline"}, hits[0].In); diff != "" || hits[0].Score != 15 {
		t.Errorf("score %d, -want +got:\n%s", hits[0].Score, diff)
	}
}

func TestSearchForWhatIsNotThere(t *testing.T) {
	l := embedded(t)
	_, err := l.Search(Filter{Sector: "government"})
	var none *NoComparableError
	if !errors.As(err, &none) || !slices.Equal(none.Nearest, []string{"retail", "technology", "financial"}) {
		t.Errorf("government: got %v", err)
	}
	_, err = l.Search(Filter{Sector: "hospitalty"})
	if !errors.As(err, &none) || none.Nearest[0] != "hospitality" || len(none.Nearest) != 3 {
		t.Errorf("hospitalty: got %v", err)
	}
	for _, test := range []struct {
		f    Filter
		want string
	}{
		{Filter{Theme: "godwill"}, `no case of the library has the theme "godwill"; did you mean goodwill?`},
		{Filter{DataType: "iris_scan"}, `no case of the library has the data type "iris_scan"`},
		{Filter{Country: "de"}, `no case of the library has the country "DE"`},
		{Filter{Kind: "breach"}, `no case of the library has the kind "breach"`},
	} {
		_, err := l.Search(test.f)
		var unknown *UnknownWordError
		if !errors.As(err, &unknown) || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%+v: got %v, want %s", test.f, err, test.want)
		}
	}
}

func TestCounts(t *testing.T) {
	c := embedded(t).Counts()
	if c.Sectors[0] != (WordCount{"retail", 48}) || c.Countries[0] != (WordCount{"US", 72}) || c.Kinds[0] != (WordCount{"data_breach", 88}) {
		t.Errorf("got %v, %v, %v", c.Sectors[0], c.Countries[0], c.Kinds[0])
	}
}
