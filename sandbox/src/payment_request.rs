//! A payment request: read, checked, and brought to what the issuer decides on.

use url::Url;

use crate::card::{Card, CardDataError, SecurityCode};
use crate::card_cipher::{self, CardCipherError};
use crate::card_on_file::{self, CardOnFile, Initiator};
use crate::cards::{self, Behaviour, Brand, Refusal, TestCard, Verdict};
use crate::expiry::Expiry;
use crate::service_error::ServiceError;
use crate::stored_cards::StoredCard;
use crate::wire::{Amount, Fields};
use crate::wire_amount::{self, WireAmountError};
use crate::{App, random};

/// A payment as far as it may be remembered: of its card only what may be shown.
#[derive(Clone, Debug)]
pub(crate) struct Payment {
    pub(crate) psp_reference: String,
    pub(crate) reference: String,
    pub(crate) merchant_account: String,
    pub(crate) amount: Amount,
    /// The amount in ISO 4217 minor units.
    pub(crate) minor_units: i64,
    /// The card's row of the table.
    pub(crate) listed: Option<&'static TestCard>,
    pub(crate) last_four: String,
    pub(crate) expiry: Expiry,
    pub(crate) card_on_file: CardOnFile,
    /// The one of the card's two brands that the request names.
    pub(crate) chosen_brand: Option<Brand>,
}

impl Payment {
    /// Whose card it is, by the payer's choice where there is one; `None` for an unlisted one.
    pub(crate) fn brand(&self) -> Option<Brand> {
        self.chosen_brand
            .or_else(|| self.listed.map(|listed| listed.brand))
    }
}

/// What was asked, and what the issuer does about it.
#[derive(Debug)]
pub(crate) struct PaymentRequest {
    pub(crate) payment: Payment,
    pub(crate) behaviour: Behaviour,
    pub(crate) return_url: Url,
    pub(crate) three_ds: ThreeDsWish,
}

/// What the merchant says of 3-D Secure.
#[derive(Debug)]
pub(crate) struct ThreeDsWish {
    /// Where a challenge's response goes, if the merchant carries out the steps itself.
    pub(crate) native: Option<Url>,
    /// Whether it wants an authentication in any case.
    pub(crate) always: bool,
}

/// How a request says which card is charged.
enum Source {
    Typed(Card, CardOnFile, Option<String>),
    Stored(StoredCard, Initiator, Option<SecurityCode>),
}

/// Reads the body of `/payments`.
///
/// # Errors
///
/// [`ServiceError`] when the request cannot be understood.
pub(crate) fn read(app: &App, body: &[u8]) -> Result<PaymentRequest, ServiceError> {
    let mut fields = Fields::parse(body)?;
    check_merchant_account(app, &mut fields)?;
    let amount = fields.amount()?.ok_or_else(ServiceError::amount_missing)?;
    let minor_units = minor_units(&amount)?;
    let reference = fields
        .text("reference")?
        .filter(|text| text.chars().count() <= 80);
    let reference = reference.ok_or_else(ServiceError::reference_invalid)?;
    let return_url = return_url(&mut fields)?;
    let three_ds = three_ds(&mut fields)?;

    let today = app.clock.year_and_month();
    let mut chosen_brand = None;
    let (listed, last_four, expiry, card_on_file, behaviour) = match source(app, &mut fields)? {
        Source::Typed(card, card_on_file, brand) => {
            let listed = cards::find(card.number());
            if let (Some(name), Some(listed)) = (brand, listed) {
                chosen_brand = Some(of_two(listed, &name)?);
            }
            let behaviour = typed(&card, listed, today);
            let last_four = card.last_four().to_owned();
            (listed, last_four, card.expiry(), card_on_file, behaviour)
        }
        Source::Stored(card, initiator, code) => {
            let listed = card.listed;
            let behaviour = stored(&card, initiator, code.as_ref(), today);
            let last_four = listed.last_four().to_owned();
            (
                Some(listed),
                last_four,
                card.expiry,
                CardOnFile::Use,
                behaviour,
            )
        }
    };
    let payment = Payment {
        psp_reference: random::psp_reference(),
        reference,
        merchant_account: app.merchant_account.clone(),
        amount,
        minor_units,
        listed,
        last_four,
        expiry,
        card_on_file,
        chosen_brand,
    };
    Ok(PaymentRequest {
        payment,
        behaviour,
        return_url,
        three_ds,
    })
}

/// The contract needs a notification URL, and what the bank is to know of the browser, for native authentication.
fn three_ds(fields: &mut Fields) -> Result<ThreeDsWish, ServiceError> {
    let mut wish = ThreeDsWish {
        native: None,
        always: false,
    };
    let notification_url = match fields.object("threeDS2RequestData")? {
        Some(mut data) => data.text("notificationURL")?,
        None => None,
    };
    let Some(mut data) = fields.object("authenticationData")? else {
        return Ok(wish);
    };
    wish.always = data.text("attemptAuthentication")?.as_deref() == Some("always");
    let native = match data.object("threeDSRequestData")? {
        Some(mut request) => request.text("nativeThreeDS")?.as_deref() == Some("preferred"),
        None => false,
    };
    if native {
        check_browser(fields)?;
        let url = notification_url
            .as_deref()
            .and_then(|text| Url::parse(text).ok())
            .filter(|url| matches!(url.scheme(), "http" | "https"));
        let missing =
            || ServiceError::field_missing("14_030", "threeDS2RequestData.notificationURL");
        wish.native = Some(url.ok_or_else(missing)?);
    }
    Ok(wish)
}

/// Browser data as the standard allows them; a real directory server refuses others.
fn check_browser(fields: &mut Fields) -> Result<(), ServiceError> {
    const DEPTHS: [i64; 8] = [1, 4, 8, 15, 16, 24, 32, 48];
    let mut browser = fields
        .object("browserInfo")?
        .ok_or_else(|| ServiceError::field_missing("14_007", "browserInfo"))?;
    let whole = "a whole number";
    let depth: Option<i64> = browser.take("colorDepth", whole)?;
    if !depth.is_some_and(|depth| DEPTHS.contains(&depth)) {
        return Err(ServiceError::field_invalid(
            "browserInfo.colorDepth",
            "1, 4, 8, 15, 16, 24, 32 or 48",
        ));
    }
    let language = browser.text("language")?;
    if language.is_none_or(|language| language.len() > 8) {
        return Err(ServiceError::field_invalid(
            "browserInfo.language",
            "at most 8 characters",
        ));
    }
    for name in ["screenWidth", "screenHeight"] {
        let pixels: Option<i64> = browser.take(name, whole)?;
        if !pixels.is_some_and(|pixels| (1..=999_999).contains(&pixels)) {
            return Err(ServiceError::field_invalid(name, "1 to 999999"));
        }
    }
    let offset: Option<i64> = browser.take("timeZoneOffset", whole)?;
    if !offset.is_some_and(|offset| (-840..=840).contains(&offset)) {
        return Err(ServiceError::field_invalid(
            "browserInfo.timeZoneOffset",
            "-840 to 840",
        ));
    }
    for name in ["acceptHeader", "userAgent"] {
        if browser.text(name)?.is_none() {
            return Err(ServiceError::field_missing("14_007", name));
        }
    }
    Ok(())
}

pub(crate) fn check_merchant_account(app: &App, fields: &mut Fields) -> Result<(), ServiceError> {
    match fields.text("merchantAccount")? {
        Some(account) if account == app.merchant_account => Ok(()),
        Some(_) | None => Err(ServiceError::invalid_merchant_account()),
    }
}

pub(crate) fn minor_units(amount: &Amount) -> Result<i64, ServiceError> {
    wire_amount::minor_units(amount).map_err(|error| match error {
        WireAmountError::Currency => ServiceError::currency_invalid(),
        WireAmountError::Value => ServiceError::amount_invalid(),
    })
}

fn return_url(fields: &mut Fields) -> Result<Url, ServiceError> {
    let text = fields
        .text("returnUrl")?
        .ok_or_else(ServiceError::return_url_missing)?;
    Url::parse(&text)
        .ok()
        .filter(|url| text.len() <= 1024 && matches!(url.scheme(), "http" | "https"))
        .ok_or_else(ServiceError::return_url_invalid)
}

fn source(app: &App, fields: &mut Fields) -> Result<Source, ServiceError> {
    let method = fields.object("paymentMethod")?;
    let mut method = method.ok_or_else(ServiceError::payment_method_missing)?;
    if method.text("type")?.as_deref() != Some("scheme") {
        return Err(ServiceError::payment_method_unsupported());
    }
    let brand = method.text("brand")?;
    let (encrypted, token) = (
        method.text("encryptedCard")?,
        method.text("storedPaymentMethodId")?,
    );
    let code = method.text("encryptedSecurityCode")?;
    match (encrypted, token) {
        (Some(jwe), None) if code.is_none() => {
            let card = decrypt(app, &jwe)?;
            Ok(Source::Typed(card, card_on_file::wish(fields)?, brand))
        }
        (None, Some(token)) => {
            let (card, initiator) = card_on_file::find(app, fields, &token)?;
            let code = code
                .map(|jwe| card_cipher::decrypt_code(&app.card_key, &jwe))
                .transpose()
                .map_err(not_opened)?;
            Ok(Source::Stored(card, initiator, code))
        }
        (Some(_), _) | (None, None) => Err(ServiceError::payment_method_unsupported()),
    }
}

/// The brand of the card that has this name; another card's brand cannot be charged.
fn of_two(listed: &TestCard, name: &str) -> Result<Brand, ServiceError> {
    [Some(listed.brand), listed.second_brand]
        .into_iter()
        .flatten()
        .find(|brand| brand.wire_name() == name)
        .ok_or_else(ServiceError::payment_method_unsupported)
}

fn decrypt(app: &App, jwe: &str) -> Result<Card, ServiceError> {
    card_cipher::decrypt(&app.card_key, jwe).map_err(not_opened)
}

fn not_opened(error: CardCipherError) -> ServiceError {
    match error {
        CardCipherError::UnknownKey => ServiceError::card_key_unknown(),
        CardCipherError::Form | CardCipherError::Undecryptable => {
            ServiceError::card_undecryptable()
        }
        CardCipherError::Card(CardDataError::Malformed) => ServiceError::card_unreadable(),
        CardCipherError::Card(CardDataError::Number) => ServiceError::card_number_invalid(),
        CardCipherError::Card(CardDataError::Expiry) => ServiceError::expiry_invalid(),
    }
}

/// What a typed card does, after the checks that hold for every card.
fn typed(card: &Card, listed: Option<&TestCard>, today: (u16, u8)) -> Behaviour {
    match listed {
        None => refused(Refusal::UNLISTED),
        Some(_) if card.expiry().passed(today) => refused(Refusal::EXPIRED),
        Some(listed) if !card.security_code_has(listed.brand.security_code_digits()) => {
            refused(Refusal::CVC_DECLINED)
        }
        Some(listed) => listed.behaviour,
    }
}

/// What a stored card does. Its security code was checked when it was typed in, and is not kept; one that is typed anew is
/// checked again.
fn stored(
    card: &StoredCard,
    initiator: Initiator,
    code: Option<&SecurityCode>,
    today: (u16, u8),
) -> Behaviour {
    let digits = card.listed.brand.security_code_digits();
    match initiator {
        _ if card.expiry.passed(today) => refused(Refusal::EXPIRED),
        _ if code.is_some_and(|code| !code.is_right(digits)) => refused(Refusal::CVC_DECLINED),
        Initiator::Payer => card.listed.stored.on_session,
        Initiator::Merchant => Behaviour::Immediate(card.listed.stored.off_session),
    }
}

fn refused(refusal: Refusal) -> Behaviour {
    Behaviour::Immediate(Verdict::Refused(refusal))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stored_card_expires_too() {
        let card = StoredCard {
            id: "T".to_owned(),
            shopper_reference: "cus_1".to_owned(),
            listed: cards::find("4242424242424242").unwrap(),
            expiry: Expiry::parse("3", "2030").unwrap(),
            is_renewed: false,
        };
        for initiator in [Initiator::Payer, Initiator::Merchant] {
            let in_time = stored(&card, initiator, None, (2030, 3));
            let late = stored(&card, initiator, None, (2030, 4));

            assert_eq!(in_time, Behaviour::Immediate(Verdict::Approved));
            assert_eq!(late, refused(Refusal::EXPIRED));
        }
    }
}
