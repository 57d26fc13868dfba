package review

import (
	"strconv"
	"strings"
	"testing"

	"casebuilder/casebuilder"
	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/results"
	"casebuilder/casebuilder/workbook"

	"github.com/google/go-cmp/cmp"
)

// solved256 solves a company as the workbooks on the desk are.
func solved256(t *testing.T, p *company.Profile) *results.BusinessCase {
	t.Helper()
	lib, _ := library(t)
	c, err := casebuilder.Solve(casebuilder.Input{Profile: p, Library: lib, Seed: 1, Trials: 256, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return c.Results
}

// ofEveryKind edits one row of every kind that a workbook has.
var ofEveryKind = []struct {
	rows  []string  // ID and value
	joins string    // as the company file keeps it
	shown [3]string // unit, from and to of the history of the file, where they are not those of the workbook
}{
	{rows: []string{"customers.acquisition_cost", "36"}, joins: "customers.acquisition_cost: 31 -> 36"},
	{rows: []string{"customers.retention", "0.75"}, joins: "customers.retention: 78% -> 75%"},
	{rows: []string{"driver.event_rate.high", "0.3"}, shown: [3]string{"share", "low 3%, mode 6%, high 14%", "low 3%, high 25.9%"}},
	{rows: []string{"customers.retention.low", "0.7", "customers.retention", "0.75"}, joins: "customers.retention: low 73%, mode 78% -> low 70%, mode 75%"},
	{rows: []string{"marketing.budget", "20000000"}, joins: "marketing.budget: 24M -> 20M"},
	{rows: []string{"marketing.goodwill_offer", "no"}, joins: "marketing.goodwill_offer: yes -> no"},
	{rows: []string{"driver.recovery_months.high", "20"}, shown: [3]string{"months", "high 13.4", "low 0.967, high 20"}},
	{rows: []string{"driver.extra_churn.low", "0.01", "driver.extra_churn.high", "0.08"}, joins: "estimates.extra_churn: left out (low 0.181%, high 6.16%) -> low 1%, high 8%"},
	{rows: []string{"library.prior_weight", "3"}, joins: "estimates.library.prior_weight: left out (4) -> 3"},
	{rows: []string{"options.core.delete-lapsed-customers-data.saves_per_year", "9000"}},
	{rows: []string{"options.core.delete-lapsed-customers-data.cuts.exposed_share.high", "0.3"}},
	{rows: []string{"appetite.levels.1.chance", "0.04"}},
	{rows: []string{"ownership.closed_sales.marketing", "0.5", "ownership.closed_sales.customer_service", "0.5"}, joins: "ownership.closed_sales: left out (marketing 100%, customer service 0%) -> marketing 50%, customer service 50%"},
}

// The history of an accepted file is that of the workbook alone: the same
// words, and for a change by itself the same effect.
func TestAcceptedFileHasTheHistoryOfTheWorkbook(t *testing.T) {
	if testing.Short() {
		t.Skip("draws and builds for long")
	}
	for _, x := range ofEveryKind {
		d := newDesk(t, example(t))
		for i := 0; i < len(x.rows); i += 2 {
			d.entered(x.rows[i], x.rows[i+1])
		}
		r := d.review()
		if len(r.Changes) != 1 {
			t.Fatalf("%v:\n%s", x.rows, lines(r))
		}
		out, problems := r.Accept(d.yaml)
		if len(problems) > 0 {
			t.Errorf("%v: %v", x.rows, problems)
			continue
		}
		p := profileOf(t, out)
		if diff := cmp.Diff(r.Profile, p); diff != "" {
			t.Errorf("%v: -want +got\n%s", x.rows, diff)
		}
		got := p.Reviewed[0]
		if s := got.Field + ": " + got.Was + " -> " + got.Now; x.joins != "" && s != x.joins {
			t.Errorf("want %s, got %s", x.joins, s)
		}
		want := r.Review().Changes[0]
		if x.shown != [3]string{} { // the file has the whole interval, and the chance for the rate
			want.Unit, want.From, want.To = x.shown[0], x.shown[1], x.shown[2]
		}
		have := solved256(t, p).Review.Changes[0]
		near := cmp.Comparer(func(a, b float64) bool { return a-b < 1e-6 && b-a < 1e-6 })
		if diff := cmp.Diff(want, have, near); diff != "" {
			t.Errorf("%v: -want +got\n%s", x.rows, diff)
		}
	}
}

// Two rounds: the second keeps the first's history, in the file and in the
// workbook, and lists no change twice. What the second round changed again has
// no effect of its own any more.
func TestSecondRound(t *testing.T) {
	if testing.Short() {
		t.Skip("draws and builds for long")
	}
	d := newDesk(t, example(t))
	d.yours("customers.retention", 0.75)
	d.yours("marketing.goodwill_offer", "no")
	first := d.review()
	accepted, problems := first.Accept(d.yaml)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	p := profileOf(t, accepted)
	history := solved256(t, p).Review
	if history.Questions != 11 || history.Answered != 0 || len(history.Changes) != 2 || history.Changes[0].NPV == 0 {
		t.Errorf("%+v", history)
	}
	again := fromFile(t, packet(t, p, history.Changes))
	again.yaml, again.in.Company = accepted, p
	check(t, again.review(), "")
	again.yours("customers.retention", 0.74)
	r := again.review()
	check(t, r, "change customers.retention: 75% -> 74%\n")
	out, problems := r.Accept(accepted)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	last := profileOf(t, out)
	if diff := cmp.Diff(append(append([]company.Reviewed{}, p.Reviewed...), company.Reviewed{Field: "customers.retention", Was: "75%", Now: "74%", By: "Jo Marsh",
		Date: company.NewDate(2026, 11, 20), Reason: "own count of customers.retention"}), last.Reviewed); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	changes := solved256(t, last).Review.Changes
	if len(changes) != 3 || changes[0].NoEffect != results.ChangedSince || changes[0].NPV != 0 || changes[1].NoEffect != "" || changes[1].NPV == 0 || changes[2].NPV == 0 {
		t.Errorf("%+v", changes)
	}
	// the workbook alone carries it on: what it held, and the new change
	again.in.Company = nil
	alone := again.review()
	if diff := cmp.Diff(history.Changes, alone.Review().Changes[:2]); diff != "" || len(alone.Review().Changes) != 3 {
		t.Errorf("-want +got\n%s", diff)
	}
	// and a change without an effect comes back as one
	back, err := workbook.Read(fromFile(t, packet(t, last, changes)), "last.xlsx")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(changes, back.History); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

// A history that somebody wrote by hand stays, without an effect where its
// values cannot be read or put back.
func TestHistoryByHand(t *testing.T) {
	line := func(field, was, now string) company.Reviewed {
		return company.Reviewed{Field: field, Was: was, Now: now, By: "Jo Marsh", Date: company.NewDate(2026, 5, 2), Reason: "CRM"}
	}
	p := profileOf(t, example(t))
	p.Reviewed = []company.Reviewed{
		line("customers.retention", "about 80%", "78%"),
		line("customers.retention", "80%", "somewhat less"),
		line("customers.retention", "200%", "78%"),
		line("customers.retention", "80%", "78%"),
		line("customers.retention", "80%", "77%"),
		line("options.gone.sieve.per_year", "1k", "2k"),
		line("estimates.reaction", "10%", "20%"),
		line("marketing.goodwill_offer", "perhaps", "yes"),
	}
	want := []string{
		"Retention: about 80% -> 78%: not known",
		"Retention: 80% -> somewhat less: changed since",
		"Retention: 200% -> 78%: not known",
		"Retention: 80% -> 78%: ",
		"Retention: 80% -> 77%: changed since",
		"Running cost: £1,000 -> £2,000: changed since",
	}
	var got []string
	for _, c := range solved256(t, p).Review.Changes {
		got = append(got, c.Label+": "+c.From+" -> "+c.To+": "+c.NoEffect)
		if (c.NoEffect == "") != (c.NPV != 0) {
			t.Errorf("%+v", c)
		}
	}
	if diff := cmp.Diff(want, got[:len(want)]); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	for i, why := range []string{results.ChangedSince, results.Unknown} {
		if !strings.HasSuffix(got[len(want)+i], ": "+why) {
			t.Errorf("want %s, got %s", why, got[len(want)+i])
		}
	}
}

// entered enters a value as it would be typed.
func (d *desk) entered(id, value string) {
	d.t.Helper()
	if v, err := strconv.ParseFloat(value, 64); err == nil {
		d.yours(id, v)
		return
	}
	d.yours(id, value)
}
