package veris

import (
	"math"
	"slices"
	"strings"

	"casebuilder/casestudies"
)

// data reads what was exposed, and of how many.
func (d *details) data(conf object) {
	if conf.m == nil || d.c.Model.Kind == "outage_only" {
		return
	}
	var varieties []string
	amounts := map[string]float64{}
	for _, item := range conf.objects("data") {
		v := item.text("variety", 60)
		if v == "" {
			d.r.note("attribute.confidentiality.data[].variety: missing")
		} else if v != "Unknown" && !slices.Contains(varieties, v) {
			varieties = append(varieties, v)
		}
		if n, ok := item.number("amount"); ok && n > 0 {
			amounts[v] += n
		}
	}
	for _, v := range varieties {
		t, ok := dataTypes[v]
		if !ok {
			d.r.note("attribute.confidentiality.data[].variety: %s is not known; it stays \"other\"", v)
			t = "other"
		}
		if !slices.Contains(d.c.DataTypes, t) {
			d.c.DataTypes = append(d.c.DataTypes, t)
		}
	}
	if slices.ContainsFunc(varieties, func(v string) bool { return slices.Contains(sensitive, v) }) {
		yes := true
		d.c.Model.Sensitive = &yes
	}
	d.held = strings.Join(varieties, ", ")
	if d.held == "" {
		d.held = "kind not known"
	}
	disclosed := conf.text("data_disclosure", 40)
	victims := conf.texts("data_victim")
	if len(victims) > 0 {
		d.say("data of: %s", strings.Join(victims, ", "))
	}
	if disclosed != "" && disclosed != "Yes" {
		d.say("disclosure of the data: %s", strings.ToLower(disclosed))
	}
	d.people(conf, varieties, amounts)
}

// people reads the number of records. The sum over kinds of data is no number
// of people: one person has several.
func (d *details) people(conf object, varieties []string, amounts map[string]float64) {
	total, ok := conf.number("data_total")
	largest := 0.0
	for _, v := range amounts {
		largest = max(largest, v)
	}
	basis := "records in all (data_total)"
	switch {
	case ok && total > 0 && largest > total:
		d.r.note("attribute.confidentiality: data_total %s is less than the amount of one kind of data, %s", amount(total), amount(largest))
	case ok && total > 0:
	case ok:
		d.r.note("attribute.confidentiality.data_total: 0 is taken for not known")
		return
	case len(amounts) == 1:
		total, basis = largest, "records of the one kind of data that is counted"
	case len(amounts) > 1:
		d.r.note("attribute.confidentiality: several kinds of data are counted and no total is given; the number stays unknown")
		return
	default:
		return
	}
	if total < 1 || total > 1e10 || total != math.Trunc(total) {
		d.r.note("attribute.confidentiality.data_total: want a whole number up to 10 billion, got %s", amount(total))
		return
	}
	d.c.PeopleAffected = &casestudies.People{Value: total, Unit: "records", Source: recordSource}
	if largest > total && largest <= 1e10 {
		d.c.PeopleAffected.High = &largest
	}
	d.held += "; " + amount(total) + " records"
	if slices.ContainsFunc(varieties, func(v string) bool { return slices.Contains(ofPeople, v) }) {
		d.c.Model.People = &casestudies.ModelCount{Value: total, Basis: basis + ", which may not be people", Sources: []string{recordSource}}
	}
}
