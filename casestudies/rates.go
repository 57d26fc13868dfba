package casestudies

import (
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"sync"
)

//go:embed rates.csv
var ratesCSV string

// RatesSource says where the table of rates comes from.
const RatesSource = "Exchange rates: Federal Reserve H.10 through FRED, yearly averages (github.com/datasets/exchange-rates, commit fa7d949 of 2026-07-21; " +
	"GBP is the mean of its twelve monthly averages). US consumer prices: World Bank FP.CPI.TOTL.ZG (github.com/datasets/cpi, commit 3750e45 of 2025-07-01)."

// Rates holds yearly exchange rates and US inflation.
type Rates struct {
	first, last int                  // years of the table
	currencies  []string             // without USD, in the order of the table
	perUSD      map[string][]float64 // by currency: units for one US dollar, by year from first
	inflation   []float64            // US consumer prices against the year before, by year from first; shorter than the table where not known
}

// Rate is an exchange rate and the year that it is of.
type Rate struct {
	PerUSD  float64 // units of the currency for one US dollar
	Year    int     // whose average it is
	Carried bool    // asked for a later year than the table has: the last rate
}

// NoRateError says that the table has no rate.
type NoRateError struct {
	Currency string
	Year     int
	First    int // of the table
	Known    []string
}

// Error returns the message.
func (e *NoRateError) Error() string {
	if slices.Contains(e.Known, e.Currency) {
		return fmt.Sprintf("no exchange rate of %s for %d: the table begins in %d", e.Currency, e.Year, e.First)
	}
	return fmt.Sprintf("no exchange rate of %q: known are %s", e.Currency, strings.Join(e.Known, ", "))
}

// LoadRates returns the embedded table. It is shared: do not change it.
func LoadRates() (*Rates, error) { return loadRates() }

var loadRates = sync.OnceValues(func() (*Rates, error) { return readRates(strings.NewReader(ratesCSV)) })

func readRates(in io.Reader) (*Rates, error) {
	r := csv.NewReader(in)
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading the table of rates: %w", err)
	}
	if len(rows) < 2 || len(rows[0]) < 3 || rows[0][0] != "year" || rows[0][1] != "us_inflation_pct" {
		return nil, errors.New("reading the table of rates: want the columns year, us_inflation_pct and currencies")
	}
	t := &Rates{currencies: rows[0][2:], perUSD: map[string][]float64{}}
	for i, row := range rows[1:] {
		year, err := strconv.Atoi(row[0])
		if err != nil || (i > 0 && year != t.last+1) {
			return nil, fmt.Errorf("reading the table of rates: want years without a gap, got %q", row[0])
		}
		if t.last = year; i == 0 {
			t.first = year
		}
		if row[1] != "" {
			pct, err := strconv.ParseFloat(row[1], 64)
			if err != nil || !(pct > -50 && pct < 100) || len(t.inflation) != i {
				return nil, fmt.Errorf("reading the table of rates: want inflation in %% without a gap, got %q for %d", row[1], year)
			}
			t.inflation = append(t.inflation, pct/100)
		}
		for j, c := range t.currencies {
			x, err := strconv.ParseFloat(row[2+j], 64)
			if err != nil || !(x > 0 && x < 1e7) {
				return nil, fmt.Errorf("reading the table of rates: want a rate of %s for %d, got %q", c, year, row[2+j])
			}
			t.perUSD[c] = append(t.perUSD[c], x)
		}
	}
	return t, nil
}

// Currencies returns the codes that have a rate, USD first.
func (r *Rates) Currencies() []string { return append([]string{"USD"}, r.currencies...) }

// Has reports whether a currency has a rate.
func (r *Rates) Has(currency string) bool {
	return currency == "USD" || slices.Contains(r.currencies, currency)
}

// Years returns the first and the last year of the exchange rates, and the
// last year of inflation.
func (r *Rates) Years() (first, last, lastInflation int) {
	return r.first, r.last, r.first + len(r.inflation) - 1
}

// PerUSD returns the average rate of a year. After the last year of the table
// it is the last rate, marked as carried on; before the first year, and for a
// currency that the table lacks, it is a *NoRateError.
func (r *Rates) PerUSD(currency string, year int) (Rate, error) {
	if currency == "USD" {
		return Rate{PerUSD: 1, Year: year}, nil
	}
	rates := r.perUSD[currency]
	if rates == nil || year < r.first {
		return Rate{}, &NoRateError{Currency: currency, Year: year, First: r.first, Known: r.Currencies()}
	}
	used := min(year, r.last)
	return Rate{PerUSD: rates[used-r.first], Year: used, Carried: used < year}, nil
}

// Deflate brings an amount of US dollars of one year to the prices of another,
// by US consumer prices. There is no inflation after the last year that the
// table has it for, nor before its first.
func (r *Rates) Deflate(amountUSD float64, from, to int) float64 {
	low, high := r.first-1, r.first+len(r.inflation)-1
	from, to = min(max(from, low), high), min(max(to, low), high)
	for y := from + 1; y <= to; y++ {
		amountUSD *= 1 + r.inflation[y-r.first]
	}
	for y := from; y > to; y-- {
		amountUSD /= 1 + r.inflation[y-r.first]
	}
	return amountUSD
}

// ConstantUSD converts an amount of a currency and year to US dollars in the
// prices of another year: first at the rate of its own year, then by US
// consumer prices.
func (r *Rates) ConstantUSD(amount float64, currency string, year, to int) (float64, error) {
	rate, err := r.PerUSD(currency, year)
	if err != nil {
		return 0, err
	}
	return r.Deflate(amount/rate.PerUSD, year, to), nil
}
