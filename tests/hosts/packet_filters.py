"""Packet filters as Linux distributions set them up, all of them open for RMC. The rule sets are constructed.

`FILTERS` is the table: the name of a filter to what firewall-cmd, nft, iptables-save and ip6tables-save answer where it
is the one in use. `skipped` is what the collector leaves alone because the kernel has no such part loaded.
"""

from collections.abc import Mapping
from typing import Final

from rmccomply.evidence.model import Damage, Evidence
from tests.hosts.building import command

ZONES: Final = "firewall-cmd --list-all-zones"
NFT: Final = "nft list ruleset"
IPTABLES, IP6TABLES = "iptables-save", "ip6tables-save"
_ZONE: Final = """\
{name}{mark}
  target: {target}
  icmp-block-inversion: no
  interfaces:{interfaces}
  sources:
  services:{services}
  ports:{ports}
  protocols:
  forward: yes
  masquerade: no
  forward-ports:
  source-ports:
  icmp-blocks:
  rich rules:

"""
_QUIET_ZONES: Final = (("block", "%%REJECT%%"), ("dmz", "default"), ("drop", "DROP"), ("external", "default"))
_LATER_ZONES: Final = (("trusted", "ACCEPT"), ("work", "default"))


def not_loaded(line: str) -> Evidence:
    """A packet filter that the collector did not ask: its part of the kernel is not loaded."""
    return skipped(line, "not-loaded")


def skipped(line: str, why: str) -> Evidence:
    """A command that the collector did not run, and its word for the reason."""
    return command(line, state="skipped", exit_status=None, damage=Damage("not_collected", why))


def missing(line: str) -> Evidence:
    """A command that is not on the system."""
    return command(line, state="notfound", exit_status=None, damage=Damage("command_absent", "it is not there"))


def zones(services: str, ports: str, interfaces: str = " eth0 eth1") -> Evidence:
    """All zones of firewalld, of which the default one has the interface."""

    def zone(name: str, target: str) -> str:
        return _ZONE.format(name=name, mark="", target=target, interfaces="", services="", ports="")

    public = _ZONE.format(
        name="public",
        mark=" (active)",
        target="default",
        interfaces=interfaces,
        services=f" {services}",
        ports=f" {ports}" if ports else "",
    )
    text = "".join(zone(*one) for one in _QUIET_ZONES) + public + "".join(zone(*one) for one in _LATER_ZONES)
    return command(ZONES, text)


_NFT_ZONE: Final = """\
	chain filter_IN_{zone} {{
		jump filter_INPUT_POLICIES_pre
		jump filter_IN_{zone}_pre
		jump filter_IN_{zone}_log
		jump filter_IN_{zone}_deny
		jump filter_IN_{zone}_allow
		jump filter_IN_{zone}_post
		jump filter_INPUT_POLICIES_post
		meta l4proto {{ icmp, ipv6-icmp }} accept
		reject with icmpx type admin-prohibited
	}}

	chain filter_IN_{zone}_pre {{
	}}

	chain filter_IN_{zone}_log {{
	}}

	chain filter_IN_{zone}_deny {{
	}}

	chain filter_IN_{zone}_allow {{
		tcp dport 22 ct state {{ new, untracked }} accept
		ip6 daddr fe80::/64 udp dport 546 ct state {{ new, untracked }} accept
		tcp dport 657 ct state {{ new, untracked }} accept
		udp dport 657 ct state {{ new, untracked }} accept
	}}

	chain filter_IN_{zone}_post {{
	}}

"""
FIREWALLD_NFT: Final = (
    """\
table inet firewalld {
	chain mangle_PREROUTING {
		type filter hook prerouting priority mangle + 10; policy accept;
		jump mangle_PREROUTING_POLICIES_pre
		jump mangle_PREROUTING_ZONES
		jump mangle_PREROUTING_POLICIES_post
	}

	chain mangle_PREROUTING_POLICIES_pre {
		jump mangle_PRE_policy_allow-host-ipv6
	}

	chain mangle_PREROUTING_ZONES {
		iifname "eth0" goto mangle_PRE_public
		goto mangle_PRE_public
	}

	chain mangle_PREROUTING_POLICIES_post {
	}

	chain mangle_PRE_policy_allow-host-ipv6 {
	}

	chain mangle_PRE_public {
	}

	chain nat_PREROUTING {
		type nat hook prerouting priority dstnat + 10; policy accept;
	}

	chain nat_POSTROUTING {
		type nat hook postrouting priority srcnat + 10; policy accept;
	}

	chain filter_PREROUTING {
		type filter hook prerouting priority filter + 10; policy accept;
		icmpv6 type { nd-router-advert, nd-neighbor-solicit } accept
		meta nfproto ipv6 fib saddr . mark . iif oif missing drop
	}

	chain filter_INPUT {
		type filter hook input priority filter + 10; policy accept;
		ct state { established, related } accept
		ct status dnat accept
		iifname "lo" accept
		jump filter_INPUT_ZONES
		ct state { invalid } drop
		reject with icmpx type admin-prohibited
	}

	chain filter_FORWARD {
		type filter hook forward priority filter + 10; policy accept;
		ct state { established, related } accept
		ct status dnat accept
		iifname "lo" accept
		ct state { invalid } drop
		reject with icmpx type admin-prohibited
	}

	chain filter_OUTPUT {
		type filter hook output priority filter + 10; policy accept;
		ct state { established, related } accept
		oifname "lo" accept
		ip6 daddr { ::/96, ::ffff:0.0.0.0/96, 2002::/24 } reject with icmpv6 type addr-unreachable
	}

	chain filter_INPUT_ZONES {
		iifname "eth0" goto filter_IN_public
		goto filter_IN_public
	}

	chain filter_INPUT_POLICIES_pre {
		jump filter_IN_policy_allow-host-ipv6
	}

	chain filter_INPUT_POLICIES_post {
	}

	chain filter_IN_policy_allow-host-ipv6 {
		icmpv6 type { nd-neighbor-advert, nd-neighbor-solicit, nd-router-advert, nd-redirect } accept
	}

"""
    + _NFT_ZONE.format(zone="public").rstrip("\n")
    + "\n}\n"
)
"""What `nft list ruleset` shows where firewalld runs upon nft."""
PLAIN_NFT: Final = """\
table inet filter {
	chain input {
		type filter hook input priority filter; policy drop;
		ct state established,related accept
		ct state invalid drop
		iifname "lo" accept
		ip protocol icmp accept
		meta l4proto ipv6-icmp accept
		tcp dport 22 accept
		tcp dport 657 accept
		udp dport 657 accept
		tcp dport { 80, 443 } accept
	}

	chain forward {
		type filter hook forward priority filter; policy drop;
	}

	chain output {
		type filter hook output priority filter; policy accept;
	}
}
"""
_OWN_CHAINS: Final = """\
*filter
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [41022:8812003]
-A INPUT -m state --state RELATED,ESTABLISHED -j ACCEPT
-A INPUT -p {icmp} -j ACCEPT
-A INPUT -i lo -j ACCEPT
-A INPUT -p tcp -m state --state NEW -m tcp --dport 22 -j ACCEPT
-A INPUT -p tcp -m state --state NEW -m tcp --dport 657 -j ACCEPT
-A INPUT -p udp -m state --state NEW -m udp --dport 657 -j ACCEPT
-A INPUT -j REJECT --reject-with {icmp}-{refusal}
-A FORWARD -j REJECT --reject-with {icmp}-{refusal}
COMMIT
# Completed on Fri Nov 20 03:00:00 2026
"""
_SAVED: Final = "# Generated by {name} v1.4.21 on Fri Nov 20 03:00:00 2026\n"
_FIREWALLD_CHAINS: Final = """\
*filter
:INPUT ACCEPT [0:0]
:FORWARD ACCEPT [0:0]
:OUTPUT ACCEPT [22:1801]
:INPUT_ZONES - [0:0]
:INPUT_direct - [0:0]
:IN_public - [0:0]
:IN_public_allow - [0:0]
:IN_public_deny - [0:0]
:IN_public_log - [0:0]
:OUTPUT_direct - [0:0]
-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A INPUT -i lo -j ACCEPT
-A INPUT -j INPUT_direct
-A INPUT -j INPUT_ZONES
-A INPUT -m conntrack --ctstate INVALID -j DROP
-A INPUT -j REJECT --reject-with {refusal}
-A OUTPUT -j OUTPUT_direct
-A INPUT_ZONES -i eth0 -g IN_public
-A INPUT_ZONES -g IN_public
-A IN_public -j IN_public_log
-A IN_public -j IN_public_deny
-A IN_public -j IN_public_allow
-A IN_public -p {icmp} -j ACCEPT
-A IN_public_allow -p tcp -m tcp --dport 22 -m conntrack --ctstate NEW -j ACCEPT
-A IN_public_allow -p tcp -m tcp --dport 657 -m conntrack --ctstate NEW -j ACCEPT
-A IN_public_allow -p udp -m udp --dport 657 -m conntrack --ctstate NEW -j ACCEPT
COMMIT
# Completed on Fri Nov 20 03:00:00 2026
"""
_PING: Final = "\t\tip protocol icmp icmp type echo-request counter packets 0 bytes 0 accept\n"
_NEIGHBOURS: Final = "".join(
    f"\t\tmeta l4proto ipv6-icmp icmpv6 type {kind} ip6 hoplimit 255 counter packets 9 bytes 648 accept\n"
    for kind in ("nd-router-solicit", "nd-router-advert", "nd-neighbor-solicit", "nd-neighbor-advert")
)
_UFW: Final = """\
table {family} filter {{
	chain {ufw}-before-logging-input {{
	}}

	chain {ufw}-before-input {{
		iifname "lo" counter packets 402 bytes 36120 accept
		ct state related,established counter packets 1210 bytes 98220 accept
		ct state invalid counter packets 0 bytes 0 jump {ufw}-logging-deny
		ct state invalid counter packets 0 bytes 0 drop
{icmp}		counter packets 21 bytes 1260 jump {ufw}-not-local
		counter packets 21 bytes 1260 jump {ufw}-user-input
	}}

	chain {ufw}-not-local {{
		fib daddr type local counter packets 21 bytes 1260 return
		fib daddr type multicast counter packets 0 bytes 0 return
		fib daddr type broadcast counter packets 0 bytes 0 return
		limit rate 3/minute burst 10 packets counter packets 0 bytes 0 jump {ufw}-logging-deny
		counter packets 0 bytes 0 drop
	}}

	chain {ufw}-logging-deny {{
		limit rate 3/minute burst 10 packets counter packets 0 bytes 0 log prefix "[UFW BLOCK] "
	}}

	chain {ufw}-user-input {{
		tcp dport 22 counter packets 3 bytes 180 accept
		tcp dport 657 counter packets 2 bytes 120 accept
		udp dport 657 counter packets 16 bytes 960 accept
	}}

	chain {ufw}-before-output {{
		oifname "lo" counter packets 402 bytes 36120 accept
		ct state related,established counter packets 900 bytes 88100 accept
		counter packets 12 bytes 720 jump {ufw}-user-output
	}}

	chain {ufw}-user-output {{
	}}

	chain {ufw}-track-output {{
		ip protocol tcp ct state new counter packets 4 bytes 240 accept
	}}

	chain INPUT {{
		type filter hook input priority filter; policy drop;
		counter packets 1633 bytes 135600 jump {ufw}-before-logging-input
		counter packets 1633 bytes 135600 jump {ufw}-before-input
	}}

	chain FORWARD {{
		type filter hook forward priority filter; policy drop;
	}}

	chain OUTPUT {{
		type filter hook output priority filter; policy accept;
		counter packets 1314 bytes 124940 jump {ufw}-before-output
		counter packets 12 bytes 720 jump {ufw}-track-output
	}}
}}
"""


_SUSE_CHAINS: Final = """\
*filter
:INPUT DROP [0:0]
:FORWARD DROP [0:0]
:OUTPUT ACCEPT [4102:881200]
:input_ext - [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT
-A INPUT -p {icmp} -m conntrack --ctstate RELATED -j ACCEPT
-A INPUT -j input_ext
-A INPUT -m limit --limit 3/min -j LOG --log-prefix "SFW2-IN-ILL-TARGET " --log-tcp-options --log-ip-options
-A INPUT -j DROP
-A OUTPUT -o lo -j ACCEPT
-A input_ext -m pkttype --pkt-type broadcast -j DROP
-A input_ext -p tcp -m tcp --dport 22 -j ACCEPT
-A input_ext -p tcp -m tcp --dport 657 -j ACCEPT
-A input_ext -p udp -m udp --dport 657 -j ACCEPT
-A input_ext -m comment --comment "sfw2.insert.pos" -m pkttype ! --pkt-type unicast -j DROP
-A input_ext -j DROP
COMMIT
"""


def _saved(chains: str) -> tuple[Evidence, Evidence]:
    four = chains.format(icmp="icmp", refusal="host-prohibited")
    six = chains.format(icmp="ipv6-icmp", refusal="adm-prohibited").replace("ipv6-icmp-adm", "icmp6-adm")
    return (
        command(IPTABLES, _SAVED.format(name=IPTABLES) + four),
        command(IP6TABLES, _SAVED.format(name=IP6TABLES) + six),
    )


def _later(listing: str) -> str:
    """As firewalld 2 prints its zones: the default one is told, and each has its priorities."""
    priorities = "  ingress-priority: 0\n  egress-priority: 0\n  icmp-block-inversion"
    return listing.replace("(active)", "(default, active)").replace("  icmp-block-inversion", priorities)


NO_LEGACY: Final = (not_loaded(IPTABLES), not_loaded(IP6TABLES))
_OFF: Final = command(ZONES, "", 252, "FirewallD is not running\n")
_PORTS: Final = zones("cockpit dhcpv6-client ssh", "657/tcp 657/udp")
Given = Mapping[str, Evidence]
"""The answers of a host by their requests."""
FILTERS: Final[Mapping[str, tuple[Evidence, ...]]] = {
    "none": (missing(ZONES), not_loaded(NFT), *NO_LEGACY),
    "firewalld": (_PORTS, command(NFT, FIREWALLD_NFT), *NO_LEGACY),
    "firewalld with the services of RSCT": (
        zones("cockpit dhcpv6-client rsct-ctrmc rsct-ctrmc-tls ssh", ""),
        command(NFT, FIREWALLD_NFT.replace("657 ct", "{ 657, 12601 } ct", 1)),
        *NO_LEGACY,
    ),
    "firewalld upon iptables": (_PORTS, not_loaded(NFT), *_saved(_FIREWALLD_CHAINS)),
    "firewalld 2": (
        command(ZONES, _later("\n".join(_PORTS.out.lines) + "\n")),
        command(
            NFT, FIREWALLD_NFT.replace("firewalld {", "firewalld { # progname firewalld\n\tflags owner,persist\n", 1)
        ),
        *NO_LEGACY,
    ),
    "nft": (_OFF, command(NFT, PLAIN_NFT), *NO_LEGACY),
    "nft without rules": (missing(ZONES), command(NFT, ""), *NO_LEGACY),
    "iptables beside nft": (missing(ZONES), command(NFT, ""), *_saved(_OWN_CHAINS)),
    "SuSEfirewall2": (missing(ZONES), not_loaded(NFT), *_saved(_SUSE_CHAINS)),
    "iptables": (missing(ZONES), not_loaded(NFT), *_saved(_OWN_CHAINS)),
    "ufw": (
        missing(ZONES),
        command(
            NFT,
            _UFW.format(family="ip", ufw="ufw", icmp=_PING) + _UFW.format(family="ip6", ufw="ufw6", icmp=_NEIGHBOURS),
        ),
        *NO_LEGACY,
    ),
}
"""Name to the four answers."""
