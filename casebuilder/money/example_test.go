package money_test

import (
	"fmt"

	"casebuilder/casebuilder/money"
)

func Example() {
	r, _ := money.Read("2.4M")
	gbp, _ := money.LookUp("GBP")
	fmt.Println(r.Value)
	fmt.Println(money.English.Amount(9_314_159, gbp), "|", money.English.Measured(r.Value, gbp))
	fmt.Println(money.English.Share(0.0731), "|", money.English.Odds(0.0837, 100))

	column := money.English.Format("money/yr", gbp).Column(9_314_159, 430_400)
	fmt.Println(column.Head(), "|", column.Cell(9_314_159), "|", column.Cell(430_400))
	// Output:
	// 2.4e+06
	// £9.3m | £2.4m
	// 7.3% | 8 in 100
	// £m a year | 9.3 | 0.4
}
