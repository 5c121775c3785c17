//! What an authentication came to, and what an answer says of it.

use crate::cards::Brand;
use crate::wire::{AdditionalData, ThreeDs2Result};

/// Version of the standard that the bank speaks.
pub(crate) const VERSION: &str = "2.2.0";

/// How an authentication ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Authentication {
    /// `Y`: the payer is the card holder.
    Passed,
    /// `A`: the issuer takes no part, and stands in for it.
    Attempted,
    /// `N`: not shown to be.
    Failed,
    /// `R`: the issuer refuses.
    Rejected,
    /// `U`: the issuer cannot say.
    Unavailable,
    /// The payer pressed *Cancel*: EMV 3-D Secure has no status for it, it is `N` with a reason.
    Cancelled,
}

impl Authentication {
    /// EMV 3-D Secure: `transStatus`.
    pub fn trans_status(self) -> &'static str {
        match self {
            Self::Passed => "Y",
            Self::Attempted => "A",
            Self::Failed | Self::Cancelled => "N",
            Self::Rejected => "R",
            Self::Unavailable => "U",
        }
    }

    /// The scheme's indicator.
    fn eci(self, brand: Brand) -> &'static str {
        match (brand, self) {
            (Brand::Mastercard, Self::Passed) => "02",
            (Brand::Mastercard, Self::Attempted) => "01",
            (Brand::Mastercard, _) => "00",
            (_, Self::Passed) => "05",
            (_, Self::Attempted) => "06",
            (_, _) => "07",
        }
    }

    fn shifts_liability(self) -> bool {
        match self {
            Self::Passed | Self::Attempted => true,
            Self::Failed | Self::Rejected | Self::Unavailable | Self::Cancelled => false,
        }
    }

    /// What an answer says of it in a field of its own.
    pub(crate) fn result(self) -> ThreeDs2Result {
        ThreeDs2Result {
            trans_status: self.trans_status(),
            challenge_cancel: match self {
                Self::Cancelled => Some("01"),
                Self::Passed
                | Self::Attempted
                | Self::Failed
                | Self::Rejected
                | Self::Unavailable => None,
            },
        }
    }

    /// What an answer says of it beside the outcome.
    pub(crate) fn beside(self, brand: Option<Brand>) -> AdditionalData {
        let mut data = AdditionalData::from([
            ("threeds2.transStatus", self.trans_status().to_owned()),
            ("threeDSVersion", VERSION.to_owned()),
            ("liabilityShift", self.shifts_liability().to_string()),
        ]);
        if let Some(brand) = brand {
            data.insert("eci", self.eci(brand).to_owned());
        }
        data
    }
}
