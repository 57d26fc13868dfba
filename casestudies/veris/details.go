package veris

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"casebuilder/casestudies"
)

// details fills a draft.
type details struct {
	r     *record
	c     *casestudies.Case
	top   object
	place string   // sector code and country, for the summary
	held  string   // data in words
	notes []string // facts that a case has no field for
}

func (d *details) say(format string, args ...any) {
	d.notes = append(d.notes, fmt.Sprintf(format, args...))
}

var (
	address = regexp.MustCompile(`https?://[^\s;,<>"]+`)
	dayAt   = regexp.MustCompile(`\((\d{4})(\d{2})(\d{2})\)`)
)

// source makes the record the first source, and what it refers to the others.
func (d *details) source(id string) {
	name := d.top.text("source_id", 60)
	plus := d.top.object("plus")
	sub := plus.text("sub_source", 60)
	d.r.subSource = name
	publisher := "source_id " + name
	switch strings.ToLower(name) {
	case "":
		d.r.note("source_id: missing")
		d.r.subSource, publisher = "(none)", "source not named"
	case "vcdb":
		publisher = "VERIS Community Database (source_id vcdb)"
	}
	if sub != "" {
		d.r.subSource += "/" + sub
		publisher += ", sub_source " + sub
	}
	d.c.Sources = []casestudies.Source{{ID: recordSource, Title: "VERIS incident record " + id, Publisher: publisher, Kind: "database"}}
	for _, key := range []string{"modified", "created"} {
		if t := plus.text(key, 40); len(t) >= 10 {
			if day, err := time.Parse("2006-01-02", t[:10]); err == nil && day.Year() >= 1980 && day.Year() <= 2100 {
				d.c.Sources[0].Date = t[:10]
				break
			}
		}
	}
	if t := plus.object("timeline").object("notification"); t.m != nil {
		if date := d.r.notified(t); date != "" {
			d.say("date of notification: %s", date)
		}
	}
	reference := d.top.text("reference", 4000)
	for _, at := range address.FindAllStringIndex(reference, 8) {
		url := strings.TrimRight(reference[at[0]:at[1]], ").…")
		if len(url) > 2000 {
			d.r.note("reference: an address of more than 2000 characters was left out")
			continue
		}
		s := casestudies.Source{ID: fmt.Sprintf("s%d", len(d.c.Sources)+1), Title: "Publication that the record refers to", Publisher: host(url), URL: url, Kind: "other"}
		if day := dayAt.FindStringSubmatch(reference[at[1]:min(len(reference), at[1]+12)]); day != nil {
			date := day[1] + "-" + day[2] + "-" + day[3]
			if t, err := time.Parse("2006-01-02", date); err == nil && t.Year() >= 1980 && t.Year() <= 2100 {
				s.Date = date
			}
		}
		d.c.Sources = append(d.c.Sources, s)
	}
	if reference != "" && len(d.c.Sources) == 1 {
		d.r.note("reference: no address in it")
	}
	if confidence := d.top.text("confidence", 20); confidence != "" {
		d.say("confidence of the record: %s", confidence)
	}
}

func host(url string) string {
	_, rest, _ := strings.Cut(url, "://")
	name, _, _ := strings.Cut(rest, "/")
	return strings.TrimPrefix(strings.ToLower(clean(name, 100)), "www.")
}

var (
	industryCode = regexp.MustCompile(`^[0-9]{2,6}$`)
	countryCode  = regexp.MustCompile(`^[A-Z]{2}$`)
	currencyCode = regexp.MustCompile(`^[A-Z]{3}$`)
	notSlug      = regexp.MustCompile(`[^a-z0-9]+`)
)

// victim reads who it was.
func (d *details) victim(v object) {
	if len(v.m) == 0 {
		d.r.cannot("victim: want the organisation, got nothing")
		return
	}
	if d.c.Organisation = v.text("victim_id", 150); d.c.Organisation == "" {
		d.c.Organisation = "Not named"
		d.r.note("victim.victim_id: missing, so the organisation is not named")
	}
	var place []string
	industry := v.text("industry", 20)
	d.c.Sector = "other"
	switch {
	case industryCode.MatchString(industry) && strings.Trim(industry, "0") != "":
		d.c.Sector = sectorOf(industry)
		place = append(place, "NAICS "+industry)
	case industry == "":
		d.r.note("victim.industry: missing")
	case strings.Trim(industry, "0") != "":
		d.r.note("victim.industry: want a NAICS code of two to six digits, got %s", industry)
	}
	var countries []string
	for _, code := range v.texts("country") {
		if countryCode.MatchString(code) {
			countries = append(countries, code)
		} else if code != "Unknown" {
			d.r.note("victim.country: want a code of two letters, got %s", code)
		}
	}
	switch len(countries) {
	case 0:
	case 1:
		d.c.Country = countries[0]
		place = append(place, countries[0])
	default:
		d.r.note("victim.country: several: the draft names none")
		d.say("countries: %s", strings.Join(countries, ", "))
	}
	d.place = strings.Join(place, ", ")
	if n := v.text("employee_count", 40); n != "" && n != "Unknown" {
		d.say("employees: %s", n)
	}
	revenue := v.object("revenue")
	if x, ok := revenue.number("amount"); ok {
		d.say("revenue: %s %s, year not given", amount(x), revenue.text("iso_currency_code", 3))
	}
	if secondary := v.object("secondary"); secondary.m != nil {
		if n, ok := secondary.number("amount"); ok && n > 0 {
			d.say("other organisations hit through it: %s", amount(n))
		}
	}
}
