package cli

import (
	"fmt"

	"casebuilder/casebuilder/results"
)

// printSummary ends a build: the verdict, the headline figures, the files.
func printSummary(s Streams, r *results.BusinessCase, dir string) {
	fmt.Fprintf(s.Out, "%s: %s\n", r.Decision.Recommended, r.Decision.Verdict)
	fmt.Fprintf(s.Out, "wrote %s\n", dir)
}
