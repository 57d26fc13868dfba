package cli

import (
	"strings"
	"testing"

	"casebuilder/casebuilder/diag"
)

// Three that say the same stand one by one, four become one; others stay
// where they were.
func TestPrintWarnings(t *testing.T) {
	at := func(file, field string) diag.Problem {
		return diag.Problem{Place: diag.Place{File: file, Line: 3}, Field: field, Want: "a date", Got: "nothing", Hint: "as undated"}
	}
	list := diag.List{at("a", "x"), at("a", "y"), at("b", "x"), at("c", "x"), at("b", "y"), at("d", "x"), at("c", "y")}
	var out strings.Builder
	printWarnings(&out, list)
	want := `warning: a:3: x: want a date, got nothing; and so in 3 more places
  hint: as undated
warning: a:3: y: want a date, got nothing
  hint: as undated
warning: b:3: y: want a date, got nothing
  hint: as undated
warning: c:3: y: want a date, got nothing
  hint: as undated
`
	if got := out.String(); got != want {
		t.Errorf("-want +got\n-%s\n+%s", want, got)
	}
}
