package company

import (
	"fmt"
	"strings"
)

// Entry is one value of a profile as a row of a table: a line of the Inputs
// sheet, or a cell of a unit table.
type Entry struct {
	ID      string  // dotted: "customers.retention", "options.core.mfa-everywhere.cuts.closure.low"
	Kind    Kind    // Quantity has a Number, every other kind a Text
	Unit    string  // of a Quantity; "" for estimates, whose unit is the model's to know
	Number  float64 // in base units
	Text    string  // a line of text, a word, a date, yes or no, or a list joined by JoinList
	Default bool    // nobody gave it: a documented default
}

// Flatten returns every value of a profile, in the order of the company file.
// A range is one entry for each of its ends, its mode and its source. What is
// empty has no entry. Package intake puts the profile together again.
func Flatten(p *Profile) []Entry {
	w := &flattener{p: p}
	for i := range Fields {
		if strings.HasPrefix(Fields[i].ID, "paper.") {
			continue
		}
		w.field(&Fields[i])
	}
	for _, e := range p.Estimates {
		w.number("estimates."+e.ID, "", e.Number)
	}
	w.appetite()
	w.options()
	for _, o := range p.Ownership {
		at := "ownership." + o.Line
		for _, s := range o.Shares {
			w.number(at+"."+s.Owner, "share", s.Share)
		}
		w.text(at+".reason", Text, o.Reason)
	}
	w.text("replay", Texts, JoinList(p.Replay))
	for i, x := range p.Reviewed {
		at := fmt.Sprintf("reviewed.%d", i+1)
		w.text(at+".field", Text, x.Field)
		w.text(at+".was", Text, x.Was)
		w.text(at+".now", Text, x.Now)
		w.text(at+".by", Text, x.By)
		w.text(at+".date", Day, x.Date.String())
		w.text(at+".reason", Text, x.Reason)
	}
	for i := range Fields {
		if strings.HasPrefix(Fields[i].ID, "paper.") {
			w.field(&Fields[i])
		}
	}
	return w.entries
}

type flattener struct {
	p       *Profile
	entries []Entry
}

func (w *flattener) field(f *Field) {
	switch f.Kind {
	case Quantity:
		w.number(f.ID, f.Unit, *f.Number(w.p))
	case Text, Word:
		w.text(f.ID, f.Kind, *f.Text(w.p))
	case Words, Texts:
		w.text(f.ID, f.Kind, JoinList(*f.List(w.p)))
	case Bool:
		w.text(f.ID, f.Kind, map[bool]string{true: "yes", false: "no"}[*f.Flag(w.p)])
	case Day:
		w.text(f.ID, f.Kind, f.Day(w.p).String())
	}
}

func (w *flattener) text(id string, kind Kind, s string) {
	if s != "" {
		w.entries = append(w.entries, Entry{ID: id, Kind: kind, Text: s})
	}
}

func (w *flattener) number(id, unit string, n Number) {
	if !n.Set {
		return
	}
	add := func(id string, v float64) {
		w.entries = append(w.entries, Entry{ID: id, Kind: Quantity, Unit: unit, Number: v, Default: !n.Given})
	}
	switch {
	case !n.Ranged:
		add(id, n.Value)
	default:
		add(id+".low", n.Low)
		if n.HasMode {
			add(id+".mode", n.Value)
		}
		add(id+".high", n.High)
	}
	w.text(id+".source", Text, n.Source)
}

func (w *flattener) appetite() {
	w.text("appetite.approved", Day, w.p.Appetite.Approved.String())
	for i, l := range w.p.Appetite.Levels {
		at := fmt.Sprintf("appetite.levels.%d", i+1)
		w.number(at+".loss", "money", l.Loss)
		w.number(at+".chance", "share", l.Chance)
	}
}

func (w *flattener) options() {
	for k := range w.p.Options {
		o := &w.p.Options[k]
		at := "options." + o.ID
		w.text(at+".name", Text, o.Name)
		w.text(at+".not_valued", Texts, JoinList(o.NotValued))
		for j := range o.Initiatives {
			i := &o.Initiatives[j]
			at := at + "." + i.ID
			for n := range ListFields {
				f := &ListFields[n]
				if s := f.InitiativeText(i); s != nil {
					w.text(at+"."+f.Key(), Text, *s)
				} else if n := f.InitiativeNumber(i); n != nil {
					w.number(at+"."+f.Key(), f.Unit, *n)
				}
			}
			for _, c := range i.Cuts {
				w.number(at+".cuts."+c.Target, "share", c.Number)
			}
		}
	}
}

// JoinList writes a list as one line, its elements apart by "; ". A semicolon
// inside an element is doubled.
func JoinList(list []string) string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = strings.ReplaceAll(s, ";", ";;")
	}
	return strings.Join(out, "; ")
}

// SplitList reads what JoinList writes. Spaces around elements, and empty
// elements, are dropped.
func SplitList(s string) []string {
	var list []string
	var b strings.Builder
	add := func() {
		if t := strings.TrimSpace(b.String()); t != "" {
			list = append(list, t)
		}
		b.Reset()
	}
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] != ';':
			b.WriteByte(s[i])
		case i+1 < len(s) && s[i+1] == ';':
			b.WriteByte(';')
			i++
		default:
			add()
		}
	}
	add()
	return list
}
