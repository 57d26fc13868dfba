package model

import (
	"slices"
	"strconv"
	"strings"
)

// sensitiveTypes are the kinds of data that make an incident cost more
// (section 5).
var sensitiveTypes = []string{"payment_card_full", "bank_account", "government_id", "passport", "health", "password_plain"}

func sensitive(types []string) bool {
	return slices.ContainsFunc(types, func(t string) bool { return slices.Contains(sensitiveTypes, t) })
}

// direct adds the regression for the direct cost of a headline incident. Its
// coefficients and their covariance are inputs; the prediction for the company
// is live.
func (b *builder) direct() error {
	m := b.m
	fit, err := FitDirectCost(m.in.Library.Cases, m.rates, m.asOf().Year())
	if err != nil {
		return err
	}
	m.fit = fit
	b.in("regression", "security_and_legal")
	note := "regression over " + strconv.Itoa(fit.Cases) + " disclosed direct costs, in dollars of " + strconv.Itoa(fit.Year)
	coefficients := []struct{ name, label string }{
		{"a", "Regression: intercept"}, {"b", "Regression: people"},
		{"c", "Regression: revenue"}, {"d", "Regression: sensitive data"},
	}
	for i, c := range coefficients {
		b.input("regression."+c.name, c.label, "ratio", note, "moderate", fit.Mean[i], librarySource)
	}
	for i, c := range coefficients {
		for j := i; j < len(coefficients); j++ {
			e := coefficients[j]
			b.input("regression.cov_"+c.name+e.name, "Regression: covariance "+strings.ToUpper(c.name)+" and "+strings.ToUpper(e.name), "ratio", note, "moderate", fit.Cov[i][j], librarySource)
		}
	}
	b.input("regression.noise", "Regression: noise", "ratio", note, "moderate", fit.Noise, librarySource)
	held := 0.0
	if sensitive(m.in.Profile.Customers.DataHeld) {
		held = 1
	}
	b.in("regression", "security")
	b.input("regression.sensitive", "Sensitive data held", "count", "1 where full card, bank account, government ID, passport, health data or plain passwords are held", "own figure", held, CompanyFile)

	b.in("direct", "security_and_legal")
	revenue := b.def("direct.log_revenue", "Logarithm of revenue in the regression", "ratio", "logarithm of revenue in billions of dollars",
		ln(div(ref("revenue.usd"), constant("regression.revenue_unit"))))
	median := b.def("direct.log_people", "Logarithm of people in the regression, median", "ratio", "logarithm of the millions of people exposed in the median incident",
		ln(div(maxOf(num(1, "people"), mul(ref("customers.on_file"), as("share", div(one(), add(one(), exp(neg(ref("driver.exposed_share.mu")))))))), constant("regression.people_unit"))))
	s := ref("regression.sensitive")
	b.def("direct.base", "Direct cost of a headline, without people", "ratio", "logarithm in the company's currency, at a million people",
		add(ref("regression.a"), mul(ref("regression.c"), revenue), mul(ref("regression.d"), s), ln(as("ratio", ref("fx")))))
	// The variance of a prediction at the median of people exposed: noise
	// plus x'Vx, a row of V at a time.
	x := []struct {
		name string
		v    *expr
	}{{"a", nil}, {"b", &median}, {"c", &revenue}, {"d", &s}}
	terms := []expr{mul(ref("regression.noise"), ref("regression.noise"))}
	for _, row := range x {
		var parts []expr
		for _, col := range x {
			pair := row.name + col.name
			if pair[0] > pair[1] {
				pair = col.name + row.name
			}
			part := ref(id("regression.cov_" + pair))
			if col.v != nil {
				part = mul(part, *col.v)
			}
			parts = append(parts, part)
		}
		e := add(parts...)
		if row.v != nil {
			e = mul(*row.v, e)
		}
		terms = append(terms, b.def("direct.variance_"+row.name, "Uncertainty from "+map[string]string{"a": "the intercept", "b": "people", "c": "revenue", "d": "the data"}[row.name], "ratio", "part of the variance of a prediction", e))
	}
	b.def("direct.sigma", "Direct cost of a headline, log-sd", "ratio", "of one prediction, at the median of people exposed",
		pow(add(terms...), div(one(), num(2, "ratio"))))
	return nil
}

// librarySource stands for the case library as a whole.
const librarySource = "case library"
