package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/bits"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/urfave/cli/v2"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"casebuilder/casebuilder"
	"casebuilder/casebuilder/company"
	"casebuilder/casebuilder/diag"
	"casebuilder/casebuilder/group"
	"casebuilder/casebuilder/group/batch"
	"casebuilder/casebuilder/intake"
	"casebuilder/casebuilder/results"
	"casebuilder/casebuilder/store"
	"casebuilder/casestudies"
)

func batchCommand(s Streams) *cli.Command {
	return &cli.Command{
		Name: "batch", Usage: "make a packet for each business unit, and the group's papers", ArgsUsage: "UNITS",
		Description: "UNITS is a folder of company files (YAML), or a table with a row a unit (.csv or\n.xlsx). A unit that has problems stops nothing: it is named, and the group is\nlabelled as so many of so many units.\n\nExample:\n  casebuilder batch units.csv --defaults group.yaml -o out",
		Flags: append([]cli.Flag{
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "`DIR` for a folder a unit, group.pdf, group.xlsx and manifest.json"},
			&cli.StringFlag{Name: "defaults", Usage: "company `FILE` that fills what a unit leaves out, with the block group"},
			&cli.IntFlag{Name: "jobs", Value: runtime.GOMAXPROCS(0), Usage: "`NUMBER` of units at a time"},
			&cli.BoolFlag{Name: "resume", Usage: "skip units that are done and unchanged"},
			&cli.StringFlag{Name: "shard", Usage: "build one `PART` of the units, such as 1/3; rollup joins the parts"},
			&cli.BoolFlag{Name: "force", Usage: "overwrite workbooks that hold a reviewer's entries"},
			unitPagesFlag(),
		}, buildFlags()...),
		Action: func(c *cli.Context) error { return runBatch(c, s) },
	}
}

func unitPagesFlag() cli.Flag {
	return &cli.BoolFlag{Name: "unit-pages", Usage: "add a page for each unit to group.pdf"}
}

// maxTable is the largest table of units that is read, in bytes.
const maxTable = intake.MaxTable

func runBatch(c *cli.Context, s Streams) error {
	if c.Args().Len() != 1 {
		return usage("want one folder or table of units, got %d", c.Args().Len())
	}
	dir := c.String("output")
	if dir == "" {
		return usage("want a folder for the files: -o DIR")
	}
	o := batch.Options{Dir: dir, Jobs: c.Int("jobs"), Resume: c.Bool("resume"), Tool: results.Tool{Name: "casebuilder", Version: Version()}}
	if o.Jobs < 1 || o.Jobs > 1024 {
		return usage("--jobs: want a number of units from 1 to 1024, got %d", o.Jobs)
	}
	if shard := c.String("shard"); shard != "" {
		var err error
		if o.Shard, o.Shards, err = batch.ParseShard(shard); err != nil {
			return usage("--shard: %w", err)
		}
	}
	in := casebuilder.Input{Seed: c.Uint64("seed"), Trials: c.Int("trials"), Version: Version()}
	if n := in.Trials; n < 256 || n > 16384 || bits.OnesCount(uint(n)) != 1 {
		return usage("--trials: want a power of two from 256 to 16384, got %d", n)
	}
	var err error
	if in.Pitch, err = pitchOptions(c); err != nil {
		return err
	}
	if in.Library, err = library(c, s); err != nil {
		return err
	}
	opts, err := intakeOptions(c, in.Library)
	if err != nil {
		return err
	}
	if file := c.String("defaults"); file != "" {
		if opts.Defaults, err = readDefaults(s, file, opts); err != nil {
			return err
		}
		if o.Group = opts.Defaults.Group; o.Group != nil {
			if err := group.CheckCurrency(o.Group, opts.Today); err != nil {
				return badInput(err)
			}
		}
	}
	units, err := readUnits(c.Args().First(), opts)
	if err != nil {
		return err
	}
	texts, err := in.Pitch.Fingerprint()
	if err != nil {
		return err
	}
	o.Settings = batch.Settings{Seed: in.Seed, Trials: in.Trials, AsOf: opts.AsOf.String(), Profile: in.Pitch.Profile, Paper: in.Pitch.Paper.String(), Lang: in.Pitch.Lang,
		Library: in.Library.Fingerprint(), Assumptions: casestudies.AssumptionsFingerprint(), Texts: texts, UnitPages: c.Bool("unit-pages")}
	of := func(p *company.Profile) casebuilder.Input {
		in := in
		in.Profile = p
		return in
	}
	o.Fingerprint = func(p *company.Profile) (string, error) { return casebuilder.Fingerprint(of(p)) }
	var shared []company.Shared
	if o.Group != nil {
		shared = o.Group.Shared
	}
	o.Build = func(p *company.Profile) (*batch.Packet, error) { return casebuilder.BuildUnit(of(p), shared) }
	if !c.Bool("force") {
		o.Keep = keepReview
	}
	var solved *group.Case
	o.Papers = func(g *group.Case) ([]store.File, error) {
		solved = g
		return casebuilder.GroupPapers(g, in.Pitch, o.Settings.UnitPages)
	}
	return carryOut(s, o, units, &solved)
}

// carryOut runs a batch and says how it went.
func carryOut(s Streams, o batch.Options, units *intake.Units, solved **group.Case) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	go func() {
		<-ctx.Done()
		stop() // a second Ctrl-C ends the program at once
	}()
	start, built, skipped := time.Now(), 0, 0
	told := map[string]batch.Event{} // by place
	bar := newProgress(s, mine(units, o))
	o.Tell = func(e batch.Event) {
		if e.Skipped {
			skipped++
		} else if e.Entry.Status == batch.Done {
			built++
		}
		if len(e.Warnings)+len(e.Problems) > 0 || e.Err != nil {
			told[e.Entry.Place] = e
		}
		bar.step()
	}
	m, err := batch.Run(ctx, units, o)
	bar.end()
	if m != nil {
		for _, e := range m.Units {
			tell(s.Err, told[e.Place])
		}
		took := time.Since(start)
		if built > 0 {
			fmt.Fprintf(s.Err, "%s built in %.1f s, %.1f a second\n", count(built, "unit", "units"), took.Seconds(), float64(built)/took.Seconds())
		}
		if skipped > 0 {
			fmt.Fprintf(s.Err, "%s unchanged, skipped\n", count(skipped, "unit", "units"))
		}
	}
	var busy *store.BusyError
	switch {
	case errors.As(err, &busy), errors.Is(err, batch.ErrStopped):
		return failed(err)
	case m != nil && err != nil:
		return withoutPapers(s, err)
	case err != nil:
		return err
	}
	if o.Shards > 0 {
		return toldShard(s, m, o)
	}
	return toldGroup(s, m, *solved, o.Dir)
}

// withoutPapers says why the group's papers are missing while its units are
// there.
func withoutPapers(s Streams, err error) error {
	for line := range strings.Lines(err.Error()) {
		fmt.Fprintln(s.Err, diag.Printable(strings.TrimRight(line, "\n")))
	}
	return failed(errors.New("the units are done, but the group's papers could not be made"))
}

// mine is how many units a run builds.
func mine(units *intake.Units, o batch.Options) int {
	if o.Shards == 0 {
		return units.Len()
	}
	return (units.Len() - o.Shard + o.Shards) / o.Shards
}

// tell prints what is to be said of one unit.
func tell(w io.Writer, e batch.Event) {
	printWarnings(w, e.Warnings)
	for _, p := range e.Problems {
		if p.Place.File != e.Place.File { // in the defaults, which many units share
			fmt.Fprintf(w, "%s, %s: ", diag.Printable(e.Place.String()), diag.Printable(e.Entry.Name))
		}
		fmt.Fprintln(w, p.Error())
	}
	if e.Err != nil {
		for line := range strings.Lines(e.Err.Error()) {
			fmt.Fprintf(w, "%s: %s\n", diag.Printable(e.Entry.Name), diag.Printable(strings.TrimSpace(line)))
		}
	}
}

// toldShard ends a shard.
func toldShard(s Streams, m *batch.Manifest, o batch.Options) error {
	done, of := 0, 0
	for i, e := range m.Units {
		if i%o.Shards != o.Shard-1 {
			continue
		}
		of++
		if e.Status == batch.Done {
			done++
		}
	}
	fmt.Fprintf(s.Out, "shard %d of %d: %d of %s in %s; casebuilder rollup %s joins the shards\n", o.Shard, o.Shards, done, count(of, "unit", "units"), diag.Printable(o.Dir), diag.Printable(o.Dir))
	if done < of {
		return failed(fmt.Errorf("%d of %s are missing", of-done, count(of, "unit", "units")))
	}
	return nil
}

// toldGroup ends a batch or a roll-up: the group in a few lines.
func toldGroup(s Streams, m *batch.Manifest, g *group.Case, dir string) error {
	if g == nil {
		return failed(errors.New("no unit is finished; there are no papers of the group"))
	}
	group.Summary(s.Out, g)
	files := append(slices.Sorted(keys(m.Files)), batch.ManifestFile)
	fmt.Fprintf(s.Out, "wrote %s in %s\n", strings.Join(files, ", "), diag.Printable(dir))
	if n := len(g.Excluded); n > 0 {
		return failed(fmt.Errorf("%d of %s are missing from the group: manifest.json, group.pdf and group.xlsx say why", n, count(g.Of(), "unit", "units")))
	}
	return nil
}

func keys(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

// readDefaults reads a defaults file.
func readDefaults(s Streams, file string, opts intake.Options) (*intake.Defaults, error) {
	src, err := store.Read(file, maxCompany)
	if err != nil {
		return nil, badInput(err)
	}
	d, warnings, err := intake.ReadDefaults(file, src, opts)
	printWarnings(s.Err, warnings)
	return d, err
}

// readUnits finds the units of a folder or of a table.
func readUnits(path string, opts intake.Options) (*intake.Units, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, badInput(err)
	}
	if info.IsDir() {
		return intake.UnitsFolder(path, os.DirFS(path), opts)
	}
	read := intake.UnitsCSV
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv", ".tsv", ".txt":
	case ".xlsx":
		read = intake.UnitsXLSX
	default:
		return nil, badInput(fmt.Errorf("%s: want a folder of company files, or a table of units (.csv or .xlsx)", path))
	}
	src, err := store.Read(path, maxTable)
	if err != nil {
		return nil, badInput(err)
	}
	return read(path, src, opts)
}

// progress is a bar on a terminal, and nothing elsewhere.
type progress struct {
	bars *mpb.Progress
	bar  *mpb.Bar
}

func newProgress(s Streams, units int) *progress {
	if !terminal(s.Err) || units == 0 {
		return &progress{}
	}
	p := mpb.New(mpb.WithOutput(s.Err), mpb.WithWidth(48))
	return &progress{p, p.AddBar(int64(units), mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(decor.CountersNoUnit("%d of %d units ")),
		mpb.AppendDecorators(decor.OnComplete(decor.AverageETA(decor.ET_STYLE_GO), "")))}
}

func (p *progress) step() {
	if p.bar != nil {
		p.bar.Increment()
	}
}

// end takes the bar away, also where units are left.
func (p *progress) end() {
	if p.bar != nil {
		p.bar.Abort(true)
		p.bars.Wait()
	}
}
