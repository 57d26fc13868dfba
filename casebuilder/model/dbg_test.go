package model

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"
	"time"
)

func TestDbg(t *testing.T) {
	m := newModel(t, alder(), nil)
	if _, err := m.Solve(); err != nil {
		t.Fatal(err)
	}
	t0 := time.Now()
	m = newModel(t, alder(), nil)
	t1 := time.Now()
	c, err := m.Solve()
	if err != nil {
		t.Fatal(err)
	}
	t2 := time.Now()
	j, err := json.Marshal(c.Results)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Println("build", t1.Sub(t0), "solve", t2.Sub(t1), "json", time.Since(t2), len(j), len(c.Results.Quantities))
	os.WriteFile("/tmp/results.json", j, 0o644)
}
func BenchmarkBacktest(b *testing.B) {
	m := newModel(b, alder(), nil)
	for b.Loop() {
		Backtest(m.in.Library, 2026)
	}
}
func TestGroups(t *testing.T) {
	m := newModel(t, alder(), nil)
	n := map[string]int{}
	ex := map[string]string{}
	var order []string
	for _, q := range m.graph.All() {
		k := q.Group
		if q.Expr.Zero() {
			k += " (leaf)"
		}
		if n[k] == 0 {
			order = append(order, k)
		}
		n[k]++
		if len(ex[k]) < 90 {
			ex[k] += " " + string(q.ID)
		}
	}
	for _, k := range order {
		fmt.Println(k, n[k], ex[k])
	}
}
