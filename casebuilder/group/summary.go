package group

import (
	"fmt"
	"io"

	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/money"
)

// Summary prints the group in a few lines, for a terminal.
func Summary(w io.Writer, c *Case) {
	cur, _ := money.LookUp(c.Currency)
	amount := func(v float64) string { return money.English.Amount(v, cur) }
	units := "units"
	if c.Of() == 1 {
		units = "unit"
	}
	fmt.Fprintf(w, "%s: %d of %d %s, %s\n", diag.Printable(c.Name), len(c.Units), c.Of(), units, c.Verdict)
	fmt.Fprintf(w, "  expected loss a year  %s\n", amount(c.ALE))
	then := c.Then()
	after := func(s string) string {
		if c.Subject == 0 {
			return ""
		}
		return "; " + s + " " + map[bool]string{true: "as recommended", false: "with what pays most"}[c.Recommended == c.Subject]
	}
	fmt.Fprintf(w, "  1-in-20 year          more than %s%s\n", amount(c.Levels[1].Group), after(amount(then.Levels[1])))
	for _, a := range c.Appetite {
		fmt.Fprintf(w, "  over %-16s %s of years%s; accepted %s\n", amount(a.Loss), money.English.Share(a.By[0]), after(money.English.Share(a.By[c.Subject])), money.English.MeasuredShare(a.Chance))
	}
	switch {
	case c.Recommended > 0:
		fmt.Fprintf(w, "  asked for             %s a year; NPV %s\n", amount(then.CostYearly), amount(then.NPV))
	case c.Subject > 0:
		fmt.Fprintf(w, "  nothing is asked for  the best choice, %s a year, has an NPV of %s\n", amount(then.CostYearly), amount(then.NPV))
	}
}
