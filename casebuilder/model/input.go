package model

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"

	"casebuilder/casebuilder/quantity"
	"casebuilder/casebuilder/results"
	"casebuilder/casestudies"
)

// Fingerprint identifies what a case is computed from: sixteen hexadecimal
// digits. It stands in all three files of a packet, and is known before the
// case is solved.
func (in Input) Fingerprint() string {
	h := sha256.New()
	profile, _ := json.Marshal(in.Profile)
	for _, part := range []string{string(profile), in.Library.Fingerprint(), casestudies.AssumptionsFingerprint(), in.Texts,
		strconv.FormatUint(in.Seed, 10), strconv.Itoa(in.Trials), in.Version} {
		fmt.Fprintf(h, "%d:%s\n", len(part), part)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// Stream names the random stream of a company: its unit, or the platform that
// the unit shares with others, so that one trial is the same world for all of
// them.
func Stream(unit, platform string) string {
	if platform != "" {
		return "platform:" + platform
	}
	return unit
}

// YearsKey names the stream that chooses the simulated years.
const YearsKey = "years"

// RunTrials runs the trials for the named quantities alone, with the draws of
// the whole case. Columns among them are kept.
func (m *Model) RunTrials(only ...quantity.ID) *quantity.Run {
	return m.graph.Run(quantity.Options{Trials: m.in.Trials, Fill: fill(m.draws()), Only: only})
}

// samplesAfter adds the samples of the recommended option, under their names
// with "after." in front, where it changes them.
func (c *Case) samplesAfter(r *results.BusinessCase) {
	for _, o := range c.options {
		if o.ID != r.Decision.Recommended {
			continue
		}
		for _, name := range []string{"driver.event_rate", "severity.total"} {
			if after := o.id(name); len(c.graph.Uses(after)) != 1 || c.graph.Uses(after)[0] != id(name) {
				r.Samples["after."+name] = c.Run.Column(after)
			}
		}
	}
}
