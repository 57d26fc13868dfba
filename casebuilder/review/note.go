package review

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/page"
)

// Note is the change note for a board: one page, with the message as its
// title, what was changed and by whom, what it does to the headline, and what
// was not taken in. Lists show at most the given number of rows and say how
// many more there are.
func (r *Report) Note(paper page.Paper, most int) *page.Document {
	n := note{r, most}
	name := r.Name
	if r.Unit != "" {
		name += ", " + r.Unit
	}
	d := &page.Document{
		Title: "Change note: " + clip(name, 120), Subject: "What the review of the workbook changed", Language: "en-GB", AsOf: r.AsOf.Time, Paper: paper,
		Footer: []string{clip(name, 60), "version of the case " + r.Facts.Fingerprint, "case of " + money.English.Date(r.AsOf.Time)},
	}
	if r.Profile != nil {
		d.Author, d.Classification = clip(r.Profile.Paper.PreparedBy, 120), clip(r.Profile.Paper.Classification, 80)
	}
	blocks := []page.Block{n.figures()}
	if len(r.Changes) > 0 {
		blocks = append(blocks, n.changes())
	}
	blocks = append(blocks, page.Columns{Cells: []page.Cell{{Span: 6, Blocks: n.questions()}, {Span: 6, Blocks: n.notTaken()}}})
	blocks = append(blocks, page.Space{Points: 18}, page.Paragraph{Style: page.Note, Text: page.T(n.small())})
	d.Pages = []page.Page{{ID: "note", Kicker: page.T("Change note · " + clip(name, 80)), Title: page.T(n.title()), Qualifier: page.T(n.qualifier()), Blocks: blocks, Fixed: true}}
	return d
}

// note writes the parts of a note.
type note struct {
	*Report
	most int
}

// title is the message.
func (n note) title() string {
	who := n.reviewers()
	options := n.Profile != nil && len(n.Profile.Options) > 0
	change := map[bool]string{true: "change", false: "changes"}[len(n.Changes) == 1]
	count := capital(spellNumber(len(n.Changes)))
	switch {
	case len(n.Changes) == 0 && len(n.Refused)+len(n.Conflicts) == 0:
		return "The review changed no figure"
	case len(n.Changes) == 0:
		return "No change could be taken in: " + strings.TrimPrefix(n.Counts(), "no change taken in, ")
	case !options:
		return fmt.Sprintf("%s %s by %s: expected loss a year %s", count, change, who, n.moves("money/yr", n.Now.Expected, n.With.Expected))
	case n.With.Recommended != n.Now.Recommended:
		return fmt.Sprintf("%s %s by %s: the recommendation turns to “%s”", count, change, who, clip(n.Option(n.With.Recommended), 40))
	case n.With.Verdict != n.Now.Verdict:
		return fmt.Sprintf("%s %s by %s: the recommendation stands, and is %s now", count, change, who, n.With.Verdict)
	}
	return fmt.Sprintf("%s %s by %s: the recommendation stands, its net present value %s", count, change, who, n.moves("money", n.Now.NPV, n.With.NPV))
}

// moves says in words where a figure goes.
func (n note) moves(unit string, from, to float64) string {
	a, b := n.Print(unit, from), n.Print(unit, to)
	switch {
	case n.Effect(unit, from, to) == "none":
		return "stays at " + b
	case a == b && to < from:
		return "falls slightly, to " + b
	case a == b:
		return "rises slightly, to " + b
	case to < from:
		return fmt.Sprintf("falls from %s to %s", a, b)
	}
	return fmt.Sprintf("rises from %s to %s", a, b)
}

// reviewers names who made the changes, without their posts: two names at
// most.
func (n note) reviewers() string {
	var names []string
	seen := map[string]bool{}
	for _, c := range n.Changes {
		for _, name := range strings.Split(c.Who, "; ") {
			if person, _, _ := strings.Cut(name, ","); person != "" {
				name = person
			}
			if !seen[name] {
				seen[name] = true
				names = append(names, clip(name, 30))
			}
		}
	}
	switch len(names) {
	case 1:
		return names[0]
	case 2:
		return names[0] + " and " + names[1]
	}
	return fmt.Sprintf("%d reviewers", len(names))
}

func (n note) qualifier() string {
	s := capital(n.Counts()) + "; " + n.Agreement()
	if len(n.Moved) > 0 {
		s += "; the company file has moved on as well"
	}
	return s
}

// figures is the band of what counts, with what it was.
func (n note) figures() page.Block {
	band := page.KeyFigures{}
	for _, f := range n.Figures() {
		switch f.ID {
		case "severity.total.p50", "probability.year":
			continue
		}
		role := page.Inherit
		switch f.ID {
		case "severity.marketing.p50", "stake.share":
			role = page.Marketing
		case "npv":
			role = page.Recommended
		}
		was := "unchanged"
		if n.Effect(f.Unit, f.Now, f.With) != "none" {
			was = fmt.Sprintf("was %s (%s)", n.Print(f.Unit, f.Now), n.Effect(f.Unit, f.Now, f.With))
		}
		unit := ""
		if strings.HasSuffix(f.Unit, "/yr") {
			unit = "a year"
		}
		label := map[string]string{"severity.marketing.p50": "marketing's part of one incident (median)", "ale.total": "expected loss", "npv": "NPV of " + clip(n.Option(n.With.Subject), 40), "stake.share": "marketing's stake"}[f.ID]
		band.Items = append(band.Items, page.KeyFigure{Value: page.F(f.ID, n.Print(f.Unit, f.With)), Unit: unit, Label: page.T(label), Range: page.T(was), Role: role})
	}
	return band
}

// changes is the table of what was taken in.
func (n note) changes() page.Block {
	t := page.Table{Title: page.T("What was changed, and what each change does by itself"),
		Columns: []page.Column{{Head: page.T("Figure"), Share: 3}, {Head: page.T("From"), Share: 1.6}, {Head: page.T("To"), Share: 1.6}, {Head: page.T("Who and why"), Share: 4}}}
	options := len(n.Profile.Options) > 0
	if options {
		t.Columns = append(t.Columns, page.Column{Head: page.T("NPV"), Unit: "effect", Align: page.Right})
	}
	t.Columns = append(t.Columns, page.Column{Head: page.T("Stake"), Unit: "effect", Align: page.Right})
	list, reason := n.Changes, 160
	if len(list) > n.most {
		// The changes that move most are shown, in the order of the sheets.
		weight := func(c Change) float64 {
			return math.Abs(c.Alone.NPV-n.Now.NPV) + math.Abs(c.Alone.Expected-n.Now.Expected)
		}
		heavy := slices.SortedStableFunc(slices.Values(list), func(a, b Change) int { return cmp.Compare(weight(b), weight(a)) })[:n.most]
		list = slices.DeleteFunc(slices.Clone(list), func(c Change) bool {
			return !slices.ContainsFunc(heavy, func(h Change) bool { return h.ID == c.ID })
		})
		t.Notes = append(t.Notes, page.T(fmt.Sprintf("Those with the largest effect; %d more are in the list of changes of the workbook.", len(n.Changes)-len(list))))
	}
	if len(list) > 4 {
		reason = 90
	}
	for _, c := range list {
		row := page.Row{Cells: []page.Text{page.T(clip(c.Label, 70)), page.T(clip(c.From(), 60)), page.T(clip(c.To(), 60)), page.T(clip(fmt.Sprintf("%s, %s: %s", c.Who, c.Date, c.Reason), reason))}}
		npv, stake := n.Effect("money", n.Now.NPV, c.Alone.NPV), n.Effect("share", n.Now.Stake, c.Alone.Stake)
		if !c.Fits {
			npv, stake = "with others only", "–"
		}
		if options {
			row.Cells = append(row.Cells, page.T(npv))
		}
		row.Cells = append(row.Cells, page.T(strings.Replace(stake, " points", " pts", 1)))
		t.Rows = append(t.Rows, row)
	}
	total := page.Row{Kind: page.TotalRow, Cells: []page.Text{page.T("All together"), nil, nil, nil}}
	if options {
		total.Cells = append(total.Cells, page.T(n.Effect("money", n.Now.NPV, n.With.NPV)))
	}
	total.Cells = append(total.Cells, page.T(strings.Replace(n.Effect("share", n.Now.Stake, n.With.Stake), " points", " pts", 1)))
	t.Rows = append(t.Rows, total)
	if n.With.Recommended != n.Now.Recommended {
		t.Notes = append(t.Notes, page.T(fmt.Sprintf("NPV is that of the option looked at: “%s” before, “%s” with the changes.", clip(n.Option(n.Now.Subject), 60), clip(n.Option(n.With.Subject), 60))))
	}
	return t
}

// questions says how far the reviewer agrees.
func (n note) questions() []page.Block {
	out := []page.Block{page.Heading{Text: page.T("Questions to marketing")}, page.Paragraph{Text: page.T(capital(n.Agreement()) + ".")}}
	var items []page.Text
	more := 0
	for _, a := range n.Answers {
		if a.Answer == "" || a.Answer == agree && a.Comment == "" {
			continue
		}
		if len(items) == max(1, n.most/2) {
			more++
			continue
		}
		s := a.Answer + " on " + spell(a.ID)
		if a.Comment != "" {
			s += ": " + a.Comment
		}
		items = append(items, page.T(clip(s, 140)))
	}
	if more > 0 {
		items = append(items, page.T(fmt.Sprintf("and %d more with a comment", more)))
	}
	if len(items) > 0 {
		out = append(out, page.List{Items: items})
	}
	return out
}

// notTaken lists what was refused or is in conflict.
func (n note) notTaken() []page.Block {
	out := []page.Block{page.Heading{Text: page.T("Not taken in")}}
	var items []page.Text
	for _, x := range n.Refused {
		label := x.Label
		if label == "" {
			label = x.ID
		}
		items = append(items, page.T(clip(fmt.Sprintf("%s, %s to %s: want %s", label, x.Filed, x.Yours, x.Problems[0].Want), 170)))
	}
	for _, x := range n.Conflicts {
		now := x.Now
		if now == "" {
			now = "gone"
		}
		items = append(items, page.T(clip(fmt.Sprintf("%s: filed as %s, %s in the company file now, %s by the reviewer; to be settled", x.Label, x.Filed, now, x.Yours), 170)))
	}
	if len(items) == 0 {
		return append(out, page.Paragraph{Text: page.T("Nothing: every edit was taken in.")})
	}
	if more := len(items) - max(1, n.most/2); more > 0 {
		items = append(items[:max(1, n.most/2)], page.T(fmt.Sprintf("and %d more", more)))
	}
	return append(out, page.List{Items: items})
}

// small is the small print.
func (n note) small() string {
	s := fmt.Sprintf("Modelled, %s trials. The effect of a change is that of the change by itself; effects together need not add up.", money.English.Count(float64(n.Facts.Trials)))
	if k := len(n.Ignored); k > 0 {
		s += fmt.Sprintf(" %s of locked cells or formulas in the workbook %s ignored.", capital(many(k, "change", "changes")), map[bool]string{true: "was", false: "were"}[k == 1])
	}
	if k := len(n.Deleted); k > 0 {
		s += fmt.Sprintf(" %s deleted there; the company file's values stand.", capital(many(k, "row was", "rows were")))
	}
	if len(n.Moved) > 0 {
		s += fmt.Sprintf(" The company file has changed %s since the workbook was filed; figures before are those of the company file now.", many(len(n.Moved), "value", "values"))
	}
	return s
}

var numbers = []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}

func spellNumber(n int) string {
	if n < len(numbers) {
		return numbers[n]
	}
	return fmt.Sprint(n)
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
