package intake

import (
	"fmt"
	"strings"
	"testing"

	"casebuilder/casebuilder/company"

	"github.com/google/go-cmp/cmp"
)

var retention = company.Reviewed{Field: "customers.retention", Was: "78%", Now: "74%", By: "Jo Marsh", Date: company.NewDate(2026, 11, 20), Reason: "CRM export of May: all of it"}

const retentionLine = `{field: customers.retention, was: 78%, now: 74%, by: Jo Marsh, date: 2026-11-20, reason: "CRM export of May: all of it"}`

func TestAppendReviewed(t *testing.T) {
	for _, x := range []struct{ what, src, want string }{ // L stands for the line above
		{"no list", "schema: 1\ncompany: {name: A}\n", "schema: 1\ncompany: {name: A}\nreviewed:  # accepted changes, newest last\n  - L\n"},
		{"no line end", "schema: 1", "schema: 1\nreviewed:  # accepted changes, newest last\n  - L\n"},
		{"all keys indented", "  schema: 1\n  company: {name: A}\n", "  schema: 1\n  company: {name: A}\n  reviewed:  # accepted changes, newest last\n    - L\n"},
		{"a remark at the end", "schema: 1\n# the end\n", "schema: 1\n# the end\nreviewed:  # accepted changes, newest last\n  - L\n"},
		{"one in braces", "{schema: 1, company: {name: A}}\n", "{schema: 1, company: {name: A}, reviewed: [L]}\n"},
		{"line ends of Windows", "schema: 1\r\n", "schema: 1\r\nreviewed:  # accepted changes, newest last\r\n  - L\r\n"},
		{"a list", "reviewed:   # ours\n- {field: a}  # May\nschema: 1\n", "reviewed:   # ours\n- {field: a}  # May\n- L\nschema: 1\n"},
		{"a list of blocks", "reviewed:\n  - field: a\n    reason: b # why\n\npaper: {}\n", "reviewed:\n  - field: a\n    reason: b # why\n  - L\n\npaper: {}\n"},
		{"a list at the end", "reviewed:\n  - {field: a}", "reviewed:\n  - {field: a}\n  - L\n"},
		{"a list in brackets", "reviewed: [{field: a},\n  {field: b}] # two\n", "reviewed: [{field: a},\n  {field: b}, L] # two\n"},
		{"an empty list", "reviewed: []\n", "reviewed: [L]\n"},
	} {
		got, err := AppendReviewed([]byte(x.src), retention)
		if want := strings.ReplaceAll(x.want, "L", retentionLine); err != nil || string(got) != want {
			t.Errorf("%s: %v -want +got\n%s", x.what, err, cmp.Diff(want, string(got)))
		}
	}
	for what, src := range map[string]string{
		"a dash on its own":     "reviewed:\n  -\n    field: a\n",
		"no value":              "reviewed:\nschema: 1\n",
		"the end of the stream": "schema: 1\n...\n",
	} {
		if got, err := AppendReviewed([]byte(src), retention); err == nil {
			t.Errorf("%s: want a problem, got\n%s", what, got)
		}
	}
}

// What is appended to a company file reads back, behind what was there; more
// than the file may hold is refused.
func TestReviewedReadsBack(t *testing.T) {
	src := read(t, "base.yaml")
	hostile := company.Reviewed{Field: "estimates.extra_churn", Was: `left out (low 1%, high 2%)`, Now: `low 1%, "high" 2%; '#' {}`, By: "- =HYPERLINK(\"x\")", Date: company.NewDate(2026, 11, 21), Reason: "null: [a] & *b !c"}
	var want []company.Reviewed
	for range 3 {
		var err error
		if src, err = AppendReviewed(src, retention, hostile); err != nil {
			t.Fatal(err)
		}
		want = append(want, retention, hostile)
	}
	p, _, err := Company("company.yaml", src, options())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, p.Reviewed); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if err := schema(t).Validate(asJSON(t, string(src))); err != nil {
		t.Error(err)
	}
	back, _, err := Unflatten("company.yaml", company.Flatten(p), nil, options())
	if diff := cmp.Diff(p, back); err != nil || diff != "" {
		t.Errorf("flattened: %v -want +got\n%s", err, diff)
	}
	many := make([]company.Reviewed, company.MaxReviewed-len(want)+1)
	for i := range many {
		many[i] = retention
		many[i].Reason = fmt.Sprint("round ", i)
	}
	if _, err := AppendReviewed(src, many...); err == nil || !strings.Contains(err.Error(), "at most 300 accepted changes") {
		t.Error(err)
	}
	if src, err = AppendReviewed(src, many[1:]...); err != nil {
		t.Fatal(err)
	}
	if p, _, err = Company("company.yaml", src, options()); err != nil || len(p.Reviewed) != company.MaxReviewed {
		t.Error(err)
	}
}

// History belongs to one company: the defaults of a batch have none.
func TestDefaultsHaveNoHistory(t *testing.T) {
	_, _, err := ReadDefaults("group.yaml", []byte("schema: 1\nreviewed: ["+retentionLine+"]\n"), options())
	if err == nil || !strings.Contains(err.Error(), `group.yaml:2:1: want a known key, got "reviewed"`) {
		t.Error(err)
	}
}
