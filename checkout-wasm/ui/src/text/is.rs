//! Icelandic.

use super::Sentence;

/// Every sentence in Icelandic.
#[expect(clippy::too_many_lines, reason = "a language is a list")]
pub const fn say(sentence: Sentence) -> &'static str {
    use Sentence as S;
    match sentence {
        S::DocumentTitle => "Örugg kortagreiðsla",
        S::Number => "Kortanúmer",
        S::Expiry => "Gildistími",
        S::ExpiryExample => "MM / ÁÁ",
        S::Code => "Öryggisnúmer",
        S::Name => "Nafn á korti",
        S::Email => "Netfang",
        S::Brand => "Kortið er með tvö vörumerki. Greiða með",
        S::ChooseCard => "Veldu kort",
        S::Card => "Kort",
        S::AnotherCard => "Annað kort",
        S::ExpiredOn => ", útrunnið\u{a0}",
        S::RemoveCard => "Eyða {card}",
        S::RemoveSurely => "Eyða {card} endanlega?",
        S::Removed => "Kortinu var eytt.",
        S::RemoveFailed => "Ekki tókst að eyða kortinu. Reyndu aftur eftir augnablik.",
        // The word before the name takes the case, so that the name need not.
        S::SaveCard => "Geyma kortið fyrir næstu kaup mín hjá versluninni {merchant}",
        S::SavingMeans => {
            "Verslunin getur þá tekið út af kortinu fyrir kaup sem þú samþykkir síðar. Hún sér aldrei kortanúmerið og þú getur eytt kortinu hér eða beðið hana um það hvenær sem er."
        }
        S::Pay => "Greiða {amount}",
        S::Contacting | S::ProcessingTitle => "Hef samband við bankann þinn…",
        S::Loading => "Kem á öruggri tengingu…",
        S::Encrypted => "Kortaupplýsingarnar þínar eru dulkóðaðar.",
        S::TestMode => "Prófunarhamur",
        S::ToPay => "Til greiðslu",
        S::LoadFailed => {
            "Ekki tókst að opna greiðsluformið. Athugaðu nettenginguna og reyndu aftur."
        }
        S::NotEmbedded => {
            "Þetta form virkar aðeins inni á síðu verslunar. Farðu aftur í verslunina til að greiða."
        }
        S::Canceled => "Hætt var við greiðsluna. Ekkert var tekið út af kortinu.",
        S::Offline => {
            "Engin nettenging. Það sem þú skrifaðir geymist hér og þú getur greitt þegar tengingin er komin aftur."
        }
        S::OfflineWaiting => {
            "Tengingin rofnaði. Greiðslan heldur sjálfkrafa áfram þegar hún kemst aftur á og ekki verður tekið tvisvar út af kortinu. Hafðu síðuna opna."
        }
        S::StartAgain => "Byrja upp á nýtt",
        S::StartingAgain | S::LeavingTitle => "Augnablik…",
        S::StartAgainFailed => {
            "Ekki tókst að byrja upp á nýtt hér. Ekkert var tekið út af kortinu. Farðu aftur í verslunina og byrjaðu upp á nýtt."
        }

        S::NumberEmpty => "Sláðu inn kortanúmerið.",
        S::NumberIncomplete => "Sláðu inn allt kortanúmerið.",
        S::NumberWrong => "Athugaðu kortanúmerið, það er ekki rétt.",
        S::ExpiryEmpty => "Sláðu inn gildistímann.",
        S::ExpiryIncomplete => "Sláðu inn mánuð og ár, til dæmis 04 / 29.",
        S::ExpiryWrong => "Athugaðu gildistímann: mánuður og ár eins og á kortinu.",
        S::ExpiryPast => "Kortið er útrunnið. Notaðu annað kort.",
        S::CodeEmpty => "Sláðu inn öryggisnúmerið.",
        S::CodeIncomplete => "Það vantar tölustafi í öryggisnúmerið.",
        S::CodeWrong => "Athugaðu öryggisnúmerið.",
        S::CodeDigits => {
            "Öryggisnúmer þessa korts er {n} tölustafur.|Öryggisnúmer þessa korts er {n} tölustafir."
        }
        S::NameEmpty => "Sláðu inn nafnið eins og það stendur á kortinu.",
        S::NameWrong => "Hér á nafnið á kortinu að standa.",
        S::EmailEmpty => "Sláðu inn netfangið þitt.",
        S::EmailWrong => "Athugaðu netfangið: það á að vera eins og nafn@daemi.is.",

        S::OpeningTitle => "Síða bankans þíns er að opnast",
        S::OpeningText => {
            "Bankinn þinn vill ganga úr skugga um að þetta sért þú. Það gæti tekið augnablik."
        }
        S::OfferedTitle => "Bankinn þinn þarf að staðfesta greiðsluna",
        S::OfferedText => "Haltu áfram til bankans til að staðfesta. Þú kemur svo aftur hingað.",
        S::OpenTitle | S::LeftTitle => "Ljúktu við hjá bankanum þínum",
        S::OpenText => "Staðfestu greiðsluna hjá bankanum. Þessi síða heldur svo sjálfkrafa áfram.",
        S::LeftText => {
            "Greiðslan hefur ekki enn verið staðfest. Ljúktu við hjá bankanum ef hann er ennþá opinn, eða reyndu aftur."
        }
        S::RedirectingTitle => "Þú ert á leið til bankans þíns",
        S::RedirectingText => "Þú kemur aftur hingað þegar greiðslan hefur verið staðfest.",
        S::LeavingText => "Verið er að loka staðfestingunni hjá bankanum.",
        S::ProcessingText => "Þetta tekur yfirleitt nokkrar sekúndur. Hafðu síðuna opna á meðan.",
        S::UnknownTitle => "Enn er verið að kanna greiðsluna",
        S::UnknownText => {
            "Bankinn þinn hefur ekki svarað. Ekki verður tekið tvisvar út af kortinu. Ekki greiða aftur: verslunin fær að vita um leið og niðurstaðan liggur fyrir."
        }
        S::PaidTitle => "Greiðslan tókst",
        // Side by side: a sentence would decline the merchant's name and end in `kr..`
        S::PaidText => "{merchant} · {amount}",
        S::ExpiredTitle => "Tíminn er útrunninn",
        S::ExpiredText => {
            "Ekkert var tekið út af kortinu og það sem þú skrifaðir er hér enn. Þú getur byrjað upp á nýtt."
        }
        S::BrokenTitle => "Ekki er hægt að halda áfram með greiðsluna",
        S::NoConnectionTitle => "Engin nettenging",
        S::ContinueToBank => "Halda áfram til bankans þíns",
        S::FinishAtBank => "Ljúka við hjá bankanum",
        S::GoToBank => "Fara til bankans þíns",
        S::TryAgain => "Reyna aftur",
        S::Cancel => "Hætta við",

        S::Declined => "Kortinu var hafnað. Reyndu annað kort eða hafðu samband við bankann þinn.",
        S::NotEnoughMoney => {
            "Ekki er næg innistæða eða heimild á kortinu. Reyndu annað kort eða hafðu samband við bankann þinn."
        }
        S::LimitReached => {
            "Kortið hefur náð úttektarmörkum sínum. Reyndu annað kort eða reyndu aftur síðar."
        }
        S::CardExpired => {
            "Kortið er útrunnið eða gildistíminn er ekki réttur. Athugaðu gildistímann eða notaðu annað kort."
        }
        S::WrongCode => "Öryggisnúmerið er ekki rétt. Athugaðu það og reyndu aftur.",
        S::WrongNumber => "Kortanúmerið er ekki rétt. Athugaðu það og reyndu aftur.",
        S::CardNotSupported => "Ekki er hægt að nota þetta kort hér. Reyndu annað kort.",
        S::SavedCardGone => "Ekki er lengur hægt að nota þetta geymda kort. Veldu annað kort.",
        S::BankUnreachable => {
            "Ekki náðist samband við bankann þinn. Ekkert var tekið út af kortinu. Reyndu aftur eftir augnablik."
        }
        S::OurSide => {
            "Eitthvað fór úrskeiðis hjá okkur. Ekkert var tekið út af kortinu. Reyndu aftur eftir augnablik."
        }
        S::NotConfirmed => {
            "Bankinn gat ekki staðfest að þetta værir þú. Reyndu aftur eða notaðu annað kort."
        }
        S::ConfirmationRejected => "Bankinn hafnaði staðfestingunni. Notaðu annað kort.",
        S::CanceledAtBank => {
            "Þú hættir við hjá bankanum. Ekkert var tekið út af kortinu. Reyndu aftur þegar þér hentar."
        }
        S::ConfirmationLeft => {
            "Staðfestingunni var ekki lokið. Ekkert var tekið út af kortinu. Reyndu aftur."
        }
        S::TestCard => "Í prófunarham er aðeins hægt að nota prófunarkort.",
        S::AnotherUnderWay => {
            "Önnur greiðsla fyrir sömu pöntun er í gangi, kannski í öðrum glugga. Ljúktu við hana þar eða reyndu aftur eftir augnablik."
        }
        S::TooManyTries => {
            "Tilraunirnar urðu of margar. Farðu aftur í verslunina og byrjaðu upp á nýtt."
        }
        S::OtherBrowser => "Vafrinn gat ekki dulkóðað kortaupplýsingarnar. Reyndu í öðrum vafra.",
        S::Network => "Tengingin rofnaði. Athugaðu nettenginguna og reyndu aftur.",
        S::TimeOver => "Tíminn er útrunninn. Farðu aftur í verslunina og byrjaðu upp á nýtt.",
        S::StartOver => {
            "Þetta greiðsluform virkar ekki lengur. Farðu aftur í verslunina og byrjaðu upp á nýtt."
        }
    }
}
