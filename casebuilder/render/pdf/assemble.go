package pdf

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"time"

	"casebuilder/casebuilder/page"
)

// producer stands in the file's properties. It has no version, so that a file
// differs only where its content does.
const producer = "casebuilder"

// assemble joins sheets, resources and structure into the bytes of a file.
func (c *composer) assemble() ([]byte, error) {
	res, err := embed(c.fonts, c.logo)
	if err != nil {
		return nil, err
	}
	w := &writer{}
	catalog, pages, info, tree := w.add(""), w.add(""), w.add(""), w.add("")

	num := map[int]int{} // objects of the resources
	for _, n := range sortedKeys(res.objects) {
		o := res.objects[n]
		if o.stream != nil {
			num[n] = w.addStream("", o.stream)
		} else {
			num[n] = w.add("")
		}
	}
	for _, n := range sortedKeys(res.objects) {
		o := res.objects[n]
		dict := renumbered(o.dict, num)
		if o.stream != nil {
			dict = streamDict(dict)
		}
		w.set(num[n], dict)
	}
	var rs strings.Builder
	rs.WriteString("<</Font<<")
	for _, f := range c.fonts.all() {
		if n, ok := res.fonts[f.key]; ok {
			fmt.Fprintf(&rs, "/%s %d 0 R", f.key, num[n])
		}
	}
	rs.WriteString(">>")
	if res.image > 0 {
		fmt.Fprintf(&rs, "/XObject<</Logo %d 0 R>>", num[res.image])
	}
	rs.WriteString(">>")
	resourceObj := w.add(rs.String())

	pageObjs := make([]int, len(c.sheets))
	contents := make([]int, len(c.sheets))
	for i, s := range c.sheets {
		contents[i] = w.addStream("", []byte(s.ops.String()))
		pageObjs[i] = w.add("")
	}
	c.number(w, c.root)
	annots := 0
	var kids strings.Builder
	for i, s := range c.sheets {
		fmt.Fprintf(&kids, "%d 0 R ", pageObjs[i])
		var list strings.Builder
		for _, a := range s.annots {
			a.num = w.add(c.annotation(a, pageObjs, i, len(c.sheets)+annots))
			annots++
			fmt.Fprintf(&list, "%d 0 R ", a.num)
		}
		an := ""
		if list.Len() > 0 {
			an = "/Annots[" + list.String() + "]"
		}
		w.set(pageObjs[i], fmt.Sprintf("<</Type/Page/Parent %d 0 R/MediaBox[0 0 %s %s]/Resources %d 0 R/Contents %d 0 R/StructParents %d/Tabs/S%s>>",
			pages, c.num(c.w), c.num(c.h), resourceObj, contents[i], i, an))
	}
	w.set(pages, fmt.Sprintf("<</Type/Pages/Count %d/Kids[%s]>>", len(c.sheets), kids.String()))
	c.structure(w, c.root, tree, pageObjs)
	w.set(tree, fmt.Sprintf("<</Type/StructTreeRoot/K %d 0 R/ParentTree %d 0 R/ParentTreeNextKey %d>>",
		c.root.num, w.add(c.parentTree()), len(c.sheets)+annots))

	var labels strings.Builder
	for i, s := range c.sheets {
		if s.label == "" {
			fmt.Fprintf(&labels, "%d<</S/D/St %d>>", i, i+1)
		} else {
			fmt.Fprintf(&labels, "%d<</P%s>>", i, textString(s.label))
		}
	}
	w.set(info, c.info())
	meta := len(w.objects) + 1
	w.objects = append(w.objects, object{"/Type/Metadata/Subtype/XML", c.xmp()})
	w.set(catalog, fmt.Sprintf("<</Type/Catalog/Pages %d 0 R/Lang%s/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R/Metadata %d 0 R"+
		"/PageLabels<</Nums[%s]>>/ViewerPreferences<</DisplayDocTitle true>>%s>>",
		pages, byteString(c.doc.Language), tree, meta, labels.String(), c.outline(w, pageObjs)))
	return w.bytes(catalog, info), nil
}

// number gives every element of the tree its object.
func (c *composer) number(w *writer, e *elem) {
	e.num = w.add("")
	for _, k := range e.kids {
		if k.elem != nil {
			c.number(w, k.elem)
		}
	}
}

// structure writes the elements.
func (c *composer) structure(w *writer, e *elem, parent int, pageObjs []int) {
	home := -1 // the sheet of its first content
	for _, k := range e.kids {
		if k.elem == nil {
			home = k.sheet
			break
		}
	}
	var kids strings.Builder
	for _, k := range e.kids {
		switch {
		case k.elem != nil:
			fmt.Fprintf(&kids, "%d 0 R ", k.elem.num)
			c.structure(w, k.elem, e.num, pageObjs)
		case k.annot != nil:
			fmt.Fprintf(&kids, "<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>", k.annot.num, pageObjs[k.sheet])
		case k.sheet == home:
			fmt.Fprintf(&kids, "%d ", k.mcid)
		default:
			fmt.Fprintf(&kids, "<</Type/MCR/Pg %d 0 R/MCID %d>>", pageObjs[k.sheet], k.mcid)
		}
	}
	d := fmt.Sprintf("<</Type/StructElem/S/%s/P %d 0 R%s", e.tag, parent, e.attrs)
	if home >= 0 {
		d += fmt.Sprintf("/Pg %d 0 R", pageObjs[home])
	}
	if kids.Len() > 0 {
		d += "/K[" + strings.TrimSpace(kids.String()) + "]"
	}
	w.set(e.num, d+">>")
}

// parentTree leads from marked content and annotations back to their elements.
func (c *composer) parentTree() string {
	var b strings.Builder
	b.WriteString("<</Nums[")
	for i, s := range c.sheets {
		fmt.Fprintf(&b, "%d[", i)
		for _, e := range s.owners {
			fmt.Fprintf(&b, "%d 0 R ", e.num)
		}
		b.WriteString("]")
	}
	n := len(c.sheets)
	for _, s := range c.sheets {
		for _, a := range s.annots {
			fmt.Fprintf(&b, "%d %d 0 R ", n, a.elem.num)
			n++
		}
	}
	b.WriteString("]>>")
	return b.String()
}

func (c *composer) annotation(a *annotation, pageObjs []int, sheet, key int) string {
	where := ""
	if id, ok := strings.CutPrefix(a.target, "#"); ok {
		where = "/Dest" + c.dest(c.anchors[id], pageObjs)
	} else {
		where = "/A<</S/URI/URI" + byteString(a.target) + ">>"
	}
	return fmt.Sprintf("<</Type/Annot/Subtype/Link/P %d 0 R/Rect[%s %s]/Border[0 0 0]/F 4/StructParent %d/Contents%s%s>>",
		pageObjs[sheet], c.xy(a.box.X, a.box.Bottom()), c.xy(a.box.Right(), a.box.Y), key, textString(a.words), where)
}

func (c *composer) dest(at place, pageObjs []int) string {
	return fmt.Sprintf("[%d 0 R/XYZ 0 %s null]", pageObjs[at.sheet], c.num(c.h-max(0, at.y-gapText)))
}

// outline writes the bookmarks, two levels of them, and returns the entries of
// the catalog.
func (c *composer) outline(w *writer, pageObjs []int) string {
	if len(c.bookmarks) == 0 {
		return ""
	}
	root := w.add("")
	nums := make([]int, len(c.bookmarks))
	for i := range nums {
		nums[i] = w.add("")
	}
	type family struct{ kids []int }
	kids := map[int]*family{-1: {}} // parent's index: children's indices
	parent := make([]int, len(nums))
	last := -1
	for i, b := range c.bookmarks {
		parent[i] = -1
		if b.level == 0 {
			last = i
			kids[i] = &family{}
		} else {
			parent[i] = last
		}
		kids[parent[i]].kids = append(kids[parent[i]].kids, i)
	}
	ref := func(key string, i int) string { return fmt.Sprintf("/%s %d 0 R", key, nums[i]) }
	for i, b := range c.bookmarks {
		up := root
		if parent[i] >= 0 {
			up = nums[parent[i]]
		}
		d := fmt.Sprintf("<</Title%s/Parent %d 0 R/Dest%s", textString(b.title), up, c.dest(b.at, pageObjs))
		peers := kids[parent[i]].kids
		for j, k := range peers {
			if k != i {
				continue
			}
			if j > 0 {
				d += ref("Prev", peers[j-1])
			}
			if j < len(peers)-1 {
				d += ref("Next", peers[j+1])
			}
		}
		if f := kids[i]; f != nil && len(f.kids) > 0 {
			d += ref("First", f.kids[0]) + ref("Last", f.kids[len(f.kids)-1]) + fmt.Sprintf("/Count -%d", len(f.kids))
		}
		w.set(nums[i], d+">>")
	}
	top := kids[-1].kids
	w.set(root, fmt.Sprintf("<</Type/Outlines%s%s/Count %d>>", ref("First", top[0]), ref("Last", top[len(top)-1]), len(top)))
	return fmt.Sprintf("/Outlines %d 0 R/PageMode/UseOutlines", root)
}

// date returns the document's date at midnight UTC: the file holds no clock time.
func (c *composer) date() time.Time {
	y, m, d := c.doc.AsOf.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}

func (c *composer) info() string {
	d := c.date().Format("D:20060102150405+00'00'")
	s := "<</Title" + textString(c.doc.Title)
	if c.doc.Author != "" {
		s += "/Author" + textString(c.doc.Author)
	}
	if c.doc.Subject != "" {
		s += "/Subject" + textString(c.doc.Subject)
	}
	return s + fmt.Sprintf("/Creator(%s)/Producer(%s)/CreationDate(%s)/ModDate(%s)>>", producer, producer, d, d)
}

func (c *composer) xmp() []byte {
	esc := func(s string) string {
		var b bytes.Buffer
		_ = xml.EscapeText(&b, []byte(s)) // a buffer takes everything
		return b.String()
	}
	d := c.date().Format("2006-01-02T15:04:05Z")
	var b bytes.Buffer
	b.WriteString("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">` + "\n")
	fmt.Fprintf(&b, "<dc:format>application/pdf</dc:format>\n<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:title>\n", esc(c.doc.Title))
	if c.doc.Author != "" {
		fmt.Fprintf(&b, "<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>\n", esc(c.doc.Author))
	}
	if c.doc.Subject != "" {
		fmt.Fprintf(&b, "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">%s</rdf:li></rdf:Alt></dc:description>\n", esc(c.doc.Subject))
	}
	fmt.Fprintf(&b, "<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>\n", esc(c.doc.Language))
	fmt.Fprintf(&b, "<xmp:CreateDate>%s</xmp:CreateDate><xmp:ModifyDate>%s</xmp:ModifyDate><xmp:MetadataDate>%s</xmp:MetadataDate><xmp:CreatorTool>%s</xmp:CreatorTool>\n", d, d, d, producer)
	fmt.Fprintf(&b, "<pdf:Producer>%s</pdf:Producer></rdf:Description></rdf:RDF></x:xmpmeta>\n<?xpacket end=\"w\"?>", producer)
	return b.Bytes()
}

var _ page.Canvas = (*canvas)(nil)
