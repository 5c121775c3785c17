//! Polish.

use super::Sentence;

/// Every sentence in Polish.
#[expect(clippy::too_many_lines, reason = "a language is a list")]
pub const fn say(sentence: Sentence) -> &'static str {
    use Sentence as S;
    match sentence {
        S::DocumentTitle => "Bezpieczna płatność kartą",
        S::Number => "Numer karty",
        S::Expiry => "Data ważności",
        S::ExpiryExample => "MM / RR",
        S::Code => "Kod zabezpieczający",
        S::Name => "Imię i nazwisko na karcie",
        S::Email => "Adres e-mail",
        S::Brand => "Ta karta ma dwie marki. Zapłać jako",
        S::ChooseCard => "Wybierz kartę",
        S::Card => "Karta",
        S::AnotherCard => "Inna karta",
        S::ExpiredOn => ", ważna była do\u{a0}",
        S::RemoveCard => "Usuń kartę {card}",
        S::RemoveSurely => "Usunąć kartę {card} na stałe?",
        S::Removed => "Karta została usunięta.",
        S::RemoveFailed => "Nie udało się usunąć karty. Spróbuj ponownie za chwilę.",
        // The word before the name takes the case, so that the name need not.
        S::SaveCard => "Zapisz kartę na moje następne zakupy w sklepie {merchant}",
        S::SavingMeans => {
            "Sklep będzie mógł obciążyć tę kartę za zakupy, na które zgodzisz się później. Nigdy nie zobaczy numeru karty, a kartę możesz w każdej chwili usunąć tutaj lub poprosić o to sklep."
        }
        S::Pay => "Zapłać {amount}",
        S::Contacting | S::ProcessingTitle => "Łączymy się z bankiem…",
        S::Loading => "Nawiązujemy bezpieczne połączenie…",
        S::Encrypted => "Dane Twojej karty są szyfrowane.",
        S::TestMode => "Tryb testowy",
        S::ToPay => "Do zapłaty",
        S::LoadFailed => {
            "Nie udało się wczytać formularza płatności. Sprawdź połączenie i spróbuj ponownie."
        }
        S::NotEmbedded => {
            "Ten formularz działa tylko na stronie sklepu. Wróć do sklepu, aby zapłacić."
        }
        S::Canceled => "Płatność została anulowana. Karta nie została obciążona.",
        S::Offline => {
            "Brak połączenia z internetem. Wpisane dane zostają tutaj, a zapłacisz, gdy połączenie wróci."
        }
        S::OfflineWaiting => {
            "Połączenie zostało przerwane. Gdy wróci, płatność będzie kontynuowana automatycznie, a karta nie zostanie obciążona dwa razy. Nie zamykaj tej strony."
        }
        S::StartAgain => "Zacznij od nowa",
        S::StartingAgain | S::LeavingTitle => "Chwileczkę…",
        S::StartAgainFailed => {
            "Nie udało się tutaj zacząć od nowa. Karta nie została obciążona. Wróć do sklepu i zacznij od nowa."
        }

        S::NumberEmpty => "Wpisz numer karty.",
        S::NumberIncomplete => "Wpisz cały numer karty.",
        S::NumberWrong => "Sprawdź numer karty: nie jest prawidłowy.",
        S::ExpiryEmpty => "Wpisz datę ważności.",
        S::ExpiryIncomplete => "Wpisz miesiąc i rok, na przykład 04 / 29.",
        S::ExpiryWrong => "Sprawdź datę ważności: miesiąc i rok jak na karcie.",
        S::ExpiryPast => "Ta karta straciła ważność. Użyj innej.",
        S::CodeEmpty => "Wpisz kod zabezpieczający.",
        S::CodeIncomplete => "Wpisz wszystkie cyfry kodu zabezpieczającego.",
        S::CodeWrong => "Sprawdź kod zabezpieczający.",
        S::CodeDigits => {
            "Kod zabezpieczający tej karty ma {n} cyfrę.|Kod zabezpieczający tej karty ma {n} cyfry.|Kod zabezpieczający tej karty ma {n} cyfr."
        }
        S::NameEmpty => "Wpisz imię i nazwisko tak jak na karcie.",
        S::NameWrong => "Tutaj wpisz imię i nazwisko z karty.",
        S::EmailEmpty => "Wpisz swój adres e-mail.",
        S::EmailWrong => "Sprawdź adres e-mail: powinien wyglądać jak imie@przyklad.pl.",

        S::OpeningTitle => "Otwiera się strona Twojego banku",
        S::OpeningText => "Bank chce się upewnić, że to Ty. Może to chwilę potrwać.",
        S::OfferedTitle => "Twój bank musi potwierdzić płatność",
        S::OfferedText => "Przejdź do banku, aby potwierdzić płatność. Potem wrócisz tutaj.",
        S::OpenTitle | S::LeftTitle => "Dokończ w swoim banku",
        S::OpenText => "Potwierdź płatność w banku. Potem ta strona sama przejdzie dalej.",
        S::LeftText => {
            "Płatność nie została jeszcze potwierdzona. Dokończ w banku, jeśli jest nadal otwarty, albo spróbuj ponownie."
        }
        S::RedirectingTitle => "Przechodzisz do swojego banku",
        S::RedirectingText => "Wrócisz tutaj po potwierdzeniu płatności.",
        S::LeavingText => "Zamykamy potwierdzenie w banku.",
        S::ProcessingText => "Zwykle trwa to kilka sekund. Nie zamykaj tej strony.",
        S::UnknownTitle => "Wciąż sprawdzamy płatność",
        S::UnknownText => {
            "Bank jeszcze nie odpowiedział. Karta nie zostanie obciążona dwa razy. Nie płać ponownie: sklep dowie się, gdy tylko wynik będzie znany."
        }
        S::PaidTitle => "Płatność zakończona",
        // Side by side: a sentence would decline the merchant's name.
        S::PaidText => "{merchant} – {amount}",
        S::ExpiredTitle => "Czas minął",
        S::ExpiredText => {
            "Karta nie została obciążona, a wpisane dane nadal tu są. Możesz zacząć od nowa."
        }
        S::BrokenTitle => "Nie można kontynuować tej płatności",
        S::NoConnectionTitle => "Brak połączenia",
        S::ContinueToBank => "Przejdź do swojego banku",
        S::FinishAtBank => "Dokończ w banku",
        S::GoToBank => "Idź do swojego banku",
        S::TryAgain => "Spróbuj ponownie",
        S::Cancel => "Anuluj",

        S::Declined => "Karta została odrzucona. Użyj innej karty lub skontaktuj się z bankiem.",
        S::NotEnoughMoney => {
            "Na karcie brakuje środków. Użyj innej karty lub skontaktuj się z bankiem."
        }
        S::LimitReached => "Karta osiągnęła swój limit. Użyj innej karty lub spróbuj później.",
        S::CardExpired => {
            "Karta straciła ważność albo data jest nieprawidłowa. Sprawdź datę ważności lub użyj innej karty."
        }
        S::WrongCode => "Kod zabezpieczający jest nieprawidłowy. Sprawdź go i spróbuj ponownie.",
        S::WrongNumber => "Numer karty jest nieprawidłowy. Sprawdź go i spróbuj ponownie.",
        S::CardNotSupported => "Tą kartą nie można tutaj zapłacić. Użyj innej karty.",
        S::SavedCardGone => "Tej zapisanej karty nie można już użyć. Wybierz inną.",
        S::BankUnreachable => {
            "Nie udało się połączyć z bankiem. Karta nie została obciążona. Spróbuj ponownie za chwilę."
        }
        S::OurSide => {
            "Wystąpił błąd po naszej stronie. Karta nie została obciążona. Spróbuj ponownie za chwilę."
        }
        S::NotConfirmed => {
            "Bank nie mógł potwierdzić, że to Ty. Spróbuj ponownie lub użyj innej karty."
        }
        S::ConfirmationRejected => "Bank odrzucił potwierdzenie. Użyj innej karty.",
        S::CanceledAtBank => {
            "Anulowano w banku. Karta nie została obciążona. Spróbuj ponownie, kiedy zechcesz."
        }
        S::ConfirmationLeft => {
            "Potwierdzenie nie zostało dokończone. Karta nie została obciążona. Spróbuj ponownie."
        }
        S::TestCard => "W trybie testowym działają tylko karty testowe.",
        S::AnotherUnderWay => {
            "Trwa inna płatność za to zamówienie, być może w innym oknie. Dokończ ją tam lub spróbuj ponownie za chwilę."
        }
        S::TooManyTries => "Było zbyt wiele prób. Wróć do sklepu i zacznij od nowa.",
        S::OtherBrowser => "Ta przeglądarka nie mogła zaszyfrować karty. Użyj innej przeglądarki.",
        S::Network => "Połączenie zostało przerwane. Sprawdź sieć i spróbuj ponownie.",
        S::TimeOver => "Czas minął. Wróć do sklepu i zacznij od nowa.",
        S::StartOver => "Ten formularz płatności już nie działa. Wróć do sklepu i zacznij od nowa.",
    }
}
