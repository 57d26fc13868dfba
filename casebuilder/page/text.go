package page

import "strings"

// Span is a piece of text of one look.
type Span struct {
	Text string
	Bold bool
	Role Role // colour; Inherit is the block's own

	// Figure is the ID, in results, of the figure that Text prints; "" for
	// words. Whoever checks the finished paper compares the two.
	Figure string

	// Link is where a click leads: "#anchor" inside the document, or an
	// address that begins with https://, http:// or mailto:.
	Link string

	// Mark sets Text as a small raised reference mark.
	Mark bool
}

// Text is a line or a paragraph: spans set one after the other, without
// spaces added between them.
type Text []Span

// T returns plain text.
func T(s string) Text {
	if s == "" {
		return nil
	}
	return Text{{Text: s}}
}

// B returns bold text.
func B(s string) Text { return Text{{Text: s, Bold: true}} }

// F returns a printed figure with its ID in results.
func F(id, s string) Text { return Text{{Text: s, Figure: id}} }

// Ref returns a raised reference mark that links to an anchor.
func Ref(mark, anchor string) Text {
	return Text{{Text: mark, Mark: true, Link: "#" + anchor}}
}

// Join sets texts one after the other.
func Join(parts ...Text) Text {
	var t Text
	for _, p := range parts {
		t = append(t, p...)
	}
	return t
}

// InBold returns a copy of t with every span bold.
func (t Text) InBold() Text {
	out := make(Text, len(t))
	for i, s := range t {
		s.Bold = true
		out[i] = s
	}
	return out
}

// String returns the text without its looks; reference marks are left out.
func (t Text) String() string {
	var b strings.Builder
	for _, s := range t {
		if !s.Mark {
			b.WriteString(s.Text)
		}
	}
	return b.String()
}

// Empty says whether nothing would be printed.
func (t Text) Empty() bool {
	for _, s := range t {
		if strings.TrimSpace(s.Text) != "" {
			return false
		}
	}
	return true
}

// Label is a string that a chart prints, with the figure that it shows.
type Label struct {
	Text   string
	Figure string // ID in results; "" for words
}

// L returns a label of plain words.
func L(s string) Label { return Label{Text: s} }
