package review

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casebuilder/casebuilder/diag"
)

// lines is a report in a few lines: what was taken in, refused …
func lines(r *Report) string {
	var b strings.Builder
	for _, c := range r.Changes {
		fmt.Fprintf(&b, "change %s: %s -> %s\n", c.ID, c.From(), c.To())
	}
	problems := func(kind string, list diag.List) {
		for _, p := range list {
			fmt.Fprintf(&b, "%s %s\n", kind, strings.ReplaceAll(p.Error(), "\n", ""))
		}
	}
	for _, x := range r.Refused {
		fmt.Fprintf(&b, "refused %s: %s -> %s\n", x.ID, x.Filed, x.Yours)
		problems(" ", x.Problems)
	}
	for _, c := range r.Conflicts {
		fmt.Fprintf(&b, "conflict %s: %s, %s, %s\n", c.ID, c.Filed, c.Now, c.Yours)
	}
	for _, c := range r.Settled {
		fmt.Fprintf(&b, "settled %s: %s -> %s\n", c.ID, c.Filed, c.Yours)
	}
	for _, c := range r.Moved {
		fmt.Fprintf(&b, "moved %s: %s -> %s\n", c.ID, c.Filed, c.Now)
	}
	problems("ignored", r.Ignored)
	problems("deleted", r.Deleted)
	problems("remark", r.Remarks)
	return b.String()
}

func check(t *testing.T, r *Report, want string) {
	t.Helper()
	if diff := cmp.Diff(strings.TrimLeft(want, "\n"), lines(r)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// changedLines returns the lines of a text that are not in another.
func changedLines(before, after []byte) string {
	old := map[string]bool{}
	for _, l := range strings.Split(string(before), "\n") {
		old[l] = true
	}
	var out []string
	for _, l := range strings.Split(string(after), "\n") {
		if !old[l] {
			out = append(out, l)
		}
	}
	return strings.Join(out, "\n")
}

// A workbook that comes back as it was sent says so.
func TestNothingChanged(t *testing.T) {
	d := newDesk(t, example(t))
	r := d.review()
	check(t, r, "")
	if r.Filed != r.Now || r.Now != r.With || r.Filed.NPV == 0 {
		t.Errorf("headline: filed %+v, now %+v, with %+v", r.Filed, r.Now, r.With)
	}
	if diff := cmp.Diff(d.filed, r.Profile); diff != "" {
		t.Errorf("profile: -want +got\n%s", diff)
	}
	if got := r.Agreement(); got != "0 of 11 questions answered" {
		t.Error(got)
	}
	if out, problems := r.Accept(d.yaml); string(out) != string(d.yaml) || len(problems) > 0 {
		t.Errorf("the file changed: %s %v", changedLines(d.yaml, out), problems)
	}
	d.in.Company = nil // and so does the workbook alone
	check(t, d.review(), "")
}

// Three good edits, one without a reason, a formula overwritten, a row
// deleted: the report says exactly that, and the file takes the three.
func TestMustShow(t *testing.T) {
	d := newDesk(t, example(t))
	d.yours("customers.retention", 0.75)
	d.yours("marketing.goodwill_offer", "no")
	d.yours("driver.extra_churn.low", 0.01)
	d.yours("driver.extra_churn.high", 0.08)
	d.yours("marketing.budget", 20e6)
	d.put("Inputs", "marketing.budget", "Reason", nil)
	formula := d.cell("Loss", "severity.total", "Value")
	row, col := d.place("Loss", "severity.total", "Value")
	was := d.grids["Loss"].At(row, col).Formula
	d.put("Loss", "severity.total", "Value", 1e6)
	reason := d.cell("Inputs", "marketing.budget", "Reason")
	d.remove("Inputs", "staffing.it")
	r := d.review()
	check(t, r, `
change customers.retention: 78% -> 75%
change marketing.goodwill_offer: yes -> no
change driver.extra_churn: low 0.181%, high 6.16% -> low 1%, high 8%
refused marketing.budget: £24m -> £20m
  back.xlsx!`+reason+`: marketing.budget: want a reason for the change, got nothing
ignored back.xlsx!`+formula+`: want the formula "=`+was+`", got "1000000"
deleted back.xlsx!Inputs: staffing.it: want its row, got none: it was deleted
`)
	out, problems := r.Accept(d.yaml)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if diff := cmp.Diff(r.Profile, profileOf(t, out)); diff != "" {
		t.Errorf("accepted: -want +got\n%s", diff)
	}
	want := `  retention: {low: 73%, mode: 75%, high: 82%, source: "CRM, cohorts of 2023 to 2025; mode: Jo Marsh, review of 2026-11-20: own count of customers.retention"}  # was 78%; Jo Marsh, 2026-11-20
  goodwill_offer: no  # was yes; Jo Marsh, 2026-11-20: own count of marketing.goodwill_offer
  extra_churn: {low: 1%, high: 8%, source: "Jo Marsh, review of 2026-11-20: own count of driver.extra_churn"}  # was low 0.181%, high 6.16%; Jo Marsh, 2026-11-20
reviewed:  # accepted changes, newest last
  - {field: customers.retention, was: 78%, now: 75%, by: Jo Marsh, date: 2026-11-20, reason: own count of customers.retention}
  - {field: marketing.goodwill_offer, was: yes, now: no, by: Jo Marsh, date: 2026-11-20, reason: own count of marketing.goodwill_offer}
  - {field: estimates.extra_churn, was: "left out (low 0.181%, high 6.16%)", now: "low 1%, high 8%", by: Jo Marsh, date: 2026-11-20, reason: own count of driver.extra_churn}`
	if diff := cmp.Diff(want, changedLines(d.yaml, out)); diff != "" {
		t.Errorf("changed lines: -want +got\n%s", diff)
	}
}

// All that is wrong with an edit is told at once, at its cells.
func TestRefusals(t *testing.T) {
	for _, x := range []struct {
		what string
		edit func(*desk)
		want string // with the addresses by ID and header
	}{
		{"nothing beside the value", func(d *desk) { d.put("Inputs", "marketing.budget", "Yours", 20e6) }, `
refused marketing.budget: £24m -> £20m
  {Inputs marketing.budget Reason}: marketing.budget: want a reason for the change, got nothing
  {Inputs marketing.budget Name}: marketing.budget: want the name of who changed it, got nothing
  {Inputs marketing.budget Date}: marketing.budget: want the date of the change, such as 2026-12-31, got nothing
`},
		{"out of range", func(d *desk) { d.yours("customers.retention", 1.2) }, `
refused customers.retention: 78% -> 120%
  {Inputs customers.retention Yours}: customers.retention: want a share from 0% to 99%, got "1.2"
`},
		{"a share in hundredths", func(d *desk) { d.yours("economics.discount_rate", 11.0) }, `
refused economics.discount_rate: 9% -> 1,100%
  {Inputs economics.discount_rate Yours}: economics.discount_rate: want a yearly rate from 0% to 50%, got "11"  hint: write 11% or 0.11
`},
		{"ends that are swapped", func(d *desk) { d.yours("driver.extra_churn.low", 0.3); d.yours("driver.extra_churn.high", 0.1) }, `
refused driver.extra_churn: 0.181% to 6.16% -> 30% to 10%
  {Estimates driver.extra_churn Yours low}: driver.extra_churn: want low at most high, got low 30%, high 10%
`},
		{"a low end above the mode", func(d *desk) { d.yours("customers.retention.low", 0.8) }, `
refused customers.retention.low: 73% -> 80%
  {Inputs customers.retention.low Yours}: customers.retention.low: want low, mode and high in rising order, got low 80%, mode 78%, high 82%
`},
		{"a text that is no number", func(d *desk) { d.yours("marketing.budget", "a bit less") }, `
refused marketing.budget: £24m -> a bit less
  {Inputs marketing.budget Yours}: marketing.budget: want an amount a year, 0 or more, got "a bit less"  hint: write a number such as 1200000, 1.2M or 34%
`},
		{"a date that is none", func(d *desk) {
			d.yours("marketing.budget", 20e6)
			d.put("Inputs", "marketing.budget", "Date", "last Friday")
		}, `
refused marketing.budget: £24m -> £20m
  {Inputs marketing.budget Date}: marketing.budget: want the date of the change, such as 2026-12-31, got "last Friday"
`},
		{"shares that do not add up", func(d *desk) { d.yours("ownership.closed_sales.marketing", 0.7) }, `
refused ownership.closed_sales.marketing: 100% -> 70%
  {Inputs ownership.closed_sales.marketing Yours}: ownership.closed_sales.marketing: want shares that sum to 100%, got 70%
`},
		{"a value that does not fit another", func(d *desk) { d.yours("customers.active", 6e6) }, `
refused customers.active: 2,400,000 -> 6,000,000
  {Inputs customers.active Yours}: customers.on_file: want at least the active customers, 6,000,000, got "5100000"  hint: it counts everybody whose data you hold, active customers included; the change of customers.active does not fit customers.on_file
`},
		{"a switch that is neither", func(d *desk) { d.yours("marketing.brand_campaign", "perhaps") }, `
refused marketing.brand_campaign: yes -> perhaps
  {Inputs marketing.brand_campaign Yours}: marketing.brand_campaign: want yes or no, got "perhaps"
`},
		{"a reason too long", func(d *desk) {
			d.yours("marketing.budget", 20e6)
			d.put("Inputs", "marketing.budget", "Reason", strings.Repeat("why ", 120))
		}, `
refused marketing.budget: £24m -> £20m
  {Inputs marketing.budget Reason}: marketing.budget: want a reason for the change of at most 400 characters, got 479 characters
`},
		{"another unit", func(d *desk) {
			d.yours("marketing.budget", 20.0)
			d.put("Inputs", "marketing.budget", "Unit", "million GBP")
		}, `
refused marketing.budget: £24m -> £20
  {Inputs marketing.budget Unit}: marketing.budget: want the unit "GBP/yr", got "million GBP"  hint: put the unit back, and enter the figure in it
`},
	} {
		t.Run(x.what, func(t *testing.T) {
			d := newDesk(t, example(t))
			x.edit(d)
			check(t, d.review(), d.addresses(x.want))
		})
	}
}

// addresses replaces {sheet id header} by the address of the cell.
func (d *desk) addresses(s string) string {
	for {
		from := strings.IndexByte(s, '{')
		if from < 0 {
			return s
		}
		to := from + strings.IndexByte(s[from:], '}')
		parts := strings.SplitN(s[from+1:to], " ", 3)
		s = s[:from] + d.in.Name + "!" + d.cell(parts[0], parts[1], parts[2]) + s[to+1:]
	}
}

// What people and programs write is understood.
func TestUnderstood(t *testing.T) {
	for _, x := range []struct {
		what string
		edit func(*desk)
		want string
	}{
		{"a share as a text", func(d *desk) { d.yours("customers.retention", " 75 % ") }, "change customers.retention: 78% -> 75%\n"},
		{"an amount as a text", func(d *desk) { d.yours("marketing.budget", "20M") }, "change marketing.budget: £24m -> £20m\n"},
		{"a switch as a truth", func(d *desk) { d.yours("marketing.brand_campaign", false) }, "change marketing.brand_campaign: yes -> no\n"},
		{"a date as a serial number", func(d *desk) {
			d.yours("marketing.budget", 20e6)
			d.put("Inputs", "marketing.budget", "Date", 46346.0)
		}, "change marketing.budget: £24m -> £20m\n"},
		{"one end of an interval", func(d *desk) { d.yours("driver.recovery_months.high", 20.0) }, "change driver.recovery_months: high 13.4 -> high 20\n"},
		{"a constant", func(d *desk) { d.yours("closed.stretch", 1.5) }, "change closed.stretch: 1.3 -> 1.5\n"},
		{"shares that add up", func(d *desk) {
			d.yours("ownership.closed_sales.marketing", 0.7)
			d.yours("ownership.closed_sales.customer_service", 0.3)
		}, "change ownership.closed_sales: marketing 100%, customer service 0% -> marketing 70%, customer service 30%\n"},
		{"a low end and a mode", func(d *desk) {
			d.yours("customers.retention.low", 0.5)
			d.yours("customers.retention", 0.6)
		}, "change customers.retention: low 73%, mode 78% -> low 50%, mode 60%\n"},
		{"two that fit only together", func(d *desk) { d.yours("customers.active", 6e6); d.yours("customers.on_file", 7e6) },
			"change customers.active: 2,400,000 -> 6,000,000\nchange customers.on_file: 5,100,000 -> 7,000,000\n"},
		{"a cut", func(d *desk) {
			d.yours("options.core.delete-lapsed-customers-data.cuts.exposed_share.high", 0.6)
		}, "change options.core.delete-lapsed-customers-data.cuts.exposed_share: high 45% -> high 60%\n"},
		{"a level of appetite", func(d *desk) { d.yours("appetite.levels.2.loss", 30e6) }, "change appetite.levels.2.loss: £20m -> £30m\n"},
		{"the rate where the file gives a chance", func(d *desk) { d.yours("driver.event_rate.high", 0.3) }, "change driver.event_rate: high 0.151 -> high 0.3\n"},
		{"the value that was filed", func(d *desk) { d.yours("marketing.budget", 24e6) },
			"remark {Inputs marketing.budget Yours}: marketing.budget: want another value than the filed one, got the same  hint: nothing was changed in this row\n"},
		{"a reason alone", func(d *desk) { d.put("Inputs", "marketing.budget", "Reason", "fine") },
			"remark {Inputs marketing.budget Reason}: marketing.budget: want a value in Yours beside the reason, the name and the date, got none  hint: nothing was changed in this row\n"},
		{"a row of one's own", func(d *desk) { d.putAt("Inputs", 900, 1, "marketing.budgets"); d.putAt("Inputs", 900, 5, 1.0) },
			"refused marketing.budgets:  -> 1\n  back.xlsx!Inputs!A900: want the ID of a row of this workbook, got \"marketing.budgets\"  hint: did you mean marketing.budget?\n"},
		{"a text that is not edited here", func(d *desk) { d.yours("company.name", "Acme") },
			"ignored {Inputs company.name Yours}: company.name: want an empty cell: this row is not edited here, got \"Acme\"\n"},
		{"a filed value", func(d *desk) { d.put("Inputs", "marketing.budget", "Filed", 20e6) },
			"ignored {Inputs marketing.budget Filed}: marketing.budget: want the filed value \"24000000\", got \"20000000\"\n"},
	} {
		t.Run(x.what, func(t *testing.T) {
			d := newDesk(t, example(t))
			x.edit(d)
			r := d.review()
			check(t, r, d.addresses(x.want))
			// the file with the changes is the company of the report
			out, problems := r.Accept(d.yaml)
			if len(problems) > 0 {
				t.Fatal(problems)
			}
			if diff := cmp.Diff(r.Profile, profileOf(t, out)); diff != "" {
				t.Errorf("accepted: -want +got\n%s\n%s", diff, changedLines(d.yaml, out))
			}
		})
	}
}

// A formula that was never calculated has no value to take in.
func TestFormulaWithoutAResult(t *testing.T) {
	d := newDesk(t, example(t))
	d.yours("customers.retention", "=0.7+0.05")
	at := d.cell("Inputs", "customers.retention", "Yours")
	check(t, d.review(), `
refused customers.retention: 78% -> a formula without a result
  back.xlsx!`+at+`: customers.retention: want a share from 0% to 99%, got a formula without a result  hint: open the workbook in a spreadsheet program, save it and review it again
`)
}
