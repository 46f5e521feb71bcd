package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/netip"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/ui/words"
)

// simulation is what simulate is told.
type simulation struct {
	addr    string
	public  bool
	options sendcloudtest.Options
}

func simulateCommand(c *console) *cobra.Command {
	sim := &simulation{addr: "127.0.0.1:0", options: sendcloudtest.Options{Seed: 1}}
	o := &sim.options
	play := newGroup(c.lang, words.HelpFaults, func(s *flagSet) {
		s.of = "simulate/"
		s.text(&sim.addr, "addr")
		s.yes(&sim.public, "public")
		s.add(value(func(v string) (err error) {
			if o.Records, err = whole("--records", v, 0, 0); o.Records == 0 {
				o.Records = -1 // none; 0 is the default there
			}
			return err
		}), "records")
		s.add(value(func(v string) error {
			n, err := whole("--seed", v, 0, 0)
			o.Seed = uint64(max(n, 0))
			return err
		}), "seed")
		s.text(&o.APIUser, "api-user")
		s.text(&o.APIKey, "api-key")
		s.duration(&o.Latency, "latency")
		o.Faults = sendcloudtest.Faults{}
		fault := s.add(addFaults(o.Faults), "fault")
		fault.Usage = fmt.Sprintf(fault.Usage, strings.Join(knownFaults(), ", "))
		s.number(&o.CallsPerMinute, "calls-per-minute", 1, 0)
	})
	open := newGroup(c.lang, words.HelpOpen, func(s *flagSet) {
		s.of = "switch/"
		for _, sw := range o.Switches() {
			switchFlag(c.lang, s, sw)
		}
	})
	cmd := newCommand(c, "simulate [flags]", words.SimulateShort, words.SimulateLong, words.SimulateExamples, play, open)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return simulate(cmd.Context(), c, sim) }
	return cmd
}

// addFaults adds the faults that each of several flags tells.
func addFaults(to sendcloudtest.Faults) value {
	return func(v string) error {
		more, err := sendcloudtest.ParseFaults(v)
		if err != nil {
			return usage(words.BadFault, v, strings.Join(knownFaults(), ", "))
		}
		maps.Copy(to, more)
		return nil
	}
}

func knownFaults() []string {
	var kinds []string
	for _, f := range sendcloudtest.KnownFaults() {
		kinds = append(kinds, string(f))
	}
	return kinds
}

// switchFlag is one open point as a flag.
func switchFlag(lang words.Lang, s *flagSet, sw sendcloudtest.Switch) {
	f := s.add(value(func(v string) error {
		switch err := sw.Set(v); {
		case err == nil:
			return nil
		case sw.Values != nil:
			return usage(words.NotAChoice, "--"+sw.Name, v, strings.Join(sw.Values, ", "))
		}
		return usage(words.BadSwitch, "--"+sw.Name, v)
	}), sw.Name)
	kind := strings.Join(sw.Values, "|")
	if sw.Values == nil {
		kind = lang.Say(words.Flags["switch/type-"+sw.Type()])
	}
	f.Annotations = map[string][]string{valueName: {kind}}
}

// simulate plays the service until the context ends.
func simulate(ctx context.Context, c *console, sim *simulation) error {
	host, port, err := net.SplitHostPort(sim.addr)
	if err == nil {
		_, err = strconv.ParseUint(port, 10, 16)
	}
	if err != nil {
		return usage(words.AddressMalformed, sim.addr)
	}
	if !sim.public && !isLoopback(host) {
		return usage(words.AddressPublic, sim.addr)
	}
	service, err := sendcloudtest.New(sim.options)
	if err != nil {
		return usage(words.Labelling, "simulate", strings.TrimPrefix(err.Error(), "sendcloudtest: "))
	}
	if err := service.Listen(sim.addr); err != nil {
		return failed(words.AddressUnusable, sim.addr, bindReason(err))
	}
	defer service.Close()
	c.last.takeTime() // calls that hang are closed first
	if _, err := fmt.Fprintf(c.Out, "listening on %s\n", service.URL); err != nil {
		return outputError(err)
	}
	<-ctx.Done()
	return ended(exitDone)
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}

// bindReason is what the system said, without the address around it.
func bindReason(err error) string {
	var op *net.OpError
	if errors.As(err, &op) {
		err = op.Err
	}
	return err.Error()
}
