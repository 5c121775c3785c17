//! The effective settings as an operator may see them: the commented default file, what differs put in place, and no
//! secret.

use config::ValueKind;
use toml_edit::{Array, DocumentMut, Item, Value};
use url::Url;

use super::DEFAULTS;
use super::read::Found;

const SET: &str = "(set)";
const NOT_SET: &str = "(not set)";

/// Whether a setting's text must not be shown. By its name, so that a new one is hidden before anybody thinks of it.
pub(super) fn is_secret(setting: &str) -> bool {
    let name = setting.rsplit('.').next().unwrap_or(setting);
    !name.ends_with("_file") && tells_a_secret(name)
}

fn tells_a_secret(name: &str) -> bool {
    ["key", "secret", "password", "token"]
        .iter()
        .any(|word| name.to_ascii_lowercase().contains(word))
}

/// Every setting with its effective value, commented.
pub(super) fn to_toml(found: &Found) -> String {
    let mut document: DocumentMut = DEFAULTS.parse().unwrap_or_default();
    for name in found.names() {
        let Some(shown) = shown(found, &name) else {
            continue;
        };
        if let Some(value) = place(&mut document, &name).and_then(Item::as_value_mut) {
            let decor = value.decor().clone();
            *value = shown;
            *value.decor_mut() = decor;
        }
    }
    document.to_string()
}

fn place<'a>(document: &'a mut DocumentMut, name: &str) -> Option<&'a mut Item> {
    name.split('.')
        .try_fold(document.as_item_mut(), |item, part| item.get_mut(part))
}

/// What stands in place of the default; nothing where the default is right.
fn shown(found: &Found, name: &str) -> Option<Value> {
    let default = found.defaults.get::<config::Value>(name).ok()?;
    if is_secret(name) {
        let is_empty = found
            .values
            .get_string(name)
            .is_ok_and(|text| text.is_empty());
        return Some(if is_empty { NOT_SET } else { SET }.into());
    }
    let shown = match default.kind {
        ValueKind::I64(default) => found
            .values
            .get_int(name)
            .ok()
            .filter(|value| *value != default)?
            .into(),
        ValueKind::Boolean(default) => found
            .values
            .get_bool(name)
            .ok()
            .filter(|value| *value != default)?
            .into(),
        ValueKind::Array(_) => {
            let texts = |from: &config::Config| from.get::<Vec<String>>(name).ok();
            let values = texts(&found.values)?;
            if Some(&values) == texts(&found.defaults).as_ref() {
                return None;
            }
            Value::Array(
                values
                    .iter()
                    .map(|text| without_password(text))
                    .collect::<Array>(),
            )
        }
        _ => {
            let value = found.values.get_string(name).ok()?;
            if found
                .defaults
                .get_string(name)
                .is_ok_and(|default| default == value)
            {
                return None;
            }
            without_password(&value).into()
        }
    };
    Some(shown)
}

/// A URL may carry a password, before the host or in its query.
fn without_password(text: &str) -> String {
    if text.starts_with("sqlite:") || !text.contains("://") {
        return text.to_owned();
    }
    let Ok(mut url) = Url::parse(text) else {
        return if text.contains('@') { SET } else { text }.to_owned();
    };
    let names_nobody = url.username().is_empty() && url.password().is_none();
    if names_nobody && text.contains('@') {
        // A password with a `#` or `?` that was not escaped ends up behind the host.
        return SET.to_owned();
    }
    let mut changed = url.password().is_some() && url.set_password(Some(SET)).is_ok();
    let pairs: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    if pairs.iter().any(|(name, _)| tells_a_secret(name)) {
        changed = true;
        url.query_pairs_mut()
            .clear()
            .extend_pairs(pairs.iter().map(|(name, value)| {
                let value = if tells_a_secret(name) { SET } else { value };
                (name, value)
            }));
    }
    if changed {
        url.to_string()
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::super::Config;
    use super::*;

    #[test]
    fn without_overrides_it_is_the_default_file() {
        let shown = to_toml(&Found::read(None, |_| None));

        let same_but_for_secrets = shown.replace(NOT_SET, "");
        assert_eq!(same_but_for_secrets, DEFAULTS);
        assert_eq!(shown.matches(NOT_SET).count(), 2);
    }

    #[test]
    fn what_differs_stands_in_its_place_and_secrets_do_not() {
        let shown = to_toml(&Found::read(None, |name| {
            let text = match name {
                "BORGA_LISTEN" => "0.0.0.0:80",
                "BORGA_SESSION_LIFE_S" => "7200",
                "BORGA_TRUSTED_PROXIES" => "10.0.0.1,10.0.0.2",
                "BORGA_ACQUIRER__API_KEY" => "very secret",
                _ => return None,
            };
            Some(text.to_owned())
        }));

        for line in [
            "# Address and port to listen on. TLS ends at a proxy in front.\nlisten = \"0.0.0.0:80\"\n",
            "\nsession_life_s = 7200\n",
            "\ntrusted_proxies = [\"10.0.0.1\", \"10.0.0.2\"]\n",
            "\napi_key = \"(set)\"\n",
            "\nwebhook_hmac_key = \"(not set)\"\n",
        ] {
            assert!(shown.contains(line), "{line} is not in {shown}");
        }
        assert!(!shown.contains("very secret"));
    }

    #[test]
    fn a_password_in_a_url_is_not_shown() {
        for (text, shown) in [
            (
                "sqlite:///var/me@home/borga.db",
                "sqlite:///var/me@home/borga.db",
            ),
            ("postgres://borga@db/borga", "postgres://borga@db/borga"),
            (
                "postgres://borga:geheim@db/borga",
                "postgres://borga:(set)@db/borga",
            ),
            (
                "postgres://db/borga?user=a&password=geheim",
                "postgres://db/borga?user=a&password=%28set%29",
            ),
            ("postgres://borga:12#geheim@db/borga", "(set)"),
            ("postgres://borga:gehe#im@db/borga", "(set)"),
            (
                "https://checkout-test.adyen.com/v71",
                "https://checkout-test.adyen.com/v71",
            ),
        ] {
            assert_eq!(without_password(text), shown);
        }
    }

    #[test]
    fn every_secret_type_has_a_secret_name() {
        let printed = format!("{:#?}", Config::load(None).unwrap());
        let mut redacted = 0;
        for line in printed.lines() {
            let Some((name, value)) = line.trim().split_once(": ") else {
                continue;
            };
            if value.contains("Secret") {
                redacted += 1;
                assert!(is_secret(name), "{name} would be shown");
            }
        }
        assert!(redacted >= 2, "{printed}");
    }
}
