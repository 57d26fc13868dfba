package casestudies

// Priors is what the model assumes before it sees a case or a company's own
// estimate: the intervals of the drivers, the constants, the revenue tiers and
// the sector multiples, each with what it rests on. It is read from priors.yaml.
type Priors struct {
	Drivers   []Driver   `yaml:"drivers"`
	Constants []Constant `yaml:"constants"`
	Tiers     []Tier     `yaml:"tiers"`   // in rising order of revenue
	Sectors   []Multiple `yaml:"sectors"` // a sector that is not listed has 1
}

// Driver is an uncertain input of the model with its prior 90% interval.
type Driver struct {
	ID        string   `yaml:"id"` // without "driver."
	Label     string   `yaml:"label"`
	Unit      string   `yaml:"unit"`
	Meaning   string   `yaml:"meaning"`
	Family    string   `yaml:"family"`    // lognormal, logit-normal, normal
	Dimension int      `yaml:"dimension"` // of the Sobol sequence; never re-used
	Low       float64  `yaml:"low"`       // 5th percentile; 0 where computed (event_rate, direct costs)
	High      float64  `yaml:"high"`      // 95th percentile
	Learns    bool     `yaml:"learns"`    // updated by comparable cases
	Common    bool     `yaml:"common"`    // shares the common factor of customers' behaviour
	Owner     string   `yaml:"owner"`
	Grade     string   `yaml:"grade"`    // strong, moderate, weak, judgement
	Basis     string   `yaml:"basis"`    // why these numbers
	RestsOn   []string `yaml:"rests_on"` // IDs of parameters in evidence.yaml
}

// Constant is a fixed number of the model; a company file may replace it under
// "estimates".
type Constant struct {
	ID      string   `yaml:"id"`
	Label   string   `yaml:"label"`
	Unit    string   `yaml:"unit"`
	Value   float64  `yaml:"value"`
	Min     float64  `yaml:"min"`
	Max     float64  `yaml:"max"`
	Owner   string   `yaml:"owner"`
	Grade   string   `yaml:"grade"`
	Basis   string   `yaml:"basis"`
	RestsOn []string `yaml:"rests_on"`
}

// Tier is a class of yearly revenue in US dollars, with the chance of an
// incident in a year and the direct cost of a contained one. The model
// interpolates between the tiers' geometric mid-points.
type Tier struct {
	Label      string   `yaml:"label"`
	Mid        float64  `yaml:"mid"`         // geometric mid-point of revenue, USD
	ChanceLow  float64  `yaml:"chance_low"`  // 5th percentile of the chance in a year
	ChanceHigh float64  `yaml:"chance_high"` // 95th percentile
	CostMedian float64  `yaml:"cost_median"` // USD
	CostLogSD  float64  `yaml:"cost_log_sd"`
	Basis      string   `yaml:"basis"`
	RestsOn    []string `yaml:"rests_on"`
}

// Multiple is how much more, or less, often a sector is hit.
type Multiple struct {
	Sector  string   `yaml:"sector"`
	Value   float64  `yaml:"value"`
	Basis   string   `yaml:"basis"`
	RestsOn []string `yaml:"rests_on"`
}
