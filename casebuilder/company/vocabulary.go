package company

import "strings"

// The vocabularies of the company file; those of the case library are the same
// words.
var (
	Sectors = []string{"retail", "technology", "telecom", "media", "financial", "healthcare",
		"hospitality", "travel", "education", "government", "other"}
	Positionings = []string{"premium", "mid", "value"}
	DataTypes    = []string{"name", "email", "postal_address", "phone", "date_of_birth",
		"password_hash", "password_plain", "payment_card_partial", "payment_card_full",
		"bank_account", "government_id", "passport", "health", "purchase_history", "location", "other"}
	PaperKinds = []string{"decision", "endorsement", "information"}

	// CutTargets are the drivers that an initiative can lower, in the order in
	// which they are written. The file may say event_rate for event_probability.
	CutTargets = []string{"event_probability", "exposed_share", "closure", "closed_days", "contact_rate", "direct_response"}

	// LossLines are the lines of a loss, without "loss.", in the order of the
	// papers.
	LossLines = []string{"churned_margin", "spending_dip", "premium_erosion", "new_customers", "goodwill",
		"brand_campaign", "closed_sales", "contact_surge", "direct_response", "insured"}

	// OwnerNames are who can own a loss line.
	OwnerNames = []string{"marketing", "sales", "customer_service", "security_and_legal", "security", "legal",
		"it", "operations", "finance", "board", "other"}
)

// countries are the codes of ISO 3166-1 alpha-2.
var countries = strings.Fields(`
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO
FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE
JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO
MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW
PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM
TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW`)

// The limits of a company file.
const (
	MaxText        = 1000 // characters of a name or a line of text
	MaxOptions     = 12
	MaxInitiatives = 40 // of an option
	MaxEstimates   = 200
	MaxLevels      = 10  // of appetite
	MaxList        = 50  // elements of a list
	MaxReviewed    = 300 // accepted changes
	MaxID          = 60  // characters of the ID of an option or an initiative
)
