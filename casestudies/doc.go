// Package casestudies is the evidence that casebuilder carries: what happened
// to others, what was published, and what the model assumes before it sees
// either.
//
//   - cases/ holds one incident a file; README.md beside it says what each field
//     means and how to add a case. Embedded returns them as a Library, and
//     ReadCases reads a company's own cases, untrusted, in the same form.
//   - priors.yaml holds the intervals and constants of the model, defaults.yaml
//     the proposed intervals of all parameters, evidence.yaml the published
//     figures that both lean on, rates.csv exchange rates and US inflation.
//   - library.json and assumptions.json are made from the YAML files by go
//     generate; they are what the program reads, because it is ten times quicker.
//
// A Subject weighs the cases for one company, Library.Votes gives what they say
// about a driver, Case.Replay the material of a replay, Library.Search finds
// cases, and Library.Quality says how well founded they are. How a driver is
// updated is not known here: that is quantities, in the model.
//
// Nothing here opens a file by name, reads a clock or prints. Values returned
// by Embedded and the Load functions are shared and not to be changed.
package casestudies
