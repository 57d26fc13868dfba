package veris

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"casebuilder/casestudies"
)

// times reads how long things took.
func (d *details) times(top object) {
	timeline := top.object("timeline")
	one := "s1"
	for _, t := range []struct {
		in           object
		metric, unit string
	}{
		{timeline.object("discovery"), "days_to_detect", "days until it was discovered"},
		{timeline.object("containment"), "other", "days until it was contained"},
		{top.object("attribute").object("availability").object("duration"), "other", "days of interruption"},
	} {
		unit := t.in.text("unit", 20)
		days, known := unitDays[unit]
		switch unit {
		case "", "Unknown", "NA", "Never":
			continue
		}
		if !known {
			d.r.note("%s.unit: %s is not known", t.in.path, unit)
			continue
		}
		value, ok := t.in.number("value")
		if !ok {
			d.say("%s: %s, number not given", strings.TrimPrefix(t.unit, "days "), strings.ToLower(unit))
			continue
		}
		x := value * days
		if x >= 10 {
			x = math.Round(x)
		} else {
			x = math.Round(x*100) / 100
		}
		if x > 36500 {
			d.r.note("%s: more than a hundred years", t.in.path)
			continue
		}
		in := fmt.Sprintf("%s %s in the record", amount(value), strings.ToLower(unit))
		d.c.Operations = append(d.c.Operations, casestudies.Operation{Metric: t.metric, Value: &x, Unit: t.unit + " (" + in + ")", Source: one})
		if t.metric == "days_to_detect" {
			d.c.Model.Observations = append(d.c.Model.Observations, casestudies.Observation{Driver: "days_to_detect", Value: x,
				Basis: in, Strength: "weak", Sources: []string{one}})
		}
	}
}

// impact reads the losses. Without amounts there is no cost.
func (d *details) impact(impact object) {
	if rating := impact.text("overall_rating", 40); rating != "" && rating != "Unknown" {
		d.say("impact rated: %s", rating)
	}
	code := impact.text("iso_currency_code", 3)
	for _, loss := range impact.objects("loss") {
		variety := loss.text("variety", 60)
		l, ok := lossOf(variety)
		if !ok {
			d.r.note("impact.loss[].variety: %s is not known: its amount is taken as other", describe(loss.m["variety"]))
			l = Loss{Variety: "loss of no known variety", Category: "other", Added: true}
		}
		what := "loss variety " + l.Variety
		if l.Form != "" {
			what += " (form of loss: " + l.Form + ")"
		}
		d.cost(loss, "", l.Category, what, code, l.Added)
	}
	d.cost(impact, "overall_", "total_gross", "overall amount of the record; what it holds is not stated", code, true)
	if text := impact.text("notes", 200); text != "" {
		d.say("on the impact, from the record (third-party text): %s", text)
	}
}

// cost adds one amount to the costs, or tells it in the notes.
func (d *details) cost(o object, prefix, category, what, code string, add bool) {
	x, ok := o.number(prefix + "amount")
	low, hasLow := o.number(prefix + "min_amount")
	high, hasHigh := o.number(prefix + "max_amount")
	between := ""
	switch {
	case hasLow && hasHigh && low > high:
		d.r.note("%s: the least amount is above the largest", o.at(prefix+"amount"))
	case hasLow && hasHigh:
		between = fmt.Sprintf("from %s to %s", amount(low), amount(high))
	case hasLow:
		between = "from " + amount(low)
	case hasHigh:
		between = "up to " + amount(high)
	}
	switch {
	case !ok && between != "":
		d.say("%s: %s %s, no single amount", what, between, code)
		return
	case !ok:
		return
	case x == 0:
		d.r.note("%s: 0 is taken for not known", o.at(prefix+"amount"))
		return
	case !add:
		d.say("%s: %s %s, shown and not added", what, amount(x), code)
		return
	case !currencyCode.MatchString(code):
		d.r.note("%s: an amount without a currency is no cost", o.at(prefix+"amount"))
		d.say("%s: %s, currency not given", what, amount(x))
		return
	}
	note := "VERIS " + what
	if between != "" {
		note += "; " + between
	}
	d.c.Costs = append(d.c.Costs, casestudies.Cost{Category: category, Amount: x, Currency: code, Basis: "recorded", Source: recordSource, Note: note})
}

// tell writes the texts of the draft: ours in the summary, theirs in the notes.
func (d *details) tell(id string) {
	action := actions(d.top.object("action"))
	when := d.c.IncidentStart
	d.c.Summary = "VERIS record of an incident at " + d.c.Organisation
	if d.place != "" {
		d.c.Summary += " (" + d.place + ")"
	}
	d.c.Summary += ", " + when + ". Action: " + action + "."
	headline := "Draft from VERIS: " + action
	if d.held != "" {
		d.c.Summary += " Data: " + d.held + "."
		headline += "; data: " + d.held
	}
	d.c.Model.Replay.Headline = clean(headline, 150)
	d.c.Model.Reaction.Why = "the record says nothing of customers"
	d.c.Notes = "Draft from VERIS incident " + id + "."
	for _, n := range d.notes {
		d.c.Notes += " " + upper(n) + "."
	}
	if text := d.top.text("summary", 240); text != "" {
		d.c.Notes += " From the record (third-party text): \"" + text + "\""
	}
	d.c.Notes = clean(d.c.Notes, 3500)
}

func upper(s string) string {
	if s == "" {
		return s
	}
	r := []rune(s)
	return strings.ToUpper(string(r[0])) + strings.TrimSuffix(string(r[1:]), ".")
}

// amount returns a number with commas.
func amount(x float64) string {
	s := strconv.FormatFloat(x, 'f', -1, 64)
	whole, fraction, _ := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction != "" {
		return whole + "." + fraction
	}
	return whole
}
