package cli

import (
	"fmt"
	"path/filepath"
	"strings"

	"casebuilder/casebuilder"
	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/render/text"
	"casebuilder/casebuilder/results"
)

// printSummary ends a build: the verdict in a sentence, the six headline
// figures with their ranges, the files, and what to look at next. Warnings of
// the case go to standard error.
func printSummary(s Streams, p *casebuilder.Packet, dir string) {
	for _, w := range p.Results.Warnings {
		fmt.Fprintln(s.Err, "warning: "+text.Clean(w))
	}
	page := text.NewPage(styleOf(s.Out))
	tellVerdict(page, p.Results)
	tellHeadline(page, p.Results)
	page.Heading("Files")
	t := text.Table{NoHead: true, Columns: []text.Column{{}, {Min: 20}, {Right: true}, {Min: 20}}}
	what := map[string]string{casebuilder.PitchFile: "the board paper", casebuilder.WorkbookFile: "live, for review", casebuilder.ResultsFile: "every figure, for other programs"}
	for _, f := range p.Files() {
		t.Add("", filepath.Join(dir, f.Name), sizeText(len(f.Data)), what[f.Name])
	}
	page.Table(t)
	tellNext(page, p.Results, dir)
	page.WriteTo(s.Out)
}

// tellVerdict writes the verdict and its reason.
func tellVerdict(p *text.Page, r *results.BusinessCase) {
	c := r.Company.Company
	tone := map[string]text.Tone{"favourable": text.Good, "unfavourable": text.Bad}[r.Decision.Verdict]
	who := c.Name
	if c.Unit != "" {
		who += ", " + c.Unit
	}
	p.Heading(who)
	p.Indented(0, tone, verdictText(r))
	p.Para(sentence(r.Decision.Why))
}

// verdictText says in one sentence what the case comes to.
func verdictText(r *results.BusinessCase) string {
	subject := option(r, r.Decision.Subject)
	if subject == nil {
		return "No option was given: this is the exposure alone."
	}
	f := money.English.Format("money", currency(r.Currency))
	years := money.English.Format("yr", money.Currency{}).Measured().Text(r.Company.Economics.Horizon.Value)
	npv := numberOf(subject.Quantities["npv"])
	chance := numberOf(subject.Quantities["npv.chance_positive"])
	odds := strings.Replace(money.English.Odds(chance, 100), " in ", " of ", 1)
	worth := fmt.Sprintf("net present value %s over %s, compared with doing nothing, and above zero in %s modelled futures", f.Number(npv), years, odds)
	if numberOf(subject.Quantities["npv.p10"]) < 0 && numberOf(subject.Quantities["npv.p90"]) > 0 {
		worth += "; its range crosses zero"
	}
	switch {
	case r.Decision.Verdict == "favourable":
		return fmt.Sprintf("Favourable: %q pays on average and in most futures: %s.", subject.Name, worth)
	case r.Decision.Verdict == "unfavourable":
		return fmt.Sprintf("Unfavourable: no option pays for itself. The nearest is %q: %s.", subject.Name, worth)
	case npv > 0 && chance < 0.5:
		return fmt.Sprintf("Neutral: %q pays on average but not in most futures: %s.", subject.Name, worth)
	}
	return fmt.Sprintf("Neutral: %q is what comes out: %s.", subject.Name, worth)
}

// option returns the option of that ID, nil for doing nothing.
func option(r *results.BusinessCase, id string) *results.Option {
	for i := range r.Options {
		if r.Options[i].ID == id {
			return &r.Options[i]
		}
	}
	return nil
}

func numberOf(f results.Figure) float64 {
	if f.Value == nil {
		return 0
	}
	return *f.Value
}

// tellHeadline writes the six headline figures.
func tellHeadline(p *text.Page, r *results.BusinessCase) {
	amount := money.English.Format("money", currency(r.Currency))
	share := money.English.Format("share", money.Currency{})
	t := text.Table{Columns: []text.Column{{Head: "headline", Min: 20}, {Head: "", Right: true}, {Head: "range", Right: true}, {Head: "", Min: 20}}}
	row := func(label string, f money.Format, value, low, high *float64, what string) {
		if value == nil {
			return
		}
		between := ""
		if low != nil && high != nil {
			c := f.Column(*low, *high)
			between = c.Range(*low, *high)
		}
		t.Rows = append(t.Rows, []text.Cell{{Text: label}, {Text: f.Number(*value), Tone: text.Strong}, {Text: between}, {Text: what, Tone: text.Faint}})
	}
	const of90 = "median; P5 to P95"
	q := r.Quantities
	chance, total, marketing := q["probability.year"], q["severity.total"], q["severity.marketing"]
	row("Chance of an incident in a year", share, chance.Value, chance.P5, chance.P95, "mean; P5 to P95")
	row("What one costs", amount, total.P50, total.P5, total.P95, of90)
	row("Marketing's part of it", amount, marketing.P50, marketing.P5, marketing.P95, of90)
	row("Expected yearly loss", amount, q["ale.total"].Value, nil, nil, "mean")
	if o := option(r, r.Decision.Subject); o != nil {
		label := "NPV, recommended option"
		if r.Decision.Recommended != o.ID {
			label = "NPV, best option"
		}
		row(label, amount, o.Quantities["npv"].Value, o.Quantities["npv.p10"].Value, o.Quantities["npv.p90"].Value, "mean; P10 to P90")
	}
	low, high := r.Stake.ShareLow, r.Stake.ShareHigh
	of := "of the loss avoided; one input at a time"
	if len(r.Options) == 0 {
		of = "of the expected loss; one input at a time"
	}
	row("Marketing's stake", share, q["stake.share"].Value, &low, &high, of)
	p.Gap()
	p.Table(t)
}

// tellNext says what to look at before the papers leave the house.
func tellNext(p *text.Page, r *results.BusinessCase, dir string) {
	p.Heading("Next")
	for _, c := range r.Checks {
		if !c.OK {
			p.Bullet(fmt.Sprintf("✗ a check of the case fails: %s; casebuilder explain %s %s", c.Label, c.ID, filepath.Join(dir, casebuilder.ResultsFile)), "")
		}
	}
	if r.Company.Company.Example {
		p.Bullet("the figures are those of an example: casebuilder init company.yaml starts your own", "")
	}
	if len(r.Tornado) > 0 {
		b := r.Tornado[0]
		p.Bullet(fmt.Sprintf("what moves the result most is %s: casebuilder explain %s %s", lowerFirst(b.Label), b.ID, filepath.Join(dir, casebuilder.ResultsFile)), "")
	}
	var own []string
	for _, id := range []string{"driver.event_rate", "driver.extra_churn", "driver.direct_headline"} {
		if d, ok := r.Drivers[id]; ok && d.InUse != "company" {
			own = append(own, lowerFirst(d.Label))
		}
	}
	if len(own) > 0 {
		p.Bullet("not your own yet, and worth it: "+strings.Join(own, ", ")+" (casebuilder help estimates)", "")
	}
	p.Bullet("send "+filepath.Join(dir, casebuilder.WorkbookFile)+" to marketing; casebuilder review takes it back", "")
}
