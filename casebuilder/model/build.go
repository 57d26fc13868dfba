package model

import (
	"fmt"
	"time"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/quantity"
	"casebuilder/casestudies"
)

// Input is everything that a case is computed from.
type Input struct {
	Profile *company.Profile
	Library *casestudies.Library
	Seed    uint64
	Trials  int // a power of two from 256 to 16384
	Version string
	// Texts is a hash of the texts, themes and flags that shape the papers; it
	// enters the fingerprint.
	Texts string
}

// Model is the graph of one case, ready to run.
type Model struct {
	in     Input
	graph  *quantity.Graph
	priors *casestudies.Priors
	rates  *casestudies.Rates
	fit    Fit

	drivers      []driver
	lines        []line
	owners       []string
	options      []option
	keys         []string
	sources      map[string]bool // evidence that inputs rest on
	streamName   string          // names the random stream: the unit, or its platform
	observations map[string][]observation
	estimates    map[string]company.Number
}

// New writes the case down as a graph of quantities. The errors are about the
// inputs: a currency without a rate, a case to replay that does not exist.
func New(in Input) (*Model, error) {
	m := &Model{
		in:           in,
		sources:      map[string]bool{},
		observations: map[string][]observation{},
		estimates:    map[string]company.Number{},
	}
	var err error
	if m.priors, err = casestudies.LoadPriors(); err != nil {
		return nil, err
	}
	if m.rates, err = casestudies.LoadRates(); err != nil {
		return nil, err
	}
	for _, e := range in.Profile.Estimates {
		id := e.ID
		if id == "event_probability" {
			id, e.Number = "event_rate", rateOfChance(e.Number)
		}
		m.estimates[id] = e.Number
	}
	p := in.Profile
	for _, name := range p.Replay {
		if _, err := in.Library.Find(name); err != nil {
			return nil, err
		}
	}
	m.streamName = Stream(p.Company.Unit, p.Company.SharedPlatform)
	b := &builder{Builder: quantity.NewBuilder(), m: m}
	if err := b.inputs(); err != nil {
		return nil, err
	}
	b.basics()
	b.rate()
	if err := b.direct(); err != nil {
		return nil, err
	}
	b.addDrivers()
	b.incident()
	b.amounts()
	b.losses()
	b.severity()
	b.surge()
	b.exceedance()
	b.premium()
	b.addOptions()
	b.decision()
	b.stake()
	b.staffing()
	b.checks()
	if b.err != nil {
		return nil, b.err
	}
	if m.graph, err = b.Build(); err != nil {
		return nil, fmt.Errorf("a bug in the model: %w", err)
	}
	return m, nil
}

// Graph returns the quantities.
func (m *Model) Graph() *quantity.Graph { return m.graph }

// asOf returns the date of the case.
func (m *Model) asOf() time.Time { return m.in.Profile.Company.AsOf.Time }

// builder adds quantities with less ceremony.
type builder struct {
	*quantity.Builder
	m     *Model
	group string
	owner string
	err   error
}

// short names for the expressions, which fill this package.
type (
	id   = quantity.ID
	expr = quantity.Expr
)

var (
	ref     = quantity.Ref
	add     = quantity.Add
	sub     = quantity.Sub
	mul     = quantity.Mul
	div     = quantity.Div
	neg     = quantity.Neg
	minOf   = quantity.Min
	maxOf   = quantity.Max
	exp     = quantity.Exp
	ln      = quantity.Ln
	pow     = quantity.Pow
	as      = quantity.As
	num     = quantity.Num
	one     = quantity.One
	mean    = quantity.Mean
	greater = quantity.IfGreater
)

// in starts a group of quantities with a default owner.
func (b *builder) in(group, owner string) { b.group, b.owner = group, owner }

// def adds a quantity with a formula.
func (b *builder) def(name, label, unit, note string, e expr, opts ...func(*quantity.Quantity)) expr {
	q := quantity.Quantity{ID: id(name), Label: label, Unit: quantity.U(unit), Expr: e,
		Group: b.group, Owner: b.owner, Note: note}
	for _, o := range opts {
		o(&q)
	}
	b.Add(q)
	return ref(q.ID)
}

// col is def for a column that the workbook writes inside other formulas.
func (b *builder) col(name, label, unit, note string, e expr, opts ...func(*quantity.Quantity)) expr {
	return b.def(name, label, unit, note, e, append(opts, inline)...)
}

func inline(q *quantity.Quantity) { q.Inline = true }
func atMean(q *quantity.Quantity) { q.AtMean = true }

func ownedBy(owner string) func(*quantity.Quantity) {
	return func(q *quantity.Quantity) { q.Owner = owner }
}

func form(f string) func(*quantity.Quantity) {
	return func(q *quantity.Quantity) { q.Form = f }
}

func restsOn(ids ...string) func(*quantity.Quantity) {
	return func(q *quantity.Quantity) { q.Sources = append(q.Sources, ids...) }
}

// input adds a number that comes from outside.
func (b *builder) input(name, label, unit, note, grade string, v float64, sources ...string) expr {
	b.Add(quantity.Quantity{ID: id(name), Label: label, Unit: quantity.U(unit), Value: v,
		Group: b.group, Owner: b.owner, Note: note, Grade: grade, Sources: sources})
	for _, s := range sources {
		b.m.sources[s] = true
	}
	return ref(id(name))
}

// constant returns a model constant, which inputs has added.
func constant(name string) expr { return ref(id(name)) }
