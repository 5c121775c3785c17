//! Which paths `expand[]` takes, by the fields that the schemas call expandable.

use checkout_protocol::api::customer::Customer;
use checkout_protocol::api::payment::Payment;
use checkout_protocol::api::payment_method::PaymentMethod;
use checkout_protocol::api::payment_session::PaymentSession;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::operations::expand::DEEPEST;

/// Every path of `T`.
pub fn of<T: PartialSchema>() -> Vec<String> {
    let mut paths = below(&T::schema(), DEEPEST);
    paths.sort();
    paths
}

fn below(schema: &RefOr<Schema>, depth: usize) -> Vec<String> {
    let RefOr::T(Schema::Object(object)) = schema else {
        return vec![];
    };
    let mut paths = Vec::new();
    for (name, property) in &object.properties {
        let Some(whole) = expandable(property).filter(|_| depth > 0) else {
            continue;
        };
        paths.push(name.clone());
        paths.extend(
            below(&named(whole), depth - 1)
                .into_iter()
                .map(|rest| format!("{name}.{rest}")),
        );
    }
    paths
}

/// What the field becomes.
fn expandable(property: &RefOr<Schema>) -> Option<&str> {
    match property {
        RefOr::Ref(reference) => reference
            .ref_location
            .strip_prefix("#/components/schemas/Expandable"),
        RefOr::T(Schema::OneOf(one)) => one.items.iter().find_map(expandable),
        RefOr::T(_) => None,
    }
}

fn named(name: &str) -> RefOr<Schema> {
    fn pair<T: ToSchema>() -> (String, RefOr<Schema>) {
        (T::name().into_owned(), T::schema())
    }
    let all = [
        pair::<Customer>(),
        pair::<Payment>(),
        pair::<PaymentMethod>(),
        pair::<PaymentSession>(),
    ];
    let found = all.into_iter().find(|(known, _)| known == name);
    found.map_or_else(|| Schema::default().into(), |(_, schema)| schema)
}
