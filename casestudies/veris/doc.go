// Package veris turns incident records in VERIS JSON (schema 1.3 and 1.4), such
// as those of the VERIS Community Database, into draft case files.
//
// A draft holds what the record says and nothing else: where the record has no
// impact block there is no cost, what is unknown stays unknown, and the number
// of records is not called people. Text that comes from the record is third-party
// text: it is short, and stands apart in the notes. The report says what was
// mapped, what was dropped, what is odd, and which files were not taken and why.
//
// The package reads from an fs.FS, or bytes, and gives drafts as bytes.
package veris
