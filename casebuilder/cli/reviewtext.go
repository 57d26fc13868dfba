package cli

import (
	"fmt"
	"strings"

	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/render/text"
	"casebuilder/casebuilder/review"
)

// printReview prints a review as text, JSON or CSV.
func printReview(s Streams, format string, r *review.Report, written []string) error {
	switch format {
	case asJSON:
		return printJSON(s.Out, reviewRecord(r, written))
	case asCSV:
		rows := reviewRows(r)
		return printCSV(s.Out, reviewKeys, rows)
	}
	p := text.NewPage(styleOf(s.Out))
	t := reviewText{p, r}
	t.top()
	t.changes()
	t.headline()
	t.notTaken()
	t.answers()
	for i, file := range written {
		if i == 0 {
			p.Gap()
		}
		p.Para("wrote " + file)
	}
	_, err := p.WriteTo(s.Out)
	return err
}

// reviewText writes the report of a review.
type reviewText struct {
	p *text.Page
	r *review.Report
}

func (t reviewText) top() {
	r := t.r
	name := r.Name
	if r.Unit != "" {
		name += ", " + r.Unit
	}
	now := "as it was filed"
	if len(r.Moved) > 0 {
		now = "has moved on since it was filed: " + count(len(r.Moved), "value", "values")
	}
	t.p.Para("Review of " + name)
	t.p.Gap()
	t.p.Facts(
		text.Fact{Label: "Workbook", Text: fmt.Sprintf("%s, version of the case %s", r.File, r.Facts.Fingerprint)},
		text.Fact{Label: "Company file", Text: fmt.Sprintf("%s: %s", r.CompanyFile, now)},
		text.Fact{Label: "Edits", Text: r.Counts(), Tone: map[bool]text.Tone{true: text.Warn}[len(r.Refused)+len(r.Conflicts) > 0]},
		text.Fact{Label: "Questions", Text: r.Agreement()},
	)
}

// changes lists what was taken in: what, from and to, who and why, and what it
// does by itself.
func (t reviewText) changes() {
	if len(t.r.Changes) == 0 {
		return
	}
	t.p.Heading("Changes taken in")
	for i, c := range t.r.Changes {
		if i > 0 {
			t.p.Gap()
		}
		t.p.Indented(0, text.Plain, fmt.Sprintf("%s (%s)", c.Label, c.ID))
		t.p.Indented(2, text.Strong, c.From()+" -> "+c.To())
		t.p.Indented(2, text.Plain, fmt.Sprintf("%s, %s: %s", c.Who, c.Date, c.Reason))
		t.p.Indented(2, text.Faint, t.alone(c))
	}
}

// alone says what a change does by itself.
func (t reviewText) alone(c review.Change) string {
	if !c.Fits {
		return "by itself: does not fit the other values; only with the other changes"
	}
	r := t.r
	parts := []string{}
	if len(r.Profile.Options) > 0 {
		parts = append(parts, "NPV "+r.Effect("money", r.Now.NPV, c.Alone.NPV))
	}
	parts = append(parts, "stake "+r.Effect("share", r.Now.Stake, c.Alone.Stake), "expected loss a year "+r.Effect("money", r.Now.Expected, c.Alone.Expected))
	if c.Alone.Recommended != r.Now.Recommended {
		parts = append(parts, "recommended: "+r.Option(c.Alone.Recommended))
	}
	if c.Alone.Verdict != r.Now.Verdict {
		parts = append(parts, "verdict: "+c.Alone.Verdict)
	}
	return "by itself: " + strings.Join(parts, "; ")
}

// headline shows the headline as filed, now, and with all changes.
func (t reviewText) headline() {
	r := t.r
	t.p.Heading("The headline")
	moved := r.Filed != r.Now
	cols := []text.Column{{Head: "Figure", Min: 20}, {Head: "As filed", Right: true}}
	if moved {
		cols = append(cols, text.Column{Head: "Company file now", Right: true})
	}
	if len(r.Changes) > 0 {
		cols = append(cols, text.Column{Head: "With all changes", Right: true}, text.Column{Head: "Effect", Right: true})
	}
	table := text.Table{Columns: cols}
	add := func(label string, filed, now, with, effect string) {
		row := []string{label, filed}
		if moved {
			row = append(row, now)
		}
		if len(r.Changes) > 0 {
			row = append(row, with, effect)
		}
		table.Add(row...)
	}
	for _, f := range r.Figures() {
		add(f.Label, r.Print(f.Unit, f.Filed), r.Print(f.Unit, f.Now), r.Print(f.Unit, f.With), r.Effect(f.Unit, f.Now, f.With))
	}
	t.p.Table(table)
	if len(r.Profile.Options) > 0 {
		t.p.Gap()
		t.p.Facts(t.turns("Recommended", r.Option(r.Filed.Recommended), r.Option(r.Now.Recommended), r.Option(r.With.Recommended)),
			t.turns("Verdict", r.Filed.Verdict, r.Now.Verdict, r.With.Verdict))
	}
}

// turns says in words whether a part of the decision stays as it was filed.
func (t reviewText) turns(label, filed, now, with string) text.Fact {
	f := text.Fact{Label: label, Text: with}
	switch {
	case filed == now && now == with:
		f.Text += ", as filed"
	case now == with:
		f.Text, f.Tone = fmt.Sprintf("%s, by the company file now; filed: %s", with, filed), text.Warn
	default:
		f.Text, f.Tone = fmt.Sprintf("%s, with the changes; before: %s", with, now), text.Warn
	}
	return f
}

// notTaken lists what was refused, what is in conflict, and what was ignored.
func (t reviewText) notTaken() {
	r := t.r
	if len(r.Refused) > 0 {
		t.p.Heading("Refused")
	}
	for _, x := range r.Refused {
		title := x.ID
		if x.Label != "" {
			title = fmt.Sprintf("%s (%s)", x.Label, x.ID)
		}
		t.p.Indented(0, text.Plain, title)
		t.p.Indented(2, text.Plain, strings.TrimSuffix(fmt.Sprintf("%s -> %s, %s", x.Filed, x.Yours, x.Who), ", "))
		for _, p := range x.Problems {
			t.p.Indented(2, text.Bad, p.Error())
		}
	}
	if len(r.Conflicts) > 0 {
		t.p.Heading("Conflicts: the company file and the reviewer both moved")
	}
	for _, x := range r.Conflicts {
		now := x.Now
		if now == "" {
			now = "no longer there"
		}
		t.p.Indented(0, text.Plain, fmt.Sprintf("%s (%s)", x.Label, x.ID))
		t.p.Indented(2, text.Bad, fmt.Sprintf("filed %s; company file now %s; %s %s", x.Filed, now, x.Who, x.Yours))
		t.p.Indented(2, text.Plain, fmt.Sprintf("%s: %s, %s: %s", x.At, x.Who, x.Date, x.Reason))
	}
	if len(r.Settled) > 0 {
		t.p.Heading("In the company file already")
	}
	for _, x := range r.Settled {
		t.p.Bullet(fmt.Sprintf("%s (%s): %s -> %s", x.Label, x.ID, x.Filed, x.Yours), x.Who)
	}
	t.list("Ignored: locked cells and formulas that were changed", r.Ignored)
	t.list("Rows that were deleted: the company file's values stand", r.Deleted)
	if len(r.Moved) > 0 {
		t.p.Heading("Moved on in the company file since the workbook was filed")
	}
	for _, x := range r.Moved {
		t.p.Bullet(fmt.Sprintf("%s (%s): %s -> %s", x.Label, x.ID, orNone(x.Filed), orNone(x.Now)), "")
	}
	t.list("To look at", r.Remarks)
}

func orNone(s string) string {
	if s == "" {
		return "none"
	}
	return s
}

func (t reviewText) list(title string, list diag.List) {
	if len(list) == 0 {
		return
	}
	t.p.Heading(title)
	for _, p := range list {
		t.p.Bullet(p.Error(), "")
	}
}

// answers lists the questions that were answered, with what was said.
func (t reviewText) answers() {
	answered, _ := t.r.Answered()
	if answered == 0 {
		return
	}
	t.p.Heading("Questions")
	for _, a := range t.r.Answers {
		if a.Answer == "" {
			continue
		}
		said := a.Answer
		if a.Comment != "" {
			said += ": " + a.Comment
		}
		t.p.Bullet(fmt.Sprintf("%s %s", a.Question, said), strings.TrimSuffix(a.Who+", "+a.Date, ", "))
	}
}

// reviewRecord is a review for other programs.
func reviewRecord(r *review.Report, written []string) record {
	headline := func(h any) any { return h }
	changes := []record{}
	for _, c := range r.Changes {
		edits := []record{}
		for _, e := range c.Edits {
			edits = append(edits, record{{"id", e.ID}, {"part", e.Part}, {"cell", e.At.Sheet + "!" + e.At.Cell}, {"filed", e.FiledValue}, {"yours", e.YoursValue}, {"formula", e.FromFormula}})
		}
		changes = append(changes, record{{"id", c.ID}, {"label", c.Label}, {"unit", c.Unit}, {"from", c.From()}, {"to", c.To()}, {"who", c.Who}, {"date", c.Date}, {"reason", c.Reason}, {"edits", edits},
			{"fits_alone", c.Fits}, {"alone", headline(c.Alone)}, {"effect", record{{"npv", c.Alone.NPV - r.Now.NPV}, {"stake", c.Alone.Stake - r.Now.Stake}, {"expected", c.Alone.Expected - r.Now.Expected}}}})
	}
	refused := []record{}
	for _, x := range r.Refused {
		refused = append(refused, record{{"id", x.ID}, {"label", x.Label}, {"filed", x.Filed}, {"yours", x.Yours}, {"who", x.Who}, {"problems", findingRecords("problem", x.Problems)}})
	}
	conflicts := []record{}
	for _, x := range r.Conflicts {
		conflicts = append(conflicts, record{{"id", x.ID}, {"label", x.Label}, {"cell", x.At.Sheet + "!" + x.At.Cell}, {"filed", x.Filed}, {"now", x.Now}, {"yours", x.Yours}, {"who", x.Who}, {"date", x.Date}, {"reason", x.Reason}})
	}
	settled := []record{}
	for _, x := range r.Settled {
		settled = append(settled, record{{"id", x.ID}, {"label", x.Label}, {"filed", x.Filed}, {"yours", x.Yours}, {"who", x.Who}})
	}
	moved := []record{}
	for _, x := range r.Moved {
		moved = append(moved, record{{"id", x.ID}, {"label", x.Label}, {"filed", x.Filed}, {"now", x.Now}})
	}
	answers := []record{}
	for _, a := range r.Answers {
		answers = append(answers, record{{"id", a.ID}, {"question", a.Question}, {"answer", a.Answer}, {"comment", a.Comment}, {"who", a.Who}, {"date", a.Date}})
	}
	answered, agreed := r.Answered()
	if written == nil {
		written = []string{}
	}
	return record{{"company", r.Name}, {"unit", r.Unit}, {"workbook", r.File}, {"company_file", r.CompanyFile}, {"fingerprint", r.Facts.Fingerprint}, {"currency", r.Currency},
		{"ok", len(r.Refused)+len(r.Conflicts) == 0}, {"changes", changes}, {"refused", refused}, {"conflicts", conflicts}, {"settled", settled},
		{"ignored", findingRecords("ignored", r.Ignored)}, {"deleted", findingRecords("deleted", r.Deleted)}, {"moved", moved}, {"remarks", findingRecords("remark", r.Remarks)},
		{"questions", record{{"asked", r.Asked}, {"answered", answered}, {"agreed", agreed}, {"agreement", r.Agreement()}, {"answers", answers}}},
		{"headline", record{{"filed", r.Filed}, {"now", r.Now}, {"with_changes", r.With}}}, {"written", written}}
}

func findingRecords(kind string, list diag.List) []record {
	out := []record{}
	for _, p := range list {
		out = append(out, findingRecord(kind, p))
	}
	return out
}

var reviewKeys = []string{"status", "id", "label", "unit", "filed", "now", "yours", "who", "date", "reason", "npv_effect", "stake_effect", "problem"}

// reviewRows are the edits of a review, a row each.
func reviewRows(r *review.Report) []record {
	var rows []record
	add := func(values ...any) {
		row := record{}
		for i, k := range reviewKeys {
			row = append(row, field{k, values[i]})
		}
		rows = append(rows, row)
	}
	for _, c := range r.Changes {
		add("taken in", c.ID, c.Label, c.Unit, c.From(), "", c.To(), c.Who, c.Date, c.Reason, c.Alone.NPV-r.Now.NPV, c.Alone.Stake-r.Now.Stake, "")
	}
	for _, x := range r.Refused {
		add("refused", x.ID, x.Label, "", x.Filed, "", x.Yours, x.Who, "", "", nil, nil, x.Problems.Error())
	}
	for _, x := range r.Conflicts {
		add("conflict", x.ID, x.Label, "", x.Filed, x.Now, x.Yours, x.Who, x.Date, x.Reason, nil, nil, x.At.String())
	}
	for _, x := range r.Settled {
		add("settled", x.ID, x.Label, "", x.Filed, x.Yours, x.Yours, x.Who, "", "", nil, nil, "")
	}
	for _, p := range r.Ignored {
		add("ignored", p.Field, "", "", "", "", "", "", "", "", nil, nil, p.Error())
	}
	for _, p := range r.Deleted {
		add("deleted", p.Field, "", "", "", "", "", "", "", "", nil, nil, p.Error())
	}
	return rows
}
