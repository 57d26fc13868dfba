package money

import (
	"errors"
	"math"
	"math/big"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
)

func TestReadTakesNumbersAsPeopleWriteThem(t *testing.T) {
	check := func(in string, want float64, kind Kind) {
		t.Helper()
		got, err := Read(in)
		if err != nil {
			t.Errorf("%q: want %v, got error %v", in, want, err)
			return
		}
		if got.Value != want || got.Kind != kind {
			t.Errorf("%q: -want +got\n-%v %v\n+%v %v", in, want, kind, got.Value, got.Kind)
		}
	}
	check("310M", 310000000, Plain)
	check("2.4M", 2400000, Plain)
	check("2.4m", 2400000, Plain)
	check("2.4 M", 2400000, Plain)
	check("2.4mn", 2400000, Plain)
	check("900k", 900000, Plain)
	check("900K", 900000, Plain)
	check("1.2bn", 1200000000, Plain)
	check("1.2B", 1200000000, Plain)
	check("1.5tn", 1500000000000, Plain)
	check("0.78", 0.78, Plain)
	check(".5", 0.5, Plain)
	check("31", 31, Plain)
	check("0", 0, Plain)
	check("-0", 0, Plain)
	check("+5", 5, Plain)
	check("-4.2M", -4200000, Plain)
	check("−4.2M", -4200000, Plain)
	check("1e6", 1000000, Plain)
	check("1E+6", 1000000, Plain)
	check("7.8000000000000003E-1", 0.78, Plain)
	check("1,200,000", 1200000, Plain)
	check("1,450", 1450, Plain)
	check("1,200.50", 1200.5, Plain)
	check("1 200 000", 1200000, Plain)
	check("1_200_000", 1200000, Plain)
	check("1'200'000", 1200000, Plain)
	check("  34%  ", 0.34, Percent)
	check("34 %", 0.34, Percent)
	check("34 percent", 0.34, Percent)
	check("78%", 0.78, Percent)
	check("0.1%", 0.001, Percent)
	check("-3%", -0.03, Percent)
	check("9 points", 0.09, Points)
	check("1 point", 0.01, Points)
	check("0.5 pp", 0.005, Points)
}

func TestReadRefusesWhatIsNoNumberOrTwoNumbers(t *testing.T) {
	for in, hint := range map[string]string{
		"": hintForm, " ": hintForm, "abc": hintForm, "-": hintForm, "%": hintForm, "yes": hintForm,
		"12:30": hintForm, "1/2": hintForm, "2026-12-31": hintForm, "3 of 4": hintForm,
		"012": hintZero, "00": hintZero, "-007": hintZero, "00.5": hintZero,
		"NaN": hintFinite, ".nan": hintFinite, "inf": hintFinite, "-.inf": hintFinite, "Infinity": hintFinite,
		"1e400": hintRange, "1e-400": hintRange, "1e31": hintRange, strings.Repeat("9", 41): hintRange, "1e99999999999999999999": hintRange,
		"1,2": hintSeparator, "1.234.567": hintSeparator, "1,23,456": hintSeparator, "1,2345": hintSeparator,
		"1.2,3": hintSeparator, "1,200 000": hintSeparator, "5.": hintSeparator, "1,": hintSeparator, "1__000": hintSeparator, "...": hintForm,
		"0,500": hintSeparator, "1 20": hintSeparator, "1200,000": hintSeparator, ".": hintForm,
		"£310M": hintCurrency, "310M €": hintCurrency, "310 GBP": hintCurrency, "310M GBP": hintCurrency, "EUR 5": hintCurrency,
		"5 apples": hintEnding, "34%%": hintEnding, "2.4MM": hintEnding, "1e": hintEnding, "2.4M%": hintEnding,
		"1e3k": hintExponent, "1e-2%": hintExponent,
	} {
		got, err := Read(in)
		var re *ReadError
		if !errors.As(err, &re) {
			t.Errorf("%q: want an error, got %v", in, got)
			continue
		}
		if re.Hint != hint {
			t.Errorf("%q: -want +got\n-%s\n+%s", in, hint, re.Hint)
		}
	}
}

// Every reading is the float64 nearest to the decimal number, which big.Rat
// gives by another way.
func TestReadIsExact(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	scale := map[string]int64{"": 1, "k": 1e3, "M": 1e6, "bn": 1e9, "tn": 1e12}
	for range 20000 {
		digits := strconv.Itoa(rng.IntN(1_000_000)) + "." + strconv.Itoa(rng.IntN(1_000_000))
		for ending, factor := range scale {
			r, _ := new(big.Rat).SetString(digits)
			want, _ := r.Mul(r, new(big.Rat).SetInt64(factor)).Float64()
			if got, err := Read(digits + ending); err != nil || got.Value != want {
				t.Fatalf("%s%s: want %v, got %v (%v)", digits, ending, want, got.Value, err)
			}
		}
		r, _ := new(big.Rat).SetString(digits)
		want, _ := r.Quo(r, big.NewRat(100, 1)).Float64()
		if got, err := Read(digits + "%"); err != nil || got.Value != want {
			t.Fatalf("%s%%: want %v, got %v (%v)", digits, want, got.Value, err)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"2.4M", "34%", "9 points", "1,200,000", "1 200 000", "012", "1e400", "-4.2M", ".nan", "£3", "−1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		r, err := Read(s)
		if err == nil && (math.IsNaN(r.Value) || math.IsInf(r.Value, 0)) {
			t.Errorf("%q gave %v", s, r.Value)
		}
		if err == nil && r.Value == 0 && math.Signbit(r.Value) {
			t.Errorf("%q gave minus zero", s)
		}
	})
}

func TestCurrencies(t *testing.T) {
	check := func(code, symbol string, minor int) {
		t.Helper()
		c, ok := LookUp(code)
		if !ok || c.Code != code || c.Symbol != symbol || c.Minor != minor {
			t.Errorf("%s: got %+v %v", code, c, ok)
		}
	}
	check("GBP", "£", 2)
	check("JPY", "¥", 0)
	check("KWD", "", 3)
	check("CHF", "", 2)
	for _, code := range strings.Split("GBP,EUR,JPY,KRW,CAD,AUD,NZD,SGD,HKD,CHF,SEK,NOK,DKK,INR,CNY,ZAR,BRL,MXN,USD", ",") {
		if _, ok := LookUp(code); !ok {
			t.Errorf("%s, of the table of rates, is missing", code)
		}
	}
	for _, code := range []string{"", "XXX", "XAU", "gbp", "GB"} {
		if _, ok := LookUp(code); ok {
			t.Errorf("%q is no currency", code)
		}
	}
	seen := map[string]bool{}
	for i, code := range CurrencyCodes() {
		if len(code) != 3 || seen[code] || i > 0 && code < CurrencyCodes()[i-1] {
			t.Errorf("%q: not three letters, twice, or out of order", code)
		}
		seen[code] = true
	}
	for code := range minorDigits {
		if !seen[code] {
			t.Errorf("minorDigits names %q", code)
		}
	}
	for code := range symbols {
		if !seen[code] {
			t.Errorf("symbols names %q", code)
		}
	}
}
