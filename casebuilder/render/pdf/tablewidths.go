package pdf

import (
	"slices"
	"strings"
	"unicode/utf8"

	"casebuilder/casebuilder/page"
)

// columns finds the widths: numbers take what they need, texts share the rest.
func (l *tableLayout) columns() {
	fs, t := l.p.fonts, l.t
	n := len(t.Columns)
	least, natural := make([]float64, n), make([]float64, n)
	l.axis = make([]float64, n)
	rights := make([]float64, n)
	for i, c := range t.Columns {
		words, whole := 0.0, 0.0
		for _, w := range fs.words(c.Head, headFaceOfTable.measure(), 1e4) {
			words = max(words, w.w)
			whole += w.w + w.space
		}
		unit, unitWord := fs.width(c.Unit, headFaceOfTable.size, false), 0.0
		for _, w := range fs.words(page.T(c.Unit), headFaceOfTable.measure(), 1e4) {
			unitWord = max(unitWord, w.w)
		}
		head := max(words, l.twoLines(c.Head, words, whole), unit)
		if c.Align == page.Left {
			head = max(words, min(whole, 120), unit)
		} else {
			head = max(head, min(48, l.width/float64(n)/1.5)) // air between numbers
		}
		for _, r := range t.Rows {
			if r.Kind == page.GroupRow || i >= len(r.Cells) {
				continue
			}
			bold := r.Kind == page.TotalRow
			m := measure{tableFace.size, bold}
			one, all := 0.0, 0.0
			for _, part := range splitForced(fs.words(r.Cells[i], m, 1e4)) { // the widest of its lines
				line := 0.0
				for _, w := range part {
					one = max(one, w.w)
					line += w.w + w.space
				}
				all = max(all, line)
			}
			if c.Align == page.Decimal {
				left, right := l.parts(r.Cells[i], m)
				l.axis[i], rights[i] = max(l.axis[i], left), max(rights[i], right)
				all = 0
			}
			least[i], natural[i] = max(least[i], one), max(natural[i], all)
		}
		natural[i] = max(natural[i], l.axis[i]+rights[i])
		if c.Align != page.Left {
			least[i] = natural[i]
		}
		natural[i], least[i] = max(natural[i], head), max(least[i], words)
		if c.Unit != "" {
			least[i] = max(least[i], l.twoLines(page.T(c.Unit), unitWord, unit))
		}
	}
	gaps := make([]float64, n) // before each column; wider from numbers to words
	all := 0.0
	for i := 1; i < n; i++ {
		gaps[i] = columnGap
		if t.Columns[i].Align == page.Left && t.Columns[i-1].Align != page.Left {
			gaps[i] = 2 * columnGap
		}
		all += gaps[i]
	}
	l.ws = share(t.Columns, least, natural, l.width-all)
	l.xs = make([]float64, n)
	for i := 1; i < n; i++ {
		l.xs[i] = l.xs[i-1] + l.ws[i-1] + gaps[i]
	}
	for i, c := range t.Columns {
		if c.Align != page.Decimal {
			continue
		}
		if l.axis[i]+rights[i] > l.ws[i]+0.01 {
			l.axis[i] = -1 // does not fit: set right and wrapped
			continue
		}
		l.axis[i] = l.ws[i] - rights[i]
	}
}

// twoLines returns the least width at which a head takes at most two lines.
func (l *tableLayout) twoLines(head page.Text, least, most float64) float64 {
	for w := max(least, most/2); w < most; w += 4 {
		if len(l.p.fonts.wrap(head, headFaceOfTable.measure(), w, 0)) <= 2 {
			return w
		}
	}
	return most
}

// share gives each column its width.
func share(cols []page.Column, least, natural []float64, room float64) []float64 {
	n := len(cols)
	ws := make([]float64, n)
	words := 0
	for _, c := range cols {
		if c.Align == page.Left {
			words++
		}
	}
	least = slices.Clone(least)
	for i, c := range cols { // an endless word is cut rather than a number
		if c.Align == page.Left {
			least[i] = min(least[i], max(40, room*0.4/float64(words)))
		}
	}
	sum := func(v []float64, texts bool) (s float64) {
		for i, c := range cols {
			if (c.Align == page.Left) == texts {
				s += v[i]
			}
		}
		return s
	}
	numbers := natural
	if sum(natural, false)+min(sum(natural, true), max(sum(least, true), room/4)) > room {
		numbers = least
	}
	rest := room - sum(numbers, false)
	for i, c := range cols {
		if c.Align != page.Left {
			ws[i] = numbers[i]
		}
	}
	if sum(least, true) > rest || rest <= 0 { // too little: everything is squeezed
		forTexts := max(rest, min(sum(least, true), room*0.4))
		for i := range ws {
			if cols[i].Align == page.Left {
				ws[i] = least[i] * forTexts / max(sum(least, true), 1)
			} else {
				ws[i] = numbers[i] * (room - forTexts) / max(sum(numbers, false), 1)
			}
		}
		return ws
	}
	var texts []int
	wanted := 0.0
	for i, c := range cols {
		if c.Align == page.Left {
			texts = append(texts, i)
			wanted += c.Share
		}
	}
	if len(texts) == 0 { // numbers alone: the first takes the slack as its left margin
		for i := range ws {
			ws[i] += rest / float64(n)
		}
		return ws
	}
	if wanted > 0 { // columns without a share take what they need, at most two thirds
		open, k := rest, 1.0
		if nat := unshared(cols, texts, natural); nat > rest*2/3 {
			k = rest * 2 / 3 / nat
		}
		for _, i := range texts {
			if cols[i].Share == 0 {
				ws[i] = max(least[i], natural[i]*k)
				open -= ws[i]
			}
		}
		for _, i := range texts {
			if cols[i].Share > 0 {
				ws[i] = max(least[i], open*cols[i].Share/wanted)
			}
		}
	} else if nat := sum(natural, true); nat <= rest {
		for _, i := range texts {
			ws[i] = natural[i] + (rest-nat)*natural[i]/max(nat, 1)
		}
		return ws
	} else {
		left, open := rest, texts
		for len(open) > 0 { // those that need less than their fair part get what they need
			fair, still := left/float64(len(open)), []int(nil)
			for _, i := range open {
				if natural[i] <= fair {
					ws[i] = natural[i]
					left -= natural[i]
				} else {
					still = append(still, i)
				}
			}
			if len(still) == len(open) {
				for _, i := range open {
					ws[i] = fair
				}
				break
			}
			open = still
		}
	}
	// A column narrower than its longest word takes from the others.
	for _, i := range texts {
		if lack := least[i] - ws[i]; lack > 0 {
			for _, j := range texts {
				if give := min(lack, ws[j]-least[j]); j != i && give > 0 {
					ws[j] -= give
					ws[i] += give
					lack -= give
				}
			}
		}
	}
	if s := sum(ws, true); s > rest {
		for _, i := range texts {
			ws[i] *= rest / s
		}
	}
	return ws
}

// unshared is what the text columns without a share would like.
func unshared(cols []page.Column, texts []int, natural []float64) (sum float64) {
	for _, i := range texts {
		if cols[i].Share == 0 {
			sum += natural[i]
		}
	}
	return sum
}

// parts returns the widths of a number left and right of its decimal sign.
func (l *tableLayout) parts(t page.Text, m measure) (left, right float64) {
	at := numberEnd(t.String(), l.p.decimal)
	for _, s := range t {
		size, bold := m.sizeOf(s), m.boldSpan(s)
		if s.Mark {
			right += l.p.fonts.width(s.Text, size, bold)
			continue
		}
		cut := min(max(at, 0), len(s.Text))
		left += l.p.fonts.width(s.Text[:cut], size, bold)
		right += l.p.fonts.width(s.Text[cut:], size, bold)
		at -= len(s.Text)
	}
	return left, right
}

// numberEnd returns where the whole part of the first number of s ends, in
// bytes; the end of s where it has no digit.
func numberEnd(s, decimal string) int {
	i := strings.IndexAny(s, "0123456789")
	if i < 0 {
		return len(s)
	}
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		if isDigit(r) {
			i += n
			continue
		}
		next, _ := utf8.DecodeRuneInString(s[i+n:])
		grouping := strings.ContainsRune(",.'’ \u00a0\u2009\u202f", r) && string(r) != decimal
		if grouping && isDigit(next) {
			i += n
			continue
		}
		break
	}
	return i
}
