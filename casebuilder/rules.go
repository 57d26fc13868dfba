package casebuilder

import (
	"casebuilder/casebuilder/company"
	"casebuilder/casestudies"
)

// Rules are what a company file is checked against beside its own table of
// fields: what may be estimated, which cases there are, which currencies have
// a published rate.
func Rules(library *casestudies.Library) (company.Rules, error) {
	priors, err := casestudies.LoadPriors()
	if err != nil {
		return company.Rules{}, err
	}
	rates, err := casestudies.LoadRates()
	if err != nil {
		return company.Rules{}, err
	}
	_, _, prices := rates.Years()
	rules := company.Rules{Rates: rates.Currencies(), Prices: prices}
	for _, d := range priors.Drivers {
		if d.Family == "normal" {
			continue // where the options' cuts fall is not for a company to say
		}
		s := company.EstimateSpec{ID: d.ID, Family: d.Family, Unit: d.Unit, Reaction: d.Common || d.ID == "recovery_months" || d.ID == "campaign"}
		if d.ID == company.EventRate {
			s.Min, s.Max = 1e-6, 50
		}
		rules.Estimates = append(rules.Estimates, s)
	}
	for _, c := range priors.Constants {
		if c.Min < c.Max {
			rules.Estimates = append(rules.Estimates, company.EstimateSpec{ID: c.ID, Unit: c.Unit, Min: c.Min, Max: c.Max})
		}
	}
	if library != nil {
		for _, c := range library.Cases {
			rules.Cases = append(rules.Cases, c.ID)
		}
	}
	return rules, nil
}
