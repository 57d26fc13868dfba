package pitch

import (
	"slices"
	"strconv"
	"strings"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/results"
)

// View is what a text can see: the names, dates and facts of the case, and the
// IDs of its figures, which the functions of the texts (see writer.funcs)
// print. It is made from the results alone. All fields are plain data; a field
// that the company file leaves empty is "".
type View struct {
	Company, Unit string
	AsOf          string // "31 December 2026"
	AsOfYear      string
	Version       string // of the case: the beginning of its fingerprint
	Profile       string // full, short, marketing
	Kind          string // decision, endorsement, information
	Verdict       string // favourable, neutral, unfavourable

	Decider, DecideBy, FundedFrom, PreparedBy, Contact, ReviewBy string
	Approved                                                     string // date of the appetite; "" where it is proposed here
	PremiumEvidence                                              string
	US                                                           bool // a company of the United States

	Options []Option // as in the company file
	Subject *Option  // the option that the paper analyses: the recommended one, or the one with the highest NPV
	Best    *Option  // the one with the highest NPV
	Price   *Option  // the cheapest option inside appetite, where today is not
	Dearer  *Option  // the next dearer than the subject
	Cheaper *Option  // the next cheaper one

	Recommends bool // the subject is recommended, and not doing nothing
	Asks       bool // approval of spending is asked for: the verdict is favourable, the kind decision
	Pays       bool // the subject's NPV is above zero
	Crosses    bool // its 80% range crosses zero
	Insured    bool

	Levels       []Level // of appetite
	Level        *Level  // the one that the titles speak of: the first that is exceeded, else the first
	Outside      bool    // some level is exceeded today
	OutsideAfter bool    // and with the subject

	Wave      string // ID of the contacts of a headline in the central case: {{fig (of .Wave "contacts")}}
	Strain    string // what it does to the contact centre: over, peak or fits
	Featured  *Story // the case that page 4 tells
	Block     string // largest part of the mean loss: customer_margin, response_spend, direct_net, contact_surge
	Turns     []Turn // assumptions that can turn the answer alone, strongest first
	Told      []Turn // those of them for which a value is told
	Seldom    bool   // half of all incidents or more cost marketing nothing
	Strongest string // ID of the widest bar of the tornado
	Measures  int    // things that the subject lowers
	Once      string // ID of the subject's cost at the start
	Most      string // ID of its highest cost in a later year
	Free      bool   // the subject costs nothing
	Lacks     bool   // the fonts lack characters of the paper
	Reviewed  bool   // results of a review are at hand
	Proposes  bool   // marketing is asked to fund something

	// Row is what a text speaks of where it is printed once for each of
	// several: an Option, a Level, a Turn, a Story, a name, an ID.
	Row any
}

// Option is one option in a View.
type Option struct {
	ID, Name    string
	Recommended bool
	Within      bool // inside every level of appetite
	NotValued   []string
}

// Of returns the ID of one of its figures: {{fig (.Subject.Of "npv")}}.
func (o Option) Of(figure string) string { return "options." + o.ID + "." + figure }

// Next returns the ID of what it adds to the next cheaper option: cost, npv or
// return.
func (o Option) Next(what string) string { return "next:" + o.ID + ":" + what }

// Level is one level of appetite in a View; its strings are IDs of figures.
type Level struct {
	Loss, Chance, Today, After string // After: with the subject; "" without options
	Outside, OutsideAfter      bool
	Near                       bool // today is printed like the chance that is accepted
}

// Over and Under return the IDs of the shares of incidents that cost more than
// the level, and less, as the dots of page 2 show them.
func (l Level) Over() string  { return "dots:over:" + l.number() }
func (l Level) Under() string { return "dots:under:" + l.number() }

// Turn is an assumption that can turn the answer within its own range.
type Turn struct {
	ID    string // of the bar: {{name .ID}}, {{fig .At}}
	At    string // ID of the value at which the NPV is zero, by a straight line between the ends
	Shift string // ID of how far that is from the middle, without its sign
	Lower bool   // it turns below the middle
	told  bool   // the line is a guide to the value: see tells
}

// Story is a case of the library as it is told.
type Story struct {
	ID, Organisation, Year, Headline string
	Off                              bool   // they were switched off
	Phones                           bool   // what happened to its phones is known, and they were overrun or switched off
	Seen, None                       bool   // customers reacted; were looked at and did not
	PlannedRate                      bool   // a rate of contact is known of it
	Named                            bool   // the company's file names it
	People                           string // ID of how many were affected, "" where nobody knows
}

// What a company file may write at length is cut, in characters: a name, and a
// line of words.
const (
	longName = 70
	longLine = 110
)

// subject returns the option that the papers analyse, nil without options.
func subject(r *results.BusinessCase) *results.Option { return optionOf(r, r.Decision.Subject) }

func (w *writer) newView() View {
	r := w.r
	c, p := r.Company.Company, r.Company.Paper
	v := View{
		Company: shortened(clean(c.Name), longName), Unit: shortened(clean(c.Unit), longName), AsOf: w.loc.Date(r.AsOf.Time), AsOfYear: strconv.Itoa(r.AsOf.Year()),
		Version: r.Fingerprint[:min(8, len(r.Fingerprint))], Profile: w.opt.Profile, Kind: p.Kind, Verdict: r.Decision.Verdict,
		Decider: shortened(clean(p.Decider), longLine), DecideBy: w.loc.Date(p.DecideBy.Time), FundedFrom: shortened(clean(p.FundedFrom), longLine), PreparedBy: shortened(clean(p.PreparedBy), longLine),
		Contact: shortened(clean(p.Contact), longLine), ReviewBy: w.loc.Date(p.ReviewBy.Time), Approved: w.loc.Date(r.Company.Appetite.Approved.Time),
		PremiumEvidence: shortened(clean(r.Company.Economics.PremiumEvidence), 2*longLine), US: c.Country == "US",
		Insured: insured(r.Company.Security.Insurance), Reviewed: r.Review != nil, Lacks: len(w.opt.Missing) > 0, Block: largestBlock(r), Strain: strain(r),
	}
	if v.Kind == "" {
		v.Kind = "decision"
	}
	for _, o := range r.Options {
		v.Options = append(v.Options, viewOption(&o))
	}
	v.Best, v.Price = pick(r, best(r)), pick(r, r.Decision.PriceOfAppetite)
	if s := subject(r); s != nil {
		v.Subject = pick(r, s.ID)
		v.Dearer, v.Cheaper = pick(r, dearer(r, s.ID)), pick(r, cheaper(r, s.ID))
		v.Recommends = r.Decision.Recommended == s.ID
		npv := func(name string) float64 { n, _ := lookUp(r, "options."+s.ID+"."+name); return n.value }
		v.Pays = npv("npv") > 0
		v.Crosses = npv("npv.p10") < 0 && npv("npv.p90") > 0
		v.Free = npv("cost.pv") == 0
		v.Once, v.Most = "years:"+s.ID+":0:cost", highest(s)
	}
	v.Asks = v.Kind == "decision" && v.Recommends && v.Verdict == "favourable"
	v.Proposes = v.Recommends && v.Verdict != "unfavourable" && r.Stake.Proposed > 0
	w.levels(&v)
	v.Turns = turnsOf(r)
	for _, t := range v.Turns {
		if t.told {
			v.Told = append(v.Told, t)
		}
	}
	if n, err := lookUp(r, "severity.marketing.p50"); err == nil {
		v.Seldom = n.value == 0
	}
	if len(r.Tornado) > 0 {
		v.Strongest = r.Tornado[0].ID
	}
	if s := subject(r); s != nil {
		for _, t := range targets {
			if _, err := lookUp(r, "options."+s.ID+".cut."+t+".mode"); err == nil {
				v.Measures++
			}
		}
	}
	if i := waveInUse(r); i >= 0 {
		v.Wave = "waves:" + strconv.Itoa(i)
	}
	if s := featured(r); s != nil {
		v.Featured = viewStory(r, s)
	}
	return v
}

func insured(i company.Insurance) bool { return i.Limit.Set && i.Limit.Value > 0 }

func viewOption(o *results.Option) Option {
	v := Option{ID: o.ID, Name: shortened(clean(o.Name), longName), Recommended: o.Recommended, Within: o.Within}
	for _, n := range o.NotValued[:min(len(o.NotValued), 4)] {
		v.NotValued = append(v.NotValued, shortened(clean(n), longName))
	}
	return v
}

func pick(r *results.BusinessCase, id string) *Option {
	o := optionOf(r, id)
	if o == nil {
		return nil
	}
	v := viewOption(o)
	return &v
}

// levels fills in the appetite.
func (w *writer) levels(v *View) {
	s := subject(w.r)
	for i, l := range w.r.Appetite {
		at := "appetite:" + strconv.Itoa(i+1) + ":"
		x := Level{Loss: at + "loss", Chance: at + "chance", Today: at + "today", Outside: l.Today > l.Chance, Near: printedAlike(l.Today, l.Chance)}
		if s != nil {
			x.After, x.OutsideAfter = at+s.ID, l.Options[s.ID] > l.Chance
		}
		v.Outside, v.OutsideAfter = v.Outside || x.Outside, v.OutsideAfter || x.OutsideAfter
		v.Levels = append(v.Levels, x)
	}
	for i := range v.Levels {
		if v.Level == nil || v.Levels[i].Outside && !v.Level.Outside {
			v.Level = &v.Levels[i]
		}
	}
}

// printedAlike says whether two different figures are the same at two
// significant figures.
func printedAlike(a, b float64) bool {
	two := func(v float64) string { return strconv.FormatFloat(v, 'e', 1, 64) }
	return a != b && two(a) == two(b)
}

// best returns the ID of the option with the highest NPV.
func best(r *results.BusinessCase) string {
	id, most := "", 0.0
	for _, o := range r.Options {
		if n, err := lookUp(r, "options."+o.ID+".npv"); err == nil && (id == "" || n.value > most) {
			id, most = o.ID, n.value
		}
	}
	return id
}

// cheaper and dearer return the neighbours of an option in the order of cost.
func cheaper(r *results.BusinessCase, id string) string {
	if o := optionOf(r, id); o != nil && o.Next != nil {
		return o.Next.Over
	}
	return ""
}

func dearer(r *results.BusinessCase, id string) string {
	for _, o := range r.Options {
		if o.Next != nil && o.Next.Over == id {
			return o.ID
		}
	}
	return ""
}

// highest returns the ID of an option's highest cost after the start.
func highest(o *results.Option) string {
	at := 1
	for t := range o.Years {
		if t > 1 && o.Years[t].Cost > o.Years[at].Cost {
			at = t
		}
	}
	return "years:" + o.ID + ":" + strconv.Itoa(at) + ":cost"
}

// largestBlock returns the largest part of the mean loss of an incident.
func largestBlock(r *results.BusinessCase) string {
	id, most := "", 0.0
	for _, b := range lossBlocks {
		if n, err := lookUp(r, b.figure); err == nil && (id == "" || n.value > most) {
			id, most = b.id, n.value
		}
	}
	return id
}

// lossBlocks are the parts of a loss that are never mixed.
var lossBlocks = []struct{ id, figure string }{
	{"customer_margin", "severity.customer_margin"}, {"response_spend", "severity.response_spend"},
	{"contact_surge", "loss.contact_surge"}, {"direct_net", "severity.direct_net"},
}

// turnsOf returns the assumptions that can turn the answer alone.
func turnsOf(r *results.BusinessCase) []Turn {
	npv, _ := lookUp(r, "npv")
	var out []Turn
	for _, b := range r.Tornado {
		if b.Switching == nil {
			continue
		}
		t := Turn{ID: b.ID, At: "tornado:" + b.ID + ":switching", told: tells(b, npv.value)}
		if b.Shift != nil {
			t.Lower, t.Shift = *b.Shift < 0, "tornado:"+b.ID+":shift"
			if t.Lower {
				t.Shift = "-" + t.Shift
			}
		}
		out = append(out, t)
	}
	return out
}

// tells says whether the value at which a bar's NPV is zero can be told. It is
// read off a straight line between the ends; where the NPV in the middle lies
// so far from that line that the zero would be on the wrong side of the middle,
// the line is no guide.
func tells(b results.Bar, npv float64) bool {
	if b.Switching == nil || b.Shown == nil && b.ID == "driver.effect_severity" {
		return false
	}
	line := b.NPV.Low
	if b.High != b.Low {
		line += (b.NPV.High - b.NPV.Low) * (b.Mid - b.Low) / (b.High - b.Low)
	}
	return line*npv > 0
}

func viewStory(r *results.BusinessCase, p *results.Replay) *Story {
	s := &Story{ID: p.ID, Organisation: clean(p.Organisation), Year: p.Disclosed[:min(4, len(p.Disclosed))], Headline: polish(p.Headline), Named: slices.Contains(r.Company.Replay, p.ID)}
	if p.Story.People != nil {
		s.People = "replay:" + p.ID + ":people"
	}
	for _, d := range p.Drivers {
		if d.ID == "driver.contact_rate" && d.Observed {
			s.PlannedRate = true
		}
	}
	for _, c := range r.Comparables {
		if c.ID == p.ID {
			s.Seen, s.None = c.Effect == "seen", c.Effect == "none seen"
			s.Phones = slices.Contains(c.Themes, "contact_surge") && len(p.Story.Phones) > 0
			s.Off = s.Phones && strings.HasPrefix(p.Story.Phones[0].Text, "Phones off")
		}
	}
	return s
}

// featured returns the case that page 4 tells: the first that is replayed.
func featured(r *results.BusinessCase) *results.Replay {
	if len(r.Replay) == 0 {
		return nil
	}
	return &r.Replay[0]
}
