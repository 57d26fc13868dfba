package lint

import (
	"strings"

	"casebuilder/casebuilder/book"
)

// address is a cell of the workbook in one number, for maps of many cells.
type address uint64

func addressOf(sheet, row, col int) address {
	return address(sheet)<<40 | address(row)<<16 | address(col)
}

func (a address) place() (sheet int, cell string) {
	return int(a >> 40), book.CellName(int(a>>16&0xFFFFFF), int(a&0xFFFF))
}

// cycles looks for formulas that depend on themselves.
func (c *checker) cycles(names []string) {
	index := map[string]int{}
	for i, n := range names {
		index[strings.ToLower(n)] = i
	}
	formulas := map[address]string{}
	var order []address
	for i, n := range names {
		for _, f := range c.formulas[n] {
			a := addressOf(i, f.row, f.col)
			formulas[a] = f.formula
			order = append(order, a)
		}
	}
	const working, done = 1, 2
	state := make(map[address]byte, len(formulas))
	type frame struct {
		at   address
		next []address // the formulas it reads that are still to be followed
	}
	for _, start := range order {
		if state[start] != 0 {
			continue
		}
		stack := []frame{{start, reads(start, formulas, index)}}
		state[start] = working
		for len(stack) > 0 {
			top := &stack[len(stack)-1]
			if len(top.next) == 0 {
				state[top.at] = done
				stack = stack[:len(stack)-1]
				continue
			}
			a := top.next[0]
			top.next = top.next[1:]
			switch state[a] {
			case working:
				sheet, cell := a.place()
				c.report(names[sheet], cell, "cycle", "a formula that does not depend on itself", "="+formulas[a])
			case 0:
				state[a] = working
				stack = append(stack, frame{a, reads(a, formulas, index)})
			}
		}
	}
}

// reads returns the formula cells that the formula at an address refers to.
func reads(at address, formulas map[address]string, index map[string]int) []address {
	own := int(at >> 40)
	var out []address
	refs := book.References(formulas[at])
	for i := 0; i < len(refs); i++ {
		first, last := refs[i], refs[i]
		if i+1 < len(refs) && refs[i+1].RangeEnd {
			i++
			last = refs[i]
		}
		sheet := own
		if first.Sheet != "" {
			n, ok := index[strings.ToLower(first.Sheet)]
			if !ok {
				continue
			}
			sheet = n
		}
		if first.Row == 0 || first.Col == 0 {
			continue // whole columns and rows are not followed
		}
		for row := min(first.Row, last.Row); row <= max(first.Row, last.Row); row++ {
			for col := min(first.Col, last.Col); col <= max(first.Col, last.Col); col++ {
				a := addressOf(sheet, row, col)
				if _, ok := formulas[a]; ok {
					out = append(out, a)
				}
			}
		}
	}
	return out
}
