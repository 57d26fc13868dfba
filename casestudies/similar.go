package casestudies

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

// Factors of similarity (model.md section 3): our judgement, named as such.
const (
	otherSector      = 0.5
	otherPositioning = 0.7 // or unknown
	unknownSize      = 0.5 // of the case, or of the company
	weakStrength     = 0.5
)

// SizeScale is the scale of the size factor in priors.yaml
// (similarity.size_scale), in powers of ten of people.
const SizeScale = "similarity.size_scale"

// Subject is the company that cases are compared with.
type Subject struct {
	Sector      string   // one of Sectors
	Positioning string   // one of Positionings
	DataTypes   []string // held on customers, of DataTypes
	OnFile      float64  // people whose data is held
}

// Weights says how much a case counts for a company: one factor for each
// thing they are compared by, 0 to 1. The strength of a figure is no part of
// it: it weighs on the single observation.
type Weights struct {
	Sector      float64
	Positioning float64
	Data        float64
	Size        float64
	People      *float64 // of the case, which Size is computed from; nil: not known, Size is 0.5
	Why         []string // a phrase for each factor, in the order above
}

// Fixed returns the product of the factors that do not depend on the number of
// people on file.
func (w Weights) Fixed() float64 { return w.Sector * w.Positioning * w.Data }

// Total returns the product of all factors.
func (w Weights) Total() float64 { return w.Fixed() * w.Size }

// Weigh compares a case with the company. sizeScale is how many powers of ten
// between the numbers of people take the size factor down to 1/e: above zero,
// 1.5 by default.
func (s Subject) Weigh(c *Case, sizeScale float64) Weights {
	w := Weights{Sector: 1, Positioning: 1}
	if c.Sector == s.Sector {
		w.because("same sector (%s)", c.Sector)
	} else {
		w.Sector = otherSector
		w.because("another sector (%s): × %s", c.Sector, short(w.Sector))
	}
	switch {
	case c.Positioning == "":
		w.Positioning = otherPositioning
		w.because("positioning not known: × %s", short(w.Positioning))
	case c.Positioning == s.Positioning:
		w.because("same positioning (%s)", c.Positioning)
	default:
		w.Positioning = otherPositioning
		w.because("another positioning (%s): × %s", c.Positioning, short(w.Positioning))
	}
	shared, all := overlap(s.DataTypes, c.DataTypes)
	w.Data = 0.5
	if all > 0 {
		w.Data = (1 + float64(shared)/float64(all)) / 2
	}
	w.because("%d of %d kinds of data shared: × %s", shared, all, short(w.Data))
	w.Size = unknownSize
	if p := c.Model.People; p != nil && p.Value > 0 {
		w.People = &p.Value
	}
	if w.People != nil && s.OnFile > 0 {
		w.Size = math.Exp(-math.Abs(math.Log10(s.OnFile / *w.People)) / sizeScale)
		w.because("%s people against %s on file: × %s", count(*w.People), count(s.OnFile), short(w.Size))
	} else {
		w.because("number of people not known: × %s", short(w.Size))
	}
	return w
}

func (w *Weights) because(format string, args ...any) {
	w.Why = append(w.Why, fmt.Sprintf(format, args...))
}

// overlap returns how many words two lists share, and how many there are in
// all, each counted once.
func overlap(a, b []string) (shared, all int) {
	words := map[string]int{}
	for _, x := range a {
		words[x] |= 1
	}
	for _, x := range b {
		words[x] |= 2
	}
	for _, in := range words {
		if in == 3 {
			shared++
		}
	}
	return shared, len(words)
}

// Ranked is a case with its place in a ranking.
type Ranked struct {
	Case    *Case
	Weights Weights
}

// Rank returns all cases, the most similar first; equals in the order of their
// IDs.
func (l *Library) Rank(s Subject, sizeScale float64) []Ranked {
	out := make([]Ranked, len(l.Cases))
	for i, c := range l.Cases {
		out[i] = Ranked{Case: c, Weights: s.Weigh(c, sizeScale)}
	}
	slices.SortStableFunc(out, func(a, b Ranked) int {
		return cmp.Compare(b.Weights.Total(), a.Weights.Total())
	})
	return out
}

// short returns a factor for a sentence, with two decimals at most.
func short(x float64) string {
	return strconv.FormatFloat(math.Round(x*100)/100, 'f', -1, 64)
}

// count returns a number of people for a sentence: 24M, 650k, 812.
func count(x float64) string {
	for _, unit := range []struct {
		size float64
		name string
	}{{1e9, "bn"}, {1e6, "M"}, {1e3, "k"}} {
		if x >= 0.9995*unit.size {
			return strconv.FormatFloat(round3(x/unit.size), 'f', -1, 64) + unit.name
		}
	}
	return strconv.FormatFloat(math.Round(x), 'f', -1, 64)
}

// round3 rounds to three significant digits.
func round3(x float64) float64 {
	if x == 0 {
		return 0
	}
	scale := math.Pow(10, 2-math.Floor(math.Log10(math.Abs(x))))
	return math.Round(x*scale) / scale
}

// thousands returns a number with commas: 1,000,000.
func thousands(x float64) string {
	s := strconv.FormatFloat(x, 'f', -1, 64)
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "-", s[1:]
	}
	whole, fraction, _ := strings.Cut(s, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if fraction != "" {
		fraction = "." + fraction
	}
	return sign + whole + fraction
}
