package casestudies

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"casebuilder/casebuilder/diag"
)

// Filter says which cases are wanted. A zero field takes all.
type Filter struct {
	Sector   string
	DataType string
	Theme    string
	Country  string // two letters, in any case
	From, To int    // years of disclosure, both inclusive
	Kind     string // data_breach, outage_only, both
	HasCost  bool   // with a disclosed direct cost
	Reaction Seen   // whether customers reacted
	Words    string // all must occur, in any order and case
}

// Seen is what a case says of its customers' reaction.
type Seen int

// The values of Seen.
const (
	AnyReaction Seen = iota
	Reacted          // an effect was seen
	NotReacted       // looked for, and none seen
	NotMeasured      // not known
)

// SeenOf returns what a case says of its customers' reaction.
func SeenOf(c *Case) Seen {
	switch seen := c.Model.Reaction.Seen; {
	case seen == nil:
		return NotMeasured
	case *seen:
		return Reacted
	}
	return NotReacted
}

// Hit is a case that was found.
type Hit struct {
	Case  *Case
	Score int      // of the words; 0 without words
	In    []string // fields that hold the words, the telling ones first
}

// NoComparableError says that the library has no case of a sector.
type NoComparableError struct {
	Sector  string
	Nearest []string // at most three sectors that it has cases of: one that is spelled alike first, then those with most cases
}

// Error returns the message.
func (e *NoComparableError) Error() string {
	return fmt.Sprintf("the library has no case of the sector %s; it has %s", diag.Quote(e.Sector), strings.Join(e.Nearest, ", "))
}

// UnknownWordError says that no case of the library uses a word.
type UnknownWordError struct {
	What    string // "data type", "theme", "country", "kind"
	Word    string
	Nearest string // may be empty
}

// Error returns the message.
func (e *UnknownWordError) Error() string {
	s := fmt.Sprintf("no case of the library has the %s %s", e.What, diag.Quote(e.Word))
	if e.Nearest != "" {
		s += "; did you mean " + e.Nearest + "?"
	}
	return s
}

// Search returns the cases that a filter takes. With words, the best come
// first; without, and among equals, the latest, then by ID. A sector that has
// no case is a *NoComparableError, another word that no case uses an
// *UnknownWordError; that nothing fits all conditions together is no error.
func (l *Library) Search(f Filter) ([]Hit, error) {
	f.Country = strings.ToUpper(f.Country)
	if err := l.known(f); err != nil {
		return nil, err
	}
	words := strings.Fields(strings.ToLower(f.Words))
	var out []Hit
	for _, c := range l.Cases {
		if !f.takes(c) {
			continue
		}
		hit, ok := match(c, words)
		if ok {
			out = append(out, hit)
		}
	}
	slices.SortStableFunc(out, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.Case.Disclosed, a.Case.Disclosed), cmp.Compare(a.Case.ID, b.Case.ID))
	})
	return out, nil
}

func (f Filter) takes(c *Case) bool {
	y := c.Year()
	return (f.Sector == "" || c.Sector == f.Sector) &&
		(f.DataType == "" || slices.Contains(c.DataTypes, f.DataType)) &&
		(f.Theme == "" || slices.Contains(c.Model.Replay.Themes, f.Theme)) &&
		(f.Country == "" || strings.ToUpper(c.Country) == f.Country) &&
		(f.Kind == "" || c.Model.Kind == f.Kind) &&
		(f.From == 0 || y >= f.From) && (f.To == 0 || (y > 0 && y <= f.To)) &&
		(!f.HasCost || c.Model.DirectCost != nil) &&
		(f.Reaction == AnyReaction || SeenOf(c) == f.Reaction)
}

// known refuses words that no case uses, so that a slip is not taken for an
// empty library.
func (l *Library) known(f Filter) error {
	counts := l.Counts()
	if f.Sector != "" && !hasWord(counts.Sectors, f.Sector) {
		return &NoComparableError{Sector: f.Sector, Nearest: nearestSectors(f.Sector, counts.Sectors)}
	}
	for _, k := range []struct {
		what, word string
		used       []WordCount
	}{
		{"data type", f.DataType, counts.DataTypes}, {"theme", f.Theme, counts.Themes},
		{"country", f.Country, counts.Countries}, {"kind", f.Kind, counts.Kinds},
	} {
		if k.word != "" && !hasWord(k.used, k.word) {
			return &UnknownWordError{What: k.what, Word: k.word, Nearest: diag.Nearest(k.word, wordsOf(k.used))}
		}
	}
	return nil
}

func hasWord(used []WordCount, word string) bool {
	return slices.ContainsFunc(used, func(w WordCount) bool { return w.Word == word })
}

func wordsOf(used []WordCount) []string {
	out := make([]string, len(used))
	for i, w := range used {
		out[i] = w.Word
	}
	return out
}

func nearestSectors(sector string, used []WordCount) []string {
	words := wordsOf(used)
	var out []string
	if near := diag.Nearest(sector, words); near != "" {
		out = append(out, near)
	}
	for _, w := range words {
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out[:min(3, len(out))]
}

// match looks for all words in a case. A word scores by the most telling field
// that holds it.
func match(c *Case, words []string) (Hit, bool) {
	hit := Hit{Case: c}
	if len(words) == 0 {
		return hit, true
	}
	fields := searchFields(c)
	for _, word := range words {
		best := -1
		for i, f := range fields {
			if strings.Contains(f.text, word) && (best < 0 || f.score > fields[best].score) {
				best = i
			}
		}
		if best < 0 {
			return Hit{}, false
		}
		hit.Score += fields[best].score
		if !slices.Contains(hit.In, fields[best].name) {
			hit.In = append(hit.In, fields[best].name)
		}
	}
	return hit, true
}

type searchField struct {
	name  string
	score int
	text  string // in lower case
}

// searchFields returns the texts of a case that are searched, the most telling
// first.
func searchFields(c *Case) []searchField {
	var effects, operations, responses, costs, basis []string
	for _, e := range c.CustomerEffects {
		effects = append(effects, e.Metric, e.Unit, e.Window, e.Note)
	}
	for _, o := range c.Operations {
		operations = append(operations, o.Metric, o.Unit, o.Note)
	}
	for _, r := range c.MarketingResponse {
		responses = append(responses, r.What)
	}
	for _, k := range c.Costs {
		costs = append(costs, k.Category, k.Note)
	}
	for _, o := range c.Model.Observations {
		basis = append(basis, o.Driver, o.Basis)
	}
	basis = append(basis, c.Model.Reaction.Why, c.Model.Closure.What, c.PositioningBasis)
	fields := []searchField{
		{"id", 10, c.ID},
		{"organisation", 10, c.Organisation + " " + c.Parent},
		{"themes", 6, strings.Join(c.Model.Replay.Themes, " ")},
		{"sector", 6, c.Sector + " " + c.Subsector + " " + c.Country + " " + c.Positioning},
		{"attack", 6, c.Attack},
		{"data types", 6, strings.Join(c.DataTypes, " ")},
		{"headline", 5, c.Model.Replay.Headline},
		{"summary", 4, c.Summary},
		{"lessons", 3, strings.Join(c.Lessons, " ")},
		{"customer effects", 2, strings.Join(effects, " ")},
		{"operations", 2, strings.Join(operations, " ")},
		{"response", 2, strings.Join(responses, " ")},
		{"costs", 2, strings.Join(costs, " ")},
		{"model", 1, strings.Join(basis, " ")},
		{"notes", 1, c.Notes},
	}
	for i := range fields {
		fields[i].text = strings.ToLower(fields[i].text)
	}
	return fields
}

// WordCount is a word and how many cases use it.
type WordCount struct {
	Word  string
	Cases int
}

// Counts says which words the cases use, the most used first, then by the
// alphabet.
type Counts struct {
	Sectors, DataTypes, Themes, Countries, Kinds, Attacks []WordCount
}

// Counts returns the words of the library.
func (l *Library) Counts() Counts {
	tally := func(words func(*Case) []string) []WordCount {
		n := map[string]int{}
		for _, c := range l.Cases {
			seen := map[string]bool{}
			for _, w := range words(c) {
				if w != "" && !seen[w] {
					seen[w] = true
					n[w]++
				}
			}
		}
		out := make([]WordCount, 0, len(n))
		for w, k := range n {
			out = append(out, WordCount{w, k})
		}
		slices.SortFunc(out, func(a, b WordCount) int {
			return cmp.Or(cmp.Compare(b.Cases, a.Cases), cmp.Compare(a.Word, b.Word))
		})
		return out
	}
	return Counts{
		Sectors:   tally(func(c *Case) []string { return []string{c.Sector} }),
		DataTypes: tally(func(c *Case) []string { return c.DataTypes }),
		Themes:    tally(func(c *Case) []string { return c.Model.Replay.Themes }),
		Countries: tally(func(c *Case) []string { return []string{strings.ToUpper(c.Country)} }),
		Kinds:     tally(func(c *Case) []string { return []string{c.Model.Kind} }),
		Attacks:   tally(func(c *Case) []string { return []string{c.Attack} }),
	}
}
