//! Writes `checkout-element/src/generated/protocol.ts` from the Rust types, and fails when the committed file was not
//! what they say. Run with `--features schema`.
#![cfg(feature = "schema")]

use std::fmt::Write as _;
use std::path::Path;

use checkout_protocol::api::payment_session::SessionStatus;
use checkout_protocol::api::session_view::{SurfaceKind, WindowSize};
use checkout_protocol::appearance::{Appearance, Font};
use checkout_protocol::card::brand::Brand;
use checkout_protocol::error_code::{ErrorCode, ErrorType};
use checkout_protocol::frame_message::{
    Attached, BootCall, Canceled, Field, FieldMistake, FieldProblem, FrameCall, Navigating,
    NewSecret, OptionsApplied, PageCall, PhaseName, Presented, Problem, ReturnUrl, Snapshot, Theme,
    VERSION, WindowMessage,
};
use ts_rs::{Config, TS};

fn declare<T: TS>(text: &mut String) {
    let _ = writeln!(text, "\nexport {}", T::decl(&Config::default()));
}

fn generated() -> String {
    let mut text = String::from(
        "// Written by checkout-protocol/tests/typescript.rs from the Rust types. Do not edit: change the types and run\n\
         // `cargo test -p checkout-protocol --features schema`.\n\n",
    );
    let _ = writeln!(text, "export const VERSION = {VERSION};");
    declare::<WindowMessage>(&mut text);
    declare::<PageCall>(&mut text);
    declare::<BootCall>(&mut text);
    declare::<FrameCall>(&mut text);
    declare::<Snapshot>(&mut text);
    declare::<PhaseName>(&mut text);
    declare::<FieldProblem>(&mut text);
    declare::<Field>(&mut text);
    declare::<FieldMistake>(&mut text);
    declare::<Problem>(&mut text);
    declare::<Attached>(&mut text);
    declare::<Canceled>(&mut text);
    declare::<NewSecret>(&mut text);
    declare::<Navigating>(&mut text);
    declare::<ReturnUrl>(&mut text);
    declare::<Presented>(&mut text);
    declare::<WindowSize>(&mut text);
    declare::<OptionsApplied>(&mut text);
    declare::<Appearance>(&mut text);
    declare::<Font>(&mut text);
    declare::<Theme>(&mut text);
    declare::<SurfaceKind>(&mut text);
    declare::<SessionStatus>(&mut text);
    declare::<Brand>(&mut text);
    declare::<ErrorType>(&mut text);
    declare::<ErrorCode>(&mut text);
    let messages: Vec<String> = ErrorCode::ALL
        .iter()
        .map(|code| {
            format!(
                "  {}: [{:?}, {:?}],",
                code.as_str(),
                serde_json::to_value(code.error_type())
                    .unwrap()
                    .as_str()
                    .unwrap(),
                code.text()
            )
        })
        .collect();
    let _ = writeln!(
        text,
        "\n/** Type and text of the errors of which nobody else can tell the page. */\nexport const PAGE_ERRORS = {{\n{}\n}} as const;",
        messages
            .into_iter()
            .filter(|line| PAGE_CODES
                .iter()
                .any(|code| line.trim_start().starts_with(&format!("{code}:"))))
            .collect::<Vec<_>>()
            .join("\n")
    );
    text
}

/// What the element can notice without the frame and the server; the whole catalogue would weigh on every merchant's page.
const PAGE_CODES: &[&str] = &["frame_refused", "frame_timeout", "network_error"];

#[test]
fn the_typescript_types_are_up_to_date() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../checkout-element/src/generated/protocol.ts");
    let wanted = generated();
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    if found != wanted {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &wanted).unwrap();
        panic!(
            "checkout-element/src/generated/protocol.ts was stale and has been written anew: look at it and commit it"
        );
    }
}
