//! What can be done next with the id that an answer has: from making or listing a thing to the operations on it.

use utoipa::openapi::link::LinkBuilder;
use utoipa::openapi::path::{Operation, PathItem, Paths};
use utoipa::openapi::{RefOr, Response};

/// Adds the links to the answers of every URL under which things have URLs of their own.
pub fn add_to(paths: &mut Paths) {
    let urls: Vec<String> = paths.paths.keys().cloned().collect();
    for url in urls {
        let on_one = format!("{url}/{{id}}");
        let next: Vec<String> = paths
            .paths
            .iter()
            .filter(|(path, _)| path.starts_with(&on_one) && path.matches('{').count() == 1)
            .flat_map(|(_, item)| operations(item))
            .filter_map(|operation| operation.operation_id.clone())
            .collect();
        let Some(item) = paths.paths.get_mut(&url).filter(|_| !next.is_empty()) else {
            continue;
        };
        link(&mut item.post, "201", "$response.body#/id", &next);
        link(&mut item.get, "200", "$response.body#/data/0/id", &next);
    }
}

fn operations(item: &PathItem) -> impl Iterator<Item = &Operation> {
    [&item.get, &item.post, &item.patch, &item.delete]
        .into_iter()
        .flatten()
}

fn link(operation: &mut Option<Operation>, status: &str, id: &str, next: &[String]) {
    let Some(RefOr::T(response)) = operation
        .as_mut()
        .and_then(|operation| operation.responses.responses.get_mut(status))
    else {
        return;
    };
    let response: &mut Response = response;
    for name in next {
        let link = LinkBuilder::new()
            .operation_id(name)
            .parameter("id", id)
            .build();
        response.links.insert(name.clone(), link.into());
    }
}
