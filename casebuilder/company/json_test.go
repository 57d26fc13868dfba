package company

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestNumberJSON(t *testing.T) {
	sourced := Around(0.03, 0.06, 0.14)
	sourced.Source = "risk register"
	valued := Plain(0.09)
	valued.Source = "CFO"
	check := func(n Number, want string) {
		t.Helper()
		b, err := json.Marshal(n)
		if err != nil || string(b) != want {
			t.Errorf("%+v: want %s, got %s %v", n, want, b, err)
		}
		back := Plain(99)
		if err := json.Unmarshal(b, &back); err != nil || back != n {
			t.Errorf("%s came back as %+v %v", b, back, err)
		}
	}
	check(Plain(0.78), `0.78`)
	check(Between(0.5, 1.5), `{"low":0.5,"high":1.5}`)
	check(sourced, `{"low":0.03,"mode":0.06,"high":0.14,"source":"risk register"}`)
	check(valued, `{"value":0.09,"source":"CFO"}`)
	check(Number{Value: 3, Set: true}, `{"value":3,"basis":"default"}`)
	check(Number{}, `null`)
	for _, bad := range []string{`"x"`, `{}`, `{"low":1}`, `[1]`} {
		var n Number
		if err := json.Unmarshal([]byte(bad), &n); err == nil {
			t.Errorf("%s gave %+v", bad, n)
		}
	}
}

// Estimates, cuts and ownership are objects whose keys keep their order.
func TestKeyedListsKeepTheirOrder(t *testing.T) {
	p := New(NewDate(2026, time.December, 31))
	p.Estimates = Estimates{{"extra_churn", Between(0.01, 0.04)}, {"closed.stretch", Plain(1.4)}, {"a", Plain(1)}}
	p.Options = []Option{{ID: "core", Name: "Core", Initiatives: []Initiative{{ID: "mfa", Name: "MFA", Cuts: Cuts{{"event_probability", Between(0, 0.5)}, {"closure", Around(0, 0.1, 0.2)}}}}}}
	p.Ownership = Owners{{Line: "closed_sales", Reason: "shared shop", Shares: []OwnerShare{{"operations", Plain(0.4)}, {"marketing", Plain(0.6)}}},
		{Line: "goodwill", Reason: "x", Shares: []OwnerShare{{"marketing", Plain(1)}}}}
	b, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var m struct{ Estimates, Ownership json.RawMessage }
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	if want := `{"extra_churn":{"low":0.01,"high":0.04},"closed.stretch":1.4,"a":1}`; string(m.Estimates) != want {
		t.Errorf("want %s, got %s", want, m.Estimates)
	}
	if want := `{"closed_sales":{"operations":0.4,"marketing":0.6,"reason":"shared shop"},"goodwill":{"marketing":1,"reason":"x"}}`; string(m.Ownership) != want {
		t.Errorf("want %s, got %s", want, m.Ownership)
	}
	var back Profile
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(p, &back); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	for _, bad := range []string{`{"estimates":[1]}`, `{"estimates":{"a":"x"}}`, `{"ownership":{"a":1}}`, `{"estimates":3}`} {
		if err := json.Unmarshal([]byte(bad), new(Profile)); err == nil {
			t.Errorf("%s is taken", bad)
		}
	}
	if err := json.Unmarshal([]byte(`{"estimates":null,"ownership":null}`), &back); err != nil || back.Estimates != nil || back.Ownership != nil {
		t.Errorf("null is none: %v", err)
	}
}
