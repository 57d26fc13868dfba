package cli

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"casebuilder/casebuilder/money"
	"casebuilder/casebuilder/render/text"
	"casebuilder/casestudies"
)

func casesShow(c *cli.Context, s Streams) error {
	format, err := formatOf(c)
	if err != nil {
		return err
	}
	if !c.Args().Present() {
		return withHint(usage("want the ID of a case"), "casebuilder cases list shows them")
	}
	lib, err := library(c, s)
	if err != nil {
		return err
	}
	var found []*casestudies.Case
	for _, id := range c.Args().Slice() {
		k, err := lib.Find(id)
		if err != nil {
			return err
		}
		found = append(found, k)
	}
	switch format {
	case asJSON:
		if len(found) == 1 {
			return printJSON(s.Out, found[0])
		}
		return printJSON(s.Out, found)
	case asCSV:
		rs := make([]record, len(found))
		for i, k := range found {
			rs[i] = caseRecord(k)
		}
		return printRecords(s.Out, format, keysOf(rs), rs)
	}
	p := text.NewPage(styleOf(s.Out))
	for i, k := range found {
		if i > 0 {
			p.Gap()
			p.Gap()
		}
		tellCase(p, k)
	}
	_, err = p.WriteTo(s.Out)
	return err
}

// tellCase writes a case as a person reads it: who, what happened, what it
// did, what it cost, what a model can use, what is not known, the sources.
func tellCase(p *text.Page, k *casestudies.Case) {
	story := k.Replay().Story
	p.Heading(k.Organisation + ": " + k.Headline())
	p.Gap()
	p.Facts(
		text.Fact{Label: "case", Text: k.ID},
		text.Fact{Label: "disclosed", Text: disclosedText(k)},
		text.Fact{Label: "business", Text: join(" · ", join(", ", k.Sector, k.Subsector), k.Country, within("part of ", k.Parent))},
		text.Fact{Label: "positioning", Text: join(": ", k.Positioning, k.PositioningBasis)},
		text.Fact{Label: "attack", Text: join(" · ", k.Attack, kindText(k.Model.Kind))},
		text.Fact{Label: "data", Text: strings.ReplaceAll(strings.Join(k.DataTypes, ", "), "_", " ")},
		text.Fact{Label: "people affected", Text: affectedText(k)},
		text.Fact{Label: "customers", Text: countText(k, k.CustomerBase)},
		text.Fact{Label: "revenue", Text: revenueText(k)},
		text.Fact{Label: "employees", Text: countText(k, k.Employees)},
	)
	p.Gap()
	p.Para(k.Summary)
	facts(p, "The course of it", story.Facts)
	facts(p, "Phones and contact", story.Phones)
	facts(p, "Staff", story.Staff)
	facts(p, "Shop and systems", story.Shop)
	facts(p, "Goodwill", story.Goodwill)
	facts(p, "What customers did", story.Effects)
	tellCosts(p, k)
	tellModel(p, k)
	bullets(p, "Lessons", k.Lessons)
	bullets(p, "Not known", story.Unknown)
	if k.Notes != "" {
		p.Heading("Notes")
		p.Indented(2, text.Plain, k.Notes)
	}
	p.Heading("Sources")
	for _, src := range k.Sources {
		p.Bullet(src.ID+" "+join(", ", src.Title, src.Publisher, src.Date)+" ("+src.Kind+")", "")
		if src.URL != "" {
			p.Verbatim(4, src.URL)
		}
	}
}

func facts(p *text.Page, heading string, fs []casestudies.Fact) {
	if len(fs) == 0 {
		return
	}
	p.Heading(heading)
	for _, f := range fs {
		p.Bullet(f.Text, f.Source)
		if f.Note != "" {
			p.Indented(4, text.Faint, f.Note)
		}
	}
}

func bullets(p *text.Page, heading string, lines []string) {
	if len(lines) == 0 {
		return
	}
	p.Heading(heading)
	for _, l := range lines {
		p.Bullet(l, "")
	}
}

func tellCosts(p *text.Page, k *casestudies.Case) {
	if len(k.Costs) == 0 {
		return
	}
	p.Heading("What was reported as cost (totals stand beside their parts: do not add them up)")
	for _, c := range k.Costs {
		p.Bullet(fmt.Sprintf("%s: %s, %s%s", spaced(c.Category), money.English.Measured(c.Amount, currency(c.Currency)), spaced(c.Basis), within(", ", c.AsOf)), k.Cite(c.Source))
		if c.Note != "" {
			p.Indented(4, text.Faint, c.Note)
		}
	}
}

// tellModel says what a model can use of a case.
func tellModel(p *text.Page, k *casestudies.Case) {
	m := &k.Model
	p.Heading("What the model uses of it")
	if d := m.DirectCost; d != nil {
		whole := "complete"
		if !d.Complete {
			whole = "a floor"
		}
		p.Bullet(fmt.Sprintf("direct cost %s in money of %d, %s, %s: %s", money.English.Measured(d.Amount, currency(d.Currency)), d.Year, whole, d.Strength, d.Why), cites(k, d.Sources))
	}
	switch casestudies.SeenOf(k) {
	case casestudies.Reacted:
		p.Bullet(fmt.Sprintf("customers reacted, %s: %s", m.Reaction.Strength, m.Reaction.Why), cites(k, m.Reaction.Sources))
	case casestudies.NotReacted:
		p.Bullet(fmt.Sprintf("no reaction of customers was seen, %s: %s", m.Reaction.Strength, m.Reaction.Why), cites(k, m.Reaction.Sources))
	}
	if m.Closure.Closed != nil {
		line := "no sales channel was closed"
		if *m.Closure.Closed {
			line = "a sales channel was closed"
			if m.Closure.Days != nil {
				line += " for " + money.English.Format("days", money.Currency{}).Measured().Text(*m.Closure.Days)
			}
		}
		p.Bullet(join(": ", line, m.Closure.What), cites(k, m.Closure.Sources))
	}
	for _, o := range m.Observations {
		p.Bullet(fmt.Sprintf("%s = %s, %s: %s", o.Driver, money.English.Exact(o.Value), o.Strength, o.Basis), cites(k, o.Sources))
	}
	if m.DirectCost == nil && m.Reaction.Seen == nil && m.Closure.Closed == nil && len(m.Observations) == 0 {
		p.Bullet("nothing that can be counted", "")
	}
}

// join joins the texts that are not empty.
func join(sep string, parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, sep)
}

// within puts something in front of a text that is not empty.
func within(before, s string) string {
	if s == "" {
		return ""
	}
	return before + s
}

func spaced(s string) string { return strings.ReplaceAll(s, "_", " ") }

func kindText(kind string) string {
	return map[string]string{"data_breach": "customer data exposed", "outage_only": "services closed, no customer data exposed",
		"both": "customer data exposed and services closed"}[kind]
}

func disclosedText(k *casestudies.Case) string {
	began := ""
	if k.IncidentStart != "" {
		began = "began " + k.IncidentStart
		if k.IncidentEnd != "" && k.IncidentEnd != k.IncidentStart {
			began += ", ended " + k.IncidentEnd
		}
	}
	return join("; ", k.Disclosed, began)
}

func affectedText(k *casestudies.Case) string {
	a := k.PeopleAffected
	if a == nil {
		return ""
	}
	s := money.English.Count(a.Value) + " " + a.Unit
	if a.Low != nil && a.High != nil {
		s += fmt.Sprintf(" (%s to %s)", money.English.Count(*a.Low), money.English.Count(*a.High))
	} else if a.Low != nil && *a.Low == a.Value {
		s = "at least " + s
	}
	return s + bracket(k.Cite(a.Source))
}

func countText(k *casestudies.Case, n *casestudies.Count) string {
	if n == nil {
		return ""
	}
	return money.English.Count(n.Value) + bracket(k.Cite(n.Source))
}

func revenueText(k *casestudies.Case) string {
	r := k.AnnualRevenue
	if r == nil {
		return ""
	}
	return fmt.Sprintf("%s in %d", money.English.Measured(r.Value, currency(r.Currency)), r.FiscalYear) + bracket(k.Cite(r.Source))
}

func bracket(s string) string {
	if s == "" {
		return ""
	}
	return " [" + s + "]"
}

func cites(k *casestudies.Case, ids []string) string {
	var out []string
	for _, id := range ids {
		out = append(out, k.Cite(id))
	}
	return join("; ", out...)
}
