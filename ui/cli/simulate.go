package cli

import (
	"context"
	"fmt"
	"maps"
	"net"
	"net/netip"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"bounceboard/sendcloud/sendcloudtest"
	"bounceboard/ui/words"
)

func simulateCommand(c *console) *cobra.Command {
	o := &sendcloudtest.Options{Faults: sendcloudtest.Faults{}}
	addr, public, records, seed := "127.0.0.1:0", false, 0, 1
	kinds := strings.Join(names(sendcloudtest.KnownFaults()), ", ")
	play := newGroup(c.lang, words.HelpFaults, func(s *flagSet) {
		s.of = "simulate/"
		s.text(&addr, "addr")
		s.yes(&public, "public")
		s.number(&records, "records", 0, unbounded)
		s.number(&seed, "seed", 0, unbounded)
		s.text(&o.APIUser, "api-user")
		s.text(&o.APIKey, "api-key")
		s.add("latency", func(v string) (err error) {
			o.Latency, err = time.ParseDuration(v)
			return err
		})
		fault := s.add("fault", func(v string) error {
			more, err := sendcloudtest.ParseFaults(v)
			if err != nil {
				return usage(words.BadFault, v, kinds)
			}
			maps.Copy(o.Faults, more)
			return nil
		})
		fault.Usage = fmt.Sprintf(fault.Usage, kinds)
		s.number(&o.CallsPerMinute, "calls-per-minute", 1, unbounded)
	})
	open := newGroup(c.lang, words.HelpOpen, func(s *flagSet) {
		s.of = "switch/"
		for _, sw := range o.Switches() { // one open point is one flag
			f := s.add(sw.Name, func(v string) error {
				if err := sw.Set(v); err != nil {
					return usage(words.BadSwitch, "--"+sw.Name, v, sw.Type())
				}
				return nil
			})
			f.Usage = "`" + sw.Type() + "` " + f.Usage
			f.Annotations = map[string][]string{choices: sw.Values}
		}
	})
	cmd := newCommand(c, "simulate [flags]", words.SimulateShort, words.SimulateLong, words.SimulateExamples, play, open)
	cmd.RunE = func(cmd *cobra.Command, _ []string) error {
		o.Records, o.Seed = records, uint64(seed) //nolint:gosec // not negative
		if cmd.Flags().Changed("records") && records == 0 {
			o.Records = -1 // none; 0 is the default there
		}
		return simulate(cmd.Context(), c, addr, public, *o)
	}
	return cmd
}

func simulate(ctx context.Context, c *console, addr string, public bool, o sendcloudtest.Options) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return usage(words.AddressMalformed, addr)
	}
	if ip, err := netip.ParseAddr(host); !public && host != "localhost" && (err != nil || !ip.IsLoopback()) {
		return usage(words.AddressPublic, addr)
	}
	service, err := sendcloudtest.New(o)
	if err != nil {
		return usage(words.Labelling, "simulate", strings.TrimPrefix(err.Error(), "sendcloudtest: "))
	}
	if err := service.Listen(addr); err != nil {
		return failed(words.AddressUnusable, err.Error())
	}
	defer service.Close()
	c.patient.Store(true) // calls that hang are closed first
	if _, err := fmt.Fprintf(c.Out, "listening on %s\n", service.URL); err != nil {
		return outputError(err)
	}
	<-ctx.Done()
	return ended(exitDone)
}
