//! Icelandic.

use checkout_protocol::frame_message::{Field, FieldMistake};

use super::advice::Advice;
use super::{Panel, Panels, Text};

/// Every sentence in Icelandic.
pub static TEXT: Text = Text {
    number: "Kortanúmer",
    expiry: "Gildistími",
    expiry_example: "MM / ÁÁ",
    code: "Öryggisnúmer",
    name: "Nafn á korti",
    choose_card: "Veldu kort",
    card: "Kort",
    another_card: "Annað kort",
    expired: ", útrunnið\u{a0}",
    save_card,
    saving_means: "Verslunin getur þá tekið út af kortinu fyrir kaup sem þú samþykkir síðar. Hún sér aldrei kortanúmerið og þú getur beðið hana að eyða kortinu hvenær sem er.",
    pay,
    contacting: "Hef samband við bankann þinn…",
    loading: "Kem á öruggri tengingu…",
    encrypted: "Kortaupplýsingarnar þínar eru dulkóðaðar.",
    test_mode: "Prófunarhamur",
    to_pay: "Til greiðslu",
    load_failed: "Ekki tókst að opna greiðsluformið. Athugaðu nettenginguna og reyndu aftur.",
    not_embedded: "Þetta form virkar aðeins inni á síðu verslunar. Farðu aftur í verslunina til að greiða.",
    canceled: "Hætt var við greiðsluna. Ekkert var tekið út af kortinu.",
    mistake,
    advice,
    panel: Panels {
        opening: Panel {
            title: "Gluggi bankans þíns er að opnast",
            text: "Bankinn þinn vill ganga úr skugga um að þetta sért þú. Það gæti tekið augnablik.",
        },
        offered: Panel {
            title: "Bankinn þinn þarf að staðfesta greiðsluna",
            text: "Nýr gluggi opnast þar sem þú staðfestir greiðsluna hjá bankanum.",
        },
        open: Panel {
            title: "Ljúktu við hjá bankanum þínum",
            text: "Staðfestu greiðsluna í glugga bankans. Þessi síða heldur svo sjálfkrafa áfram.",
        },
        left: Panel {
            title: "Ljúktu við hjá bankanum þínum",
            text: "Greiðslan hefur ekki enn verið staðfest. Er gluggi bankans ennþá opinn?",
        },
        redirecting: Panel {
            title: "Þú ert á leið til bankans þíns",
            text: "Þú kemur aftur hingað þegar greiðslan hefur verið staðfest.",
        },
        leaving: Panel {
            title: "Augnablik…",
            text: "Verið er að loka staðfestingunni hjá bankanum.",
        },
        processing: Panel {
            title: "Hef samband við bankann þinn…",
            text: "Þetta tekur yfirleitt nokkrar sekúndur. Hafðu síðuna opna á meðan.",
        },
        unknown: Panel {
            title: "Enn er verið að kanna greiðsluna",
            text: "Bankinn þinn hefur ekki svarað. Ekki verður tekið tvisvar út af kortinu. Ekki greiða aftur: verslunin fær að vita um leið og niðurstaðan liggur fyrir.",
        },
        paid_title: "Greiðslan tókst",
        paid,
        expired: Panel {
            title: "Tíminn er útrunninn",
            text: "Ekkert var tekið út af kortinu. Farðu aftur í verslunina og byrjaðu upp á nýtt.",
        },
        broken_title: "Ekki er hægt að halda áfram með greiðsluna",
    },
    continue_to_bank: "Halda áfram til bankans þíns",
    finish_at_bank: "Ljúka við hjá bankanum",
    go_to_bank: "Fara til bankans þíns",
    try_again: "Reyna aftur",
    cancel: "Hætta við",
};

fn pay(amount: &str) -> String {
    format!("Greiða {amount}")
}

// The word before the name takes the case, so that the name need not.
fn save_card(merchant: &str) -> String {
    format!("Geyma kortið fyrir næstu kaup mín hjá versluninni {merchant}")
}

// Side by side: a sentence would decline the merchant's name and end in `kr..`
fn paid(amount: &str, merchant: &str) -> String {
    format!("{merchant} · {amount}")
}

fn mistake(field: Field, mistake: FieldMistake) -> &'static str {
    use FieldMistake::{Empty, Incomplete, Invalid, Past};
    match (field, mistake) {
        (Field::Number, Empty) => "Sláðu inn kortanúmerið.",
        (Field::Number, Incomplete) => "Sláðu inn allt kortanúmerið.",
        (Field::Number, Invalid | Past) => "Athugaðu kortanúmerið, það er ekki rétt.",
        (Field::Expiry, Empty) => "Sláðu inn gildistímann.",
        (Field::Expiry, Incomplete) => "Sláðu inn mánuð og ár, til dæmis 04 / 29.",
        (Field::Expiry, Invalid) => "Athugaðu gildistímann: mánuður og ár eins og á kortinu.",
        (Field::Expiry, Past) => "Kortið er útrunnið. Notaðu annað kort.",
        (Field::SecurityCode, Empty) => "Sláðu inn öryggisnúmerið.",
        (Field::SecurityCode, Incomplete) => "Það vantar tölustafi í öryggisnúmerið.",
        (Field::SecurityCode, Invalid | Past) => "Athugaðu öryggisnúmerið.",
        (Field::Name, Empty | Incomplete) => "Sláðu inn nafnið eins og það stendur á kortinu.",
        (Field::Name, Invalid | Past) => "Hér á nafnið á kortinu að standa.",
    }
}

fn advice(advice: Advice) -> &'static str {
    match advice {
        Advice::Declined => {
            "Kortinu var hafnað. Reyndu annað kort eða hafðu samband við bankann þinn."
        }
        Advice::NotEnoughMoney => {
            "Ekki er næg innistæða eða heimild á kortinu. Reyndu annað kort eða hafðu samband við bankann þinn."
        }
        Advice::LimitReached => {
            "Kortið hefur náð úttektarmörkum sínum. Reyndu annað kort eða reyndu aftur síðar."
        }
        Advice::CardExpired => "Kortið er útrunnið. Notaðu annað kort.",
        Advice::WrongCode => "Öryggisnúmerið er ekki rétt. Athugaðu það og reyndu aftur.",
        Advice::WrongNumber => "Kortanúmerið er ekki rétt. Athugaðu það og reyndu aftur.",
        Advice::CardNotSupported => "Ekki er hægt að nota þetta kort hér. Reyndu annað kort.",
        Advice::SavedCardGone => "Ekki er lengur hægt að nota þetta geymda kort. Veldu annað kort.",
        Advice::BankUnreachable => {
            "Ekki náðist samband við bankann þinn. Ekkert var tekið út af kortinu. Reyndu aftur eftir augnablik."
        }
        Advice::OurSide => {
            "Eitthvað fór úrskeiðis hjá okkur. Ekkert var tekið út af kortinu. Reyndu aftur eftir augnablik."
        }
        Advice::NotConfirmed => {
            "Bankinn gat ekki staðfest að þetta værir þú. Reyndu aftur eða notaðu annað kort."
        }
        Advice::ConfirmationRejected => "Bankinn hafnaði staðfestingunni. Notaðu annað kort.",
        Advice::CanceledAtBank => {
            "Þú hættir við hjá bankanum. Ekkert var tekið út af kortinu. Reyndu aftur þegar þér hentar."
        }
        Advice::ConfirmationLeft => {
            "Staðfestingunni var ekki lokið. Ekkert var tekið út af kortinu. Reyndu aftur."
        }
        Advice::TestCard => "Í prófunarham er aðeins hægt að nota prófunarkort.",
        Advice::AnotherUnderWay => {
            "Önnur greiðsla fyrir sömu pöntun er í gangi, kannski í öðrum glugga. Ljúktu við hana þar eða reyndu aftur eftir augnablik."
        }
        Advice::TooManyTries => {
            "Tilraunirnar urðu of margar. Farðu aftur í verslunina og byrjaðu upp á nýtt."
        }
        Advice::OtherBrowser => {
            "Vafrinn gat ekki dulkóðað kortaupplýsingarnar. Reyndu í öðrum vafra."
        }
        Advice::Network => "Tengingin rofnaði. Athugaðu nettenginguna og reyndu aftur.",
        Advice::TimeOver => "Tíminn er útrunninn. Farðu aftur í verslunina og byrjaðu upp á nýtt.",
        Advice::StartOver => {
            "Þetta greiðsluform virkar ekki lengur. Farðu aftur í verslunina og byrjaðu upp á nýtt."
        }
    }
}
