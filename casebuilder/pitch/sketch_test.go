package pitch_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
)

// sketch is a company file in the making: what the tests of the papers vary.
type sketch struct {
	name, unit, sector, country, currency string
	positioning                           string
	scale                                 float64 // of every amount, against pounds
	active, onFile, newPerYear            float64
	retention, margin, premium, online    float64
	revenue, rate                         float64
	horizon                               int
	agents, handled                       float64
	goodwill, campaign                    bool
	budget                                float64 // of marketing
	keys                                  bool
	event                                 float64 // middle of the chance of an incident in a year
	insured                               bool
	levels                                [][2]float64 // loss in units of the yearly revenue, chance
	approved                              bool
	options                               []sketchOption
	kind                                  string
	paper                                 bool
	classification                        string
}

type sketchOption struct {
	name        string
	initiatives []sketchInitiative
}

type sketchInitiative struct {
	name, owner, supplier    string
	oneOff, perYear, saves   float64 // before scale
	posts                    float64
	start                    int
	cuts                     []string
	cutLow, cutMode, cutHigh float64
}

// ordinary is a company of middling size and words; tests bend one thing of it.
func ordinary() sketch {
	return sketch{name: "Alder & Finch", unit: "Group", sector: "retail", country: "GB", currency: "GBP", positioning: "premium", scale: 1, active: 2.4e6, onFile: 5.1e6, newPerYear: 420e3,
		retention: 0.78, margin: 0.34, premium: 0.09, online: 1, revenue: 310e6, rate: 0.09, horizon: 3, agents: 85, handled: 55, goodwill: true, campaign: true, budget: 24e6, keys: true, event: 0.06, insured: true,
		levels: [][2]float64{{0.016, 0.025}, {0.065, 0.006}}, approved: true, options: steps(3, 1), kind: "decision", paper: true, classification: "Example"}
}

// steps are n options, each dearer than the one before and with more in it.
func steps(n int, dear float64) []sketchOption {
	targets := []string{"event_probability", "exposed_share", "direct_response", "contact_rate", "closed_days", "closure"}
	var out []sketchOption
	for i := range n {
		o := sketchOption{name: fmt.Sprintf("Step %d of the programme", i+1)}
		for j := range i + 1 {
			k := float64(j + 1)
			o.initiatives = append(o.initiatives, sketchInitiative{name: fmt.Sprintf("Initiative %d", j+1), owner: "Head of IT", oneOff: 60e3 * k * dear, perYear: 25e3 * k * dear, start: 2 * j % 12,
				cuts: []string{targets[j%len(targets)]}, cutLow: 0.05, cutMode: 0.2, cutHigh: 0.4})
		}
		out = append(out, o)
	}
	return out
}

// yaml writes the sketch as a company file.
func (s sketch) yaml() string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	money := func(v float64) string { return plain(v * s.scale) }
	yes := map[bool]string{true: "yes", false: "no"}
	line("schema: 1\ncompany:\n  name: %q\n  unit: %q\n  sector: %s\n  country: %s\n  currency: %s\n  positioning: %s\n  as_of: 2026-12-31", s.name, s.unit, s.sector, s.country, s.currency, s.positioning)
	if s.currency == "KWD" { // not in the table of rates
		line("  per_usd: 0.31")
	}
	line("customers:\n  active: %s\n  on_file: %s\n  new_per_year: %s\n  retention: %s\n  acquisition_cost: %s\n  data_held: [name, email, phone]", plain(s.active), plain(s.onFile), plain(s.newPerYear), plain(s.retention), money(20))
	line("economics:\n  revenue: %s\n  contribution_margin: %s\n  margin_premium: %s\n  online_share: %s\n  discount_rate: %s\n  horizon: %d", money(s.revenue), plain(s.margin), plain(s.premium), plain(s.online), plain(s.rate), s.horizon)
	line("marketing:\n  budget: %s\n  voucher: {low: %s, mode: %s, high: %s}\n  goodwill_offer: %s\n  brand_campaign: %s", money(s.budget), money(6), money(10), money(14), yes[s.goodwill], yes[s.campaign])
	if s.keys {
		line("  share_keys: {cause: 30%%, usage: 25%%}")
	}
	line("staffing:\n  employees: 1450\n  head_office: 380\n  contact_agents: %s\n  contacts_per_agent_day: %s\n  day_cost: %s\n  post_cost: %s", plain(s.agents), plain(s.handled), money(290), money(96e3))
	line("security:\n  budget: %s\n  it_budget: %s", money(s.revenue*0.003), money(s.revenue*0.03))
	if s.insured {
		line("  insurance: {limit: %s, retention: %s, premium: %s}", money(s.revenue/60), money(s.revenue/1200), money(s.revenue/2200))
	}
	line("estimates:\n  event_probability: {low: %s, mode: %s, high: %s, source: workshop}", plain(s.event/2), plain(s.event), plain(min(0.95, s.event*2)))
	if len(s.levels) > 0 {
		line("appetite:")
		if s.approved {
			line("  approved: 2026-05-14")
		}
		line("  levels:")
		for _, l := range s.levels {
			line("    - {loss: %s, chance: %s}", money(s.revenue*l[0]), plain(l[1]))
		}
	}
	if len(s.options) > 0 {
		line("options:")
	}
	for i, o := range s.options {
		line("  - id: option-%d\n    name: %q\n    initiatives:", i+1, o.name)
		for j, in := range o.initiatives {
			line("      - id: o%d-i%d\n        name: %q\n        owner: %q\n        one_off: %s\n        per_year: %s\n        saves_per_year: %s\n        posts: %s\n        start_month: %d", i+1, j+1, in.name, in.owner,
				money(in.oneOff), money(in.perYear), money(in.saves), plain(in.posts), in.start)
			if in.supplier != "" {
				line("        supplier: %q", in.supplier)
			}
			if len(in.cuts) > 0 {
				line("        cuts:")
			}
			for _, c := range in.cuts {
				line("          %s: {low: %s, mode: %s, high: %s, source: judgement}", c, plain(in.cutLow), plain(in.cutMode), plain(in.cutHigh))
			}
		}
	}
	if s.paper {
		line("paper:\n  kind: %s\n  decider: Executive committee\n  decide_by: 2027-01-29\n  funded_from: budget 2027\n  review_by: 2027-12-31\n  classification: %q", s.kind, s.classification)
	}
	return b.String()
}

// plain writes a number with six significant figures, no exponent and never
// three decimals, which could be thousands.
func plain(v float64) string {
	if v == 0 {
		return "0"
	}
	digits := max(4, 5-int(math.Floor(math.Log10(math.Abs(v)))))
	if v >= 1000 {
		return fmt.Sprintf("%.0f", v)
	}
	return fmt.Sprintf("%.*f", digits, v)
}

// figures rounds to n significant figures: companies do not know their inputs
// to more.
func figures(v float64, n int) float64 {
	if v == 0 {
		return 0
	}
	p := math.Pow(10, float64(n-1)-math.Floor(math.Log10(math.Abs(v))))
	return math.Round(v*p) / p
}

// rates are roughly how many units of a currency a pound buys: amounts of the
// random companies are of a plausible size.
var rates = []struct {
	currency, country string
	per               float64
}{{"GBP", "GB", 1}, {"USD", "US", 1.3}, {"EUR", "DE", 1.2}, {"JPY", "JP", 190}, {"KWD", "KW", 0.4}, {"KRW", "KR", 1750}, {"CHF", "CH", 1.1}, {"NOK", "NO", 13}, {"INR", "IN", 108}, {"BRL", "BR", 7}}

var words = []string{"Rowan", "Harbour", "and", "Sons", "Northern", "Outdoor", "Clothing", "Versand", "Handelsgesellschaft", "Ltd", "plc", "Øst", "Été", "Köln", "&", "Co.", "Telekommunikation", "24/7", "(Holding)"}

// phrase is a name of n random words.
func phrase(r *rand.Rand, n int) string {
	var out []string
	for range n {
		out = append(out, words[r.IntN(len(words))])
	}
	return strings.Join(out, " ")
}

// anyCompany is a random company that the program accepts.
func anyCompany(seed uint64) sketch {
	r := rand.New(rand.NewPCG(seed, 5))
	between := func(lo, hi float64) float64 { return lo + r.Float64()*(hi-lo) }
	share := func(lo, hi float64) float64 { return figures(between(lo, hi), 2) }
	wide := func(lo, hi float64) float64 { return figures(lo*math.Pow(hi/lo, r.Float64()), 2) } // even over the decades
	one := func(of ...string) string { return of[r.IntN(len(of))] }
	money := rates[r.IntN(len(rates))]
	s := ordinary()
	s.name, s.unit = phrase(r, 1+r.IntN(5)), one("Group", "Online", phrase(r, 1+r.IntN(3)))
	s.sector = one("retail", "telecom", "healthcare", "financial", "travel", "media", "technology", "hospitality", "education", "other")
	s.currency, s.country, s.scale, s.positioning = money.currency, money.country, money.per, one("premium", "mid", "value")
	s.active = math.Round(wide(50, 5e7))
	s.onFile = math.Round(s.active * between(1, 5))
	s.newPerYear = math.Round(s.active * between(0, 0.5))
	s.retention, s.margin, s.online = share(0.05, 0.98), share(0.02, 0.9), share(0, 1)
	if s.premium = 0; r.IntN(3) > 0 {
		s.premium = figures(s.margin*between(0.02, 0.9), 2)
	}
	s.revenue, s.rate, s.horizon = figures(s.active*wide(5, 2000), 3), share(0.01, 0.25), 1+r.IntN(5)
	s.agents, s.handled = math.Round(wide(0.5, 5000)), math.Round(between(5, 120))
	s.goodwill, s.campaign, s.keys, s.insured = r.IntN(2) > 0, r.IntN(2) > 0, r.IntN(2) > 0, r.IntN(2) > 0
	s.budget, s.event = s.revenue*wide(0.0001, 0.3), wide(0.002, 0.45)
	s.levels, s.approved, s.paper = nil, r.IntN(2) > 0, r.IntN(4) > 0
	loss, chance := wide(0.0005, 0.02), wide(0.0005, 0.1)
	for range r.IntN(4) {
		s.levels = append(s.levels, [2]float64{loss, chance})
		loss, chance = figures(loss*between(1.5, 10), 2), figures(chance*between(0.05, 0.7), 2)
	}
	s.kind = one("decision", "decision", "endorsement", "information")
	s.options = nil
	for range []int{0, 1, 2, 3, 3, 4, 5, 12}[r.IntN(8)] {
		o := sketchOption{name: phrase(r, 1+r.IntN(6))}
		for range 1 + r.IntN(5) {
			in := sketchInitiative{name: phrase(r, 1+r.IntN(8)), owner: one("Head of IT", "Chief information security officer", phrase(r, 3)), supplier: one("", "", "tender in spring"),
				oneOff: s.revenue * wide(1e-6, 0.01), perYear: s.revenue * wide(1e-6, 0.004), start: r.IntN(12 * s.horizon), cutMode: between(0.02, 0.6)}
			if r.IntN(3) == 0 {
				in.posts, in.saves = between(0, 3), s.revenue*wide(1e-6, 0.003)
			}
			in.cutLow, in.cutHigh = in.cutMode*between(0, 0.9), min(0.95, in.cutMode*between(1.1, 2))
			for _, t := range []string{"event_probability", "exposed_share", "closure", "closed_days", "contact_rate", "direct_response"} {
				if r.IntN(3) == 0 {
					in.cuts = append(in.cuts, t)
				}
			}
			o.initiatives = append(o.initiatives, in)
		}
		s.options = append(s.options, o)
	}
	return s
}
