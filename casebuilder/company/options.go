package company

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"casebuilder/casebuilder/diag"
)

// ValidID reports whether s can name an option or an initiative: small letters,
// digits and hyphens inside, at most MaxID.
func ValidID(s string) bool {
	if s == "" || len(s) > MaxID || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	for _, r := range s {
		if !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-') {
			return false
		}
	}
	return true
}

// Slug makes an ID from a name: "MFA everywhere" is "mfa-everywhere". Letters
// outside ASCII lose their accents where they have one and are left out
// otherwise; a name without any letter gives "initiative".
func Slug(name string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(name) {
		s, ok := folded[r]
		switch {
		case ok:
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			s = string(r)
		case r == '\'', r == '’', unicode.Is(unicode.Mn, r):
			continue
		default:
			gap = true
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte('-')
		}
		gap = false
		if b.WriteString(s); b.Len() >= MaxID {
			break
		}
	}
	s := b.String()
	s = strings.Trim(s[:min(len(s), MaxID)], "-")
	if s == "" {
		return "initiative"
	}
	return s
}

// folded maps letters with accents to plain ones.
var folded = func() map[rune]string {
	m := map[rune]string{'ß': "ss", 'æ': "ae", 'œ': "oe", 'ø': "o", 'å': "a", 'đ': "d", 'ł': "l", 'þ': "th", 'ð': "d"}
	for plain, letters := range map[string]string{"a": "àáâãāă", "ae": "ä", "c": "çćč", "e": "èéêëēėę", "g": "ğ", "i": "ìíîïīı", "n": "ñńň",
		"o": "òóôõō", "oe": "ö", "r": "ř", "s": "śšşș", "t": "ťțţ", "u": "ùúûūůű", "ue": "ü", "y": "ýÿ", "z": "źžż"} {
		for _, r := range letters {
			m[r] = plain
		}
	}
	return m
}()

// NameInitiatives gives every initiative without an ID one made from its name,
// unique within the option: the second "MFA" is "mfa-2".
func (o *Option) NameInitiatives() {
	taken := map[string]bool{}
	for _, i := range o.Initiatives {
		taken[i.ID] = true
	}
	for k := range o.Initiatives {
		i := &o.Initiatives[k]
		if i.ID != "" {
			continue
		}
		id := Slug(i.Name)
		for n := 2; taken[id]; n++ {
			suffix := fmt.Sprintf("-%d", n)
			base := Slug(i.Name)
			id = strings.TrimRight(base[:min(len(base), MaxID-len(suffix))], "-") + suffix
		}
		i.ID, taken[id] = id, true
	}
}

func (c *checker) options() {
	if n := len(c.p.Options); n > MaxOptions {
		c.bad("options", fmt.Sprintf("at most %d options", MaxOptions), fmt.Sprint(n), "")
		return
	}
	id, name, notValued := FieldByID("options.*.id"), FieldByID("options.*.name"), FieldByID("options.*.not_valued")
	seen := map[string]bool{}
	for i := range c.p.Options {
		o := &c.p.Options[i]
		at := "options." + o.ID
		if o.ID == "" {
			at = fmt.Sprintf("options.%d", i+1)
			c.missing(at+".id", id)
		} else {
			c.id(at, o.ID, seen)
		}
		if o.ID == "nothing" {
			c.bad(at+".id", "another name", `"nothing"`, "doing nothing is always there")
		}
		c.text(at+".name", name, o.Name)
		c.list(at+".not_valued", notValued, o.NotValued)
		c.initiatives(at, o)
	}
}

// id checks the form of an ID, and that it is not taken.
func (c *checker) id(at, id string, seen map[string]bool) {
	switch {
	case !ValidID(id):
		hint := fmt.Sprintf("at most %d characters", MaxID)
		if slug := Slug(id); len(id) <= MaxID && slug != "initiative" {
			hint = "write " + slug
		}
		c.bad(at+".id", wantID, diag.Quote(id), hint)
	case seen[id]:
		c.bad(at+".id", "each ID once", diag.Quote(id)+" again", "")
	}
	seen[id] = true
}

func (c *checker) initiatives(at string, o *Option) {
	switch n := len(o.Initiatives); {
	case n == 0:
		c.bad(at+".initiatives", "a list of initiatives", Nothing, "needed because an option is what its initiatives cost and cut")
	case n > MaxInitiatives:
		c.bad(at+".initiatives", fmt.Sprintf("at most %d initiatives", MaxInitiatives), fmt.Sprint(n), "")
		return
	}
	seen := map[string]bool{}
	effect := len(o.Initiatives) == 0
	for k := range o.Initiatives {
		i := &o.Initiatives[k]
		id := at + "." + i.ID
		if i.ID == "" {
			id = fmt.Sprintf("%s.%d", at, k+1)
		} else {
			c.id(id, i.ID, seen)
		}
		for j := range ListFields {
			f := &ListFields[j]
			if n := f.InitiativeNumber(i); n != nil {
				c.number(id+"."+f.Key(), f, *n)
			} else if s := f.InitiativeText(i); s != nil {
				c.text(id+"."+f.Key(), f, *s)
			}
		}
		c.cuts(id, i.Cuts)
		if h := c.p.Economics.Horizon; h.Set && i.StartMonth.Value >= 12*h.Value && i.StartMonth.Value <= 60 {
			c.warn(id+".start_month", fmt.Sprintf("a month within the horizon, below %s", show("", 12*h.Value)), show("", i.StartMonth.Value),
				"it would cost and cut nothing in the years that are counted")
		}
		effect = effect || len(i.Cuts) > 0 || i.SavesPerYear.Value > 0
	}
	if !effect {
		c.warn(at, "an initiative that cuts or saves something", Nothing, "the option would only cost")
	}
}

// cutEnd is the field of each end of a cut.
var cutEnd = FieldByID("options.*.*.cuts.*.low")

func (c *checker) cuts(at string, cuts Cuts) {
	seen := map[string]bool{}
	for _, cut := range cuts {
		id := at + ".cuts." + cut.Target
		n := cut.Number
		switch {
		case !slices.Contains(CutTargets, cut.Target):
			c.bad(id, "one of "+strings.Join(CutTargets, ", "), diag.Quote(cut.Target), didYouMean(cut.Target, CutTargets))
			continue
		case seen[cut.Target]:
			c.bad(id, "each target once", diag.Quote(cut.Target)+" again", "")
			continue
		}
		seen[cut.Target] = true
		if !n.Set || !n.Ranged {
			c.bad(id, "low, mode and high", "no range", "an effect is known only as a range: write {low: 0%, mode: 20%, high: 35%}")
			continue
		}
		c.value(id+".low", cutEnd, n.Low)
		c.value(id+".high", cutEnd, n.High)
		if n.HasMode {
			c.value(id+".mode", cutEnd, n.Value)
		}
		if n.Source != "" {
			c.line(id+".source", n.Source)
		}
		c.order(id, "share", n)
	}
}
