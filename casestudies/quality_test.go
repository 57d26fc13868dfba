package casestudies

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestQuality(t *testing.T) {
	one, yes := 1.0, true
	good := &Case{ID: "good", Country: "GB", Positioning: "mid", Disclosed: "2024", DataTypes: []string{"name"},
		PeopleAffected: &People{Source: "filing"}, Costs: []Cost{{Source: "press"}}, CustomerEffects: []Effect{{Source: "blog"}},
		Operations: []Operation{{Value: &one, Source: "press"}, {Source: "press"}}, // the second has no figure
		Model: Model{Kind: "data_breach", People: &ModelCount{Sources: []string{"press", "filing"}}, Reaction: Reaction{Seen: &yes, Strength: "weak", Sources: []string{"press"}},
			Observations: []Observation{{Strength: "strong", Sources: []string{"blog"}}}},
		Sources: []Source{{ID: "filing", Kind: "filing"}, {ID: "press", Kind: "press"}, {ID: "blog", Kind: "blog"}}}
	minor := &Case{ID: "minor", Employees: &Count{Source: "blog"}, Model: Model{Kind: "outage_only"}, Sources: []Source{{ID: "blog", Kind: "blog"}}}
	weak := &Case{ID: "weak", Employees: &Count{Source: "press"}, Model: Model{Kind: "data_breach"}, Sources: []Source{{ID: "press", Kind: "press"}}}
	empty := &Case{ID: "empty", Model: Model{Kind: "data_breach"}}
	q := newLibrary([]*Case{good, minor, weak, empty}).Quality()

	if q.Cases != 4 || q.Reported != (Tally{6, 1}) || q.Model != (Tally{3, 1}) || !near(q.Reported.Share(), 1.0/6) {
		t.Errorf("got %d cases, reported %v, model %v", q.Cases, q.Reported, q.Model)
	}
	if diff := cmp.Diff([]KindUse{{"blog", 2, 2}, {"press", 2, 3}, {"filing", 1, 1}}, q.Sources); diff != "" {
		t.Errorf("sources (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]WeakCase{
		{ID: "empty", Why: "no figure at all"},
		{ID: "minor", Figures: 1, Why: "all figures from trade papers and blogs"},
		{ID: "weak", Figures: 1, Why: "no primary source, and what a model can use is weak"},
	}, q.Weak); diff != "" {
		t.Errorf("weak cases (-want +got):\n%s", diff)
	}
	missing := map[string]int{}
	for _, g := range q.Missing {
		missing[g.Field] = len(g.Cases)
	}
	if diff := cmp.Diff(map[string]int{"country": 3, "positioning": 3, "disclosed": 3, "data_types": 2, "model.people": 2, "model.active_customers": 4,
		"model.revenue": 4, "model.sensitive": 3, "model.direct_cost": 4, "model.reaction": 3, "model.closure": 4, "model.observations": 3}, missing); diff != "" {
		t.Errorf("missing (-want +got):\n%s", diff)
	}
	if (Tally{}).Share() != 0 {
		t.Error("a share of nothing")
	}
}

func TestQualityOfTheLibrary(t *testing.T) {
	q := embedded(t).Quality()
	// 810 figures: 809 counted from the research notes' own tables (87 people, 24
	// customer bases, 19 revenues, 5 employees, 249 costs, 264 effects, 161
	// operations with a number), and the head count of Zappos, which they give in
	// a note.
	if want := 87 + 24 + 19 + 5 + 249 + 264 + 161 + 1; q.Reported.Figures != want {
		t.Errorf("got %d figures, want %d", q.Reported.Figures, want)
	}
	if s := q.Reported.Share(); !(s > 0 && s < 1) {
		t.Errorf("primary share %g", s)
	}
	n := 0
	for _, k := range q.Sources {
		n += k.Sources
	}
	if n != 708 {
		t.Errorf("got %d sources, want 708", n)
	}
}
