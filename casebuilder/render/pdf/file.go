package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"regexp"
	"strings"
)

// writer numbers objects and serialises them as PDF 1.7: dictionaries packed
// into object streams, so that a structure tree of thousands of small objects
// stays small, and one cross-reference stream.
type writer struct {
	objects []object // object n is objects[n-1]
}

// add takes an object and returns its number.
func (w *writer) add(dict string) int {
	w.objects = append(w.objects, object{dict: dict})
	return len(w.objects)
}

// addStream takes a stream, to be compressed. dict holds further entries.
func (w *writer) addStream(dict string, data []byte) int {
	w.objects = append(w.objects, object{dict: dict, stream: pack(data)})
	return len(w.objects)
}

// set gives an object its dictionary later.
func (w *writer) set(n int, dict string) { w.objects[n-1].dict = dict }

func pack(data []byte) []byte {
	var b bytes.Buffer
	z, _ := zlib.NewWriterLevel(&b, zlib.DefaultCompression) // the level is valid
	_, _ = z.Write(data)                                     // a buffer takes everything
	_ = z.Close()
	return b.Bytes()
}

var streamKeys = regexp.MustCompile(`/(Filter\s*/FlateDecode|Length \d+)\s*`)

// streamDict returns the entries of a dictionary, without those that the
// packing of the stream gives anew.
func streamDict(dict string) string {
	d := strings.TrimSpace(dict)
	d = strings.TrimSuffix(strings.TrimPrefix(d, "<<"), ">>")
	return streamKeys.ReplaceAllString(d, "")
}

const perObjectStream = 200

// bytes serialises the file. Its identifier is a hash of all of it.
func (w *writer) bytes(catalog, info int) []byte {
	var out bytes.Buffer
	out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	type entry struct {
		kind   byte
		a      uint32 // offset, or the object stream
		second uint16 // index in the object stream
	}
	entries := make([]entry, len(w.objects)+1)
	entries[0] = entry{0, 0, 65535}
	var plain []int
	for i, o := range w.objects {
		if o.stream == nil {
			plain = append(plain, i+1)
			continue
		}
		entries[i+1] = entry{1, uint32(out.Len()), 0}
		filter := "/Filter/FlateDecode"
		if strings.Contains(o.dict, "/Subtype/XML") {
			filter = "" // metadata stays readable for everybody
		}
		fmt.Fprintf(&out, "%d 0 obj\n<<%s%s/Length %d>>\nstream\n", i+1, o.dict, filter, len(o.stream))
		out.Write(o.stream)
		out.WriteString("\nendstream\nendobj\n")
	}
	for len(plain) > 0 {
		part := plain[:min(perObjectStream, len(plain))]
		plain = plain[len(part):]
		var head, body strings.Builder
		n := len(entries)
		for i, k := range part {
			fmt.Fprintf(&head, "%d %d ", k, body.Len())
			body.WriteString(w.objects[k-1].dict + "\n")
			entries[k] = entry{2, uint32(n), uint16(i)}
		}
		data := pack([]byte(head.String() + body.String()))
		entries = append(entries, entry{1, uint32(out.Len()), 0})
		fmt.Fprintf(&out, "%d 0 obj\n<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>\nstream\n", n, len(part), head.Len(), len(data))
		out.Write(data)
		out.WriteString("\nendstream\nendobj\n")
	}
	n, at := len(entries), out.Len()
	entries = append(entries, entry{1, uint32(at), 0})
	var table bytes.Buffer
	for _, e := range entries {
		table.WriteByte(e.kind)
		_ = binary.Write(&table, binary.BigEndian, e.a) // a buffer takes everything
		_ = binary.Write(&table, binary.BigEndian, e.second)
	}
	data := pack(table.Bytes())
	id := sha256.Sum256(out.Bytes())
	fmt.Fprintf(&out, "%d 0 obj\n<</Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%X><%X>]/Filter/FlateDecode/Length %d>>\nstream\n",
		n, len(entries), catalog, info, id[:16], id[:16], len(data))
	out.Write(data)
	fmt.Fprintf(&out, "\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n", at)
	return out.Bytes()
}
