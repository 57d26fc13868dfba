package intake

import (
	"errors"
	"math"
	"strings"
	"testing"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
)

// sound fails where a reader let something through: a profile with problems,
// without a currency, or with a number that is not finite; an error without
// problems.
func sound(t *testing.T, p *company.Profile, err error) {
	t.Helper()
	if err != nil {
		var list diag.List
		if !errors.As(err, &list) || len(list) == 0 {
			t.Errorf("an error that is no list of problems: %v", err)
		}
		for _, x := range list {
			if x.Want == "" || x.Got == "" {
				t.Errorf("half a problem: %+v", x)
			}
		}
		if p != nil {
			t.Error("a profile beside an error")
		}
		return
	}
	if problems, _ := company.Validate(p, options().Rules); len(problems) > 0 {
		t.Errorf("let through: %v", problems)
	}
	for _, e := range company.Flatten(p) {
		if math.IsNaN(e.Number) || math.IsInf(e.Number, 0) {
			t.Errorf("let through: %+v", e)
		}
	}
}

func FuzzCompany(f *testing.F) {
	base := string(read(f, "base.yaml"))
	f.Add([]byte(base))
	f.Add([]byte(compact))
	for _, s := range []string{"", "a: &x [*x]", "{a: 1", "a:\n\t- b", "? a\n: b", "- - - -", "%YAML 1.2\n---\na: b", "a: !!binary x", "<<: {a: b}", "a: |\n b\n c", "---\n...\n---\n", "a: 'x", `a: "\u`} {
		f.Add([]byte(s))
		f.Add([]byte(base + s))
	}
	o := options()
	f.Fuzz(func(t *testing.T, src []byte) {
		p, _, err := Company("c.yaml", src, o)
		sound(t, p, err)
	})
}

func FuzzUnitsCSV(f *testing.F) {
	o := withDefaults(f)
	f.Add([]byte(unitsHead + "Nordics,400k,1.1M,78%,0.5%,3%,no,2026-12-31\n"))
	f.Add([]byte("company.unit;customers.active;customers.on_file\nA;1;2\nA;1;2\n"))
	f.Add([]byte("company.unit\tcustomers.active\tcustomers.on_file\toptions.a.b.name\toptions.a.b\n\"A\"\"\"\t1\t2\tx\ty\n"))
	f.Add([]byte("company.unit,customers.active,customers.on_file,appetite.levels.2.loss,appetite.levels,estimates.\nA,1,2,3,4,5\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		u, err := UnitsCSV("u.csv", src, o)
		checkUnits(t, u, err)
	})
}

func FuzzUnitsXLSX(f *testing.F) {
	o := withDefaults(f)
	f.Add(workbook(f, "Units", []any{"company.unit", "customers.active", "customers.on_file"}, []any{"A", 1, 2}))
	f.Add(workbook(f, "S", []any{"company.unit"}))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, src []byte) {
		u, err := UnitsXLSX("u.xlsx", src, o)
		checkUnits(t, u, err)
	})
}

// FuzzSheet puts any text where the cells of a sheet are, which random bytes of
// a zip file hardly reach.
func FuzzSheet(f *testing.F) {
	o := withDefaults(f)
	f.Add("company.unit|customers.active|customers.on_file\nA|1|2")
	f.Add("company.unit|customers.active|customers.on_file|company.as_of\nA|1|2|46387\n|||\nB|x")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 10_000 {
			return
		}
		var rows [][]any
		for line := range strings.SplitSeq(text, "\n") {
			var row []any
			for s := range strings.SplitSeq(line, "|") {
				if len(s) < 1000 {
					row = append(row, s)
				}
			}
			rows = append(rows, row)
		}
		u, err := UnitsXLSX("u.xlsx", workbook(t, "Units", rows...), o)
		checkUnits(t, u, err)
	})
}

func checkUnits(t *testing.T, u *Units, err error) {
	t.Helper()
	if err != nil {
		sound(t, nil, err)
		return
	}
	for i := range u.Len() {
		unit := u.Unit(i)
		sound(t, unit.Profile, unit.Problems.Err())
	}
}
