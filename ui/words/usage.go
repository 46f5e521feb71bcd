package words

import "bounceboard/sendcloud"

// What is wrong with a command line.
var (
	UnknownCommand, UnknownFlag, NoArguments, ValueMissing       = four("UnknownCommand UnknownFlag NoArguments ValueMissing")
	ValueEmpty, NotANumber, notAChoice, BadFlag, BadFault        = five("ValueEmpty NotANumber notAChoice BadFlag BadFault")
	BadSwitch, BomWithoutCSV, FlagsApart, StdinTwice, FileUnread = five("BadSwitch BomWithoutCSV FlagsApart StdinTwice FileUnread")
	StandardInput, NoTerminal, LocaleNotUTF8, AddressPublic      = four("StandardInput NoTerminal LocaleNotUTF8 AddressPublic")
	AddressUnusable, AddressMalformed                            = two("AddressUnusable AddressMalformed")
)

// What is wrong with configuration and credentials.
var (
	ConfigAt, ConfigUnread, ConfigReadable, ConfigWritable = four("ConfigAt ConfigUnread ConfigReadable ConfigWritable")
	ConfigForeign, ConfigSyntax, ConfigUnknown, ConfigKind = four("ConfigForeign ConfigSyntax ConfigUnknown ConfigKind")
	ConfigRange, ConfigTwoKeys, NoProfile, ChooseProfile   = four("ConfigRange ConfigTwoKeys NoProfile ChooseProfile")

	BaseUnused, BaseReplaced, HalfEnvironment, HalfProfile = four("BaseUnused BaseReplaced HalfEnvironment HalfProfile")
	BadCredential                                          = Sentence{"%s holds a blank, a line break or an invisible character; copy it again without", "%s 含有空格、换行或不可见字符，请重新复制并去掉"}

	CommandFailed, CommandTimeout, CommandWaits, CommandLines = four("CommandFailed CommandTimeout CommandWaits CommandLines")
	CommandEmpty                                              = Sentence{"api_key_command of profile %q printed nothing; it has to print the key", "profile %q 的 api_key_command 没有输出；它应当输出密钥"}

	LogReadable, LogUnusable, GettingStarted = three("LogReadable LogUnusable GettingStarted")
)

// What list and simulate say beside their rows.
var (
	Progress, ProgressUnknown, ProgressLeft, AtMost, PageOf         = five("Progress ProgressUnknown ProgressLeft AtMost PageOf")
	Interrupted, CameOf, CameAll, Incomplete, WindowList            = five("Interrupted CameOf CameAll Incomplete WindowList")
	ListItem, WriteFailed, Crashed, NotAmongRows, MissingOfNothing  = five("ListItem WriteFailed Crashed NotAmongRows MissingOfNothing")
	ValuesUnread, ChangedSince, ReaderGone, FileIsThere, FileUnmade = five("ValuesUnread ChangedSince ReaderGone FileIsThere FileUnmade")
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

// The heads of the table of codes.
var (
	HeadKind, HeadCode = two("HeadKind HeadCode")
)

// Help: the parts every command's help has, and the heads of the table of codes.
var (
	HelpUsage, HelpCommands, HelpExamples, HelpQuery, HelpService = five("HelpUsage HelpCommands HelpExamples HelpQuery HelpService")
	HelpScreen, HelpOutput, HelpFaults, HelpOpen, HelpOthers      = five("HelpScreen HelpOutput HelpFaults HelpOpen HelpOthers")
	HelpMore, HelpRows                                            = two("HelpMore HelpRows")
	HelpStatus                                                    = document("HelpStatus")
	HelpFilter                                                    = document("filter") // above the fields
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
