package sendcloud

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/textproto"
	"strings"
	"syscall"
)

// NetworkProblem says why no answer came.
type NetworkProblem string

// Why no answer came. Those from ProxyPassword on stay until somebody changes something.
const (
	HostNotFound NetworkProblem = "host not found"
	Refused      NetworkProblem = "connection refused"
	TimedOut     NetworkProblem = "timed out"
	Reset        NetworkProblem = "connection reset"
	Unreachable  NetworkProblem = "unreachable" // anything else
	ProxyDown    NetworkProblem = "proxy unreachable"

	ProxyPassword    NetworkProblem = "proxy wants a password"
	ProxyRefused     NetworkProblem = "proxy refused"
	ProxyMalformed   NetworkProblem = "proxy address malformed"
	NotTLS           NetworkProblem = "no TLS on this port"
	TLSVersion       NetworkProblem = "no common TLS version"
	UnknownAuthority NetworkProblem = "unknown certificate authority"
	TLSFailed        NetworkProblem = "TLS failed"
)

// lasting reports whether the same call fails again until somebody changes something.
func (p NetworkProblem) lasting() bool {
	switch p {
	case ProxyPassword, ProxyRefused, ProxyMalformed, NotTLS, TLSVersion, UnknownAuthority, TLSFailed:
		return true
	}
	return false
}

// problem tells why no answer came.
func problem(err error) NetworkProblem {
	if p := proxyProblem(err); p != "" {
		return p
	}
	var (
		dns       *net.DNSError
		timeout   net.Error
		cert      *tls.CertificateVerificationError
		record    tls.RecordHeaderError
		alert     tls.AlertError
		authority x509.UnknownAuthorityError
		hostname  x509.HostnameError
		header    textproto.ProtocolError // one that was cut off
	)
	const versionAlert = tls.AlertError(70) // protocol_version, RFC 8446 section 6
	switch {
	case errors.As(err, &timeout) && timeout.Timeout():
		return TimedOut
	case errors.As(err, &dns):
		return HostNotFound
	case errors.Is(err, syscall.ECONNREFUSED):
		return Refused
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, syscall.ECONNABORTED), errors.Is(err, syscall.EPIPE),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed),
		errors.As(err, &header):
		return Reset
	case errors.Is(err, http.ErrSchemeMismatch), errors.As(err, &record):
		return NotTLS
	case errors.As(err, &alert) && alert == versionAlert, strings.Contains(err.Error(), "unsupported protocol version"):
		return TLSVersion
	case errors.As(err, &authority):
		return UnknownAuthority
	case errors.As(err, &cert), errors.As(err, &alert), errors.As(err, &hostname):
		return TLSFailed
	}
	return Unreachable
}

// proxyProblem tells what a proxy between us and the service did wrong. net/http has types for few of these: a proxy
// that refuses to connect makes an error of nothing but its status text.
func proxyProblem(err error) NetworkProblem {
	var op *net.OpError
	if errors.As(err, &op) && op.Op == "proxyconnect" {
		return ProxyDown
	}
	inner := err
	for next := errors.Unwrap(inner); next != nil; next = errors.Unwrap(inner) {
		inner = next
	}
	switch text := inner.Error(); {
	case strings.Contains(err.Error(), "invalid proxy address"):
		return ProxyMalformed
	case text == http.StatusText(http.StatusProxyAuthRequired):
		return ProxyPassword
	default:
		for code := http.StatusBadRequest; code < 600; code++ {
			if text == http.StatusText(code) && text != "" {
				return ProxyRefused
			}
		}
	}
	return ""
}
