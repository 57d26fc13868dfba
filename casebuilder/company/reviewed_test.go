package company

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestChangedValues(t *testing.T) {
	for _, x := range []struct {
		text  string
		parts []Part
		shown string
	}{
		{"78%", []Part{{"", "78%"}}, ""},
		{"1,200", []Part{{"", "1,200"}}, ""},
		{"low 74%, high 82%", []Part{{"low", "74%"}, {"high", "82%"}}, ""},
		{"marketing 60%, customer service 40%", []Part{{"marketing", "60%"}, {"customer_service", "40%"}}, ""},
		{"left out", nil, ""},
		{"left out (low 1%, high 2%)", nil, "low 1%, high 2%"},
		{"lower than before", []Part{{"", "lower than before"}}, ""},
	} {
		parts, shown := ReadChanged(x.text)
		if diff := cmp.Diff(x.parts, parts); diff != "" || shown != x.shown {
			t.Errorf("%s: shown %q, -want +got\n%s", x.text, shown, diff)
		}
		if got := WriteChanged(x.parts, x.shown); got != x.text {
			t.Errorf("want %q, got %q", x.text, got)
		}
	}
}
