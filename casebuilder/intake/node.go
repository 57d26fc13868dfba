package intake

import (
	"casebuilder/casebuilder/diag"
)

// form is what a node is.
type form int

const (
	scalar form = iota
	block       // keys and values
	list
	empty  // a key without a value, or null
	broken // a problem already
)

// node is one value of a company file, wherever it was read.
type node struct {
	form    form
	text    string     // of a scalar: as written, without quotes
	at      diag.Place // where the value begins
	entries []entry    // of a block, in order
	items   []*node    // of a list

	number    *float64 // of a cell that holds a number
	cell      bool     // of a table: lists are joined by ";"
	byDefault bool     // an entry that nobody gave

	source *origin // in the text of a YAML file
}

// entry is one key of a block.
type entry struct {
	key   string
	at    diag.Place // of the key
	value *node
}

// get returns the value of a key, or nil.
func (n *node) get(key string) *node {
	if e := n.entry(key); e != nil {
		return e.value
	}
	return nil
}

// entry returns the first entry with that key, or nil.
func (n *node) entry(key string) *entry {
	if n == nil || n.form != block {
		return nil
	}
	for i := range n.entries {
		if n.entries[i].key == key {
			return &n.entries[i]
		}
	}
	return nil
}

// what names the form of a node for a message; "" where it has its problem
// already.
func (n *node) what() string {
	switch n.form {
	case block:
		return "a block of keys"
	case list:
		return "a list"
	case empty:
		return "nothing"
	case broken:
		return ""
	}
	return diag.Quote(n.text)
}
