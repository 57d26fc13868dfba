package money

import "testing"

// Sums of inputs keep three figures, so that a year table adds up as far as it
// is shown.
func TestFigures(t *testing.T) {
	gbp := currency("GBP")
	f := English.Format("money", gbp).Figures(3)
	for v, want := range map[float64]string{154_596.51: "£155k", 137_500: "£138k", 1_926_158: "£1.93m", 2_000_000: "£2.0m", 1_500_400: "£1.5m", 113_300: "£113k", 0: "£0", -391_329: "−£391k"} {
		if got := flat.Replace(f.Number(v)); got != want {
			t.Errorf("%v: want %s, got %s", v, want, got)
		}
	}
	c := f.Column(137_500, 77_366, 113_300, -10_462, 0)
	for v, want := range map[float64]string{137_500: "138", 77_366: "77", 113_300: "113", -10_462: "−10", 0: "0"} {
		if got := c.Cell(v); got != want {
			t.Errorf("%v in the column: want %s, got %s", v, want, got)
		}
	}
	c = f.Column(1_926_158, 391_329, -869_037)
	for v, want := range map[float64]string{1_926_158: "1.93", 391_329: "0.39", -869_037: "−0.87"} {
		if got := c.Cell(v); got != want {
			t.Errorf("%v in millions: want %s, got %s", v, want, got)
		}
	}
	c = English.Format("money", gbp).Fine().Column(329_184, -869_037, 1_200_000, 12_345_678, 0)
	for v, want := range map[float64]string{329_184: "0.33", -869_037: "−0.87", 1_200_000: "1.2", 12_345_678: "12", 0: "0"} {
		if got := c.Cell(v); got != want {
			t.Errorf("%v in the fine column: want %s, got %s", v, want, got)
		}
	}
	if got := English.Format("money", gbp).Range(0, 19_086_374); got != "£0 to £19m" {
		t.Errorf("a range from zero: want £0 to £19m, got %s", got)
	}
	for s, v := range map[string]float64{"£155k": 154_596.51, "£2.0m": 2_000_000, "£1.93m": 1_926_158} {
		if p, err := English.Parse(s); err != nil || !p.Agrees(v) {
			t.Errorf("%s: want it to agree with %v, got %+v, %v", s, v, p, err)
		}
	}
}
