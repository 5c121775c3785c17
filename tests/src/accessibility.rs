//! What software that reads pages aloud is told: axe's findings, and names and roles as the browser computes them.

use std::path::Path;

use thirtyfour::common::command::FormatRequestData;
use thirtyfour::prelude::*;
use thirtyfour::{RequestData, SessionId};

use crate::{Failure, Scene};

/// Everything that WCAG 2.2 A and AA ask and axe can see, and axe's own advice.
const RULES: &str = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";

const FITS: &str = "const inner = [...document.querySelectorAll('.button, label, p, h1, h2, .summary__amount')]\
    .filter((it) => it.checkVisibility() && !it.matches('.quiet') && it.scrollWidth > it.clientWidth + 1)\
    .map((it) => it.outerHTML); \
    const beyond = () => [...document.body.querySelectorAll('*')]\
    .filter((it) => it.checkVisibility() && !it.matches('.quiet') && (it.getBoundingClientRect().right > innerWidth + 1 || it.getBoundingClientRect().left < -1))\
    .map((it) => it.outerHTML.slice(0, 120)).slice(0, 9); \
    return document.documentElement.scrollWidth > innerWidth || beyond().length ? ['the page', ...beyond(), ...inner] : inner";

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

    /// What is cut off or needs a sideways scroll in the document that the browser is in.
    ///
    /// # Errors
    ///
    /// When the browser does not answer.
    pub async fn does_not_fit(&self) -> Result<Vec<String>, Failure> {
        Ok(self.driver().execute(FITS, vec![]).await?.convert()?)
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
