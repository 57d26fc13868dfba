package lint

import "strings"

// styleSheet is the part of a workbook that describes its styles.
type styleSheet struct {
	Formats []struct {
		ID   int    `xml:"numFmtId,attr"`
		Code string `xml:"formatCode,attr"`
	} `xml:"numFmts>numFmt"`
	Fonts []struct {
		Size   val    `xml:"sz"`
		Colour colour `xml:"color"`
	} `xml:"fonts>font"`
	Fills []struct {
		Kind   string `xml:"patternType,attr"`
		Colour colour `xml:"fgColor"`
	} `xml:"fills>fill>patternFill"`
	Cells []struct {
		Format     int `xml:"numFmtId,attr"`
		Font       int `xml:"fontId,attr"`
		Fill       int `xml:"fillId,attr"`
		Protection *struct {
			Locked string `xml:"locked,attr"`
			Hidden string `xml:"hidden,attr"`
		} `xml:"protection"`
	} `xml:"cellXfs>xf"`
}

type val struct {
	Val float64 `xml:"val,attr"`
}

type colour struct {
	RGB string `xml:"rgb,attr"`
}

// rgb returns six digits, or "" for a colour of the theme.
func (c colour) rgb() string {
	return strings.ToUpper(c.RGB[max(0, len(c.RGB)-6):])
}

// infos returns the styles of cells by number. A cell without a fill is white.
func (s styleSheet) infos() []styleInfo {
	blank := map[int]bool{}
	for _, f := range s.Formats {
		blank[f.ID] = strings.HasPrefix(f.Code, ";;")
	}
	out := make([]styleInfo, len(s.Cells))
	for i, x := range s.Cells {
		info := styleInfo{fill: "FFFFFF", blank: blank[x.Format]}
		if x.Font < len(s.Fonts) {
			info.size, info.colour = s.Fonts[x.Font].Size.Val, s.Fonts[x.Font].Colour.rgb()
		}
		if x.Fill < len(s.Fills) && s.Fills[x.Fill].Kind == "solid" {
			info.fill = s.Fills[x.Fill].Colour.rgb()
		}
		if p := x.Protection; p != nil {
			info.unlocked = p.Locked == "0" || p.Locked == "false"
			info.formulaHidden = isTrue(p.Hidden)
		}
		out[i] = info
	}
	return out
}
