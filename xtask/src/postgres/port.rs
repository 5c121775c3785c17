//! A port for a cluster.
//! Below those that systems hand out by themselves, where a client's own connection could be in the way.

use std::{
    hash::{BuildHasher, RandomState},
    net::{Ipv4Addr, TcpListener},
    ops::Range,
};

use crate::failure::Outcome;

/// After PostgreSQL's own, which a server of the person's may want back at any time.
const PORTS: Range<u16> = 5433..6000;

/// One that nobody listens on now. Where it begins to look is random, so that two commands that
/// start together rarely meet.
///
/// # Errors
/// When all are taken.
pub fn free() -> Outcome<u16> {
    let random = RandomState::new().hash_one(PORTS);
    first_free(random, |port| {
        TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_ok()
    })
    .ok_or_else(|| {
        format!(
            "every port from {} to {} is taken: end a program that listens there",
            PORTS.start,
            PORTS.end - 1
        )
        .into()
    })
}

fn first_free(random: u64, is_free: impl Fn(u16) -> bool) -> Option<u16> {
    let skipped = random % PORTS.len() as u64;
    let mut ports = PORTS
        .cycle()
        .skip(usize::try_from(skipped).unwrap_or_default())
        .take(PORTS.len());
    ports.find(|port| is_free(*port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_port_is_tried_from_wherever_it_begins() {
        for random in [0, 1, 566, 567, u64::MAX] {
            for wanted in [5433, 5700, 5999] {
                assert_eq!(first_free(random, |port| port == wanted), Some(wanted));
            }
        }
    }

    #[test]
    fn without_a_free_port_there_is_none() {
        assert_eq!(first_free(7, |_| false), None);
    }

    #[test]
    fn another_beginning_is_another_port() {
        assert_ne!(first_free(1, |_| true), first_free(2, |_| true));
    }

    #[test]
    fn a_port_that_is_taken_is_not_given() {
        let taken = free().unwrap();
        let _listener = TcpListener::bind((Ipv4Addr::LOCALHOST, taken)).unwrap();

        for _ in 0..100 {
            assert_ne!(free().unwrap(), taken);
        }
    }
}
