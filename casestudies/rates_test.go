package casestudies

import (
	"errors"
	"strings"
	"testing"
)

func TestPerUSD(t *testing.T) {
	r, err := LoadRates()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		currency string
		year     int
		want     Rate
	}{
		{"GBP", 2003, Rate{0.6122, 2003, false}},
		{"GBP", 2025, Rate{0.7591, 2025, false}},
		{"GBP", 2027, Rate{0.7591, 2025, true}},
		{"JPY", 2011, Rate{79.6967, 2011, false}},
		{"MXN", 2025, Rate{19.2052, 2025, false}},
		{"USD", 1999, Rate{1, 1999, false}},
	} {
		got, err := r.PerUSD(test.currency, test.year)
		if err != nil || got != test.want {
			t.Errorf("%s %d: got %+v, %v, want %+v", test.currency, test.year, got, err, test.want)
		}
	}
	for _, test := range []struct {
		currency string
		year     int
		want     string
	}{
		{"GBP", 2002, "no exchange rate of GBP for 2002: the table begins in 2003"},
		{"ISK", 2020, `no exchange rate of "ISK": known are USD, GBP, EUR,`},
	} {
		_, err := r.PerUSD(test.currency, test.year)
		var none *NoRateError
		if !errors.As(err, &none) || !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("%s %d: got %v, want %s", test.currency, test.year, err, test.want)
		}
	}
}

// US consumer prices rose by 4.116% in 2023 and 2.95% in 2024; 2025 is not
// known.
func TestDeflate(t *testing.T) {
	r, _ := LoadRates()
	if first, last, inflation := r.Years(); first != 2003 || last != 2025 || inflation != 2024 {
		t.Errorf("years: got %d, %d, %d", first, last, inflation)
	}
	for _, test := range []struct {
		amount   float64
		from, to int
		want     float64
	}{
		{100, 2022, 2022, 100},
		{100, 2022, 2024, 107.18742200000002},
		{100, 2022, 2026, 107.18742200000002}, // no inflation after the last year
		{100, 2025, 2030, 100},
		{107.18742200000002, 2024, 2022, 100},
		{100, 2012, 2024, 136.62998416334162},
		{100, 2002, 2003, 102.27},
		{100, -1 << 40, 2003, 102.27}, // before the first year there is none
		{100, 1 << 40, 1 << 50, 100},
	} {
		if got := r.Deflate(test.amount, test.from, test.to); !near(got/100, test.want/100) {
			t.Errorf("%g of %d in %d: got %.12g, want %.12g", test.amount, test.from, test.to, got, test.want)
		}
	}
	// 100 pounds of 2015 are 152.81 dollars of 2015 and 202.25 of 2024.
	if got, err := r.ConstantUSD(100, "GBP", 2015, 2024); err != nil || !near(got, 202.2470643818286) {
		t.Errorf("100 GBP of 2015: got %.12g, %v", got, err)
	}
	if _, err := r.ConstantUSD(100, "ISK", 2015, 2024); err == nil {
		t.Error("a currency without a rate was converted")
	}
}

// Every cost of the library can be brought to dollars.
func TestRatesOfTheLibrary(t *testing.T) {
	r, _ := LoadRates()
	for _, c := range embedded(t).Cases {
		if d := c.Model.DirectCost; d != nil {
			if x, err := r.ConstantUSD(d.Amount, d.Currency, d.Year, 2026); err != nil || !(x > 0) {
				t.Errorf("%s: %g, %v", c.ID, x, err)
			}
		}
	}
}

func TestBrokenRates(t *testing.T) {
	const head = "year,us_inflation_pct,GBP\n"
	for name, text := range map[string]string{
		"empty":          "",
		"no rows":        head,
		"other columns":  "jahr,x,y\n2003,1,1\n",
		"a gap":          head + "2003,1,1\n2005,1,1\n",
		"no rate":        head + "2003,1,\n",
		"zero":           head + "2003,1,0\n",
		"not a number":   head + "2003,1,NaN\n",
		"inflation gap":  head + "2003,,1\n2004,1,1\n",
		"inflation text": head + "2003,x,1\n",
		"short row":      head + "2003,1\n",
	} {
		if _, err := readRates(strings.NewReader(text)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
