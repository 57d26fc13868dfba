package stats

import (
	"math/bits"
)

// Dimensions is how many dimensions the sequence has.
const Dimensions = 32

// directions are the primitive polynomials and initial direction numbers of
// Joe and Kuo, "Constructing Sobol sequences with better two-dimensional
// projections", SIAM J. Sci. Comput. 30 (2008), table new-joe-kuo-6. Dimension
// 0 is the van der Corput sequence.
var directions = [Dimensions]struct {
	poly uint32
	m    []uint32
}{
	{1, nil},
	{3, []uint32{1}},
	{7, []uint32{1, 3}},
	{11, []uint32{1, 3, 1}},
	{13, []uint32{1, 1, 1}},
	{19, []uint32{1, 1, 3, 3}},
	{25, []uint32{1, 3, 5, 13}},
	{37, []uint32{1, 1, 5, 5, 17}},
	{41, []uint32{1, 1, 5, 5, 5}},
	{47, []uint32{1, 1, 7, 11, 19}},
	{55, []uint32{1, 1, 5, 1, 1}},
	{59, []uint32{1, 1, 1, 3, 11}},
	{61, []uint32{1, 3, 5, 5, 31}},
	{67, []uint32{1, 3, 3, 9, 7, 49}},
	{91, []uint32{1, 1, 1, 15, 21, 21}},
	{97, []uint32{1, 3, 1, 13, 27, 49}},
	{103, []uint32{1, 1, 1, 15, 7, 5}},
	{109, []uint32{1, 3, 1, 15, 13, 25}},
	{115, []uint32{1, 1, 5, 5, 19, 61}},
	{131, []uint32{1, 3, 7, 11, 23, 15, 103}},
	{137, []uint32{1, 3, 7, 13, 13, 15, 69}},
	{143, []uint32{1, 1, 3, 13, 7, 35, 63}},
	{145, []uint32{1, 3, 5, 9, 1, 25, 53}},
	{157, []uint32{1, 3, 1, 13, 9, 35, 107}},
	{167, []uint32{1, 3, 1, 5, 27, 61, 31}},
	{171, []uint32{1, 1, 5, 11, 19, 41, 61}},
	{185, []uint32{1, 3, 5, 3, 3, 13, 69}},
	{191, []uint32{1, 1, 7, 13, 1, 19, 1}},
	{193, []uint32{1, 3, 7, 5, 13, 19, 59}},
	{203, []uint32{1, 1, 3, 9, 25, 29, 41}},
	{211, []uint32{1, 3, 5, 13, 23, 1, 55}},
	{213, []uint32{1, 3, 7, 3, 13, 59, 17}},
}

// Sobol is one dimension of a Sobol sequence with Owen's scrambling, done by a
// hash as in Burley, "Practical hash-based Owen scrambling", JCGT 9 (2020),
// after Laine and Karras. Its points are a function of the dimension, the seed
// and their number alone.
type Sobol struct {
	v    [32]uint32
	seed uint32
}

// NewSobol returns a dimension from 0 to Dimensions − 1, scrambled by seed.
//
// Note: two scrambles of one dimension are strongly correlated (±0.6 to
// ±0.9), so a dimension must not serve two quantities.
func NewSobol(dimension int, seed uint32) *Sobol {
	s := &Sobol{seed: seed}
	d := directions[dimension]
	degree := bits.Len32(d.poly) - 1
	for k := range s.v {
		switch {
		case dimension == 0:
			s.v[k] = 1 << (31 - k)
		case k < degree:
			s.v[k] = d.m[k] << (31 - k)
		default:
			x := s.v[k-degree] ^ s.v[k-degree]>>degree
			for i := 1; i < degree; i++ {
				if d.poly>>(degree-i)&1 == 1 {
					x ^= s.v[k-i]
				}
			}
			s.v[k] = x
		}
	}
	return s
}

// Fill writes the points start, start+1, … in Gray-code order to dst. They lie
// strictly between 0 and 1.
func (s *Sobol) Fill(start int, dst []float64) {
	x := uint32(0)
	for k, gray := 0, uint32(start)^uint32(start)>>1; gray != 0; k, gray = k+1, gray>>1 {
		if gray&1 == 1 {
			x ^= s.v[k]
		}
	}
	for i := range dst {
		dst[i] = (float64(owen(x, s.seed)) + 0.5) / (1 << 32)
		x ^= s.v[bits.TrailingZeros32(uint32(start+i+1))&31]
	}
}

func owen(x, seed uint32) uint32 {
	x = bits.Reverse32(x)
	x ^= x * 0x3d20adea
	x += seed
	x *= seed>>16 | 1
	x ^= x * 0x05526c56
	x ^= x * 0x53a22864
	return bits.Reverse32(x)
}

// Seed mixes a seed and names into one 64-bit number (FNV-1a, then the
// finalizer of SplitMix64). Names are kept apart: ("ab", "c") and ("a", "bc")
// differ.
func Seed(seed uint64, names ...string) uint64 {
	const prime = 1099511628211
	h := uint64(14695981039346656037)
	add := func(b byte) { h = (h ^ uint64(b)) * prime }
	for i := range 8 {
		add(byte(seed >> (8 * i)))
	}
	for _, n := range names {
		for i := range len(n) {
			add(n[i])
		}
		add(0)
		add(byte(len(n)))
		add(byte(len(n) >> 8))
	}
	return mix(h)
}

func mix(x uint64) uint64 {
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
