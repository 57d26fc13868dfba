package company

// New returns a profile with every documented default, as of a day. Required
// values, and optional ones without a default of their own (the closed share,
// the cost of a post), are not set.
func New(today Date) *Profile {
	p := &Profile{}
	for i := range Fields {
		f := &Fields[i]
		switch v := f.Default.(type) {
		case float64:
			*f.Number(p) = Number{Value: v, Set: true}
		case bool:
			*f.Flag(p) = v
		case string:
			if s := f.Text(p); s != nil {
				*s = v
			}
		}
	}
	p.Company.AsOf = today
	return p
}

// NewInitiative returns an initiative with every documented default.
func NewInitiative() Initiative {
	var i Initiative
	for k := range ListFields {
		f := &ListFields[k]
		if n, v := f.InitiativeNumber(&i), f.Default; n != nil && v != nil {
			*n = Number{Value: v.(float64), Set: true}
		}
	}
	return i
}
