package review

import (
	"runtime"
	"strings"
	"sync"

	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/model"
	"casebuilder/casebuilder/workbook"
)

// effects runs the engine: with each change alone, and with all of them.
func (m *maker) effects() error {
	r := m.report
	r.With = r.Now
	if len(r.Changes) == 0 {
		return nil
	}
	gs := m.taken
	errs := make([]error, len(gs)+1)
	run := func(i int) {
		if i == len(gs) {
			r.With, errs[i] = m.headline(r.Profile)
			return
		}
		c := &r.Changes[i]
		c.Alone = r.Now
		v := m.apply(gs[i : i+1])
		p, _, problems := m.unflatten(v.entries, v.at)
		if c.Fits = len(problems) == 0; c.Fits {
			c.Alone, errs[i] = m.headline(p)
		}
	}
	// One run each; the model itself uses all processors, so few at a time.
	limit := make(chan struct{}, max(1, runtime.GOMAXPROCS(0)))
	var wg sync.WaitGroup
	for i := range errs {
		wg.Go(func() {
			limit <- struct{}{}
			defer func() { <-limit }()
			run(i)
		})
	}
	wg.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func (m *maker) headline(p *company.Profile) (model.Headline, error) {
	mo, err := m.model(p)
	if err != nil {
		return model.Headline{}, err
	}
	return mo.Headline(), nil
}

// questions reads the answers.
func (m *maker) questions() {
	for _, a := range m.returned.Answers {
		x := Answer{ID: a.ID, Question: a.Question, Comment: strings.TrimSpace(a.Comment.Text), Who: strings.TrimSpace(a.Who.Text)}
		day, _ := dayOf(a.Date)
		x.Date = day.String()
		bad := func(c workbook.Cell, want string) { m.report.Remarks.Add(problemAt(c, a.ID, want)) }
		switch s := strings.ToLower(strings.TrimSpace(a.Answer.Text)); {
		case s == agree || s == change || s == unsure:
			x.Answer = s
		case !a.Answer.Empty():
			bad(a.Answer, "agree, change or unsure")
		case a.Given():
			bad(a.Answer, "an answer beside the comment: agree, change or unsure")
		}
		if x.Answer != "" && x.Who == "" {
			bad(a.Who, "the name of who answered")
		}
		m.report.Answers = append(m.report.Answers, x)
	}
}
