// Package batch runs many units and looks after their folders: which is done
// and unchanged, which is refused and why, what a shard leaves to the others,
// and the manifest that says all of it.
//
// It knows neither models nor papers: how a packet is made, and how the group's
// papers are, comes in as functions. A unit's folder is written as a whole, so
// that a run may end at any moment and another one goes on. What it writes
// holds no clock time and no path: the same units give the same bytes, alone,
// in a batch, in shards, in any order, with any number of workers.
package batch
