package intake

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"casebuilder/casebuilder/company"

	"github.com/google/go-cmp/cmp"
)

// The starter of every sector runs as it stands, warns of nothing, and none of
// its derived figures looks wrong.
func TestStarterRunsAsItStands(t *testing.T) {
	for _, sector := range company.Sectors {
		src, err := Starter(sector, nil)
		if err != nil {
			t.Fatal(err)
		}
		p, warnings, err := Company("company.yaml", src, options())
		if err != nil || len(warnings) > 0 {
			t.Errorf("%s: %v %v", sector, err, warnings)
			continue
		}
		if p.Company.Sector != sector || len(p.Options) != 3 || len(p.Appetite.Levels) != 2 {
			t.Errorf("%s: %+v", sector, p)
		}
		for _, d := range company.Sanity(p, 0.78) {
			if d.Outside() {
				t.Errorf("%s: %s is %v: %s", sector, d.Label, d.Value, d.Note)
			}
		}
		for line := range strings.SplitSeq(string(src), "\n") {
			if n := len([]rune(line)); n > 160 || strings.TrimRight(line, " ") != line {
				t.Errorf("%s: a line of %d characters, or with spaces at its end: %q", sector, n, line)
			}
		}
	}
}

// Every field stands in the starter, with a comment; with all the comment signs
// of fields taken away it still runs.
func TestStarterHasEveryField(t *testing.T) {
	src, err := Starter("retail", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range company.Fields {
		if !strings.Contains(string(src), "\n"+strings.Repeat("  ", strings.Count(f.ID, "."))+f.Key()+": ") &&
			!strings.Contains(string(src), "\n"+strings.Repeat("  ", strings.Count(f.ID, "."))+"# "+f.Key()+": ") {
			t.Errorf("no line for %s", f.ID)
		}
	}
	var all []string
	for line := range strings.SplitSeq(string(src), "\n") {
		body := strings.TrimLeft(line, " ")
		key, _, isKey := strings.Cut(strings.TrimPrefix(body, "# "), ":")
		if isKey && strings.HasPrefix(body, "# ") && fieldKeys[key] {
			line = strings.Replace(line, "# ", "", 1)
		}
		all = append(all, line)
	}
	p, _, err := Company("company.yaml", []byte(strings.Join(all, "\n")), options())
	if err != nil {
		t.Fatalf("%v\n%s", err, strings.Join(all, "\n"))
	}
	for _, f := range company.Fields {
		if n := f.Number(p); n != nil && !n.Given {
			t.Errorf("%s is not read", f.ID)
		}
	}
}

var fieldKeys = func() map[string]bool {
	m := map[string]bool{}
	for _, keys := range fieldTree {
		for _, k := range keys {
			m[k] = true
		}
	}
	return m
}()

func TestStarterTakesAnswers(t *testing.T) {
	src, err := Starter("retail", map[string]string{"company.name": `"Quoted": name # no comment`, "customers.retention": "81%", "marketing.voucher": "12",
		"appetite.levels.1.loss": "7M", "paper.decider": "Board", "security.insurance.limit": "1M", "customers.data_held": "name; health"})
	if err != nil {
		t.Fatal(err)
	}
	p, _, err := Company("company.yaml", src, options())
	if err != nil {
		t.Fatal(err)
	}
	got := []any{p.Company.Name, p.Customers.Retention.Value, p.Marketing.Voucher.Value, p.Appetite.Levels[0].Loss.Value, p.Paper.Decider,
		p.Security.Insurance.Limit.Value, strings.Join(p.Customers.DataHeld, " ")}
	want := []any{`"Quoted": name # no comment`, 0.81, 12.0, 7e6, "Board", 1e6, "name health"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if _, err := Starter("shop", nil); err == nil || !strings.Contains(err.Error(), `company.sector: want one of retail`) {
		t.Errorf("no such sector: %v", err)
	}
	if _, err := Starter("retail", map[string]string{"customers.x": "1"}); err == nil {
		t.Error("no such field")
	}
}

func TestUnitTableRunsAsItStands(t *testing.T) {
	var head, row []string
	var cells []any
	for _, c := range UnitTable() {
		head, row = append(head, c.Field.ID), append(row, c.Example)
		cells = append(cells, c.Example)
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.WriteAll([][]string{head, row}); err != nil {
		t.Fatal(err)
	}
	p, err := only(UnitsCSV("units.csv", b.Bytes(), options()))
	if err != nil || p.Company.Unit != "Online shop" {
		t.Fatalf("%+v %v", p, err)
	}
	var names []any
	for _, s := range head {
		names = append(names, s)
	}
	q, err := only(UnitsXLSX("units.xlsx", workbook(t, "Units", names, cells), options()))
	if diff := cmp.Diff(p, q); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
	if head[0] != "company.unit" {
		t.Errorf("the first column is %s", head[0])
	}
}
