//! What software that reads pages aloud is told: axe's findings, and names and roles as the browser computes them.

use std::path::Path;

use thirtyfour::common::command::FormatRequestData;
use thirtyfour::prelude::*;
use thirtyfour::{RequestData, SessionId};

use crate::{Failure, Scene};

/// Everything that WCAG 2.2 A and AA ask and axe can see, and axe's own advice.
const RULES: &str = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";

impl Scene {
    /// What axe finds wrong in the document that the browser is in, and in none of its frames.
    ///
    /// # Errors
    ///
    /// When axe is not installed or does not run.
    pub async fn axe(&self) -> Result<Vec<String>, Failure> {
        let driver = self.driver();
        let is_there = driver.execute("return !!window.axe", vec![]).await?;
        if is_there.json() == false {
            let path =
                Path::new(env!("CARGO_MANIFEST_DIR")).join("../node_modules/axe-core/axe.min.js");
            let source = std::fs::read_to_string(&path)
                .map_err(|error| format!("axe-core: {error}; install it with `npm ci`"))?;
            // Run by the driver, which no policy of the document concerns.
            driver.execute(source, vec![]).await?;
        }
        let run = format!(
            "return axe.run(document, {{iframes: false, runOnly: {RULES}, rules: {{'target-size': {{enabled: true}}}}}}).then((found) => \
             found.violations.flatMap(({{id, nodes}}) => nodes.map((node) => \
             `${{id}}: ${{node.html.slice(0, 120)}} ${{node.failureSummary}}`)))"
        );
        Ok(driver.execute(run, vec![]).await?.convert()?)
    }

    /// Role and name of an element, as the browser computes them for assistive technology.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub async fn spoken(&self, element: &WebElement) -> Result<(String, String), Failure> {
        let ask = |what| Computed(what, element.element_id().to_string());
        let handle = self.driver().handle();
        let role = handle.cmd(ask("computedrole")).await?.value()?;
        let label = handle.cmd(ask("computedlabel")).await?.value()?;
        Ok((role, label))
    }
}

/// The protocol's "Get Computed Role" and "Get Computed Label".
#[derive(Debug)]
struct Computed(&'static str, String);

impl FormatRequestData for Computed {
    fn format_request(&self, session: &SessionId) -> RequestData {
        let Self(what, element) = self;
        RequestData::new(
            reqwest::Method::GET,
            format!("session/{session}/element/{element}/{what}"),
        )
    }
}
