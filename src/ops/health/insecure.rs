//! An address that begins with `http://`: what is typed there can be read on the way. Addresses of
//! this machine and of the house are left out.

use super::Why;
use super::subject::{Subject, host};

pub(super) fn check(subject: &Subject) -> Option<Why> {
    let open = subject
        .urls
        .iter()
        .filter(|url| url.trim_start().get(..7).is_some_and(|scheme| scheme.eq_ignore_ascii_case("http://")));
    let host = open.filter_map(|url| host(url.trim_start())).find(|host| !is_near(host))?;
    Some(Why::Insecure { host })
}

/// This machine, a private network (RFC 1918, RFC 4193), a name without a dot, `.local`, and onion
/// services, which are encrypted anyway.
fn is_near(host: &str) -> bool {
    match host.parse::<core::net::IpAddr>() {
        Ok(core::net::IpAddr::V4(four)) => four.is_loopback() || four.is_private() || four.is_link_local(),
        Ok(core::net::IpAddr::V6(six)) => {
            six.is_loopback() || matches!(six.segments()[0], 0xfc00..=0xfdff | 0xfe80)
        }
        Err(_) => {
            !host.contains('.')
                || [".local", ".localhost", ".lan", ".internal", ".home.arpa", ".test", ".onion"]
                    .iter()
                    .any(|end| host.ends_with(end))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_house_are_no_finding() {
        for near in
            ["localhost", "192.168.0.1", "10.1.2.3", "::1", "fd00::1", "router", "nas.local", "abc.onion"]
        {
            assert!(is_near(near), "{near}");
        }
        for far in ["example.jp", "203.0.113.9", "2001:db8::1"] {
            assert!(!is_near(far), "{far}");
        }
    }
}
