package page

// Box is a rectangle; X and Y are its top left corner.
type Box struct{ X, Y, W, H float64 }

// Right returns the x of the right edge.
func (b Box) Right() float64 { return b.X + b.W }

// Bottom returns the y of the bottom edge.
func (b Box) Bottom() float64 { return b.Y + b.H }

// Overlaps says whether the two share more than tolerance points both ways.
func (b Box) Overlaps(o Box, tolerance float64) bool {
	return min(b.Right(), o.Right())-max(b.X, o.X) > tolerance &&
		min(b.Bottom(), o.Bottom())-max(b.Y, o.Y) > tolerance
}

// Point is a place on a canvas.
type Point struct{ X, Y float64 }

// Paint is a colour by role, mixed with the paper: Tint 0 is the role's full
// colour, 1 the bare paper. The zero Paint paints nothing.
type Paint struct {
	Role Role
	Tint float64 // 0 to 1
}

// Stroke is how a line is drawn. A zero Width draws nothing.
type Stroke struct {
	Paint Paint
	Width float64
	Dash  []float64 // lengths on and off; nil is solid
}

// TextStyle is how a text is drawn on a canvas.
type TextStyle struct {
	Size   float64
	Bold   bool
	Role   Role
	Align  Align // Left, Right or Center of x
	Figure string
}

// Canvas is what a chart draws on. Coordinates are finite; a canvas refuses
// others when the drawing is finished.
type Canvas interface {
	// Width returns the width of s in points.
	Width(s string, size float64, bold bool) float64
	// Text draws s with its baseline at y.
	Text(x, y float64, s string, st TextStyle)
	Line(x1, y1, x2, y2 float64, s Stroke)
	Rect(b Box, fill Paint, s Stroke)
	Circle(x, y, r float64, fill Paint, s Stroke)
	// Path draws a polyline, or an area when closed.
	Path(points []Point, closed bool, fill Paint, s Stroke)
	// Hatch fills b with thin slanted lines.
	Hatch(b Box, s Stroke)
}

// Drawing is a chart.
type Drawing interface {
	// Heights returns the least and the greatest useful height at a width. The
	// layout gives a height between the two, so that charts take up the slack
	// of a page.
	Heights(c Canvas, width float64) (least, greatest float64)
	// Draw draws the chart inside the box, and nothing outside it.
	Draw(c Canvas, b Box)
	// Alt says in words what is drawn: its kind and key values.
	Alt() string
	// Data returns the drawn values as a table.
	Data() Table
}
