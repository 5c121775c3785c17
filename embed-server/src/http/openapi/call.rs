//! One operation of the API: what it takes, what it answers and how it refuses.

use checkout_protocol::error_code::ErrorCode;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa::openapi::example::ExampleBuilder;
use utoipa::openapi::path::{HttpMethod, OperationBuilder, Parameter, PathItem, Paths};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::{
    ContentBuilder, ObjectBuilder, Ref, RefOr, Required, ResponseBuilder, Schema,
    SecurityRequirement, Type,
};

use crate::http::openapi::schemas::Schemas;
use crate::http::openapi::{PUBLISHABLE_KEY, SECRET_KEY, expansions, parameters, refusals};

/// The URLs of one noun.
pub struct Resource {
    /// Its name, for people.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    /// Each URL with what can be done there.
    pub paths: Vec<(&'static str, Vec<Call>)>,
}

impl Resource {
    /// Adds it to the document.
    pub fn add_to(self, paths: &mut Paths, schemas: &mut Schemas) {
        for (path, calls) in self.paths {
            let mut item = PathItem::default();
            for call in calls {
                (call.collect)(schemas);
                let method = call.method.clone();
                let operation = call.build(self.name);
                item.merge_operations(PathItem::new(method, operation));
            }
            paths.paths.insert(path.to_owned(), item);
        }
    }
}

/// An operation.
pub struct Call {
    method: HttpMethod,
    operation: OperationBuilder,
    codes: Vec<ErrorCode>,
    collect: Box<dyn Fn(&mut Schemas)>,
    callers: Callers,
}

/// Who may call.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Callers {
    Everyone,
    Servers,
    ServersAndPages,
}

/// Reads something.
pub fn get(id: &str, summary: &str) -> Call {
    Call::new(HttpMethod::Get, id, summary)
}

/// Makes, changes or does something.
pub fn post(id: &str, summary: &str) -> Call {
    Call::new(HttpMethod::Post, id, summary).repeatable()
}

/// Changes something.
pub fn patch(id: &str, summary: &str) -> Call {
    Call::new(HttpMethod::Patch, id, summary).repeatable()
}

/// Ends something.
pub fn delete(id: &str, summary: &str) -> Call {
    Call::new(HttpMethod::Delete, id, summary)
}

impl Call {
    fn new(method: HttpMethod, id: &str, summary: &str) -> Self {
        Self {
            method,
            operation: OperationBuilder::new()
                .operation_id(Some(id))
                .summary(Some(summary)),
            codes: refusals::OF_A_SECRET_KEY.to_vec(),
            collect: Box::new(|_| {}),
            callers: Callers::Servers,
        }
    }

    /// What the summary has no room for.
    pub fn about(mut self, words: &str) -> Self {
        self.operation = self.operation.description(Some(words));
        self
    }

    /// Publishable keys may call it, too.
    pub fn also_for_pages(mut self) -> Self {
        self.callers = Callers::ServersAndPages;
        self.refuses(&[ErrorCode::OriginNotAllowed])
    }

    /// Nobody is asked who they are.
    pub fn for_everyone(mut self) -> Self {
        self.callers = Callers::Everyone;
        self.codes = vec![];
        self
    }

    fn repeatable(self) -> Self {
        self.with(parameters::idempotency_key())
            .refuses(refusals::OF_AN_IDEMPOTENCY_KEY)
    }

    fn with(mut self, parameter: Parameter) -> Self {
        self.operation = self.operation.parameter(parameter);
        self
    }

    /// It is about the thing with the id in the path.
    pub fn of<Id: ToSchema>(self) -> Self {
        self.with(parameters::id::<Id>())
            .refuses(&[ErrorCode::ResourceNotFound])
    }

    /// The path names another thing below that one.
    pub fn and<Id: ToSchema>(self, name: &str) -> Self {
        self.with(parameters::part::<Id>(name))
    }

    /// The body it needs, with examples.
    pub fn takes<T: ToSchema + 'static>(self, examples: &[(&str, Value)]) -> Self {
        let named = examples.iter().map(|(summary, value)| {
            let example = ExampleBuilder::new()
                .summary(*summary)
                .value(Some(value.clone()));
            (summary.replace(' ', "_"), example)
        });
        let content = ContentBuilder::new()
            .schema(Some(reference::<T>()))
            .examples_from_iter(named)
            .build();
        let body = RequestBodyBuilder::new()
            .content("application/json", content)
            .required(Some(Required::True));
        self.with_body(body).collecting(Schemas::add_request::<T>)
    }

    /// A body that may be left out: nothing is known to stand in it.
    pub fn takes_nothing(self) -> Self {
        let nothing = ObjectBuilder::new()
            .schema_type(Type::Object)
            .max_properties(Some(0));
        let content = ContentBuilder::new().schema(Some(nothing)).build();
        let body = RequestBodyBuilder::new()
            .description(Some("None, or an empty object"))
            .content("application/json", content)
            .required(Some(Required::False));
        self.with_body(body)
    }

    fn with_body(mut self, body: RequestBodyBuilder) -> Self {
        self.operation = self.operation.request_body(Some(body.build()));
        self.refuses(refusals::OF_A_BODY)
    }

    /// Its answer is a page of a list of `T`.
    pub fn lists<T: ToSchema + 'static>(self, filters: Vec<Parameter>) -> Self
    where
        checkout_protocol::api::list::List<T>: ToSchema,
    {
        type List<T> = checkout_protocol::api::list::List<T>;
        let with_parameters = parameters::paging::<T>()
            .into_iter()
            .chain(filters)
            .fold(self.expands::<T>(), Self::with);
        with_parameters
            .refuses(&[
                ErrorCode::UnknownParameter,
                ErrorCode::InvalidParameter,
                ErrorCode::ResourceNotFound,
            ])
            .answers::<List<T>>(200, "The page")
    }

    /// Its answer is one `T`, expanded as asked.
    pub fn reads<T: ToSchema + 'static>(self) -> Self {
        self.expands::<T>()
            .refuses(&[ErrorCode::UnknownParameter, ErrorCode::InvalidParameter])
            .answers::<T>(200, "As it is now")
    }

    fn expands<T: ToSchema>(self) -> Self {
        match expansions::of::<T>() {
            paths if paths.is_empty() => self,
            paths => self.with(parameters::expand(&paths)),
        }
    }

    /// Its answer, when it is done.
    pub fn answers<T: ToSchema + 'static>(self, status: u16, about: &str) -> Self {
        let content = ContentBuilder::new().schema(Some(reference::<T>())).build();
        let answer = ResponseBuilder::new()
            .description(about)
            .content("application/json", content);
        self.with_answer(status, answer)
            .collecting(Schemas::add_answer::<T>)
    }

    /// An answer without a body.
    pub fn answers_nothing(self, about: &str) -> Self {
        self.with_answer(204, ResponseBuilder::new().description(about))
    }

    /// An answer that is a JSON object of another kind.
    pub fn answers_an_object(self, about: &str) -> Self {
        let object = ObjectBuilder::new().schema_type(Type::Object);
        let content = ContentBuilder::new().schema(Some(object)).build();
        let answer = ResponseBuilder::new()
            .description(about)
            .content("application/json", content);
        self.with_answer(200, answer)
    }

    fn with_answer(mut self, status: u16, answer: ResponseBuilder) -> Self {
        let replayed = matches!(self.method, HttpMethod::Post | HttpMethod::Patch);
        let answer = refusals::headers(status, replayed, self.callers != Callers::Everyone)
            .fold(answer, |answer, (name, header)| answer.header(name, header));
        self.operation = self.operation.response(status.to_string(), answer);
        self
    }

    /// Codes that it refuses with, besides those of every operation like it.
    pub fn refuses(mut self, codes: &[ErrorCode]) -> Self {
        self.codes.extend(codes);
        self
    }

    fn collecting(mut self, add: impl Fn(&mut Schemas) + 'static) -> Self {
        let before = self.collect;
        self.collect = Box::new(move |schemas| {
            before(schemas);
            add(schemas);
        });
        self
    }

    fn build(self, tag: &str) -> OperationBuilder {
        let security = |name: &str| SecurityRequirement::new(name, [""; 0]);
        let operation = match self.callers {
            Callers::Everyone => self.operation.securities(Some([])),
            Callers::Servers => self
                .operation
                .parameter(parameters::merchant_id())
                .securities(Some([security(SECRET_KEY)])),
            Callers::ServersAndPages => self
                .operation
                .parameter(parameters::merchant_id())
                .securities(Some([security(SECRET_KEY), security(PUBLISHABLE_KEY)])),
        };
        refusals::by_status(&self.codes)
            .into_iter()
            .fold(operation.tag(tag), |operation, (status, refusal)| {
                operation.response(status.to_string(), refusal)
            })
    }
}

fn reference<T: ToSchema>() -> RefOr<Schema> {
    Ref::from_schema_name(T::name()).into()
}
