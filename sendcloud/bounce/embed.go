package bounce

import _ "embed"

//go:embed rules.txt
var builtinRules string

//go:embed texts.txt
var builtinTexts string
