//! How a page wishes the form to look, judged: in the frame's address for the first HTML, at `/public/look` for changes.

use axum::Json;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use checkout_protocol::appearance::Appearance;
use checkout_protocol::frame_message::Theme;
use serde_json::{Map, Value, json};

use crate::domain::look::Look;
use crate::http::body::read_bytes;
use crate::http::error::ApiError;

/// `POST /public/look` `{theme, appearance}`: the properties to set on the document and what to tell the developer. It
/// knows nothing and keeps nothing, so it needs no secret.
pub async fn judge(request: Request) -> Result<Response, ApiError> {
    let body = read_bytes(request, &()).await?;
    let wishes: Value = serde_json::from_slice(&body).unwrap_or_default();
    let look = wished(wishes["theme"].as_str(), wishes["appearance"].as_str());
    let properties: Map<String, Value> = look
        .properties
        .into_iter()
        .map(|(name, value)| (name, value.into()))
        .collect();
    let answer = json!({
        "theme": look.theme.as_str(),
        "properties": properties,
        "warnings": look.warnings,
    });
    Ok(Json(answer).into_response())
}

/// More than there are values, so that a developer who gets each of them wrong is told of each.
const MOST_WARNINGS: usize = 20;

/// The look of a page that asks for a theme by its name and for an appearance in JSON.
pub fn wished(theme: Option<&str>, appearance: Option<&str>) -> Look {
    let mut look = judged(theme, appearance);
    let more = look.warnings.len().saturating_sub(MOST_WARNINGS);
    if more > 0 {
        look.warnings.truncate(MOST_WARNINGS);
        let warning = format!("appearance: {more} more values are not used");
        look.warnings.push(warning);
    }
    look
}

fn judged(theme: Option<&str>, appearance: Option<&str>) -> Look {
    let theme = theme.and_then(Theme::from_text).unwrap_or_default();
    let read = appearance
        .filter(|text| !text.is_empty())
        .map(serde_json::from_str::<Value>);
    match read {
        None => Look::of(theme, Appearance::default()),
        Some(Ok(Value::Object(members))) => Look::of(theme, taken(&members)),
        Some(_) => {
            let mut look = Look::of(theme, Appearance::default());
            let warning = "appearance is not used: it is no JSON object";
            look.warnings.push(warning.to_owned());
            look
        }
    }
}

fn taken(members: &Map<String, Value>) -> Appearance {
    let mut appearance = Appearance::default();
    for (name, value) in members {
        match value {
            Value::Null => {}
            Value::String(text) => appearance.take_text(name, text),
            Value::Number(number) => match number.as_i64() {
                Some(number) => appearance.take_number(name, number),
                None => appearance.ignore(name),
            },
            Value::Bool(_) | Value::Array(_) | Value::Object(_) => appearance.ignore(name),
        }
    }
    appearance
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_every_form_are_taken_or_named() {
        let look = wished(
            Some("light"),
            Some(
                r##"{"accent":"#123456","radius":4,"spacing":8.5,"text":null,"border":true,"x":[]}"##,
            ),
        );
        assert!(
            look.properties
                .contains(&("--accent-light".into(), "#123456".into()))
        );
        assert!(look.properties.contains(&("--radius".into(), "4".into())));
        let names: Vec<&str> = look
            .warnings
            .iter()
            .filter_map(|warning| warning.split(' ').next())
            .collect();
        assert_eq!(
            names,
            ["appearance.border", "appearance.spacing", "appearance.x"]
        );
    }

    #[test]
    fn a_page_is_told_of_its_first_mistakes_and_how_many_more_there_are() {
        let appearance = |values: usize| {
            let members = (0..values).map(|number| (format!("value{number:03}"), Value::from(1)));
            Value::Object(members.collect()).to_string()
        };
        let told = |values| wished(None, Some(&appearance(values))).warnings;
        assert_eq!(told(20).len(), 20);
        let warnings = told(500);
        assert_eq!(warnings.len(), 21);
        assert!(warnings[19].starts_with("appearance.value019 "));
        assert_eq!(warnings[20], "appearance: 480 more values are not used");
    }

    #[test]
    fn a_name_that_is_not_known_is_not_repeated_without_end() {
        let name = "é".repeat(5_000);
        let appearance = serde_json::json!({ name: 1 }).to_string();
        let [warning] = &wished(None, Some(&appearance)).warnings[..] else {
            panic!("one value, one warning");
        };
        assert!(warning.len() < 200, "{warning}");
    }

    #[test]
    fn what_is_no_json_object_is_named_and_the_theme_stays() {
        for text in ["{accent: red}", "[]", "3", "null"] {
            let look = wished(Some("dark"), Some(text));
            assert_eq!(look.theme, Theme::Dark);
            assert_eq!(look.warnings.len(), 1, "{text}");
        }
        assert_eq!(
            wished(Some("pink"), Some("")).warnings,
            Vec::<String>::new()
        );
    }
}
