package xlsx

import (
	"archive/zip"
	"bytes"
	"cmp"
	"compress/flate"
	"hash/crc32"
	"io"
	"regexp"
	"runtime"
	"slices"
	"sync"
)

// part is one file inside the workbook's zip archive, in segments that are
// made and compressed side by side and stand one after the other.
type part struct {
	name     string
	segments []segment
}

// segment appends its bytes to b. It may be called from any goroutine.
type segment func(b []byte) []byte

func fixed(content []byte) segment {
	return func(b []byte) []byte { return append(b, content...) }
}

// Levels of compression. Measured on 4,096 rows of 100 formula columns: level
// 2 is as fast as level 1 and a tenth smaller; level 6 takes twice the time
// for another tenth.
const (
	bulkLevel  = 2
	smallLevel = 6
)

// level returns the compression of a part: quick for the big sheets.
func (p part) level() int {
	if len(p.segments) > 1 {
		return bulkLevel
	}
	return smallLevel
}

// zipDate is 1980-01-01, the first date a zip archive knows. All parts carry
// it, so that the bytes do not depend on the day.
const zipDate = 1<<5 | 1

// packed is a compressed segment, with the bytes it came from.
type packed struct {
	raw, deflated []byte
	last          bool // of its part
	index         int  // of its part
}

// writeZip compresses the parts on all cores and writes them in order.
func writeZip(w io.Writer, parts []part) error {
	zw := zip.NewWriter(w)
	var body bytes.Buffer
	header := &zip.FileHeader{}
	for p := range pack(parts) {
		header.CRC32 = crc32.Update(header.CRC32, crc32.IEEETable, p.raw)
		header.UncompressedSize64 += uint64(len(p.raw))
		body.Write(p.deflated)
		last, index := p.last, p.index
		p.release() // from here on p may be in use again
		if !last {
			continue
		}
		header.Name = parts[index].name
		header.Method = zip.Deflate
		//lint:ignore SA1019 CreateRaw writes this field as it is and does not look at Modified.
		header.ModifiedDate = zipDate
		header.CompressedSize64 = uint64(body.Len())
		out, err := zw.CreateRaw(header)
		if err == nil {
			_, err = out.Write(body.Bytes())
		}
		if err != nil {
			return err
		}
		body.Reset()
		header = &zip.FileHeader{}
	}
	return zw.Close()
}

// pack yields the compressed segments of all parts in order. At most a few are
// in the works at any time, so that memory does not grow with the sheets.
func pack(parts []part) func(yield func(*packed) bool) {
	return func(yield func(*packed) bool) {
		queue := make(chan chan *packed, 2*runtime.GOMAXPROCS(0))
		stop := make(chan struct{})
		go func() {
			defer close(queue)
			for i, p := range parts {
				for j, s := range p.segments {
					done := make(chan *packed, 1)
					select {
					case queue <- done:
					case <-stop:
						return
					}
					go func() {
						r := deflate(s, p.level(), j == len(p.segments)-1)
						r.index = i
						done <- r
					}()
				}
			}
		}()
		defer close(stop)
		for done := range queue {
			if !yield(<-done) {
				return
			}
		}
	}
}

// Compressors and buffers are used again: making a compressor costs more than
// compressing a small part.
var (
	compressors = map[int]*sync.Pool{bulkLevel: compressorPool(bulkLevel), smallLevel: compressorPool(smallLevel)}
	buffers     = sync.Pool{New: func() any { return new(packed) }}
)

func compressorPool(level int) *sync.Pool {
	return &sync.Pool{New: func() any {
		w, err := flate.NewWriter(nil, level)
		if err != nil {
			panic(err) // a bug: the level is a constant
		}
		return w
	}}
}

// deflate makes one segment and compresses it. Every segment but the last of a
// part ends at a byte boundary, so that the pieces join to one stream.
func deflate(s segment, level int, last bool) *packed {
	p := buffers.Get().(*packed)
	p.raw = s(p.raw[:0])
	p.last = last
	out := bytes.NewBuffer(p.deflated[:0])
	w := compressors[level].Get().(*flate.Writer)
	w.Reset(out)
	w.Write(p.raw) // a bytes.Buffer takes everything
	if last {
		w.Close()
	} else {
		w.Flush()
	}
	compressors[level].Put(w)
	p.deflated = out.Bytes()
	return p
}

// release gives the buffers of a segment back.
func (p *packed) release() { buffers.Put(p) }

// sortParts puts the parts in a fixed order, the list of types first, as the
// programs that read a workbook as a stream expect it.
func sortParts(parts []part) {
	rank := func(p part) int {
		switch p.name {
		case "[Content_Types].xml":
			return 0
		case "_rels/.rels":
			return 1
		}
		return 2
	}
	slices.SortFunc(parts, func(a, b part) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.name, b.name))
	})
}

var typeEntry = regexp.MustCompile(`<(?:Default|Override) [^>]*/?>(?:</(?:Default|Override)>)?`)

// sortTypes puts the entries of [Content_Types].xml in order; excelize writes
// some of them in the order of a map.
func sortTypes(content []byte) []byte {
	entries := typeEntry.FindAll(content, -1)
	if len(entries) == 0 {
		return content
	}
	head, _, _ := bytes.Cut(content, entries[0])
	sorted := slices.Clone(entries)
	slices.SortFunc(sorted, bytes.Compare)
	out := slices.Clone(head)
	for i, e := range sorted {
		if i > 0 && bytes.Equal(e, sorted[i-1]) {
			continue
		}
		out = append(out, e...)
	}
	return append(out, "</Types>"...)
}
