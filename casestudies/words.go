package casestudies

// The words of a case file. Sectors, Positionings and DataTypes are those of
// the company file.
var (
	Sectors = []string{"retail", "technology", "telecom", "media", "financial", "healthcare",
		"hospitality", "travel", "education", "government", "other"}
	Positionings = []string{"premium", "mid", "value"}
	Attacks      = []string{"hacking", "malware", "ransomware", "third-party", "insider",
		"misconfiguration", "physical", "other"}
	DataTypes = []string{"name", "email", "postal_address", "phone", "date_of_birth",
		"password_hash", "password_plain", "payment_card_partial", "payment_card_full",
		"bank_account", "government_id", "passport", "health", "purchase_history", "location", "other"}
	Kinds       = []string{"data_breach", "outage_only", "both"}
	Strengths   = []string{"strong", "moderate", "weak"} // best first
	SourceKinds = []string{"filing", "company", "regulator", "court", "press", "trade", "blog", "database", "other"}

	PeopleUnits    = []string{"customers", "accounts", "cards", "records", "patients", "people"}
	CostCategories = []string{"total_gross", "total_net_of_insurance", "investigation", "remediation", "credit_monitoring",
		"customer_compensation", "legal", "settlement_consumers", "settlement_banks", "card_network_assessments",
		"regulatory_fine", "insurance_recovery", "lost_business", "acquisition_price_cut", "other"}
	CostBases = []string{"paid", "accrued", "agreed", "fined", "estimated_by_company", "estimated_by_analyst",
		"proposed", "recorded"}
	DirectCostBases = []string{"disclosed_total", "sum_of_parts"}
	EffectMetrics   = []string{"churn_rate", "customers_lost", "sales_change_pct", "traffic_change_pct", "profit_change_pct",
		"share_price_change_pct", "brand_score_change", "would_not_return_pct", "customer_contact_rate_pct",
		"opt_in_rate_pct", "voucher_discount_pct", "other"}
	Attributions     = []string{"company", "press", "analyst"}
	OperationMetrics = []string{"days_to_detect", "days_to_disclose", "phones_off_days", "call_wait", "staff_diverted",
		"site_down_days", "site_geo_blocked_days", "stores_closed", "records_reset", "other"}

	// Themes are what the cases of the library are told for.
	Themes = []string{"account_takeover", "apology", "brand_extension", "brand_score", "business_customers", "card_networks",
		"children", "churn", "closure", "compliant_but_breached", "contact_surge", "discounter", "fast_disclosure",
		"food_safety_overlap", "franchise", "friction", "goodwill", "goodwill_marketing", "growing_count", "help_desk",
		"holiday_season", "ignored_alarms", "insurance_gap", "kept_old_data", "late_disclosure", "late_notice",
		"loyalty_programme", "members", "new_customers", "no_addresses", "no_effect", "partial_protection",
		"password_reuse", "personal_liability", "premium_brand", "promotions", "ransom_paid", "ransom_refused",
		"rebound", "regulator", "repeat_breach", "rivals_gain", "search_rank", "service_disruption", "share_price",
		"slow_detection", "slow_recovery", "small_company", "small_exposure", "staff_data", "staff_diverted", "supplier",
		"supply_gap", "thin_record", "third_party", "third_party_shops", "trust_is_product", "web_skimming", "workaround"}
)

// primary are the kinds of source that a figure is best taken from.
var primary = []string{"filing", "company", "regulator", "court"}

// unitKind is what an observation's value may be.
type unitKind int

const (
	anyAmount unitKind = iota // zero or more
	share                     // 0 to 1
	days                      // zero or more
)

// observables are the drivers, and the figures of the story page, that a case
// may say something about.
var observables = []struct {
	driver string
	unit   unitKind
}{
	{"exposed_share", share}, {"extra_churn", share}, {"spending_dip", share}, {"premium_loss", share},
	{"new_customer_loss", share}, {"recovery_months", anyAmount}, {"closed_days", days}, {"not_recaptured", share},
	{"goodwill_takeup", share}, {"campaign", anyAmount}, {"contact_rate", share}, {"days_to_detect", days},
	{"days_to_disclose", days}, {"staff_diverted_share", share}, {"brand_drop_points", anyAmount},
	{"price_of_goodwill", anyAmount},
}
