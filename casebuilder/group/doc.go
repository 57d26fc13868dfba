// Package group rolls business units up: what a year can cost all of them
// together, which of them drive the tail, what they ask for, and what the
// group pays for once.
//
// It starts from finished results, never from company files, so that units
// can be computed anywhere and in any order. Years are simulated: units of one
// platform are hit together, and percentiles are read off the group's years,
// never added up. The group's papers are made from the solved Case.
//
// The package opens no file. Package batch, inside it, runs many units and
// looks after their folders.
package group
