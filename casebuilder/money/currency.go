package money

import "strings"

// Currency is one of ISO 4217.
type Currency struct {
	Code   string // three letters, upper case
	Symbol string // printed instead of the code, when it has one: "£", "A$"
	Minor  int    // digits of its small unit: 2 for GBP, 0 for JPY, 3 for KWD
}

// The codes of ISO 4217 that name money people earn in: funds codes, metals and
// testing codes are left out.
const currencyCodes = `
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY
COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR
IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR
MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD
SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XCG
XOF XPF YER ZAR ZMW ZWG`

// minorDigits holds what is not 2.
var minorDigits = map[string]int{
	"BIF": 0, "CLP": 0, "DJF": 0, "GNF": 0, "ISK": 0, "JPY": 0, "KMF": 0, "KRW": 0, "PYG": 0,
	"RWF": 0, "UGX": 0, "VND": 0, "VUV": 0, "XAF": 0, "XOF": 0, "XPF": 0,
	"BHD": 3, "IQD": 3, "JOD": 3, "KWD": 3, "LYD": 3, "OMR": 3, "TND": 3,
}

// symbols holds the symbols that name one currency only and that the fonts of
// the papers can draw; the others are printed by their code.
var symbols = map[string]string{
	"USD": "$", "GBP": "£", "EUR": "€", "JPY": "¥", "KRW": "₩", "CNY": "CN¥", "AUD": "A$", "CAD": "C$",
	"NZD": "NZ$", "SGD": "S$", "HKD": "HK$", "BRL": "R$",
}

var currencies = func() map[string]Currency {
	m := map[string]Currency{}
	for _, code := range strings.Fields(currencyCodes) {
		c := Currency{Code: code, Symbol: symbols[code], Minor: 2}
		if d, ok := minorDigits[code]; ok {
			c.Minor = d
		}
		m[code] = c
	}
	return m
}()

// LookUp returns the currency with that code, in upper case.
func LookUp(code string) (Currency, bool) {
	c, ok := currencies[code]
	return c, ok
}

// CurrencyCodes returns the codes of all currencies, in alphabetical order.
func CurrencyCodes() []string { return strings.Fields(currencyCodes) }

// IsCurrency reports whether s is the code of a currency, in any case.
func IsCurrency(s string) bool {
	_, ok := currencies[strings.ToUpper(s)]
	return ok
}
