package veris

import "strings"

// Loss says how a loss variety of VERIS is mapped.
type Loss struct {
	Variety  string // as VERIS writes it
	Form     string // of loss, in Open FAIR; "" where there is none
	Category string // of a cost in a case file
	Added    bool   // false: told in the notes, never a cost
}

// Losses maps the loss varieties of VERIS to the forms of loss of Open FAIR.
// Brand damage is an estimate of value, not a bill: it is shown and not added.
var Losses = []Loss{
	{"Asset and fraud", "replacement", "other", true},
	{"Brand damage", "reputation", "", false},
	{"Business disruption", "productivity", "lost_business", true},
	{"Competitive advantage", "competitive advantage", "other", true},
	{"Legal and regulatory", "fines and judgments", "legal", true},
	{"Operating costs", "productivity", "other", true},
	{"Response and recovery", "response", "remediation", true},
	{"Other", "", "other", true},
}

func lossOf(variety string) (Loss, bool) {
	for _, l := range Losses {
		if strings.EqualFold(l.Variety, variety) {
			return l, true
		}
	}
	return Loss{}, false
}

// sectors maps the beginning of a NAICS code to a sector; the longest that
// fits counts.
var sectors = []struct{ prefix, sector string }{
	{"44", "retail"}, {"45", "retail"},
	{"481", "travel"}, {"482", "travel"}, {"483", "travel"}, {"485", "travel"}, {"487", "travel"}, {"5615", "travel"},
	{"51", "media"}, {"5112", "technology"}, {"517", "telecom"}, {"518", "technology"}, {"5132", "technology"}, {"5415", "technology"},
	{"52", "financial"},
	{"61", "education"},
	{"62", "healthcare"},
	{"721", "hospitality"}, {"722", "hospitality"},
	{"92", "government"},
}

func sectorOf(naics string) string {
	best, sector := -1, "other"
	for _, s := range sectors {
		if strings.HasPrefix(naics, s.prefix) && len(s.prefix) > best {
			best, sector = len(s.prefix), s.sector
		}
	}
	return sector
}

// dataTypes maps a data variety of VERIS to a data type of a case. What a
// variety leaves open, as which parts of a person's data "Personal" means,
// stays "other".
var dataTypes = map[string]string{
	"Payment": "payment_card_full", "Bank": "bank_account", "Medical": "health",
	"Personal": "other", "Sensitive Personal": "other", "Credentials": "other", "Virtual currency": "other",
	"Secrets": "other", "Internal": "other", "Classified": "other", "System": "other", "Source code": "other",
	"Copyrighted": "other", "Digital certificate": "other", "Other": "other", "Multi-factor credential": "other",
}

// ofPeople are the varieties whose records are about persons.
var ofPeople = []string{"Payment", "Bank", "Medical", "Personal", "Sensitive Personal", "Credentials"}

// sensitive are the varieties that make a breach sensitive in the model. The
// others leave it open: "Personal" may or may not hold a government ID.
var sensitive = []string{"Payment", "Bank", "Medical"}

// attacks maps actions to attacks, the one that names a case first: an insider
// is told as such whatever was done, malware before the hacking that brought
// it.
var attacks = []struct{ action, attack string }{
	{"misuse", "insider"}, {"malware", "malware"}, {"hacking", "hacking"}, {"social", "hacking"},
	{"physical", "physical"}, {"error", "other"}, {"environmental", "other"}, {"unknown", "other"},
}

// outages are the varieties of availability in which a service stops. "Loss"
// and "Destruction" are of an asset, such as a laptop.
var outages = []string{"Interruption", "Degradation", "Obscuration"}

// unitDays is a unit of a VERIS timeline in days.
var unitDays = map[string]float64{
	"Seconds": 1.0 / 86400, "Minutes": 1.0 / 1440, "Hours": 1.0 / 24, "Days": 1, "Weeks": 7, "Months": 30.4375, "Years": 365.25,
}
