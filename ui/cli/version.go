package cli

import (
	"fmt"
	"runtime/debug"
)

// buildVersion is what the Go tool wrote into the binary. A build without
// version control has neither.
func buildVersion() (version, commit string) {
	version, commit = "devel", "unknown"
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return version, commit
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		version = v
	}
	modified := ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			commit = s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			modified = "+changes"
		}
	}
	return version, commit + modified
}

func versionLine() string {
	version, commit := buildVersion()
	return fmt.Sprintf("bounceboard %s (commit %s)\n", version, commit)
}
