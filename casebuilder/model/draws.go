package model

import (
	"math"
	"strconv"
	"strings"
	"sync"

	"gonum.org/v1/gonum/stat/distuv"

	"casebuilder/casebuilder/quantity"
	"casebuilder/casebuilder/stats"
)

// uniformDimensions are the draws that stay uniform numbers: the switches'.
var uniformDimensions = map[int]bool{4: true, 6: true, 8: true}

// draws returns the numbers that every trial is computed from: standard normal
// ones, and uniform ones for the switches. A draw is a function of the seed,
// the random stream of the unit and its own dimension alone. It is rounded to
// six decimals, so that the workbook's Draws sheet holds the same number.
func (m *Model) draws() map[id][]float64 {
	out := make(map[id][]float64)
	var wg sync.WaitGroup
	for _, q := range m.graph.All() {
		if !q.Draw {
			continue
		}
		x := make([]float64, m.in.Trials)
		out[q.ID] = x
		wg.Go(func() { m.drawInto(q.ID, 0, x) })
	}
	wg.Wait()
	return out
}

// drawInto writes the draws of one dimension from trial start on.
func (m *Model) drawInto(of id, start int, dst []float64) {
	d, _ := strconv.Atoi(strings.TrimPrefix(string(of), "draw."))
	stats.NewSobol(d, uint32(stats.Seed(m.in.Seed, m.streamName, string(of)))).Fill(start, dst)
	for i, u := range dst {
		if !uniformDimensions[d] {
			u = distuv.UnitNormal.Quantile(u)
		}
		dst[i] = math.Round(u*1e6) / 1e6
	}
}

// fill copies prepared draws, for Run.
func fill(draws map[id][]float64) func(quantity.ID, int, []float64) {
	return func(of id, start int, dst []float64) { copy(dst, draws[of][start:]) }
}
