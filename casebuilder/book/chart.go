package book

// ChartKind is how a chart draws its series.
type ChartKind int

// The kinds of charts.
const (
	Scatter ChartKind = iota // points on two number axes, joined by lines where a series has one
	Columns                  // standing bars over categories
	Bars                     // lying bars beside categories, the first on top
)

// Chart is a native chart that follows the cells it refers to. A legend is
// drawn from three named series on; below that the title and labels name them.
type Chart struct {
	Kind    ChartKind
	Stacked bool // of Columns and Bars: series on top of each other
	Overlap bool // of Bars and Columns: series over each other (tornado)
	Gap     int  // between bars, per cent of their width; 0 is 60

	At            string // upper left cell, "B12"
	Width, Height int    // pixels at 96 to the inch

	// Title is the message. Where it is empty the chart has none: a heading in
	// the cells above it stands to the left as on paper, and follows edits.
	// Measure, unit and period belong there too, or on the axes: LibreOffice
	// draws all lines of a title alike, so that a title has one.
	Title    string
	TitleRef string // a cell that holds the title, so that it follows edits; Title is then its cached text
	Alt      string // for readers of the screen: kind, message, key values

	X, Y   Axis // of Bars, X are the categories although they stand upright
	Series []Series
}

// Axis is one axis of a chart. Of a category axis only Title and Hidden count.
type Axis struct {
	Title    string
	Format   Format
	Min, Max *float64 // nil lets the program choose
	Step     float64  // between ticks; 0 lets the program choose
	Log      bool     // logarithmic, base 10
	Grid     bool     // light lines at the ticks
	Hidden   bool
}

// Series is one series of a chart. References name their sheet:
// "Ranges!$B$7:$B$31".
type Series struct {
	Name    string // shown in the legend
	NoKey   bool   // left out of the legend, such as the transparent base of a waterfall
	NameRef string // a cell that holds the name, so that it follows edits; Name is then its cached text
	X       string // numbers of Scatter, else category texts
	Y       string // numbers
	Colour  Role   // of the line or the bars; NoColour draws nothing
	Fill    Fill
	Points  []Point // looks of single bars or markers, where they differ; in order, may be shorter than the data

	Line   float64 // width in points of a Scatter line; 0 draws none
	Dashed bool
	Marker Marker

	Labels      Labels
	LabelAt     []int  // the points that carry a label, from 0, in order; nil labels all
	LabelFormat Format // of LabelValue
}

// Point is how one bar or marker of a series looks.
type Point struct {
	Colour Role
	Fill   Fill // of a bar
}

// Fill is how bars are filled.
type Fill int

// The fills.
const (
	Solid Fill = iota
	Outlined
	Hatched
)

// Marker is the sign at a point.
type Marker int

// The markers.
const (
	NoMarker Marker = iota
	Dot
	Diamond
	Square
)

// Labels is what stands beside the points of a series. Both kinds follow
// edits in every program.
type Labels int

// The labels.
const (
	NoLabels   Labels = iota
	LabelValue        // the value
	LabelName         // the name of the series
)
