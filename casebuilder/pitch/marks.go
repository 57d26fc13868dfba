package pitch

import (
	"fmt"

	"casebuilder/casebuilder/results"
)

// marks number the figures and sources that a paper refers to, in the order in
// which a reader meets them. The appendix lists them.
type marks struct {
	ids  []string
	at   map[string]int
	same map[string]string // a source by the first of its publication
	off  bool              // no appendix: nothing to refer to
}

// newMarks knows which sources are the same publication: they share a number.
func newMarks(sources []results.Source, off bool) *marks {
	m := &marks{at: map[string]int{}, same: map[string]string{}, off: off}
	first := map[string]string{}
	for _, s := range sources {
		if first[s.Text] == "" {
			first[s.Text] = s.ID
		}
		m.same[s.ID] = first[s.Text]
	}
	return m
}

// number returns the number of a figure, from 1; 0 where there are no marks.
func (m *marks) number(id string) int {
	if m.off {
		return 0
	}
	if s := m.same[id]; s != "" {
		id = s
	}
	n, ok := m.at[id]
	if !ok {
		m.ids = append(m.ids, id)
		n = len(m.ids)
		m.at[id] = n
	}
	return n
}

// anchor is where the appendix lists the figure of a number.
func anchor(n int) string { return fmt.Sprintf("ref-%d", n) }
