//! Every reason for which this processor refuses a charge.

/// Why a charge is refused: the contract's reason code with its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// `refusalReasonCode`.
    pub code: &'static str,
    /// `refusalReason`.
    pub reason: &'static str,
}

impl Refusal {
    /// A decline without a stated cause.
    pub const DECLINED: Self = Self {
        code: "2",
        reason: "Refused",
    };
    /// Something failed between processor and issuer; may be tried again.
    pub const ACQUIRER_ERROR: Self = Self {
        code: "4",
        reason: "Acquirer Error",
    };
    /// Lost or stolen.
    pub const BLOCKED: Self = Self {
        code: "5",
        reason: "Blocked Card",
    };
    /// The expiry date has passed, or the issuer says so.
    pub const EXPIRED: Self = Self {
        code: "6",
        reason: "Expired Card",
    };
    /// Well-formed, but not in the table: perhaps a real card, which has no business here.
    pub const UNLISTED: Self = Self {
        code: "8",
        reason: "Unlisted test card",
    };
    /// The issuer does not answer; may be tried again.
    pub const ISSUER_UNAVAILABLE: Self = Self {
        code: "9",
        reason: "Issuer Unavailable",
    };
    /// The payer failed the challenge, or the issuer refused it.
    pub const NOT_AUTHENTICATED: Self = Self {
        code: "11",
        reason: "3D Not Authenticated",
    };
    /// Insufficient funds.
    pub const NOT_ENOUGH_BALANCE: Self = Self {
        code: "12",
        reason: "Not enough balance",
    };
    /// The payer pressed *Cancel* at the bank.
    pub const SHOPPER_CANCELLED: Self = Self {
        code: "16",
        reason: "Shopper Cancelled",
    };
    /// The security code is wrong.
    pub const CVC_DECLINED: Self = Self {
        code: "24",
        reason: "CVC Declined",
    };
    /// Not usable for this kind of purchase.
    pub const RESTRICTED: Self = Self {
        code: "25",
        reason: "Restricted Card",
    };
    /// Too many charges in too short a time.
    pub const COUNT_EXCEEDED: Self = Self {
        code: "29",
        reason: "Withdrawal count exceeded",
    };
    /// The issuer wants a challenge, and nobody is there to pass it.
    pub const AUTHENTICATION_REQUIRED: Self = Self {
        code: "38",
        reason: "Authentication required",
    };
    /// The bank said nothing of the challenge.
    pub const NO_RESULT: Self = Self {
        code: "39",
        reason: "RReq not received from DS",
    };
    /// The challenge could not be carried out.
    pub const AUTHENTICATION_ERROR: Self = Self {
        code: "42",
        reason: "3DS Authentication Error",
    };
}
