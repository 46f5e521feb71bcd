package words

import "bounceboard/sendcloud"

// What is wrong with a command line.
var (
	UnknownCommand, UnknownFlag, NoArguments, ValueMissing          = four("UnknownCommand UnknownFlag NoArguments ValueMissing")
	ValueEmpty, NotANumber, NotAChoice, BadFlag, BadFault           = five("ValueEmpty NotANumber NotAChoice BadFlag BadFault")
	BadSwitch, AllWithPage, BomWithoutCSV, DemoAlone, StdinTwice    = five("BadSwitch AllWithPage BomWithoutCSV DemoAlone StdinTwice")
	FileUnread, StandardInput, NoTerminal                           = three("FileUnread StandardInput NoTerminal")
	LocaleNotUTF8, AddressPublic, AddressUnusable, AddressMalformed = four("LocaleNotUTF8 AddressPublic AddressUnusable AddressMalformed")
)

// What is wrong with configuration and credentials.
var (
	ConfigAt, ConfigMissing, ConfigUnread, ConfigReadable      = four("ConfigAt ConfigMissing ConfigUnread ConfigReadable")
	ConfigWritable, ConfigForeign, ConfigSyntax, ConfigUnknown = four("ConfigWritable ConfigForeign ConfigSyntax ConfigUnknown")
	ConfigKind, ConfigRange, ConfigTwoKeys, ConfigNoProfile    = four("ConfigKind ConfigRange ConfigTwoKeys ConfigNoProfile")
	ConfigLine                                                 = Sentence{"%s line %d", "%s 第 %d 行"}
	NoProfile, ChooseProfile                                   = two("NoProfile ChooseProfile")

	BaseReplaced, HalfEnvironment, HalfProfile, BadCredential = four("BaseReplaced HalfEnvironment HalfProfile BadCredential")

	CommandFailed, CommandTimeout, CommandEmpty = three("CommandFailed CommandTimeout CommandEmpty")

	LogReadable, LogUnusable, GettingStarted = three("LogReadable LogUnusable GettingStarted")
)

// What list and simulate say beside their rows.
var (
	Progress, ProgressUnknown, ProgressLeft, ProgressRetry              = four("Progress ProgressUnknown ProgressLeft ProgressRetry")
	ProgressPaused, ProgressBudget, ProgressReread, AtMost, PageOf      = five("ProgressPaused ProgressBudget ProgressReread AtMost PageOf")
	Interrupted, CameOf, CameAll, Incomplete, WindowList                = five("Interrupted CameOf CameAll Incomplete WindowList")
	ListItem, ReadThrice, WriteFailed, Crashed, NotAmongRows            = five("ListItem ReadThrice WriteFailed Crashed NotAmongRows")
	MissingOfNothing, ChangedSince, ReaderGone, FileIsThere, FileUnmade = five("MissingOfNothing ChangedSince ReaderGone FileIsThere FileUnmade")
)

// Rows are the forms of the noun, for [Lang.Plural].
var Rows = [3]string{"row", "rows", "行"}

var gapUnread, gapPart, gapMaybe = three("gapUnread gapPart gapMaybe")

// GapIn says what came of a window of which rows may be missing.
func GapIn(l Lang, g sendcloud.Incomplete) string {
	switch {
	case g.Announced == 0:
		return l.Say(gapUnread, g.First, g.Last)
	case g.Came < g.Announced:
		return l.Say(gapPart, g.First, g.Last, Number(g.Came), Number(g.Announced))
	}
	return l.Say(gapMaybe, g.First, g.Last, Number(g.Came))
}

// Help: the parts every command's help has, and the heads of the table of codes.
var (
	HelpUsage, HelpCommands, HelpExamples, HelpQuery, HelpService = five("HelpUsage HelpCommands HelpExamples HelpQuery HelpService")
	HelpScreen, HelpOutput, HelpFaults, HelpOpen, HelpOthers      = five("HelpScreen HelpOutput HelpFaults HelpOpen HelpOthers")
	HelpMore, HelpRows, HelpStatus, HeadKind, HeadCode            = five("HelpMore HelpRows HelpStatus HeadKind HeadCode")
)

// What the commands do. PatternsJSON stands below the help of patterns; explain --rules-help writes RulesHelp.
var (
	RootShort, RootLong, RootExamples, ListShort, ListLong         = five("RootShort RootLong RootExamples ListShort ListLong")
	ListExamples, SimulateShort, SimulateLong, SimulateExamples    = four("ListExamples SimulateShort SimulateLong SimulateExamples")
	CompletionShort, CompletionLong, CompletionExamples, KeysShort = four("CompletionShort CompletionLong CompletionExamples KeysShort")
	KeysLong, HelpShort, PatternsJSON, RulesHelp                   = four("KeysLong HelpShort PatternsJSON RulesHelp")
)

// Flags by name. What stands in backquotes is the name of the value.
var Flags = pairs("flags")
