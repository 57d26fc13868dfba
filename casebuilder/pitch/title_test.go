package pitch_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"casebuilder/casebuilder/chart"
	"casebuilder/casebuilder/page"
	"casebuilder/casebuilder/pitch"
	"casebuilder/casebuilder/results"
)

// TestTitles wants the story that each example tells, told by its titles.
func TestTitles(t *testing.T) {
	for _, tt := range []struct{ name, page, want string }{
		{"premium-retailer", "decision", "Approve £"},
		{"premium-retailer", "exposure", "Today we are outside appetite at £5m; the recommended option brings us inside"},
		{"premium-retailer", "npv", "NPV is above zero in "},
		{"premium-retailer", "stake", "Marketing holds "},
		{"premium-retailer", "plan", "We will know by 31 December 2027"},
		{"clinic-group", "decision", "Approve A$"},
		{"mobile-operator", "decision", "Weigh NOK\u00a0"},
		{"mobile-operator", "npv", "On average it earns NOK\u00a0"},
		{"mobile-operator", "plan", "If it goes ahead, "},
		{"value-retailer", "decision", "No option pays for itself: the best falls short by $"},
		{"value-retailer", "exposure", "We are inside appetite today"},
		{"value-retailer", "choices", "No option pays for itself: the best avoids $"},
		{"value-retailer", "npv", "On average it loses $"},
		{"value-retailer", "turns", "No single assumption turns the answer"},
		{"value-retailer", "stake", "Marketing carries $"},
		{"value-retailer", "plan", "Nothing is started"},
	} {
		d, err := pitch.Make(example(t, tt.name), pitch.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := titleOf(d, tt.page); !strings.HasPrefix(got, tt.want) {
			t.Errorf("%s, %s: want a title that begins %q, got %q", tt.name, tt.page, tt.want, got)
		}
	}
}

// TestVerdicts wants the verdict of each example, and titles that agree with
// the charts under them.
func TestVerdicts(t *testing.T) {
	for _, e := range examples {
		r := example(t, e.name)
		if r.Decision.Verdict != e.verdict {
			t.Errorf("%s: want the verdict %s, got %s", e.name, e.verdict, r.Decision.Verdict)
		}
		for _, profile := range []string{"full", "short", "marketing"} {
			d, err := pitch.Make(r, pitch.Options{Profile: profile})
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range messages(r, d) {
				t.Errorf("%s, %s: %s", e.name, profile, m)
			}
		}
	}
}

// TestUnfavourableAsksNothing reads the page that says no.
func TestUnfavourableAsksNothing(t *testing.T) {
	r := example(t, "value-retailer")
	d, err := pitch.Make(r, pitch.Options{})
	if err != nil {
		t.Fatal(err)
	}
	first := page.Document{Title: d.Title, Pages: d.Pages[:1]}
	text := first.Outline()
	for _, word := range []string{"Approve", "approve ", "for decision", "asked to fund", "is asked to endorse"} {
		if strings.Contains(text, word) {
			t.Errorf("page 1 of a case that does not pay says %q", word)
		}
	}
	if !strings.Contains(text, "No approval is asked for") {
		t.Error("page 1 of a case that does not pay does not say that no approval is asked for")
	}
}

func titleOf(d *page.Document, id string) string {
	for _, p := range d.Pages {
		if p.ID == id {
			return p.Title.String()
		}
	}
	return ""
}

// exhibits visits the exhibits of blocks.
func exhibits(bs []page.Block, f func(page.Exhibit)) {
	for _, b := range bs {
		switch b := b.(type) {
		case page.Exhibit:
			f(b)
		case page.Columns:
			for _, c := range b.Cells {
				exhibits(c.Blocks, f)
			}
		case page.Panel:
			exhibits(b.Blocks, f)
		case page.Together:
			exhibits(b.Blocks, f)
		}
	}
}

// messages compares what the English titles say with the results, and the
// titles of charts with what the charts draw. It computes each answer anew.
func messages(r *results.BusinessCase, d *page.Document) (wrong []string) {
	if d.Language != "en-GB" {
		return nil
	}
	c := claims{r: r, npv: map[string]float64{}}
	best := math.Inf(-1)
	for _, o := range r.Options {
		c.npv[o.ID] = *o.Quantities["npv"].Value
		best = max(best, c.npv[o.ID])
	}
	outside, after := false, false
	for _, l := range r.Appetite {
		outside = outside || l.Today > l.Chance
		after = after || l.Options[r.Decision.Subject] > l.Chance
	}
	subject := c.npv[r.Decision.Subject]
	recommends := r.Decision.Recommended == r.Decision.Subject && r.Decision.Subject != ""

	c.title = titleOf(d, "decision")
	c.says("Approve ", r.Decision.Verdict == "favourable" && recommends && r.Company.Paper.Kind != "information" && r.Company.Paper.Kind != "endorsement")
	c.says("No option pays", r.Decision.Verdict == "unfavourable" && best <= 0)
	c.says("it pays on average", subject > 0)
	c.says("less than it costs", subject < 0)

	c.title = titleOf(d, "exposure")
	c.says("outside appetite", outside)
	c.says("inside appetite today", !outside)
	c.says("brings us inside", outside && (!after && !strings.Contains(c.title, "no option") || strings.Contains(c.title, "no option")))
	c.says("no option brings us inside", !slices.ContainsFunc(r.Options, func(o results.Option) bool { return o.Within }))
	c.says("another would", after && slices.ContainsFunc(r.Options, func(o results.Option) bool { return o.Within }))

	c.title = titleOf(d, "loss")
	most := 0.0
	parts := map[string]string{"Customer margin, not": "severity.customer_margin", "What marketing would spend": "severity.response_spend", "Direct cost, not": "severity.direct_net", "Staff taken off": "loss.contact_surge"}
	for _, id := range parts {
		most = max(most, *r.Quantities[id].Value)
	}
	for words, id := range parts {
		c.says(words, *r.Quantities[id].Value >= most)
	}

	c.title = titleOf(d, "choices")
	c.says("No option pays", best <= 0)
	c.says("earns most", subject == best && best > 0)
	c.says("another earns", best > subject && recommends)

	c.title = titleOf(d, "npv")
	c.says("NPV is above zero", true)
	c.says("it loses", subject < 0)
	c.says("it earns", subject > 0)
	c.says("only", r.Decision.Verdict != "favourable")

	c.title = titleOf(d, "turns")
	turning := 0
	for _, b := range r.Tornado {
		if b.Switching != nil {
			turning++
		}
	}
	c.says("No single assumption", turning == 0)
	c.says("One assumption can", turning == 1)
	c.says("assumptions can each turn", turning > 1)

	c.title = titleOf(d, "stake")
	c.says("asked to fund nothing", !recommends || r.Stake.Proposed == 0 || r.Decision.Verdict == "unfavourable")
	c.says("is asked to fund ", recommends && r.Stake.Proposed > 0 || strings.Contains(c.title, "nothing"))

	c.title = titleOf(d, "plan")
	c.says("We will know", r.Decision.Verdict == "favourable" && recommends)
	c.says("Nothing is started", !recommends || r.Decision.Verdict == "unfavourable")

	for _, p := range d.Pages {
		exhibits(p.Blocks, func(e page.Exhibit) { c.title = e.Title.String(); c.chart(e.Chart) })
	}
	return c.wrong
}

// claims collects titles that say what is not so.
type claims struct {
	r     *results.BusinessCase
	npv   map[string]float64
	title string
	wrong []string
}

// says notes a title that holds words although they are not true.
func (c *claims) says(words string, truth bool) {
	if strings.Contains(c.title, words) && !truth {
		c.wrong = append(c.wrong, fmt.Sprintf("the title %q is not so: %q", c.title, words))
	}
}

// chart compares the title of a chart with its own data.
func (c *claims) chart(d page.Drawing) {
	switch d := d.(type) {
	case chart.Exceedance:
		under := func(v chart.Curve) bool {
			for _, a := range d.Appetite {
				if at(v.Points, a.Loss) > a.Chance*1.02 {
					return false
				}
			}
			return true
		}
		c.says("takes the curve below", under(d.After) && !under(d.Before))
		c.says("Today’s curve runs below", under(d.Before))
		c.says("Today’s curve runs above", !under(d.Before))
		c.says("but not below", !under(d.After))
		lower := 0
		for i := range d.After.Points {
			if d.After.Points[i].Y < d.Before.Points[i].Y {
				lower++
			}
		}
		c.says("lowers", 2*lower >= len(d.Before.Points))
	case chart.Options:
		o := slices.Clone(d.Points)
		slices.SortStableFunc(o, func(a, b chart.OptionPoint) int {
			if a.Cost != b.Cost {
				return int(math.Copysign(1, a.Cost-b.Cost))
			}
			return int(math.Copysign(1, b.Chance-a.Chance))
		})
		falls, steepest := true, true
		first := (o[0].Chance - o[1].Chance) / max(o[1].Cost-o[0].Cost, 1e-9)
		for i := 1; i < len(o); i++ {
			falls = falls && o[i].Chance < o[i-1].Chance
			steepest = steepest && (o[i-1].Chance-o[i].Chance)/max(o[i].Cost-o[i-1].Cost, 1e-9) <= first*1.000001
		}
		c.says("Each step up lowers", falls)
		c.says("The first step lowers the risk most", steepest)
		c.says("does not always", !falls)
	case chart.Dots:
		zero := 0
		for _, v := range d.Values {
			if v > 0 {
				zero++
			}
		}
		c.says("All 100 futures", zero == 100)
		c.says("None of the 100", zero == 0)
		c.says("Most futures pay", 2*zero > len(d.Values))
		c.says("Half of the futures", 2*zero == len(d.Values))
		c.says("Most futures do not", 2*zero < len(d.Values))
	case chart.Stake:
		c.says("smaller than the stake", d.Share < d.Stake)
		c.says("larger than the stake", d.Share > d.Stake)
	case chart.Wave:
		c.says("outrun", slices.Max(d.Contacts) > d.Capacity)
		c.says("would carry", slices.Max(d.Contacts) <= d.Capacity)
	case chart.Switching:
		reach := 0
		for _, s := range d.Turns {
			if s.AtText.Text != "not in range" {
				reach++
			}
		}
		c.says("None of", reach == 0)
		c.says("One of", reach == 1)
		c.says("Each of", reach == len(d.Turns))
	case chart.Tornado:
		for i := 1; i < len(d.Swings); i++ {
			if wide(d.Swings[i]) > wide(d.Swings[i-1])*(1+1e-9) {
				c.wrong = append(c.wrong, fmt.Sprintf("the tornado is not sorted: %q", d.Swings[i].Label.Text))
			}
		}
	}
}

func wide(s chart.Swing) float64 { return math.Abs(s.High - s.Low) }

// at reads a curve between its points.
func at(ps []chart.XY, x float64) float64 {
	for i := 1; i < len(ps); i++ {
		if x <= ps[i].X {
			return ps[i-1].Y + (ps[i].Y-ps[i-1].Y)*(x-ps[i-1].X)/(ps[i].X-ps[i-1].X)
		}
	}
	return 0
}
