package company

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// Date is a calendar day; the zero Date is none.
type Date struct{ time.Time }

// NewDate returns a day.
func NewDate(year int, month time.Month, day int) Date {
	return Date{time.Date(year, month, day, 0, 0, 0, 0, time.UTC)}
}

// ParseDate reads a day written as 2026-12-31. The first day of the year 1 is
// the zero Date, which says that none is given: it is refused.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err == nil && t.IsZero() {
		err = errors.New("a day before all that a case can have")
	}
	return Date{t}, err
}

// String returns the day as 2026-12-31, and "" for none.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Format(time.DateOnly)
}

// MarshalJSON writes the day as a string.
func (d Date) MarshalJSON() ([]byte, error) { return json.Marshal(d.String()) }

// UnmarshalJSON reads a day as MarshalJSON writes it.
func (d *Date) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return err
	}
	if s == "" {
		*d = Date{}
		return nil
	}
	var err error
	*d, err = ParseDate(s)
	return err
}

// IsZero reports whether the number has no value, given or by default.
func (n Number) IsZero() bool { return !n.Set }

// numberJSON is a Number as the company file writes one with a range.
type numberJSON struct {
	Low    *float64 `json:"low,omitempty"`
	Mode   *float64 `json:"mode,omitempty"`
	High   *float64 `json:"high,omitempty"`
	Value  *float64 `json:"value,omitempty"`
	Source string   `json:"source,omitempty"`
	Basis  string   `json:"basis,omitempty"` // "default" where nobody gave it
}

// MarshalJSON writes a plain number, or an object with low, mode, high and
// source; a documented default carries "basis": "default"; null is no value.
func (n Number) MarshalJSON() ([]byte, error) {
	if !n.Set {
		return []byte("null"), nil
	}
	if !n.Ranged && n.Source == "" && n.Given {
		return json.Marshal(n.Value)
	}
	o := numberJSON{Source: n.Source}
	if !n.Given {
		o.Basis = "default"
	}
	if !n.Ranged {
		o.Value = &n.Value
		return json.Marshal(o)
	}
	o.Low, o.High = &n.Low, &n.High
	if n.HasMode {
		o.Mode = &n.Value
	}
	return json.Marshal(o)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (n *Number) UnmarshalJSON(b []byte) error {
	b = bytes.TrimSpace(b)
	if string(b) == "null" {
		*n = Number{}
		return nil
	}
	if len(b) > 0 && b[0] != '{' {
		*n = Number{Set: true, Given: true}
		return json.Unmarshal(b, &n.Value)
	}
	var o numberJSON
	if err := json.Unmarshal(b, &o); err != nil {
		return err
	}
	*n = Number{Set: true, Given: o.Basis != "default", Source: o.Source}
	switch {
	case o.Low != nil && o.High != nil:
		n.Ranged, n.Low, n.High = true, *o.Low, *o.High
		n.Value = (n.Low + n.High) / 2
		if o.Mode != nil {
			n.HasMode, n.Value = true, *o.Mode
		}
	case o.Value != nil:
		n.Value = *o.Value
	default:
		return fmt.Errorf("a number needs a value, or low and high")
	}
	return nil
}

// pair is one key of a JSON object that keeps its order.
type pair struct {
	key   string
	value any
}

// marshalPairs writes an object with its keys in order.
func marshalPairs(pairs []pair) ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, p := range pairs {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(p.key)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(p.value)
		if err != nil {
			return nil, err
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// unmarshalPairs hands the keys of an object to f, in their order.
func unmarshalPairs(b []byte, f func(key string, value json.RawMessage) error) error {
	d := json.NewDecoder(bytes.NewReader(b))
	t, err := d.Token()
	if err != nil {
		return err
	}
	if t == nil {
		return nil
	}
	if t != json.Delim('{') {
		return fmt.Errorf("want an object, got %v", t)
	}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return err
		}
		key, ok := t.(string)
		if !ok {
			return fmt.Errorf("want a key, got %v", t)
		}
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return err
		}
		if err := f(key, value); err != nil {
			return fmt.Errorf("%s: %w", key, err)
		}
	}
	return nil
}

// MarshalJSON writes an object with the IDs as keys.
func (e Estimates) MarshalJSON() ([]byte, error) {
	pairs := make([]pair, len(e))
	for i, x := range e {
		pairs[i] = pair{x.ID, x.Number}
	}
	return marshalPairs(pairs)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (e *Estimates) UnmarshalJSON(b []byte) error {
	*e = nil
	return unmarshalPairs(b, func(key string, value json.RawMessage) error {
		x := Estimate{ID: key}
		*e = append(*e, x)
		return json.Unmarshal(value, &(*e)[len(*e)-1].Number)
	})
}

// MarshalJSON writes an object with the targets as keys.
func (c Cuts) MarshalJSON() ([]byte, error) {
	pairs := make([]pair, len(c))
	for i, x := range c {
		pairs[i] = pair{x.Target, x.Number}
	}
	return marshalPairs(pairs)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (c *Cuts) UnmarshalJSON(b []byte) error {
	*c = nil
	return unmarshalPairs(b, func(key string, value json.RawMessage) error {
		*c = append(*c, Cut{Target: key})
		return json.Unmarshal(value, &(*c)[len(*c)-1].Number)
	})
}

// MarshalJSON writes an object with the lines as keys.
func (o Owners) MarshalJSON() ([]byte, error) {
	pairs := make([]pair, len(o))
	for i, x := range o {
		pairs[i] = pair{x.Line, x}
	}
	return marshalPairs(pairs)
}

// UnmarshalJSON reads what MarshalJSON writes.
func (o *Owners) UnmarshalJSON(b []byte) error {
	*o = nil
	return unmarshalPairs(b, func(key string, value json.RawMessage) error {
		*o = append(*o, Ownership{Line: key})
		return json.Unmarshal(value, &(*o)[len(*o)-1])
	})
}

// MarshalJSON writes the owners' shares and the reason.
func (o Ownership) MarshalJSON() ([]byte, error) {
	var pairs []pair
	for _, x := range o.Shares {
		pairs = append(pairs, pair{x.Owner, x.Share})
	}
	return marshalPairs(append(pairs, pair{"reason", o.Reason}))
}

// UnmarshalJSON reads what MarshalJSON writes; the line is the key it stands
// under.
func (o *Ownership) UnmarshalJSON(b []byte) error {
	*o = Ownership{Line: o.Line}
	return unmarshalPairs(b, func(key string, value json.RawMessage) error {
		if key == "reason" {
			return json.Unmarshal(value, &o.Reason)
		}
		o.Shares = append(o.Shares, OwnerShare{Owner: key})
		return json.Unmarshal(value, &o.Shares[len(o.Shares)-1].Share)
	})
}
