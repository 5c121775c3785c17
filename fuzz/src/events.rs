//! What can happen to a checkout.

use checkout_protocol::api::payment_session::SessionStatus;
use checkout_protocol::api::session_view::SurfaceKind;
use checkout_protocol::checkout::{AttemptRef, Event, Fact, Facts, Nonce, Towards};
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::id::ChallengeId;

use crate::{Result, Unstructured, maybe, one_of};

/// One of few, so that they meet again.
///
/// # Errors
///
/// When the bytes are used up.
pub fn attempt(bytes: &mut Unstructured<'_>) -> Result<AttemptRef> {
    one_of(bytes, &[AttemptRef(1), AttemptRef(2), AttemptRef(3)])
}

/// One of few.
///
/// # Errors
///
/// When the bytes are used up.
pub fn challenge(bytes: &mut Unstructured<'_>) -> Result<ChallengeId> {
    one_of(
        bytes,
        &[ChallengeId::from_bits(1), ChallengeId::from_bits(2)],
    )
}

/// Any code.
///
/// # Errors
///
/// When the bytes are used up.
pub fn code(bytes: &mut Unstructured<'_>) -> Result<ErrorCode> {
    one_of(bytes, ErrorCode::ALL)
}

/// Where a session stands; mostly it is open.
///
/// # Errors
///
/// When the bytes are used up.
pub fn status(bytes: &mut Unstructured<'_>) -> Result<SessionStatus> {
    use SessionStatus::{Complete, Expired, Open};
    one_of(bytes, &[Open, Open, Open, Complete, Expired])
}

fn fact(bytes: &mut Unstructured<'_>) -> Result<Fact> {
    Ok(match bytes.int_in_range(0..=5)? {
        0 => Fact::Processing,
        1 => Fact::RequiresAction {
            challenge: challenge(bytes)?,
            opened: bytes.arbitrary()?,
        },
        2 => Fact::Succeeded,
        3 => Fact::Failed { code: code(bytes)? },
        4 => Fact::Abandoned,
        _ => Fact::Unknown,
    })
}

fn facts(bytes: &mut Unstructured<'_>) -> Result<Facts> {
    Ok(Facts {
        status: status(bytes)?,
        version: bytes.int_in_range(0..=9)?,
        attempt: maybe(bytes, |bytes| Ok((attempt(bytes)?, fact(bytes)?)))?,
    })
}

/// Any event.
///
/// # Errors
///
/// When the bytes are used up.
pub fn event(bytes: &mut Unstructured<'_>) -> Result<Event> {
    let nonce = Nonce(9);
    Ok(match bytes.int_in_range(0..=20)? {
        0 => Event::Attached(facts(bytes)?),
        1 => Event::AttachRefused(code(bytes)?),
        2 => Event::Pay(attempt(bytes)?),
        3 => Event::Answered(attempt(bytes)?, fact(bytes)?),
        4 => Event::Refused(attempt(bytes)?, code(bytes)?),
        5 => Event::Unanswered(attempt(bytes)?),
        6 => Event::Heard(facts(bytes)?),
        7 => Event::WindowTried {
            nonce,
            handle: bytes.arbitrary()?,
        },
        8 => Event::ContinuePressed {
            nonce,
            handle: bytes.arbitrary()?,
        },
        9 => Event::OpeningTimeUp,
        10 => Event::WindowClosed,
        11 => one_of(bytes, &[Event::NavigationRefused, Event::NavigationFailed])?,
        12 => Event::Nudged {
            persisted: bytes.arbitrary()?,
        },
        13 => Event::BankTimeUp,
        14 => Event::GiveUp(one_of(bytes, &[Towards::TryAgain, Towards::Cancel])?),
        15 => Event::LeaveAccepted(attempt(bytes)?),
        16 => Event::LeaveRefused(attempt(bytes)?),
        17 => Event::LeaveUnanswered(attempt(bytes)?),
        18 => Event::DeadlinePassed,
        19 => Event::CancelAsked,
        _ => Event::SurfaceChosen(one_of(bytes, &[SurfaceKind::Popup, SurfaceKind::Redirect])?),
    })
}
