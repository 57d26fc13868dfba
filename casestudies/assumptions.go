package casestudies

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
)

// Parameter is one published figure that the defaults lean on, in the money
// and year of its source.
type Parameter struct {
	ID         string      `json:"id"`
	Topic      string      `json:"topic"`
	Statement  string      `json:"statement"`
	Value      *float64    `json:"value,omitempty"` // nil: the source gives a direction or a caveat
	Low        *float64    `json:"low,omitempty"`
	High       *float64    `json:"high,omitempty"`
	Unit       string      `json:"unit"`
	Population string      `json:"population"`
	Method     string      `json:"method"`   // survey, econometric, filing, vendor, claims, theory
	Strength   string      `json:"strength"` // strong, moderate, weak
	Source     Publication `json:"source"`
}

// Publication is where a Parameter was published.
type Publication struct {
	Authors string `json:"authors"`
	Year    int    `json:"year"`
	Title   string `json:"title"`
	Venue   string `json:"venue"`
	URL     string `json:"url"`
}

// Default is a proposed 90% interval of one parameter. No source published
// these intervals: they are our judgement, and RestsOn names the published
// figures that each leans on; where it is empty, none was found.
type Default struct {
	ID        string   `json:"id"`
	Topic     string   `json:"topic"`
	Parameter string   `json:"parameter"`
	Unit      string   `json:"unit"`
	Low       *float64 `json:"low,omitempty"`    // 5th percentile
	Mode      *float64 `json:"mode,omitempty"`   // most likely
	Median    *float64 `json:"median,omitempty"` // of a lognormal, instead of the mode
	High      *float64 `json:"high,omitempty"`   // 95th percentile
	LogSD     *float64 `json:"log_sd,omitempty"`
	Mean      *float64 `json:"mean,omitempty"` // that a lognormal implies
	Why       string   `json:"why"`
	RestsOn   []string `json:"rests_on,omitempty"`
}

// Evidence is the collection of published figures.
type Evidence struct {
	Parameters []Parameter // in the order of evidence.yaml
	byID       map[string]int
}

// ByID returns the published figure with that ID.
func (e *Evidence) ByID(id string) (*Parameter, bool) {
	i, ok := e.byID[id]
	if !ok {
		return nil, false
	}
	return &e.Parameters[i], true
}

func newEvidence(ps []Parameter) *Evidence {
	e := &Evidence{Parameters: ps, byID: make(map[string]int, len(ps))}
	for i, p := range ps {
		e.byID[p.ID] = i
	}
	return e
}

// assumptions is what assumptions.json holds: priors.yaml, defaults.yaml and
// evidence.yaml in a form that is quick to read.
type assumptions struct {
	Priors   Priors      `json:"priors"`
	Defaults []Default   `json:"defaults"`
	Evidence []Parameter `json:"evidence"`
}

//go:embed assumptions.json
var assumptionsJSON []byte

var loadAssumptions = sync.OnceValues(func() (*loaded, error) {
	var a assumptions
	if err := json.Unmarshal(assumptionsJSON, &a); err != nil {
		return nil, fmt.Errorf("reading the embedded assumptions: %w", err)
	}
	l := &loaded{assumptions: &a, evidence: newEvidence(a.Evidence)}
	if err := a.check(l.evidence); err != nil {
		return nil, fmt.Errorf("reading the embedded assumptions: %w", err)
	}
	return l, nil
})

type loaded struct {
	*assumptions
	evidence *Evidence
}

// LoadPriors returns what the model assumes before it sees a case or a
// company's own estimate, checked: every ID in RestsOn is in the evidence. The
// value is shared: do not change it.
func LoadPriors() (*Priors, error) {
	l, err := loadAssumptions()
	if err != nil {
		return nil, err
	}
	return &l.Priors, nil
}

// LoadDefaults returns the proposed intervals in the order of defaults.yaml.
// The value is shared: do not change it.
func LoadDefaults() ([]Default, error) {
	l, err := loadAssumptions()
	if err != nil {
		return nil, err
	}
	return l.Defaults, nil
}

// LoadEvidence returns the published figures. The value is shared: do not
// change it.
func LoadEvidence() (*Evidence, error) {
	l, err := loadAssumptions()
	if err != nil {
		return nil, err
	}
	return l.evidence, nil
}

// Driver returns the driver with that ID, without "driver.".
func (p *Priors) Driver(id string) (*Driver, bool) {
	i := slices.IndexFunc(p.Drivers, func(d Driver) bool { return d.ID == id })
	if i < 0 {
		return nil, false
	}
	return &p.Drivers[i], true
}

// Constant returns the constant with that ID.
func (p *Priors) Constant(id string) (*Constant, bool) {
	i := slices.IndexFunc(p.Constants, func(c Constant) bool { return c.ID == id })
	if i < 0 {
		return nil, false
	}
	return &p.Constants[i], true
}

// Multiple returns how much more often a sector is hit; 1 for a sector that is
// not listed.
func (p *Priors) Multiple(sector string) float64 {
	for _, m := range p.Sectors {
		if m.Sector == sector {
			return m.Value
		}
	}
	return 1
}
