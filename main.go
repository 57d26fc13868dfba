// Casebuilder makes the business case for a security budget: a board-ready
// pitch and a live workbook, from real breach cases and one company's numbers.
package main

import (
	"os"

	"casebuilder/casebuilder/cli"
)

func main() {
	os.Exit(cli.Run(os.Args, cli.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
}
