package review

import (
	"strings"
	"testing"

	"casebuilder/casebuilder/page"
)

// A note with room for one change shows the one that moves most, and says how
// many there are.
func TestNoteShowsTheLargest(t *testing.T) {
	d := newDesk(t, example(t))
	d.yours("customers.new_per_year", 419_990.0)
	d.yours("marketing.goodwill_offer", "no")
	d.yours("staffing.day_cost", 289.0)
	d.put("Inputs", "staffing.day_cost", "Name", "P. Okafor, head of care")
	r := d.review()
	outline := r.Note(page.A4, 1).Outline()
	for _, want := range []string{"Three changes by Jo Marsh and P. Okafor: ", "Make a goodwill offer", "Those with the largest effect; 2 more are in the list of changes of the workbook.", "All together", "Nothing: every edit was taken in."} {
		if !strings.Contains(outline, want) {
			t.Errorf("want %q in\n%s", want, outline)
		}
	}
	if strings.Contains(outline, "419,990") {
		t.Errorf("want the largest change alone, got\n%s", outline)
	}
}

// What rounds to nothing has no sign.
func TestEffect(t *testing.T) {
	r := &Report{Currency: "GBP"}
	for _, x := range []struct {
		unit     string
		from, to float64
		want     string
	}{
		{"money", 290e3, 210e3, "−£80k"},
		{"money", 5, 5, "none"},
		{"share", 0.30, 0.35, "+5.0 points"},
		{"share", 0.30, 0.29999, "under 0.01 points"},
	} {
		if got := r.Effect(x.unit, x.from, x.to); got != x.want {
			t.Errorf("%v to %v: want %q, got %q", x.from, x.to, x.want, got)
		}
	}
}
