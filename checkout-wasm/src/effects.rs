//! Carries out what the update asks for. It knows how, never whether.

use checkout_protocol::api::session_view::{Confirm, Surface, SurfaceKind, WindowSize};
use checkout_protocol::checkout::{AttemptRef, Effect as Asked, Event, Fact, Nonce, Notice, Phase};
use checkout_protocol::error_code::ErrorCode;
use checkout_protocol::frame_message::{Field, FrameCall};
use checkout_protocol::id::ChallengeId;
use checkout_ui::model::Model;
use checkout_ui::text::Sentence;
use checkout_ui::update::{Action, Effect};
use checkout_ui::view::saved_cards;
use checkout_ui::wire::write;

use crate::api::{self, Failure};
use crate::clock::{outside_tasks, pause, spawn};
use crate::port::ANSWER_MS;
use crate::program::{Confirmation, Program};
use crate::{bank_window, browser, entropy, frame, jwe, object, overlay, page, poll};

/// How often the server is told which opening of the bank counts, when the network fails.
const SURFACE_TRIES: u32 = 4;

/// Carries one out.
pub fn carry_out(program: &'static Program, effect: Effect) {
    match effect {
        Effect::Checkout(asked) => carry_out_asked(program, asked),
        Effect::Tell(call) => program.port.tell(&call),
        Effect::Focus(place) => frame::focus(program, place),
        Effect::ShowSavedCards => {
            let (legend, choices, came_late) = program.with(|model| {
                let legend = model.words.say(Sentence::ChooseCard).to_owned();
                (legend, saved_cards::choices(model), model.saved.came_late)
            });
            frame::show_saved_cards(&legend, &choices, came_late);
        }
        Effect::Show(field, text) => {
            program.history.borrow_mut().clear();
            frame::put(field, &text);
        }
        Effect::ShowEmail(email) => frame::put(Field::Email, &email),
        Effect::RemoveCard(id) => spawn(remove_card(program, id)),
        Effect::AskSecret(reason) => page::ask_secret(program, reason),
        Effect::ForgetCard => {
            program.confirmation.take();
        }
        Effect::ExpireIn { ms } => {
            // Not at once and again and again, should the two clocks disagree.
            let ms = u32::try_from(ms).unwrap_or(u32::MAX).max(1_000);
            program
                .expiry
                .after(ms, move || happened(program, Event::DeadlinePassed));
        }
        Effect::ShowLocale(locale) => {
            let title = program.with(|model| model.words.say(Sentence::DocumentTitle).to_owned());
            frame::show_locale(locale, &title);
        }
    }
}

fn carry_out_asked(program: &'static Program, asked: Asked) {
    match asked {
        Asked::Confirm(attempt) => spawn(confirm(program, attempt)),
        Asked::ConfirmAgain(attempt) => spawn(confirm_again(program, attempt)),
        Asked::Poll => poll::start(program),
        Asked::StopPolling => {
            program.poll.stop();
            // The attempt is over: nobody waits for its bank any more.
            program.opening.next();
            program.at_bank.next();
        }
        Asked::AskNow => poll::ask_now(program),
        Asked::PresentHidden(challenge) => overlay::present_hidden(program, challenge),
        Asked::WaitForFingerprint => {
            let ms = program.limits.fingerprint_ms;
            program
                .at_fingerprint
                .after(ms, move || happened(program, Event::FingerprintTimeUp));
        }
        // When the server does not hear it, it goes on by its own clock.
        Asked::SkipFingerprint(challenge) => {
            let skipped = api::skip_fingerprint(program, challenge);
            spawn(async move {
                let _ = skipped.await;
            });
        }
        Asked::TryWindow(challenge) => {
            outside_tasks(move || bank_window::try_window(program, challenge));
        }
        Asked::TakeSurface(challenge, surface, nonce) => {
            spawn(async move {
                take_surface(program, challenge, surface, nonce, None).await;
            });
        }
        Asked::WaitForOpening { handle } => {
            let limits = program.limits;
            let ms = if handle {
                limits.opening_with_handle_ms
            } else {
                limits.opening_ms
            };
            program
                .opening
                .after(ms, move || happened(program, Event::OpeningTimeUp));
        }
        Asked::WaitForBank => {
            let ms = program.limits.bank_ms;
            program
                .at_bank
                .after(ms, move || happened(program, Event::BankTimeUp));
        }
        Asked::CloseWindow => {
            // A payer who left, or whose time is over, is still at the bank; every other ending came by way of it.
            let is_coming_back = program.with(|model| {
                matches!(
                    model.checkout.phase,
                    Phase::Succeeded
                        | Phase::Ready {
                            notice: Some(Notice::Failed(_))
                        }
                )
            });
            program.bank.close(is_coming_back);
            program.port.tell(&FrameCall::ChallengeDismiss);
        }
        Asked::Present(challenge) => overlay::present(program, challenge),
        Asked::GoToBank(challenge) => spawn(go_to_bank(program, challenge)),
        Asked::Leave(attempt) => spawn(leave(program, attempt)),
        Asked::Announce(_) => debug_assert!(false, "the update turns announcements into calls"),
    }
}

async fn remove_card(program: &'static Program, id: String) {
    program.dispatch(match api::remove_card(program, &id).await {
        // What is not there any more is removed, whoever did it.
        Ok(_) | Err(Failure::Refused(ErrorCode::ResourceNotFound, _)) => Action::CardRemoved(id),
        Err(_) => Action::RemoveFailed(id),
    });
}

fn happened(program: &'static Program, event: Event) {
    program.dispatch(Action::Happened(event, None));
}

async fn confirm(program: &'static Program, attempt: AttemptRef) {
    let Some(body) = confirmation(program, attempt).await else {
        return happened(
            program,
            Event::Refused(attempt, ErrorCode::EncryptionFailed),
        );
    };
    program.confirmation.replace(Some(Confirmation {
        attempt,
        body,
        failures: 0,
    }));
    send_confirmation(program, attempt).await;
}

async fn confirmation(program: &'static Program, attempt: AttemptRef) -> Option<String> {
    let (payment_method, save_card, secret) = program.with(|model| {
        let method = model.payment_method();
        // A card, or the code of a saved one; nothing for a saved card that is charged without.
        let secret = match (&method, model.needs_code()) {
            (None, _) => Some(jwe::card(&model.form.card()?)),
            (Some(_), true) => Some(jwe::code(&model.form.code()?)),
            (Some(_), false) => None,
        };
        Some((method, model.saves_card(), secret))
    })?;
    let (brand, email) = program.with(|model| (model.form.chosen_brand(), model.form.email()));
    let session = program.session.borrow().clone();
    let sealed = match secret {
        Some(secret) => Some(
            jwe::sealed(secret, &program.card_key, &session)
                .await
                .ok()?,
        ),
        None => None,
    };
    let (encrypted_card, encrypted_security_code) = match payment_method {
        None => (sealed, None),
        Some(_) => (None, sealed),
    };
    let confirm = Confirm {
        attempt_id: attempt.text(),
        brand: brand.filter(|_| encrypted_card.is_some()),
        encrypted_card,
        payment_method,
        encrypted_security_code,
        save_card,
        email,
        browser: browser::description(),
    };
    Some(object::json(&write::confirm(&confirm)))
}

async fn confirm_again(program: &'static Program, attempt: AttemptRef) {
    let failures = match program.confirmation.borrow_mut().as_mut() {
        Some(sent) => {
            sent.failures += 1;
            sent.failures - 1
        }
        None => return,
    };
    pause(program.limits.pause_ms(failures)).await;
    send_confirmation(program, attempt).await;
}

/// Sends what was made for `attempt`, if it is still waited for.
async fn send_confirmation(program: &'static Program, attempt: AttemptRef) {
    let body = match program.confirmation.borrow().as_ref() {
        Some(sent) if sent.attempt == attempt => sent.body.clone(),
        _ => return,
    };
    if !program.with(Model::is_submitting) {
        return;
    }
    let (event, trace) = match api::confirm(program, body).await {
        Ok(outcome) => (Event::Answered(attempt, Fact::from(&outcome)), None),
        Err(Failure::Refused(code, trace)) => (Event::Refused(attempt, code), trace),
        Err(Failure::Unanswered) => (Event::Unanswered(attempt), None),
    };
    program.dispatch(Action::Happened(event, trace));
}

/// Tells the server which opening counts. Whether it knows it now.
pub async fn take_surface(
    program: &'static Program,
    challenge: ChallengeId,
    surface: SurfaceKind,
    nonce: Nonce,
    window_size: Option<WindowSize>,
) -> bool {
    let turn = program.surface.next();
    let surface = Surface {
        surface,
        nonce: nonce.text(),
        page_url: None,
        window_size,
    };
    for failures in 0..SURFACE_TRIES {
        match api::surface(program, challenge, &surface).await {
            Ok(_) => return true,
            // The challenge has moved or is over; the poll says which.
            Err(Failure::Refused(..)) => return false,
            Err(Failure::Unanswered) => pause(program.limits.pause_ms(failures)).await,
        }
        if !program.surface.is_on(turn) {
            return false;
        }
    }
    false
}

/// Takes the redirect surface and asks the page to go there. Whatever fails on the way leaves the payer with the button.
async fn go_to_bank(program: &'static Program, challenge: ChallengeId) {
    let turn = program.surface.next();
    let nonce = Nonce(entropy::bits());
    let answer = program.port.ask(&FrameCall::HostReturnUrl, ANSWER_MS).await;
    let surface = Surface {
        surface: SurfaceKind::Redirect,
        nonce: nonce.text(),
        page_url: answer.and_then(|answer| answer.text_of("url").map(str::to_owned)),
        window_size: None,
    };
    let taken = api::surface(program, challenge, &surface).await.is_ok();
    if !program.surface.is_on(turn) {
        return;
    }
    if !taken {
        return happened(program, Event::NavigationFailed);
    }
    let url = bank_window::start_page(challenge, nonce);
    program.dispatch(Action::BankUrl(url.clone()));
    let answer = program
        .port
        .ask(&FrameCall::NavigateRequest { url }, ANSWER_MS)
        .await;
    let accepted = answer.and_then(|answer| answer.bool_of("accepted"));
    match accepted {
        Some(true) => {}
        Some(false) => happened(program, Event::NavigationRefused),
        None => happened(program, Event::NavigationFailed),
    }
}

async fn leave(program: &'static Program, attempt: AttemptRef) {
    let event = match api::cancel(program, &attempt.text()).await {
        Ok(_) => Event::LeaveAccepted(attempt),
        Err(Failure::Refused(..)) => Event::LeaveRefused(attempt),
        Err(Failure::Unanswered) => Event::LeaveUnanswered(attempt),
    };
    happened(program, event);
}
