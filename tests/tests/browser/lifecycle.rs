//! The element comes and goes as pages that are programs make it: often, left and come back to, defined twice.

use browser_tests::checkout_page::GOOD_CARD;
use browser_tests::watched_page::{Setting, WatchedPage};
use browser_tests::{Engine, Failure, Scene, in_every_engine, play};
use serde_json::{Value, json};

in_every_engine!(
    a_hundred_mounts_and_unmounts_leave_nothing_behind,
    a_page_that_is_a_program_is_left_and_come_back_to_while_the_acquirer_works,
    two_copies_of_the_script_are_one_in_either_order,
);
/// Checkouts that are taken out at one moment of their coming after the other: at once, before the frame's first byte, with
/// the frame's document on its way, and as soon as the payer could type.
fn comings_and_goings(count: u32) -> String {
    format!(
        "for (let i = 0; i < {count}; i += 1) {{ \
           (window.made ??= []).push(new WeakRef(shop.put())); \
           if (i % 4 === 1) await null; \
           if (i % 4 === 2) await new Promise((resolve) => setTimeout(resolve)); \
           if (i % 4 === 3) await shop.hear('borga-ready'); \
           shop.take(); \
           await new Promise((resolve) => setTimeout(resolve)); \
         }} \
         shop.told.length = 0;"
    )
}

/// What Chromium keeps of a page once nobody needs it any more: numbers of things, and the bytes of the scripts' heap.
async fn kept(scene: &Scene) -> Result<(Value, i64), Failure> {
    let cdp = scene.driver().cdp();
    for command in [
        "HeapProfiler.enable",
        "HeapProfiler.collectGarbage",
        "Performance.enable",
    ] {
        cdp.send_raw(command, json!({})).await?;
    }
    let metrics = cdp.send_raw("Performance.getMetrics", json!({})).await?;
    let number = |name: &str| {
        let found = metrics["metrics"].as_array()?;
        let found = found.iter().find(|metric| metric["name"] == name)?;
        found["value"].as_i64()
    };
    let counts = json!({
        "nodes": number("Nodes"),
        "listeners": number("JSEventListeners"),
        "documents": number("Documents"),
        "frames": number("Frames"),
    });
    Ok((counts, number("JSHeapUsedSize").ok_or("no heap")?))
}

/// How many of the elements that were made are still there after much waste was made, which has every engine collect. No
/// driver but Chromium's can be told to. They are looked at rarely, for an engine at work keeps what is looked at.
const STILL_THERE: &str = "\
    const there = () => made.filter((element) => element.deref()).length; \
    let count; \
    for (let round = 0; round < 4 && count !== 0; round += 1) { \
      for (let turn = 0; turn < 200; turn += 1) { \
        window.waste = Array.from({ length: 50000 }, (_, n) => ({ n, text: `${n}` })); \
        await new Promise((resolve) => setTimeout(resolve, 10)); \
      } \
      count = there(); \
    } \
    return count";

/// An engine that looks for references on the stack keeps what only looks like one.
const TAKEN_FOR_REFERENCES: i64 = 5;

/// The driver's own scripts take some of it, and so do the engine's caches; a checkout that stayed would take more.
const HEAP_PER_MOUNT: i64 = 2_000;

fn a_hundred_mounts_and_unmounts_leave_nothing_behind(engine: Engine) {
    play(engine, "hundred", |scene| async move {
        let page = WatchedPage::open(&scene, Setting::of(&scene)).await?;
        page.wait_for("await customElements.whenDefined('borga-checkout')")
            .await?;
        let outside = "return [shop.frames(), shop.listeners(), document.querySelector('#place').childNodes.length]";
        let before = page.run(outside).await?;
        page.wait_for(&comings_and_goings(12)).await?;
        let early = match engine {
            Engine::Chromium => Some(kept(&scene).await?),
            Engine::Firefox | Engine::WebKit => None,
        };

        page.wait_for(&comings_and_goings(100)).await?;

        assert_eq!(page.run(outside).await?, before);
        if let Some((counts, heap)) = early {
            let (counts_now, heap_now) = kept(&scene).await?;
            assert_eq!(counts_now, counts);
            let grown = heap_now - heap;
            assert!(grown < 100 * HEAP_PER_MOUNT, "{grown} bytes more");
        }
        let still_there = page.wait_for(STILL_THERE).await?.as_i64();
        let still_there = still_there.ok_or("no count")?;
        assert!(still_there <= TAKEN_FOR_REFERENCES, "{still_there} of 112");
        page.put().await?;
        scene.enter_checkout().await?;
        page.has_no_troubles().await
    });
}

/// A page that is a program: it goes elsewhere and back without being loaded.
const ROUTER: &str = "\
    addEventListener('popstate', () => shop.put()); \
    const link = document.createElement('button'); \
    Object.assign(link, { id: 'terms', textContent: 'Terms' }); \
    link.onclick = () => { history.pushState({}, '', '/terms'); shop.take(); }; \
    document.body.prepend(link)";

async fn goes_and_comes_back(scene: &Scene, page: &WatchedPage<'_>) -> Result<(), Failure> {
    // By a press: browsers take a way back past what a page did by itself.
    scene.driver().enter_default_frame().await?;
    scene.visible("#terms").await?.click().await?;
    assert_eq!(page.run("return shop.frames()").await?, 0);
    Ok(scene.driver().back().await?)
}

fn a_page_that_is_a_program_is_left_and_come_back_to_while_the_acquirer_works(engine: Engine) {
    play(engine, "routed", |scene| async move {
        let page = WatchedPage::open(&scene, Setting::of(&scene)).await?;
        page.run(ROUTER).await?;
        page.put().await?;
        scene.enter_checkout().await?;
        goes_and_comes_back(&scene, &page).await?;
        scene.enter_checkout().await?;
        scene.hold_acquirer().await?;
        scene.pay_with(GOOD_CARD).await?;
        scene.is_charged().await?;

        goes_and_comes_back(&scene, &page).await?;

        scene.enter_frame().await?;
        scene.phase("processing").await?;
        scene.faults(&Value::Null).await?;
        page.hears_of_one_payment().await
    });
}

fn two_copies_of_the_script_are_one_in_either_order(engine: Engine) {
    play(engine, "twice", |scene| async move {
        let pinned = concat!("/v", env!("CARGO_PKG_VERSION"), "/borga.js");
        for order in [["/v1/borga.js", pinned], [pinned, "/v1/borga.js"]] {
            let tag = |path: &str| {
                let address = format!("{}{path}", scene.demo.checkout);
                format!("<script type=\"module\" src=\"{address}\"></script>")
            };
            let setting = Setting {
                scripts: Some(order.map(tag).concat()),
                ..Setting::of(&scene)
            };
            let page = WatchedPage::open(&scene, setting).await?;
            page.put().await?;
            scene.enter_checkout().await?;
            let late = "const [first, borga] = [customElements.get('borga-checkout'), Borga]; \
                await new Promise((resolve, reject) => { \
                  const script = Object.assign(document.createElement('script'), \
                    { type: 'module', src: `${shop.options.checkout}/borga.js?late`, onload: resolve, onerror: reject }); \
                  document.head.append(script); \
                }); \
                return first === customElements.get('borga-checkout') && borga === Borga";
            assert_eq!(page.wait_for(late).await?, true, "the first copy stays");

            let counts =
                "return [shop.definitions, shop.frames(), shop.told.map(({ name }) => name)]";
            assert_eq!(
                page.run(counts).await?,
                json!([1, 1, ["borga-ready"]]),
                "{order:?}"
            );
            page.has_no_troubles().await?;
        }
        scene.enter_checkout().await?;
        scene.pay_with(GOOD_CARD).await?;
        scene.phase("succeeded").await?;
        assert_eq!(scene.ledger().await?, [(1990, "charged".to_owned())]);
        Ok(())
    });
}
