package chart_test

import (
	"fmt"
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"

	"casebuilder/casebuilder/chart"
	"casebuilder/casebuilder/chart/charttest"
	"casebuilder/casebuilder/page"
)

func draw(d page.Drawing, w float64) (*charttest.Recorder, page.Box) {
	var c charttest.Recorder
	_, h := d.Heights(&c, w)
	c = charttest.Recorder{}
	box := page.Box{X: 50, Y: 100, W: w, H: h}
	d.Draw(&c, box)
	return &c, box
}

// marks returns the recorded marks of a kind and fill role.
func marks(c *charttest.Recorder, kind string, role page.Role) (out []charttest.Mark) {
	for _, m := range c.Marks {
		if m.Kind == kind && m.Fill.Role == role {
			out = append(out, m)
		}
	}
	return out
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if math.Abs(got-want) > 0.02 {
		t.Errorf("%s: want %.2f, got %.2f", what, want, got)
	}
}

// A bar of twice the value is twice as long, and each begins where the last
// one ended.
func TestWaterfallIsToScale(t *testing.T) {
	w := chart.Waterfall{Steps: []chart.Step{
		{Label: l("a"), Value: 1, Role: page.Marketing, Text: l("1")}, {Label: l("b"), Value: 2, Role: page.Marketing, Text: l("2")},
		{Label: l("sum"), Subtotal: true, Text: page.Label{Text: "3", Figure: "sum"}}, {Label: l("back"), Value: -1.5, Role: page.Other, Text: l("−1.5")}, {Label: l("end"), Subtotal: true, Text: l("1.5")}}}
	c, _ := draw(w, 400)
	blue, white := marks(c, "rect", page.Marketing), marks(c, "rect", page.White)
	if len(blue) != 2 || len(white) != 3 {
		t.Fatalf("want 2 filled and 3 outlined bars, got %d and %d", len(blue), len(white))
	}
	unit := blue[0].Box.W
	near(t, "bar of 2", blue[1].Box.W, 2*unit)
	near(t, "start of the second bar", blue[1].Box.X, blue[0].Box.Right())
	near(t, "subtotal", white[0].Box.W, 3*unit)
	near(t, "subtotal's start", white[0].Box.X, blue[0].Box.X)
	near(t, "taken away", white[1].Box.W, 1.5*unit)
	near(t, "taken away ends at the sum", white[1].Box.Right(), white[0].Box.Right())
	near(t, "end", white[2].Box.W, 1.5*unit)
}

// Bars start at zero, also the negative ones, and share one scale.
func TestBarsStartAtZero(t *testing.T) {
	b := chart.Bars{Grouped: true, Rows: []chart.BarRow{{Label: l("x"), Segments: []chart.Segment{{Value: 3, Role: page.Marketing}, {Value: -1, Role: page.Recommended}}}}}
	c, _ := draw(b, 400)
	up, down := marks(c, "rect", page.Marketing)[0].Box, marks(c, "rect", page.Recommended)[0].Box
	near(t, "zero", down.Right(), up.X)
	near(t, "lengths", up.W, 3*down.W)
	one, _ := draw(chart.Bars{Max: 10, Rows: []chart.BarRow{{Label: l("x"), Segments: []chart.Segment{{Value: 5, Role: page.Marketing, Text: l("5")}}}}}, 400)
	other, _ := draw(chart.Bars{Max: 10, Rows: []chart.BarRow{{Label: l("x"), Segments: []chart.Segment{{Value: 2.5, Role: page.Marketing, Text: l("5")}}}}}, 400)
	near(t, "one scale for two charts", marks(one, "rect", page.Marketing)[0].Box.W, 2*marks(other, "rect", page.Marketing)[0].Box.W)
}

// Every dot is drawn once, on its own side of the cut; the printed count is
// what one counts.
func TestDotsCanBeCounted(t *testing.T) {
	d := chart.Dots{Cuts: []chart.Cut{{Value: 10, Role: page.Appetite}}, Parts: []chart.DotPart{{Role: page.Other, Label: l("below")}, {Role: page.Appetite, Label: l("above")}}, Tick: money}
	for i := range 20 {
		d.Values = append(d.Values, float64(i)*0.7) // 15 below 10, 5 from 10.5 on
	}
	c, _ := draw(d, 300)
	below, above := marks(c, "circle", page.Other), marks(c, "circle", page.Appetite)
	if len(below) != 15 || len(above) != 5 {
		t.Fatalf("want 15 dots below and 5 above, got %d and %d", len(below), len(above))
	}
	cut := 0.0
	for _, m := range c.Marks {
		if m.Kind == "line" && m.Stroke.Paint.Role == page.Appetite {
			cut = m.Box.X
		}
	}
	for _, m := range below {
		if m.Box.Right() > cut+0.01 {
			t.Errorf("want dots below left of the cut at %.1f, got one that ends at %.1f", cut, m.Box.Right())
		}
	}
	for _, m := range above {
		if m.Box.X < cut-0.01 {
			t.Errorf("want dots above right of the cut at %.1f, got one from %.1f", cut, m.Box.X)
		}
	}
	for i, m := range append(below, above...) {
		for _, o := range append(below, above...)[:i] {
			if m.Box.Overlaps(o.Box, 0.3) {
				t.Errorf("want dots apart, got %v over %v", m.Box, o.Box)
			}
		}
	}
}

// A value exactly at a cut counts as above it, as in a share of trials at or
// above a value.
func TestDotAtTheCut(t *testing.T) {
	d := chart.Dots{Values: []float64{-1, 0, 1}, Cuts: []chart.Cut{{Value: 0, Role: page.Ink}}, Parts: []chart.DotPart{{Role: page.Other, Hollow: true}, {Role: page.Recommended}}, Tick: money}
	c, _ := draw(d, 300)
	if got := len(marks(c, "circle", page.Recommended)); got != 2 {
		t.Errorf("want 2 dots from zero on, got %d", got)
	}
}

// A hundred equal values are a pile of dots that can still be seen.
func TestEqualDots(t *testing.T) {
	d := chart.Dots{Values: make([]float64, 100), Cuts: []chart.Cut{{Value: 0, Role: page.Ink}}, Parts: []chart.DotPart{{Role: page.Other}, {Role: page.Recommended, Label: l("100 of 100")}}, Tick: money}
	c, box := draw(d, 300)
	dots := marks(c, "circle", page.Recommended)
	if len(dots) != 100 {
		t.Fatalf("want 100 dots, got %d", len(dots))
	}
	for i, m := range dots {
		if m.Box.W < 4.5 {
			t.Fatalf("want dots of at least 4.5 points, got %.1f", m.Box.W)
		}
		for _, o := range dots[:i] {
			if m.Box.Overlaps(o.Box, 0.3) {
				t.Fatalf("want dots apart, got %v over %v", m.Box, o.Box)
			}
		}
	}
	for _, p := range c.Problems(box) {
		t.Error(p)
	}
}

func TestTornadoHangsOnItsMiddle(t *testing.T) {
	d := chart.Tornado{Mid: 2, Middle: l("NPV 2"), Tick: money, Swings: []chart.Swing{{Label: l("rate"), Low: -2, High: 6, LowText: l("3%"), HighText: l("12%"), Switch: l("4%"), Flips: true}, {Label: l("churn"), Low: 3, High: 1, LowText: l("1%"), HighText: l("9%")}}}
	c, _ := draw(d, 480)
	bars := marks(c, "rect", page.After)
	if len(bars) != 4 {
		t.Fatalf("want two halves a bar, got %d", len(bars))
	}
	low, high := bars[0].Box, bars[1].Box
	near(t, "middle", low.Right(), high.X)
	near(t, "halves of 4 and 4", low.W, high.W)
	near(t, "an input that hurts when it rises: its low end is at the right", bars[2].Box.X, low.Right())
	near(t, "a quarter of the wide bar", bars[2].Box.W, low.W/4)
	if bars[0].Fill.Tint <= bars[1].Fill.Tint {
		t.Errorf("want the low half lighter than the high one, got tints %v and %v", bars[0].Fill.Tint, bars[1].Fill.Tint)
	}
	ticks := 0
	for _, m := range c.Marks {
		if m.Kind == "line" && m.Stroke.Paint.Role == page.Appetite {
			ticks++
		}
	}
	if ticks != 1 {
		t.Errorf("want a tick on the one bar that crosses zero, got %d", ticks)
	}
	for _, s := range []string{"3%", "12%", "1%", "9%", "4%"} {
		if !c.Has(s) {
			t.Errorf("want the input value %s printed, got none", s)
		}
	}
}

// Stake is solid, share outlined, and they share no paint (MKT-16).
func TestStakeAndShareNeverInOneColour(t *testing.T) {
	d := chart.Stake{Stake: 0.6, Share: 0.3, StakeName: l("stake"), ShareName: l("share"), StakeText: l("60%"), ShareText: l("30%"), Tick: percent,
		Keys: []chart.ShareKey{{Label: l("cause"), Value: 0.2}, {Label: l("benefit"), Value: 0.3, InUse: true}}}
	c, _ := draw(d, 480)
	var stake, share []charttest.Mark
	for _, m := range c.Marks {
		if m.Fill.Role == page.Stake {
			stake = append(stake, m)
		}
		if m.Stroke.Paint.Role == page.Share {
			share = append(share, m)
		}
	}
	if len(stake) != 1 || len(share) != 1 || stake[0].Stroke.Width != 0 || share[0].Fill.Role != page.White {
		t.Fatalf("want one solid and one outlined bar, got %v and %v", stake, share)
	}
	near(t, "one scale", stake[0].Box.W, 2*(share[0].Box.W+0.75))
	if stake[0].Box.Overlaps(share[0].Box, 0) {
		t.Error("want the bars apart, got them touching")
	}
	if got := len(marks(c, "circle", page.White)); got != 2 {
		t.Errorf("want two open ticks for the keys, got %d", got)
	}
}

// Observed is filled, assumed is open.
func TestStripTellsObservedFromAssumed(t *testing.T) {
	s := chart.Strip{Heads: []page.Label{l("people"), l("phones")}, Total: l("for us"), Observed: l("observed"), Assumed: l("assumed"),
		Rows: []chart.StripRow{{Name: l("case"), Cells: []chart.StripCell{{Text: l("24m"), Observed: true}, {Text: l("normal"), Assumed: true}}, Total: 3, Text: l("£3m")}}}
	c, _ := draw(s, 480)
	if solid, open := len(marks(c, "circle", page.Ink)), len(marks(c, "circle", page.White)); solid != 2 || open != 2 { // each with its sign in the key
		t.Errorf("want two filled and two open signs, got %d and %d", solid, open)
	}
	if d := s.Data().Rows[0].Cells; d[1].String() != "● 24m" || d[2].String() != "○ normal" {
		t.Errorf("want the signs in the table too, got %v", d)
	}
}

// What is modelled is never filled with a role's full colour, unless the
// colour is the light grey that is outlined anyway.
func TestModelledIsNotSolid(t *testing.T) {
	solid, _ := draw(chart.Bars{Rows: []chart.BarRow{{Label: l("x"), Segments: []chart.Segment{{Value: 1, Role: page.Marketing, Solid: true}}}}}, 300)
	light, _ := draw(chart.Bars{Rows: []chart.BarRow{{Label: l("x"), Segments: []chart.Segment{{Value: 1, Role: page.Marketing}}}}}, 300)
	a, b := marks(solid, "rect", page.Marketing)[0], marks(light, "rect", page.Marketing)[0]
	if a.Fill.Tint != 0 || b.Fill.Tint <= 0.2 || b.Stroke.Width == 0 {
		t.Errorf("want observed solid, modelled lighter with an outline; got tints %v and %v, outline %v", a.Fill.Tint, b.Fill.Tint, b.Stroke.Width)
	}
	th := page.DefaultTheme()
	for _, r := range []page.Role{page.Marketing, page.Recommended, page.Appetite} {
		full, tint := th.Color(page.Paint{Role: r}), th.Color(page.Paint{Role: r, Tint: 0.35})
		if d := math.Abs(full.Lightness() - tint.Lightness()); d < page.GreyDistance {
			t.Errorf("%v: want modelled told from observed in greyscale by at least %.0f, got %.1f", r, page.GreyDistance, d)
		}
	}
}

// Neighbours in one chart are told apart in greyscale as the modelled tints
// that they are drawn in, and every mark has an outline that reaches 3:1.
func TestNeighboursInGreyscale(t *testing.T) {
	th := page.DefaultTheme()
	tests := []struct {
		name string
		a, b page.Paint
	}{
		{"marketing beside the others, modelled", page.Paint{Role: page.Marketing, Tint: 0.35}, page.Paint{Role: page.Other}},
		{"low beside high half of a tornado", page.Paint{Role: page.After, Tint: 0.65}, page.Paint{Role: page.After, Tint: 0.1}},
		{"dots below beside above appetite", page.Paint{Role: page.Other}, page.Paint{Role: page.Appetite, Tint: 0.35}},
		{"backlog beside answered contacts", page.Paint{Role: page.Marketing, Tint: 0.6}, page.Paint{Role: page.Marketing, Tint: 0.8}},
		{"today beside after", page.Paint{Role: page.Before}, page.Paint{Role: page.After}},
	}
	for _, tt := range tests {
		if d := math.Abs(th.Color(tt.a).Lightness() - th.Color(tt.b).Lightness()); d < page.GreyDistance {
			t.Errorf("%s: want a difference in lightness of at least %.0f, got %.1f", tt.name, page.GreyDistance, d)
		}
	}
}

// The reading is taken off the curve, and what lies beyond the scale is cut
// at its edge.
func TestExceedanceReading(t *testing.T) {
	e := chart.Exceedance{Before: chart.Curve{Name: l("today"), Points: []chart.XY{{X: 0, Y: 0.1}, {X: 10, Y: 0.05}, {X: 20, Y: 0}}}, MaxLoss: 15, Loss: money, Chance: percent, XTitle: "loss", YTitle: "chance",
		Reading: &chart.Reading{Loss: 10, Chance: 0.05, Label: page.Label{Text: "1-in-20", Figure: "read"}}, Appetite: []chart.AppetitePoint{{Loss: 5, Chance: 0.05, Label: l("appetite")}, {Loss: 99, Chance: 0.01, Label: l("beyond")}}}
	c, box := draw(e, 400)
	var curve page.Box
	for _, m := range c.Marks {
		if m.Kind == "path" && m.Stroke.Paint.Role == page.Before {
			curve = m.Box
		}
	}
	near(t, "the curve ends at the edge", curve.Right(), box.Right())
	dot := marks(c, "circle", page.Ink)[0].Box
	near(t, "the reading at two thirds of the scale", dot.X+dot.W/2, curve.X+curve.W*10/15)
	near(t, "and at half of the chance", dot.Y+dot.H/2, curve.Y+curve.H*2/3) // the curve ends at 2.5%, a third of the way is 5%
	if c.Has("beyond") {
		t.Error("want no label for a point beyond the scale, got one")
	}
	for _, x := range c.Texts {
		if x.S == "1-in-20" && x.Style.Figure != "read" {
			t.Errorf("want the figure's ID with the text, got %q", x.Style.Figure)
		}
	}
}

func TestFrontier(t *testing.T) {
	// b costs more than a and leaves more risk: it is on no frontier.
	o := chart.Options{Points: []chart.OptionPoint{{Name: l("nothing"), Cost: 0, Chance: 0.06}, {Name: l("a"), Cost: 2, Chance: 0.03}, {Name: l("b"), Cost: 3, Chance: 0.04}, {Name: l("c"), Cost: 5, Chance: 0.02}}, Cost: money, Chance: percent}
	var got []string
	for _, p := range o.Frontier() {
		got = append(got, p.Name.Text)
	}
	if diff := cmp.Diff([]string{"nothing", "a", "c"}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// With the twelve options that a company file may hold, each with a name of
// ordinary length, every option is named.
func TestTwelveOptionsAreNamed(t *testing.T) {
	o := chart.Options{Limit: 0.05, LimitFor: l("appetite: at most 5%"), Cost: money, Chance: percent, XTitle: "cost a year", YTitle: "chance in a year"}
	for i := range 13 {
		o.Points = append(o.Points, chart.OptionPoint{Name: l(fmt.Sprintf("Programme-%d", i)), Note: l("NPV £1.4m"), Cost: float64(i) * 1e5, Chance: 0.06 / (1 + 0.3*float64(i)), Recommended: i == 4})
	}
	c, box := draw(o, 283)
	for i := range 13 {
		if !c.Has(fmt.Sprintf("Programme-%d", i)) {
			t.Errorf("want programme %d named, got it left out", i)
		}
	}
	for _, p := range c.Problems(box) {
		t.Error(p)
	}
}

func TestNothingToShow(t *testing.T) {
	for name, d := range map[string]page.Drawing{"exceedance": chart.Exceedance{}, "dots": chart.Dots{}, "waterfall": chart.Waterfall{}, "options": chart.Options{}, "tornado": chart.Tornado{}, "switching": chart.Switching{}, "stake": chart.Stake{},
		"wave": chart.Wave{}, "strip": chart.Strip{}, "timeline": chart.Timeline{}, "plan": chart.Plan{}, "bars": chart.Bars{}, "multiples": chart.Multiples{}, "backtest": chart.Backtest{}} {
		c, box := draw(d, 300)
		for _, p := range c.Problems(box) {
			t.Errorf("%s, empty: %s", name, p)
		}
		if d.Alt() == "" {
			t.Errorf("%s, empty: want words, got none", name)
		}
		d.Data()
	}
}

func TestAltNamesKeyValues(t *testing.T) {
	d := chart.Dots{Kind: "Punktdiagramm", Values: make([]float64, 20), Parts: []chart.DotPart{{Label: l("17 von 20 darunter")}, {Label: l("3 von 20 darüber")}}}
	if got, want := d.Alt(), "Punktdiagramm: 20; 17 von 20 darunter; 3 von 20 darüber."; got != want {
		t.Errorf("want %q, got %q", want, got)
	}
}
