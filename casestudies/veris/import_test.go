package veris

import (
	stdcmp "cmp"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"casebuilder/casestudies"
)

func imported(t testing.TB) *Report {
	t.Helper()
	var im Importer
	im.Folder(os.DirFS("testdata/records"), "records")
	return im.Report()
}

func draft(t *testing.T, r *Report, id string) *casestudies.Case {
	t.Helper()
	for _, d := range r.Drafts {
		if d.Case.ID == id {
			return d.Case
		}
	}
	t.Fatalf("no draft %s", id)
	return nil
}

func remarks(l []Remark) []string {
	var out []string
	for _, r := range l {
		out = append(out, r.String())
	}
	return out
}

func TestReport(t *testing.T) {
	r := imported(t)
	if r.Files != 6 || len(r.Other) != 1 || r.Records != 8 || len(r.Drafts) != 3 {
		t.Errorf("got %d files, %d others, %d records, %d drafts; want 6, 1, 8, 3", r.Files, len(r.Other), r.Records, len(r.Drafts))
	}
	if diff := cmp.Diff([]string{
		`records/batch.json (record 1): security_incident: Near miss: nothing happened that a case could tell; ` +
			`attribute: no data exposed and no service stopped (integrity alone): the library has no such kind of case; also odd: action: missing`,
		`records/batch.json (record 3): incident_id: the same as in records/batch.json`,
		`records/batch.json (record 4): want a record, got "7"`,
		`records/broken.json: not JSON: it ends in the middle`,
		`records/future.json: schema_version: want 1.3 or 1.4, got "2.0"`,
		`records/other.json: not a VERIS record: schema_version is missing`,
	}, remarks(r.NotTaken)); diff != "" {
		t.Errorf("not taken (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{
		`records/batch.json (record 2): victim.victim_id: missing, so the organisation is not named`,
		`records/batch.json (record 2): impact.overall_amount: 0 is taken for not known`,
		`records/more/clinic.JSON: security_incident: Suspected, not confirmed`,
		`records/more/clinic.JSON: timeline.incident.month: want a whole number from 1 to 12, got 13`,
		`records/more/clinic.JSON: victim.country: several: the draft names none`,
		`records/more/clinic.JSON: attribute.confidentiality: several kinds of data are counted and no total is given; the number stays unknown`,
	}, remarks(r.Odd)); diff != "" {
		t.Errorf("odd (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]FieldCount{{"example", 1}, {"example/pilot", 1}, {"vcdb", 1}}, r.SubSources); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
	for field, mapped := range map[string]bool{"victim.victim_id": true, "impact.loss[].amount": true, "plus.sub_source": true, "asset.assets[].variety": false,
		"actor.external.motive[]": false, "timeline.incident.month": true, "timeline.incident.day": true} {
		if got := slices.ContainsFunc(r.Mapped, func(f FieldCount) bool { return f.Field == field }); got != mapped {
			t.Errorf("%s: mapped %v, want %v", field, got, mapped)
		}
		if dropped := slices.ContainsFunc(r.Dropped, func(f FieldCount) bool { return f.Field == field }); !mapped && !dropped {
			t.Errorf("%s is neither mapped nor dropped", field)
		}
	}
}

func TestDraft(t *testing.T) {
	r := imported(t)
	c := draft(t, r, "veris-aaaa-0001")
	if c.Organisation != "Invented Books" || c.Sector != "retail" || c.Country != "GB" || c.IncidentStart != "2024-02-29" || c.Disclosed != "" ||
		c.Attack != "malware" || c.Model.Kind != "data_breach" || c.Positioning != "" {
		t.Errorf("got %+v", c)
	}
	if diff := cmp.Diff([]string{"payment_card_full", "other"}, c.DataTypes); diff != "" || c.Model.Sensitive == nil || !*c.Model.Sensitive {
		t.Errorf("data (-want +got):\n%s", diff)
	}
	if p := c.PeopleAffected; p == nil || p.Value != 4200 || p.Unit != "records" || c.Model.People.Value != 4200 {
		t.Errorf("people: got %+v, %+v", p, c.Model.People)
	}
	if diff := cmp.Diff([]casestudies.Cost{
		{Category: "remediation", Amount: 21000, Currency: "GBP", Basis: "recorded", Source: "s1", Note: "VERIS loss variety Response and recovery (form of loss: response)"},
		{Category: "legal", Amount: 40000, Currency: "GBP", Basis: "recorded", Source: "s1", Note: "VERIS loss variety Legal and regulatory (form of loss: fines and judgments); from 30,000 to 50,000"},
		{Category: "total_gross", Amount: 61000, Currency: "GBP", Basis: "recorded", Source: "s1", Note: "VERIS overall amount of the record; what it holds is not stated; from 50,000 to 80,000"},
	}, c.Costs); diff != "" {
		t.Errorf("costs (-want +got):\n%s", diff)
	}
	for _, want := range []string{
		"Loss variety Brand damage (form of loss: reputation): 250,000 GBP, shown and not added.",
		"Loss variety Business disruption (form of loss: productivity): from 1,000 to 9,000 GBP, no single amount.",
		"Revenue: 2,500,000 GBP, year not given.", "Date of notification: 2024-03.", "Confidence of the record: High.", "Impact rated: Painful.",
		`From the record (third-party text): "An invented record. Someone read the card data of a bookshop."`,
	} {
		if !strings.Contains(c.Notes, want) {
			t.Errorf("notes lack %q: %s", want, c.Notes)
		}
	}
	if strings.Contains(c.Summary, "invented record") {
		t.Errorf("the record's own text stands in the summary: %s", c.Summary)
	}
	if c.Model.DirectCost != nil || c.Model.Reaction.Seen != nil || c.Model.Closure.Closed != nil {
		t.Errorf("something was invented: %+v", c.Model)
	}
	if o := c.Operations; len(o) != 1 || o[0].Metric != "days_to_detect" || *o[0].Value != 21 {
		t.Errorf("operations: got %+v", o)
	}
	if diff := cmp.Diff([]casestudies.Source{
		{ID: "s1", Title: "VERIS incident record AAAA-0001", Publisher: "source_id example, sub_source pilot", Date: "2025-01-02", Kind: "database"},
		{ID: "s2", Title: "Publication that the record refers to", Publisher: "example.com", Date: "2024-03-05", URL: "https://example.com/books", Kind: "other"},
		{ID: "s3", Title: "Publication that the record refers to", Publisher: "example.org", URL: "https://example.org/b?x=1", Kind: "other"},
	}, c.Sources); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
}

// No impact block, no cost; no total, no number of people; a month that does
// not exist leaves the year.
func TestUnknownStaysUnknown(t *testing.T) {
	c := draft(t, imported(t), "veris-aaaa-0002")
	if len(c.Costs) > 0 || c.Model.DirectCost != nil || c.PeopleAffected != nil || c.Model.People != nil || c.IncidentStart != "2019" || c.Country != "" || c.Attack != "misconfiguration" {
		t.Errorf("got %+v", c)
	}
	outage := draft(t, imported(t), "veris-b2")
	if outage.Organisation != "Not named" || outage.Model.Kind != "outage_only" || outage.Attack != "ransomware" || outage.Sector != "telecom" ||
		len(outage.Costs) > 0 || len(outage.DataTypes) > 0 || *outage.Operations[0].Value != 1.5 {
		t.Errorf("got %+v", outage)
	}
}

// Drafts pass the check of case files, and can join the library.
func TestDraftsPassTheCheck(t *testing.T) {
	fsys := fstest.MapFS{}
	for _, d := range imported(t).Drafts {
		fsys[d.Name] = &fstest.MapFile{Data: d.Data}
		if !strings.HasPrefix(string(d.Data), "# Draft from a VERIS record") {
			t.Errorf("%s does not say what it is", d.Name)
		}
	}
	cases, warnings, problems := casestudies.ReadCases(fsys, "drafts")
	if len(cases) != 3 || len(problems) > 0 || len(warnings) != 6 { // three dates of disclosure, three of costs
		t.Errorf("%d cases, warnings %v, problems %v", len(cases), warnings, problems)
	}
	l, err := casestudies.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.With(cases); err != nil {
		t.Error(err)
	}
}

func TestLossTable(t *testing.T) {
	for variety, want := range map[string]Loss{
		"Brand damage":        {"Brand damage", "reputation", "", false},
		"asset and fraud":     {"Asset and fraud", "replacement", "other", true},
		"Business disruption": {"Business disruption", "productivity", "lost_business", true},
	} {
		if got, ok := lossOf(variety); !ok || got != want {
			t.Errorf("%s: got %+v, %v", variety, got, ok)
		}
	}
	if _, ok := lossOf("Weather"); ok {
		t.Error("a loss variety Weather is known")
	}
	for _, l := range Losses {
		if l.Added != slices.Contains(casestudies.CostCategories, l.Category) {
			t.Errorf("%s: added %v, category %q", l.Variety, l.Added, l.Category)
		}
	}
}

// The README shows the same table.
func TestLossTableOfTheReadme(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range Losses {
		row := "| " + l.Variety + " | " + stdcmp.Or(l.Form, "none") + " | "
		if l.Added {
			row += "cost |"
		}
		if !strings.Contains(string(readme), row) {
			t.Errorf("README.md lacks the row %q", row)
		}
	}
}

func TestSectorOf(t *testing.T) {
	for naics, want := range map[string]string{"44": "retail", "459210": "retail", "517312": "telecom", "511210": "technology", "511110": "media",
		"541512": "technology", "541211": "other", "522110": "financial", "622110": "healthcare", "721110": "hospitality", "722511": "hospitality",
		"611110": "education", "921110": "government", "481111": "travel", "561510": "travel", "484110": "other", "000": "other"} {
		if got := sectorOf(naics); got != want {
			t.Errorf("%s: got %s, want %s", naics, got, want)
		}
	}
}

func TestDraftID(t *testing.T) {
	for id, want := range map[string]string{"AB-12": "veris-ab-12", "../../etc": "veris-etc", "a__b": "veris-a-b"} {
		if got := draftID(id); got != want {
			t.Errorf("%s: got %s, want %s", id, got, want)
		}
	}
	for _, id := range []string{"", "日本", strings.Repeat("x", 100), strings.Repeat("-", 100)} {
		if got := draftID(id); len(got) > 64 || got != draftID(id) || strings.Trim(got, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" || strings.HasSuffix(got, "-") {
			t.Errorf("%q: got %s", id, got)
		}
	}
}

func TestOddFiles(t *testing.T) {
	for text, want := range map[string]string{
		"":                          "x.json: an empty file",
		"  \n":                      "x.json: an empty file",
		"[]":                        "x.json: an array without records",
		"\ufeff[":                   "x.json: not JSON: it ends in the middle",
		"[{}":                       "x.json (record 1): not a VERIS record: schema_version is missing",
		"words":                     "x.json: not JSON: invalid character 'w' looking for beginning of value",
		`"a"`:                       `x.json: want a record, got "a"`,
		strings.Repeat("[", 200):    "x.json (record 1): not JSON: it ends in the middle",
		strings.Repeat("[", 20000):  "x.json (record 1): not JSON: invalid character '[' exceeded max depth",
		`{"schema_version": "1.3"}`: "x.json: incident_id: want an id, got nothing; timeline.incident.year: want a year from 1980 to 2100, got nothing; attribute: want what was hurt, got nothing; victim: want the organisation, got nothing; also odd: security_incident: missing; action: missing; source_id: missing",
		`{"schema_version": 13}`:    `x.json: schema_version: want 1.3 or 1.4, got "13"`,
		`{"a": "` + strings.Repeat("x", MaxRecordBytes) + `"}`: "x.json: a record of more than 1048576 bytes",
	} {
		var im Importer
		im.File("x.json", strings.NewReader(text))
		r := im.Report()
		if got := remarks(r.NotTaken); len(got) == 0 || got[0] != want {
			t.Errorf("%.40q: got %q, want %q", text, got, want)
		}
	}
}

// Any bytes give drafts that pass the check, or a reason, and never a panic.
func FuzzImport(f *testing.F) {
	for _, name := range []string{"bookshop.json", "more/clinic.JSON", "batch.json", "broken.json"} {
		data, err := os.ReadFile("testdata/records/" + name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte(`{"incident": {"schema_version": "1.3", "incident_id": "x", "victim": {"country": "US", "victim_id": "\u001b[31m\u202e"}, "timeline": {"incident": {"year": 1e3}}}}`))
	f.Add([]byte(`{"schema_version":"1_3_4","incident_id":"","attribute":{"confidentiality":{"data":[[],{}],"data_total":-1}},"impact":{"loss":[{"amount":1e400}]}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var im Importer
		im.File("fuzz.json", strings.NewReader(string(data)))
		r := im.Report()
		if len(r.Drafts)+len(r.NotTaken) == 0 {
			t.Fatal("neither a draft nor a reason")
		}
		for _, x := range r.NotTaken {
			if strings.Contains(x.Text, "does not pass the check") {
				t.Fatalf("a draft that does not pass: %s", x)
			}
		}
		for _, d := range r.Drafts {
			cases, _, problems := casestudies.ReadCaseFile(d.Name, d.Data)
			if len(problems) > 0 || len(cases) != 1 || cases[0].Fingerprint() != d.Case.Fingerprint() {
				t.Fatalf("%v\n%s", problems, d.Data)
			}
			if strings.ContainsAny(d.Name, "/\\") || len(d.Name) > 80 {
				t.Fatalf("a name of a file: %q", d.Name)
			}
		}
	})
}

func BenchmarkFolder(b *testing.B) {
	fsys := os.DirFS("testdata/records")
	for b.Loop() {
		var im Importer
		im.Folder(fsys, "records")
	}
}
