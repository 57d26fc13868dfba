package veris

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"casebuilder/casestudies"
)

var version = regexp.MustCompile(`^1[._][34]([._][0-9]{1,3})?$`)

// record is "s1" among a draft's sources.
const recordSource = "s1"

// toCase maps a record to a case. It returns nil when the record cannot be one;
// the reasons are then in r.reasons.
func (r *record) toCase(m map[string]any) *casestudies.Case {
	top := object{r: r, m: m}
	switch v, is := m["schema_version"].(string); {
	case m["schema_version"] == nil:
		r.cannot("not a VERIS record: schema_version is missing")
		return nil
	case !is || !version.MatchString(v):
		r.cannot("schema_version: want 1.3 or 1.4, got %s", describe(m["schema_version"]))
		return nil
	case strings.Contains(v, "_"):
		r.note("schema_version: want dots, got %s", v)
	}
	top.text("schema_version", 20)
	id := top.text("incident_id", 100)
	if id == "" {
		r.cannot("incident_id: want an id, got nothing")
	}
	switch state := top.text("security_incident", 40); state {
	case "Confirmed":
	case "Near miss", "False positive":
		r.cannot("security_incident: %s: nothing happened that a case could tell", state)
	case "":
		r.note("security_incident: missing")
	default:
		r.note("security_incident: %s, not confirmed", state)
	}
	c := &casestudies.Case{ID: draftID(id), IncidentStart: r.start(top.object("timeline").object("incident")), Attack: r.attack(top)}
	c.Model.Kind = r.kind(top.object("attribute"))
	d := &details{r: r, c: c, top: top}
	d.source(id)
	d.victim(top.object("victim"))
	d.data(top.object("attribute").object("confidentiality"))
	d.times(top)
	d.impact(top.object("impact"))
	d.tell(id)
	if len(r.reasons) > 0 {
		return nil
	}
	return c
}

// draftID returns an ID of a case for the ID of a record.
func draftID(id string) string {
	slug := strings.Trim(notSlug.ReplaceAllString(strings.ToLower(id), "-"), "-")
	if slug == "" || len(slug) > 50 {
		sum := sha256.Sum256([]byte(id))
		slug = strings.Trim(strings.TrimRight(slug[:min(len(slug), 30)], "-")+"-"+hex.EncodeToString(sum[:6]), "-")
	}
	return "veris-" + slug
}

// start returns the date of the incident as far as the record has it.
func (r *record) start(t object) string {
	year := t.whole("year", 1980, 2100)
	if year == 0 {
		r.cannot("timeline.incident.year: want a year from 1980 to 2100, got %s", describe(t.m["year"]))
		return ""
	}
	date := fmt.Sprintf("%04d", year)
	month := t.whole("month", 1, 12)
	if month == 0 {
		return date
	}
	date += fmt.Sprintf("-%02d", month)
	if day := t.whole("day", 1, 31); day > 0 {
		full := date + fmt.Sprintf("-%02d", day)
		if _, err := time.Parse("2006-01-02", full); err != nil {
			r.note("timeline.incident.day: %s is no date", full)
			return date
		}
		return full
	}
	return date
}

// notified returns a date in the same form, "" where there is none. Whom it
// was told to, the record does not say, so that it is not called the date of
// disclosure.
func (r *record) notified(t object) string {
	year, month := t.whole("year", 1980, 2100), t.whole("month", 1, 12)
	switch {
	case year == 0:
		return ""
	case month == 0:
		return fmt.Sprintf("%04d", year)
	}
	return fmt.Sprintf("%04d-%02d", year, month)
}

// kind says whether data was exposed, a service stopped, or both. A record of
// neither is no case.
func (r *record) kind(attribute object) string {
	conf, avail := attribute.object("confidentiality"), attribute.object("availability")
	disclosed := conf.text("data_disclosure", 40)
	exposed := conf.m != nil && disclosed != "No"
	stopped := slices.ContainsFunc(avail.texts("variety"), func(v string) bool { return slices.Contains(outages, v) })
	switch {
	case exposed && stopped:
		return "both"
	case exposed:
		return "data_breach"
	case stopped:
		return "outage_only"
	case len(attribute.m) == 0:
		r.cannot("attribute: want what was hurt, got nothing")
		return ""
	}
	var hurt []string
	if conf.m != nil {
		hurt = append(hurt, "data not disclosed")
	}
	for _, k := range []string{"availability", "integrity", "unknown"} {
		if attribute.m[k] != nil {
			hurt = append(hurt, k+" alone")
		}
	}
	if len(hurt) == 0 {
		hurt = []string{"nothing that VERIS knows"}
	}
	r.cannot("attribute: no data exposed and no service stopped (%s): the library has no such kind of case", strings.Join(hurt, ", "))
	return ""
}

// attack returns the attack that names the case.
func (r *record) attack(top object) string {
	action := top.object("action")
	if len(action.m) == 0 {
		r.note("action: missing")
		return "other"
	}
	known := func(name string) bool {
		_, lower := action.m[name]
		_, upper := action.m[strings.ToUpper(name[:1])+name[1:]] // 1.3 test files write Unknown
		return lower || upper
	}
	if slices.Contains(action.object("malware").texts("variety"), "Ransomware") {
		return "ransomware"
	}
	if slices.Contains(action.object("error").texts("variety"), "Misconfiguration") && len(action.m) == 1 {
		return "misconfiguration"
	}
	actor := top.object("actor")
	if actor.m["partner"] != nil && actor.m["external"] == nil && actor.m["internal"] == nil {
		return "third-party"
	}
	for _, a := range attacks {
		if known(a.action) {
			return a.attack
		}
	}
	r.note("action: none that VERIS knows")
	return "other"
}

// actions returns the actions and their varieties in words.
func actions(action object) string {
	var out []string
	for _, a := range attacks {
		in := action.object(a.action)
		if in.m == nil {
			continue
		}
		text := a.action
		if v := in.texts("variety"); len(v) > 0 {
			text += " (" + strings.Join(v, ", ") + ")"
		}
		out = append(out, text)
	}
	if len(out) == 0 {
		return "not known"
	}
	return strings.Join(out, ", ")
}
