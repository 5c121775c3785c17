//! What a payer reads before and after the bank.

use checkout_protocol::locale::Locale;

/// Every sentence of the two pages.
pub struct Words {
    /// On the way to the bank.
    pub going: &'static str,
    /// Another window goes on.
    pub moved: &'static str,
    /// The way to the bank could not be had.
    pub failed: &'static str,
    /// The button after that.
    pub again: &'static str,
    /// Without scripts there is no way on.
    pub needs_script: &'static str,
    /// Back from the bank.
    pub done: &'static str,
}

/// The sentences of a language.
pub const fn of(locale: Locale) -> &'static Words {
    match locale {
        Locale::Is => &Words {
            going: "Við opnum síðu bankans þíns …",
            moved: "Greiðslan hélt áfram í öðrum glugga. Þú mátt loka þessum.",
            failed: "Ekki náðist samband. Athugaðu nettenginguna og reyndu aftur.",
            again: "Reyna aftur",
            needs_script: "Kveiktu á JavaScript til að halda áfram til bankans þíns.",
            done: "Þú ert komin(n) til baka frá bankanum. Þú mátt loka þessum glugga og halda áfram í versluninni.",
        },
        Locale::En => &Words {
            going: "Taking you to your bank …",
            moved: "The payment was continued in another window. You can close this one.",
            failed: "No connection. Check your network and try again.",
            again: "Try again",
            needs_script: "Turn JavaScript on to continue to your bank.",
            done: "You are back from your bank. You can close this window and go on in the shop.",
        },
        Locale::Pl => &Words {
            going: "Otwieramy stronę Twojego banku …",
            moved: "Płatność jest kontynuowana w innym oknie. To okno możesz zamknąć.",
            failed: "Brak połączenia. Sprawdź sieć i spróbuj ponownie.",
            again: "Spróbuj ponownie",
            needs_script: "Włącz JavaScript, aby przejść do swojego banku.",
            done: "Wróciłeś(-aś) z banku. Możesz zamknąć to okno i kontynuować w sklepie.",
        },
    }
}
