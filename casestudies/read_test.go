package casestudies

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"casebuilder/casebuilder/diag"
)

// least is the shortest case that is taken without a warning.
const least = `id: small-2024
organisation: Small Shop
sector: retail
disclosed: 2024-05
attack: hacking
summary: Someone copied the list of customers.
model: {kind: data_breach}
sources:
  - {id: s1, title: A letter to customers, kind: company}
`

func messages(l diag.List) []string {
	var out []string
	for _, p := range l {
		out = append(out, p.Error())
	}
	return out
}

func TestLeastCase(t *testing.T) {
	cases, warnings, problems := ReadCaseFile("small.yaml", []byte(least))
	if len(cases) != 1 || len(warnings) > 0 || len(problems) > 0 {
		t.Fatalf("got %d cases, warnings %v, problems %v", len(cases), warnings, problems)
	}
	c := cases[0]
	if c.ID != "small-2024" || c.Year() != 2024 || c.Headline() != "Someone copied the list of customers" || c.Place().String() != "small.yaml:1:1" {
		t.Errorf("got %+v, headline %q, place %v", c, c.Headline(), c.Place())
	}
}

// The error gallery: one change to the least case, and what is said of it.
func TestProblemsOfACase(t *testing.T) {
	const rest = "model: {kind: data_breach}\n"
	replace := func(old, new string) string { return strings.Replace(least, old, new, 1) }
	add := func(more string) string { return least + more }
	model := func(more string) string { return replace(rest, "model:\n  kind: data_breach\n"+more) }
	for _, test := range []struct {
		name, text        string
		problem, warnings []string // without the name of the file
	}{
		{name: "figure without a source", text: add("customer_base: {value: 5000}\n"),
			problem: []string{`10:16: customer_base.source: want the id of a source of this case, got nothing` + "\n  hint: a figure without a source is not taken"}},
		{name: "source that is not there", text: add("customer_base: {value: 5000, source: s2}\n"),
			problem: []string{`10:38: customer_base.source: want the id of a source of this case, got "s2"` + "\n  hint: list it under sources, or did you mean s1?"}},
		{name: "model figure without sources", text: model("  people: {value: 5000, basis: counted}\n"),
			problem: []string{`9:11: model.people.sources: want the id of a source of this case, got nothing` + "\n  hint: a figure without a source is not taken"}},
		{name: "reaction without sources", text: model("  reaction: {seen: true, strength: strong}\n"),
			problem: []string{`9:13: model.reaction.sources: want the id of a source of this case, got nothing` + "\n  hint: a figure without a source is not taken"}},
		{name: "share above one", text: model("  observations:\n    - {driver: extra_churn, value: 2.4, basis: b, strength: weak, sources: [s1]}\n"),
			problem: []string{`10:36: model.observations[0].value: want a share from 0 to 1, got 2.4`}},
		{name: "negative share", text: model("  observations:\n    - {driver: extra_churn, value: -0.1, basis: b, strength: weak, sources: [s1]}\n"),
			problem: []string{`10:36: model.observations[0].value: want a share from 0 to 1, got -0.1`}},
		{name: "not a number", text: model("  observations:\n    - {driver: extra_churn, value: .nan, basis: b, strength: weak, sources: [s1]}\n"),
			problem: []string{`10:36: model.observations[0].value: want a number, got ".nan"` + "\n  hint: write plain digits, such as 24000000 or 0.024"}},
		{name: "infinite", text: add("costs:\n  - {category: legal, amount: .inf, currency: USD, basis: paid, as_of: 2024, source: s1}\n"),
			problem: []string{`11:31: costs[0].amount: want a number, got ".inf"` + "\n  hint: write plain digits, such as 24000000 or 0.024"}},
		{name: "negative cost", text: add("costs:\n  - {category: legal, amount: -5, currency: USD, basis: paid, as_of: 2024, source: s1}\n"),
			problem: []string{`11:31: costs[0].amount: want an amount, zero or more, got -5`}},
		{name: "no people", text: add("people_affected: {value: 0, unit: people, source: s1}\n"),
			problem: []string{`10:26: people_affected.value: want a number from 1 to 10 billion, got 0`}},
		{name: "swapped range", text: add("people_affected: {value: 50, unit: people, low: 60, high: 40, source: s1}\n"), problem: []string{
			`10:49: people_affected.low: want a number from 0 to the value, got 60`,
			`10:59: people_affected.high: want a number from the value to 10 billion, got 40`}},
		{name: "no such day", text: replace("2024-05", "2024-02-30"),
			problem: []string{`4:12: disclosed: want a date from 1980 to 2100, such as 2026, 2026-03 or 2026-03-31, got "2024-02-30"`}},
		{name: "far year", text: replace("2024-05", "1812"),
			problem: []string{`4:12: disclosed: want a date from 1980 to 2100, such as 2026, 2026-03 or 2026-03-31, got "1812"`}},
		{name: "dates in the wrong order", text: add("incident_start: 2024-06\nincident_end: 2024-01-05\n"), problem: []string{
			`4:12: disclosed: want a date on or after incident_start (2024-06), got 2024-05`,
			`11:15: incident_end: want a date on or after incident_start (2024-06), got 2024-01-05`}},
		{name: "currency", text: add("annual_revenue: {value: 5, currency: dollars, fiscal_year: 1066, source: s1}\n"), problem: []string{
			`10:38: annual_revenue.currency: want a currency code of three letters, such as GBP, got "dollars"`,
			`10:60: annual_revenue.fiscal_year: want a year from 1980 to 2100, got 1066`}},
		{name: "no kind", text: replace(rest, ""),
			problem: []string{`1:1: model.kind: want one of data_breach, outage_only, both, got nothing`}},
		{name: "kind", text: replace("data_breach", "data-breach"),
			problem: []string{`7:15: model.kind: want one of data_breach, outage_only, both, got "data-breach"` + "\n  hint: did you mean data_breach?"}},
		{name: "positioning", text: add("positioning: Premium\n"),
			problem: []string{`10:14: positioning: want one of premium, mid, value, got "Premium"` + "\n  hint: did you mean premium?"}},
		{name: "strength", text: model("  direct_cost: {amount: 5, currency: USD, year: 2024, basis: disclosed_total, strength: good, sources: [s1]}\n"),
			problem: []string{`9:89: model.direct_cost.strength: want one of strong, moderate, weak, got "good"`}},
		{name: "days without a closure", text: model("  closure: {days: 3, sources: [s1]}\n"),
			problem: []string{`9:19: model.closure.days: want days of a closure, with closed: true, got days without it: 3`}},
		{name: "id", text: replace("small-2024", "Small 2024"),
			problem: []string{`1:5: id: want an id of lower-case letters, digits and hyphens, such as zappos-2012, got "Small 2024"`}},
		{name: "id with a path", text: replace("small-2024", "../x"),
			problem: []string{`1:5: id: want an id of lower-case letters, digits and hyphens, such as zappos-2012, got "../x"`}},
		{name: "sources of one id", text: replace("sources:\n", "sources:\n  - {id: s1, title: B, kind: press}\n"),
			problem: []string{`10:10: sources[1].id: want an id that no other source of this case has, got "s1"`}},
		{name: "no sources", text: replace("sources:\n  - {id: s1, title: A letter to customers, kind: company}\n", ""),
			problem: []string{`1:1: sources: want at least one source, got none` + "\n  hint: a case without a source is not taken"}},
		{name: "address", text: replace("kind: company", `kind: company, url: "javascript:alert(1)"`),
			problem: []string{`9:64: sources[0].url: want an address that begins with https:// or http://, got "javascript:alert(1)"`}},
		{name: "unknown key", text: replace("organisation", "organization"), problem: []string{
			`1:1: organisation: want the name of the organisation, got nothing`,
			`2:1: want a known field, got "organization"` + "\n  hint: did you mean organisation?"}},
		{name: "a long name", text: replace("Small Shop", strings.Repeat("x", 201)),
			problem: []string{`2:15: organisation: want at most 200 characters, got 201`}},
		{name: "no basis", text: model("  observations:\n    - {driver: closed_days, value: 3, strength: weak, sources: [s1]}\n"),
			problem: []string{`10:7: model.observations[0].basis: want the arithmetic behind the value, got nothing`}},

		{name: "unknown words are taken", text: strings.NewReplacer("sector: retail", "sector: retial", "attack: hacking", "attack: flood",
			rest, "model:\n  kind: data_breach\n  replay: {headline: h, themes: [weather]}\ndata_types: [emial, email]\n").Replace(least), warnings: []string{
			`3:9: sector: want a sector that the library knows, got "retial"` + "\n  hint: it is taken as it is; did you mean retail?",
			`5:9: attack: want an attack that the library knows, got "flood"` + "\n  hint: it is taken as it is",
			`9:34: model.replay.themes[0]: want a theme that the library knows, got "weather"` + "\n  hint: it is taken as it is",
			`10:14: data_types[0]: want a data type that the library knows, got "emial"` + "\n  hint: it is taken as it is; did you mean email?"}},
		{name: "currency without a rate", text: add("costs:\n  - {category: legal, amount: 5, currency: ISK, basis: paid, as_of: 2024, source: s1}\n"), warnings: []string{
			`11:44: costs[0].currency: want a currency with an exchange rate, got ISK` +
				"\n  hint: the amount is shown and not compared in dollars; known are USD, GBP, EUR, JPY, KRW, CAD, AUD, NZD, SGD, HKD, CHF, SEK, NOK, DKK, INR, CNY, ZAR, BRL, MXN"}},
		{name: "no date", text: replace("disclosed: 2024-05\n", ""), warnings: []string{
			`1:1: disclosed: want the date on which the public heard of it, got nothing` + "\n  hint: the case is ordered by its start, or as undated"}},
		{name: "unknown driver", text: model("  observations:\n    - {driver: extra_chrun, value: 0.1, basis: b, strength: weak, sources: [s1]}\n"), warnings: []string{
			`10:16: model.observations[0].driver: want a driver that the library knows, got "extra_chrun"` + "\n  hint: it is taken as it is; did you mean extra_churn?"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			cases, warnings, problems := ReadCaseFile("", []byte(test.text))
			trim := func(l diag.List) []string {
				var out []string
				for _, m := range messages(l) {
					out = append(out, strings.TrimPrefix(m, ":"))
				}
				return out
			}
			if diff := cmp.Diff(test.problem, trim(problems)); diff != "" {
				t.Errorf("problems (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.warnings, trim(warnings)); test.problem == nil && diff != "" {
				t.Errorf("warnings (-want +got):\n%s", diff)
			}
			if got, want := len(cases), min(1, max(0, 1-len(test.problem))); got != want {
				t.Errorf("got %d cases, want %d", got, want)
			}
		})
	}
}

func TestAllProblemsAtOnceInFileOrder(t *testing.T) {
	_, _, problems := ReadCaseFile("bad.yaml", []byte(`id: Bad
organisation: Bad Shop
sector: retail
disclosed: 2024-13
attack: hacking
summary: x
customer_base: {value: -3, source: s9}
model: {kind: data_breach}
sources:
  - {id: s1, title: T, kind: press, date: yesterday}
`))
	want := []string{"bad.yaml:1:5: id", "bad.yaml:4:12: disclosed", "bad.yaml:7:24: customer_base.value", "bad.yaml:7:36: customer_base.source", "bad.yaml:10:43: sources[0].date"}
	var got []string
	for _, m := range messages(problems) {
		at := strings.SplitN(m, ": want", 2)[0]
		got = append(got, at)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestReadCasesOfAFolder(t *testing.T) {
	asJSON, err := json.Marshal(map[string]any{
		"id": "json-2023", "organisation": "J", "sector": "retail", "disclosed": "2023", "attack": "other", "summary": "s", "parent": nil, "costs": []any{},
		"model": map[string]any{"kind": "outage_only", "people": nil}, "sources": []any{map[string]any{"id": "s1", "title": "t", "kind": "press", "url": "https://example.com", "date": nil}}})
	if err != nil {
		t.Fatal(err)
	}
	other := func(id string) string { return strings.Replace(least, "small-2024", id, 1) }
	list := "- " + strings.ReplaceAll(strings.TrimSpace(other("list-1")), "\n", "\n  ") + "\n- " + strings.ReplaceAll(strings.TrimSpace(other("list-2")), "\n", "\n  ") + "\n"
	file := func(s string) *fstest.MapFile { return &fstest.MapFile{Data: []byte(s)} }
	fsys := fstest.MapFS{
		"a.yaml": file(least), "b/c.JSON": file(string(asJSON)), "b/list.yml": file(list), "README.md": file("not a case"),
		".git/x.yaml": file("no"), ".hidden.yaml": file("no"), "link.yaml": {Data: []byte("a.yaml"), Mode: fs.ModeSymlink},
		"twice.yaml": file(least), "empty.yaml": file(""), "text.yaml": file("just words"),
	}
	cases, warnings, problems := ReadCases(fsys, "own")
	var ids []string
	for _, c := range cases {
		ids = append(ids, c.ID)
	}
	if diff := cmp.Diff([]string{"small-2024", "json-2023", "list-1", "list-2"}, ids); diff != "" {
		t.Errorf("cases (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"own/link.yaml: want a regular file, got a link or a device\n  hint: it is left alone"}, messages(warnings)); diff != "" {
		t.Errorf("warnings (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{
		`own/empty.yaml:1:1: want a case, or a list of cases, got nothing`,
		`own/text.yaml:1:1: want a case, or a list of cases, got "just words"`,
		`own/twice.yaml:1:5: id: want an id that no other case has, got "small-2024"` + "\n  hint: it stands in own/a.yaml:1:1 too",
	}, messages(problems)); diff != "" {
		t.Errorf("problems (-want +got):\n%s", diff)
	}

	if _, _, problems := ReadCases(fstest.MapFS{"README.md": file("x")}, "own"); len(problems) != 1 ||
		problems[0].Error() != "own: want at least one case file (.yaml, .yml or .json), got none" {
		t.Errorf("an empty folder: %v", problems)
	}
	if _, _, problems := ReadCases(os.DirFS("no such folder"), "none"); len(problems) != 1 || problems[0].Got != "no such file or directory" {
		t.Errorf("a missing folder: %v", problems)
	}
}

func TestLimitsOfAFolder(t *testing.T) {
	fsys := fstest.MapFS{}
	for i := range MaxFiles + 1 {
		fsys[fmt.Sprintf("%04d.json", i)] = &fstest.MapFile{Data: []byte("{}")}
	}
	_, _, problems := ReadCases(fsys, "own")
	if got, want := problems[len(problems)-1].Error(), "own: want at most 1000 case files, got more"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	big := fstest.MapFS{"big.json": {Data: []byte(`{"id": "` + strings.Repeat("x", 1<<20) + `"}`)}}
	if _, _, problems := ReadCases(big, "own"); len(problems) != 1 || problems[0].Want != "a file of at most 1048576 bytes" {
		t.Errorf("a big file: %v", problems)
	}
	many := fstest.MapFS{}
	for i := range MaxCases/20 + 1 {
		var list []string
		for k := range 20 {
			list = append(list, fmt.Sprintf(`{"id":"a%d"}`, 20*i+k))
		}
		many[fmt.Sprintf("%03d.json", i)] = &fstest.MapFile{Data: []byte("[" + strings.Join(list, ",") + "]")}
	}
	_, _, problems = ReadCases(many, "own")
	if got, want := problems[len(problems)-1].Error(), "own: want at most 2000 cases, got more"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Any bytes give cases within their bounds, or problems, and never a panic.
func FuzzReadCases(f *testing.F) {
	for _, name := range []string{"zappos-2012", "askul-2025", "poshmark-2019"} {
		data, err := os.ReadFile(path.Join("cases", name+".yaml"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data, false)
	}
	f.Add([]byte(least), false)
	f.Add([]byte("- "+strings.ReplaceAll(least, "\n", "\n  ")), false)
	f.Add([]byte("a: &x [*x]\n<<: !!map {}\n? b\n: .inf"), false)
	f.Add([]byte(strings.Repeat("[", 100)), false)
	f.Add([]byte(`{"id":"x","model":{"observations":[{"value":1e999}]},"id":null}`), true)
	f.Add([]byte("\xff\xfe"), true)
	f.Fuzz(func(t *testing.T, data []byte, isJSON bool) {
		name := "fuzz.yaml"
		if isJSON {
			name = "fuzz.json"
		}
		cases, _, problems := ReadCaseFile(name, data)
		if len(cases) == 0 && len(problems) == 0 {
			t.Fatal("neither a case nor a problem")
		}
		for _, p := range problems {
			if p.Want == "" || p.Got == "" || p.Place.File != name {
				t.Fatalf("a problem without wanted, got or place: %+v", p)
			}
		}
		for _, c := range cases {
			if !caseID.MatchString(c.ID) || c.Sector == "" || len(c.Sources) == 0 {
				t.Fatalf("a case got through: %+v", c)
			}
			for _, o := range c.Model.Observations {
				if !(o.Value >= 0 && o.Value <= maxAmount) || len(o.Sources) == 0 || c.Source(o.Sources[0]) == nil {
					t.Fatalf("an observation got through: %+v", o)
				}
			}
			again, _, problems := ReadCaseFile("again.yaml", c.YAML())
			if len(problems) > 0 || len(again) != 1 {
				t.Fatalf("written and read again: %v\n%s", problems, c.YAML())
			}
			if got, want := again[0].Fingerprint(), c.Fingerprint(); got != want {
				t.Fatalf("written and read again it is another case:\n%s", c.YAML())
			}
			c.Replay()
			Subject{Sector: "retail", OnFile: 1e6}.Weigh(c, 1.5)
		}
	})
}

// A file that is wrong in every case is told of once it is clear.
func TestManyProblems(t *testing.T) {
	_, _, problems := ReadCaseFile("many.yaml", []byte(strings.Repeat("- {id: a}\n", 5000)))
	if n := len(problems); n < maxProblems || n > maxProblems+20 {
		t.Errorf("want about %d problems, got %d", maxProblems, n)
	}
	if last := problems[len(problems)-1]; last.Want != "a file with fewer problems" || last.Place.Line == 0 {
		t.Errorf("want the last to say where the reading stopped, got %v", last)
	}
}
