package words

import "bounceboard/sendcloud"

// What is wrong with a command line.
var (
	UnknownCommand, UnknownFlag, NoArguments, ValueMissing          = four("UnknownCommand UnknownFlag NoArguments ValueMissing")
	ValueEmpty, NotANumber, NotAChoice, BadFlag, BadFault           = five("ValueEmpty NotANumber NotAChoice BadFlag BadFault")
	BadSwitch, AllWithPage, BomWithoutCSV, DemoAlone, StdinTwice    = five("BadSwitch AllWithPage BomWithoutCSV DemoAlone StdinTwice")
	FileUnread, StandardInput, NoTerminal, DumbTerminal             = four("FileUnread StandardInput NoTerminal DumbTerminal")
	LocaleNotUTF8, AddressPublic, AddressUnusable, AddressMalformed = four("LocaleNotUTF8 AddressPublic AddressUnusable AddressMalformed")
)

// What is wrong with configuration and credentials.
var (
	ConfigAt, ConfigMissing, ConfigUnread, ConfigReadable      = four("ConfigAt ConfigMissing ConfigUnread ConfigReadable")
	ConfigWritable, ConfigForeign, ConfigSyntax, ConfigUnknown = four("ConfigWritable ConfigForeign ConfigSyntax ConfigUnknown")
	ConfigKind, ConfigRange, ConfigTwoKeys, ConfigNoProfile    = four("ConfigKind ConfigRange ConfigTwoKeys ConfigNoProfile")
	NoProfile, ChooseProfile                                   = two("NoProfile ChooseProfile")

	BaseReplaced, HalfEnvironment, HalfProfile, BadCredential = four("BaseReplaced HalfEnvironment HalfProfile BadCredential")

	CommandFailed, CommandTimeout, CommandEmpty = three("CommandFailed CommandTimeout CommandEmpty")

	LogReadable, LogUnusable = two("LogReadable LogUnusable")
)

// GettingStarted is what a person reads who has no credentials yet. The
// argument is the path of the configuration file.
var GettingStarted = document("getting started")

// What list and simulate say beside their rows.
var (
	Progress, ProgressUnknown, ProgressLeft, ProgressRetry         = four("Progress ProgressUnknown ProgressLeft ProgressRetry")
	ProgressPaused, ProgressBudget, ProgressReread, AtMost, PageOf = five("ProgressPaused ProgressBudget ProgressReread AtMost PageOf")
	Interrupted, CameOf, CameAll, Incomplete, WindowList           = five("Interrupted CameOf CameAll Incomplete WindowList")
	ListItem, ReadThrice, WriteFailed, Crashed, NotAmongRows       = five("ListItem ReadThrice WriteFailed Crashed NotAmongRows")
	MissingOfNothing, ChangedSince, ReaderGone, FileIsThere        = four("MissingOfNothing ChangedSince ReaderGone FileIsThere")
	FileUnmade                                                     = Sentence{"%s: cannot write %s: %s", "%s：无法写入 %s：%s"}
	Rows                                                           = [3]string{"row", "rows", "行"}
)

var (
	gapUnread, gapPart, gapMaybe = three("gapUnread gapPart gapMaybe")
)

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

// Help: the parts every command's help has.
var (
	HelpUsage, HelpCommands, HelpExamples, HelpQuery, HelpService = five("HelpUsage HelpCommands HelpExamples HelpQuery HelpService")
	HelpScreen, HelpOutput, HelpFaults, HelpOpen, HelpOthers      = five("HelpScreen HelpOutput HelpFaults HelpOpen HelpOthers")
	HelpMore, HelpRows                                            = two("HelpMore HelpRows")
	HelpStatus                                                    = document("exit status")
)

// The heads of the table of codes.
var (
	HeadKind, HeadCode = two("HeadKind HeadCode")
)

// What the commands do.
var (
	RootShort                  = Sentence{"Triage mail delivery with SendCloud", "SendCloud 邮件投递排查"}
	RootLong                   = document("bounceboard")
	ListShort                  = Sentence{"Write rows to standard output", "把查询结果输出到标准输出"}
	ListLong                   = document("list")
	SimulateShort              = Sentence{"Play the service until interrupted", "运行模拟服务，直到被中断"}
	SimulateLong               = document("simulate")
	HelpShort, CompletionShort = two("HelpShort CompletionShort")
	CompletionLong             = document("completion")
	KeysShort, KeysLong        = two("KeysShort KeysLong")
	PatternsJSON               = document("patterns json") // below the help of patterns
	RulesHelp                  = document("rules")         // what explain --rules-help writes
	// What is typed is the same in both languages.
	RootExamples       = document("bounceboard examples")
	ListExamples       = document("list examples")
	SimulateExamples   = document("simulate examples")
	CompletionExamples = document("completion examples")
)

// Flags by name. What stands in backquotes is the name of the value.
var Flags = pairs("flags")
