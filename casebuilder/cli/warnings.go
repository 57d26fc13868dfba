package cli

import (
	"fmt"
	"io"
	"strings"

	"casebuilder/casebuilder/diag"
)

// maxAlike is how many warnings that differ in nothing but their place are
// printed one by one.
const maxAlike = 3

// printWarnings prints warnings, each on a line of its own. More than maxAlike
// that say the same of other places become one with their number: the drafts of
// a whole database lack the same field.
func printWarnings(w io.Writer, warnings diag.List) {
	same := map[diag.Problem]int{}
	kind := func(p diag.Problem) diag.Problem {
		p.Place = diag.Place{}
		return p
	}
	for _, p := range warnings {
		same[kind(p)]++
	}
	for _, p := range warnings {
		n := same[kind(p)]
		if n == 0 {
			continue // said before
		}
		text := "warning: " + p.Error()
		if n > maxAlike {
			same[kind(p)] = 0
			first, rest, more := strings.Cut(text, "\n")
			text = fmt.Sprintf("%s; and so in %d more places", first, n-1)
			if more {
				text += "\n" + rest
			}
		}
		fmt.Fprintln(w, text)
	}
}
