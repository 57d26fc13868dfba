package money

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

func currency(code string) Currency {
	c, ok := LookUp(code)
	if !ok {
		panic(code)
	}
	return c
}

// flat writes the no-break spaces as "_" so that the tables below can be read.
var flat = strings.NewReplacer(space, "_", narrow, "~")

func TestAmountsHaveTwoFigures(t *testing.T) {
	check := func(v float64, code, en, de string) {
		t.Helper()
		if got := flat.Replace(English.Amount(v, currency(code))); got != en {
			t.Errorf("%v %s en: -want +got\n-%s\n+%s", v, code, en, got)
		}
		if got := flat.Replace(German.Amount(v, currency(code))); got != de {
			t.Errorf("%v %s de: -want +got\n-%s\n+%s", v, code, de, got)
		}
	}
	check(9_314_000, "GBP", "£9.3m", "9,3_Mio._£")
	check(9_314_000, "EUR", "€9.3m", "9,3_Mio._€")
	check(430_400, "GBP", "£430k", "430_Tsd._£")
	check(1_234_567_890, "GBP", "£1.2bn", "1,2_Mrd._£")
	check(63_900_000_000, "JPY", "¥64bn", "64_Mrd._¥")
	check(1_444_000, "KWD", "KWD_1.4m", "1,4_Mio._KWD")
	check(1.26e12, "USD", "$1.3tn", "1,3_Bio._$")
	check(9_300, "GBP", "£9,300", "9.300_£")
	check(9_960, "GBP", "£10k", "10_Tsd._£")     // rounds up into thousands
	check(999_600, "GBP", "£1.0m", "1,0_Mio._£") // and into millions
	check(64.31, "GBP", "£64", "64_£")
	check(0.4349, "GBP", "£0.43", "0,43_£")
	check(0, "GBP", "£0", "0_£")
	check(-4_200_000, "GBP", "−£4.2m", "−4,2_Mio._£")
	check(-4_200_000, "KWD", "−KWD_4.2m", "−4,2_Mio._KWD")
	check(math.Copysign(0, -1), "GBP", "£0", "0_£")
	check(math.NaN(), "GBP", "–", "–")
	check(math.Inf(1), "GBP", "–", "–")
	// halves go away from zero on the decimal value, which a float64 may miss
	check(2_450_000, "GBP", "£2.5m", "2,5_Mio._£")
	check(-2_450_000, "GBP", "−£2.5m", "−2,5_Mio._£")
	check(1.005e2, "GBP", "£100", "100_£")
	check(0.285, "GBP", "£0.29", "0,29_£")
}

func TestMeasuredAmountsKeepEveryDigit(t *testing.T) {
	check := func(v float64, code, en string) {
		t.Helper()
		if got := flat.Replace(English.Measured(v, currency(code))); got != en {
			t.Errorf("%v %s: -want +got\n-%s\n+%s", v, code, en, got)
		}
	}
	check(310_000_000, "GBP", "£310m")
	check(2_400_000, "GBP", "£2.4m")
	check(1_250_000, "GBP", "£1.25m")
	check(1_234_567, "GBP", "£1,234,567")
	check(250_000, "GBP", "£250k")
	check(12_500, "GBP", "£12,500")
	check(290, "GBP", "£290")
	check(12.5, "GBP", "£12.50")
	check(12.5, "JPY", "¥12.5")
	check(12.5, "KWD", "KWD_12.500")
	check(0, "GBP", "£0")
	check(-140_000, "GBP", "−£140k")
}

func TestOtherNumbers(t *testing.T) {
	check := func(got, want string) {
		t.Helper()
		if got = flat.Replace(got); got != want {
			t.Errorf("-want +got\n-%s\n+%s", want, got)
		}
	}
	check(English.Share(0.0731), "7.3%")
	check(German.Share(0.0731), "7,3~%")
	check(English.Share(0.344), "34%")
	check(English.Share(1), "100%")
	check(English.Share(0.9987), "99.9%")
	check(English.Share(0.99999), "99.999%")
	check(English.Share(0.99999999), "99.9%")
	check(English.Share(0.996), "99.6%")
	check(English.Share(0), "0%")
	check(English.Share(0.00041), "0.041%")
	check(English.Share(-0.0731), "−7.3%")
	check(English.Share(1.34), "130%")
	check(English.MeasuredShare(0.78), "78%")
	check(English.MeasuredShare(0.0725), "7.25%")
	check(English.Points(0.09), "9_points")
	check(English.Points(0.01), "1_point")
	check(German.Points(0.09), "9_Punkte")
	check(English.Odds(0.0837, 100), "8 in 100")
	check(German.Odds(0.0837, 100), "8 von 100")
	check(English.Odds(0.285, 100), "29 in 100") // 0.285·100 is 28.499… in binary
	check(English.Odds(0.0837, 1000), "84 in 1,000")
	check(English.Odds(0.004, 100), "less than 1 in 100")
	check(English.Odds(0.997, 100), "more than 99 in 100")
	check(English.Odds(0, 100), "0 in 100")
	check(English.Odds(1, 100), "100 in 100")
	check(German.Odds(0.004, 1000), "4 von 1.000")
	check(English.Count(1_553_619.18), "1,553,619")
	check(German.Count(1_553_619.18), "1.553.619")
	check(English.Count(0.5), "1")
	check(English.Count(-0.4), "0")
	check(English.Count(-0.5), "−1")
	check(English.Number(1_553_619.18), "1,600,000")
	check(English.Number(4.52), "4.5")
	check(English.Number(4), "4.0")
	check(English.Number(0.0996), "0.10")
	check(English.Exact(1450), "1,450")
	check(English.Exact(0.333333), "0.333333")
	check(English.Times(1.3601), "1.4×")
	check(German.Times(1.3601), "1,4×")
	day := time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC)
	check(English.Date(day), "31 December 2026")
	check(German.Date(day), "31. Dezember 2026")
	check(German.Date(time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC)), "1. März 2027")
	check(English.Date(time.Time{}), "")
	check(Locale{}.Count(1000), "1,000")
}

func TestFormatFollowsTheUnit(t *testing.T) {
	check := func(unit string, v float64, text, number string) {
		t.Helper()
		f := English.Format(unit, currency("GBP"))
		if got := flat.Replace(f.Text(v)); got != text {
			t.Errorf("%s %v Text: -want +got\n-%s\n+%s", unit, v, text, got)
		}
		if got := flat.Replace(f.Number(v)); got != number {
			t.Errorf("%s %v Number: -want +got\n-%s\n+%s", unit, v, number, got)
		}
	}
	check("money", 9_314_000, "£9.3m", "£9.3m")
	check("GBP", 9_314_000, "£9.3m", "£9.3m")
	check("money/yr", 9_314_000, "£9.3m a year", "£9.3m")
	check("GBP/yr", 9_314_000, "£9.3m a year", "£9.3m")
	check("money/customer", 31.4, "£31 a customer", "£31")
	check("money/staff/day", 290, "£290 a person a day", "£290")
	check("share", 0.0731, "7.3%", "7.3%")
	check("customers", 23456, "23,000_customers", "23,000")
	check("people", 64.31, "64_people", "64")
	check("staff", 64.31, "64_staff", "64")
	check("months", 4.52, "4.5_months", "4.5")
	check("days", 12.3, "12_days", "12")
	check("1/yr", 0.1328, "0.13 a year", "0.13")
	check("ratio", 1.3601, "1.4", "1.4")
	check("count", 4096, "4,100", "4,100")
	if got := flat.Replace(English.Format("yr", Currency{}).Measured().Text(1)); got != "1_year" {
		t.Errorf("one year is %q", got)
	}
	if got := flat.Replace(English.Format("count", Currency{}).Measured().Text(4096)); got != "4,096" {
		t.Errorf("measured 4096 is %q", got)
	}
	if got := flat.Replace(German.Format("money/yr", currency("EUR")).Text(9_314_000)); got != "9,3_Mio._€ im Jahr" {
		t.Errorf("German yearly amount is %q", got)
	}
}

func TestColumnsShareOneScale(t *testing.T) {
	check := func(unit, code, head, cells string, values ...float64) {
		t.Helper()
		f := English.Format(unit, currency(code)).Column(values...)
		var got []string
		for _, v := range values {
			got = append(got, f.Cell(v))
		}
		if h := flat.Replace(f.Head()); h != head || strings.Join(got, " ") != cells {
			t.Errorf("%v: -want +got\n-%s: %s\n+%s: %s", values, head, cells, h, strings.Join(got, " "))
		}
	}
	check("money", "GBP", "£m", "9.3 0.4 0", 9_314_000, 430_400, 0)
	check("money", "GBP", "£m", "9.3 0.4", 9_314_000, 449_000) // not 0.45 and then 0.5
	check("money", "GBP", "£m", "140 9.3 −0.4", 143_700_000, 9_314_000, -430_400)
	check("money", "GBP", "£m", "140 64", 143_700_000, 64_200_000)
	check("money", "GBP", "£m", "140 0.04", 143_700_000, 43_000)
	check("money", "GBP", "£m", "140 0.000", 143_700_000, 43) // three decimals at most
	check("money", "GBP", "£k", "64 9.3", 64_200, 9_314)
	check("money", "GBP", "£", "9,300 120", 9_314, 123)
	check("money/yr", "GBP", "£m a year", "1.0", 999_600)
	check("money", "KWD", "KWD_m", "1.4", 1_444_000)
	check("money", "KWD", "KWD", "31", 31)
	check("money", "JPY", "¥bn", "64", 63_900_000_000)
	check("share", "GBP", "%", "34 7.3 0.1", 0.344, 0.0731, 0.0012)
	check("customers", "GBP", "customers", "23,000 120", 23_456, 123)
	check("ratio", "GBP", "×", "1.4", 1.36)
	check("money", "GBP", "£", "0 0", 0, 0)

	f := German.Format("money/yr", currency("EUR")).Column(9_314_000)
	if got := flat.Replace(f.Head()); got != "Mio._€ im Jahr" {
		t.Errorf("German head is %q", got)
	}
	if f.Scale() != Millions {
		t.Errorf("scale is %v", f.Scale())
	}
}

func TestRangesShareOneScale(t *testing.T) {
	check := func(got, want string) {
		t.Helper()
		if got = flat.Replace(got); got != want {
			t.Errorf("-want +got\n-%s\n+%s", want, got)
		}
	}
	check(English.Format("money", currency("USD")).Range(630_000, 19_400_000), "$0.6m to $19m")
	check(English.Format("share", currency("USD")).Range(0.01, 0.08), "1.0% to 8.0%")
	check(English.Format("months", currency("USD")).Range(1, 9), "1.0 to 9.0_months")
	check(English.Format("months", currency("USD")).Measured().Range(1, 9), "1 to 9_months")
	check(German.Format("money", currency("EUR")).Range(-630_000, 19_400_000), "−0,6_Mio._€ bis 19_Mio._€")
}

func TestParseReadsBackWhatWasPrinted(t *testing.T) {
	check := func(l Locale, s string, value, step float64, rest string) {
		t.Helper()
		got, err := l.Parse(s)
		if err != nil {
			t.Errorf("%q: %v", s, err)
			return
		}
		if got.Value != value || math.Abs(got.Step-step) > 1e-12*step || got.Rest != rest {
			t.Errorf("%q: -want +got\n-%v %v %q\n+%v %v %q", s, value, step, rest, got.Value, got.Step, got.Rest)
		}
	}
	check(English, "£9.3m", 9.3e6, 1e5, "")
	check(English, "£9.3m a year", 9.3e6, 1e5, "a year")
	check(English, "£430k", 430e3, 1e4, "")
	check(English, "−£4.2m", -4.2e6, 1e5, "")
	check(English, "KWD\u00a01.4m", 1.4e6, 1e5, "")
	check(English, "£1,234,567", 1234567, 1, "")
	check(English, "7.3%", 0.073, 0.001, "")
	check(English, "9\u00a0points", 0.09, 0.01, "")
	check(English, "8 in 100", 0.08, 0.01, "")
	check(English, "10 in 100", 0.10, 0.01, "")
	check(English, "140", 140, 10, "")
	check(English, "100", 100, 10, "")
	check(English, "4.5\u00a0months", 4.5, 0.1, "months")
	check(English, "64 members", 64, 1, "members")
	check(German, "9,3\u00a0Mio.\u00a0€", 9.3e6, 1e5, "")
	check(German, "−1.200\u00a0€ im Jahr", -1200, 100, "im Jahr")
	check(German, "7,3\u202f%", 0.073, 0.001, "")
	check(German, "8 von 100", 0.08, 0.01, "")
	check(German, "64\u00a0Personen", 64, 1, "Personen")
	for _, s := range []string{"", "abc", "in 3 years", "–"} {
		if got, err := English.Parse(s); err == nil {
			t.Errorf("%q gave %v", s, got)
		}
	}
	if p, _ := English.Parse("£9.3m"); !p.Agrees(9_349_000) || !p.Agrees(9_350_000) || p.Agrees(9_351_000) || p.Agrees(9_249_000) {
		t.Errorf("£9.3m is 9.25m to 9.35m")
	}
}

// Whatever is printed reads back to a number that agrees with the one printed,
// in both languages, alone and in a column, and never as minus zero.
func TestPrintedAgreesWithTheNumber(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	codes := []string{"GBP", "JPY", "KWD", "CHF", "BRL"}
	for range 20000 {
		v := math.Pow(10, rng.Float64()*15-3) * float64(1-2*rng.IntN(2))
		w := math.Pow(10, rng.Float64()*15-3)
		for _, l := range []Locale{English, German} {
			c := currency(codes[rng.IntN(len(codes))])
			f := l.Format("money/yr", c)
			for _, s := range []string{l.Amount(v, c), l.Measured(v, c), f.Column(v, w).Number(v), f.Text(v), l.Number(v), l.Count(v),
				l.Share(v), l.Format("share", c).Column(v, w).Number(v), l.Exact(v)} {
				p, err := l.Parse(s)
				if err != nil || !p.Agrees(v) {
					t.Fatalf("%v in %s printed %q, read back %+v %v", v, l.Lang(), s, p, err)
				}
				if strings.HasPrefix(s, minus) && strings.Trim(s, minus+"0.,%kmbtn £¥"+space+narrow) == "" {
					t.Fatalf("%v printed minus zero: %q", v, s)
				}
			}
		}
	}
}

func TestLocaleOf(t *testing.T) {
	if l, ok := LocaleOf("de"); !ok || l != German {
		t.Error("de is German")
	}
	if l, ok := LocaleOf("fr"); ok || l != English {
		t.Error("fr is not there, and English is what one gets")
	}
}

func BenchmarkAmount(b *testing.B) {
	c := currency("GBP")
	for b.Loop() {
		English.Amount(9_314_159.26, c)
	}
}
