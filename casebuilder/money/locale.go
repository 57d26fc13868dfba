package money

import (
	"fmt"
	"time"
)

// The characters that people's numbers need beyond ASCII.
const (
	minus  = "\u2212" // − as wide as +
	space  = "\u00a0" // no-break space, between a number and its word or code
	narrow = "\u202f" // narrow no-break space, before % in German
)

// Missing is printed for a number that is not finite.
const Missing = "–"

// Locale is how one language writes numbers. The zero Locale is English.
type Locale struct{ t *language }

// The languages that the papers speak.
var (
	English = Locale{&english}
	German  = Locale{&german}
)

// LocaleOf returns the locale of "en" or "de".
func LocaleOf(lang string) (Locale, bool) {
	switch lang {
	case english.code:
		return English, true
	case german.code:
		return German, true
	}
	return English, false
}

// Lang returns "en" or "de".
func (l Locale) Lang() string { return l.lang().code }

func (l Locale) lang() *language {
	if l.t == nil {
		return &english
	}
	return l.t
}

// language is the data of a Locale.
type language struct {
	code         string
	point, group string
	after        bool             // the currency stands after the number
	scales       map[Scale]string // with the space before, if it has one
	percent      string
	odds         string // "%s in %s"
	lessOdds     string
	moreOdds     string
	to           string // between the ends of a range
	date         string // day, month, year
	months       [12]string
	units        map[string][2]string // one, many
	per          map[string]string    // "yr": "a year"
	times        string
}

var english = language{
	code: "en", point: ".", group: ",",
	scales:  map[Scale]string{Ones: "", Thousands: "k", Millions: "m", Billions: "bn", Trillions: "tn"},
	percent: "%",
	odds:    "%s in %s", lessOdds: "less than 1 in %s", moreOdds: "more than %s in %s",
	to:   " to ",
	date: "%d %s %d",
	months: [12]string{"January", "February", "March", "April", "May", "June", "July", "August",
		"September", "October", "November", "December"},
	units: map[string][2]string{
		"points": {"point", "points"}, "customers": {"customer", "customers"}, "people": {"person", "people"},
		"staff": {"staff", "staff"}, "contacts": {"contact", "contacts"}, "events": {"event", "events"},
		"cases": {"case", "cases"}, "days": {"day", "days"}, "day": {"day", "days"}, "months": {"month", "months"}, "yr": {"year", "years"},
		"usd": {"US dollar", "US dollars"},
	},
	per: map[string]string{"yr": "a year", "day": "a day", "months": "a month", "customer": "a customer", "customers": "a customer",
		"staff": "a person", "people": "a person", "usd": "a US dollar", "contacts": "a contact"},
	times: "×",
}

var german = language{
	code: "de", point: ",", group: ".", after: true,
	scales: map[Scale]string{Ones: "", Thousands: space + "Tsd.", Millions: space + "Mio.", Billions: space + "Mrd.",
		Trillions: space + "Bio."},
	percent: narrow + "%",
	odds:    "%s von %s", lessOdds: "weniger als 1 von %s", moreOdds: "mehr als %s von %s",
	to:   " bis ",
	date: "%d. %s %d",
	months: [12]string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August",
		"September", "Oktober", "November", "Dezember"},
	units: map[string][2]string{
		"points": {"Punkt", "Punkte"}, "customers": {"Kunde", "Kunden"}, "people": {"Person", "Personen"},
		"staff": {"Beschäftigte", "Beschäftigte"}, "contacts": {"Kontakt", "Kontakte"}, "events": {"Vorfall", "Vorfälle"},
		"cases": {"Fall", "Fälle"}, "days": {"Tag", "Tage"}, "day": {"Tag", "Tage"}, "months": {"Monat", "Monate"}, "yr": {"Jahr", "Jahre"},
		"usd": {"US-Dollar", "US-Dollar"},
	},
	per: map[string]string{"yr": "im Jahr", "day": "am Tag", "months": "im Monat", "customer": "je Kunde", "customers": "je Kunde",
		"staff": "je Person", "people": "je Person", "usd": "je US-Dollar", "contacts": "je Kontakt"},
	times: "×",
}

// Date prints a day: "31 December 2026", "31. Dezember 2026"; a zero time is "".
func (l Locale) Date(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	w := l.lang()
	return fmt.Sprintf(w.date, t.Day(), w.months[t.Month()-1], t.Year())
}

// To returns what stands between the ends of a range, blanks included.
func (l Locale) To() string { return l.lang().to }
