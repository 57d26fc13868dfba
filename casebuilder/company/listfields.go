package company

// ListFields are the fields of appetite, options, ownership, replay and
// reviewed. In their ID "*" stands for the name of an element:
// "options.core.name" is the name of an option,
// "options.core.mfa-everywhere.one_off" a cost of an initiative,
// "appetite.levels.1.loss" that of the first level,
// "ownership.closed_sales.marketing" an owner's share, "reviewed.1.by" who
// made the first accepted change.
var ListFields = []Field{
	{ID: "appetite.approved", Kind: Day, Label: "Appetite approved on", Unit: "date", Want: wantDate,
		Help: "When the board set its appetite. Left out, the papers say \"proposed here\".", Example: "2026-05-14", Owner: "board",
		date: func(p *Profile) *Date { return &p.Appetite.Approved }},
	{ID: "appetite.levels.*.loss", Kind: Quantity, Label: "Appetite: loss", Unit: "money", Want: "a positive amount", Above: true, Max: big, Live: true,
		Needed: "a level of appetite is a loss and a chance", Help: "An amount that the board does not want to lose in one incident …", Example: "5M", Owner: "board"},
	{ID: "appetite.levels.*.chance", Kind: Quantity, Label: "Appetite: chance in a year", Unit: "share", Want: "a chance above 0% and below 100%", Above: true, Max: 1, Below: true, Live: true,
		Needed: "a level of appetite is a loss and a chance", Help: "… with more than this chance in a year.", Example: "5%", Owner: "board"},

	{ID: "options.*.id", Kind: Text, Label: "Option", Unit: "text", Want: wantID, Needed: "it names the option in every table and file",
		Help: "A short name: small letters, digits and hyphens. It names the option in every table and file.", Example: "core", Owner: "security"},
	{ID: "options.*.name", Kind: Text, Label: "Option name", Unit: "text", Want: "a name", Needed: "the papers print it",
		Help: "What the papers call it.", Example: "Close the doors", Owner: "security"},
	{ID: "options.*.not_valued", Kind: Texts, Label: "Benefits not valued", Unit: "text", Want: "a list of lines of text",
		Help: "Benefits that are real and not priced.", Example: `["faster audits"]`, Owner: "security"},

	{ID: "options.*.*.id", Kind: Text, Label: "Initiative", Unit: "text", Want: wantID,
		Help: "Made from the name where left out.", Example: "mfa-everywhere", Owner: "security"},
	{ID: "options.*.*.name", Kind: Text, Label: "Initiative name", Unit: "text", Want: "a name", Needed: "the papers print it",
		Help: "What it is, without jargon.", Example: "MFA everywhere", Owner: "security", partText: func(i *Initiative) *string { return &i.Name }},
	{ID: "options.*.*.owner", Kind: Text, Label: "Delivered by", Unit: "text", Want: "a line of text",
		Help: "Who delivers it.", Example: "Head of IT", Owner: "security", partText: func(i *Initiative) *string { return &i.Owner }},
	{ID: "options.*.*.supplier", Kind: Text, Label: "Supplier", Unit: "text", Want: "a line of text",
		Help: "Who supplies it.", Example: "tender in Q1", Owner: "security", partText: func(i *Initiative) *string { return &i.Supplier }},
	{ID: "options.*.*.one_off", Kind: Quantity, Label: "One-off cost", Unit: "money", Want: "an amount, 0 or more", Max: big, Ranges: true, Live: true, Default: 0.0, Basis: "none",
		Help: "Paid at the start: purchase, project, your own people's time, and leaving it again.", Example: "120k", Owner: "security", part: func(i *Initiative) *Number { return &i.OneOff }},
	{ID: "options.*.*.per_year", Kind: Quantity, Label: "Running cost", Unit: "money/yr", Want: "an amount a year, 0 or more", Max: big, Ranges: true, Live: true, Default: 0.0, Basis: "none",
		Help:    "Every year: licences with their rises, and what it costs elsewhere (friction at login, slower releases).",
		Example: "60k", Owner: "security", part: func(i *Initiative) *Number { return &i.PerYear }},
	{ID: "options.*.*.posts", Kind: Quantity, Label: "Posts", Unit: "staff", Want: "a number of posts, 0 or more", Max: 1e6, Ranges: true, Live: true, Default: 0.0, Basis: "none",
		Help: "People it needs for good.", Example: "0.5", Owner: "security", part: func(i *Initiative) *Number { return &i.Posts }},
	{ID: "options.*.*.saves_per_year", Kind: Quantity, Label: "Cash released", Unit: "money/yr", Want: "an amount a year, 0 or more", Max: big, Ranges: true, Live: true, Default: 0.0, Basis: "none",
		Help: "Cash that it frees every year. Not avoided losses.", Example: "20k", Owner: "security", part: func(i *Initiative) *Number { return &i.SavesPerYear }},
	{ID: "options.*.*.start_month", Kind: Quantity, Label: "Start", Unit: "months", Want: "a month from 0 to 60", Max: 60, Live: true, Default: 0.0, Basis: "at once",
		Help: "Months until it works.", Example: "6", Owner: "security", part: func(i *Initiative) *Number { return &i.StartMonth }},

	{ID: "options.*.*.cuts.*.low", Kind: Quantity, Label: "Cut, low", Unit: "share", Want: wantCut, Max: maxCut, Live: true, Needed: "an effect is known only as a range",
		Help: "It cuts at least this much in 95 of 100 cases; 0% where it may do nothing.", Example: "5%", Owner: "security"},
	{ID: "options.*.*.cuts.*.mode", Kind: Quantity, Label: "Cut, mode", Unit: "share", Want: wantCut, Max: maxCut, Live: true,
		Help: "The most likely cut; the middle where left out.", Example: "20%", Owner: "security"},
	{ID: "options.*.*.cuts.*.high", Kind: Quantity, Label: "Cut, high", Unit: "share", Want: wantCut, Max: maxCut, Live: true, Needed: "an effect is known only as a range",
		Help: "It cuts at most this much in 95 of 100 cases.", Example: "35%", Owner: "security"},
	{ID: "options.*.*.cuts.*.source", Kind: Text, Label: "Cut, source", Unit: "text", Want: "a line of text",
		Help: "What the cut rests on.", Example: "Marsh McLennan 2023, claims", Owner: "security"},

	{ID: "ownership.*.reason", Kind: Text, Label: "Ownership, reason", Unit: "text", Want: "a line of text", Needed: "a changed owner needs a reason",
		Help: "Why it is not the default owner.", Example: "shared shop", Owner: "finance"},
	{ID: "ownership.*.*", Kind: Quantity, Label: "Ownership", Unit: "share", Want: "a share from 0% to 100%", Max: 1, Live: true,
		Help: "An owner's part of a loss line; the parts of a line sum to 100%.", Example: "70%", Owner: "finance"},

	{ID: "replay", Kind: Texts, Label: "Cases to replay", Unit: "text", Want: "a list of case IDs",
		Help: "Cases to replay on the company. Left out, the nearest are chosen.", Example: "[zappos-2012]", Owner: "marketing",
		list: func(p *Profile) *[]string { return &p.Replay }},

	{ID: "reviewed.*.field", Kind: Text, Label: "Accepted change", Unit: "text", Want: "the ID of an input, such as customers.retention", Needed: "it says what was changed",
		Help: "What was changed. casebuilder review --accept writes the list.", Example: "customers.retention", Owner: "reviewer"},
	{ID: "reviewed.*.was", Kind: Text, Label: "Accepted change, was", Unit: "text", Want: "the value before, such as 78%", Needed: "a change is from one value to another",
		Help: "The value that was filed, with the names of its parts where there are several.", Example: "78%", Owner: "reviewer"},
	{ID: "reviewed.*.now", Kind: Text, Label: "Accepted change, now", Unit: "text", Want: "the value after, such as 74%", Needed: "a change is from one value to another",
		Help: "The reviewer's value. Its effect is worked out while the file still holds it.", Example: "74%", Owner: "reviewer"},
	{ID: "reviewed.*.by", Kind: Text, Label: "Accepted change, by", Unit: "text", Want: "a name", Needed: "a change has somebody who made it",
		Help: "Who made the change.", Example: "Jo Marsh", Owner: "reviewer"},
	{ID: "reviewed.*.date", Kind: Day, Label: "Accepted change, date", Unit: "date", Want: wantDate, Needed: "a change has a date",
		Help: "When.", Example: "2026-11-20", Owner: "reviewer"},
	{ID: "reviewed.*.reason", Kind: Text, Label: "Accepted change, reason", Unit: "text", Want: "a line of text", Needed: "a change has a reason",
		Help: "Why.", Example: "CRM export of May", Owner: "reviewer"},
}

const (
	maxCut   = 0.95
	wantCut  = "a share from 0% to 95%"
	wantID   = "a short name of small letters, digits and hyphens"
	wantDate = "a date such as 2026-12-31"
)
