//! Every sentence of the shop, Icelandic and English side by side.
//!
//! Product texts stand with the products in `catalog`.

use crate::locale::Text;

macro_rules! texts {
    ($($name:ident = $icelandic:literal, $english:literal;)*) => {
        $(pub const $name: Text = Text::new($icelandic, $english);)*
    };
}

texts! {
    TAGLINE = "Hlutir fyrir rólegt heimili", "Things for a quiet home";
    SKIP = "Beint í efni", "Skip to content";
    DEMO_NOTE = "Sýniverslun – aðeins prófunarkort", "Demo shop – test cards only";
    DEMO_NOTE_MORE = "Ekkert er sent og engir peningar skipta um hendur.", "Nothing is shipped and no money moves.";
    LANGUAGE = "English", "Íslenska";
    FOOTER = "Lyngmói er ekki til í alvöru. Verslunin sýnir hvernig Borga-greiðslur líta út hjá söluaðila.",
        "Lyngmói does not exist. The shop shows what Borga Checkout looks like at a merchant.";
    FRONT_TITLE = "Hlýtt, einfalt og vel gert", "Warm, simple, well made";
    FRONT_LEAD = "Ull, leir, vax og viður. Við seljum fátt, en það sem við seljum endist.",
        "Wool, clay, wax and wood. We sell few things, and the ones we sell last.";
    PRODUCTS = "Vörur", "Products";
    VAT = "Verð með vsk.", "VAT included";
    BUY = "Kaupa", "Buy";
    BUY_RETURNING = "Kaupa (kort má geyma)", "Buy (cards can be saved)";
    BUY_PUBLISHABLE = "Kaupa (síða með birtanlegum lykli)", "Buy (publishable-key page)";
    MADE_WITH = "Sama greiðslusíða, gerð með", "The same checkout page, made with";
    SOURCE = "Svona er síðan gerð:", "How this page is made:";
    TERMS = "Skilmálar", "Terms";
    TERMS_TEXT = "Þetta er sýnisverslun: ekkert er selt hér.", "This is a demo shop: nothing is sold here.";
    ROUTED = "React, margar síður í einni", "React with several places";
    MODAL = "gluggi", "a dialog";
    CHECKOUT = "Greiðsla", "Checkout";
    YOUR_ORDER = "Pöntunin þín", "Your order";
    ORDER_NUMBER = "Pöntun", "Order";
    SHIPPING = "Sending", "Shipping";
    FREE = "Ókeypis", "Free";
    TOTAL = "Samtals", "Total";
    PAYMENT = "Greiða með korti", "Pay by card";
    SAFE = "Kortaupplýsingarnar fara beint til Borga og koma aldrei við hjá versluninni.",
        "Your card details go straight to Borga and never pass through the shop.";
    NO_SCRIPT = "Greiðsluformið þarf JavaScript. Kveiktu á því og endurhladdu síðuna.",
        "The payment form needs JavaScript. Turn it on and reload the page.";
    LOADING = "Sæki greiðsluformið …", "Loading the payment form …";
    EVENTS = "Það sem síðan heyrir", "What the page hears";
    FATAL = "Greiðsluformið stöðvaðist. Skoðaðu stöðu pöntunarinnar áður en þú reynir aftur.",
        "The payment form stopped. Look at the state of your order before you try again.";
    CANCELED = "Þú hættir við. Pöntunin bíður ef þú vilt reyna aftur.",
        "You cancelled. Your order is still here if you want to try again.";
    SCRIPT_MISSING = "Ekki tókst að sækja greiðsluformið. Athugaðu nettenginguna og endurhladdu síðuna.",
        "The payment form could not be loaded. Check your connection and reload the page.";
    SESSION_FAILED = "Ekki tókst að hefja greiðsluna. Ekkert var greitt. Endurhladdu síðuna til að reyna aftur.",
        "The payment could not be started. Nothing was paid. Reload the page to try again.";
    SEE_ORDER = "Skoða stöðu pöntunar", "See the state of the order";
    PAID = "Takk! Pöntunin er greidd.", "Thank you! Your order is paid.";
    PAID_MORE = "Við pökkum henni inn í dag. Kvittun kæmi í tölvupósti, væri þetta alvöru verslun.",
        "We will pack it today. A receipt would arrive by e-mail if this were a real shop.";
    DELIVERED_BY = "Afgreidd vegna tilkynningar", "Delivered on the event";
    REFUNDED = "Pöntunin er endurgreidd.", "Your order was refunded.";
    REFUNDED_MORE = "Öll upphæðin fer aftur á kortið sem greitt var með.",
        "The whole amount goes back to the card it came from.";
    FAILED = "Greiðslan gekk ekki.", "The payment did not go through.";
    FAILED_MORE = "Ekkert var greitt. Þú getur reynt aftur eða notað annað kort.",
        "Nothing was paid. You can try again or use another card.";
    PROCESSING = "Greiðslan er í vinnslu.", "The payment is being processed.";
    PROCESSING_MORE = "Bankinn hefur ekki svarað enn. Síðan uppfærist sjálf; ekki greiða aftur.",
        "The bank has not answered yet. This page updates by itself; please do not pay again.";
    OPEN = "Pöntunin er ógreidd.", "Your order is not paid yet.";
    OPEN_MORE = "Hún bíður eftir greiðslu.", "It is waiting for the payment.";
    MISMATCH = "Upphæðin stemmir ekki – ekki afgreitt.", "The amount differs – not fulfilled.";
    MISMATCH_MORE = "Greiðslan passar ekki við pöntunina, svo við sendum hana ekki. Hafðu samband og við leysum úr því.",
        "The payment does not match the order, so we will not ship it. Contact us and we will sort it out.";
    UNKNOWN = "Við gátum ekki athugað greiðsluna núna.", "We could not ask about the payment just now.";
    UNKNOWN_MORE = "Reyndu aftur eftir andartak. Ekki greiða aftur fyrr en staðan er ljós.",
        "Try again in a moment. Please do not pay again until the state is clear.";
    ORDERED_AMOUNT = "Pöntuð upphæð", "Ordered amount";
    PAID_AMOUNT = "Greidd upphæð", "Paid amount";
    TRY_AGAIN = "Reyna aftur", "Try again";
    PAY_NOW = "Greiða núna", "Pay now";
    CHECK_AGAIN = "Athuga aftur", "Check again";
    TO_FRONT = "Aftur í búðina", "Back to the shop";
    NOT_FOUND = "Þessi síða er ekki til", "There is no such page";
    NOT_FOUND_MORE = "Slóðin gæti verið gömul, eða pöntunin gleymd: verslunin man pantanir aðeins á meðan hún er í gangi.",
        "The address may be old, or the order forgotten: the shop remembers orders only while it runs.";
    BAD_REQUEST = "Þetta gekk ekki", "That did not work";
    UNKNOWN_PRODUCT = "Varan er ekki til í versluninni. Veldu hana af forsíðunni.",
        "The shop has no such product. Choose one on the front page.";
    INVALID_AMOUNT = "Upphæðin þarf að vera heil tala frá 1 til 9.999.999.",
        "The amount must be a whole number from 1 to 9,999,999.";
    UNKNOWN_KIND = "Greiðsluleiðin þarf að vera „element“, „returning“ eða „publishable“.",
        "The kind of checkout must be “element”, “returning” or “publishable”.";
    UNREADABLE = "Beiðnina var ekki hægt að lesa. Byrjaðu aftur á forsíðunni.",
        "The request could not be read. Start again on the front page.";
    METHOD_NOT_ALLOWED = "Ekki er hægt að biðja um síðuna á þennan hátt.", "This page cannot be asked for in this way.";
    FOREIGN_SESSION = "Greiðslulotan tilheyrir ekki þessari pöntun.", "The payment session is not for this order.";
    SESSION_KNOWN = "Pöntunin á nú þegar greiðslulotu. Notaðu hana.",
        "The order already has a payment session. Use that one.";
    GATEWAY_DOWN = "Við náum ekki sambandi við greiðsluþjónustuna", "We cannot reach the payment service";
    GATEWAY_DOWN_MORE = "Ekki var hægt að opna greiðsluna og ekkert var greitt núna. Bíddu í smástund og reyndu aftur; pöntunin bíður.",
        "The payment could not be opened and nothing was charged just now. Wait a moment and try again; your order is kept.";
}
