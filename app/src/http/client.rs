//! Who is asking. A header is believed only where one of our own proxies wrote it.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// The address a request comes from, after trusted proxies are looked through.
///
/// A request extension, put there before any handler runs. It is for limits only: it is written
/// to no case table and to no request log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClientAddr(pub IpAddr);

impl ClientAddr {
    /// The network limits are counted for.
    pub fn network(self) -> Network {
        Network::of(self.0)
    }
}

/// What one subscriber holds: an IPv4 address, or an IPv6 /64.
///
/// Counting single IPv6 addresses would give everybody 2^64 tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Network(u128);

impl Network {
    /// The network of `addr`; an IPv4 address written in IPv6 counts as IPv4.
    pub fn of(addr: IpAddr) -> Self {
        match addr.to_canonical() {
            IpAddr::V4(v4) => Self(v4.to_ipv6_mapped().to_bits()),
            IpAddr::V6(v6) => Self(v6.to_bits() >> 64 << 64),
        }
    }

    /// Sixteen bytes that name the network, for keyed hashing.
    pub fn to_bytes(self) -> [u8; 16] {
        self.0.to_be_bytes()
    }
}

/// A text is not an address or a block of addresses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an address or block like 10.0.0.0/8: {0:?}")]
pub struct CidrError(pub String);

/// A block of addresses, `10.0.0.0/8` or a single address (RFC 4632).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cidr {
    base: IpAddr,
    bits: u8,
}

impl Cidr {
    /// Whether `addr` lies in the block. IPv4 written in IPv6 is IPv4.
    pub fn contains(&self, addr: IpAddr) -> bool {
        match (self.base, addr.to_canonical()) {
            (IpAddr::V4(base), IpAddr::V4(addr)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(self.bits)).unwrap_or(0);
                base.to_bits() & mask == addr.to_bits() & mask
            }
            (IpAddr::V6(base), IpAddr::V6(addr)) => {
                let mask = u128::MAX
                    .checked_shl(128 - u32::from(self.bits))
                    .unwrap_or(0);
                base.to_bits() & mask == addr.to_bits() & mask
            }
            _ => false,
        }
    }
}

impl FromStr for Cidr {
    type Err = CidrError;

    fn from_str(text: &str) -> Result<Self, CidrError> {
        let wrong = || CidrError(text.to_owned());
        let (addr, bits) = match text.trim().split_once('/') {
            Some((addr, bits)) => (addr, Some(bits)),
            None => (text.trim(), None),
        };
        let base: IpAddr = addr.parse().map_err(|_| wrong())?;
        let most = if base.is_ipv4() { 32 } else { 128 };
        let bits = match bits {
            Some(bits) => bits.parse().map_err(|_| wrong())?,
            None => most,
        };
        if bits > most {
            Err(wrong())
        } else {
            Ok(Self { base, bits })
        }
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.base, self.bits)
    }
}

/// The address behind `peer`.
///
/// `forwarded` are the values of `X-Forwarded-For` in the order they came. They are read from the
/// right, each believed only while the one who wrote it is in `trusted`; a value that is no address
/// ends the walk at the proxy that wrote it. Without trusted proxies the header does not exist.
pub fn client_address<'a>(
    peer: IpAddr,
    forwarded: impl DoubleEndedIterator<Item = &'a str>,
    trusted: &[Cidr],
) -> IpAddr {
    let is_trusted = |addr: IpAddr| trusted.iter().any(|block| block.contains(addr));
    let mut current = peer.to_canonical();
    let mut hops = forwarded.rev().flat_map(|value| value.rsplit(','));
    while is_trusted(current) {
        match hops.next().and_then(parse_hop) {
            Some(addr) => current = addr,
            None => break,
        }
    }
    current
}

/// Some proxies write a port: `192.0.2.1:4711`, `[2001:db8::1]:4711`.
fn parse_hop(hop: &str) -> Option<IpAddr> {
    let hop = hop.trim();
    let addr = if let Some(rest) = hop.strip_prefix('[') {
        rest.split_once(']')?.0.parse::<Ipv6Addr>().ok()?.into()
    } else if let Ok(addr) = hop.parse::<IpAddr>() {
        addr
    } else {
        hop.split_once(':')?.0.parse::<Ipv4Addr>().ok()?.into()
    };
    Some(addr.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn a_forwarded_address_is_believed_only_from_a_proxy_of_ours() {
        let rows: &[(&str, &[&str], &[&str], &str)] = &[
            // peer, header values, trusted, who asks
            ("203.0.113.9", &["198.51.100.1"], &[], "203.0.113.9"),
            (
                "203.0.113.9",
                &["198.51.100.1"],
                &["10.0.0.0/8"],
                "203.0.113.9",
            ),
            (
                "10.0.0.1",
                &["198.51.100.1"],
                &["10.0.0.0/8"],
                "198.51.100.1",
            ),
            // What the client wrote itself stands to the left and is not reached.
            (
                "10.0.0.1",
                &["127.0.0.1, 198.51.100.1"],
                &["10.0.0.0/8"],
                "198.51.100.1",
            ),
            (
                "10.0.0.1",
                &["127.0.0.1", "198.51.100.1, 10.2.0.2"],
                &["10.0.0.0/8"],
                "198.51.100.1",
            ),
            // Everybody on the way is ours: the leftmost.
            (
                "10.0.0.1",
                &["10.3.0.3,10.2.0.2"],
                &["10.0.0.0/8"],
                "10.3.0.3",
            ),
            ("10.0.0.1", &[], &["10.0.0.0/8"], "10.0.0.1"),
            ("10.0.0.1", &[""], &["10.0.0.0/8"], "10.0.0.1"),
            ("10.0.0.1", &["unknown"], &["10.0.0.0/8"], "10.0.0.1"),
            (
                "10.0.0.1",
                &["198.51.100.1:4711"],
                &["10.0.0.0/8"],
                "198.51.100.1",
            ),
            (
                "10.0.0.1",
                &["[2001:db8::1]:4711"],
                &["10.0.0.0/8"],
                "2001:db8::1",
            ),
            (
                "::ffff:10.0.0.1",
                &["2001:db8::1"],
                &["10.0.0.1"],
                "2001:db8::1",
            ),
            ("::1", &["198.51.100.1"], &["::1/128"], "198.51.100.1"),
        ];
        for (peer, forwarded, trusted, expected) in rows {
            let trusted: Vec<Cidr> = trusted.iter().map(|t| t.parse().unwrap()).collect();
            let found = client_address(ip(peer), forwarded.iter().copied(), &trusted);
            assert_eq!(found, ip(expected), "{peer} {forwarded:?} {trusted:?}");
        }
    }

    #[test]
    fn a_network_is_one_subscriber() {
        let same = |a, b| Network::of(ip(a)) == Network::of(ip(b));
        assert!(same("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"));
        assert!(!same("2001:db8:1:2::1", "2001:db8:1:3::1"));
        assert!(same("198.51.100.7", "::ffff:198.51.100.7"));
        assert!(!same("198.51.100.7", "198.51.100.8"));
    }

    #[test]
    fn blocks_are_read_strictly() {
        for good in [
            "10.0.0.0/8",
            "127.0.0.1",
            "::/0",
            "0.0.0.0/0",
            "2001:db8::/32",
        ] {
            assert!(good.parse::<Cidr>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "10.0.0.0/33",
            "::/129",
            "10.0.0/8",
            "localhost",
            "10.0.0.0/",
            "1.2.3.4/-1",
        ] {
            assert!(bad.parse::<Cidr>().is_err(), "{bad}");
        }
        let all: Cidr = "0.0.0.0/0".parse().unwrap();
        assert!(all.contains(ip("203.0.113.1")) && !all.contains(ip("::1")));
        let net: Cidr = "10.0.0.0/8".parse().unwrap();
        assert!(net.contains(ip("10.255.0.1")) && !net.contains(ip("11.0.0.1")));
    }
}
