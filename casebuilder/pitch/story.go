package pitch

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"casebuilder/casebuilder/chart"
	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/results"
)

// story is page 4: what happened to others, and what the same would mean here.
func (w *writer) story() page.Page {
	p := w.titled("story", storyForm(w.view, w.r))
	right := blocks(w.wave(), w.rates())
	p.Blocks = blocks(
		page.Columns{Cells: cells(page.Cell{Span: 6, Blocks: w.told()}, page.Cell{Span: 6, Blocks: right})},
		w.strip(),
		w.note("story.class", w.noEffect()),
	)
	return p
}

// storyForm is the form of the title of page 4.
func storyForm(v View, r *results.BusinessCase) string {
	backlog := 0.0
	if i := waveInUse(r); i >= 0 {
		backlog = r.Exhibits.Waves[i].Backlog
	}
	switch {
	case v.Featured != nil && v.Featured.Phones && backlog >= 1:
		return "overrun"
	case v.Featured != nil && v.Featured.Phones:
		return "holds"
	case backlog >= 1:
		return "backlog"
	}
	return "class"
}

func waveInUse(r *results.BusinessCase) int {
	return slices.IndexFunc(r.Exhibits.Waves, func(w results.Wave) bool { return w.InUse })
}

// limits are the most facts of the case that is told, the most cases that are
// set one under the other, and the least height of the wave: page 4 has to stay
// one page.
func (w *writer) limits() (events, cases int, wave float64) {
	switch {
	case w.brief("story"):
		return 4, 3, 0
	case w.opt.Paper == page.Letter:
		return 5, 4, 0
	}
	return 6, 5, 118
}

// told is the featured case as a list of reported facts.
func (w *writer) told() []page.Block {
	r := featured(w.r)
	if r == nil {
		return nil
	}
	t := chart.Timeline{Kind: w.plain("told.kind")}
	add := func(topic string, key bool, facts []results.Fact, most int) {
		for _, f := range facts {
			if most == 0 {
				break
			}
			if strings.HasPrefix(f.Text, "Share price") { // stands for nothing in this paper
				continue
			}
			most--
			date := page.Label{}
			if topic != "" {
				date = w.label("topic." + topic)
				topic = ""
			}
			t.Events = append(t.Events, chart.Event{Date: date, Text: page.L(shortened(polish(f.Text), 150)), Strip: page.L(w.dated(polish(f.Source))), Key: key})
		}
	}
	t.Events = append(t.Events, chart.Event{Date: page.L(w.day(r.Disclosed)), Text: w.label("told.disclosed", w.view.Featured)})
	add("phones", true, r.Story.Phones, 2)
	add("staff", false, together(r.Story.Staff), 1)
	add("shop", false, r.Story.Shop, 1)
	mostEvents, _, _ := w.limits()
	add("effects", false, r.Story.Effects, 1)
	if len(t.Events) < mostEvents {
		add("goodwill", false, r.Story.Goodwill, 1)
	}
	if len(t.Events) < mostEvents-1 {
		add("facts", false, r.Story.Facts, mostEvents-1-len(t.Events))
	}
	out := blocks(page.Exhibit{Title: w.text("told.title", w.view.Featured), Subtitle: w.text("told.subtitle"), Chart: t})
	return append(out, blocks(w.note("told.unknown", unknown(r.Story.Unknown)))...)
}

// together joins the first two facts: who was taken off their work, and out of
// how many.
func together(facts []results.Fact) []results.Fact {
	if len(facts) < 2 {
		return facts
	}
	a, b := facts[0], facts[1]
	return []results.Fact{{Text: a.Text + "; " + lowerFirst(b.Text), Source: a.Source + "; " + b.Source}}
}

// unknown names what no public figure exists for: the beginnings of the
// sentences.
func unknown(sentences []string) []string {
	var out []string
	for _, s := range sentences[:min(len(sentences), 4)] {
		what, _, _ := strings.Cut(polish(s), ":")
		out = append(out, lowerFirst(strings.TrimSuffix(what, ".")))
	}
	return out
}

// polish sets the texts of the library as print does: minus signs and
// apostrophes.
func polish(s string) string {
	s = oneDay.ReplaceAllString(clean(s), "${1}1 day")
	return apostrophe.ReplaceAllString(hyphen.ReplaceAllString(s, "${1}−${2}"), "${1}’${2}")
}

var (
	oneDay     = regexp.MustCompile(`(^|\s)1 days\b`)
	hyphen     = regexp.MustCompile(`(^|[\s(])-(\d)`)
	apostrophe = regexp.MustCompile(`(\pL)'(\pL|\s|$)`)
)

func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToLower(r)) + s[n:]
}

// shortened cuts a text at a word.
func shortened(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	cut := string(r[:most])
	if i := strings.LastIndexByte(cut, ' '); i > most/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:") + " …"
}

// day prints a date of a case: a day, a month or a year.
func (w *writer) day(s string) string {
	if t, err := time.Parse(time.DateOnly, s); err == nil {
		return w.loc.Date(t)
	}
	if t, err := time.Parse("2006-01", s); err == nil {
		_, month, _ := strings.Cut(w.loc.Date(t), " ")
		return month
	}
	return s
}

// dated prints the date at the end of a source as people write it.
func (w *writer) dated(source string) string {
	i := strings.LastIndex(source, ", ")
	if i < 0 {
		return source
	}
	return source[:i+2] + w.day(source[i+2:])
}

// wave is the contacts after a notice against what can be answered.
func (w *writer) wave() page.Block {
	i := waveInUse(w.r)
	capacity, err := lookUp(w.r, "capacity.contacts_day")
	if i < 0 || err != nil || len(w.r.Exhibits.Waves[i].Days) == 0 || w.r.Exhibits.Waves[i].Contacts <= 0 {
		return nil
	}
	at := "waves:" + strconv.Itoa(i)
	u := w.r.Exhibits.Waves[i]
	spare, _ := lookUp(w.r, "staffing.spare_capacity")
	load, _ := lookUp(w.r, "surge.phones_off_load")
	ordinary := capacity.value * (1 - spare.value)
	c := chart.Wave{Kind: w.plain("wave.kind"), Capacity: capacity.value, Count: w.countTick, Day: func(v float64) string { return w.loc.Exact(v + 1) },
		Waves: w.label("wave.contacts", at), Limit: w.label("wave.limit"), XTitle: w.plain("wave.x"), YTitle: w.plain("wave.y")}
	for _, d := range u.Days {
		c.Contacts = append(c.Contacts, ordinary+d)
	}
	if load.value > 0 && u.PeakLoad > load.value/2 {
		c.Off, c.OffText = load.value*capacity.value, w.label("wave.off")
	}
	_, _, least := w.limits()
	if u.Backlog > 0 {
		c.Backlog = w.label("wave.backlog", at)
	}
	return page.Exhibit{Title: w.text("wave.title."+w.view.Strain, at), Subtitle: w.text("wave.subtitle"), Chart: c, Source: w.text("wave.source"), Least: least, Greatest: 150}
}

// strain says what a headline does to the contact centre: over where work is
// left behind, peak where a day exceeds what can be answered but nothing is
// left, fits where none does; "" where it is not known.
func strain(r *results.BusinessCase) string {
	i := waveInUse(r)
	if i < 0 {
		return ""
	}
	switch u := r.Exhibits.Waves[i]; {
	case u.Backlog > 0:
		return "over"
	case u.PeakLoad > 1:
		return "peak"
	}
	return "fits"
}

// rates is the capacity at several rates of contact.
func (w *writer) rates() page.Block {
	t := page.Table{Title: w.text("rates.title"), Tight: true, Columns: []page.Column{{Head: w.text("rates.rate")}, {Head: w.text("rates.contacts"), Align: page.Right},
		{Head: w.text("rates.load"), Align: page.Decimal}, {Head: w.text("rates.backlog"), Align: page.Decimal}}}
	for i, v := range w.r.Exhibits.Waves {
		at := "waves:" + strconv.Itoa(i) + ":"
		row := page.Row{Cells: []page.Text{w.text("rates.row", waveRow{at + "rate", v.InUse}), w.figure(at + "contacts"), w.spans(sign(at+"peak_load", w.loc.Times(v.PeakLoad))), w.figure(at + "backlog")}}
		if v.InUse {
			row.Kind = page.TintRow
		}
		t.Rows = append(t.Rows, row)
	}
	t.Notes = w.list("rates.note")
	return t
}

// waveRow is a row of the table of rates, for its text.
type waveRow struct {
	Rate  string // ID
	InUse bool
}

// strip sets the replayed cases one under the other.
func (w *writer) strip() page.Block {
	if len(w.r.Replay) == 0 {
		return nil
	}
	c := chart.Strip{Kind: w.plain("strip.kind"), Heads: []page.Label{w.label("strip.people"), w.label("strip.contact"), w.label("strip.shop"), w.label("strip.reaction"), w.label("strip.cost")},
		Total: w.label("strip.total"), Observed: w.label("strip.observed"), Assumed: w.label("strip.assumed")}
	var ids []string
	_, most, _ := w.limits()
	replays := w.r.Replay[:min(len(w.r.Replay), most)]
	for _, r := range replays {
		ids = append(ids, "replay:"+r.ID+":severity.marketing")
	}
	totals := w.fine(ids...)
	for i, r := range replays {
		at := "replay:" + r.ID + ":"
		row := chart.StripRow{Name: page.L(withoutBrackets(clean(r.Organisation))), Sub: w.label("strip.sub", stripSub{r.Sector, r.Disclosed[:min(4, len(r.Disclosed))]}), Bold: i == 0}
		driver := func(id string) (results.ReplayDriver, bool) {
			for _, d := range r.Drivers {
				if d.ID == id {
					return d, true
				}
			}
			return results.ReplayDriver{}, false
		}
		people := chart.StripCell{Text: w.label("strip.unknown")}
		if r.Story.People != nil {
			people = chart.StripCell{Text: labelOf(w.figure(at + "people")), Observed: true}
		}
		row.Cells = append(row.Cells, people)
		row.Cells = append(row.Cells, w.stripCell(at, "driver.contact_rate", driver))
		shop := chart.StripCell{}
		if d, ok := driver("switch.closed"); ok {
			days, _ := driver("driver.closed_days")
			_, part := driver("closed.margin_year")
			switch {
			case d.Observed && d.Value > 0 && days.Observed:
				shop = chart.StripCell{Text: w.label("strip.closed", closed{part, at + "driver.closed_days"}), Observed: true}
			case d.Observed && d.Value > 0:
				shop = chart.StripCell{Text: w.label("strip.closed", closed{Part: part}), Observed: true}
			case d.Observed:
				shop = chart.StripCell{Text: w.label("strip.open"), Observed: true}
			default:
				shop = chart.StripCell{Text: w.label("strip.open"), Assumed: true}
			}
		}
		reaction := chart.StripCell{}
		if d, ok := driver("switch.reaction"); ok {
			switch {
			case d.Observed && d.Value > 0:
				reaction = chart.StripCell{Text: w.label("strip.seen"), Observed: true}
			case d.Observed:
				reaction = chart.StripCell{Text: w.label("strip.none"), Observed: true}
			default:
				reaction = chart.StripCell{Text: w.label("strip.chance", at+"switch.reaction"), Assumed: true}
			}
		}
		cost := chart.StripCell{Text: w.label("strip.unpublished")}
		if d := r.DisclosedCost; d != nil {
			cost = chart.StripCell{Text: w.label("strip.disclosed", disclosed{w.foreign(at+"disclosed", d.Currency), d.Complete}), Observed: true}
		}
		row.Cells = append(row.Cells, shop, reaction, cost)
		if n, err := lookUp(w.r, ids[i]); err == nil {
			row.Total = n.value
			row.Text = page.Label{Text: totals.f.Number(n.value), Figure: ids[i] + "=" + totals.f.Number(n.value)}
		}
		c.Rows = append(c.Rows, row)
	}
	return page.Exhibit{Title: w.text("strip.title", len(replays)), Subtitle: w.text("strip.subtitle"), Chart: c, Source: w.text("strip.source", citations(w, replays))}
}

// withoutBrackets leaves out what stands in brackets behind a long name.
func withoutBrackets(s string) string {
	if before, _, ok := strings.Cut(s, " ("); ok && len([]rune(s)) > 24 {
		return before
	}
	return s
}

// stripSub is what stands under the name of a case.
type stripSub struct{ Sector, Year string }

// closed is a closure of a sales channel in a case: of a part of it, for how
// long (an ID, "" where nobody knows).
type closed struct {
	Part bool
	Days string
}

// disclosed is a cost that a case disclosed, printed in its own currency.
type disclosed struct {
	Amount   string
	Complete bool
}

func (w *writer) stripCell(at, id string, driver func(string) (results.ReplayDriver, bool)) chart.StripCell {
	d, ok := driver(id)
	if !ok {
		return chart.StripCell{}
	}
	return chart.StripCell{Text: w.label("strip.rate", at+id), Observed: d.Observed, Assumed: !d.Observed}
}

// citations names the first source of each replayed case.
func citations(w *writer, replays []results.Replay) string {
	var out []string
	for _, p := range replays {
		if f := p.Story; len(f.Facts)+len(f.Phones)+len(f.Effects) > 0 {
			first := append(append(slices.Clone(f.Phones), f.Effects...), f.Facts...)[0]
			out = append(out, clean(p.Organisation)+": "+w.dated(polish(first.Source)))
		}
	}
	return strings.Join(out, "; ")
}

// noEffect names the nearest cases in which no effect on customers was seen
// although somebody looked.
func (w *writer) noEffect() []string {
	var out []string
	for _, c := range w.r.Comparables {
		if c.Effect == "none seen" && len(out) < 3 {
			out = append(out, clean(c.Organisation)+" ("+c.Disclosed[:min(4, len(c.Disclosed))]+")")
		}
	}
	return out
}
