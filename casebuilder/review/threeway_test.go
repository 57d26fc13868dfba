package review

import (
	"bytes"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/workbook"
)

// moved files a workbook and lets the company file move on.
func moved(t *testing.T, edits ...string) *desk {
	t.Helper()
	d := newDesk(t, example(t))
	for i := 0; i < len(edits); i += 2 {
		if !bytes.Contains(d.yaml, []byte(edits[i])) {
			t.Fatalf("the example has no %q", edits[i])
		}
		d.yaml = bytes.Replace(d.yaml, []byte(edits[i]), []byte(edits[i+1]), 1)
	}
	d.in.Company = profileOf(t, d.yaml)
	return d
}

// Both moved: the same way is settled, apart is a conflict, elsewhere is fine.
func TestThreeWays(t *testing.T) {
	if testing.Short() {
		t.Skip("draws and builds for long")
	}
	const budget = "  budget: 24M\n"
	for _, x := range []struct {
		what  string
		moved []string
		edit  func(*desk)
		want  string
	}{
		{"the file alone", []string{budget, "  budget: 26M\n"}, func(d *desk) {},
			"moved marketing.budget: £24m -> £26m\n"},
		{"both, apart", []string{budget, "  budget: 26M\n"}, func(d *desk) { d.yours("marketing.budget", 20e6) },
			"conflict marketing.budget: £24m, £26m, £20m\nmoved marketing.budget: £24m -> £26m\n"},
		{"both, the same way", []string{budget, "  budget: 20M\n"}, func(d *desk) { d.yours("marketing.budget", 20e6) },
			"settled marketing.budget: £24m -> £20m\nmoved marketing.budget: £24m -> £20m\n"},
		{"elsewhere", []string{budget, "  budget: 26M\n"}, func(d *desk) { d.yours("customers.retention", 0.75) },
			"change customers.retention: 78% -> 75%\nmoved marketing.budget: £24m -> £26m\n"},
		{"another end of the same range", []string{"low: 73%", "low: 70%"}, func(d *desk) { d.yours("customers.retention", 0.75) },
			"change customers.retention: 78% -> 75%\nmoved customers.retention.low: 73% -> 70%\n"},
		{"what the file no longer has", []string{"    cause: 30%                 # systems and vendors that marketing runs\n", ""}, func(d *desk) { d.yours("marketing.share_keys.cause", 0.2) },
			"conflict marketing.share_keys.cause: 30%, , 20%\nmoved marketing.share_keys.cause: 30% -> \n"},
		{"a driver of which the file has an estimate now", []string{"estimates:\n", "estimates:\n  extra_churn: {low: 1%, high: 5%}\n"}, func(d *desk) { d.yours("driver.extra_churn.high", 0.08) },
			"conflict driver.extra_churn: 0.181% to 6.16%, 1% to 5%, 0.181% to 8%\nmoved estimates.extra_churn.low:  -> 1%\nmoved estimates.extra_churn.high:  -> 5%\n"},
		{"a driver that the library says more of", []string{"on_file: 5.1M", "on_file: 9M"}, func(d *desk) { d.yours("driver.extra_churn.high", 0.08) },
			"change driver.extra_churn: high 6.16% -> high 8%\nmoved customers.on_file: 5,100,000 -> 9,000,000\n"},
		{"a new option", []string{"options:\n", "options:\n  - {id: less, name: Less, initiatives: [{name: Train, per_year: 10k, cuts: {event_probability: {low: 0%, high: 10%}}}]}\n"}, func(d *desk) { d.yours("customers.retention", 0.75) },
			"change customers.retention: 78% -> 75%\nmoved options.less.name:  -> Less\nmoved options.less.train.name:  -> Train\nmoved options.less.train.one_off:  -> £0\nmoved options.less.train.per_year:  -> £10k\nmoved options.less.train.posts:  -> 0\n" +
				"moved options.less.train.saves_per_year:  -> £0\nmoved options.less.train.start_month:  -> 0\nmoved options.less.train.cuts.event_probability.low:  -> 0%\nmoved options.less.train.cuts.event_probability.high:  -> 10%\n"},
		{"a filed value that was overwritten, and the file alone", []string{budget, "  budget: 26M\n"}, func(d *desk) { d.put("Inputs", "customers.active", "Filed", 3e6) },
			"moved marketing.budget: £24m -> £26m\nignored {Inputs customers.active Filed}: customers.active: want the filed value \"2400000\", got \"3000000\"\n"},
		{"a row that was deleted, and the file alone", []string{budget, "  budget: 26M\n"}, func(d *desk) { d.remove("Inputs", "security.insurance.premium") },
			"moved marketing.budget: £24m -> £26m\ndeleted back.xlsx!Inputs: security.insurance.premium: want its row, got none: it was deleted\n"},
	} {
		t.Run(x.what, func(t *testing.T) {
			d := moved(t, x.moved...)
			x.edit(d)
			r := d.review()
			check(t, r, d.addresses(x.want))
			out, problems := r.Accept(d.yaml)
			if diff := cmp.Diff(r.Profile, profileOf(t, out)); diff != "" || len(problems) > 0 {
				t.Errorf("accepted: %v -want +got\n%s", problems, diff)
			}
		})
	}
}

// Workbooks of others are refused before anything is compared.
func TestOtherWorkbooks(t *testing.T) {
	for _, x := range []struct{ what, from, to, want string }{
		{"another unit", "unit: Group", "unit: Europe", `company.unit: want "Europe", as in company.yaml, got "Group"`},
		{"another company", "name: Alder & Finch", "name: Oak", `company.name: want "Oak", as in company.yaml, got "Alder & Finch"`},
		{"another currency", "currency: GBP", "currency: EUR", `company.currency: want "EUR", as in company.yaml, got "GBP"`},
	} {
		d := moved(t, x.from, x.to)
		if _, err := Make(d.in); err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: want %q, got %v", x.what, x.want, err)
		}
	}
	for _, x := range []struct {
		what, want string
		edit       func(*desk)
	}{
		{"another schema", "want sheets of version 1, got version 2", func(d *desk) { d.fact("Format", "sheets of version 1", "sheets of version 2") }},
		{"no schema", "want sheets of version 1, got one that does not say which", func(d *desk) { d.fact("Format", "sheets", "tables") }},
		{"no trials", "want the number of trials, a power of two from 256 to 16384, got 0", func(d *desk) { d.fact("Trials and seed", "256", "many") }},
		{"a bomb of trials", "want the number of trials, a power of two from 256 to 16384, got 1073741824", func(d *desk) { d.fact("Trials and seed", "256", "1073741824") }},
		{"no sheet Inputs", "want the sheet Inputs, got none of that name", func(d *desk) {
			d.sheets = slices.DeleteFunc(slices.Clone(d.sheets), func(s string) bool { return s == "Inputs" })
		}},
		{"a sheet under another name", `give it its name back, if it is "Ours" now`, func(d *desk) {
			d.sheets = slices.Clone(d.sheets)
			d.sheets[slices.Index(d.sheets, "Inputs")] = "Ours"
		}},
		{"another workbook", "want a workbook of this program, with the sheets About, Inputs and Estimates", func(d *desk) { d.sheets = []string{"About", "Inputs", "Sheet3"} }},
		{"no column Yours", `want a row with the headers ID, Unit, Filed, Yours, Reason, Name, Date, Source, Grade, got none with "Yours"`, func(d *desk) { d.putAt("Inputs", 5, 5, "Mine") }},
	} {
		d := newDesk(t, example(t))
		x.edit(d)
		if _, err := Make(d.in); err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("%s: want %q, got %v", x.what, x.want, err)
		}
	}
}

// fact changes a fact on About.
func (d *desk) fact(label, from, to string) {
	for _, r := range d.grids["About"].Rows {
		if c := d.grids["About"].At(r.Row, 2); d.grids["About"].At(r.Row, 1).Text == label {
			d.putAt("About", r.Row, 2, strings.Replace(c.Text, from, to, 1))
		}
	}
}

// A workbook of another build is read, and not compared cell by cell.
func TestOtherBuilds(t *testing.T) {
	d := newDesk(t, example(t))
	d.yours("customers.retention", 0.75)
	d.put("Loss", "severity.total", "Value", 1.0)
	d.fact("Build", "casebuilder test", "casebuilder 0.9")
	check(t, d.review(), `
change customers.retention: 78% -> 75%
remark back.xlsx: want a workbook of this version of the program, test, got one of "0.9"  hint: build it again with this version; formulas and locked cells were not compared with what was built
`)
}

// A filed value that was overwritten cannot stand in for the company file.
func TestTheWorkbookAlone(t *testing.T) {
	d := newDesk(t, example(t))
	d.in.Company = nil
	d.yours("customers.retention", 0.75)
	r := d.review()
	check(t, r, "change customers.retention: 78% -> 75%\n")
	d.put("Inputs", "marketing.budget", "Filed", 20e6)
	if _, err := Make(d.in); err == nil || !strings.Contains(err.Error(), "want the filed values as they were built") {
		t.Error(err)
	}
}

func TestQuestions(t *testing.T) {
	d := newDesk(t, example(t))
	for i, id := range []string{"customers", "retention", "premium", "churn"} {
		d.put("Review", id, "Answer", []any{"agree", " Change ", "perhaps", nil}[i])
		d.put("Review", id, "Name", "Jo Marsh")
	}
	d.put("Review", "churn", "Comment", "later")
	r := d.review()
	check(t, r, d.addresses(`
remark {Review premium Answer}: premium: want agree, change or unsure, got "perhaps"
remark {Review churn Answer}: churn: want an answer beside the comment: agree, change or unsure, got nothing
`))
	answered, agreed := r.Answered()
	if answered != 2 || agreed != 1 || r.Agreement() != "2 of 11 questions answered" {
		t.Error(answered, agreed, r.Agreement())
	}
	for _, a := range r.Answers {
		d.put("Review", a.ID, "Answer", "agree")
		d.put("Review", a.ID, "Name", "Jo Marsh")
	}
	if got := d.review().Agreement(); got != "agreed with marketing: all 11 questions answered with agree" {
		t.Error(got)
	}
}

// The workbook built from a reviewed one has the edits as filed values, with
// the reviewer as their source, and carries the history on.
func TestHistory(t *testing.T) {
	d := newDesk(t, example(t))
	d.in.Company = nil
	d.yours("customers.retention", 0.75)
	d.yours("marketing.brand_campaign", "no")
	r := d.review()
	first := r.Review()
	again := fromFile(t, packet(t, r.Profile, first.Changes))
	back, err := workbook.Read(again, "again.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	if row := back.Row("customers.retention"); row.Filed[0].Value != 0.75 || !strings.HasSuffix(row.Source, "; mode: Jo Marsh, review of 2026-11-20: own count of customers.retention") {
		t.Errorf("%+v", row)
	}
	if row := back.Row("marketing.brand_campaign"); row.Filed[0].Text != "no" || row.Source != "Jo Marsh, review of 2026-11-20: own count of marketing.brand_campaign" {
		t.Errorf("%+v", row)
	}
	check(t, again.review(), "")
	again.yours("marketing.budget", 20e6)
	r = again.review()
	check(t, r, "change marketing.budget: £24m -> £20m\n")
	if diff := cmp.Diff(first.Changes, r.Review().Changes[:2]); diff != "" {
		t.Errorf("history: -want +got\n%s", diff)
	}
	if got := r.Review(); len(got.Changes) != 3 || got.Changes[2].NPV != r.Changes[0].Alone.NPV-r.Now.NPV {
		t.Errorf("%+v", got)
	}
}

// Random edits: the file with the changes, the workbook alone and the report
// give one company, and the effects are those of the engine.
func TestRandomEdits(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	n := 12
	if testing.Short() {
		n = 3
	}
	for range n {
		d := newDesk(t, example(t))
		edited := d.random(rng, 1+rng.IntN(6))
		r := d.review()
		if len(r.Changes) == 0 || len(r.Refused)+len(r.Conflicts)+len(r.Ignored)+len(r.Deleted) > 0 {
			t.Fatalf("%v:\n%s", edited, lines(r))
		}
		out, problems := r.Accept(d.yaml)
		if diff := cmp.Diff(r.Profile, profileOf(t, out)); diff != "" || len(problems) > 0 {
			t.Fatalf("%v: accepted: %v -want +got\n%s\n%s", edited, problems, diff, changedLines(d.yaml, out))
		}
		d.in.Company = nil
		alone := d.review()
		alone.Profile.Reviewed = r.Profile.Reviewed // its history is that of the workbook
		if diff := cmp.Diff(r.Profile, alone.Profile); diff != "" {
			t.Fatalf("%v: the workbook alone: -want +got\n%s", edited, diff)
		}
		if r.With != alone.With || r.Now != alone.Filed {
			t.Errorf("%v: headline %+v and %+v", edited, r.With, alone.With)
		}
	}
}

// random edits rows by up to a tenth, and returns their IDs.
func (d *desk) random(rng *rand.Rand, n int) []string {
	back, err := workbook.Read(d, "")
	if err != nil {
		d.t.Fatal(err)
	}
	var ids []string
	for len(ids) < n {
		row := back.Rows[rng.IntN(len(back.Rows))]
		f := company.FieldByID(row.ID)
		switch {
		case slices.Contains(ids, row.ID) || !d.editable(row.ID):
		case f != nil && f.Kind == company.Bool:
			d.yours(row.ID, map[string]string{"yes": "no", "no": "yes"}[row.Filed[0].Text])
			ids = append(ids, row.ID)
		case row.Driver:
			low, high := row.Filed[0].Value.(float64), row.Filed[1].Value.(float64)
			d.yours(row.ID+".low", low*(0.9+0.1*rng.Float64()))
			if rng.IntN(2) == 0 {
				d.yours(row.ID+".high", high*(0.95+0.04*rng.Float64()))
			}
			ids = append(ids, row.ID)
		case strings.HasPrefix(row.ID, "ownership."), row.ID == "customers.active", row.ID == "economics.horizon", row.ID == "customers.on_file":
		case strings.HasSuffix(row.ID, ".low") || strings.HasSuffix(row.ID, ".high") || strings.HasSuffix(row.ID, ".mode"):
		case strings.HasPrefix(row.ID, "staffing.") || strings.HasPrefix(row.ID, "headline."):
		default:
			v, ok := row.Filed[0].Value.(float64)
			if !ok || v == 0 {
				continue
			}
			w := v * (1 - 0.05*rng.Float64())
			if v == float64(int(v)) && v > 20 {
				w = float64(int(w))
			}
			if w == v {
				continue
			}
			d.yours(row.ID, w)
			ids = append(ids, row.ID)
		}
	}
	return ids
}

// editable reports whether a row can be edited.
func (d *desk) editable(id string) bool {
	if d.editables == nil {
		m, err := start(d.in)
		if err != nil {
			d.t.Fatal(err)
		}
		d.editables = m.filed.editable
	}
	return d.editables[id]
}
