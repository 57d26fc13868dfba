package chart

import (
	"strconv"

	"casebuilder/casebuilder/page"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Task is one line of a plan: a bar from Start to End, in months.
type Task struct {
	Name  page.Label
	Start float64
	End   float64
	Text  page.Label // at the right: owner, supplier; may be empty
	Open  bool       // goes on: the bar has no end
}

// Milestone is one date that counts.
type Milestone struct {
	At   float64 // months
	Text page.Label
	Stop bool // a point at which the programme can be stopped
}

// Plan is a bar a task over months, with milestones as diamonds above it. It
// is planned, not done: bars are outlined.
type Plan struct {
	Kind       string
	Tasks      []Task
	Milestones []Milestone
	Months     float64  // right end
	Ticks      []string // names of equal parts of the time, such as quarters
}

// Heights gives each task 15 to 19 points, and each milestone a line.
func (p Plan) Heights(page.Canvas, float64) (least, greatest float64) {
	n, m := float64(len(p.Tasks)), float64(len(p.Milestones))
	return n*15 + m*(leading+2) + leading + 8, n*19 + m*(leading+2) + leading + 8
}

// Draw draws the plan.
func (p Plan) Draw(c page.Canvas, b page.Box) {
	months := p.Months
	for _, t := range p.Tasks {
		months = max(months, t.End, t.Start)
	}
	for _, m := range p.Milestones {
		months = max(months, m.At)
	}
	if months <= 0 {
		months = 12
	}
	var names, texts []string
	for _, t := range p.Tasks {
		names, texts = append(names, t.Name.Text), append(texts, t.Text.Text)
	}
	labelW := min(widest(c, false, names...)+8, b.W*0.4)
	textW := min(widest(c, false, texts...), b.W*0.24)
	if textW > 0 {
		textW += 8
	}
	sx := linear(0, months, b.X+labelW, b.Right()-textW-4)
	foot := b.Bottom() - leading - 4
	top := b.Y + float64(len(p.Milestones))*(leading+2)
	if n := len(p.Ticks); n > 0 {
		for i, t := range p.Ticks {
			x0, x1 := sx(months*float64(i)/float64(n)), sx(months*float64(i+1)/float64(n))
			c.Line(x0, top, x0, foot+3, hair)
			if c.Width(t, size, false) < x1-x0 {
				c.Text((x0+x1)/2, foot+up+4, t, center(page.Grey))
			}
		}
		c.Line(sx(months), top, sx(months), foot+3, hair)
	}
	c.Line(sx(0), foot, sx(months), foot, axis)
	y := b.Y
	for _, m := range p.Milestones {
		x := sx(m.At)
		mid := y + leading/2 + 1
		c.Line(x, mid, x, foot, page.Stroke{Paint: ink(page.Grey), Width: 0.4, Dash: []float64{1.5, 1.5}})
		role := page.Ink
		if m.Stop {
			role = page.Appetite
		}
		st := left(role)
		w := c.Width(m.Text.Text, size, false)
		if x+7+w > b.Right() {
			st.Align = page.Right
			l := fit(c, m.Text, x-7-b.X, false)
			w = c.Width(l.Text, size, false)
			c.Rect(page.Box{X: x - 8 - w, Y: y, W: w + 2, H: leading + 2}, ink(page.White), none) // the lines of others end at it
			put(c, x-7, mid+up/2, l, st)
		} else {
			c.Rect(page.Box{X: x + 6, Y: y, W: w + 2, H: leading + 2}, ink(page.White), none)
			put(c, x+7, mid+up/2, m.Text, st)
		}
		fill := ink(role)
		if !m.Stop {
			fill = ink(page.White)
		}
		diamond(c, x, mid, 3.5, fill, line(role, 1))
		y += leading + 2
	}
	if len(p.Tasks) == 0 {
		return
	}
	rowH := (foot - 2 - y) / float64(len(p.Tasks))
	for i, t := range p.Tasks {
		mid := y + (float64(i)+0.5)*rowH
		rowName(c, b.X, mid, labelW-6, max(1, min(2, int((rowH-2)/tight))), t.Name)
		h := min(rowH-5, 9)
		end := max(t.End, t.Start)
		if t.Open {
			end = months
		}
		bar := page.Box{X: sx(t.Start), Y: mid - h/2, W: max(1, sx(end)-sx(t.Start)), H: h}
		if t.Open { // a point at its end
			c.Path([]page.Point{{X: bar.X, Y: bar.Y}, {X: bar.Right() - 3, Y: bar.Y}, {X: bar.Right() + 2, Y: mid}, {X: bar.Right() - 3, Y: bar.Bottom()}, {X: bar.X, Y: bar.Bottom()}},
				true, tint(page.Recommended, 0.7), outlined(page.Recommended))
		} else {
			c.Rect(bar, tint(page.Recommended, 0.7), outlined(page.Recommended))
		}
		put(c, b.Right()-textW+8, mid+up/2, fit(c, t.Text, textW-8, false), left(page.Grey))
	}
}

// Alt names the milestones.
func (p Plan) Alt() string {
	vs := []string{}
	for _, m := range p.Milestones {
		vs = append(vs, m.Text.Text)
	}
	for i, t := range p.Tasks {
		if i < 3 {
			vs = append(vs, t.Name.Text)
		}
	}
	return describe(kindOr(p.Kind, "Plan"), vs...)
}

// Data returns the tasks, with start and end in months.
func (p Plan) Data() page.Table {
	t := page.Table{Columns: []page.Column{column(""), number(""), number(""), column("")}}
	f := func(v float64) page.Text { return page.T(strconv.FormatFloat(v, 'g', 4, 64)) }
	for _, k := range p.Tasks {
		t.Rows = append(t.Rows, page.Row{Cells: []page.Text{cell(k.Name), f(k.Start), f(k.End), cell(k.Text)}})
	}
	return t
}
