//! The schemas of the document, by what they are of: answers always have every field, requests have no other.

use std::collections::BTreeMap;

use checkout_protocol::error_code::ErrorBody;
use checkout_protocol::id::MerchantId;
use checkout_protocol::openapi::{
    ExpandableCustomer, ExpandablePayment, ExpandablePaymentMethod, ExpandablePaymentSession,
};
use utoipa::ToSchema;
use utoipa::openapi::schema::{AdditionalProperties, Object};
use utoipa::openapi::{Components, RefOr, Schema};

/// What was collected so far.
pub struct Schemas(BTreeMap<String, RefOr<Schema>>);

impl Default for Schemas {
    fn default() -> Self {
        let mut schemas = Self(BTreeMap::new());
        schemas.add_answer::<ErrorBody>();
        schemas.add_answer::<MerchantId>();
        schemas.add_answer::<ExpandableCustomer>();
        schemas.add_answer::<ExpandablePayment>();
        schemas.add_answer::<ExpandablePaymentMethod>();
        schemas.add_answer::<ExpandablePaymentSession>();
        schemas
    }
}

impl Schemas {
    /// `null` stands where there is nothing, so every field is there.
    pub fn add_answer<T: ToSchema>(&mut self) {
        self.add::<T>(|object| {
            object.required = object.properties.keys().cloned().collect();
        });
    }

    /// What a handler does not know, it refuses.
    pub fn add_request<T: ToSchema>(&mut self) {
        self.add::<T>(|object| {
            object.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
        });
    }

    fn add<T: ToSchema>(&mut self, rule: impl Fn(&mut Object)) {
        let mut named = vec![(T::name().into_owned(), T::schema())];
        T::schemas(&mut named);
        for (name, mut schema) in named {
            if let RefOr::T(Schema::Object(object)) = &mut schema
                && !object.properties.is_empty()
            {
                rule(object);
            }
            self.0.entry(name).or_insert(schema);
        }
    }

    /// As they stand in the document.
    pub fn into_components(self) -> Components {
        let mut components = Components::new();
        components.schemas = self.0;
        components
    }
}
