//! What the bank's pages show.

use axum::http::StatusCode;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::bank_faults::BankFault;
use crate::bank_text::{Language, Texts, amount};
use crate::bank_way::BankWay;
use crate::cards::Brand;
use crate::faults::FaultSettings;
use crate::payment_request::Payment;
use crate::random;

const STYLE: &str = include_str!("bank.css");

/// How often the page that waits for the app loads itself anew, in seconds.
const REFRESH: u8 = 2;

/// How a page is looked at.
#[derive(Clone, Debug)]
pub(crate) struct View {
    pub(crate) language: Language,
    /// What its address asks for.
    pub(crate) chosen_fault: Option<BankFault>,
    pub(crate) chosen_way: Option<BankWay>,
    /// What is set for all pages.
    pub(crate) set: FaultSettings,
}

impl View {
    pub(crate) fn fault(&self) -> BankFault {
        self.chosen_fault.unwrap_or(self.set.bank)
    }

    pub(crate) fn way(&self) -> BankWay {
        self.chosen_way.unwrap_or(self.set.bank_asks)
    }

    /// The same choice in an address.
    pub(crate) fn address(&self) -> String {
        self.address_in(self.language)
    }

    fn address_in(&self, language: Language) -> String {
        let fault = self
            .chosen_fault
            .map(|fault| format!("&fault={}", fault.name()));
        let way = self.chosen_way.map(|way| format!("&asks={}", way.name()));
        format!(
            "?lang={}{}{}",
            language.tag(),
            fault.unwrap_or_default(),
            way.unwrap_or_default()
        )
    }

    fn texts(&self) -> &'static Texts {
        self.language.texts()
    }
}

/// There is no such challenge.
pub(crate) fn not_found(status: StatusCode, view: &View) -> Response {
    let texts = view.texts();
    let content = html! {
        h1 { (texts.not_found) }
        p.lead { (texts.not_found_advice) }
    };
    document(status, view, None, &content)
}

fn page(view: &View, content: &Markup) -> Response {
    document(StatusCode::OK, view, None, content)
}

/// The document around `content`, with the headers that protect it; it loads itself anew after `refresh` seconds.
///
/// `form-action` allows every web address, because browsers hold it against the redirects after a form too and the
/// way back leads over pages of the gateway and the merchant. There is no `frame-ancestors`: any shop may frame a bank.
fn document(status: StatusCode, view: &View, refresh: Option<u8>, content: &Markup) -> Response {
    let nonce = random::token();
    let policy = format!(
        "default-src 'none'; style-src 'nonce-{nonce}'; form-action http: https:; base-uri 'none'"
    );
    let headers = [
        (CONTENT_SECURITY_POLICY, policy.as_str()),
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    let document = html_of(view, (&nonce, refresh), content);
    (status, headers, document).into_response()
}

fn html_of(view: &View, (nonce, refresh): (&str, Option<u8>), content: &Markup) -> Markup {
    let texts = view.texts();
    let other = view.language.other();
    html! {
        (DOCTYPE)
        html lang=(view.language.tag()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex";
                @if let Some(seconds) = refresh {
                    meta http-equiv="refresh" content={ (seconds) ";url=" (view.address()) };
                }
                title { (texts.title) " – " (texts.bank) }
                style nonce=(nonce) { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    p.notice { (texts.test_notice) }
                    div.bar {
                        span.bank { (emblem()) (texts.bank) }
                        a href=(view.address_in(other)) lang=(other.tag()) hreflang=(other.tag()) {
                            (texts.other_language)
                        }
                    }
                }
                main { (content) }
            }
        }
    }
}

/// Asks for a code; `wrong`: that many were, the last of them just now.
pub(crate) fn code(payment: &Payment, view: &View, wrong: Option<u8>) -> Response {
    let texts = view.texts();
    let mistake = wrong.map(|wrong| {
        if wrong > 1 {
            texts.last_try
        } else {
            texts.wrong_code
        }
    });
    let content = html! {
        h1 { (texts.title) }
        (summary(payment, view))
        form #question method="post" action=(view.address()) {
            p.lead #lead { (texts.lead) }
            label for="code" { (texts.code) }
            input #code name="code" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength="8"
                required autofocus spellcheck="false"
                aria-describedby=(if mistake.is_some() { "mistake lead" } else { "lead" })
                aria-invalid=[mistake.map(|_| "true")];
            (alert(mistake))
            // Pressing Enter takes the first button.
            button #confirm name="action" value="confirm" { (texts.confirm) }
            (cancel(texts))
        }
        (test_codes(texts))
    };
    page(view, &content)
}

/// Waits for the bank's app; `asked_early`: the payer says it is done, and it is not.
pub(crate) fn app(payment: &Payment, view: &View, challenge: &str, asked_early: bool) -> Response {
    let texts = view.texts();
    let content = html! {
        h1 { (texts.title) }
        (summary(payment, view))
        form #question method="post" action=(view.address()) {
            p.lead role="status" { (texts.app_lead) }
            (alert(asked_early.then_some(texts.app_not_yet)))
            button #approved name="action" value="continue" { (texts.app_done) }
            (cancel(texts))
        }
        section.codes aria-labelledby="codes" {
            h2 #codes { (texts.codes_title) }
            a #phone href={ "/acs/" (challenge) "/phone" (view.address()) } target="_blank" rel="noopener" {
                (texts.app_open_phone)
            }
        }
    };
    document(StatusCode::OK, view, Some(REFRESH), &content)
}

/// By which way the payer wants to be asked.
pub(crate) fn choice(payment: &Payment, view: &View) -> Response {
    let texts = view.texts();
    let content = html! {
        h1 { (texts.title) }
        (summary(payment, view))
        form #question method="get" action="" {
            p.lead { (texts.choice_lead) }
            input type="hidden" name="lang" value=(view.language.tag());
            @if let Some(fault) = view.chosen_fault {
                input type="hidden" name="fault" value=(fault.name());
            }
            @for (way, text) in [(BankWay::App, texts.choice_app), (BankWay::Code, texts.choice_code)] {
                button id={ "choose-" (way.name()) } name="asks" value=(way.name()) { (text) }
            }
        }
        form method="post" action=(view.address()) { (cancel(texts)) }
    };
    page(view, &content)
}

/// What the payer's phone shows.
pub(crate) fn phone(payment: &Payment, view: &View) -> Response {
    let texts = view.texts();
    let content = html! {
        h1 { (texts.phone_title) }
        (summary(payment, view))
        form method="post" action=(view.address()) {
            button #approve name="action" value="approve" { (texts.phone_approve) }
            button #refuse .quiet name="action" value="refuse" { (texts.phone_refuse) }
        }
    };
    page(view, &content)
}

/// The phone was answered.
pub(crate) fn phone_done(view: &View) -> Response {
    let texts = view.texts();
    let content = html! {
        h1 { (texts.phone_done) }
        p.lead { (texts.phone_done_advice) }
    };
    page(view, &content)
}

/// The answer is taken, and nothing leads back.
pub(crate) fn lost(view: &View) -> Response {
    let content = html! {
        h1 { (view.texts().title) }
        p.lead { "–" }
    };
    page(view, &content)
}

fn alert(mistake: Option<&str>) -> Markup {
    html! {
        @if let Some(mistake) = mistake {
            p.mistake #mistake role="alert" { (mistake) }
        }
    }
}

fn cancel(texts: &Texts) -> Markup {
    html! {
        button #cancel .quiet name="action" value="cancel" formnovalidate { (texts.cancel) }
    }
}

fn summary(payment: &Payment, view: &View) -> Markup {
    let texts = view.texts();
    html! {
        dl {
            div.amount {
                dt { (texts.amount) }
                dd { (amount(&payment.amount, view.language)) }
            }
            div {
                dt { (texts.merchant) }
                dd { (payment.merchant_account) }
            }
            div {
                dt { (texts.card) }
                dd {
                    @if let Some(brand) = payment.brand() { (Brand::display_name(brand)) " " }
                    span.dots aria-hidden="true" { "••••" } " " (payment.last_four)
                }
            }
        }
    }
}

fn test_codes(texts: &Texts) -> Markup {
    html! {
        section.codes aria-labelledby="codes" {
            h2 #codes { (texts.codes_title) }
            ul {
                @for (code, effect) in texts.codes {
                    li { code { (code) } span { (effect) } }
                }
            }
        }
    }
}

/// An invented bank's sign: a shield with a tick.
fn emblem() -> Markup {
    html! {
        svg viewBox="0 0 24 24" width="28" height="28" aria-hidden="true" focusable="false" {
            path fill="currentColor" d="M12 1.5 3 5v6.2c0 5.3 3.7 9.6 9 11.3 5.3-1.7 9-6 9-11.3V5z" {}
            path fill="none" stroke="#fff" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"
                d="m7.8 12.2 3 3 5.6-6" {}
        }
    }
}
