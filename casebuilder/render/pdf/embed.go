package pdf

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/go-pdf/fpdf"
)

// object is one PDF object: its dictionary, and the bytes of its stream.
type object struct {
	dict   string
	stream []byte // nil: not a stream
}

// resources are the fonts and the image of a document as PDF objects. Their
// references among one another are numbers in objects.
type resources struct {
	objects map[int]object
	fonts   map[string]int // key of a face: its object
	image   int            // 0: none
}

// embed lets fpdf make the subsets of the fonts and the image: it draws every
// character once on a page that is then thrown away, and its objects are read
// back from the file that it writes.
func embed(fs *fonts, l *logo) (*resources, error) {
	f := fpdf.New("P", "pt", "A4", "")
	f.SetCatalogSort(true)
	f.SetAutoPageBreak(false, 0)
	f.AddPage()
	var faces []*face
	for i, fc := range fs.all() {
		if len(fc.used) == 0 {
			continue
		}
		family := fmt.Sprintf("f%d", i)
		f.AddUTF8FontFromBytes(family, "", bytes.Clone(fc.data)) // fpdf pads tables in place
		f.SetFont(family, "", 10)
		f.Text(10, 10, string(sortedRunes(fc.used)))
		faces = append(faces, fc)
	}
	if l != nil {
		f.RegisterImageOptionsReader("logo", fpdf.ImageOptions{ImageType: "PNG"}, bytes.NewReader(l.png))
		f.ImageOptions("logo", 0, 0, 10, 10, false, fpdf.ImageOptions{ImageType: "PNG"}, 0, "")
	}
	var out bytes.Buffer
	if err := f.Output(&out); err != nil {
		return nil, fmt.Errorf("embedding the fonts: %w", err)
	}
	objs, err := readObjects(out.Bytes())
	if err != nil {
		return nil, fmt.Errorf("embedding the fonts: %w", err)
	}
	r := &resources{objects: map[int]object{}, fonts: map[string]int{}}
	for _, n := range sortedKeys(objs) {
		o := objs[n]
		if strings.Contains(o.dict, "/Subtype /Image") {
			r.image = n
			r.keep(objs, n)
		}
		for _, fc := range faces {
			name := fmt.Sprintf("/utf8f%d\n", slices.Index(fs.all(), fc))
			if strings.Contains(o.dict, "/Subtype /Type0") && strings.Contains(o.dict, "/BaseFont "+name) {
				r.fonts[fc.key] = n
				r.keep(objs, n)
			}
		}
	}
	if len(r.fonts) != len(faces) {
		return nil, errors.New("embedding the fonts: a font is missing from the file")
	}
	return r, r.finish(fs)
}

// keep takes an object and all that it refers to.
func (r *resources) keep(objs map[int]object, n int) {
	if _, ok := r.objects[n]; ok {
		return
	}
	r.objects[n] = objs[n]
	for _, m := range reference.FindAllStringSubmatch(objs[n].dict, -1) {
		if k, err := strconv.Atoi(m[1]); err == nil {
			r.keep(objs, k)
		}
	}
}

var reference = regexp.MustCompile(`\b(\d+) 0 R\b`)

// renumbered returns a dictionary with its references mapped.
func renumbered(dict string, num map[int]int) string {
	return reference.ReplaceAllStringFunc(dict, func(s string) string {
		n, _ := strconv.Atoi(strings.Fields(s)[0])
		return fmt.Sprintf("%d 0 R", num[n])
	})
}

// finish names the subsets as the standard asks, and gives each font a map to
// Unicode of the characters that it holds.
func (r *resources) finish(fs *fonts) error {
	for i, fc := range fs.all() {
		font, ok := r.fonts[fc.key]
		if !ok {
			continue
		}
		runes := sortedRunes(fc.used)
		old, name := fmt.Sprintf("/utf8f%d", i), "/"+subsetTag(runes)+"+"+fc.name
		for n, o := range r.objects {
			o.dict = strings.ReplaceAll(o.dict, old+"\n", name+"\n")
			r.objects[n] = o
		}
		m := regexp.MustCompile(`/ToUnicode (\d+) 0 R`).FindStringSubmatch(r.objects[font].dict)
		if m == nil {
			return fmt.Errorf("embedding %s: no map to Unicode", fc.name)
		}
		n, _ := strconv.Atoi(m[1])
		r.objects[n] = object{"<<>>", toUnicode(runes)}
	}
	return nil
}

// subsetTag is six capitals that follow from the characters of the subset.
func subsetTag(runes []rune) string {
	sum := sha256.Sum256([]byte(string(runes)))
	tag := make([]byte, 6)
	for i := range tag {
		tag[i] = 'A' + sum[i]%26
	}
	return string(tag)
}

// toUnicode is a character map for text in which each code is its character.
func toUnicode(runes []rune) []byte {
	var b bytes.Buffer
	b.WriteString("/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n" +
		"/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n" +
		"/CMapName/Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n")
	for part := range slices.Chunk(runes, 100) {
		fmt.Fprintf(&b, "%d beginbfchar\n", len(part))
		for _, r := range part {
			fmt.Fprintf(&b, "<%04X><%04X>\n", r, r)
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap\nCMapName currentdict/CMap defineresource pop\nend\nend\n")
	return b.Bytes()
}

// readObjects reads the objects of a file that fpdf has written: numbered from
// 1, with one plain cross-reference table, each object ending where the next
// begins. Streams are unpacked.
func readObjects(file []byte) (map[int]object, error) {
	bad := errors.New("want a file with one cross-reference table, got another form")
	i := bytes.LastIndex(file, []byte("startxref"))
	if i < 0 {
		return nil, bad
	}
	fields := strings.Fields(string(file[i:]))
	if len(fields) < 2 {
		return nil, bad
	}
	at, err := strconv.Atoi(fields[1])
	if err != nil || at < 0 || at >= i {
		return nil, bad
	}
	lines := strings.Split(string(file[at:i]), "\n")
	if len(lines) < 3 || lines[0] != "xref" {
		return nil, bad
	}
	ends := []int{at}
	starts := map[int]int{}
	for n, l := range lines[2:] {
		if !strings.HasSuffix(l, " n ") {
			continue
		}
		off, err := strconv.Atoi(l[:10])
		if err != nil || off < 0 || off > at {
			return nil, bad
		}
		starts[n] = off
		ends = append(ends, off)
	}
	slices.Sort(ends)
	objs := map[int]object{}
	for n, off := range starts {
		j, _ := slices.BinarySearch(ends, off)
		body := file[off:ends[j+1]]
		body = bytes.TrimPrefix(body, fmt.Appendf(nil, "%d 0 obj\n", n))
		o := object{}
		dict, stream, isStream := bytes.Cut(body, []byte("\nstream\n"))
		o.dict = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(string(dict)), "endobj"))
		if isStream {
			k := bytes.LastIndex(stream, []byte("\nendstream"))
			if k < 0 {
				return nil, bad
			}
			if o.stream = stream[:k]; strings.Contains(o.dict, "/FlateDecode") {
				z, err := zlib.NewReader(bytes.NewReader(o.stream))
				if err != nil {
					return nil, fmt.Errorf("unpacking a stream: %w", err)
				}
				if o.stream, err = io.ReadAll(z); err != nil {
					return nil, fmt.Errorf("unpacking a stream: %w", err)
				}
			}
		}
		objs[n] = o
	}
	return objs, nil
}

func sortedRunes(m map[rune]bool) []rune {
	rs := make([]rune, 0, len(m))
	for r := range m {
		rs = append(rs, r)
	}
	slices.Sort(rs)
	return rs
}

func sortedKeys[V any](m map[int]V) []int {
	ks := make([]int, 0, len(m))
	for k := range m {
		ks = append(ks, k)
	}
	slices.Sort(ks)
	return ks
}
